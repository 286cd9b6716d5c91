/* links.h - links as text, for tests of what finds them */
#pragma once

#include "libhisho/links/link.h"

static inline void
links_append(GString *out, const HishoLink *link)
{
	g_string_append_printf(
	    out, "%s%s %s", out->len > 0 ? "; " : "", link->where, link->url);
	for (guint i = 0; i < link->findings->len; i++)
		g_string_append_printf(
		    out, " !%s", (const char *)link->findings->pdata[i]);
	if (!link->visible && link->reason != NULL)
		g_string_append_printf(out, " -%s", link->reason);
}

/* "a.href http://a.example/ !finding -reason; ...", NONE if there is none. */
static inline char *
links_dup_text(const HishoLinksFound *found, const char *none)
{
	GString *out = g_string_new(NULL);

	for (guint i = 0; i < found->links->len; i++)
		links_append(out, found->links->pdata[i]);
	if (out->len == 0)
		g_string_append(out, none);
	return g_string_free(out, FALSE);
}
