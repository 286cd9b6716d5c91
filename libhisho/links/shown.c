#include "libhisho/links/shown.h"

#include <stdbool.h>

/* A long newsletter shows 30 KiB. */
#define PART_MAX 65536
#define ROLE_MAX (4 * PART_MAX)

HishoShown *
hisho_shown_new(void)
{
	HishoShown *shown = g_new0(HishoShown, 1);

	shown->main = g_string_new(NULL);
	shown->aside = g_string_new(NULL);
	shown->present = shown->main;
	return shown;
}

void
hisho_shown_free(HishoShown *shown)
{
	if (shown == NULL)
		return;
	g_string_free(shown->main, TRUE);
	g_string_free(shown->aside, TRUE);
	g_free(shown);
}

void
hisho_shown_begin_part(HishoShown *shown, HishoShownRole role)
{
	shown->present = role == HISHO_SHOWN_MAIN ? shown->main
	    : role == HISHO_SHOWN_ASIDE		  ? shown->aside
						  : NULL;
	hisho_shown_end_paragraph(shown);
	shown->start = shown->present != NULL ? shown->present->len : 0;
}

/* How much more text is kept. */
static size_t
room(const HishoShown *shown)
{
	size_t end = MIN(shown->start + PART_MAX, ROLE_MAX);

	return shown->present != NULL && shown->present->len < end
	    ? end - shown->present->len
	    : 0;
}

void
hisho_shown_add(HishoShown *shown, const char *text, size_t length)
{
	length = MIN(length, room(shown));
	if (length > 0)
		g_string_append_len(shown->present, text, (gssize)length);
}

/* How many bytes of TEXT are white space, or are none. */
static size_t
span(const char *text, size_t length, bool is_space)
{
	size_t n = 0;

	while (n < length && (bool)g_ascii_isspace(text[n]) == is_space)
		n++;
	return n;
}

void
hisho_shown_add_flowed(HishoShown *shown, const char *text, size_t length)
{
	while (length > 0 && room(shown) > 0) {
		const GString *present = shown->present;
		size_t n = span(text, length, true);
		bool is_open = present->len > shown->start &&
		    !g_ascii_isspace(present->str[present->len - 1]);
		if (n > 0 && is_open)
			hisho_shown_add(shown, " ", 1);
		text += n;
		length -= n;
		n = span(text, length, false);
		hisho_shown_add(shown, text, n);
		text += n;
		length -= n;
	}
}

/* Ends the text in N line ends; at its beginning nothing is to be ended. */
static void
end_with_newlines(GString *text, size_t n)
{
	size_t has = 0;

	while (text->len > 0 && text->str[text->len - 1] == ' ')
		g_string_truncate(text, text->len - 1);
	while (
	    has < MIN(n, text->len) && text->str[text->len - 1 - has] == '\n')
		has++;
	for (; text->len > 0 && text->len < ROLE_MAX && has < n; has++)
		g_string_append_c(text, '\n');
}

void
hisho_shown_end_line(HishoShown *shown)
{
	if (shown->present != NULL)
		end_with_newlines(shown->present, 1);
}

void
hisho_shown_end_paragraph(HishoShown *shown)
{
	if (shown->present != NULL)
		end_with_newlines(shown->present, 2);
}
