#include "libhisho/score/folder.h"

HishoFolder
hisho_folder_choose(const HishoFolderCase *about)
{
	bool is_held = about->strict_permit && !about->is_proven;

	if (about->is_permitted && !is_held)
		return (HishoFolder){ "main", "permitted" };
	if (about->is_blocked)
		return (HishoFolder){ "spam", "blocked-sender" };
	if (about->is_reported)
		return (HishoFolder){ "spam", "reported-link" };
	if (about->is_permitted)
		return (HishoFolder){ "gray", "permit-unproven" };
	if (about->is_safe)
		return (HishoFolder){ "main", "safe-rule" };
	return (HishoFolder){ "gray", "unknown" };
}
