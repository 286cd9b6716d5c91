#include "libhisho/report/scoretable.h"

#include <string.h>

#include "libhisho/report/paint.h"
#include "libhisho/report/reason.h"
#include "libhisho/report/shares.h"

/* "others sender-domain" is the widest. */
#define NAME_COLUMNS 20

#define LEVEL_COLUMNS 40

/* A row of which nobody knows anything says nothing. */
static bool
is_empty(const HishoRow *row)
{
	return row->messages + row->trusted + row->distrusted == 0;
}

static char *
dup_name(const HishoRow *row)
{
	g_autofree char *name = g_strdup_printf("%s %s", row->scope, row->axis);

	return hisho_paint_dup_column(name, NAME_COLUMNS);
}

/* By what it was counted, where that is not the very host. */
static char *
dup_level(const HishoRow *row)
{
	g_autofree char *place = hisho_reason_dup_level(row);

	if (place == NULL)
		return g_strdup("");
	g_autofree char *fit = hisho_paint_dup_fit(place, LEVEL_COLUMNS);
	return g_strdup_printf("  (%s)", fit);
}

/* "2:1", two users for it and one against; nothing for me alone. */
static char *
dup_users(const HishoRow *row)
{
	if (strcmp(row->scope, "own") == 0)
		return g_strdup("");
	return g_strdup_printf("  %" G_GINT64_FORMAT ":%" G_GINT64_FORMAT,
	    row->users_trusted, row->users_distrusted);
}

static void
add_row(GString *page, const HishoRow *row, const HishoRow *deciding)
{
	const HishoShares shares = hisho_shares_of_row(row);
	g_autofree char *up = hisho_paint_dup_bar(shares.trusted, shares.of);
	g_autofree char *down =
	    hisho_paint_dup_bar(shares.distrusted, shares.of);
	g_autofree char *name = dup_name(row);
	g_autofree char *users = dup_users(row);
	g_autofree char *level = dup_level(row);

	g_string_append_printf(page,
	    "%c %s %s %5" G_GINT64_FORMAT " %s %5" G_GINT64_FORMAT
	    " %7" G_GINT64_FORMAT " %7" G_GINT64_FORMAT "%s%s\n",
	    row == deciding ? '>' : ' ', name, up, shares.trusted, down,
	    shares.distrusted, shares.unrated, shares.of, users, level);
}

void
hisho_scoretable_add(GString *page, const HishoReportCase *about)
{
	const GPtrArray *rows = about->memory->rows;
	bool has_rows = false;

	for (guint i = 0; i < rows->len; i++) {
		if (is_empty(rows->pdata[i]))
			continue;
		if (!has_rows)
			g_string_append_printf(page,
			    "\n%-23s%-15s%-15s%7s%8s  %s\n", "Score", "trusted",
			    "distrusted", "unrated", "mails", "users");
		has_rows = true;
		add_row(page, rows->pdata[i], about->verdict->row);
	}
	for (guint i = rows->len; has_rows && i-- > 0;) {
		const HishoRow *row = rows->pdata[i];
		if (strcmp(row->scope, "own") == 0 || is_empty(row))
			continue;
		g_string_append(page,
		    "  Of the others each user has one voice "
		    "(users for:against).\n");
		return;
	}
}
