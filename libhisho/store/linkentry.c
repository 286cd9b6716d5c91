#include "libhisho/store/linkentry.h"

#include <string.h>

/* No honest name has more labels, no honest page more slashes. */
#define LABELS 16
#define CUTS 32

/* Where the entry of a page may end within that of a link. */
#define MARKS "/?#"

/* Behind the two slashes that come before a host; NULL without them. */
static const char *
find_authority(const char *url)
{
	const char *at = url + strcspn(url, ":/?#");

	at = *at == ':' ? at + 1 : url;
	return g_str_has_prefix(at, "//") ? at + 2 : NULL;
}

/* RFC 3986 2.3: these mean the same encoded or not. */
static bool
is_unreserved(int c)
{
	return g_ascii_isalnum(c) || (c > 0 && strchr("-._~", c) != NULL);
}

/* Appends the byte that the encoding at AT stands for, or the encoding in its
 * one spelling; how many bytes that took. */
static size_t
append_encoded(GString *page, const char *at)
{
	int high = g_ascii_xdigit_value(at[1]);
	int low = high < 0 ? -1 : g_ascii_xdigit_value(at[2]);

	if (low < 0) {
		g_string_append_c(page, *at);
		return 1;
	}
	int c = high << 4 | low;
	if (is_unreserved(c))
		g_string_append_c(page, (char)c);
	else
		g_string_append_printf(page, "%%%02X", (guint)c);
	return 3;
}

/* A server takes several slashes of a path for one. */
static void
append_path(GString *page, const char *path)
{
	bool is_in_path = true;

	if (*path != '/')
		g_string_append_c(page, '/');
	while (*path != '\0') {
		is_in_path &= *path != '?' && *path != '#';
		if (*path == '%') {
			path += append_encoded(page, path);
			continue;
		}
		bool is_double = is_in_path && *path == '/' && page->len > 0 &&
		    page->str[page->len - 1] == '/';
		if (!is_double)
			g_string_append_c(page, *path);
		path++;
	}
}

char *
hisho_linkentry_dup_page(const char *url)
{
	const char *host = find_authority(url);

	if (host == NULL)
		return NULL;
	const char *path = host + strcspn(host, MARKS);
	const char *user = memrchr(host, '@', (size_t)(path - host));
	if (user != NULL)
		host = user + 1;
	if (host == path)
		return NULL;
	g_autofree char *lower = g_ascii_strdown(host, path - host);
	GString *page = g_string_new(lower);
	append_path(page, path);
	return g_string_free(page, FALSE);
}

bool
hisho_linkentry_is_page(const char *entry)
{
	return strchr(entry, '/') != NULL;
}

/* The host of a page, without its port. */
static char *
host_of(const char *page)
{
	size_t length = strcspn(page, "/");

	if (*page == '[')
		return g_strndup(page + 1, strcspn(page + 1, "]/"));
	return g_strndup(page, MIN(length, strcspn(page, ":")));
}

char *
hisho_linkentry_dup_host(const char *url)
{
	g_autofree char *page = hisho_linkentry_dup_page(url);

	return page != NULL ? host_of(page) : NULL;
}

/* Addresses end in a number, or hold colons; no name does. */
static bool
is_address(const char *host)
{
	const char *last = strrchr(host, '.');

	return strchr(host, ':') != NULL ||
	    (last != NULL && g_ascii_isdigit(last[1]));
}

void
hisho_linkentry_add_host(GPtrArray *entries, const char *host)
{
	const char *at = host + strlen(host);

	g_ptr_array_add(entries, g_strdup(host));
	if (is_address(host))
		return;
	for (int i = 0; i < LABELS && at != NULL && at > host; i++) {
		at = memrchr(host, '.', (size_t)(at - host));
		if (i > 0 && at != NULL)
			g_ptr_array_add(entries, g_strdup(at + 1));
	}
}

/* The first LENGTH bytes of PAGE, with and without the mark that follows. */
static void
add_cut(GPtrArray *entries, const char *page, size_t length)
{
	if (memchr(page, '/', length) != NULL)
		g_ptr_array_add(entries, g_strndup(page, length));
	g_ptr_array_add(entries, g_strndup(page, length + 1));
}

void
hisho_linkentry_add_url(GPtrArray *entries, const char *url)
{
	g_autofree char *page = hisho_linkentry_dup_page(url);

	if (page == NULL)
		return;
	g_autofree char *host = host_of(page);
	hisho_linkentry_add_host(entries, host);
	g_ptr_array_add(entries, g_strdup(page));
	size_t path = strcspn(page, "?#");
	if (page[path] != '\0')
		add_cut(entries, page, path);
	const char *at = page;
	for (int i = 0; i < CUTS && (at = strpbrk(at, MARKS)) != NULL;
	     i++, at++)
		add_cut(entries, page, (size_t)(at - page));
}

GPtrArray *
hisho_linkentry_list(const char *host, const char *url)
{
	GPtrArray *entries = g_ptr_array_new_with_free_func(g_free);

	if (host != NULL)
		hisho_linkentry_add_host(entries, host);
	if (url != NULL)
		hisho_linkentry_add_url(entries, url);
	return entries;
}
