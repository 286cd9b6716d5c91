#include "libhisho/mail/digest.h"

#include <string.h>

#include "libhisho/mail/lines.h"

static void
digest_field(const HishoWire *wire, const char *name, GChecksum *sum)
{
	const HishoWireField *field = NULL;

	while ((field = hisho_wire_next(wire, name, field)) != NULL) {
		size_t length;
		const char *value = hisho_wire_value(wire, field, &length);
		g_autoptr(GString) line = g_string_new(name);
		g_string_append_c(line, ':');
		for (size_t i = 0; i < length; i++)
			if (value[i] != '\r' && value[i] != '\n')
				g_string_append_c(line, value[i]);
		while (g_ascii_isspace(line->str[line->len - 1]))
			g_string_truncate(line, line->len - 1);
		g_checksum_update(
		    sum, (const guchar *)line->str, (gssize)line->len);
		g_checksum_update(sum, (const guchar *)"\n", 1);
	}
}

/* `>>From ` and `From ` are the same line in two kinds of mailbox. */
static size_t
quoting_length(const char *line, size_t length)
{
	size_t n = 0;

	while (n < length && line[n] == '>')
		n++;
	return length - n >= 5 && memcmp(line + n, "From ", 5) == 0 ? n : 0;
}

/* What is summed goes in blocks: a call of GChecksum costs more than a
 * line of a body of a million empty ones. */
typedef struct {
	GChecksum *sum;
	guint8 bytes[16384];
	size_t length;
} Summer;

static void
summer_flush(Summer *summer)
{
	g_checksum_update(summer->sum, summer->bytes, (gssize)summer->length);
	summer->length = 0;
}

static void
summer_add(Summer *summer, const char *data, size_t length)
{
	if (length > sizeof summer->bytes - summer->length)
		summer_flush(summer);
	if (length > sizeof summer->bytes) {
		g_checksum_update(
		    summer->sum, (const guchar *)data, (gssize)length);
		return;
	}
	memcpy(summer->bytes + summer->length, data, length);
	summer->length += length;
}

/* Empty lines are counted, not summed, until a line follows them. */
static void
digest_body(const HishoWire *wire, GChecksum *sum)
{
	gsize size;
	const char *data = g_bytes_get_data(hisho_wire_mail(wire), &size);
	size_t body = hisho_wire_body(wire);
	/* Where there is no CR, lines are found faster without looking. */
	bool has_cr = body < size && memchr(data + body, '\r', size - body);
	const HishoLines lines = { data, size, has_cr };
	Summer summer = { .sum = sum };
	size_t n_empty = 0;

	for (size_t at = body; at < size;) {
		size_t next = hisho_lines_next(&lines, at);
		size_t end = hisho_lines_trim(data, at, next);
		if (end == at) {
			n_empty++;
		} else {
			for (; n_empty > 0; n_empty--)
				summer_add(&summer, "\n", 1);
			at += quoting_length(data + at, end - at);
			summer_add(&summer, data + at, end - at);
			summer_add(&summer, "\n", 1);
		}
		at = next;
	}
	summer_flush(&summer);
}

/* The empty line between the fields and the body keeps `Subject: x` in the
 * body from being one in the header. */
char *
hisho_digest_dup(const HishoWire *wire)
{
	static const char *const names[] = { "From", "Sender", "Reply-To", "To",
		"Cc", "Date", "Message-ID", "Subject" };
	g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);

	for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
		digest_field(wire, names[i], sum);
	g_checksum_update(sum, (const guchar *)"\n", 1);
	digest_body(wire, sum);
	return g_strdup(g_checksum_get_string(sum));
}
