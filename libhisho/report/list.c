#include "libhisho/report/list.h"

#include <string.h>

#include "libhisho/mail/address.h"
#include "libhisho/mail/text.h"
#include "libhisho/report/hostline.h"
#include "libhisho/report/linkpage.h"
#include "libhisho/report/paint.h"
#include "libhisho/report/shares.h"
#include "libhisho/score/warnings.h"

#define LABEL_COLUMNS 32
#define NUMBER_COLUMNS 5
#define FROM_COLUMNS 28
#define SUBJECT_COLUMNS 60
#define HOST_COLUMNS 40

/* Below each mail, where more is wanted. */
#define HOSTS_SHOWN 10

static const char *const folders[] = { "main", "gray", "spam" };

/* One mail, as far as it can be told before all are known. */
typedef struct {
	char *file; /* NULL: INDEX names the mail */
	gint64 index;
	char *rest;  /* what follows the label */
	char *hosts; /* lines below it, or NULL */
} Line;

struct HishoScreen {
	GPtrArray *lines[G_N_ELEMENTS(folders)]; /* of Line */
	GHashTable *names; /* of files: how many mails have each */
};

static void
line_free(void *data)
{
	Line *line = data;

	g_free(line->file);
	g_free(line->rest);
	g_free(line->hosts);
	g_free(line);
}

HishoScreen *
hisho_screen_new(void)
{
	HishoScreen *screen = g_new0(HishoScreen, 1);

	for (size_t i = 0; i < G_N_ELEMENTS(folders); i++)
		screen->lines[i] = g_ptr_array_new_with_free_func(line_free);
	screen->names =
	    g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	return screen;
}

void
hisho_screen_free(HishoScreen *screen)
{
	if (screen == NULL)
		return;
	for (size_t i = 0; i < G_N_ELEMENTS(folders); i++)
		g_ptr_array_unref(screen->lines[i]);
	g_hash_table_unref(screen->names);
	g_free(screen);
}

/* The name beside the address, as a reader would see it; never the name
 * alone, which anybody can choose. */
static char *
dup_from(const HishoLetter *letter)
{
	if (letter->from->len == 0)
		return g_strdup("(no From)");
	const HishoMailbox *from = letter->from->pdata[0];
	const char *address =
	    from->address != NULL ? from->address : "(no address)";
	if (from->name == NULL)
		return g_strdup(address);
	return g_strdup_printf("%s <%s>", from->name, address);
}

/* The gravest warnings' codes, and how many more there are. */
static char *
dup_warnings(const GPtrArray *warnings)
{
	GString *text = g_string_new(NULL);
	guint n_more = 0;
	const char *last = "";

	for (guint i = 0; i < warnings->len; i++) {
		const HishoWarning *warning = warnings->pdata[i];
		if (strcmp(hisho_warning_level(warning), "note") == 0 ||
		    strcmp(warning->code, last) == 0)
			continue;
		last = warning->code;
		if (text->len > 40)
			n_more++;
		else
			g_string_append_printf(text, " !%s", warning->code);
	}
	if (n_more > 0)
		g_string_append_printf(text, " +%u", n_more);
	return g_string_free(text, FALSE);
}

/* Whether NAME begins with a time and a dot, as the names in a Maildir do:
 * there the beginning tells mails apart, elsewhere mostly the end. */
static bool
is_maildir_name(const char *name)
{
	size_t digits = strspn(name, "0123456789");

	return digits >= 9 && name[digits] == '.';
}

/* From the time, not from the text of the date: a number needs no care. */
static char *
dup_day(const HishoLetter *letter)
{
	g_autoptr(GDateTime) moment = letter->time > 0
	    ? g_date_time_new_from_unix_utc(letter->time)
	    : NULL;

	return moment != NULL ? g_date_time_format(moment, "%Y-%m-%d")
			      : g_strdup("-");
}

/* How the reader can name the mail: its number, or its file, with the folder
 * where several files have that name. */
static char *
dup_label(const HishoScreen *screen, const Line *line)
{
	if (line->file == NULL)
		return g_strdup_printf(
		    "%*" G_GINT64_FORMAT, NUMBER_COLUMNS, line->index);
	g_autofree char *name = g_path_get_basename(line->file);
	guint n = GPOINTER_TO_UINT(g_hash_table_lookup(screen->names, name));
	if (n == 1 && is_maildir_name(name))
		return hisho_paint_dup_fit(name, LABEL_COLUMNS);
	return hisho_paint_dup_tail(n > 1 ? line->file : name, LABEL_COLUMNS);
}

/* " [3 hosts: www[.]{evil[.]cn}]": how many hosts the mail leads to, and the
 * one to look at, which is none of the From's own; "**" if it was reported. */
