#include "libhisho/store/dumpline.h"

#include "libhisho/base/error.h"

static bool
is_plain(char c)
{
	return c >= ' ' && c <= '~' && c != '\\';
}

static void
append_escaped(GString *text, HishoSlice slice, bool is_first)
{
	for (size_t i = 0; i < slice.length; i++) {
		char c = slice.data[i];
		if (is_plain(c) && !(is_first && i == 0 && strchr("#~", c)))
			g_string_append_c(text, c);
		else
			g_string_append_printf(text, "\\x%02x", (guchar)c);
	}
}

void
hisho_dumpline_append(GString *text, const HishoPair *pair)
{
	append_escaped(text, pair->key, true);
	g_string_append_c(text, '\t');
	append_escaped(text, pair->value, false);
	g_string_append_c(text, '\n');
}

static bool
fail(const char *reason, GError **error)
{
	g_set_error_literal(error, HISHO_ERROR, HISHO_ERROR_INPUT, reason);
	return false;
}

/* The byte that the escape at TEXT, before END, stands for; -1 for none. */
static int
read_escape(const char *text, const char *end)
{
	if (end - text < 4 || text[1] != 'x')
		return -1;
	int high = g_ascii_xdigit_value(text[2]);
	int low = g_ascii_xdigit_value(text[3]);
	return high < 0 || low < 0 ? -1 : high << 4 | low;
}

/* In place. */
static bool
unescape(char *text, size_t length, HishoSlice *slice, GError **error)
{
	const char *end = text + length;
	char *to = text;

	slice->data = text;
	for (const char *from = text; from < end; from++) {
		int byte = (guchar)*from;
		if (byte < ' ' || byte == 0x7f)
			return fail("holds a control character that is not "
				    "written \\xHH",
			    error);
		if (byte == '\\') {
			byte = read_escape(from, end);
			if (byte < 0)
				return fail("holds a backslash that does not "
					    "begin \\xHH",
				    error);
			from += 3;
		}
		*to++ = (char)byte;
	}
	slice->length = (size_t)(to - text);
	return true;
}

bool
hisho_dumpline_parse(GString *line, HishoPair *pair, GError **error)
{
	char *tab = memchr(line->str, '\t', line->len);

	if (tab == NULL)
		return fail("holds no TAB between a key and its value", error);
	size_t key_length = (size_t)(tab - line->str);
	if (key_length == 0)
		return fail("begins with no key", error);
	return unescape(line->str, key_length, &pair->key, error) &&
	    unescape(tab + 1, line->len - key_length - 1, &pair->value, error);
}
