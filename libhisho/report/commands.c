#include "libhisho/report/commands.h"

#include <string.h>

#include "libhisho/mail/text.h"
#include "libhisho/score/warnings.h"

/* Whether NAME can stand in a shell's line as it is. */
static bool
is_plain(const char *name)
{
	for (const char *at = name; *at != '\0'; at++)
		if (!g_ascii_isalnum(*at) && strchr("._/+,:=@%-", *at) == NULL)
			return false;
	return *name != '\0' && *name != '-';
}

/* The mail in a command: by its digest, where the database knows it.  A
 * Message-ID would be the sender's words in the reader's shell, and so may
 * be the name of a file that is not plain letters. */
static char *
dup_operand(const HishoReportCase *about)
{
	const char *digest = about->facts->letter->digest;
	g_autofree char *shown =
	    about->file != NULL ? hisho_text_for_terminal(about->file) : NULL;

	if (about->memory->is_received)
		return g_strdup_printf("--digest=%.16s", digest);
	if (shown == NULL || strcmp(shown, about->file) != 0 || *shown == '-')
		return g_strdup("< the message");
	g_autofree char *file =
	    is_plain(shown) ? g_strdup(shown) : g_shell_quote(shown);
	return about->is_numbered
	    ? g_strdup_printf("--mbox --digest=%.16s %s", digest, file)
	    : g_steal_pointer(&file);
}

/* What can be said of its links: to my own report, to those of others, or
 * first of all. */
static const char *
link_answer(const HishoReportCase *about)
{
	const GPtrArray *reports = about->memory->reports;
	bool is_others = false;

	for (guint i = 0; i < reports->len; i++) {
		const HishoReports *one = reports->pdata[i];
		if (!hisho_reports_hold(one, MAX(about->others_red, 1)))
			continue;
		if (one->own)
			return "unreport";
		is_others = true;
	}
	if (is_others)
		return "allow-link";
	return about->facts->found->links->len > 0 ? "report" : NULL;
}

static void
add(GString *page, const HishoReportCase *about, const char *words)
{
	g_autofree char *operand = dup_operand(about);
	const char *user = about->user;

	g_string_append_printf(page, "  hisho-vote %s%s%s%s %s\n",
	    user != NULL ? "-u " : "", user != NULL ? user : "",
	    user != NULL ? " " : "", words, operand);
}

/* What says something of the mail. */
static void
add_judging(GString *page, const HishoReportCase *about)
{
	add(page, about,
	    hisho_warnings_have_danger(about->verdict->warnings)
		? "trust --despite-warnings"
		: "trust");
	add(page, about, "distrust");
}

void
hisho_commands_add(GString *page, const HishoReportCase *about)
{
	if (about->facts->letter->digest == NULL)
		return;
	bool is_own = about->verdict->is_own;
	const char *answer = link_answer(about);
	if (is_own && about->memory->vote == NULL)
		return;
	g_string_append(page, "\nWhat you can say of it\n");
	if (!is_own)
		add_judging(page, about);
	if (about->memory->vote != NULL)
		add(page, about, "undo");
	if (!is_own && answer != NULL)
		add(page, about, answer);
}
