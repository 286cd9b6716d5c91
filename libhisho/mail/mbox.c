#include "libhisho/mail/mbox.h"

#include <string.h>

#define FROM "From "
#define FROM_LENGTH (sizeof FROM - 1)

/* So much is read ahead on the word of a header. */
#define MOST_CONTENT_LENGTH (64 << 20)

bool
hisho_mbox_is_from(const char *data, size_t length)
{
	return length >= FROM_LENGTH && memcmp(data, FROM, FROM_LENGTH) == 0;
}

/* The bytes of the empty line at DATA: 1, 2, or 0 if it is none. */
static size_t
empty_line(const char *data, size_t length)
{
	if (length >= 1 && data[0] == '\n')
		return 1;
	if (length >= 2 && data[0] == '\r' && data[1] == '\n')
		return 2;
	return 0;
}

/* Finds where the body begins.  False when more bytes are needed. */
static bool
find_body(HishoMboxScan *scan, const char *data, size_t length, bool at_end)
{
	const char *newline;
	const char *from = data + scan->searched;
	const char *end = data + length;

	while ((newline = memchr(from, '\n', (size_t)(end - from))) != NULL) {
		size_t left = (size_t)(end - newline - 1);
		size_t empty = empty_line(newline + 1, left);
		scan->searched = (size_t)(newline - data);
		if (empty > 0) {
			scan->header_length = scan->searched + 1 + empty;
			return true;
		}
		if (left < 2 && !at_end)
			return false;
		from = newline + 1;
	}
	scan->searched = length;
	if (at_end)
		scan->header_length = length;
	return at_end;
}

/* The first Content-Length field of HEADER; NULL if there is none. */
static const char *
find_content_length(const char *header, size_t length)
{
	static const char name[] = "\nContent-Length:";
	const char *end = header + length;
	const char *line = header;

	while ((line = memchr(line, '\n', (size_t)(end - line))) != NULL) {
		if ((size_t)(end - line) > sizeof name - 1 &&
		    g_ascii_strncasecmp(line, name, sizeof name - 1) == 0)
			return line + sizeof name - 1;
		line++;
	}
	return NULL;
}

/* False without a number that is small enough. */
static bool
content_length(const char *header, size_t length, size_t *value)
{
	const char *next = find_content_length(header, length);
	const char *end = header + length;
	size_t bytes = 0;

	if (next == NULL)
		return false;
	while (next < end && (*next == ' ' || *next == '\t'))
		next++;
	const char *digits = next;
	for (; next < end && g_ascii_isdigit(*next); next++) {
		bytes = bytes * 10 + (size_t)(*next - '0');
		if (bytes > MOST_CONTENT_LENGTH)
			return false;
	}
	*value = bytes;
	return next > digits;
}

/* True when a mail may end at AT. */
static bool
is_end(const char *data, size_t length, size_t at)
{
	if (at >= length)
		return at == length;
	size_t empty = empty_line(data + at, length - at);
	bool is_line = at == 0 || data[at - 1] == '\n';
	size_t next = at + empty;

	return is_line && empty > 0 &&
	    (next == length || hisho_mbox_is_from(data + next, length - next));
}

/* Asks Content-Length.  False when more bytes are needed to judge it. */
static bool
try_length(HishoMboxScan *scan, const char *data, size_t length, bool at_end)
{
	size_t body;

	if (!content_length(data, scan->header_length, &body)) {
		scan->ignores_length = true;
		return true;
	}
	size_t end = scan->header_length + body;
	/* An empty line of two bytes, and the next mail's "From ". */
	if (length < end + 2 + FROM_LENGTH && !at_end)
		return false;
	scan->by_length = is_end(data, length, end);
	scan->ignores_length = !scan->by_length;
	if (scan->by_length) {
		scan->text_length = end;
		scan->raw_length = end + empty_line(data + end, length - end);
	}
	return true;
}

