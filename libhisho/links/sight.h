/* sight.h - what hides from a reader what stands at a place of a page */
#pragma once

#include "libhisho/links/html.h"

typedef struct HishoSight HishoSight;

/* LENGTH bytes of HTML with nothing open yet: black text on white, but for
 * what the styles of the page say. */
HishoSight *hisho_sight_new(const char *html, size_t length);
void hisho_sight_free(HishoSight *sight);

/* Why text would not be seen here; NULL when it would.  Static. */
const char *hisho_sight_reason(const HishoSight *sight);

/* Why the element of the last start tag would not be seen, as an image. */
const char *hisho_sight_tag_reason(const HishoSight *sight);

/* Whether that element shows something by itself: an image, a video, or an
 * image behind nothing. */
bool hisho_sight_tag_shows(const HishoSight *sight);

/* Whether what stands here belongs to SVG or MathML. */
bool hisho_sight_is_alien(const HishoSight *sight);

/* The number of the anchor that what stands here is in; 0 for none. */
guint hisho_sight_anchor(const HishoSight *sight);

/* Whether anchor N is open, even if others are in it. */
bool hisho_sight_has_anchor(const HishoSight *sight, guint n);

/* Whether there was too much to know all: of open elements, or of rules. */
bool hisho_sight_limit_reached(const HishoSight *sight);

/* Notes a doctype: a page with one is laid out by other rules. */
void hisho_sight_note_doctype(HishoSight *sight);

/* Opens the element of the start tag TAG, and ends those that it ends. */
void hisho_sight_open(HishoSight *sight, const HishoHtmlToken *tag);

/* Ends the element NAME, and all that was opened in it. */
void hisho_sight_close(HishoSight *sight, const char *name);

/* Says that text that shows comes next. */
void hisho_sight_meet_text(HishoSight *sight);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(HishoSight, hisho_sight_free)
