#include "libhisho/links/trawl.h"

#include <string.h>

/* What is decoded is read in pieces, which overlap by more than most links. */
#define PIECE 65536
#define OVERLAP 1024

/* Shorter lines of base64 stand at the end of a part only. */
#define BASE64_LINE_MIN 16

/* No longer line of a header names a transfer encoding. */
#define ANNOUNCEMENT_MAX 200

/* What is decoded, on its way into FURTHER. */
typedef struct {
	HishoFurther *further;
	GString *plain;
} Decoded;

/* Text of two bytes a character, as far as it is ASCII. */
static void
drop_nuls(GString *text)
{
	char *to = text->str;

	if (memchr(text->str, '\0', text->len) == NULL)
		return;
	for (size_t i = 0; i < text->len; i++)
		if (text->str[i] != '\0')
			*to++ = text->str[i];
	g_string_truncate(text, (gsize)(to - text->str));
}

static void
end_piece(Decoded *decoded, size_t overlap)
{
	GString *plain = decoded->plain;

	drop_nuls(plain);
	hisho_further_read_html(decoded->further, plain->str, plain->len);
	if (plain->len > overlap)
		g_string_erase(plain, 0, (gssize)(plain->len - overlap));
}

/* Whether the last LENGTH bytes of what is decoded hold a place to cut, and
 * nothing that goes on behind it is lost by the overlap. */
static bool
may_cut(const GString *plain, size_t length)
{
	const char *end = plain->str + plain->len;

	if (plain->len > HISHO_FURTHER_LINK_MAX)
		return true;
	for (size_t i = 1; i <= MIN(length, OVERLAP); i++)
		if (hisho_further_may_cut(end[-(ptrdiff_t)i]))
			return true;
	return false;
}

static void
append(Decoded *decoded, const char *text, size_t length)
{
	g_string_append_len(decoded->plain, text, (gssize)length);
	if (decoded->plain->len > PIECE + OVERLAP &&
	    may_cut(decoded->plain, length))
		end_piece(decoded, OVERLAP);
}

/* What the '=' at AT of RAW and the bytes after it mean; how many they are. */
static size_t
append_quoted(Decoded *decoded, const char *raw, size_t length)
{
	size_t blanks = 1;
	char c;

	while (blanks < length && (raw[blanks] == ' ' || raw[blanks] == '\t'))
		blanks++;
	if (blanks < length && raw[blanks] == '\n')
		return blanks + 1;
	if (blanks < length && raw[blanks] == '\r')
		return blanks + 1; /* An LF more breaks no link. */
	if (length < 3 || !g_ascii_isxdigit(raw[1]) ||
	    !g_ascii_isxdigit(raw[2])) {
		append(decoded, "=", 1);
		return 1;
	}
	c = (char)(g_ascii_xdigit_value(raw[1]) * 16 +
	    g_ascii_xdigit_value(raw[2]));
	append(decoded, &c, 1);
	return 3;
}

static void
read_quoted(Decoded *decoded, const char *raw, size_t length)
{
	const char *end = raw + length;

	while (raw < end) {
		const char *equals = memchr(raw, '=', (size_t)(end - raw));
		const char *stop = equals != NULL ? equals : end;
		append(decoded, raw, (size_t)(stop - raw));
		raw = stop;
		if (raw < end)
			raw += append_quoted(decoded, raw, (size_t)(end - raw));
	}
	end_piece(decoded, 0);
}

/* The lines of a text: they end in LF, CRLF or CR. */
typedef struct {
	const char *at;
	const char *end;
	const char *lf; /* the next one */
} Lines;

/* The next line, LENGTH bytes without its end; NULL at the end of all. */
static const char *
next_line(Lines *lines, size_t *length)
{
	const char *line = lines->at;

	if (line >= lines->end)
		return NULL;
	if (lines->lf == NULL || lines->lf < line)
		lines->lf = memchr(line, '\n', (size_t)(lines->end - line));
	if (lines->lf == NULL)
		lines->lf = lines->end;
	const char *cr = memchr(line, '\r', (size_t)(lines->lf - line));
	const char *stop = cr != NULL ? cr : lines->lf;
	*length = (size_t)(stop - line);
	lines->at = stop + (cr != NULL && cr + 1 == lines->lf ? 2 : 1);
	return line;
}

static bool
is_base64_line(const char *line, size_t length)
{
	if (length == 0)
		return false;
	for (size_t i = 0; i < length; i++)
		if (!g_ascii_isalnum(line[i]) && line[i] != '+' &&
		    line[i] != '/' && line[i] != '=')
			return false;
	return true;
}

