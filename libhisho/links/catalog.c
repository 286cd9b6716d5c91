#include "libhisho/links/catalog.h"

#include <string.h>

#include "libhisho/links/datalink.h"
#include "libhisho/links/redirect.h"
#include "libhisho/links/textlink.h"
#include "libhisho/mail/domain.h"

/* More hosts than any mail has that is not made to hide one among them. */
#define HOSTS_MAX 20000

/* So many links beyond those listed are still taken apart. */
#define BEYOND_MAX 2000

/* Documents in documents, and how deep. */
#define NESTED_MAX 200
#define NESTED_DEPTH 5

HishoCatalog *
hisho_catalog_new(const HishoLimits *limits)
{
	HishoCatalog *catalog = g_new0(HishoCatalog, 1);

	catalog->limits = *limits;
	catalog->found = hisho_record_new(&hisho_links_found_type);
	catalog->hosts =
	    g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);
	catalog->shown = hisho_shown_new();
	catalog->nested = g_queue_new();
	catalog->further = hisho_further_new();
	return catalog;
}

void
hisho_catalog_free(HishoCatalog *catalog)
{
	if (catalog == NULL)
		return;
	hisho_shown_free(catalog->shown);
	g_hash_table_unref(catalog->hosts);
	g_queue_free_full(catalog->nested, (GDestroyNotify)hisho_nested_free);
	hisho_further_free(catalog->further);
	hisho_links_found_free(catalog->found);
	g_free(catalog);
}

HishoLinksFound *
hisho_catalog_steal_found(HishoCatalog *catalog)
{
	HishoLinksFound *found = catalog->found;

	found->is_lost |= hisho_further_is_cut(catalog->further);
	hisho_further_take(
	    catalog->further, &found->further_hosts, &found->further_urls);
	catalog->n_beyond = 0;
	g_hash_table_remove_all(catalog->hosts);
	catalog->found = hisho_record_new(&hisho_links_found_type);
	return found;
}

void
hisho_nested_free(HishoNested *nested)
{
	if (nested == NULL)
		return;
	g_free(nested->text);
	g_free(nested->where);
	g_free(nested->reason);
	g_free(nested);
}

/* Where CANDIDATE stands, told from the part inwards. */
static char *
dup_where(const HishoCatalog *catalog, const HishoCandidate *candidate)
{
	if (catalog->within == NULL)
		return g_strdup(candidate->where);
	return g_strconcat(catalog->within->where, "/", candidate->where, NULL);
}

static const char *
find_reason(const HishoCatalog *catalog, const HishoCandidate *candidate)
{
	if (candidate->reason == NULL && catalog->within != NULL)
		return catalog->within->reason;
	return candidate->reason;
}

void
hisho_catalog_nest(
    HishoCatalog *catalog, const HishoCandidate *holder, bool is_script)
{
	const HishoNested *within = catalog->within;
	guint depth = within != NULL ? within->depth + 1 : 1;
	size_t bytes = catalog->nested_bytes + holder->length;

	if (depth > NESTED_DEPTH || catalog->n_nested >= NESTED_MAX ||
	    bytes > catalog->limits.html_bytes) {
		catalog->found->limit_reached = true;
		hisho_further_read_html(
		    catalog->further, holder->text, holder->length);
		return;
	}
	HishoNested *nested = g_new0(HishoNested, 1);
	nested->text = g_strndup(holder->text, holder->length);
	nested->length = holder->length;
	nested->where = dup_where(catalog, holder);
	nested->reason = g_strdup(find_reason(catalog, holder));
	nested->offset = holder->offset;
	nested->depth = depth;
	nested->is_script = is_script;
	catalog->nested_bytes = bytes;
	catalog->n_nested++;
	g_queue_push_tail(catalog->nested, nested);
}

HishoNested *
hisho_catalog_take_nested(HishoCatalog *catalog)
{
	return g_queue_pop_head(catalog->nested);
}

bool
hisho_catalog_has_host(const HishoCatalog *catalog, const char *host)
{
	return g_hash_table_contains(catalog->hosts, host);
}

