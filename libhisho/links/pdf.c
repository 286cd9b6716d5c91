#include "libhisho/links/pdf.h"

#include <gio/gio.h>
#include <string.h>

/* What is unpacked at most of a file, and how many streams are looked at. */
#define UNPACKED_MAX (8 << 20)
#define STREAMS_MAX 20000

#define STRING_MAX 4096

/* The dictionary of a stream stands shortly before it. */
#define DICTIONARY_MAX 1024

/* A piece of a file, and how far it is read. */
typedef struct {
	const char *at;
	const char *end;
} Piece;

static bool
is_space(char c)
{
	return c == '\0' || strchr(" \t\r\n\f", c) != NULL;
}

static void
skip_space(Piece *piece)
{
	while (piece->at < piece->end && is_space(*piece->at))
		piece->at++;
}

/* The byte that up to three octal digits mean. */
static char
read_octal(Piece *piece)
{
	int value = 0;

	for (int i = 0; i < 3 && piece->at < piece->end && *piece->at >= '0' &&
	     *piece->at <= '7';
	     i++)
		value = value * 8 + (*piece->at++ - '0');
	return (char)value;
}

/* Appends what the escape means that follows '\' (7.3.4.2). */
static void
append_escape(Piece *piece, GString *out)
{
	static const char letters[] = "nrtbf";
	static const char meant[] = "\n\r\t\b\f";
	char c = *piece->at;
	const char *letter = c != '\0' ? strchr(letters, c) : NULL;

	if (c >= '0' && c <= '7') {
		g_string_append_c(out, read_octal(piece));
		return;
	}
	piece->at++;
	if (letter != NULL)
		g_string_append_c(out, meant[letter - letters]);
	else if (c == '\r' && piece->at < piece->end && *piece->at == '\n')
		piece->at++;
	else if (c != '\n' && c != '\r')
		g_string_append_c(out, c);
}

/* A string in round brackets, behind the first of them. */
static GString *
read_literal(Piece *piece)
{
	GString *out = g_string_new(NULL);
	int depth = 1;

	while (piece->at < piece->end && out->len < STRING_MAX) {
		char c = *piece->at++;
		if (c == '\\' && piece->at < piece->end) {
			append_escape(piece, out);
			continue;
		}
		depth += (c == '(') - (c == ')');
		if (depth == 0)
			break;
		g_string_append_c(out, c);
	}
	return out;
}

/* A string in hexadecimal digits, behind its '<' (7.3.4.3). */
static GString *
read_hex(Piece *piece)
{
	GString *out = g_string_new(NULL);
	int high = -1;

	for (; piece->at < piece->end && *piece->at != '>' &&
	     out->len < STRING_MAX;
	     piece->at++) {
		int digit = g_ascii_xdigit_value(*piece->at);
		if (digit < 0)
			continue;
		if (high >= 0)
			g_string_append_c(out, (char)(high * 16 + digit));
		high = high >= 0 ? -1 : digit;
	}
	if (high >= 0)
		g_string_append_c(out, (char)(high * 16));
	return out;
}

/* The string that comes next, or NULL. */
static GString *
read_string(Piece *piece)
{
	skip_space(piece);
	if (piece->at >= piece->end || (*piece->at != '(' && *piece->at != '<'))
		return NULL;
	return *piece->at++ == '(' ? read_literal(piece) : read_hex(piece);
}

/* STRING as text: UTF-16 with its mark, else bytes (7.9.2.2). */
static char *
dup_text(const GString *string)
{
	if (string->len >= 2 && memcmp(string->str, "\xFE\xFF", 2) == 0)
		return g_convert(string->str + 2, (gssize)string->len - 2,
		    "UTF-8", "UTF-16BE", NULL, NULL, NULL);
	return g_utf8_make_valid(string->str, (gssize)string->len);
}

static void
add_uri(HishoCatalog *catalog, const char *text, size_t offset)
{
	const HishoCandidate candidate = {
		.text = text,
		.length = strlen(text),
		.kind = "click",
		.where = "pdf.uri",
		.offset = offset,
		.reason = "attachment",
	};
	HishoLink *link = NULL;

	if (hisho_scheme_length(text) > 0 ||
	    g_ascii_strncasecmp(text, "www.", 4) == 0)
		link = hisho_catalog_add(catalog, &candidate);
	if (link != NULL)
		hisho_link_add_finding(link, "partial");
}