/* Base64 on its way: by what a header says, else by what it looks like. */
typedef struct {
	bool is_announced; /* what follows the next empty line is base64 */
	bool is_told;	   /* that has come: whatever its lines look like */
	bool is_inside;
	int state;
	guint save;
} Base64;

static void
end_base64(Decoded *decoded, Base64 *base64)
{
	if (base64->is_inside)
		end_piece(decoded, 0);
	g_string_truncate(decoded->plain, 0);
	*base64 = (Base64){ .is_announced = base64->is_announced };
}

/* Whether the line is one of a header that speaks of base64. */
static bool
announces_base64(const char *line, size_t length)
{
	static const char name[] = "base64";
	const size_t n = sizeof name - 1;

	if (length == 0 || length > ANNOUNCEMENT_MAX ||
	    (memchr(line, ':', length) == NULL && !g_ascii_isspace(*line)))
		return false;
	for (size_t i = 0; i + n <= length; i++)
		if ((line[i] == 'b' || line[i] == 'B') &&
		    g_ascii_strncasecmp(line + i, name, n) == 0)
			return true;
	return false;
}

/* Whether the line is base64, after what the lines before it say. */
static bool
is_encoded(const Base64 *base64, const char *line, size_t length)
{
	if (base64->is_told)
		return length < 2 || memcmp(line, "--", 2) != 0;
	return is_base64_line(line, length) &&
	    (base64->is_inside || length >= BASE64_LINE_MIN);
}

static void
read_base64_line(
    Decoded *decoded, Base64 *base64, const char *line, size_t length)
{
	if (!is_encoded(base64, line, length)) {
		end_base64(decoded, base64);
		return;
	}
	g_autofree guchar *plain = g_malloc(length / 4 * 3 + 6);
	size_t out = g_base64_decode_step(
	    line, length, plain, &base64->state, &base64->save);
	append(decoded, (const char *)plain, out);
	base64->is_inside = true;
}

static void
read_base64(Decoded *decoded, const char *raw, size_t length)
{
	Lines lines = { .at = raw, .end = raw + length };
	Base64 base64 = { .is_told = false };
	const char *line;
	size_t n;

	while ((line = next_line(&lines, &n)) != NULL) {
		base64.is_announced |= announces_base64(line, n);
		if (n == 0 && base64.is_announced) {
			base64.is_announced = false;
			end_base64(decoded, &base64);
			base64.is_told = true;
		} else {
			read_base64_line(decoded, &base64, line, n);
		}
	}
	end_base64(decoded, &base64);
}

/* A line of uuencode: how many bytes it holds, then four characters for each
 * three of them. */
static void
read_uu_line(Decoded *decoded, const char *line, size_t length)
{
	size_t left = length > 0 ? ((guchar)line[0] - 32u) & 63 : 0;

	for (size_t i = 1; left > 0 && i + 3 < length; i += 4) {
		guint32 bits = 0;
		for (size_t j = 0; j < 4; j++)
			bits = bits << 6 | (((guchar)line[i + j] - 32u) & 63);
		const char three[] = { (char)(bits >> 16), (char)(bits >> 8),
			(char)bits };
		append(decoded, three, MIN(left, 3));
		left -= MIN(left, 3);
	}
}

static void
read_uu(Decoded *decoded, const char *raw, size_t length)
{
	Lines lines = { .at = raw, .end = raw + length };
	bool is_inside = false;
	const char *line;
	size_t n;

	while ((line = next_line(&lines, &n)) != NULL) {
		bool is_end = n == 3 && memcmp(line, "end", 3) == 0;
		if (is_inside && is_end)
			end_piece(decoded, 0);
		else if (is_inside)
			read_uu_line(decoded, line, n);
		else
			g_string_truncate(decoded->plain, 0);
		is_inside = (is_inside && !is_end) ||
		    (n > 6 && memcmp(line, "begin ", 6) == 0);
	}
	end_piece(decoded, 0);
}

void
hisho_trawl_read(HishoFurther *further, const char *raw, size_t length)
{
	g_autoptr(GString) plain = g_string_new(NULL);
	Decoded decoded = { further, plain };

	hisho_further_read_html(further, raw, length);
	read_base64(&decoded, raw, length);
	g_string_truncate(plain, 0);
	if (memchr(raw, '=', length) != NULL)
		read_quoted(&decoded, raw, length);
	g_string_truncate(plain, 0);
	if (memmem(raw, length, "begin ", 6) != NULL)
		read_uu(&decoded, raw, length);
}
