/* anchor.h - what an anchor shows, and whether it says where it leads */
#pragma once

#include "libhisho/links/link.h"

/* The one anchor that is open at a place of a page, if any. */
typedef struct HishoAnchor HishoAnchor;

HishoAnchor *hisho_anchor_new(void);
void hisho_anchor_free(HishoAnchor *anchor);

/* Opens it as number N, more than 0.  LINK, NULL if it could not be listed,
 * is filled in at the end and must live until then. */
void hisho_anchor_open(HishoAnchor *anchor, HishoLink *link, guint n);

bool hisho_anchor_is_open(const HishoAnchor *anchor);

/* The link of the open anchor; NULL if there is none. */
const HishoLink *hisho_anchor_link(const HishoAnchor *anchor);

/* Something stands in the anchor, if one is open, that can be seen but for
 * REASON (static, NULL for none). */
void hisho_anchor_show(HishoAnchor *anchor, const char *reason);

/* LENGTH bytes of TEXT are wording of the anchor, if one is open. */
void hisho_anchor_add_text(
    HishoAnchor *anchor, const char *text, size_t length);

/* Ends the anchor, if one is open that is not number N. */
void hisho_anchor_end(HishoAnchor *anchor, guint n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(HishoAnchor, hisho_anchor_free)
