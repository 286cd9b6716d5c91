#include "libhisho/report/reason.h"

#include <string.h>

#include "libhisho/report/shares.h"
#include "libhisho/store/key.h"

static const struct {
	const char *axis;
	const char *phrase;
} phrases[] = {
	{ "route", "this From by this host" },
	{ "sender", "this sender" },
	{ "from", "this From" },
	{ "host", "this host" },
	{ "sender-domain", "the sender's domain" },
	{ "from-domain", "the domain of this From" },
};

static const struct {
	const char *reason;
	const char *sentence;
} silences[] = {
	{ "no-votes", "There are no votes that could decide." },
	{ "tied", "As many votes are for it as against it." },
	{ "unproven-route",
	    "It would be trusted, but nothing proves that this host may send "
	    "for this From." },
	{ "not-applicable",
	    "It came by no known host, so votes on other mail say nothing of "
	    "it." },
};

static bool
is_exact(const HishoRow *row)
{
	return strcmp(row->level, "exact") == 0;
}

char *
hisho_reason_dup_level(const HishoRow *row)
{
	if (is_exact(row) || row->key == NULL)
		return NULL;
	g_auto(GStrv) parts = hisho_key_split(hisho_slice(row->key));
	guint n = g_strv_length(parts);

	return n > 0 ? g_strdup(parts[n - 1]) : NULL;
}

static char *
dup_phrase(const HishoRow *row)
{
	g_autofree char *place = hisho_reason_dup_level(row);
	const char *phrase = row->axis;

	for (gsize i = 0; i < G_N_ELEMENTS(phrases); i++)
		if (strcmp(phrases[i].axis, row->axis) == 0)
			phrase = phrases[i].phrase;
	if (place == NULL)
		return g_strdup(phrase);
	return g_strdup_printf("%sthe %s %s",
	    strcmp(row->axis, "route") == 0 ? "this From by " : "",
	    strcmp(row->level, "net") == 0 ? "network" : "organisation", place);
}

/* "own votes", or of how many users. */
static char *
dup_voters(const HishoRow *row)
{
	if (strcmp(row->scope, "own") == 0)
		return g_strdup("Your own votes");
	return g_strdup_printf("The votes of others (%" G_GINT64_FORMAT
			       " user(s) for, %" G_GINT64_FORMAT " against)",
	    row->users_trusted, row->users_distrusted);
}

static char *
dup_silence(const HishoReportCase *about)
{
	if (about->memory->unavailable != NULL)
		return g_strdup("The votes could not be read.");
	if (about->degraded != NULL)
		return g_strdup("Without an analysis no votes are looked at.");
	if (about->verdict->is_own)
		return g_strdup("It is your own mail, or a bounce of it: there "
				"is no vote on it.");
	for (gsize i = 0; i < G_N_ELEMENTS(silences); i++)
		if (strcmp(silences[i].reason, about->verdict->advice_reason) ==
		    0)
			return g_strdup(silences[i].sentence);
	return g_strdup("");
}

char *
hisho_reason_dup(const HishoReportCase *about)
{
	const HishoRow *row = about->verdict->row;

	if (row == NULL)
		return dup_silence(about);
	g_autofree char *voters = dup_voters(row);
	g_autofree char *phrase = dup_phrase(row);
	g_autofree char *shares =
	    hisho_shares_dup_text(hisho_shares_of_row(row));
	return g_strdup_printf(
	    "%s on %s decide: %s mail(s).", voters, phrase, shares);
}