static void
add_script(HishoCatalog *catalog, const char *text, size_t offset)
{
	const HishoCandidate candidate = {
		.text = text,
		.length = strlen(text),
		.where = "pdf.js",
		.offset = offset,
		.reason = "attachment",
	};

	if (strstr(text, "//") != NULL)
		hisho_catalog_nest(catalog, &candidate, true);
}

/* Takes all strings in DATA that NAME, with its slash, stands before. */
static void
read_strings(HishoCatalog *catalog, const Piece *data, const char *name,
    void (*add)(HishoCatalog *, const char *, size_t))
{
	Piece piece = *data;
	size_t n = strlen(name);

	while ((piece.at = memmem(piece.at, (size_t)(piece.end - piece.at),
		    name, n)) != NULL) {
		size_t offset = (size_t)(piece.at - data->at);
		piece.at += n;
		g_autoptr(GString) string = read_string(&piece);
		g_autofree char *text = string ? dup_text(string) : NULL;
		if (text != NULL)
			add(catalog, text, offset);
	}
}

static void
read_open(HishoCatalog *catalog, const Piece *data)
{
	read_strings(catalog, data, "/URI", add_uri);
	read_strings(catalog, data, "/JS", add_script);
}

/* Unpacks PACKED to OUT up to MAX bytes; what is broken, up to there. */
static void
inflate(const Piece *packed, GByteArray *out, size_t max)
{
	g_autoptr(GZlibDecompressor) zlib =
	    g_zlib_decompressor_new(G_ZLIB_COMPRESSOR_FORMAT_ZLIB);
	const char *at = packed->at;
	guint8 plain[16384];
	GConverterResult result = G_CONVERTER_CONVERTED;

	while (result == G_CONVERTER_CONVERTED && out->len < max) {
		gsize read = 0;
		gsize written = 0;
		result = g_converter_convert(G_CONVERTER(zlib), at,
		    (gsize)(packed->end - at), plain, sizeof plain,
		    G_CONVERTER_NO_FLAGS, &read, &written, NULL);
		if (result == G_CONVERTER_ERROR)
			return;
		g_byte_array_append(out, plain, (guint)written);
		at += read;
	}
}

/* Whether the stream at AT holds objects, by the dictionary before it. */
static bool
holds_objects(const Piece *data, const char *at)
{
	size_t n = MIN((size_t)(at - data->at), DICTIONARY_MAX);
	const char *start = at - n;
	const char *last = memmem(start, n, "endstream", 9);

	if (last != NULL) {
		n -= (size_t)(last - start);
		start = last;
	}
	return memmem(start, n, "/ObjStm", 7) != NULL &&
	    memmem(start, n, "/FlateDecode", 12) != NULL;
}

/* Reads the objects that are packed (7.5.7); that the file unpacks to more
 * than is read is reported. */
static void
read_packed(HishoCatalog *catalog, const Piece *data)
{
	Piece piece = *data;
	size_t left = UNPACKED_MAX;

	for (int i = 0; i < STREAMS_MAX; i++) {
		const char *at = memmem(
		    piece.at, (size_t)(piece.end - piece.at), "stream", 6);
		if (at == NULL)
			return;
		piece.at = at + 6;
		if (!holds_objects(data, at))
			continue;
		piece.at += piece.at < piece.end && *piece.at == '\r';
		piece.at += piece.at < piece.end && *piece.at == '\n';
		g_autoptr(GByteArray) plain = g_byte_array_new();
		inflate(&piece, plain, left);
		const Piece unpacked = { (const char *)plain->data,
			(const char *)plain->data + plain->len };
		if (plain->len > 0)
			read_open(catalog, &unpacked);
		if (plain->len >= left)
			break;
		left -= plain->len;
	}
	catalog->found->limit_reached = true;
}

void
hisho_pdf_read(HishoCatalog *catalog, const char *data, size_t length)
{
	const Piece whole = { data, data + length };

	read_open(catalog, &whole);
	read_packed(catalog, &whole);
}
