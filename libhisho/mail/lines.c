#include "libhisho/mail/lines.h"

#include <glib.h>
#include <string.h>

/* Where CR ends lines each byte is looked at once: a search for the LF
 * behind a million CR would be one per line. */
size_t
hisho_lines_next(const HishoLines *lines, size_t start)
{
	const char *data = lines->data;
	size_t at = start, size = lines->size;

	if (!lines->cr_ends) {
		const char *lf = memchr(data + at, '\n', size - at);
		return lf != NULL ? (size_t)(lf - data) + 1 : size;
	}
	while (at < size && data[at] != '\r' && data[at] != '\n')
		at++;
	if (at + 1 < size && data[at] == '\r' && data[at + 1] == '\n')
		at++;
	return MIN(at + 1, size);
}

size_t
hisho_lines_next_field(const HishoLines *lines, size_t start, size_t end)
{
	size_t at = start;

	do
		at = hisho_lines_next(lines, at);
	while (at < end && (lines->data[at] == ' ' || lines->data[at] == '\t'));
	return at;
}

size_t
hisho_lines_trim(const char *data, size_t start, size_t end)
{
	if (end > start && data[end - 1] == '\n')
		end--;
	if (end > start && data[end - 1] == '\r')
		end--;
	return end;
}
