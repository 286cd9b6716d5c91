/* sight.h - which open elements hide from a reader what stands in them
 *
 * The elements that are open at a place of a page, without a tree. */
#pragma once

#include "libhisho/links/html.h"

typedef struct HishoSight HishoSight;

/* A page with nothing open: black text on white. */
HishoSight *hisho_sight_new(void);
void hisho_sight_free(HishoSight *sight);

/* Why text would not be seen here; NULL when it would.  Static. */
const char *hisho_sight_reason(const HishoSight *sight);

/* Whether what stands here belongs to SVG or MathML. */
bool hisho_sight_is_alien(const HishoSight *sight);

/* How many elements are open, the page counted. */
size_t hisho_sight_depth(const HishoSight *sight);

/* That depth between what the last tag ended and what it opened. */
size_t hisho_sight_lowest(const HishoSight *sight);

/* Opens the element of the start tag TAG, and ends those that it ends. */
void hisho_sight_open(HishoSight *sight, const HishoHtmlToken *tag);

/* Ends the element NAME, and all that was opened in it. */
void hisho_sight_close(HishoSight *sight, const char *name);

/* Ends the head if it is open: text that shows never stands in it. */
void hisho_sight_leave_head(HishoSight *sight);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(HishoSight, hisho_sight_free)
