#include "libhisho/links/wrapper.h"

#include <stdbool.h>
#include <string.h>

#include "libhisho/links/percent.h"

/* base64 of "http", however the rest goes. */
#define BASE64_HTTP "aHR0c"

static bool
begins_with(const char *text, const char *word)
{
	return g_ascii_strncasecmp(text, word, strlen(word)) == 0;
}

/* LENGTH bytes of TEXT that are base64 in either alphabet (RFC 4648 4, 5),
 * filled up or not. */
static GString *
decode_base64(const char *text, size_t length)
{
	g_autoptr(GString) plain = g_string_sized_new(length + 3);

	g_string_append_len(plain, text, (gssize)length);
	g_string_truncate(plain, strcspn(plain->str, "="));
	g_strdelimit(plain->str, "-", '+');
	g_strdelimit(plain->str, "_", '/');
	while (plain->len % 4 != 0)
		g_string_append_c(plain, '=');
	gsize n = 0;
	g_autofree guchar *bytes = g_base64_decode(plain->str, &n);
	return g_string_new_len((const char *)bytes, (gssize)n);
}

static char *
dup_base64(const char *value, size_t length)
{
	return g_string_free(decode_base64(value, length), FALSE);
}

char *
hisho_wrapper_dup_plain(const char *value, size_t length)
{
	char *text = hisho_percent_dup_decoded(value, length);

	if (begins_with(text, "http%") || begins_with(text, "https%")) {
		g_autofree char *once = text;
		text = hisho_percent_dup_decoded(once, strlen(once));
	}
	if (strncmp(text, BASE64_HTTP, strlen(BASE64_HTTP)) == 0) {
		g_autofree char *coded = text;
		text = dup_base64(coded, strlen(coded));
	}
	return text;
}

/* "a1" and base64. */
static char *
dup_bing(const char *value, size_t length)
{
	if (length < 2 || strncmp(value, "a1", 2) != 0)
		return NULL;
	return dup_base64(value + 2, length - 2);
}

/* '-' for '%' and '_' for '/'. */
static char *
dup_defense_v2(const char *value, size_t length)
{
	g_autofree char *text = g_strndup(value, length);

	g_strdelimit(text, "-", '%');
	g_strdelimit(text, "_", '/');
	return hisho_percent_dup_decoded(text, strlen(text));
}

/* How many bytes the sign after "**" stands for: A to Z, a to z, 0 to 9, '-'
 * and '_' are 2 to 65. */
static size_t
run_length(char sign)
{
	if (g_ascii_isupper(sign))
		return sign - 'A' + 2;
	if (g_ascii_islower(sign))
		return sign - 'a' + 28;
	if (g_ascii_isdigit(sign))
		return sign - '0' + 54;
	return sign == '-' ? 64 : 65;
}

/* "__URL__;base64!!...": of each '*' the base64 has the byte, of "**" and a
 * sign as many as that says. */
static char *
dup_defense_v3(const char *value, size_t length)
{
	const char *end = g_strstr_len(value, (gssize)length, "__;");
	const char *coded = end != NULL ? end + 3 : NULL;

	if (end == NULL)
		return NULL;
	size_t n_coded = strcspn(coded, "!");
	g_autoptr(GString) bytes = decode_base64(
	    coded, MIN(n_coded, length - (size_t)(coded - value)));
	GString *out = g_string_sized_new(length);
	size_t used = 0;
	for (const char *p = value; p < end; p++) {
		size_t n = 1;
		if (*p != '*') {
			g_string_append_c(out, *p);
			continue;
		}
		if (end - p > 2 && p[1] == '*') {
			n = run_length(p[2]);
			p += 2;
		}
		n = MIN(n, bytes->len - used);
		g_string_append_len(out, bytes->str + used, (gssize)n);
		used += n;
	}
	return g_string_free(out, FALSE);
}

/* "s/host/path" of a secure one, "host/path" of another. */
static char *
dup_amp(const char *value, size_t length)
{
	bool secure = length > 2 && strncmp(value, "s/", 2) == 0;

	if (secure)
		return g_strdup_printf(
		    "https://%.*s", (int)length - 2, value + 2);
	return g_strdup_printf("http://%.*s", (int)length, value);
}

/* An encoded URL up to the next slash, or one that is not encoded. */
static char *
dup_segment(const char *value, size_t length)
{
	const char *slash = memchr(value, '/', length);

	if (slash != NULL && !begins_with(value, "http:/") &&
	    !begins_with(value, "https:/"))
		length = slash - value;
	return hisho_wrapper_dup_plain(value, length);
}

/* A URL behind some token that ends in a slash. */
static char *
dup_second_segment(const char *value, size_t length)
{
	const char *slash = memchr(value, '/', length);

	return slash == NULL
	    ? NULL
	    : dup_segment(slash + 1, value + length - (slash + 1));
}

/* Nothing but a host. */
static char *
dup_host(const char *value, size_t length)
{
	return g_strdup_printf("http://%.*s", (int)length, value);
}

/* A host behind some number. */
static char *
dup_second_host(const char *value, size_t length)
{
	const char *slash = memchr(value, '/', length);

	return slash == NULL
	    ? NULL
	    : g_strdup_printf("http://%.*s",
		  (int)(value + length - (slash + 1)), slash + 1);
}

