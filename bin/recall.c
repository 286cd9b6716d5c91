#include "bin/recall.h"

#include "libhisho/base/error.h"
#include "libhisho/store/linkentry.h"

static HishoRoute *
new_route(const HishoReceipt *receipt, const HishoMemory *memory,
    const HishoConfig *config)
{
	HishoRoute *route = hisho_record_new(&hisho_route_type);

	if (*receipt->host != '\0')
		route->ip = g_strdup(receipt->host);
	route->novelty =
	    g_strdup(hisho_score_grade_route(receipt, memory, config));
	route->auth = hisho_record_new(&hisho_auth_type);
	route->auth->aligned = receipt->aligned != 0;
	return route;
}

void
recall_add_links(const HishoReceipt *receipt, GPtrArray *hosts, GPtrArray *urls)
{
	for (guint i = 0; i < receipt->links->len; i++)
		g_ptr_array_add(hosts, g_strdup(receipt->links->pdata[i]));
	for (guint i = 0; i < receipt->reported->len; i++) {
		const char *entry = receipt->reported->pdata[i];
		if (hisho_linkentry_is_page(entry))
			g_ptr_array_add(urls, g_strconcat("//", entry, NULL));
		else
			g_ptr_array_add(hosts, g_strdup(entry));
	}
}

HishoVerdict *
recall_judge(const Tool *tool, const HishoReceipt *receipt, GError **error)
{
	g_autoptr(GPtrArray) hosts = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GPtrArray) urls = g_ptr_array_new_with_free_func(g_free);
	const HishoMemoryQuestion question = {
		.receipt = receipt,
		.hosts = hosts,
		.urls = urls,
		.reports_after =
		    hisho_config_reports_after(tool->config, tool->now),
		.config = tool->config,
	};

	recall_add_links(receipt, hosts, urls);
	g_autoptr(HishoMemory) memory = hisho_memory_read(
	    tool->database, (int)tool->config->database_ms, &question);

	if (memory->unavailable != NULL) {
		g_set_error(error, HISHO_ERROR, HISHO_ERROR_TEMPORARY, "%s",
		    memory->unavailable);
		return NULL;
	}
	g_autoptr(HishoFacts) facts = hisho_facts_new();
	g_autoptr(HishoRoute) route = new_route(receipt, memory, tool->config);
	const HishoScoreCase about = {
		.facts = facts,
		.route = route,
		.receipt = receipt,
		.memory = memory,
		.config = tool->config,
	};
	return hisho_score_judge(&about);
}
