#include "libhisho/report/list.h"

#include <string.h>

#include "libhisho/mail/address.h"
#include "libhisho/mail/text.h"
#include "libhisho/report/paint.h"
#include "libhisho/score/warnings.h"

#define LABEL_COLUMNS 18
#define FROM_COLUMNS 28
#define SUBJECT_COLUMNS 60

static const char *const folders[] = { "main", "gray", "spam" };

struct HishoScreen {
	GString *lines[G_N_ELEMENTS(folders)];
	guint counts[G_N_ELEMENTS(folders)];
};

HishoScreen *
hisho_screen_new(void)
{
	HishoScreen *screen = g_new0(HishoScreen, 1);

	for (size_t i = 0; i < G_N_ELEMENTS(folders); i++)
		screen->lines[i] = g_string_new(NULL);
	return screen;
}

void
hisho_screen_free(HishoScreen *screen)
{
	if (screen == NULL)
		return;
	for (size_t i = 0; i < G_N_ELEMENTS(folders); i++)
		g_string_free(screen->lines[i], TRUE);
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

/* How the reader can name the mail: its number, or its file. */
static char *
dup_label(const HishoReportCase *about)
{
	if (about->is_numbered || about->file == NULL)
		return g_strdup_printf("%5" G_GINT64_FORMAT, about->index);
	g_autofree char *name = g_path_get_basename(about->file);
	return hisho_paint_dup_column(name, LABEL_COLUMNS);
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

static void
add_line(GString *out, const HishoReportCase *about)
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
	g_autofree char *label = dup_label(about);
	g_autofree char *warnings = dup_warnings(verdict->warnings);
	g_autofree char *day = dup_day(letter);

	g_string_append_printf(out, "%s %-10s %-10s %s %s%s\n", label, day,
	    verdict->advice, painted, subject, warnings);
}

void
hisho_screen_add(HishoScreen *screen, const HishoReportCase *about)
{
	for (size_t i = 0; i < G_N_ELEMENTS(folders); i++) {
		if (strcmp(about->verdict->folder, folders[i]) != 0)
			continue;
		screen->counts[i]++;
		add_line(screen->lines[i], about);
	}
}

char *
hisho_screen_dup_text(const HishoScreen *screen)
{
	GString *text = g_string_new(NULL);

	for (size_t i = 0; i < G_N_ELEMENTS(folders); i++)
		g_string_append_printf(text, "%s%s (%u)\n%s", i > 0 ? "\n" : "",
		    folders[i], screen->counts[i], screen->lines[i]->str);
	return g_string_free(text, FALSE);
}
