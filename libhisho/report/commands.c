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
	bool is_file = about->file != NULL && !about->is_numbered;
	g_autofree char *shown =
	    is_file ? hisho_text_for_terminal(about->file) : NULL;

	if (about->memory->is_received)
		return g_strdup_printf(
		    "--digest=%.16s", about->facts->letter->digest);
	if (!is_file || strcmp(shown, about->file) != 0 || *shown == '-')
		return g_strdup("< the message");
	return is_plain(shown) ? g_steal_pointer(&shown) : g_shell_quote(shown);
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

void
hisho_commands_add(GString *page, const HishoReportCase *about)
{
	if (about->facts->letter->digest == NULL)
		return;
	g_autofree char *operand = dup_operand(about);
	g_autofree char *user = about->user != NULL
	    ? g_strdup_printf("-u %s ", about->user)
	    : g_strdup("");
	g_string_append(page, "\nWhat you can say of it\n");
	bool is_dangerous =
	    hisho_warnings_have_danger(about->verdict->warnings);
	g_string_append_printf(page, "  hisho-vote %strust%s %s\n", user,
	    is_dangerous ? " --despite-warnings" : "", operand);
	g_string_append_printf(
	    page, "  hisho-vote %sdistrust %s\n", user, operand);
	if (about->memory->vote != NULL)
		g_string_append_printf(
		    page, "  hisho-vote %sundo %s\n", user, operand);
	const char *answer = link_answer(about);
	if (answer != NULL)
		g_string_append_printf(
		    page, "  hisho-vote %s%s %s\n", user, answer, operand);
}
