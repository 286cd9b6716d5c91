#include "libhisho/links/catalog.h"

#include <string.h>

#include "libhisho/links/redirect.h"
#include "libhisho/mail/domain.h"

/* More hosts than any mail has that is not made to hide one among them. */
#define HOSTS_MAX 20000

HishoCatalog *
hisho_catalog_new(const HishoLimits *limits)
{
	HishoCatalog *catalog = g_new0(HishoCatalog, 1);

	catalog->limits = *limits;
	catalog->found = hisho_record_new(&hisho_links_found_type);
	catalog->hosts = g_hash_table_new(g_str_hash, g_str_equal);
	catalog->shown = hisho_shown_new();
	return catalog;
}

void
hisho_catalog_free(HishoCatalog *catalog)
{
	if (catalog == NULL)
		return;
	hisho_shown_free(catalog->shown);
	g_hash_table_unref(catalog->hosts);
	hisho_links_found_free(catalog->found);
	g_free(catalog);
}

HishoLinksFound *
hisho_catalog_steal_found(HishoCatalog *catalog)
{
	HishoLinksFound *found = catalog->found;

	g_hash_table_remove_all(catalog->hosts);
	catalog->found = hisho_record_new(&hisho_links_found_type);
	return found;
}

bool
hisho_catalog_has_host(const HishoCatalog *catalog, const char *host)
{
	return g_hash_table_contains(catalog->hosts, host);
}

static void
note_host(HishoCatalog *catalog, const char *host)
{
	if (host == NULL || hisho_catalog_has_host(catalog, host))
		return;
	if (catalog->found->hosts->len >= HOSTS_MAX) {
		catalog->found->limit_reached = true;
		return;
	}
	char *copy = g_strdup(host);
	g_ptr_array_add(catalog->found->hosts, copy);
	g_hash_table_add(catalog->hosts, copy);
}

/* Whether a label of HOST, in letters, mixes Latin with letters that look
 * like it.  Latin beside kana and kanji is how Japanese is written. */
static bool
has_mixed_script(const char *host)
{
	if (strstr(host, "xn--") == NULL)
		return false;
	g_autofree char *letters = hisho_domain_to_unicode(host);
	bool latin = false;
	bool similar = false;
	for (const char *p = letters; *p != '\0'; p = g_utf8_next_char(p)) {
		GUnicodeScript script =
		    g_unichar_get_script(g_utf8_get_char(p));
		if (*p == '.')
			latin = similar = false;
		latin |= script == G_UNICODE_SCRIPT_LATIN;
		similar |= script == G_UNICODE_SCRIPT_CYRILLIC ||
		    script == G_UNICODE_SCRIPT_GREEK ||
		    script == G_UNICODE_SCRIPT_ARMENIAN ||
		    script == G_UNICODE_SCRIPT_CHEROKEE;
		if (latin && similar)
			return true;
	}
	return false;
}

static void
find_oddities(HishoLink *link, const HishoUrl *url)
{
	if (hisho_url_has_userinfo(url))
		hisho_link_add_finding(link, "userinfo");
	if (hisho_url_has_address(url))
		hisho_link_add_finding(link, "address");
	if (hisho_url_scheme(url) == HISHO_URL_SCRIPT)
		hisho_link_add_finding(link, "script");
	if (link->host != NULL && has_mixed_script(link->host))
		hisho_link_add_finding(link, "mixed-script");
}

/* Whether a link to URL leads out of the mail. */
static bool
leads_out(const HishoUrl *url, const HishoCandidate *candidate)
{
	return url != NULL && hisho_url_scheme(url) != HISHO_URL_CID &&
	    candidate->text[0] != '#';
}

/* Whether nothing more can be kept; both limits have been reported then. */
static bool
is_full(const HishoCatalog *catalog)
{
	return catalog->found->limit_reached &&
	    catalog->found->hosts->len >= HOSTS_MAX &&
	    catalog->found->links->len >= catalog->limits.links;
}

static HishoLink *
list_url(
    HishoCatalog *catalog, const HishoUrl *url, const HishoCandidate *candidate)
{
	note_host(catalog, hisho_url_host(url));
	if (catalog->found->links->len >= catalog->limits.links) {
		catalog->found->limit_reached = true;
		return NULL;
	}
	HishoLink *link = hisho_record_new(&hisho_link_type);
	link->url = hisho_url_dup_text(url);
	link->host = g_strdup(hisho_url_host(url));
	link->domain = hisho_url_dup_domain(url);
	link->kind = g_strdup(candidate->kind);
	link->where = g_strdup(candidate->where);
	link->offset = (gint64)candidate->offset;
	link->visible = candidate->visible;
	link->reason = g_strdup(candidate->reason);
	find_oddities(link, url);
	g_ptr_array_add(catalog->found->links, link);
	return link;
}

/* Lists where a link to URL says that it leads on, which nobody sees. */
static void
list_targets(
    HishoCatalog *catalog, const HishoUrl *url, const HishoCandidate *carrier)
{
	g_autoptr(GPtrArray) targets = hisho_redirect_targets(url);
	HishoCandidate target = *carrier;

	target.kind = "redirect";
	target.visible = false;
	target.reason = "target";
	for (guint i = 0; i < targets->len; i++)
		list_url(catalog, targets->pdata[i], &target);
}

HishoLink *
hisho_catalog_add(HishoCatalog *catalog, const HishoCandidate *candidate)
{
	if (is_full(catalog))
		return NULL;
	g_autoptr(HishoUrl) url = hisho_url_parse(
	    candidate->text, candidate->length, candidate->base);

	if (!leads_out(url, candidate))
		return NULL;
	HishoLink *link = list_url(catalog, url, candidate);
	list_targets(catalog, url, candidate);
	return link;
}
