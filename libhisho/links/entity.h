/* entity.h - HTML character references
 *
 * After the WHATWG HTML standard, 13.2.5.72 to 13.2.5.80. */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

/* Where a reference stands: in an attribute, "&copy=" is left alone. */
typedef enum {
	HISHO_ENTITY_IN_TEXT,
	HISHO_ENTITY_IN_ATTRIBUTE,
} HishoEntityPlace;

/* What a reference means: one or two characters, in UTF-8. */
typedef struct {
	char text[9];
	size_t length;
} HishoEntity;

/* Reads the reference that begins with the '&' at TEXT.  Yields the bytes it
 * takes up, or 0, with ENTITY untouched, when the '&' is just itself. */
size_t hisho_entity_read(const char *text, size_t length,
    HishoEntityPlace place, HishoEntity *entity);

/* Appends LENGTH bytes of TEXT to OUT with all references replaced. */
void hisho_entity_append_decoded(
    GString *out, const char *text, size_t length, HishoEntityPlace place);
