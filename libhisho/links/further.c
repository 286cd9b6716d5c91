#include "libhisho/links/further.h"

#include <string.h>

#include "libhisho/links/datalink.h"
#include "libhisho/links/entity.h"
#include "libhisho/links/host.h"
#include "libhisho/links/redirect.h"
#include "libhisho/links/spot.h"
#include "libhisho/links/url.h"
#include "libhisho/mail/domain.h"

/* More than any mail has; in bytes because names are short or long. */
#define HOSTS_MAX 200000
#define HOSTS_MAX_BYTES (6 << 20)
#define URLS_MAX 20000
#define URLS_MAX_BYTES (3 << 20)

/* How many spellings of what takes more than a glance are remembered. */
#define SEEN_MAX 60000

/* How many wrappers are followed: each may hold several targets. */
#define FOLLOWED_MAX 2000

/* As long as the URL of a report may be. */
#define URL_MAX_BYTES 300

/* Text is decoded in pieces, which overlap by more than most links. */
#define PIECE 65536
#define OVERLAP 1024

struct HishoFurther {
	GHashTable *known; /* the strings of both arrays; not its own */
	GHashTable *seen;  /* hosts and URLs as they were written */
	GPtrArray *hosts;
	GPtrArray *urls;
	size_t host_bytes;
	size_t url_bytes;
	guint n_followed;
	bool is_cut;
};

HishoFurther *
hisho_further_new(void)
{
	HishoFurther *further = g_new0(HishoFurther, 1);

	further->known = g_hash_table_new(g_str_hash, g_str_equal);
	further->seen =
	    g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	further->hosts = g_ptr_array_new_with_free_func(g_free);
	further->urls = g_ptr_array_new_with_free_func(g_free);
	return further;
}

void
hisho_further_free(HishoFurther *further)
{
	if (further == NULL)
		return;
	g_hash_table_unref(further->known);
	g_hash_table_unref(further->seen);
	g_ptr_array_unref(further->hosts);
	g_ptr_array_unref(further->urls);
	g_free(further);
}

bool
hisho_further_is_cut(const HishoFurther *further)
{
	return further->is_cut;
}

void
hisho_further_take(HishoFurther *further, GPtrArray **hosts, GPtrArray **urls)
{
	g_hash_table_remove_all(further->known);
	g_ptr_array_unref(*hosts);
	g_ptr_array_unref(*urls);
	*hosts = further->hosts;
	*urls = further->urls;
	further->hosts = g_ptr_array_new_with_free_func(g_free);
	further->urls = g_ptr_array_new_with_free_func(g_free);
	further->host_bytes = 0;
	further->url_bytes = 0;
	further->n_followed = 0;
	g_hash_table_remove_all(further->seen);
	further->is_cut = false;
}

void
hisho_further_note_host(HishoFurther *further, const char *host)
{
	if (g_hash_table_contains(further->known, host))
		return;
	size_t length = strlen(host);
	if (further->hosts->len >= HOSTS_MAX ||
	    further->host_bytes + length > HOSTS_MAX_BYTES) {
		further->is_cut = true;
		return;
	}
	char *copy = g_strdup(host);
	g_ptr_array_add(further->hosts, copy);
	g_hash_table_add(further->known, copy);
	further->host_bytes += length;
}

/* Whether no more spellings can be remembered. */
static bool
is_full(const HishoFurther *further)
{
	return g_hash_table_size(further->seen) >= SEEN_MAX;
}

/* Whether LENGTH bytes of TEXT are met for the first time.  Where no more can
 * be remembered, something is lost. */
static bool
is_new(HishoFurther *further, const char *text, size_t length)
{
	char *copy = g_strndup(text, length);

	bool is_known = g_hash_table_contains(further->seen, copy);

	if (is_known || is_full(further)) {
		further->is_cut |= !is_known;
		g_free(copy);
		return false;
	}
	g_hash_table_add(further->seen, copy);
	return true;
}

static void
keep_url(HishoFurther *further, const HishoUrl *url)
{
	char *text = hisho_url_dup_text(url);
	size_t length = strlen(text);

	if (g_hash_table_contains(further->known, text)) {
		g_free(text);
		return;
	}
	if (further->urls->len >= URLS_MAX ||
	    further->url_bytes + length > URLS_MAX_BYTES) {
		further->is_cut = true;
		g_free(text);
		return;
	}
	g_ptr_array_add(further->urls, text);
	g_hash_table_add(further->known, text);
	further->url_bytes += length;
}

/* Where a wrapper leads on to, which may be written as nothing else is. */
static void
note_targets(HishoFurther *further, const HishoUrl *url)
{
	g_autoptr(GPtrArray) targets = hisho_redirect_targets(url);

	for (guint i = 0; i < targets->len; i++) {
		const HishoUrl *target = targets->pdata[i];
		hisho_further_note_host(further, hisho_url_host(target));
		keep_url(further, target);
	}
}

static void
note_url(HishoFurther *further, const HishoSpot *spot)
{
	size_t length = MIN(spot->length, URL_MAX_BYTES);

	if (!is_new(further, spot->text, length))
		return;
	g_autoptr(HishoUrl) url = hisho_url_parse(spot->text, length, NULL);
	const char *host = url != NULL ? hisho_url_host(url) : NULL;
	if (host == NULL)
		return;
	keep_url(further, url);
	if (!hisho_redirect_is_known(host))
		return;
	if (further->n_followed++ < FOLLOWED_MAX)
		note_targets(further, url);
	else
		further->is_cut = true;
}

