#include "bin/output.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "libhisho/mail/field.h"
#include "libhisho/mail/splice.h"
#include "libhisho/report/advisor.h"
#include "libhisho/report/fields.h"
#include "libhisho/report/json.h"
#include "libhisho/report/linklist.h"
#include "libhisho/report/safeview.h"

/* The user that was asked for by name, if that is not the caller. */
static const char *
other_user(const StageOptions *options, const Tool *tool)
{
	g_autofree char *own = g_strdup_printf("uid:%lu", (gulong)getuid());

	return strcmp(tool->user, own) == 0 ? NULL : options->common.user;
}

Output
output_of(
    const StageOptions *options, const Tool *tool, const HishoSealer *sealer)
{
	return (Output){
		.options = options,
		.tool = tool,
		.sealer = sealer,
		.user = other_user(options, tool),
		.is_colored =
		    isatty(STDOUT_FILENO) && getenv("NO_COLOR") == NULL,
		.screen = hisho_screen_new(),
	};
}

static HishoReportCase
report_case(const Output *output, const Pending *pending)
{
	const Assessment *assessment = pending->assessment;

	return (HishoReportCase){
		.stage = output->options->stage->stage,
		.file = pending->file,
		.index = (gint64)pending->raw->index,
		.is_numbered = output->options->is_mbox,
		.lang = output->tool->lang,
		.user = output->user,
		.is_colored = output->is_colored,
		.is_verbose = output->options->common.verbose,
		.is_hidden_only = output->options->is_hidden_only,
		.others_red = output->tool->config->others_red,
		.facts = assessment->facts,
		.route = assessment->route,
		.is_told = assessment->is_told,
		.receipt = assessment->receipt,
		.memory = assessment->memory,
		.safe = assessment->safe,
		.verdict = assessment->verdict,
		.degraded = assessment->status,
	};
}

/* The fields of earlier stages that stay. */
static void
keep_sealed(
    GPtrArray *fields, const GPtrArray *sealed, const HishoReportCase *about)
{
	for (guint i = 0; sealed != NULL && i < sealed->len; i++) {
		const char *name = hisho_field_name(sealed->pdata[i]);
		if (strcmp(name, "Seal") == 0 ||
		    hisho_fields_belongs(name, about))
			continue;
		g_autofree char *value =
		    hisho_field_dup_value(sealed->pdata[i]);
		g_ptr_array_add(
		    fields, hisho_field_parse(name, value, strlen(value)));
	}
}

/* Whether SEALED says just what FIELDS say: then its seal holds on, and a
 * stage run twice changes nothing. */
static bool
is_unchanged(GPtrArray *fields, const GPtrArray *sealed)
{
	if (sealed == NULL || sealed->len != fields->len + 1)
		return false;
	hisho_field_sort(fields);
	for (guint i = 0; i < fields->len; i++) {
		g_autofree char *new = hisho_field_dup_value(fields->pdata[i]);
		g_autofree char *old = hisho_field_dup_value(sealed->pdata[i]);
		if (strcmp(hisho_field_name(fields->pdata[i]),
			hisho_field_name(sealed->pdata[i])) != 0 ||
		    strcmp(new, old) != 0)
			return false;
	}
	return true;
}

static void
reseal(const Output *output, GPtrArray *fields, const GPtrArray *sealed,
    const Assessment *assessment)
{
	const HishoSealedMail mail = assess_sealed_mail(assessment);

	if (!is_unchanged(fields, sealed)) {
		hisho_seal_add(fields, &mail, output->sealer);
		return;
	}
	g_autofree char *value =
	    hisho_field_dup_value(sealed->pdata[sealed->len - 1]);
	g_ptr_array_add(
	    fields, hisho_field_parse("Seal", value, strlen(value)));
}

static bool
write_bytes(GBytes *bytes, GError **error)
{
	gsize length;
	const void *data =
	    bytes != NULL ? g_bytes_get_data(bytes, &length) : NULL;

	return data == NULL || tool_write(data, length, error);
}

