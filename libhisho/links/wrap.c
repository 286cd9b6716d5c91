#include "libhisho/links/wrap.h"

#include <glib.h>
#include <stdbool.h>
#include <string.h>

#include "libhisho/links/bare.h"

#define LINES_MAX 20
#define BYTES_MAX 4096

/* Where programs break lines, in bytes; one that is longer was not broken. */
#define FULL_MIN 60
#define FULL_MAX 80

static bool
is_url_byte(char c)
{
	return g_ascii_isgraph(c) && strchr("<>\"`", c) == NULL;
}

static size_t
skip_blanks(const char *text, size_t length, size_t at)
{
	while (at < length && (text[at] == ' ' || text[at] == '\t'))
		at++;
	return at;
}

static size_t
skip_url(const char *text, size_t length, size_t at)
{
	while (at < length && is_url_byte(text[at]))
		at++;
	return at;
}

/* Where the next line begins, if nothing but blanks is left in the one that
 * AT is in; else 0. */
static size_t
find_next_line(const char *text, size_t length, size_t at)
{
	at = skip_blanks(text, length, at);
	if (at < length && text[at] == '\r')
		at++;
	return at < length && text[at] == '\n' ? at + 1 : 0;
}

static bool
is_bracketed(const char *text, size_t start)
{
	static const size_t label = sizeof("<URL:") - 1;

	return (start > 0 && text[start - 1] == '<') ||
	    (start >= label &&
		g_ascii_strncasecmp(text + start - label, "<URL:", label) == 0);
}

static bool
has_path(const char *text, const HishoWrapped *link)
{
	for (size_t i = link->host; i < link->end; i++)
		if (strchr("/?#", text[i]) != NULL)
			return true;
	return false;
}

/* Whether what stands there is no host yet. */
static bool
is_half_host(const char *text, const HishoWrapped *link)
{
	const char *host = text + link->host;
	size_t n = link->end - link->host;

	for (size_t i = 0; i < n; i++)
		if (!hisho_bare_is_byte(host[i]))
			return false;
	return n <= HISHO_BARE_NAME_MAX && !hisho_bare_is_known(host, n);
}

/* Where the bracket closes that LINK stands in; 0 if anything but the link
 * comes before. */
static size_t
find_bracket(const char *text, size_t length, const HishoWrapped *link)
{
	size_t at = link->end;

	length = MIN(length, link->end + BYTES_MAX);
	for (int lines = 0; lines < LINES_MAX; lines++) {
		size_t next = find_next_line(text, length, at);
		if (next == 0)
			return 0;
		at = skip_url(text, length, skip_blanks(text, length, next));
		if (at < length && text[at] == '>')
			return at;
	}
	return 0;
}

/* Whether the line that ends at END is as long as lines get. */
static bool
is_full(const char *text, size_t end)
{
	size_t seen = MIN(end, FULL_MAX + 1);
	const char *start = memrchr(text + end - seen, '\n', seen);

	if (start == NULL)
		return seen <= FULL_MAX && seen >= FULL_MIN;
	return text + end - (start + 1) >= FULL_MIN;
}

/* Whether LENGTH bytes of WORD are the rest of a URL that breaks off after
 * LAST, and no words of a text. */
static bool
is_continuation(char last, const char *word, size_t length)
{
	bool signs = false;
	bool digits = false;

	if ((length > 4 && g_ascii_strncasecmp(word, "www.", 4) == 0) ||
	    g_strstr_len(word, (gssize)length, "://") != NULL)
		return false;
	for (size_t i = 0; i < length; i++) {
		signs |= strchr("=&%", word[i]) != NULL;
		digits |= strchr("/?_", word[i]) || g_ascii_isdigit(word[i]);
	}
	return signs || (digits && strchr("/?&=%_-+", last) != NULL);
}

/* Where a link without brackets ends, line by line. */
static size_t
find_last_line(const char *text, size_t length, size_t end)
{
	length = MIN(length, end + BYTES_MAX);
	for (int lines = 0; lines < LINES_MAX && is_full(text, end); lines++) {
		size_t next = find_next_line(text, length, end);
		if (next == 0)
			break;
		size_t stop = skip_url(text, length, next);
		if (!is_continuation(text[end - 1], text + next, stop - next))
			break;
		end = stop;
	}
	return end;
}

size_t
hisho_wrap_find_end(const char *text, size_t length, const HishoWrapped *link)
{
	if (find_next_line(text, length, link->end) == 0)
		return link->end;
	bool path = has_path(text, link);
	if (is_bracketed(text, link->start) &&
	    (path || is_half_host(text, link))) {
		size_t bracket = find_bracket(text, length, link);
		if (bracket > 0)
			return bracket;
	}
	return path ? find_last_line(text, length, link->end) : link->end;
}
