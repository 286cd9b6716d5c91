#include "libhisho/mail/reduced.h"

#include <string.h>

/* The Content-* fields, each ended by LF, and an empty line. */
static void
append_header(GByteArray *out, const HishoWire *wire)
{
	const HishoWireField *field = NULL;

	while ((field = hisho_wire_next(wire, NULL, field)) != NULL) {
		const char *name = hisho_wire_name(wire, field);
		if (field->name_length < 8 ||
		    g_ascii_strncasecmp(name, "Content-", 8) != 0)
			continue;
		g_byte_array_append(out, (const guint8 *)name,
		    (guint)(field->value_end - field->start));
		g_byte_array_append(out, (const guint8 *)"\n", 1);
	}
	g_byte_array_append(out, (const guint8 *)"\n", 1);
}

static void
cr_to_lf(guint8 *data, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (data[i] == '\r')
			data[i] = '\n';
}

GByteArray *
hisho_reduced_new(const HishoWire *wire)
{
	gsize size;
	const guint8 *data = g_bytes_get_data(hisho_wire_mail(wire), &size);
	size_t body = hisho_wire_body(wire);
	GByteArray *out = g_byte_array_sized_new((guint)(size - body) + 1024);

	append_header(out, wire);
	g_byte_array_append(out, data + body, (guint)(size - body));
	if (strcmp(hisho_wire_line_end(wire), "\r") == 0)
		cr_to_lf(out->data, out->len);
	return out;
}
