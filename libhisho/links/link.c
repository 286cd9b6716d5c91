#include "libhisho/links/link.h"

static const HishoRecordField link_fields[] = {
	{ "url", HISHO_RECORD_TEXT, offsetof(HishoLink, url), NULL },
	{ "host", HISHO_RECORD_TEXT, offsetof(HishoLink, host), NULL },
	{ "domain", HISHO_RECORD_TEXT, offsetof(HishoLink, domain), NULL },
	{ "kind", HISHO_RECORD_TEXT, offsetof(HishoLink, kind), NULL },
	{ "where", HISHO_RECORD_TEXT, offsetof(HishoLink, where), NULL },
	{ "offset", HISHO_RECORD_NUMBER, offsetof(HishoLink, offset), NULL },
	{ "text", HISHO_RECORD_TEXT, offsetof(HishoLink, text), NULL },
	{ "shown", HISHO_RECORD_TEXT, offsetof(HishoLink, shown), NULL },
	{ "visible", HISHO_RECORD_TRUTH, offsetof(HishoLink, visible), NULL },
	{ "reason", HISHO_RECORD_TEXT, offsetof(HishoLink, reason), NULL },
	{ "relation", HISHO_RECORD_TEXT, offsetof(HishoLink, relation), NULL },
	{ "imitates", HISHO_RECORD_TEXT, offsetof(HishoLink, imitates), NULL },
	{ "reports", HISHO_RECORD_NUMBER, offsetof(HishoLink, reports), NULL },
	{ "findings", HISHO_RECORD_TEXTS, offsetof(HishoLink, findings), NULL },
	{ NULL, 0, 0, NULL },
};

const HishoRecordType hisho_link_type = { sizeof(HishoLink), link_fields,
	hisho_link_free };

void
hisho_link_free(void *link)
{
	hisho_record_free(&hisho_link_type, link);
}

void
hisho_link_add_finding(HishoLink *link, const char *finding)
{
	g_ptr_array_add(link->findings, g_strdup(finding));
}

static const HishoRecordField found_fields[] = {
	{ "links", HISHO_RECORD_MANY, offsetof(HishoLinksFound, links),
	    &hisho_link_type },
	{ "hosts", HISHO_RECORD_TEXTS, offsetof(HishoLinksFound, hosts), NULL },
	{ "further_hosts", HISHO_RECORD_TEXTS,
	    offsetof(HishoLinksFound, further_hosts), NULL },
	{ "further_urls", HISHO_RECORD_TEXTS,
	    offsetof(HishoLinksFound, further_urls), NULL },
	{ "is_lost", HISHO_RECORD_TRUTH, offsetof(HishoLinksFound, is_lost),
	    NULL },
	{ "limit_reached", HISHO_RECORD_TRUTH,
	    offsetof(HishoLinksFound, limit_reached), NULL },
	{ "has_form", HISHO_RECORD_TRUTH, offsetof(HishoLinksFound, has_form),
	    NULL },
	{ "has_password_input", HISHO_RECORD_TRUTH,
	    offsetof(HishoLinksFound, has_password_input), NULL },
	{ "form_fields", HISHO_RECORD_NUMBER,
	    offsetof(HishoLinksFound, form_fields), NULL },
	{ NULL, 0, 0, NULL },
};

const HishoRecordType hisho_links_found_type = { sizeof(HishoLinksFound),
	found_fields, hisho_links_found_free };

void
hisho_links_found_free(void *found)
{
	hisho_record_free(&hisho_links_found_type, found);
}

guint
hisho_link_n_targets(const GPtrArray *links, guint i)
{
	const HishoLink *carrier = links->pdata[i];
	guint n = 0;

	for (guint at = i + 1; at < links->len; at++) {
		const HishoLink *link = links->pdata[at];
		if (g_strcmp0(link->kind, "redirect") != 0 ||
		    link->offset != carrier->offset ||
		    g_strcmp0(link->where, carrier->where) != 0)
			break;
		n++;
	}
	return n;
}

static void
add_all(GPtrArray *to, const GPtrArray *texts)
{
	for (guint i = 0; i < texts->len; i++)
		g_ptr_array_add(to, texts->pdata[i]);
}

GPtrArray *
hisho_links_found_all_hosts(const HishoLinksFound *found)
{
	GPtrArray *hosts = g_ptr_array_new();

	add_all(hosts, found->hosts);
	add_all(hosts, found->further_hosts);
	return hosts;
}

GPtrArray *
hisho_links_found_all_urls(const HishoLinksFound *found)
{
	GPtrArray *urls = g_ptr_array_new();

	for (guint i = 0; i < found->links->len; i++) {
		const HishoLink *link = found->links->pdata[i];
		if (link->url != NULL)
			g_ptr_array_add(urls, link->url);
	}
	add_all(urls, found->further_urls);
	return urls;
}
