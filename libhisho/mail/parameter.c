#include "libhisho/mail/parameter.h"

#include <glib.h>
#include <stdbool.h>
#include <string.h>

#include "libhisho/mail/text.h"
#include "libhisho/mail/word.h"

#define ESCAPE '\033'

/* No mailer writes more; RFC 2231 section 3 sets no limit. */
#define MAX_PARTS 100

/* What is longer is no comment, so that a row of "(" takes linear time. */
#define MAX_COMMENT 256

/* Where so many brackets began no comment, none does. */
#define MAX_BRACKETS 100

typedef struct {
	const char *p, *end;
	bool is_cp932;	  /* raw bytes that may be Shift_JIS */
	bool is_wide;	  /* between ESC $ and the next escape */
	guint n_brackets; /* that began no comment */
} Reader;

/* Places for the values of one parameter: NAME*=, NAME=, NAME*0=, ... */
enum { EXTENDED, PLAIN, FIRST_PART, N_PLACES = FIRST_PART + MAX_PARTS };

typedef struct {
	const char *name;
	GString *values[N_PLACES]; /* undecoded; NULL: not there */
	bool is_encoded[N_PLACES];
} Parameter;

static bool
is_token(char c)
{
	return g_ascii_isalnum(c) || (c != '\0' && strchr("-_.*", c) != NULL);
}

static void
skip_blanks(Reader *reader)
{
	while (reader->p < reader->end && g_ascii_isspace(*reader->p))
		reader->p++;
}

/* Moves behind the comment that begins here, if one does and ends. */
static bool
skip_comment(Reader *reader)
{
	const char *p = reader->p;
	const char *end = p + MIN(reader->end - p, MAX_COMMENT);
	int depth = 0;

	if (p == end || *p != '(' || reader->n_brackets >= MAX_BRACKETS)
		return false;
	for (; p < end && (depth > 0 || *p == '('); p++) {
		depth += (*p == '(') - (*p == ')');
		p += *p == '\\';
		if (depth == 0) {
			reader->p = p + 1;
			return true;
		}
	}
	reader->n_brackets++;
	return false;
}

static void
skip_blanks_and_comments(Reader *reader)
{
	do
		skip_blanks(reader);
	while (skip_comment(reader));
}

/* An escape sequence of ISO-2022-JP: wide are the sets whose bytes may look
 * like quotes, provided that another escape ends them. */
static size_t
escape_length(Reader *reader)
{
	const char *p = reader->p;
	size_t left = reader->end - p;

	reader->is_wide = false;
	if (left < 3 || (p[1] != '$' && p[1] != '('))
		return 1;
	reader->is_wide = (p[1] == '$' || p[2] == 'I') &&
	    memchr(p + 3, ESCAPE, left - 3) != NULL;
	return p[1] == '$' && p[2] == '(' && left > 3 ? 4 : 3;
}

/* How many bytes here are one unit, in which '"', '\\' and ';' mean nothing:
 * the second byte of Shift_JIS can be a backslash, those of ISO-2022-JP can be
 * any of them. */
static size_t
unit_length(Reader *reader)
{
	const guint8 *p = (const guint8 *)reader->p;
	size_t left = reader->end - reader->p;
	bool is_lead = (p[0] > 0x80 && p[0] < 0xa0) || p[0] >= 0xe0;

	if (*p == ESCAPE)
		return escape_length(reader);
	if (left < 2)
		return 1;
	if (reader->is_wide && p[0] > ' ' && p[1] > ' ')
		return 2;
	return reader->is_cp932 && is_lead && p[1] >= 0x40 ? 2 : 1;
}

static void
append_unit(Reader *reader, GString *out)
{
	size_t length = unit_length(reader);

	g_string_append_len(out, reader->p, length);
	reader->p += length;
}

/* Whether a backslash is here that quotes what follows.  It does not in
 * "C:\dir\file", nor before the last quote of all. */
static bool
is_quoting(const Reader *reader)
{
	Reader rest = { .p = reader->p + 2, .end = reader->end };

	if (rest.p > rest.end || *reader->p != '\\')
		return false;
	skip_blanks(&rest);
	return reader->p[1] == '\\' ||
	    (reader->p[1] == '"' && rest.p < rest.end);
}

static void
read_quoted(Reader *reader, GString *out)
{
	reader->p++;
	while (
	    reader->p < reader->end && (reader->is_wide || *reader->p != '"')) {
		reader->p += !reader->is_wide && is_quoting(reader);
		append_unit(reader, out);
	}
	reader->p += reader->p < reader->end;
}

/* Whether the blanks here end a value: after them comes the end, a semicolon,
 * a last comment or, without a semicolon, the next parameter. */
static bool
ends_value(Reader *reader)
{
	Reader rest = *reader;

	skip_blanks(&rest);
	if (skip_comment(&rest))
		skip_blanks(&rest);
	reader->n_brackets = rest.n_brackets;
	if (rest.p == rest.end || *rest.p == ';')
		return true;
	const char *token = rest.p;
	while (rest.p < rest.end && is_token(*rest.p))
		rest.p++;
	return rest.p > token && rest.p < rest.end && *rest.p == '=';
}

static void
read_unquoted(Reader *reader, GString *out)
{
	bool was_blank = false;

	while (
	    reader->p < reader->end && (reader->is_wide || *reader->p != ';')) {
		bool is_blank = g_ascii_isspace(*reader->p);

		if (is_blank && !was_blank && ends_value(reader))
			return;
		was_blank = is_blank;
		append_unit(reader, out);
	}
}