static char *
dup_hosts(const HishoReportCase *about)
{
	g_autoptr(GPtrArray) lines = hisho_host_lines(about);
	guint n = hisho_host_lines_count(about, lines);
	const HishoHostLine *worst = lines->len > 0 ? lines->pdata[0] : NULL;

	if (n == 0)
		return g_strdup("");
	bool is_own = worst == NULL || worst->relation == NULL ||
	    strcmp(worst->relation, "foreign") != 0;
	g_autofree char *name = worst == NULL
	    ? NULL
	    : hisho_host_line_dup_name(worst, HOST_COLUMNS);
	bool is_told =
	    worst != NULL && (!is_own || hisho_host_line_is_odd(worst));
	return g_strdup_printf(" [%u host%s%s%s%s]", n, n > 1 ? "s" : "",
	    is_told ? ": " : "", is_told && worst->is_bad ? "**" : "",
	    is_told ? name : "");
}

/* " (own-route/net 0/3/1 of 4)": the row that decides, or else what all said of
 * the From; nothing where that is nothing. */
static char *
dup_shares(const HishoReportCase *about)
{
	const HishoRow *row = about->verdict->row;
	const HishoTrack from = hisho_tally_track(
	    &about->memory->standing.from, &about->memory->standing.from_seen);
	const HishoShares shares = row != NULL
	    ? hisho_shares_of_row(row)
	    : hisho_shares(
		  from.all_trusted, from.all_distrusted, from.all_messages);
	g_autofree char *text = hisho_shares_dup_short(shares);

	if (shares.of == 0)
		return g_strdup("");
	bool is_exact = row == NULL || strcmp(row->level, "exact") == 0;
	return g_strdup_printf(" (%s%s%s %s)",
	    row != NULL ? about->verdict->by : "all-from", is_exact ? "" : "/",
	    is_exact ? "" : row->level, text);
}

static char *
dup_rest(const HishoReportCase *about)
{
	const HishoLetter *letter = about->facts->letter;
	const HishoVerdict *verdict = about->verdict;
	g_autofree char *who = dup_from(letter);
	g_autofree char *from = hisho_paint_dup_column(who, FROM_COLUMNS);
	g_autofree char *painted =
	    hisho_paint_dup_advice(from, verdict->advice, about->is_colored);
	g_autofree char *subject = hisho_paint_dup_fit(
	    letter->subject != NULL ? letter->subject : "(no subject)",
	    SUBJECT_COLUMNS);
	g_autofree char *shares = dup_shares(about);
	g_autofree char *hosts = dup_hosts(about);
	g_autofree char *warnings = dup_warnings(verdict->warnings);
	g_autofree char *day = dup_day(letter);

	return g_strdup_printf("%-10s %-10s %s %s%s%s%s", day, verdict->advice,
	    painted, subject, shares, hosts, warnings);
}

static char *
dup_host_lines(const HishoReportCase *about)
{
	GString *lines = g_string_new(NULL);

	hisho_linkpage_add_hosts(lines, about, HOSTS_SHOWN);
	return g_string_free(lines, FALSE);
}

static void
count_name(GHashTable *names, const char *file)
{
	char *name = g_path_get_basename(file);
	guint n = GPOINTER_TO_UINT(g_hash_table_lookup(names, name));

	g_hash_table_replace(names, name, GUINT_TO_POINTER(n + 1));
}

void
hisho_screen_add(HishoScreen *screen, const HishoReportCase *about)
{
	Line *line = g_new0(Line, 1);
	size_t folder = 0;

	line->index = about->index;
	line->rest = dup_rest(about);
	if (about->is_verbose)
		line->hosts = dup_host_lines(about);
	if (!about->is_numbered && about->file != NULL) {
		line->file = g_strdup(about->file);
		count_name(screen->names, line->file);
	}
	while (folder + 1 < G_N_ELEMENTS(folders) &&
	    strcmp(about->verdict->folder, folders[folder]) != 0)
		folder++;
	g_ptr_array_add(screen->lines[folder], line);
}

/* The columns of the widest label. */
static size_t
label_columns(const HishoScreen *screen)
{
	size_t columns = NUMBER_COLUMNS;

	for (size_t i = 0; i < G_N_ELEMENTS(folders); i++)
		for (guint j = 0; j < screen->lines[i]->len; j++) {
			g_autofree char *label =
			    dup_label(screen, screen->lines[i]->pdata[j]);
			columns = MAX(columns, hisho_text_width(label));
		}
	return columns;
}

char *
hisho_screen_dup_text(const HishoScreen *screen)
{
	GString *text = g_string_new(NULL);
	size_t columns = label_columns(screen);

	for (size_t i = 0; i < G_N_ELEMENTS(folders); i++) {
		const GPtrArray *lines = screen->lines[i];
		g_string_append_printf(text, "%s%s (%u)\n", i > 0 ? "\n" : "",
		    folders[i], lines->len);
		for (guint j = 0; j < lines->len; j++) {
			const Line *line = lines->pdata[j];
			g_autofree char *label = dup_label(screen, line);
			g_autofree char *column =
			    hisho_paint_dup_column(label, columns);
			g_string_append_printf(text, "%s %s\n%s", column,
			    line->rest, line->hosts != NULL ? line->hosts : "");
		}
	}
	return g_string_free(text, FALSE);
}
