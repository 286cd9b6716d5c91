#include "libhisho/links/redirect.h"

#include <string.h>

#include "libhisho/links/datalink.h"
#include "libhisho/links/percent.h"
#include "libhisho/links/wrapper.h"
#include "libhisho/mail/domain.h"

#define DEPTH_MAX 5
#define TARGETS_MAX 16
#define PARAMETER_MAX 48 /* bytes of a name that is known, encoded */

/* No server takes a longer request. */
#define SEARCHED_MAX 32768

/* The targets found so far, and the URL that is searched for more. */
typedef struct {
	GPtrArray *targets; /* of HishoUrl */
	GPtrArray *texts;   /* theirs */
	const HishoUrl *from;
	bool known_only; /* not by the names of parameters alone */
} Search;

/* Whether HOST is NAME or below it; a NAME that ends in a dot is followed by
 * any public suffix. */
static bool
is_below(const char *host, const char *name)
{
	const char *at = g_strrstr(host, name);
	size_t n = strlen(name);

	if (at == NULL || (at > host && at[-1] != '.'))
		return false;
	return name[n - 1] == '.' ? hisho_domain_is_public_suffix(at + n)
				  : at[n] == '\0';
}

/* Whether the target leads to another organisation. */
static bool
leads_away(const Search *search, const HishoUrl *target)
{
	const char *from = hisho_url_host(search->from);
	const char *to = hisho_url_host(target);

	return strcmp(from, to) != 0 &&
	    !hisho_domain_same_organization(from, to);
}

/* Takes LENGTH bytes of VALUE as WRAPPER writes a target. */
static void
take_value(Search *search, const HishoWrapper *wrapper, const char *value,
    size_t length)
{
	if (search->targets->len >= TARGETS_MAX)
		return;
	g_autofree char *text = wrapper->decode(value, length);
	if (text == NULL)
		return;
	g_autoptr(HishoUrl) url = hisho_url_parse(text, strlen(text), NULL);
	if (url == NULL || hisho_url_scheme(url) != HISHO_URL_WEB ||
	    hisho_url_host(url) == NULL ||
	    (wrapper->host == NULL && !leads_away(search, url)))
		return;
	g_autofree char *normal = hisho_url_dup_text(url);
	if (g_ptr_array_find_with_equal_func(
		search->texts, normal, g_str_equal, NULL))
		return;
	g_ptr_array_add(search->targets, g_steal_pointer(&url));
	g_ptr_array_add(search->texts, g_steal_pointer(&normal));
}

/* Whether WRAPPER reads URLs like that one. */
static bool
is_about(const HishoWrapper *wrapper, const Search *search)
{
	return g_str_has_prefix(hisho_url_path(search->from), wrapper->path) &&
	    (wrapper->host == NULL
		    ? !search->known_only
		    : is_below(hisho_url_host(search->from), wrapper->host));
}

/* Takes a value of any name that is base64 of a URL: nothing else begins so. */
static void
take_encoded(Search *search, const char *value, size_t length)
{
	static const HishoWrapper any = { NULL, "", NULL,
		hisho_wrapper_dup_plain };

	if (!search->known_only && length > strlen(HISHO_DATALINK_HTTP) &&
	    memcmp(value, HISHO_DATALINK_HTTP, strlen(HISHO_DATALINK_HTTP)) ==
		0)
		take_value(search, &any, value, length);
}

/* Takes one parameter, NAME=VALUE or VALUE alone. */
static void
take_parameter(Search *search, const char *text, size_t length)
{
	const char *equals = memchr(text, '=', length);
	bool whole = g_ascii_strncasecmp(text, "http", 4) == 0;
	size_t n = equals == NULL || whole ? 0 : (size_t)(equals - text);
	const char *value = equals == NULL || whole ? text : equals + 1;

	if (n > PARAMETER_MAX)
		return;
	g_autofree char *written = hisho_percent_dup_decoded(text, n);
	g_autofree char *name = g_ascii_strdown(written, -1);
	for (const HishoWrapper *w = hisho_wrappers; w->decode != NULL; w++)
		if (w->parameter != NULL && strcmp(w->parameter, name) == 0 &&
		    is_about(w, search))
			take_value(search, w, value, text + length - value);
	take_encoded(search, value, (size_t)(text + length - value));
}

