#include "libhisho/links/trawl.h"

#include <string.h>

/* What is decoded is read in pieces, which overlap by more than a link. */
#define PIECE 65536
#define OVERLAP 1024

/* Shorter lines of base64 stand at the end of a part only. */
#define BASE64_LINE_MIN 16

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

static void
append(Decoded *decoded, const char *text, size_t length)
{
	g_string_append_len(decoded->plain, text, (gssize)length);
	if (decoded->plain->len > PIECE + OVERLAP)
		end_piece(decoded, OVERLAP);
}

/* What the '=' at AT of RAW and the bytes after it mean; how many they are. */
static size_t
append_quoted(Decoded *decoded, const char *raw, size_t length)
{
	char c;

	if (length > 1 && raw[1] == '\n')
		return 2;
	if (length > 2 && raw[1] == '\r' && raw[2] == '\n')
		return 3;
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

static void
read_base64(Decoded *decoded, const char *raw, size_t length)
{
	const char *end = raw + length;
	int state = 0;
	guint save = 0;
	bool inside = false;

	for (const char *line = raw; line < end;) {
		const char *lf = memchr(line, '\n', (size_t)(end - line));
		size_t n = (size_t)((lf != NULL ? lf : end) - line);
		size_t text = n > 0 && line[n - 1] == '\r' ? n - 1 : n;
		bool encoded = is_base64_line(line, text) &&
		    (inside || text >= BASE64_LINE_MIN);
		if (encoded) {
			g_autofree guchar *plain = g_malloc(text / 4 * 3 + 6);
			size_t out = g_base64_decode_step(
			    line, text, plain, &state, &save);
			append(decoded, (const char *)plain, out);
		} else if (inside) {
			end_piece(decoded, 0);
			g_string_truncate(decoded->plain, 0);
			state = 0;
			save = 0;
		}
		inside = encoded;
		line += n + 1;
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
}
