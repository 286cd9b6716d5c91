/* scan.h - a text on its way into tokens of HTML */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

/* What stands for bytes that are no characters: U+FFFD. */
#define HISHO_SCAN_REPLACEMENT "\xEF\xBF\xBD"

typedef enum {
	HISHO_HTML_TEXT,      /* characters; a run may come in many pieces */
	HISHO_HTML_START_TAG, /* name, attributes, self_closing */
	HISHO_HTML_END_TAG,   /* name */
	HISHO_HTML_COMMENT,   /* what stands in it, as written */
	HISHO_HTML_DOCTYPE,   /* name; what follows "<!", as written */
} HishoHtmlKind;

/* Lower case name and decoded value, which is "" where none was given. */
typedef struct {
	const char *name;
	const char *value;
	size_t value_length; /* without the final NUL; holds no other */
	size_t offset;	     /* of the value, or of the name without one */
} HishoHtmlAttribute;

typedef struct {
	HishoHtmlKind kind;
	size_t offset;	  /* of its first byte */
	size_t length;	  /* from there to its last, both as written */
	const char *name; /* lower case, NULL without one */
	const char *text; /* decoded in TEXT; need not end in NUL */
	size_t text_length;
	const HishoHtmlAttribute *attributes; /* duplicates left out */
	size_t n_attributes;
	bool self_closing;
} HishoHtmlToken;

/* A text and how far it is read; nothing of it is its own. */
typedef struct {
	const char *text;
	size_t length;
	size_t at;
	HishoHtmlToken token; /* the last one */
} HishoScan;

/* Whether C is white space of HTML. */
bool hisho_scan_is_space(char c);

/* Whether C ends the name of a tag. */
bool hisho_scan_ends_name(char c);

/* Whether WORD, in any case, stands AT a place that is not behind the end. */
bool hisho_scan_starts_with(const HishoScan *scan, size_t at, const char *word);

/* Moves behind the white space that begins at the place reached. */
void hisho_scan_skip_space(HishoScan *scan);

/* Makes everything from START to the place reached the next token, without
 * name and attributes.  It stays the scan's, to be filled in. */
HishoHtmlToken *hisho_scan_set_token(
    HishoScan *scan, HishoHtmlKind kind, size_t start);

/* Makes TAKEN bytes a token that stands for LENGTH bytes of TEXT, which is
 * kept by reference.  Always true: a token there is. */
bool hisho_scan_emit_text(
    HishoScan *scan, size_t taken, const char *text, size_t length);

/* Makes the byte reached, nothing but itself, a token.  Always true. */
bool hisho_scan_emit_byte(HishoScan *scan);
