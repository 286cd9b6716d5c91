#include "libhisho/report/json.h"

#include "libhisho/base/json.h"
#include "libhisho/links/links.h"
#include "libhisho/score/warnings.h"
#include "libhisho/store/tally.h"

/* Raised when a key is removed or changes its meaning. */
#define SCHEMA 1

typedef void (*Writer)(HishoJson *json, const HishoReportCase *about);

static void
write_letter(HishoJson *json, const HishoReportCase *about)
{
	g_autoptr(HishoJson) letter =
	    hisho_record_to_json(&hisho_letter_type, about->facts->letter);

	hisho_json_update(json, letter);
	hisho_json_set_text(
	    json, "status", about->degraded != NULL ? "degraded" : "ok");
	hisho_json_set_text(json, "status_reason", about->degraded);
}

static void
write_links(HishoJson *json, const HishoReportCase *about)
{
	hisho_json_set_take(json, "links",
	    hisho_record_array_to_json(
		&hisho_link_type, about->facts->found->links));
}

static void
write_route(HishoJson *json, const HishoReportCase *about)
{
	hisho_json_set_take(json, "route",
	    about->route == NULL
		? NULL
		: hisho_record_to_json(&hisho_route_type, about->route));
}

static void
write_safe(HishoJson *json, const HishoReportCase *about)
{
	hisho_json_set_take(json, "safe",
	    about->safe == NULL
		? NULL
		: hisho_record_to_json(&hisho_safe_type, about->safe));
}

static HishoJson *
warnings_to_json(const HishoReportCase *about)
{
	HishoJson *array = hisho_json_new_array();
	const GPtrArray *warnings = about->verdict->warnings;

	for (guint i = 0; i < warnings->len; i++)
		hisho_json_append_take(array,
		    hisho_warning_to_json(warnings->pdata[i], about->lang));
	return array;
}

static void
write_score(HishoJson *json, const HishoReportCase *about)
{
	const HishoVerdict *verdict = about->verdict;
	HishoJson *score = hisho_json_new_object();

	hisho_json_set_text(score, "by", verdict->by);
	hisho_json_set_take(score, "rows",
	    hisho_record_array_to_json(&hisho_row_type, about->memory->rows));
	hisho_json_set_take(json, "score", score);
	hisho_json_set_take(json, "warnings", warnings_to_json(about));
	hisho_json_set_text(json, "advice", verdict->advice);
	hisho_json_set_text(json, "advice_reason", verdict->advice_reason);
	hisho_json_set_text(json, "folder", verdict->folder);
	hisho_json_set_text(json, "folder_reason", verdict->folder_reason);
}

char *
hisho_report_dup_json(const HishoReportCase *about)
{
	static const Writer writers[] = {
		[HISHO_STAGE_PARSE] = write_letter,
		[HISHO_STAGE_LINKS] = write_links,
		[HISHO_STAGE_ROUTE] = write_route,
		[HISHO_STAGE_SAFE] = write_safe,
		[HISHO_STAGE_SCORE] = write_score,
	};
	g_autoptr(HishoJson) json = hisho_json_new_object();

	hisho_json_set_number(json, "hisho", SCHEMA);
	hisho_json_set_text(json, "file", about->file);
	hisho_json_set_number(json, "index", about->index);
	for (int stage = 0; stage <= (int)about->stage; stage++)
		writers[stage](json, about);
	return hisho_json_dup_line(json);
}