static void
note_plain(HishoFurther *further, const HishoSpot *spot, size_t length)
{
	g_autofree char *host = g_ascii_strdown(spot->host, (gssize)length);

	if (g_hash_table_contains(further->known, host))
		return;
	/* Two slashes alone are often something else, again and again. */
	bool is_told = spot->has_scheme || is_full(further) ||
	    is_new(further, host, length);
	if (is_told &&
	    (spot->has_scheme || hisho_domain_has_known_suffix(host)))
		hisho_further_note_host(further, host);
}

/* A host that is no plain name, or one that Japanese text goes on behind. */
static void
note_odd(HishoFurther *further, const HishoSpot *spot)
{
	size_t ascii = 0;
	bool is_address;
	g_autofree char *host = NULL;

	if (!is_new(further, spot->host, spot->host_length))
		return;
	while (ascii < spot->host_length && (guchar)spot->host[ascii] < 0x80)
		ascii++;
	if (ascii < spot->host_length && memchr(spot->host, '.', ascii) != NULL)
		note_plain(further, spot, ascii);
	host =
	    hisho_host_dup_normal(spot->host, spot->host_length, &is_address);
	if (host != NULL &&
	    (spot->has_scheme || is_address ||
		hisho_domain_has_known_suffix(host)))
		hisho_further_note_host(further, host);
}

static void
note_spot(HishoFurther *further, const HishoSpot *spot)
{
	if (spot->is_plain)
		note_plain(further, spot, spot->host_length);
	else
		note_odd(further, spot);
	if (spot->has_path)
		note_url(further, spot);
}

void
hisho_further_read(HishoFurther *further, const char *text, size_t length)
{
	HishoSpotScan scan = { .text = text, .length = length };
	HishoSpot spot;

	while (hisho_spot_find(&scan, &spot))
		note_spot(further, &spot);
}

/* The character of ASCII whose full-width form stands at AT, which a NUL
 * follows somewhere; 0 for none. */
static char
narrow(const char *at)
{
	const guchar *bytes = (const guchar *)at;

	if (bytes[0] != 0xef || (bytes[1] & 0xfe) != 0xbc ||
	    (bytes[2] & 0xc0) != 0x80)
		return 0;
	guint c = (bytes[1] & 1u) * 64 + (bytes[2] & 0x3fu) + 0x20;
	return c > 0x20 && c < 0x7f ? (char)c : 0;
}

/* Without the bytes that browsers drop from links (WHATWG URL 4.4), and
 * without full width. */
static void
drop_line_ends(GString *text)
{
	char *to = text->str;

	for (size_t i = 0; i < text->len; i++) {
		char c = text->str[i];
		char narrowed = narrow(text->str + i);
		if (c != '\n' && c != '\r' && c != '\t')
			*to++ = narrowed != 0 ? narrowed : c;
		i += narrowed != 0 ? 2 : 0;
	}
	g_string_truncate(text, (gsize)(to - text->str));
}

static void
read_piece(HishoFurther *further, GString *decoded, const char *html, size_t n)
{
	g_string_truncate(decoded, 0);
	if (memchr(html, '&', n) != NULL)
		hisho_entity_append_decoded(
		    decoded, html, n, HISHO_ENTITY_IN_ATTRIBUTE);
	else
		g_string_append_len(decoded, html, (gssize)n);
	hisho_further_read(further, decoded->str, decoded->len);
	drop_line_ends(decoded);
	hisho_further_read(further, decoded->str, decoded->len);
}

bool
hisho_further_may_cut(char c)
{
	return strchr(" \"'<>", c) != NULL;
}

static void
read_pieces(HishoFurther *further, const char *html, size_t length)
{
	g_autoptr(GString) decoded =
	    g_string_sized_new(MIN(length, PIECE + OVERLAP));
	size_t stop;

	for (size_t start = 0; start < length; start = stop) {
		size_t limit = MIN(length, start + HISHO_FURTHER_LINK_MAX);
		stop = MIN(limit, start + PIECE);
		while (stop < limit && !hisho_further_may_cut(html[stop]))
			stop++;
		read_piece(further, decoded, html + start,
		    MIN(length, stop + OVERLAP) - start);
	}
}

/* Reads the page that is written at TEXT, in a data: URL; where that ends. */
static const char *
read_data(HishoFurther *further, const char *text, const char *end)
{
	const char *stop = text;
	size_t length;

	while (stop < end && strchr(" \"'<>`)", *stop) == NULL)
		stop++;
	g_autofree char *page =
	    hisho_datalink_dup_markup(text, (size_t)(stop - text), &length);
	if (page != NULL)
		read_pieces(further, page, length);
	return stop;
}

void
hisho_further_read_html(HishoFurther *further, const char *html, size_t length)
{
	static const char scheme[] = "data";
	const size_t n = sizeof scheme - 1;
	const char *end = html + length;
	const char *colon;

	read_pieces(further, html, length);
	for (const char *at = html; at < end &&
	     (colon = memchr(at, ':', (size_t)(end - at))) != NULL;) {
		bool is_data = (size_t)(colon - html) >= n &&
		    g_ascii_strncasecmp(colon - n, scheme, n) == 0;
		at = is_data ? read_data(further, colon + 1, end) : colon + 1;
	}
}
