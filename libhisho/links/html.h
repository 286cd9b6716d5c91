/* html.h - HTML tokenizer
 *
 * After the WHATWG HTML standard, 13.2.5, without its tree: one pass, in
 * linear time, over UTF-8 that may be broken and may hold NUL.  It never
 * fails.  Offsets count bytes of the text it was given. */
#pragma once

#include "libhisho/links/scan.h"

/* How text is read: which bytes end it and what is a reference. */
typedef enum {
	HISHO_HTML_DATA,
	HISHO_HTML_RCDATA,
	HISHO_HTML_RAWTEXT,
	HISHO_HTML_SCRIPT,
	HISHO_HTML_PLAINTEXT,
	HISHO_HTML_CDATA,
} HishoHtmlModel;

typedef struct HishoHtml HishoHtml;

/* Begins with TEXT, which must outlive it. */
HishoHtml *hisho_html_new(const char *text, size_t length);
void hisho_html_free(HishoHtml *html);

/* The next token, good until the next call; NULL at the end.  A tag that the
 * end of the text cuts off is no token (13.2.5.32 and others). */
const HishoHtmlToken *hisho_html_next(HishoHtml *html);

/* Where the last token ends: after all tokens, where a tag begins that never
 * does, or the end of the text. */
size_t hisho_html_rest(const HishoHtml *html);

/* Says, after a token, whether what follows stands in SVG or MathML: there
 * CDATA sections count, and style, title and their like hold markup. */
void hisho_html_set_foreign(HishoHtml *html, bool foreign);

/* Reads on by MODEL, as if NAME (of an element whose content is no markup)
 * had just been opened. */
void hisho_html_enter(HishoHtml *html, HishoHtmlModel model, const char *name);

/* Whether a tag had more attributes than are kept (1,000). */
bool hisho_html_limit_reached(const HishoHtml *html);

/* The decoded value of attribute NAME of TOKEN, or NULL. */
const char *hisho_html_attribute(const HishoHtmlToken *token, const char *name);

/* Whether that value is VALUE, in any case. */
bool hisho_html_attribute_is(
    const HishoHtmlToken *token, const char *name, const char *value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(HishoHtml, hisho_html_free)
