/* anchor.h - what an anchor shows, and whether it says where it leads */
#pragma once

#include "libhisho/links/link.h"

/* The anchors that are open at a place of a page: one, unless a table in it
 * holds another. */
typedef struct HishoAnchor HishoAnchor;

HishoAnchor *hisho_anchor_new(void);
void hisho_anchor_free(HishoAnchor *anchor);

/* Opens number N, more than 0, which is where we are then.  LINK, NULL if it
 * could not be listed, is filled in at the end and must live until then. */
void hisho_anchor_open(HishoAnchor *anchor, HishoLink *link, guint n);

/* Goes to number N, open or not; 0 is outside of all. */
void hisho_anchor_enter(HishoAnchor *anchor, guint n);

/* The number of the one opened last; 0 when none is open. */
guint hisho_anchor_last(const HishoAnchor *anchor);

/* Ends the one opened last. */
void hisho_anchor_end(HishoAnchor *anchor);

/* Whether the anchor where we are is open. */
bool hisho_anchor_is_open(const HishoAnchor *anchor);

/* The link of that anchor; NULL if there is none. */
const HishoLink *hisho_anchor_link(const HishoAnchor *anchor);

/* Something stands in the anchor, if one is open, that can be seen but for
 * REASON (static, NULL for none). */
void hisho_anchor_show(HishoAnchor *anchor, const char *reason);

/* LENGTH bytes of TEXT are wording of the anchor, if one is open. */
void hisho_anchor_add_text(
    HishoAnchor *anchor, const char *text, size_t length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(HishoAnchor, hisho_anchor_free)
