#include "libhisho/report/routepage.h"

#include "libhisho/report/paint.h"
#include "libhisho/report/shares.h"

#define TEXT_COLUMNS 64
#define ROUTES_SHOWN 3
#define LABEL_COLUMNS "  %-14s "

static const char *
opinion(gint64 trusted, gint64 distrusted)
{
	if (trusted == distrusted)
		return trusted == 0 ? "you have not rated it"
				    : "you are of two minds about it";
	return trusted > distrusted ? "you trust it" : "you distrust it";
}

/* ", on 2023-07-11", or from one day to another; nothing where it is not
 * known. */
static void
add_span(GString *page, gint64 first, gint64 last)
{
	g_autoptr(GDateTime) start = g_date_time_new_from_unix_utc(first);
	g_autoptr(GDateTime) end = g_date_time_new_from_unix_utc(last);

	if (first == 0 || start == NULL || end == NULL)
		return;
	g_autofree char *from = g_date_time_format(start, "%Y-%m-%d");
	g_autofree char *to = g_date_time_format(end, "%Y-%m-%d");
	if (g_strcmp0(from, to) == 0)
		g_string_append_printf(page, ", on %s", from);
	else
		g_string_append_printf(page, ", %s to %s", from, to);
}

static void
add_shares(GString *page, const HishoTrack *track)
{
	g_autofree char *shares = hisho_shares_dup_percent(hisho_shares(
	    track->all_trusted, track->all_distrusted, track->all_messages));

	g_string_append_printf(page, LABEL_COLUMNS "%s\n", "", shares);
}

/* Nobody received any; of an archive I may have voted on some. */
static void
add_unreceived(GString *page, const char *label, const HishoTrack *track)
{
	if (track->trusted + track->distrusted == 0)
		g_string_append_printf(
		    page, LABEL_COLUMNS "no mail yet\n", label);
	else
		g_string_append_printf(page,
		    LABEL_COLUMNS
		    "none received; you voted on %" G_GINT64_FORMAT
		    ": %" G_GINT64_FORMAT " trusted, %" G_GINT64_FORMAT
		    " distrusted\n",
		    label, track->trusted + track->distrusted, track->trusted,
		    track->distrusted);
}

static void
add_track(GString *page, const char *label, const HishoTrack *track)
{
	if (track->all_messages == 0) {
		add_unreceived(page, label, track);
		return;
	}
	g_string_append_printf(page,
	    LABEL_COLUMNS "%" G_GINT64_FORMAT " mail(s) to you", label,
	    track->messages);
	add_span(page, track->first, track->last);
	g_string_append_printf(page,
	    "\n" LABEL_COLUMNS "%" G_GINT64_FORMAT " in all", "",
	    track->all_messages);
	add_span(page, track->all_first, track->all_last);
	g_string_append_c(page, '\n');
	add_shares(page, track);
}

static void
add_tracks(GString *page, const HishoStanding *known)
{
	const struct {
		const char *label;
		const HishoTally *tally;
		const HishoSeen *seen;
	} tracks[] = {
		{ "by this route", &known->route, &known->route_seen },
		{ "by this host", &known->host, &known->host_seen },
		{ "of this From", &known->from, &known->from_seen },
	};

	for (gsize i = 0; i < G_N_ELEMENTS(tracks); i++) {
		HishoTrack track =
		    hisho_tally_track(tracks[i].tally, tracks[i].seen);
		add_track(page, tracks[i].label, &track);
	}
}

static void
add_other_routes(GString *page, const GPtrArray *routes)
{
	if (routes->len > 0)
		g_string_append(page, "  Other routes of this From:\n");
	for (guint i = 0; i < MIN(routes->len, ROUTES_SHOWN); i++) {
		const HishoKnownRoute *route = routes->pdata[i];
		g_autofree char *host =
		    hisho_paint_dup_fit(route->host, TEXT_COLUMNS);
		g_string_append_printf(page,
		    "    [%s]  %" G_GINT64_FORMAT
		    " mail(s) to you, %" G_GINT64_FORMAT " in all, %s\n",
		    host, route->messages,
		    route->messages + route->others_messages,
		    opinion(route->trusted, route->distrusted));
	}
	if (routes->len > ROUTES_SHOWN)
		g_string_append_printf(
		    page, "    ... and %u more\n", routes->len - ROUTES_SHOWN);
}

static void
add_grade(GString *page, const char *novelty)
{
	static const struct {
		const char *grade;
		const char *sentence;
	} grades[] = {
		{ "first", "The first mail of this From to you." },
		{ "same", "This From has come by this host before." },
		{ "same-net", "New host, in a network this From has used." },
		{ "same-organization", "New host of the same organisation." },
		{ "pool", "New host, one that many senders share." },
		{ "unrelated", "A NEW ROUTE for this From." },
	};

	for (gsize i = 0; i < G_N_ELEMENTS(grades); i++)
		if (g_strcmp0(novelty, grades[i].grade) == 0)
			g_string_append_printf(
			    page, "  %s\n", grades[i].sentence);
}

void
hisho_routepage_add(GString *page, const HishoReportCase *about)
{
	const HishoMemory *memory = about->memory;

	g_string_append(page, "\nThis route\n");
	if (memory->unavailable != NULL) {
		g_autofree char *why =
		    hisho_paint_dup_fit(memory->unavailable, TEXT_COLUMNS);
		g_string_append_printf(page, "  unknown  %s\n", why);
		return;
	}
	add_grade(page, about->route->novelty);
	add_tracks(page, &memory->standing);
	if (memory->is_received)
		g_string_append(page, "  This mail is counted above.\n");
	g_string_append_printf(page, "  Your votes on this route: %s.\n",
	    opinion(memory->standing.route.own.trusted,
		memory->standing.route.own.distrusted));
	g_autofree char *vote = hisho_paint_dup_fit(
	    memory->vote != NULL ? memory->vote : "you have not rated it",
	    TEXT_COLUMNS);
	g_string_append_printf(page, "  Your vote on this mail: %s.\n", vote);
	add_other_routes(page, memory->routes);
}
