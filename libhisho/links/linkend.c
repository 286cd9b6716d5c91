#include "libhisho/links/linkend.h"

#include <string.h>

#include "libhisho/links/bare.h"
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

size_t
hisho_linkend_of_run(const char *text, size_t length, size_t at)
{
	while (at < length && hisho_bare_is_byte(text[at]))
		at++;
	return at;
}

size_t
hisho_linkend_of_dotted(
    const char *text, size_t length, size_t start, size_t end)
{
	size_t at = end;
	size_t dot;

	while ((dot = hisho_wide_dot_length(text + at, length - at)) > 0 &&
	    at + dot < length && g_ascii_isalnum(text[at + dot]) &&
	    at - start < HISHO_BARE_NAME_MAX)
		at = hisho_linkend_of_run(text, length, at + dot);
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

size_t
hisho_linkend_find(const char *text, size_t length, size_t start, size_t host)
{
	size_t end = host;

	while (end < length && hisho_bare_is_byte(text[end]))
		end++;
	end = hisho_linkend_of_dotted(text, length, host, end);
	if (end < length && (guchar)text[end] >= 0x80)
		end = MAX(end, find_idn_end(text, length, host));
	while (end < length && is_url_byte(text[end]))
		end++;
	const HishoWrapped broken = { start, host, end };
	end = hisho_wrap_find_end(text, length, &broken);
	return trim_sentence(text, host, end);
}
