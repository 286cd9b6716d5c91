#include "libhisho/mail/wire.h"

#include <string.h>

#define OWN_PREFIX "X-Hisho-"

struct HishoWire {
	GBytes *mail;
	const char *data;
	size_t size;
	bool cr_ends_lines;
	size_t prefix;
	bool has_place;
	size_t body;
	GArray *fields; /* HishoWireField */
	bool is_cut;
	const char *line_end;
	char *digest; /* when it was asked for */
};

/* An LF that a later hand put at the very end does not count. */
static bool
has_only_cr(const char *data, size_t size)
{
	if (size > 0 && data[size - 1] == '\n')
		size--;
	if (size > 0 && data[size - 1] == '\r')
		size--;
	return memchr(data, '\r', size) != NULL &&
	    memchr(data, '\n', size) == NULL;
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* The offset behind the line that starts at START, its end included.  Where
 * CR ends lines each byte is looked at once: a search for the LF behind a
 * million CR would be one per line. */
static size_t
line_after(const HishoWire *wire, size_t start, bool cr_ends)
{
	const char *data = wire->data;
	size_t at = start;

	if (!cr_ends) {
		const char *lf = memchr(data + at, '\n', wire->size - at);
		return lf != NULL ? (size_t)(lf - data) + 1 : wire->size;
	}
	while (at < wire->size && data[at] != '\r' && data[at] != '\n')
		at++;
	if (at + 1 < wire->size && data[at] == '\r' && data[at + 1] == '\n')
		at++;
	return MIN(at + 1, wire->size);
}

/* END without the line end that stands before it. */
static size_t
without_line_end(const HishoWire *wire, size_t start, size_t end)
{
	if (end > start && wire->data[end - 1] == '\n')
		end--;
	if (end > start && wire->data[end - 1] == '\r')
		end--;
	return end;
}

/* The end of the header, with the empty line. */
static size_t
header_end(const HishoWire *wire)
{
	size_t at = wire->prefix;

	while (at < wire->size) {
		size_t next = line_after(wire, at, wire->cr_ends_lines);
		if (without_line_end(wire, at, next) == at)
			return next;
		at = next;
	}
	return wire->size;
}

static bool
has_prefix(const HishoWire *wire, size_t at, const char *prefix)
{
	size_t length = strlen(prefix);

	return wire->size - at >= length &&
	    g_ascii_strncasecmp(wire->data + at, prefix, length) == 0;
}

/* Sets the prefix; a first line without an end leaves no place below. */
static void
find_prefix(HishoWire *wire)
{
	size_t at = 0;

	wire->has_place = true;
	if (wire->size >= 5 && memcmp(wire->data, "From ", 5) == 0)
		at = line_after(wire, 0, wire->cr_ends_lines);
	while (at < wire->size && is_blank(wire->data[at]))
		at = line_after(wire, at, wire->cr_ends_lines);
	if (at > 0 && without_line_end(wire, 0, at) == at)
		wire->has_place = false;
	wire->prefix = at;
}

static size_t
field_after(const HishoWire *wire, size_t at, size_t end, bool cr_ends)
{
	do
		at = line_after(wire, at, cr_ends);
	while (at < end && is_blank(wire->data[at]));
	return at;
}

static void
index_field(HishoWire *wire, size_t start, size_t end)
{
	const char *name = wire->data + start;
	const char *colon = memchr(name, ':', end - start);

	if (colon == NULL || colon == name)
		return;
	size_t length = (size_t)(colon - name);
	while (length > 0 && is_blank(name[length - 1]))
		length--;
	for (size_t i = 0; i < length; i++)
		if (!g_ascii_isgraph(name[i]))
			return;
	HishoWireField field = { start, length,
		(size_t)(colon - wire->data) + 1,
		without_line_end(wire, start, end) };
	if (length > 0 && field.value <= field.value_end)
		g_array_append_val(wire->fields, field);
}

static void
index_header(HishoWire *wire, const HishoLimits *limits)
{
	size_t at = wire->prefix;
	size_t end = without_line_end(wire, at, wire->body);

	while (at < end) {
		size_t next =
		    field_after(wire, at, wire->body, wire->cr_ends_lines);
		if (wire->fields->len >= limits->fields ||
		    next > limits->header_bytes) {
			wire->is_cut = true;
			return;
		}
		index_field(wire, at, next);
		at = next;
	}
}

static const char *
find_line_end(const HishoWire *wire)
{
	size_t end = line_after(wire, 0, wire->cr_ends_lines);
	size_t bare = without_line_end(wire, 0, end);

	if (end - bare == 2)
		return "\r\n";
	return end > bare && wire->data[bare] == '\r' ? "\r" : "\n";
}

HishoWire *
hisho_wire_new(GBytes *mail, const HishoLimits *limits)
{
	HishoWire *wire = g_new0(HishoWire, 1);

	wire->mail = g_bytes_ref(mail);
	wire->data = g_bytes_get_data(mail, &wire->size);
	if (wire->data == NULL)
		wire->data = "";
	wire->cr_ends_lines = has_only_cr(wire->data, wire->size);
	find_prefix(wire);
	wire->body = header_end(wire);
	wire->fields = g_array_new(FALSE, FALSE, sizeof(HishoWireField));
	wire->line_end = find_line_end(wire);
	index_header(wire, limits);
	return wire;
}

void
hisho_wire_free(HishoWire *wire)
{
	if (wire == NULL)
		return;
	g_free(wire->digest);
	g_bytes_unref(wire->mail);
	g_array_unref(wire->fields);
	g_free(wire);
}

GBytes *
hisho_wire_mail(const HishoWire *wire)
{
	return wire->mail;
}

size_t
hisho_wire_prefix(const HishoWire *wire)
{
	return wire->prefix;
}

size_t
hisho_wire_body(const HishoWire *wire)
{
	return wire->body;
}

bool
hisho_wire_is_cut(const HishoWire *wire)
{
	return wire->is_cut;
}

const char *
hisho_wire_line_end(const HishoWire *wire)
{
	return wire->line_end;
}

const HishoWireField *
hisho_wire_next(
    const HishoWire *wire, const char *name, const HishoWireField *after)
{
	const HishoWireField *first =
	    (const HishoWireField *)(const void *)wire->fields->data;
	const HishoWireField *end = first + wire->fields->len;
	size_t length = name != NULL ? strlen(name) : 0;

	for (const HishoWireField *f = after != NULL ? after + 1 : first;
	     f < end; f++)
		if (name == NULL ||
		    (f->name_length == length &&
			has_prefix(wire, f->start, name)))
			return f;
	return NULL;
}

const char *
hisho_wire_value(
    const HishoWire *wire, const HishoWireField *field, size_t *length)
{
	*length = field->value_end - field->value;
	return wire->data + field->value;
}

const char *
hisho_wire_name(const HishoWire *wire, const HishoWireField *field)
{
	return wire->data + field->start;
}

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
	Summer summer = { .sum = sum };
	size_t n_empty = 0;

	for (size_t at = wire->body; at < wire->size;) {
		size_t next = line_after(wire, at, true);
		size_t end = without_line_end(wire, at, next);
		if (end == at) {
			n_empty++;
		} else {
			for (; n_empty > 0; n_empty--)
				summer_add(&summer, "\n", 1);
			at += quoting_length(wire->data + at, end - at);
			summer_add(&summer, wire->data + at, end - at);
			summer_add(&summer, "\n", 1);
		}
		at = next;
	}
	summer_flush(&summer);
}