/* Takes what the path, and all after it, is a target of. */
static void
take_path(Search *search)
{
	g_autofree char *path = g_strconcat(
	    hisho_url_path(search->from), hisho_url_rest(search->from), NULL);
	size_t length = strnlen(path, SEARCHED_MAX);

	for (const HishoWrapper *w = hisho_wrappers; w->decode != NULL; w++)
		if (w->parameter == NULL && is_about(w, search))
			take_value(search, w, path + strlen(w->path),
			    length - strlen(w->path));
}

static void
take_query(Search *search)
{
	const char *text = hisho_url_rest(search->from);
	const char *end = text + strnlen(text, SEARCHED_MAX);

	if (*text++ != '?')
		return;
	/* A target that was not encoded ends with the URL. */
	if (g_ascii_strncasecmp(text, "http", 4) == 0) {
		take_parameter(search, text, end - text);
		return;
	}
	while (text < end && *text != '#') {
		size_t n = MIN(strcspn(text, "&;#"), (size_t)(end - text));
		take_parameter(search, text, n);
		text += n + (text[n] == '&' || text[n] == ';');
	}
}

static void
search_url(Search *search, const HishoUrl *url)
{
	search->from = url;
	if (hisho_url_host(url) == NULL)
		return;
	take_path(search);
	take_query(search);
}

bool
hisho_redirect_is_open(const char *host)
{
	static const char *const names[] = { "google.", "ampproject.org",
		"googleadservices.com", "doubleclick.net", "bing.com",
		"yahoo.com", "yahoo.co.jp", "duckduckgo.com", "facebook.com",
		"instagram.com", "linkedin.com", "youtube.com", "t.umblr.com",
		"slack-redir.net", "vk.com", "steamcommunity.com", "baidu.com",
		"yandex.ru", "yandex.com", "tiktok.com", "pinterest.com",
		"medium.com", "reddit.com", "snapchat.com", "office.com",
		"live.com", "adobe.com", "semrush.com", "naver.com" };

	for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
		if (is_below(host, names[i]))
			return true;
	return false;
}

static GPtrArray *
find_targets(const HishoUrl *url, bool known_only)
{
	g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(g_free);
	Search search = {
		.targets = g_ptr_array_new_with_free_func(
		    (GDestroyNotify)hisho_url_free),
		.texts = texts,
		.known_only = known_only,
	};
	guint from = 0;

	search_url(&search, url);
	for (int depth = 1; depth < DEPTH_MAX; depth++)
		for (guint end = search.targets->len; from < end; from++)
			search_url(&search, search.targets->pdata[from]);
	return search.targets;
}

bool
hisho_redirect_is_known(const char *host)
{
	for (const HishoWrapper *w = hisho_wrappers; w->decode != NULL; w++)
		if (w->host != NULL && is_below(host, w->host))
			return true;
	return false;
}

GPtrArray *
hisho_redirect_targets(const HishoUrl *url)
{
	return find_targets(url, false);
}

bool
hisho_redirect_ends_at(const HishoUrl *url, const char *organization)
{
	g_autoptr(GPtrArray) targets = find_targets(url, true);
	bool arrives = false;

	for (guint i = 0; i < targets->len; i++) {
		g_autofree char *domain =
		    hisho_url_dup_domain(targets->pdata[i]);
		g_autoptr(GPtrArray) further =
		    find_targets(targets->pdata[i], true);
		bool is_there = g_strcmp0(domain, organization) == 0;
		if (!is_there && further->len == 0)
			return false;
		arrives |= is_there;
	}
	return arrives;
}
