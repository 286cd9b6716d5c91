/* further.h - hosts and URLs beyond what is read: for the blacklist only
 *
 * What stands beyond a limit is not listed, but no limit may hide it from what
 * was reported.  So bytes that nobody reads are scanned for what could be the
 * host of a link: in one pass, without understanding them. */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

/* No browser follows a longer link. */
#define HISHO_FURTHER_LINK_MAX (2 << 20)

typedef struct HishoFurther HishoFurther;

HishoFurther *hisho_further_new(void);
void hisho_further_free(HishoFurther *further);

/* Notes HOST, which is in its one spelling. */
void hisho_further_note_host(HishoFurther *further, const char *host);

/* Notes what in LENGTH bytes of TEXT looks like a link. */
void hisho_further_read(HishoFurther *further, const char *text, size_t length);

/* The same, of HTML: character references are undone. */
void hisho_further_read_html(
    HishoFurther *further, const char *html, size_t length);

/* Whether a text may be cut before C: few links go on there. */
bool hisho_further_may_cut(char c);

/* Whether there was more than can be kept, so that a link may be lost. */
bool hisho_further_is_cut(const HishoFurther *further);

/* Puts what was noted in the place of HOSTS (A-labels, addresses) and of URLS
 * (in normal form, as far as a report may go), no doubles, and is empty. */
void hisho_further_take(
    HishoFurther *further, GPtrArray **hosts, GPtrArray **urls);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(HishoFurther, hisho_further_free)