static void
note_host(HishoCatalog *catalog, const HishoUrl *url)
{
	const char *host = hisho_url_host(url);

	if (host == NULL || hisho_catalog_has_host(catalog, host))
		return;
	if (catalog->found->hosts->len >= HOSTS_MAX) {
		catalog->found->limit_reached = true;
		hisho_further_note_host(catalog->further, host);
		return;
	}
	char *copy = g_strdup(host);
	g_ptr_array_add(catalog->found->hosts, copy);
	g_hash_table_insert(catalog->hosts, copy, hisho_url_dup_domain(url));
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

/* Who answers for the host of URL: known, but where there were too many. */
static char *
dup_domain(const HishoCatalog *catalog, const HishoUrl *url)
{
	const char *host = hisho_url_host(url);
	gpointer domain;

	if (host != NULL &&
	    g_hash_table_lookup_extended(catalog->hosts, host, NULL, &domain))
		return g_strdup(domain);
	return hisho_url_dup_domain(url);
}

static HishoLink *
list_url(
    HishoCatalog *catalog, const HishoUrl *url, const HishoCandidate *candidate)
{
	note_host(catalog, url);
	if (catalog->found->links->len >= catalog->limits.links) {
		g_autofree char *text = hisho_url_dup_text(url);
		catalog->found->limit_reached = true;
		hisho_further_read(catalog->further, text, strlen(text));
		return NULL;
	}
	HishoLink *link = hisho_record_new(&hisho_link_type);
	link->url = hisho_url_dup_text(url);
	link->host = g_strdup(hisho_url_host(url));
	link->domain = dup_domain(catalog, url);
	link->kind = g_strdup(candidate->kind);
	link->where = dup_where(catalog, candidate);
	link->offset = (gint64)candidate->offset;
	link->reason = g_strdup(find_reason(catalog, candidate));
	link->visible = candidate->visible && link->reason == NULL;
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

/* Keeps the page or the script that a link to URL holds instead of leading to
 * one. */
static void
nest_content(
    HishoCatalog *catalog, const HishoUrl *url, const HishoCandidate *carrier)
{
	HishoUrlScheme scheme = hisho_url_scheme(url);
	HishoCandidate held = *carrier;
	g_autofree char *content = NULL;

	if (scheme == HISHO_URL_DATA)
		content = hisho_datalink_dup_markup(
		    carrier->text, carrier->length, &held.length);
	else if (scheme == HISHO_URL_SCRIPT &&
	    hisho_datalink_is_veiled(carrier->text, carrier->length))
		content = g_strndup(carrier->text, carrier->length);
	if (content == NULL)
		return;
	held.text = content;
	if (held.reason == NULL)
		held.reason = scheme == HISHO_URL_DATA ? "data" : "script";
	hisho_catalog_nest(catalog, &held, scheme == HISHO_URL_SCRIPT);
}

/* Whether only blanks and quotes stand in the LENGTH bytes of TEXT. */
static bool
is_wrapping(const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (g_ascii_isalnum(text[i]) || strchr("/.?#", text[i]) != NULL)
			return false;
	return true;
}

/* The URL of CANDIDATE.  In a mail nothing can be relative without a base: mail
 * programs take "www.a.example" for what its writer meant, and so do filters.
 */
static HishoUrl *
parse_url(const HishoCandidate *candidate)
{
	g_autoptr(HishoUrl) url = hisho_url_parse(
	    candidate->text, candidate->length, candidate->base);
	HishoTextlink written;
	size_t at = 0;

	if (url == NULL || candidate->base != NULL ||
	    hisho_url_scheme(url) != HISHO_URL_RELATIVE ||
	    hisho_url_host(url) != NULL ||
	    !hisho_textlink_find(
		candidate->text, candidate->length, &at, &written) ||
	    !is_wrapping(candidate->text, written.start))
		return g_steal_pointer(&url);
	g_autofree char *meant =
	    hisho_textlink_dup_url(candidate->text, &written);
	return hisho_url_parse(meant, strlen(meant), NULL);
}

HishoLink *
hisho_catalog_add(HishoCatalog *catalog, const HishoCandidate *candidate)
{
	if (catalog->found->links->len >= catalog->limits.links &&
	    catalog->n_beyond++ >= BEYOND_MAX) {
		hisho_further_read_html(
		    catalog->further, candidate->text, candidate->length);
		return NULL;
	}
	g_autoptr(HishoUrl) url = parse_url(candidate);

	if (!leads_out(url, candidate))
		return NULL;
	HishoLink *link = list_url(catalog, url, candidate);
	list_targets(catalog, url, candidate);
	nest_content(catalog, url, candidate);
	return link;
}