static bool
write_message(const Output *output, const Pending *pending,
    const GPtrArray *sealed, GError **error)
{
	const HishoReportCase about = report_case(output, pending);
	g_autoptr(GPtrArray) fields =
	    g_ptr_array_new_with_free_func((GDestroyNotify)hisho_field_free);

	keep_sealed(fields, sealed, &about);
	hisho_fields_add(fields, &about);
	reseal(output, fields, sealed, pending->assessment);
	g_autofree char *block = hisho_field_dup_block(fields);
	g_autoptr(HishoWire) wire =
	    hisho_wire_new(pending->raw->raw, &output->tool->config->limits);
	g_autoptr(GBytes) mail = hisho_splice(wire, block);
	return write_bytes(pending->raw->before, error) &&
	    write_bytes(mail, error);
}

static bool
write_text(char *text, const char *end, GError **error)
{
	g_autofree char *line = g_strconcat(text, end, NULL);

	g_free(text);
	return tool_write(line, strlen(line), error);
}

/* Whether a link of the mail is on the shared list, for me. */
static bool
is_reported(const HishoReportCase *about)
{
	const GPtrArray *reports =
	    about->memory != NULL ? about->memory->reports : NULL;

	for (guint i = 0; reports != NULL && i < reports->len; i++)
		if (hisho_reports_hold(reports->pdata[i], about->others_red))
			return true;
	return false;
}

/* A mail that could not be analysed answers only where what is known of it
 * decides: a link that is reported, a permit, a block. */
static void
answer_question(Output *output, const HishoReportCase *about)
{
	const char *word = output->options->question;

	if (about->stage == HISHO_STAGE_LINKS)
		output->is_answered = is_reported(about);
	else
		output->is_answered =
		    strcmp(word, about->verdict->folder) == 0 ||
		    strcmp(word, about->verdict->advice) == 0;
	bool is_sure = output->is_answered && strcmp(word, "gray") != 0 &&
	    strcmp(word, "unrated") != 0;
	output->is_doubtful |= about->degraded != NULL && !is_sure;
}

/* What hisho-links tells people, each mail for itself. */
static bool
write_links(Output *output, const HishoReportCase *about, GError **error)
{
	bool is_list = output->options->format == FORMAT_LIST;
	const char *between = output->n_done > 0 ? "\n" : "";
	g_autofree char *text = is_list ? hisho_linklist_dup_hosts(about)
					: hisho_linklist_dup_links(about);

	return write_text(g_strconcat(between, text, NULL), "", error);
}

static bool
write_result(Output *output, const Pending *pending, const GPtrArray *sealed,
    GError **error)
{
	const HishoReportCase about = report_case(output, pending);
	Format format = output->options->format;

	if (output->options->question != NULL) {
		answer_question(output, &about);
		return true;
	}
	if (about.stage == HISHO_STAGE_LINKS && format >= FORMAT_LIST)
		return write_links(output, &about, error);
	switch (format) {
	case FORMAT_MESSAGE:
		return write_message(output, pending, sealed, error);
	case FORMAT_JSON:
		return write_text(hisho_report_dup_json(&about), "\n", error);
	case FORMAT_LIST:
		hisho_screen_add(output->screen, &about);
		return true;
	case FORMAT_REPORT:
		return write_text(hisho_advisor_dup_page(&about),
		    output->n_done > 0 ? "\n\f\n" : "", error);
	case FORMAT_TEXT:
		return write_text(hisho_safeview_dup_page(&about),
		    output->n_done > 0 ? "\n\f\n" : "", error);
	}
	return true;
}

bool
output_add(Output *output, const Pending *pending, const GPtrArray *sealed,
    GError **error)
{
	bool is_written = write_result(output, pending, sealed, error);

	output->n_done++;
	return is_written;
}

bool
output_end(Output *output, GError **error)
{
	const StageOptions *options = output->options;

	if (options->format != FORMAT_LIST || options->question != NULL ||
	    options->stage->stage != HISHO_STAGE_SCORE)
		return true;
	return write_text(hisho_screen_dup_text(output->screen), "", error);
}
