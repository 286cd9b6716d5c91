#include "libhisho/links/textlink.h"

#include <string.h>

#include "libhisho/links/bare.h"
#include "libhisho/links/defang.h"
#include "libhisho/links/linkend.h"
#include "libhisho/links/wide.h"

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
		{ "ttps", "https://" }, { "ttp", "http://" },
		{ "htxp", "http://" }, { "hxtp", "http://" },
		{ "ftp", "ftp://" }, { "mailto", "mailto:" } };
	size_t marks = find_marks(text + run->end, length - run->end);

	/* The letters that these end in. */
	if (marks == 0 ||
	    strchr("spo", g_ascii_tolower(text[run->end - 1])) == NULL)
		return false;
	for (size_t i = 0; i < G_N_ELEMENTS(schemes); i++) {
		size_t letters = strlen(schemes[i].name);
		bool mail = schemes[i].name[0] == 'm';
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

	if (n > 2 * HISHO_BARE_NAME_MAX || strchr(host, '@') != NULL ||
	    (link->start > 0 && text[link->start - 1] == '@') ||
	    !hisho_bare_is_known(host, strlen(host)))
		return false;
	if (link->end < length && strchr("/?#:", text[link->end]) != NULL)
		link->end =
		    hisho_linkend_find(text, length, link->start, link->end);
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
		    hisho_linkend_find(text, length, link->start, link->start);
		return link->end > link->start + www;
	}
	while (link->end > link->start && !g_ascii_isalnum(text[link->end - 1]))
		link->end--;
	if (!hisho_bare_is_host(text, length, link->start, link->end))
		return false;
	/* Only a path, a query or a port goes on after it. */
	if (link->end < length && strchr("/?#:", text[link->end]) != NULL)
		link->end =
		    hisho_linkend_find(text, length, link->start, link->start);
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
		    hisho_linkend_find(text, length, link->start, link->host);
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
		end = hisho_linkend_of_run(text, length, end + dot);
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
	link->end = hisho_linkend_of_dotted(text, length, run->start, run->end);
	if (link->end == run->end || hisho_bare_follows_at(text, run->start))
		return false;
	if (link->end < length && strchr("/?#:", text[link->end]) != NULL)
		link->end =
		    hisho_linkend_find(text, length, link->end, link->end);
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
	    (run->end == length || text[run->end] == ' ' ||
		strchr(":[({\xE3\xEF", text[run->end]) == NULL ||
		text[run->end] == '\0');
}

bool
hisho_textlink_find(
    const char *text, size_t length, size_t *at, HishoTextlink *link)
{
	while (*at < length) {
		HishoTextlink run = { .start = *at };
		run.end = hisho_linkend_of_run(text, length, *at);
		*at = MAX(run.end, *at + 1);
		/* The lead byte of all that is full-width. */
		if (run.end == run.start && text[run.start] == '\xEF' &&
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
