/* imagemap.h - which areas of maps lie on an image that is seen */
#pragma once

#include "libhisho/links/html.h"
#include "libhisho/links/link.h"

typedef struct HishoImagemap HishoImagemap;

HishoImagemap *hisho_imagemap_new(void);
void hisho_imagemap_free(HishoImagemap *maps);

/* Notes TAG when it opens a map, or is an image that uses one, which IS_SEEN
 * or not. */
void hisho_imagemap_note_tag(
    HishoImagemap *maps, const HishoHtmlToken *tag, bool is_seen);

/* Notes LINK as an area of the map opened last; it must live until the end. */
void hisho_imagemap_add_area(HishoImagemap *maps, HishoLink *link);

/* Says of each area whether it is seen. */
void hisho_imagemap_end(HishoImagemap *maps);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(HishoImagemap, hisho_imagemap_free)
