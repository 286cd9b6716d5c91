#include "libhisho/links/textlink.h"

#include <string.h>

#include "libhisho/mail/domain.h"

#define NAME_MAX_BYTES 253 /* of a host, RFC 1035 2.3.4 */

static bool
is_host_byte(char c)
{
	return g_ascii_isalnum(c) || c == '-' || c == '_' || c == '.';
}

static bool
is_url_byte(char c)
{
	return g_ascii_isgraph(c) && strchr("<>\"`", c) == NULL;
}

static bool
is_known_host(const char *text, size_t length)
{
	g_autofree char *host = g_strndup(text, length);
	g_autofree char *ascii = g_str_is_ascii(host)
	    ? g_ascii_strdown(host, -1)
	    : hisho_domain_to_ascii(host);

	return ascii != NULL && hisho_domain_has_known_suffix(ascii);
}

/* Where a host ends that begins at AT and has other letters than ASCII in it:
 * at the end of the word, or before the other letters its last label ends in,
 * whichever has a known suffix.  AT if neither does. */
static size_t
find_idn_end(const char *text, size_t length, size_t at)
{
	size_t end = at;
	size_t label = at;

	while (end < length && end - at < NAME_MAX_BYTES) {
		gunichar c =
		    g_utf8_get_char_validated(text + end, length - end);
		if (c >= 0x110000 ||
		    !(c < 0x80 ? is_host_byte((char)c) : g_unichar_isalnum(c)))
			break;
		end += g_unichar_to_utf8(c, NULL);
		if (c == '.')
			label = end;
	}
	if (label == at)
		return at;
	if (is_known_host(text + at, end - at))
		return end;
	while (label < end && is_host_byte(text[label]))
		label++;
	return is_known_host(text + at, label - at) ? label : at;
}

/* How many more of CLOSING than of OPENING there are. */
static gssize
count_unopened(const char *text, size_t length, char opening, char closing)
{
	gssize n = 0;

	for (size_t i = 0; i < length; i++)
		n += (text[i] == closing) - (text[i] == opening);
	return n;
}

/* Without the marks at the end that belong to the sentence around a link; a
 * bracket does when it was not opened in the link. */
static size_t
trim_sentence(const char *text, size_t start, size_t end)
{
	size_t length = end - start;
	gssize round = count_unopened(text + start, length, '(', ')');
	gssize square = count_unopened(text + start, length, '[', ']');

	while (end > start) {
		char last = text[end - 1];
		if (strchr(".,;:!?'*|~)]}\\", last) == NULL ||
		    (last == ')' && round-- <= 0) ||
		    (last == ']' && square-- <= 0))
			break;
		end--;
	}
	return end;
}

/* Where the link ends whose host begins at HOST. */
static size_t
find_link_end(const char *text, size_t length, size_t host)
{
	size_t end = host;

	while (end < length && is_host_byte(text[end]))
		end++;
	if (end < length && (guchar)text[end] >= 0x80)
		end = MAX(end, find_idn_end(text, length, host));
	while (end < length && is_url_byte(text[end]))
		end++;
	return trim_sentence(text, host, end);
}

/* Where the host begins, if the bytes of RUN end in a scheme and its marks
 * follow; START is then the scheme's.  Else 0. */
static size_t
find_scheme_host(
    const char *text, size_t length, const HishoTextlink *run, size_t *start)
{
	static const struct {
		const char *name;
		const char *marks;
	} schemes[] = { { "https", "://" }, { "http", "://" },
		{ "hxxps", "://" }, { "hxxp", "://" }, { "ftp", "://" },
		{ "mailto", ":" } };

	for (size_t i = 0; i < G_N_ELEMENTS(schemes); i++) {
		size_t letters = strlen(schemes[i].name);
		size_t marks = strlen(schemes[i].marks);
		if (run->end - run->start < letters ||
		    length - run->end < marks)
			continue;
		*start = run->end - letters;
		if (memcmp(text + run->end, schemes[i].marks, marks) == 0 &&
		    g_ascii_strncasecmp(
			text + *start, schemes[i].name, letters) == 0)
			return run->end + marks;
	}
	return 0;
}

/* Whether a name of two labels is as likely a file, or two words that a stop
 * without a blank stands between, as a host. */
