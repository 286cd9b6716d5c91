#include "libhisho/route/date.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "libhisho/route/token.h"

typedef struct {
	int year, month, day, hour, minute, second;
	int east_minutes; /* of Greenwich */
} Moment;

/* Zones by name: RFC 5322 section 4.3 and those of Japan and Europe. */
static const struct {
	const char *name;
	int east_minutes;
} zones[] = {
	{ "EDT", -240 },
	{ "EST", -300 },
	{ "CDT", -300 },
	{ "CST", -360 },
	{ "MDT", -360 },
	{ "MST", -420 },
	{ "PDT", -420 },
	{ "PST", -480 },
	{ "JST", 540 },
	{ "CET", 60 },
	{ "CEST", 120 },
	{ "BST", 60 },
};

static int
read_month(const HishoToken *word)
{
	static const char names[] = "janfebmaraprmayjunjulaugsepoctnovdec";

	for (int month = 0; month < 12 && word->length >= 3; month++)
		if (g_ascii_strncasecmp(word->text, names + 3 * month, 3) == 0)
			return month + 1;
	return 0;
}

static void
read_number(Moment *moment, const HishoToken *word)
{
	int number = 0;

	for (size_t i = 0; i < word->length; i++)
		number = number * 10 + (word->text[i] - '0');
	if (moment->day == 0 && word->length <= 2)
		moment->day = number;
	else if (moment->year == 0 && word->length <= 3)
		moment->year = number + (number < 50 ? 2000 : 1900);
	else if (moment->year == 0)
		moment->year = number;
}

static void
read_zone(Moment *moment, const HishoToken *word)
{
	const char *digits = word->text + 1;

	if ((*word->text == '+' || *word->text == '-') && word->length == 5) {
		int minutes = ((digits[0] - '0') * 10 + digits[1] - '0') * 60 +
		    (digits[2] - '0') * 10 + digits[3] - '0';
		moment->east_minutes = *word->text == '-' ? -minutes : minutes;
		return;
	}
	for (guint i = 0; i < G_N_ELEMENTS(zones); i++)
		if (hisho_token_is(word, zones[i].name))
			moment->east_minutes = zones[i].east_minutes;
}

static void
read_clock(Moment *moment, const HishoToken *word)
{
	char text[16] = "";

	memcpy(text, word->text, MIN(word->length, sizeof(text) - 1));
	moment->second = 0;
	if (sscanf(text, "%2d:%2d:%2d", &moment->hour, &moment->minute,
		&moment->second) < 2)
		moment->hour = -1;
}

static bool
is_digits(const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (!g_ascii_isdigit(text[i]))
			return false;
	return length > 0 && length <= 4;
}

static void
read_word(Moment *moment, const HishoToken *word)
{
	int month = read_month(word);

	if (is_digits(word->text, word->length))
		read_number(moment, word);
	else if (memchr(word->text, ':', word->length) != NULL)
		read_clock(moment, word);
	else if (month != 0 && moment->month == 0)
		moment->month = month;
	else if (is_digits(word->text + 1, word->length - 1) ||
	    g_ascii_isalpha(*word->text))
		read_zone(moment, word);
}

/* Where the next word begins in TEXT up to END, or END. */
static const char *
find_sign(const char *text, const char *end)
{
	while (text < end && *text != '-' && *text != '+')
		text++;
	return text;
}

/* "22-Aug-2002" is three words, "-0400" is one, "10:20:30+0900" two. */
static void
read_hyphened(Moment *moment, const HishoToken *token)
{
	HishoToken word = hisho_token_trim(*token);
	const char *end = word.text + word.length;

	while (word.text < end) {
		const char *sign = find_sign(word.text + 1, end);
		word.length = (size_t)(sign - word.text);
		bool zone = memchr(word.text, ':', word.length) != NULL;
		read_word(moment, &word);
		word.text = sign < end && !zone ? sign + 1 : sign;
	}
}

static gint64
to_unix(const Moment *moment)
{
	if (moment->hour < 0 || moment->year == 0)
		return 0;
	g_autoptr(GDateTime) utc =
	    g_date_time_new_utc(moment->year, moment->month, moment->day,
		moment->hour, moment->minute, MIN(moment->second, 59));
	if (utc == NULL)
		return 0;
	return g_date_time_to_unix(utc) - moment->east_minutes * 60;
}

gint64
hisho_date_parse(const char *text, size_t length)
{
	g_autoptr(GArray) tokens = hisho_token_split(text, length);
	Moment moment = { .hour = -1 };

	for (guint i = 0; i < tokens->len; i++) {
		const HishoToken *token = &g_array_index(tokens, HishoToken, i);
		if (token->kind == HISHO_TOKEN_WORD)
			read_hyphened(&moment, token);
	}
	return to_unix(&moment);
}