/* What stands behind MARK. */
static char *
dup_behind(const char *value, size_t length, const char *mark)
{
	const char *at = g_strstr_len(value, (gssize)length, mark);

	if (at == NULL)
		return NULL;
	at += strlen(mark);
	return dup_segment(at, value + length - at);
}

static char *
dup_yahoo(const char *value, size_t length)
{
	return dup_behind(value, length, "/RU=");
}

static char *
dup_starred(const char *value, size_t length)
{
	return dup_behind(value, length, "*");
}

#define PLAIN hisho_wrapper_dup_plain

const HishoWrapper hisho_wrappers[] = {
	/* Search results, mail and pages that leave Google. */
	{ "google.", "/url", "q", PLAIN },
	{ "google.", "/url", "url", PLAIN },
	{ "google.", "/imgres", "imgurl", PLAIN },
	{ "google.", "/amp/", NULL, dup_amp },
	{ "cdn.ampproject.org", "/c/", NULL, dup_amp },
	/* Advertisements. */
	{ "google.", "/aclk", "adurl", PLAIN },
	{ "google.", "/pagead/aclk", "adurl", PLAIN },
	{ "googleadservices.com", "/", "adurl", PLAIN },
	{ "doubleclick.net", "/", "adurl", PLAIN },
	/* Other search engines. */
	{ "bing.com", "/ck/a", "u", dup_bing },
	{ "yahoo.com", "/", NULL, dup_yahoo },
	{ "yahoo.co.jp", "/", NULL, dup_yahoo },
	{ "yahoo.com", "/", NULL, dup_starred },
	{ "yahoo.co.jp", "/", NULL, dup_starred },
	{ "duckduckgo.com", "/l/", "uddg", PLAIN },
	/* What leaves a network of people. */
	{ "facebook.com", "/l.php", "u", PLAIN },
	{ "facebook.com", "/flx/warn/", "u", PLAIN },
	{ "instagram.com", "/", "u", PLAIN },
	{ "linkedin.com", "/redir/redirect", "url", PLAIN },
	{ "linkedin.com", "/safety/go", "url", PLAIN },
	{ "youtube.com", "/redirect", "q", PLAIN },
	{ "t.umblr.com", "/redirect", "z", PLAIN },
	{ "slack-redir.net", "/link", "url", PLAIN },
	{ "vk.com", "/away.php", "to", PLAIN },
	{ "steamcommunity.com", "/linkfilter/", "url", PLAIN },
	{ "steamcommunity.com", "/linkfilter/", "u", PLAIN },
	{ "hotmail.msn.com", "/", "hm___action", PLAIN },
	/* Filters that put themselves before every link of a mail. */
	{ "safelinks.protection.outlook.com", "/", "url", PLAIN },
	{ "urldefense.proofpoint.com", "/v1/url", "u", PLAIN },
	{ "urldefense.proofpoint.com", "/v2/url", "u", dup_defense_v2 },
	{ "urldefense.com", "/v2/url", "u", dup_defense_v2 },
	{ "urldefense.com", "/v3/__", NULL, dup_defense_v3 },
	{ "urldefense.us", "/v3/__", NULL, dup_defense_v3 },
	{ "urldefense.proofpoint.com", "/v3/__", NULL, dup_defense_v3 },
	{ "linkprotect.cudasvc.com", "/", "a", PLAIN },
	{ "secure-web.cisco.com", "/", NULL, dup_second_segment },
	{ "linkscan.io", "/scan/ux/", NULL, dup_segment },
	{ "mimecast.com", "/s/", "domain", dup_host },
	/* Senders that count clicks. */
	{ "awstrack.me", "/L0/", NULL, dup_segment },
	{ "mandrillapp.com", "/track/click/", NULL, dup_second_host },
	/* Any other: the names that such parameters have.  The query that is a
	 * URL as a whole has none. */
	{ NULL, "", "", PLAIN },
	{ NULL, "", "url", PLAIN },
	{ NULL, "", "u", PLAIN },
	{ NULL, "", "target", PLAIN },
	{ NULL, "", "targeturl", PLAIN },
	{ NULL, "", "dest", PLAIN },
	{ NULL, "", "desturl", PLAIN },
	{ NULL, "", "destination", PLAIN },
	{ NULL, "", "redirect", PLAIN },
	{ NULL, "", "redirect_url", PLAIN },
	{ NULL, "", "redirecturl", PLAIN },
	{ NULL, "", "redirect_to", PLAIN },
	{ NULL, "", "redirect_uri", PLAIN },
	{ NULL, "", "redir", PLAIN },
	{ NULL, "", "goto", PLAIN },
	{ NULL, "", "link", PLAIN },
	{ NULL, "", "to", PLAIN },
	{ NULL, "", "r", PLAIN },
	{ NULL, "", "next", PLAIN },
	{ NULL, "", "continue", PLAIN },
	{ NULL, "", "return", PLAIN },
	{ NULL, "", "returnurl", PLAIN },
	{ NULL, NULL, NULL, NULL },
};