static bool
is_doubtful(const char *name, size_t length)
{
	static const char *const suffixes[] = { "pl", "py", "sh", "rs", "md",
		"ps", "cc", "zip", "mov", "java", "app", "in", "it", "is", "no",
		"to", "as", "my", "so", "do", "be", "am", "id", "me", "us",
		"at" };
	const char *dot = memrchr(name, '.', length);
	size_t n = name + length - (dot + 1);

	if (memchr(name, '.', dot - name) != NULL)
		return false;
	if (dot == name + 1 ||
	    (g_ascii_isupper(dot[1]) && g_ascii_islower(dot[-1])))
		return true;
	for (size_t i = 0; i < G_N_ELEMENTS(suffixes); i++)
		if (strlen(suffixes[i]) == n &&
		    g_ascii_strncasecmp(dot + 1, suffixes[i], n) == 0)
			return true;
	return false;
}

/* Whether what goes on at AT leaves the name before it whole. */
static bool
ends_name(const char *text, size_t length, size_t at)
{
	if (at < length && strchr("/?#", text[at]) != NULL)
		return true;
	while (at < length && text[at] != '\0' &&
	    strchr(".,;:!?", text[at]) != NULL)
		at++;
	return at == length || g_ascii_isspace(text[at]) ||
	    (guchar)text[at] >= 0x80 || g_ascii_isdigit(text[at]) ||
	    strchr("\"')]>}*|<", text[at]) != NULL;
}

/* Whether the host bytes of RUN are a host by themselves: neither part of an
 * e-mail address nor of a path. */
static bool
is_bare_host(const char *text, size_t length, const HishoTextlink *run)
{
	const char *name = text + run->start;
	size_t n = run->end - run->start;
	char before = run->start > 0 ? name[-1] : ' ';
	bool www = n > 4 && g_ascii_strncasecmp(name, "www.", 4) == 0;

	if (n < 4 || n > NAME_MAX_BYTES || memchr(name, '.', n) == NULL ||
	    strchr("@/\\=&%#~$+'", before) != NULL ||
	    !ends_name(text, length, run->end))
		return false;
	/* Nobody writes "www." but before a host, known or not. */
	if (www)
		return memchr(name + 4, '.', n - 4) != NULL;
	bool path = run->end < length && text[run->end] == '/';
	return (path || !is_doubtful(name, n)) && is_known_host(name, n);
}

/* Where LINK ends when a single quote stands before it: at the next one. */
static size_t
find_quote_end(const char *text, const HishoTextlink *link)
{
	const char *start = text + link->start;
	const char *quote = NULL;

	if (link->start > 0 && start[-1] == '\'')
		quote = memchr(start, '\'', link->end - link->start);
	return quote != NULL ? (size_t)(quote - text) : link->end;
}

/* The link that the bytes of RUN begin or are, if any. */
static bool
read_text_link(const char *text, size_t length, const HishoTextlink *run,
    HishoTextlink *link)
{
	size_t host = find_scheme_host(text, length, run, &link->start);

	link->bare = host == 0;
	if (host > 0) {
		link->end = find_link_end(text, length, host);
		link->end = find_quote_end(text, link);
		return link->end > host;
	}
	*link = *run;
	while (link->start < link->end && !g_ascii_isalnum(text[link->start]))
		link->start++;
	while (link->end > link->start && !g_ascii_isalnum(text[link->end - 1]))
		link->end--;
	if (!is_bare_host(text, length, link))
		return false;
	/* Only a path, a query or a port goes on after it. */
	if (link->end < length && strchr("/?#:", text[link->end]) != NULL)
		link->end = find_link_end(text, length, link->start);
	return true;
}

bool
hisho_textlink_find(
    const char *text, size_t length, size_t *at, HishoTextlink *link)
{
	while (*at < length) {
		HishoTextlink run = { .start = *at, .end = *at, .bare = true };
		while (run.end < length && is_host_byte(text[run.end]))
			run.end++;
		*at = MAX(run.end, *at + 1);
		if (run.end > run.start &&
		    read_text_link(text, length, &run, link)) {
			*at = link->end;
			return true;
		}
	}
	return false;
}

char *
hisho_textlink_dup_url(const char *text, const HishoTextlink *link)
{
	return g_strdup_printf("%s%.*s", link->bare ? "http://" : "",
	    (int)(link->end - link->start), text + link->start);
}
