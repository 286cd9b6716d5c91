#include "libhisho/links/entity.h"

#include <string.h>

#include "libhisho/links/entity-table.h"

/* "CounterClockwiseContourIntegral" has 31 letters, "frac12" and its like
 * are the longest that go without semicolon. */
#define NAME_MAX_LENGTH 31
#define OLD_NAME_MAX_LENGTH 6

#define REPLACEMENT 0xFFFD
#define UNICODE_MAX 0x10FFFF

/* What 0x80 to 0x9F mean where people took Windows-1252 for Latin-1; 0 where
 * the number stays as it is (WHATWG 13.2.5.80). */
static const gunichar windows_1252[32] = {
	0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, /* 80 */
	0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0,	   /* 88 */
	0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, /* 90 */
	0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178, /* 98 */
};

static void
append_character(HishoEntity *entity, gunichar character)
{
	entity->length +=
	    g_unichar_to_utf8(character, entity->text + entity->length);
	entity->text[entity->length] = '\0';
}

/* Orders NAME against the table's entry, whose name ends in ':' or '*'. */
static int
compare_with_entry(const char *name, size_t length, const char *entry)
{
	size_t entry_length = strcspn(entry, ":*");
	int order = memcmp(name, entry, MIN(length, entry_length));

	if (order != 0)
		return order;
	return (length > entry_length) - (length < entry_length);
}

/* The table's text from the ':' or '*' after NAME on, or NULL. */
static const char *
look_up(const char *name, size_t length)
{
	size_t low = 0;
	size_t high = sizeof entity_table - 1;

	while (low < high) {
		size_t start = low + (high - low) / 2;
		while (start > low && entity_table[start - 1] != ' ')
			start--;
		const char *entry = entity_table + start;
		int order = compare_with_entry(name, length, entry);
		if (order == 0)
			return entry + length;
		if (order < 0)
			high = start;
		else
			low = start + strcspn(entry, " ") + 1;
	}
	return NULL;
}

/* MEANING is "hex" or "hex+hex", up to a space. */
static void
set_meaning(HishoEntity *entity, const char *meaning)
{
	char *end;

	entity->length = 0;
	append_character(entity, g_ascii_strtoull(meaning, &end, 16));
	if (*end == '+')
		append_character(entity, g_ascii_strtoull(end + 1, NULL, 16));
}

/* The longest of the old names that the LENGTH letters and digits of NAME
 * begin with, which then is in MEANING; 0 if there is none. */
static size_t
match_old_name(const char *name, size_t length, const char **meaning)
{
	for (size_t n = MIN(length, OLD_NAME_MAX_LENGTH); n >= 2; n--) {
		const char *found = look_up(name, n);
		if (found != NULL && *found == '*') {
			*meaning = found + 1;
			return n;
		}
	}
	return 0;
}

/* An old name needs no semicolon; but before a letter, a digit or '=', an
 * attribute holds a query. */
static size_t
read_named(const char *name, size_t length, HishoEntityPlace place,
    HishoEntity *entity)
{
	const char *meaning = NULL;
	size_t n = 0;

	while (n < length && n <= NAME_MAX_LENGTH && g_ascii_isalnum(name[n]))
		n++;
	if (n < length && name[n] == ';')
		meaning = look_up(name, n);
	if (meaning != NULL) {
		set_meaning(entity, meaning + 1);
		return n + 1;
	}
	n = match_old_name(name, n, &meaning);
	if (n == 0 ||
	    (place == HISHO_ENTITY_IN_ATTRIBUTE && n < length &&
		(g_ascii_isalnum(name[n]) || name[n] == '=')))
		return 0;
	set_meaning(entity, meaning);
	return n;
}

static gunichar
repair_number(gunichar number)
{
	if (number == 0 || number > UNICODE_MAX ||
	    (number >= 0xD800 && number <= 0xDFFF))
		return REPLACEMENT;
	if (number >= 0x80 && number <= 0x9F && windows_1252[number - 0x80])
		return windows_1252[number - 0x80];
	return number;
}

static int
digit_value(char c, int base)
{
	return base == 16 ? g_ascii_xdigit_value(c) : g_ascii_digit_value(c);
}

/* NUMBER is what follows "&#". */
static size_t
read_numeric(const char *number, size_t length, HishoEntity *entity)
{
	bool is_hex = length > 0 && (number[0] == 'x' || number[0] == 'X');
	int base = is_hex ? 16 : 10;
	size_t first = is_hex ? 1 : 0;
	size_t n = first;
	gunichar value = 0;

	for (; n < length && digit_value(number[n], base) >= 0; n++)
		if (value <= UNICODE_MAX)
			value = value * base + digit_value(number[n], base);
	if (n == first)
		return 0;
	if (n < length && number[n] == ';')
		n++;
	entity->length = 0;
	append_character(entity, repair_number(value));
	return n;
}

size_t
hisho_entity_read(const char *text, size_t length, HishoEntityPlace place,
    HishoEntity *entity)
{
	size_t n;

	if (length < 2 || text[0] != '&')
		return 0;
	if (text[1] == '#') {
		n = read_numeric(text + 2, length - 2, entity);
		return n > 0 ? n + 2 : 0;
	}
	n = read_named(text + 1, length - 1, place, entity);
	return n > 0 ? n + 1 : 0;
}

void
hisho_entity_append_decoded(
    GString *out, const char *text, size_t length, HishoEntityPlace place)
{
	const char *end = text + length;

	while (text < end) {
		const char *ampersand = memchr(text, '&', end - text);
		if (ampersand == NULL)
			ampersand = end;
		g_string_append_len(out, text, ampersand - text);
		text = ampersand;
		if (text == end)
			return;
		HishoEntity entity;
		size_t n = hisho_entity_read(text, end - text, place, &entity);
		if (n == 0)
			g_string_append_c(out, '&');
		else
			g_string_append_len(out, entity.text, entity.length);
		text += n > 0 ? n : 1;
	}
}
