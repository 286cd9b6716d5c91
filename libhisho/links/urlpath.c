#include "libhisho/links/urlpath.h"

#include <glib.h>
#include <stdbool.h>
#include <string.h>

#include "libhisho/links/percent.h"

/* Whether a path segment means DOTS, however they are encoded. */
static bool
is_dots(const char *segment, size_t length, const char *dots)
{
	if (length > strlen("%2e%2e"))
		return false;
	g_autofree char *plain = hisho_percent_dup_decoded(segment, length);
	return strcmp(plain, dots) == 0;
}

/* Takes the last segment, and the slash after it, off OUT, but not ROOT. */
static void
drop_segment(GString *out, size_t root)
{
	size_t length = out->len;

	if (length > root)
		length--;
	while (length > root && out->str[length - 1] != '/')
		length--;
	g_string_truncate(out, length);
}

char *
hisho_urlpath_dup_without_dots(const char *path)
{
	GString *out = g_string_new(NULL);
	size_t root = *path == '/' ? 1 : 0;

	g_string_append_len(out, path, (gssize)root);
	path += root;
	for (bool more = true; more;) {
		size_t n = strcspn(path, "/");
		more = path[n] == '/';
		if (is_dots(path, n, ".."))
			drop_segment(out, root);
		else if (!is_dots(path, n, "."))
			g_string_append_len(
			    out, path, (gssize)(n + (more ? 1 : 0)));
		path += n + (more ? 1 : 0);
	}
	return g_string_free(out, FALSE);
}
