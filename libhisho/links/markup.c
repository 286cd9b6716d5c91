#include "libhisho/links/markup.h"

#include <string.h>

/* A comment from CONTENT to the next '>', or to the end. */
static bool
read_bogus_comment(HishoScan *scan, size_t content, HishoHtmlKind kind)
{
	size_t start = scan->at;
	const char *text = scan->text + content;
	const char *end = memchr(text, '>', scan->length - content);

	scan->at = end ? (size_t)(end - scan->text) + 1 : scan->length;
	HishoHtmlToken *token = hisho_scan_set_token(scan, kind, start);
	token->text = text;
	token->text_length = scan->at - content - (end ? 1 : 0);
	return true;
}

/* The name after "<!doctype"; in every state '>' is its end (13.2.5.53 on).*/
static bool
read_doctype(HishoScan *scan, HishoTag *tag)
{
	size_t name = scan->at + strlen("<!doctype");

	read_bogus_comment(scan, scan->at + 2, HISHO_HTML_DOCTYPE);
	while (name < scan->at && hisho_scan_is_space(scan->text[name]))
		name++;
	size_t end = name;
	while (end < scan->at && scan->text[end] != '>' &&
	    !hisho_scan_is_space(scan->text[end]))
		end++;
	if (end > name)
		scan->token.name =
		    hisho_tag_keep_name(tag, scan->text + name, end - name);
	return true;
}

/* How many bytes before I, where a '>' or the end is, close a comment; 0 if
 * none do. */
static size_t
dashes_before(const char *text, size_t i)
{
	if (i >= 3 && memcmp(text + i - 3, "--!", 3) == 0)
		return 3;
	if (i >= 2 && memcmp(text + i - 2, "--", 2) == 0)
		return 2;
	return 0;
}

/* The same before the '>' at I: "<!--->" is a comment too. */
static size_t
closing_dashes(const char *text, size_t i)
{
	return i == 1 && *text == '-' ? 1 : dashes_before(text, i);
}

/* The same of a comment that never ends (13.2.5.43 to 52). */
static size_t
open_dashes(const char *text, size_t length)
{
	size_t dashes = dashes_before(text, length);

	if (dashes > 0)
		return dashes;
	return length > 0 && text[length - 1] == '-' ? 1 : 0;
}

static bool
read_comment(HishoScan *scan)
{
	size_t start = scan->at;
	const char *text = scan->text + start + strlen("<!--");
	size_t left = scan->text + scan->length - text;
	size_t i = 0;
	size_t cut = 0;

	for (bool ended = false; !ended; i += !ended) {
		const char *gt = memchr(text + i, '>', left - i);
		i = gt != NULL ? (size_t)(gt - text) : left;
		cut = gt != NULL ? closing_dashes(text, i)
				 : open_dashes(text, left);
		ended = gt == NULL || cut > 0 || i == 0;
	}
	scan->at = text + i - scan->text + (i < left ? 1 : 0);
	HishoHtmlToken *token =
	    hisho_scan_set_token(scan, HISHO_HTML_COMMENT, start);
	token->text = text;
	token->text_length = i - cut;
	return true;
}

/* "<!" and what comes after it (13.2.5.42). */
static bool
read_declaration(HishoScan *scan, HishoTag *tag)
{
	if (hisho_scan_starts_with(scan, scan->at, "<!--"))
		return read_comment(scan);
	if (hisho_scan_starts_with(scan, scan->at, "<!doctype"))
		return read_doctype(scan, tag);
	return read_bogus_comment(scan, scan->at + 2, HISHO_HTML_COMMENT);
}

/* "</" and what comes after it (13.2.5.7). */
static bool
read_end(HishoScan *scan, HishoTag *tag)
{
	size_t start = scan->at;
	char next = start + 2 < scan->length ? scan->text[start + 2] : '\0';

	if (start + 2 == scan->length)
		return hisho_scan_emit_text(scan, 2, scan->text + start, 2);
	if (next == '>') {
		scan->at += 3;
		return false;
	}
	if (!g_ascii_isalpha(next))
		return read_bogus_comment(scan, start + 2, HISHO_HTML_COMMENT);
	scan->at += 2;
	return hisho_tag_read(tag, scan, HISHO_HTML_END_TAG, start);
}

bool
hisho_markup_read(HishoScan *scan, HishoTag *tag)
{
	size_t start = scan->at;
	char next = start + 1 < scan->length ? scan->text[start + 1] : '\0';

	if (next == '/')
		return read_end(scan, tag);
	if (next == '!')
		return read_declaration(scan, tag);
	if (next == '?')
		return read_bogus_comment(scan, start + 1, HISHO_HTML_COMMENT);
	if (!g_ascii_isalpha(next))
		return hisho_scan_emit_byte(scan);
	scan->at++;
	return hisho_tag_read(tag, scan, HISHO_HTML_START_TAG, start);
}