/* The length of TEXT without the empty line at its end, if it has one. */
static size_t
without_empty_line(const char *data, size_t length)
{
	if (length < 2 || data[length - 1] != '\n')
		return length;
	if (data[length - 2] == '\n')
		return length - 1;
	if (length >= 3 && data[length - 2] == '\r' && data[length - 3] == '\n')
		return length - 2;
	return length;
}

/* Where BEFORE and "From " stand in DATA, NULL if they do not.  A capital F is
 * so rare that to look for it is faster than memmem(3). */
static const char *
find_from_behind(char before, const char *data, size_t length)
{
	const char *end = data + length;

	for (const char *at = data + 1; at < end; at++) {
		at = memchr(at, 'F', (size_t)(end - at));
		if (at == NULL)
			return NULL;
		if (at[-1] == before &&
		    hisho_mbox_is_from(at, (size_t)(end - at)))
			return at - 1;
	}
	return NULL;
}

/* Ends the mail before the next From_ line, or at the end. */
static bool
find_from(HishoMboxScan *scan, const char *data, size_t length, bool at_end)
{
	const size_t line = 1 + FROM_LENGTH;
	const char *from = data + scan->searched;
	const char *end = data + length;

	while ((from = find_from_behind('\n', from, (size_t)(end - from))) !=
	    NULL) {
		size_t next = (size_t)(from - data) + 1;
		scan->text_length = without_empty_line(data, next);
		if (scan->text_length < next) {
			scan->raw_length = next;
			return true;
		}
		from++;
	}
	if (length > line)
		scan->searched = MAX(scan->searched, length - line);
	if (at_end) {
		scan->text_length = without_empty_line(data, length);
		scan->raw_length = length;
	}
	return at_end;
}

bool
hisho_mbox_scan(
    HishoMboxScan *scan, const char *data, size_t length, bool at_end)
{
	if (scan->header_length == 0) {
		if (!find_body(scan, data, length, at_end))
			return false;
	}
	if (!scan->by_length && !scan->ignores_length) {
		if (!try_length(scan, data, length, at_end))
			return false;
	}
	return scan->by_length || find_from(scan, data, length, at_end);
}

/* True when a line of BODY begins with "From ". */
static bool
has_bare_from(const char *body, size_t length)
{
	return hisho_mbox_is_from(body, length) ||
	    find_from_behind('\n', body, length) != NULL;
}

/* True when LINE, LENGTH bytes to the end of the text, is a quoted From_. */
static bool
is_quoted(const char *line, size_t length)
{
	size_t marks = 0;

	while (marks < length && line[marks] == '>')
		marks++;
	return marks > 0 && hisho_mbox_is_from(line + marks, length - marks);
}

static GBytes *
unquote(const char *data, size_t length, size_t header_length)
{
	GByteArray *text = g_byte_array_sized_new((guint)length);
	const char *end = data + length;
	const char *line = data + header_length;
	const char *copied = data;

	while (line != NULL && line < end) {
		if (is_quoted(line, (size_t)(end - line))) {
			g_byte_array_append(text, (const guint8 *)copied,
			    (guint)(line - copied));
			copied = line + 1;
		}
		line = memchr(line, '\n', (size_t)(end - line));
		line = line == NULL ? NULL : line + 1;
	}
	g_byte_array_append(
	    text, (const guint8 *)copied, (guint)(end - copied));
	return g_byte_array_free_to_bytes(text);
}

GBytes *
hisho_mbox_text(const HishoMboxScan *scan, GBytes *raw)
{
	const char *data = g_bytes_get_data(raw, NULL);
	size_t length = scan->text_length;
	size_t header = MIN(scan->header_length, length);

	if (scan->by_length && has_bare_from(data + header, length - header))
		return g_bytes_new_from_bytes(raw, 0, length);
	if (find_from_behind('>', data, length) == NULL)
		return g_bytes_new_from_bytes(raw, 0, length);
	return unquote(data, length, header);
}
