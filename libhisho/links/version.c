#include "libhisho/links/version.h"

#include <string.h>

#include "libhisho/mail/parameter.h"

static bool
is_attached(const HishoPart *part)
{
	g_autofree char *way = part->disposition == NULL
	    ? NULL
	    : hisho_parameter_dup_main(
		  part->disposition, strlen(part->disposition));

	return g_strcmp0(way, "attachment") == 0;
}

/* Whether what stands behind leaf I is the same as HTML, and shown instead
 * (RFC 2046 5.1.4). */
static bool
has_better_version(const HishoMessage *message, guint i)
{
	guint n = hisho_message_n_parts(message);
	guint depth = hisho_message_part(message, i)->depth;
	guint parent = i;

	while (
	    parent > 0 && hisho_message_part(message, parent)->depth >= depth)
		parent--;
	if (strcmp(hisho_message_part(message, parent)->type,
		"multipart/alternative") != 0)
		return false;
	for (i++; i < n && hisho_message_part(message, i)->depth >= depth; i++)
		if (strcmp(hisho_message_part(message, i)->type, "text/html") ==
		    0)
			return true;
	return false;
}

bool
hisho_version_is_aside(const HishoMessage *message, guint i)
{
	return is_attached(hisho_message_part(message, i)) ||
	    has_better_version(message, i);
}
