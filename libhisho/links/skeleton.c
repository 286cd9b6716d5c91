#include "libhisho/links/skeleton.h"

#include <stdbool.h>
#include <stdlib.h>

#include "libhisho/links/confusable-table.h"

static int
compare(const void *key, const void *row)
{
	gunichar letter = *(const gunichar *)key;
	const Confusable *confusable = row;

	return letter < confusable->letter ? -1 : letter > confusable->letter;
}

static const char *
find_like(gunichar letter)
{
	const Confusable *row = bsearch(&letter, confusable_table,
	    G_N_ELEMENTS(confusable_table), sizeof *row, compare);

	return row != NULL ? row->like : NULL;
}

static bool
is_diacritic(gunichar c)
{
	return c >= 0x300 && c <= 0x36f;
}

/* TEXT with each letter as that of ASCII it looks like. */
static char *
dup_plain(const char *text)
{
	g_autofree char *apart = g_utf8_normalize(text, -1, G_NORMALIZE_NFD);
	GString *plain = g_string_new(NULL);
	const char *p = apart != NULL ? apart : "";

	for (; *p != '\0'; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);
		const char *like = find_like(c);
		if (like != NULL)
			g_string_append(plain, like);
		else if (!is_diacritic(c))
			g_string_append_unichar(plain, g_unichar_tolower(c));
	}
	return g_string_free(plain, FALSE);
}

/* Two letters at P that look like one; 0 for none.  "ci" must look like what
 * "cl" does, as i and l do. */
static char
joined(const char *p)
{
	if (p[0] == 'v' && p[1] == 'v')
		return 'w';
	if (p[0] == 'c' && (p[1] == 'l' || p[1] == '1' || p[1] == 'i'))
		return 'd';
	return '\0';
}

static void
append_folded(GString *skeleton, char c)
{
	if (c == 'm')
		g_string_append(skeleton, "rn");
	else
		g_string_append_c(skeleton,
		    c == '0'		       ? 'o'
			: c == '1' || c == 'i' ? 'l'
					       : c);
}

char *
hisho_skeleton_dup(const char *label)
{
	g_autofree char *plain = g_str_is_ascii(label)
	    ? g_ascii_strdown(label, -1)
	    : dup_plain(label);
	GString *skeleton = g_string_new(NULL);

	for (const char *p = plain; *p != '\0'; p++) {
		char one = joined(p);
		append_folded(skeleton, one != '\0' ? one : *p);
		p += one != '\0';
	}
	return g_string_free(skeleton, FALSE);
}
