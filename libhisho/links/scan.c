#include "libhisho/links/scan.h"

#include <string.h>

bool
hisho_scan_is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r' && c != '\v');
}

bool
hisho_scan_ends_name(char c)
{
	return hisho_scan_is_space(c) || c == '/' || c == '>';
}

bool
hisho_scan_starts_with(const HishoScan *scan, size_t at, const char *word)
{
	size_t length = strlen(word);

	return scan->length - at >= length &&
	    g_ascii_strncasecmp(scan->text + at, word, length) == 0;
}

void
hisho_scan_skip_space(HishoScan *scan)
{
	while (scan->at < scan->length &&
	    hisho_scan_is_space(scan->text[scan->at]))
		scan->at++;
}

HishoHtmlToken *
hisho_scan_set_token(HishoScan *scan, HishoHtmlKind kind, size_t start)
{
	scan->token = (HishoHtmlToken){
		.kind = kind,
		.offset = start,
		.length = scan->at - start,
		.text = scan->text + start,
		.text_length = scan->at - start,
	};
	return &scan->token;
}

bool
hisho_scan_emit_text(
    HishoScan *scan, size_t taken, const char *text, size_t length)
{
	size_t start = scan->at;

	scan->at += taken;
	HishoHtmlToken *token =
	    hisho_scan_set_token(scan, HISHO_HTML_TEXT, start);
	token->text = text;
	token->text_length = length;
	return true;
}

bool
hisho_scan_emit_byte(HishoScan *scan)
{
	return hisho_scan_emit_text(scan, 1, scan->text + scan->at, 1);
}
