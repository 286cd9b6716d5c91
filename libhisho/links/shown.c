#include "libhisho/links/shown.h"

#include <string.h>

/* A long newsletter shows 30 KiB. */
#define PART_MAX 65536
#define WHOLE_MAX (4 * PART_MAX)

HishoShown *
hisho_shown_new(void)
{
	HishoShown *shown = g_new0(HishoShown, 1);

	shown->text = g_string_new(NULL);
	return shown;
}

void
hisho_shown_free(HishoShown *shown)
{
	if (shown == NULL)
		return;
	g_string_free(shown->text, TRUE);
	g_free(shown);
}

void
hisho_shown_begin_part(HishoShown *shown)
{
	hisho_shown_end_paragraph(shown);
	shown->part = shown->text->len;
}

void
hisho_shown_add(HishoShown *shown, const char *text, size_t length)
{
	size_t end = MIN(shown->part + PART_MAX, WHOLE_MAX);

	if (shown->text->len < end)
		g_string_append_len(shown->text, text,
		    (gssize)MIN(length, end - shown->text->len));
}

/* Ends the text in N line ends; at its beginning nothing is to be ended. */
static void
end_with_newlines(GString *text, size_t n)
{
	size_t has = 0;

	while (
	    has < MIN(n, text->len) && text->str[text->len - 1 - has] == '\n')
		has++;
	for (; text->len > 0 && text->len < WHOLE_MAX && has < n; has++)
		g_string_append_c(text, '\n');
}

void
hisho_shown_end_line(HishoShown *shown)
{
	end_with_newlines(shown->text, 1);
}

void
hisho_shown_end_paragraph(HishoShown *shown)
{
	end_with_newlines(shown->text, 2);
}