static GString *
read_value(Reader *reader)
{
	GString *value = g_string_new(NULL);

	reader->is_wide = false;
	skip_blanks(reader);
	if (reader->p < reader->end && *reader->p == '"')
		read_quoted(reader, value);
	else
		read_unquoted(reader, value);
	return value;
}

/* The main value; empty, and the reader where it was, if a parameter stands in
 * its place. */
static GString *
read_main(Reader *reader)
{
	const char *start = reader->p;
	GString *value = g_string_new(NULL);

	for (;;) {
		const char *before = reader->p;
		skip_blanks_and_comments(reader);
		if (reader->p == reader->end || *reader->p == ';')
			return value;
		if (value->len > 0 && reader->p > before && *reader->p != '/' &&
		    value->str[value->len - 1] != '/')
			return value;
		if (*reader->p == '=')
			break;
		if (*reader->p != '"')
			g_string_append_c(value, g_ascii_tolower(*reader->p));
		reader->p++;
	}
	reader->p = start;
	return g_string_truncate(value, 0);
}

char *
hisho_parameter_dup_main(const char *value, size_t length)
{
	Reader reader = { .p = value, .end = value + length };
	g_autoptr(GString) text = read_main(&reader);

	return text->len == 0
	    ? NULL
	    : hisho_text_from_charset(text->str, text->len, NULL, NULL);
}

/* The place of a value of TOKEN, -1 if it is another parameter's; *IS_ENCODED
 * if it has a star behind. */
static int
find_place(const char *name, const char *token, size_t length, bool *is_encoded)
{
	size_t name_length = strlen(name);
	int number = 0;

	if (length < name_length ||
	    g_ascii_strncasecmp(token, name, name_length) != 0)
		return -1;
	const char *p = token + name_length, *end = token + length;
	*is_encoded = p < end && end[-1] == '*';
	if (p == end)
		return PLAIN;
	if (*p++ != '*')
		return -1;
	if (p == end)
		return EXTENDED;
	while (p < end && g_ascii_isdigit(*p) && number < MAX_PARTS)
		number = number * 10 + g_ascii_digit_value(*p++);
	bool is_number = number < MAX_PARTS && p + *is_encoded == end;
	return is_number ? FIRST_PART + number : -1;
}

/* One turn: a parameter, or a piece of what is none. */
static void
read_parameter(Reader *reader, Parameter *parameter)
{
	skip_blanks_and_comments(reader);
	const char *token = reader->p;
	while (reader->p < reader->end && is_token(*reader->p))
		reader->p++;
	size_t length = reader->p - token;
	skip_blanks_and_comments(reader);
	if (reader->p == reader->end || *reader->p != '=' || length == 0) {
		reader->p += reader->p == token && token < reader->end;
		return;
	}
	reader->p++;
	bool is_encoded;
	int place = find_place(parameter->name, token, length, &is_encoded);
	GString *value = read_value(reader);
	if (place < 0 || parameter->values[place] != NULL) {
		g_string_free(value, TRUE);
		return;
	}
	parameter->values[place] = value;
	parameter->is_encoded[place] = is_encoded;
}

static void
append_percent(GString *out, const char *p, const char *end)
{
	for (; p < end; p++) {
		bool is_escape = end - p >= 3 && *p == '%' &&
		    g_ascii_isxdigit(p[1]) && g_ascii_isxdigit(p[2]);
		int high = is_escape ? g_ascii_xdigit_value(*++p) << 4 : 0;
		int low = is_escape ? g_ascii_xdigit_value(*++p) : *p;

		g_string_append_c(out, high | low);
	}
}

/* Appends the text of CHARSET'LANGUAGE'TEXT; returns CHARSET, or NULL if it
 * has not this form. */
static char *
append_extended(GString *out, const GString *value)
{
	const char *p = value->str, *end = p + value->len;
	const char *first = memchr(p, '\'', value->len);
	const char *second =
	    first == NULL ? NULL : memchr(first + 1, '\'', end - first - 1);

	append_percent(out, second == NULL ? p : second + 1, end);
	return second == NULL ? NULL : g_strndup(p, first - p);
}

static char *
decode_parameter(const Parameter *parameter)
{
	GString *const *values = parameter->values;
	g_autoptr(GString) bytes = g_string_new(NULL);
	g_autofree char *charset = NULL;
	int first = values[EXTENDED] != NULL ? EXTENDED
	    : values[FIRST_PART] != NULL     ? FIRST_PART
					     : PLAIN;
	int last = first == FIRST_PART ? N_PLACES - 1 : first;

	if (values[first] == NULL)
		return NULL;
	for (int i = first; i <= last && values[i] != NULL; i++) {
		const char *p = values[i]->str, *end = p + values[i]->len;

		if (parameter->is_encoded[i] && i == first)
			charset = append_extended(bytes, values[i]);
		else if (parameter->is_encoded[i])
			append_percent(bytes, p, end);
		else
			g_string_append_len(bytes, p, end - p);
	}
	return charset == NULL
	    ? hisho_word_decode(bytes->str, bytes->len)
	    : hisho_text_from_charset(bytes->str, bytes->len, charset, NULL);
}

char *
hisho_parameter_dup(const char *value, size_t length, const char *name)
{
	Reader reader = { .p = value, .end = value + length };
	Parameter parameter = { .name = name };

	reader.is_cp932 =
	    length > 0 && !g_utf8_validate_len(value, length, NULL);
	g_string_free(read_main(&reader), TRUE);
	while (reader.p < reader.end)
		read_parameter(&reader, &parameter);
	char *text = decode_parameter(&parameter);
	for (int i = 0; i < N_PLACES; i++)
		if (parameter.values[i] != NULL)
			g_string_free(parameter.values[i], TRUE);
	return text;
}
