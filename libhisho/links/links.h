/* links.h - every link of a mail
 *
 * What is found, never what to think of it.  Offsets count bytes of the
 * decoded part (UTF-8) that was given. */
#pragma once

#include "libhisho/base/limits.h"
#include "libhisho/links/catalog.h"

typedef struct HishoLinks HishoLinks;

/* An empty gatherer.  Of each part, HTML or text, html_bytes of LIMITS are
 * read; at most links of them are listed. */
HishoLinks *hisho_links_new(const HishoLimits *limits);
void hisho_links_free(HishoLinks *links);
const HishoLimits *hisho_links_limits(const HishoLinks *links);

/* Takes all links of an HTML part: attributes, CSS, and those that are just
 * written.  HTML may be anything; it takes linear time. */
void hisho_links_add_html(HishoLinks *links, const char *html, size_t length);

/* Takes the links written in TEXT; WHERE says what it is: "text", "subject".*/
void hisho_links_add_text(
    HishoLinks *links, const char *text, size_t length, const char *where);

/* Takes the links of a header field: "header.list-unsubscribe". */
void hisho_links_add_header(
    HishoLinks *links, const char *name, const char *value);

/* Says that what is added next, up to hisho_links_leave(), stands in WHERE,
 * within what was entered before, and why nobody sees it (static, or NULL). */
void hisho_links_enter(
    HishoLinks *links, const char *where, const char *reason);
void hisho_links_leave(HishoLinks *links);

/* The list itself, for those who read other forms of content; who then call
 * the other function, which reads what they found in it. */
HishoCatalog *hisho_links_catalog(HishoLinks *links);
void hisho_links_read_nested(HishoLinks *links);

/* What was gathered so far; stays the gatherer's. */
const HishoLinksFound *hisho_links_found(const HishoLinks *links);

/* The same, to keep; the gatherer is empty afterwards. */
HishoLinksFound *hisho_links_steal_found(HishoLinks *links);

/* The texts that the parts show their reader, as they were written, an empty
 * line between paragraphs; the first 64 KiB of each.  Stay the gatherer's. */
const HishoShown *hisho_links_shown(const HishoLinks *links);

/* Says of the parts that follow whether they are another version of one that
 * is shown, or an attachment. */
void hisho_links_set_aside(HishoLinks *links, bool is_aside);

/* Fills in how each link's host stands to FROM_DOMAIN (A-labels or NULL):
 * "same" is that domain or its organisation's, "sub" another name of the
 * organisation, "foreign" any other; NULL when one of them has none. */
void hisho_links_relate(HishoLinksFound *found, const char *from_domain);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(HishoLinks, hisho_links_free)
