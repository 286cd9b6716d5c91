#include "libhisho/links/links.h"

#include <string.h>

#include "libhisho/links/catalog.h"
#include "libhisho/links/page.h"
#include "libhisho/links/script.h"
#include "libhisho/links/textlink.h"
#include "libhisho/mail/domain.h"

struct HishoLinks {
	HishoCatalog *catalog;
	GQueue entered; /* HishoNested, innermost first */
	bool is_aside;
};

HishoLinks *
hisho_links_new(const HishoLimits *limits)
{
	HishoLinks *links = g_new0(HishoLinks, 1);

	links->catalog = hisho_catalog_new(limits);
	return links;
}

void
hisho_links_free(HishoLinks *links)
{
	if (links == NULL)
		return;
	while (!g_queue_is_empty(&links->entered))
		hisho_links_leave(links);
	hisho_catalog_free(links->catalog);
	g_free(links);
}

const HishoLimits *
hisho_links_limits(const HishoLinks *links)
{
	return &links->catalog->limits;
}

void
hisho_links_enter(HishoLinks *links, const char *where, const char *reason)
{
	const HishoNested *outer = links->catalog->within;
	HishoNested *nested = g_new0(HishoNested, 1);

	nested->where = outer == NULL
	    ? g_strdup(where)
	    : g_strconcat(outer->where, "/", where, NULL);
	if (reason == NULL && outer != NULL)
		reason = outer->reason;
	nested->reason = g_strdup(reason);
	g_queue_push_head(&links->entered, nested);
	links->catalog->within = nested;
}

void
hisho_links_leave(HishoLinks *links)
{
	hisho_nested_free(g_queue_pop_head(&links->entered));
	links->catalog->within = g_queue_peek_head(&links->entered);
}

HishoCatalog *
hisho_links_catalog(HishoLinks *links)
{
	return links->catalog;
}

const HishoLinksFound *
hisho_links_found(const HishoLinks *links)
{
	return links->catalog->found;
}

const HishoShown *
hisho_links_shown(const HishoLinks *links)
{
	return links->catalog->shown;
}

void
hisho_links_set_aside(HishoLinks *links, bool is_aside)
{
	links->is_aside = is_aside;
}

HishoLinksFound *
hisho_links_steal_found(HishoLinks *links)
{
	return hisho_catalog_steal_found(links->catalog);
}

static void
read_nested(HishoCatalog *catalog, const HishoNested *nested)
{
	const HishoCandidate script = {
		.text = nested->text,
		.length = nested->length,
		.where = "script",
		.offset = nested->offset,
		.reason = nested->reason ? nested->reason : "script",
	};

	const HishoNested *outer = catalog->within;

	catalog->within = nested;
	if (nested->is_script)
		hisho_script_read(catalog, &script);
	else
		hisho_page_read(catalog, nested->text, nested->length);
	catalog->within = outer;
}

/* Reads the documents that stand in what was read, and those in them. */
static void
read_all_nested(HishoCatalog *catalog)
{
	HishoNested *nested;

	while ((nested = hisho_catalog_take_nested(catalog)) != NULL) {
		read_nested(catalog, nested);
		hisho_nested_free(nested);
	}
}

/* Takes all links of TEXT; COMMON tells what they have in common. */
static void
add_text_links(HishoLinks *links, const char *text, size_t length,
    const HishoCandidate *common)
{
	size_t at = 0;
	HishoTextlink found;

	while (hisho_textlink_find(text, length, &at, &found)) {
		g_autofree char *url = hisho_textlink_dup_url(text, &found);
		HishoCandidate candidate = *common;
		candidate.text = url;
		candidate.length = strlen(url);
		candidate.offset = found.start;
		hisho_catalog_add(links->catalog, &candidate);
	}
	read_all_nested(links->catalog);
}

/* LENGTH, or as much of TEXT as is read. */
static size_t
limit_length(HishoLinks *links, const char *text, size_t length)
{
	size_t limit = links->catalog->limits.html_bytes;

	if (length <= limit)
		return length;
	links->catalog->found->limit_reached = true;
	hisho_further_read_html(
	    links->catalog->further, text + limit, length - limit);
	return limit;
}

/* What is shown of the text that comes now. */
static void
begin_shown(HishoLinks *links)
{
	const HishoNested *within = links->catalog->within;
	bool is_attached =
	    within != NULL && g_strcmp0(within->reason, "attachment") == 0;

	hisho_shown_begin_part(links->catalog->shown,
	    within != NULL && !is_attached	 ? HISHO_SHOWN_NEVER
		: is_attached || links->is_aside ? HISHO_SHOWN_ASIDE
						 : HISHO_SHOWN_MAIN);
}

void
hisho_links_add_text(
    HishoLinks *links, const char *text, size_t length, const char *where)
{
	const HishoCandidate common = {
		.kind = "text",
		.where = where,
		.visible = true,
	};

	length = limit_length(links, text, length);
	begin_shown(links);
	hisho_shown_add(links->catalog->shown, text, length);
	add_text_links(links, text, length, &common);
}

void
hisho_links_add_header(HishoLinks *links, const char *name, const char *value)
{
	g_autofree char *lower = g_ascii_strdown(name, -1);
	g_autofree char *where = g_strconcat("header.", lower, NULL);
	const HishoCandidate common = { .kind = "header", .where = where };

	add_text_links(links, value, strlen(value), &common);
}

void
hisho_links_add_html(HishoLinks *links, const char *html, size_t length)
{
	begin_shown(links);
	length = limit_length(links, html, length);
	hisho_page_read(links->catalog, html, length);
	read_all_nested(links->catalog);
}

void
hisho_links_read_nested(HishoLinks *links)
{
	read_all_nested(links->catalog);
}

static const char *
find_relation(const HishoLink *link, const char *from, const char *organization)
{
	if (link->host == NULL)
		return NULL;
	if (strcmp(link->host, from) == 0 ||
	    g_strcmp0(link->host, organization) == 0)
		return "same";
	return g_strcmp0(link->domain, organization) == 0 ? "sub" : "foreign";
}

void
hisho_links_relate(HishoLinksFound *found, const char *from_domain)
{
	g_autofree char *organization =
	    from_domain ? hisho_domain_organization(from_domain) : NULL;

	for (guint i = 0; i < found->links->len; i++) {
		HishoLink *link = found->links->pdata[i];
		g_clear_pointer(&link->relation, g_free);
		if (organization != NULL)
			link->relation = g_strdup(
			    find_relation(link, from_domain, organization));
	}
}
