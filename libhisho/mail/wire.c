#include "libhisho/mail/wire.h"

#include <string.h>

#include "libhisho/mail/lines.h"

struct HishoWire {
	GBytes *mail;
	const char *data;
	size_t size;
	HishoLines lines; /* the same bytes */
	size_t prefix;
	bool has_place;
	size_t body;
	GArray *fields; /* HishoWireField */
	bool is_cut;
	const char *line_end;
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

/* The end of the header, with the empty line. */
static size_t
header_end(const HishoWire *wire)
{
	size_t at = wire->prefix;

	while (at < wire->size) {
		size_t next = hisho_lines_next(&wire->lines, at);
		if (hisho_lines_trim(wire->data, at, next) == at)
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
		at = hisho_lines_next(&wire->lines, 0);
	while (at < wire->size && is_blank(wire->data[at]))
		at = hisho_lines_next(&wire->lines, at);
	if (at > 0 && hisho_lines_trim(wire->data, 0, at) == at)
		wire->has_place = false;
	wire->prefix = at;
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
		hisho_lines_trim(wire->data, start, end) };
	if (length > 0 && field.value <= field.value_end)
		g_array_append_val(wire->fields, field);
}

static void
index_header(HishoWire *wire, const HishoLimits *limits)
{
	size_t at = wire->prefix;
	size_t end = hisho_lines_trim(wire->data, at, wire->body);

	while (at < end) {
		size_t next =
		    hisho_lines_next_field(&wire->lines, at, wire->body);
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
	size_t end = hisho_lines_next(&wire->lines, 0);
	size_t bare = hisho_lines_trim(wire->data, 0, end);

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
	wire->lines = (HishoLines){ wire->data, wire->size,
		has_only_cr(wire->data, wire->size) };
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

bool
hisho_wire_has_place(const HishoWire *wire)
{
	return wire->has_place;
}

bool
hisho_wire_cr_ends_lines(const HishoWire *wire)
{
	return wire->lines.cr_ends;
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
