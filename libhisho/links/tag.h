/* tag.h - the name and the attributes of one tag
 *
 * After the WHATWG HTML standard, 13.2.5.8 and 13.2.5.32 to 40. */
#pragma once

#include "libhisho/links/scan.h"

/* Room for one tag at a time. */
typedef struct HishoTag HishoTag;

HishoTag *hisho_tag_new(void);
void hisho_tag_free(HishoTag *tag);

/* Reads the tag whose name SCAN has reached and makes it a token that begins
 * at START.  False, and no token, when the end of the text cuts it off. */
bool hisho_tag_read(
    HishoTag *tag, HishoScan *scan, HishoHtmlKind kind, size_t start);

/* LENGTH bytes of NAME in lower case.  Like the strings of a token, good until
 * TAG is used again. */
const char *hisho_tag_keep_name(HishoTag *tag, const char *name, size_t length);

/* Whether a tag had more attributes than are kept (1,000). */
bool hisho_tag_limit_reached(const HishoTag *tag);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(HishoTag, hisho_tag_free)
