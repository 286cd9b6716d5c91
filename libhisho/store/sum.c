#include "libhisho/store/sum.h"

/* Room for as many numbers of ten digits. */
#define TEXT_BYTES (HISHO_SUM_NUMBERS * sizeof " 2147483647")

G_STATIC_ASSERT(sizeof(HishoShare) == HISHO_SUM_NUMBERS * sizeof(gint64));
G_STATIC_ASSERT(sizeof(HishoCounts) == HISHO_SUM_NUMBERS * sizeof(gint64));

HishoSum
hisho_sum_add(HishoSum a, HishoSum b, int sign)
{
	for (int i = 0; i < HISHO_SUM_NUMBERS; i++)
		a.numbers[i] += sign * b.numbers[i];
	return a;
}

HishoSum
hisho_sum_as_others_see(HishoSum own)
{
	gint64 lead = own.own.shared_trusted - own.own.shared_distrusted;

	return (HishoSum){ .all = {
			       .messages = own.own.messages,
			       .trusted = own.own.shared_trusted,
			       .distrusted = own.own.shared_distrusted,
			       .users_trusted = lead > 0,
			       .users_distrusted = lead < 0,
			   } };
}

bool
hisho_sum_is_zero(const HishoSum *sum)
{
	static const HishoSum zero;

	return memcmp(sum->numbers, zero.numbers, sizeof zero.numbers) == 0;
}

char *
hisho_sum_dup_text(const HishoSum *sum)
{
	GString *text = g_string_new(NULL);

	for (int i = 0; i < HISHO_SUM_NUMBERS; i++)
		g_string_append_printf(text, "%s%" G_GINT64_FORMAT,
		    i == 0 ? "" : " ", sum->numbers[i]);
	return g_string_free(text, FALSE);
}

/* Thousands are read for one mail: nothing is allocated. */
bool
hisho_sum_parse(HishoSlice value, HishoSum *sum)
{
	char text[TEXT_BYTES] = "";
	char *at = text;

	if (value.length >= sizeof text)
		return false;
	memcpy(text, value.data, value.length);
	for (int i = 0; i < HISHO_SUM_NUMBERS; i++) {
		if (!g_ascii_isdigit(*at))
			return false;
		sum->numbers[i] = g_ascii_strtoll(at, &at, 10);
		if (sum->numbers[i] > G_MAXINT32)
			return false;
		if (*at++ != (i < HISHO_SUM_NUMBERS - 1 ? ' ' : '\0'))
			return false;
	}
	return at == text + value.length + 1;
}
