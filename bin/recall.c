#include "bin/recall.h"

#include "libhisho/base/error.h"

static HishoRoute *
new_route(const HishoReceipt *receipt, const HishoMemory *memory)
{
	HishoRoute *route = hisho_record_new(&hisho_route_type);

	if (*receipt->host != '\0')
		route->ip = g_strdup(receipt->host);
	route->novelty = g_strdup(hisho_score_grade_route(receipt, memory));
	route->auth = hisho_record_new(&hisho_auth_type);
	route->auth->aligned = receipt->aligned != 0;
	return route;
}

HishoVerdict *
recall_judge(const Tool *tool, const HishoReceipt *receipt, GError **error)
{
	g_autoptr(GPtrArray) no_urls = g_ptr_array_new();
	const HishoMemoryQuestion question = { receipt, receipt->links, no_urls,
		hisho_config_reports_after(tool->config, tool->now) };
	g_autoptr(HishoMemory) memory = hisho_memory_read(
	    tool->database, (int)tool->config->database_ms, &question);

	if (memory->unavailable != NULL) {
		g_set_error(error, HISHO_ERROR, HISHO_ERROR_TEMPORARY, "%s",
		    memory->unavailable);
		return NULL;
	}
	g_autoptr(HishoFacts) facts = hisho_facts_new();
	g_autoptr(HishoRoute) route = new_route(receipt, memory);
	const HishoScoreCase about = {
		.facts = facts,
		.route = route,
		.receipt = receipt,
		.memory = memory,
		.config = tool->config,
	};
	return hisho_score_judge(&about);
}
