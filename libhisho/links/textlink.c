#include "libhisho/links/textlink.h"

#include <string.h>

#include "libhisho/links/bare.h"
#include "libhisho/links/defang.h"
#include "libhisho/links/wide.h"
#include "libhisho/links/wrap.h"

static bool
is_url_byte(char c)
{
	return g_ascii_isgraph(c) && strchr("<>\"`", c) == NULL;
}

/* Where a host ends that begins at AT and has other letters than ASCII in it:
 * at the end of the word, or before the other letters its last label ends in,
 * whichever has a known suffix.  AT if neither does. */
static size_t
find_idn_end(const char *text, size_t length, size_t at)
{
	size_t end = at;
	size_t label = at;

	while (end < length && end - at < HISHO_BARE_NAME_MAX) {
		gunichar c =
		    g_utf8_get_char_validated(text + end, length - end);
		if (c >= 0x110000 ||
		    !(c < 0x80 ? hisho_bare_is_byte((char)c)
			       : g_unichar_isalnum(c)))
			break;
		end += g_unichar_to_utf8(c, NULL);
		if (c == '.')
			label = end;
	}
	if (label == at)
		return at;
	/* Of many long names, the last label alone is cheap to know. */
	size_t last = label;
	while (last < end && hisho_bare_is_byte(text[last]))
		last++;
	if (hisho_bare_is_known(text + label, end - label))
		return end;
	return hisho_bare_is_known(text + label, last - label) ? last : at;
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

/* Where the run of host bytes ends that begins at AT. */
static size_t
find_run_end(const char *text, size_t length, size_t at)
{
	while (at < length && hisho_bare_is_byte(text[at]))
		at++;
	return at;
}

/* Where the name ends that begins at START and whose first labels end at END,
 * if it goes on with dots of East Asia and is none without that. */
static size_t
find_dotted_end(const char *text, size_t length, size_t start, size_t end)
{
	size_t at = end;
	size_t dot;

	while ((dot = hisho_wide_dot_length(text + at, length - at)) > 0 &&
	    at + dot < length && g_ascii_isalnum(text[at + dot]) &&
	    at - start < HISHO_BARE_NAME_MAX)
		at = find_run_end(text, length, at + dot);
	if (at == end || at - start > 2 * HISHO_BARE_NAME_MAX ||
	    hisho_bare_is_known(text + start, end - start))
		return end;
	g_autofree char *name = hisho_wide_dup_folded(text + start, at - start);
	size_t n = strlen(name);
	while (n > 0 && name[n - 1] == '.')
		n--;
	/* As likely as not the next sentence begins there. */
	bool is_host = g_ascii_islower(name[n > 0 ? n - 1 : 0]) &&
	    hisho_bare_is_host(name, n, 0, n);
	return is_host ? at : end;
}

/* Where the link ends that begins at START and whose host begins at HOST. */
static size_t
find_link_end(const char *text, size_t length, size_t start, size_t host)
{
	size_t end = host;

	while (end < length && hisho_bare_is_byte(text[end]))
		end++;
	end = find_dotted_end(text, length, host, end);
	if (end < length && (guchar)text[end] >= 0x80)
		end = MAX(end, find_idn_end(text, length, host));
	while (end < length && is_url_byte(text[end]))
		end++;
	const HishoWrapped broken = { start, host, end };
	end = hisho_wrap_find_end(text, length, &broken);
	return trim_sentence(text, host, end);
}

/* The length of the marks that stand between a scheme and a host, plain or
 * disguised, at the start of TEXT; 0 for none. */
static size_t
find_marks(const char *text, size_t length)
{
	static const char *const marks[] = { "://", "[:]//", "[://]", "(:)//",
		":\\\\", "\uFF1A//", "\uFF1A\uFF0F\uFF0F", ":\uFF0F\uFF0F" };

	/* What follows most words is none. */
	if (length == 0 || strchr(":[(\xEF", *text) == NULL)
		return 0;
	for (size_t i = 0; i < G_N_ELEMENTS(marks); i++) {
		size_t n = strlen(marks[i]);
		if (n <= length && memcmp(text, marks[i], n) == 0)
			return n;
	}
	return *text == ':' ? 1 : 0;
}

/* Fills in LINK's scheme and host, and where it starts, if the bytes of RUN
 * end in a scheme and its marks follow. */
static bool
read_scheme(const char *text, size_t length, const HishoTextlink *run,
    HishoTextlink *link)
{
	static const struct {
		const char *name; /* as written; the longest first */
		const char *scheme;
	} schemes[] = { { "https", "https://" }, { "http", "http://" },
		{ "hxxps", "https://" }, { "hxxp", "http://" },
		{ "h**ps", "https://" }, { "h**p", "http://" },
		{ "h--ps", "https://" }, { "h--p", "http://" },
		{ "h__ps", "https://" }, { "h__p", "http://" },
		{ "htxp", "http://" }, { "hxtp", "http://" },
		{ "ftp", "ftp://" }, { "mailto", "mailto:" } };
	size_t marks = find_marks(text + run->end, length - run->end);

	for (size_t i = 0; marks > 0 && i < G_N_ELEMENTS(schemes); i++) {
		size_t letters = strlen(schemes[i].name);
		bool mail = strcmp(schemes[i].name, "mailto") == 0;
		/* Of a disguise, the run is but the end. */
		if (run->end < letters || (marks > 1) == mail ||
		    g_ascii_strncasecmp(text + run->end - letters,
			schemes[i].name, letters) != 0)
			continue;
		link->start = run->end - letters;
		link->host = run->end + marks;
		link->scheme = schemes[i].scheme;
		return true;
	}
	return false;
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

/* The link that the bytes of RUN are with all their dots, some of which are
 * disguised: nobody writes "a[.]example" but for a host. */
static bool
read_disguised(const char *text, size_t length, HishoTextlink *link)
{
	size_t n = link->end - link->start;
	g_autofree char *host = hisho_defang_dup_plain(text + link->start, n);

	if (n > 2 * HISHO_BARE_NAME_MAX || memchr(host, '@', n) != NULL ||
	    (link->start > 0 && text[link->start - 1] == '@') ||
	    !hisho_bare_is_known(host, strlen(host)))
		return false;
	if (link->end < length && strchr("/?#:", text[link->end]) != NULL)
		link->end = find_link_end(text, length, link->start, link->end);
	return true;
}

/* Whether RUN, without what belongs to the sentence around it, is a host; the
 * "www." of one in other letters is enough. */
static bool
read_bare(const char *text, size_t length, HishoTextlink *link)
{
	static const size_t www = sizeof("www.") - 1;
	bool idn = link->end < length && (guchar)text[link->end] >= 0x80 &&
	    link->end - link->start == www &&
	    g_ascii_strncasecmp(text + link->start, "www.", www) == 0;

	if (idn) {
		link->end =
		    find_link_end(text, length, link->start, link->start);
		return link->end > link->start + www;
	}
	while (link->end > link->start && !g_ascii_isalnum(text[link->end - 1]))
		link->end--;
	if (!hisho_bare_is_host(text, length, link->start, link->end))
		return false;
	/* Only a path, a query or a port goes on after it. */
	if (link->end < length && strchr("/?#:", text[link->end]) != NULL)
		link->end =
		    find_link_end(text, length, link->start, link->start);
	return true;
}

/* The link that the bytes of RUN begin or are, if any. */
static bool
read_text_link(const char *text, size_t length, const HishoTextlink *run,
    HishoTextlink *link)
{
	*link = *run;
	link->bare = !read_scheme(text, length, run, link);
	if (!link->bare) {
		link->end =
		    find_link_end(text, length, link->start, link->host);
		link->end = find_quote_end(text, link);
		return link->end > link->host;
	}
	link->scheme = "http://";
	while (link->start < link->end && !g_ascii_isalnum(text[link->start]))
		link->start++;
	link->host = link->start;
	return read_bare(text, length, link);
}

/* Where a run ends that goes on from END with disguised dots. */
static size_t
find_disguised_end(const char *text, size_t length, size_t end)
{
	size_t dot = hisho_defang_dot_length(text + end, length - end);

	while (dot > 0) {
		end = find_run_end(text, length, end + dot);
		dot = hisho_defang_dot_length(text + end, length - end);
	}
	return end;
}

/* The link without scheme whose dots are those of East Asia; RUN ends before
 * the first of them. */
static bool
read_dotted(const char *text, size_t length, const HishoTextlink *run,
    HishoTextlink *link)
{
	*link = *run;
	link->host = run->start;
	link->scheme = "http://";
	link->bare = true;
	link->end = find_dotted_end(text, length, run->start, run->end);
	if (link->end == run->end || hisho_bare_follows_at(text, run->start))
		return false;
	if (link->end < length && strchr("/?#:", text[link->end]) != NULL)
		link->end = find_link_end(text, length, link->end, link->end);
	return true;
}

/* The link in full-width letters that begins at START. */
static bool
read_wide(const char *text, size_t length, size_t start, HishoTextlink *link)
{
	const char *word = text + start;
	size_t n = hisho_wide_length(word, length - start);
	size_t at = 0;

	if (n == 0 || hisho_bare_follows_at(text, start) ||
	    (start >= 3 && hisho_wide_length(word - 3, 3) > 0))
		return false;
	g_autofree char *folded = hisho_wide_dup_folded(word, n);
	if (!hisho_textlink_find(folded, strlen(folded), &at, link))
		return false;
	link->start = start + hisho_wide_unfold(word, n, link->start);
	link->host = start + hisho_wide_unfold(word, n, link->host);
	link->end = start + hisho_wide_unfold(word, n, link->end);
	return true;
}

/* Whether RUN is a word as most are: without a dot in it, and neither the marks
 * of a scheme nor a disguised dot follow. */
static bool
is_word(const char *text, size_t length, const HishoTextlink *run)
{
	size_t n = run->end - run->start;

	return memchr(text + run->start, '.', n) == NULL &&
	    (run->end == length ||
		strchr(":[({\xE3\xEF", text[run->end]) == NULL ||
		text[run->end] == '\0');
}

bool
hisho_textlink_find(
    const char *text, size_t length, size_t *at, HishoTextlink *link)
{
	while (*at < length) {
		HishoTextlink run = { .start = *at };
		run.end = find_run_end(text, length, *at);
		*at = MAX(run.end, *at + 1);
		if (run.end == run.start &&
		    read_wide(text, length, run.start, link)) {
			*at = link->end;
			return true;
		}
		if (run.end == run.start || is_word(text, length, &run))
			continue;
		bool found = read_text_link(text, length, &run, link);
		if (!found)
			found = read_dotted(text, length, &run, link);
		size_t end = find_disguised_end(text, length, run.end);
		if (!found && end > run.end) {
			*at = end;
			link->start = link->host = run.start;
			link->end = end;
			found = read_disguised(text, length, link);
		}
		if (found) {
			*at = link->end;
			return true;
		}
	}
	return false;
}

char *
hisho_textlink_dup_url(const char *text, const HishoTextlink *link)
{
	g_autofree char *folded =
	    hisho_wide_dup_folded(text + link->host, link->end - link->host);
	g_autofree char *plain = hisho_defang_dup_plain(folded, strlen(folded));

	return g_strconcat(link->scheme, plain, NULL);
}