/* The empty line between the fields and the body keeps `Subject: x` in the
 * body from being one in the header. */
static char *
compute_digest(const HishoWire *wire)
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

const char *
hisho_wire_digest(HishoWire *wire)
{
	if (wire->digest == NULL)
		wire->digest = compute_digest(wire);
	return wire->digest;
}

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

/* Moves START and END of a field of our own to where no harm is done to
 * its neighbours for those who read LF alone as line end: what stands
 * before a field that begins behind a bare CR keeps its LF, and no line is
 * left empty. */
static void
spare_neighbours(const HishoWire *wire, size_t *start, size_t *end)
{
	const char *data = wire->data;
	size_t line = *start;

	if (wire->cr_ends_lines)
		return;
	while (line > 0 && data[line - 1] == '\r')
		line--;
	if (line == 0 || data[line - 1] == '\n') {
		size_t rest = *end;
		while (rest < wire->body && data[rest] == '\r')
			rest++;
		*start = line;
		if (rest < wire->body && data[rest] == '\n' &&
		    data[*end - 1] == '\r')
			*end = rest + 1;
	} else if (data[*end - 1] == '\n') {
		*end = without_line_end(wire, *start, *end);
	}
}

/* Appends the lines from START to END without those of our own, read with
 * every CR as a line end too, so that nothing hides behind one. */
static void
append_stripped(
    GByteArray *out, const HishoWire *wire, size_t start, size_t end)
{
	const guint8 *data = (const guint8 *)wire->data;
	size_t kept = start;

	for (size_t at = start; at < end;) {
		size_t next = field_after(wire, at, end, true);
		if (has_prefix(wire, at, OWN_PREFIX)) {
			size_t from = at;
			spare_neighbours(wire, &from, &next);
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
hisho_wire_splice(const HishoWire *wire, const char *block)
{
	if (!wire->has_place)
		return g_bytes_ref(wire->mail);
	GByteArray *out = g_byte_array_sized_new((guint)wire->size + 4096);

	append_stripped(out, wire, 0, wire->prefix);
	if (block != NULL)
		append_block(out, block, wire->line_end);
	append_stripped(out, wire, wire->prefix, wire->body);
	g_byte_array_append(out, (const guint8 *)wire->data + wire->body,
	    (guint)(wire->size - wire->body));
	return g_byte_array_free_to_bytes(out);
}
