#include "libhisho/route/party.h"

#include <glib.h>
#include <string.h>

#include "libhisho/mail/domain.h"

bool
hisho_party_is_same(const char *name, const char *other)
{
	if (name == NULL || other == NULL)
		return false;
	size_t length = strlen(name);
	if (g_ascii_strncasecmp(name, other, length) == 0 &&
	    (other[length] == '\0' ||
		(other[length] == '.' && strchr(name, '.') == NULL)))
		return true;
	return hisho_domain_same_organization(name, other);
}
