#include "libhisho/mail/splice.h"

#include <string.h>

#include "libhisho/mail/lines.h"

#define OWN_PREFIX "X-Hisho-"

static void
append_block(GByteArray *out, const char *block, const char *line_end)
{
	for (const char *lf; (lf = strchr(block, '\n')) != NULL;
	     block = lf + 1) {
		g_byte_array_append(
		    out, (const guint8 *)block, (guint)(lf - block));
		g_byte_array_append(
		    out, (const guint8 *)line_end, (guint)strlen(line_end));
	}
}

static bool
is_own(const HishoLines *lines, size_t at)
{
	size_t length = strlen(OWN_PREFIX);

	return lines->size - at >= length &&
	    g_ascii_strncasecmp(lines->data + at, OWN_PREFIX, length) == 0;
}

/* Moves START and END of a field of our own to where no harm is done to
 * its neighbours for those who read LF alone as line end: what stands
 * before a field that begins behind a bare CR keeps its LF, and no line is
 * left empty. */
static void
spare_neighbours(const HishoLines *lines, size_t *start, size_t *end)
{
	const char *data = lines->data;
	size_t line = *start, rest = *end;

	while (line > 0 && data[line - 1] == '\r')
		line--;
	if (line > 0 && data[line - 1] != '\n') {
		if (data[*end - 1] == '\n')
			*end = hisho_lines_trim(data, *start, *end);
		return;
	}
	*start = line;
	while (rest < lines->size && data[rest] == '\r')
		rest++;
	if (rest < lines->size && data[rest] == '\n' && data[*end - 1] == '\r')
		*end = rest + 1;
}

/* The bytes of WIRE up to SIZE, read with every CR as a line end too, so that
 * nothing hides behind one; where there is none, LF alone is found faster. */
static HishoLines
lines_up_to(const HishoWire *wire, size_t size)
{
	const char *data = g_bytes_get_data(hisho_wire_mail(wire), NULL);

	return (HishoLines){ data, size,
		size > 0 && memchr(data, '\r', size) != NULL };
}

/* Appends the bytes from START to END without the fields of our own. */
static void
append_stripped(
    GByteArray *out, const HishoWire *wire, size_t start, size_t end)
{
	const HishoLines lines = lines_up_to(wire, end);
	const guint8 *data = (const guint8 *)lines.data;
	size_t kept = start;

	for (size_t at = start; at < end;) {
		size_t next = hisho_lines_next_field(&lines, at, end);
		if (is_own(&lines, at)) {
			size_t from = at;
			if (!hisho_wire_cr_ends_lines(wire))
				spare_neighbours(&lines, &from, &next);
			from = MAX(from, kept);
			g_byte_array_append(
			    out, data + kept, (guint)(from - kept));
			kept = next;
		}
		at = next;
	}
	g_byte_array_append(out, data + kept, (guint)(end - kept));
}

/* GByteArray counts in 32 bits; a mail of 4 GB is not one. */
GBytes *
hisho_splice(const HishoWire *wire, const char *block)
{
	size_t prefix = hisho_wire_prefix(wire);
	size_t body = hisho_wire_body(wire);
	gsize size;
	const guint8 *data = g_bytes_get_data(hisho_wire_mail(wire), &size);

	if (!hisho_wire_has_place(wire))
		return g_bytes_ref(hisho_wire_mail(wire));
	GByteArray *out = g_byte_array_sized_new((guint)size + 4096);
	append_stripped(out, wire, 0, prefix);
	if (block != NULL)
		append_block(out, block, hisho_wire_line_end(wire));
	append_stripped(out, wire, prefix, body);
	g_byte_array_append(out, data + body, (guint)(size - body));
	return g_byte_array_free_to_bytes(out);
}
