#include "libhisho/links/keyword.h"

#include <string.h>

typedef struct {
	HishoStyleProperty property;
	const char *word;
	int means;
} Keyword;

/* What the words of CSS mean, by property; overflows are alike. */
static const Keyword keywords[] = {
	{ HISHO_STYLE_DISPLAY, "none", HISHO_STYLE_NONE },
	{ HISHO_STYLE_DISPLAY, "table-column", HISHO_STYLE_NONE },
	{ HISHO_STYLE_DISPLAY, "table-column-group", HISHO_STYLE_NONE },
	{ HISHO_STYLE_DISPLAY, "inline", HISHO_STYLE_INLINE },
	{ HISHO_STYLE_DISPLAY, "contents", HISHO_STYLE_INLINE },
	{ HISHO_STYLE_DISPLAY, "ruby", HISHO_STYLE_INLINE },
	{ HISHO_STYLE_DISPLAY, "block", HISHO_STYLE_BLOCK },
	{ HISHO_STYLE_DISPLAY, "inline-block", HISHO_STYLE_BLOCK },
	{ HISHO_STYLE_DISPLAY, "flex", HISHO_STYLE_BLOCK },
	{ HISHO_STYLE_DISPLAY, "inline-flex", HISHO_STYLE_BLOCK },
	{ HISHO_STYLE_DISPLAY, "grid", HISHO_STYLE_BLOCK },
	{ HISHO_STYLE_DISPLAY, "inline-grid", HISHO_STYLE_BLOCK },
	{ HISHO_STYLE_DISPLAY, "flow-root", HISHO_STYLE_BLOCK },
	{ HISHO_STYLE_DISPLAY, "list-item", HISHO_STYLE_BLOCK },
	{ HISHO_STYLE_DISPLAY, "table-caption", HISHO_STYLE_BLOCK },
	{ HISHO_STYLE_DISPLAY, "-webkit-box", HISHO_STYLE_BLOCK },
	{ HISHO_STYLE_DISPLAY, "-webkit-flex", HISHO_STYLE_BLOCK },
	{ HISHO_STYLE_DISPLAY, "table", HISHO_STYLE_CELL },
	{ HISHO_STYLE_DISPLAY, "inline-table", HISHO_STYLE_CELL },
	{ HISHO_STYLE_DISPLAY, "table-cell", HISHO_STYLE_CELL },
	{ HISHO_STYLE_DISPLAY, "table-row", HISHO_STYLE_CELL },
	{ HISHO_STYLE_DISPLAY, "table-row-group", HISHO_STYLE_CELL },
	{ HISHO_STYLE_DISPLAY, "table-header-group", HISHO_STYLE_CELL },
	{ HISHO_STYLE_DISPLAY, "table-footer-group", HISHO_STYLE_CELL },
	{ HISHO_STYLE_VISIBILITY, "visible", 0 },
	{ HISHO_STYLE_VISIBILITY, "hidden", 1 },
	{ HISHO_STYLE_VISIBILITY, "collapse", 1 },
	{ HISHO_STYLE_CONTENT_VISIBILITY, "visible", 0 },
	{ HISHO_STYLE_CONTENT_VISIBILITY, "auto", 0 },
	{ HISHO_STYLE_CONTENT_VISIBILITY, "hidden", 1 },
	{ HISHO_STYLE_FLOAT, "none", 0 },
	{ HISHO_STYLE_FLOAT, "left", 1 },
	{ HISHO_STYLE_FLOAT, "right", 1 },
	{ HISHO_STYLE_FLOAT, "inline-start", 1 },
	{ HISHO_STYLE_FLOAT, "inline-end", 1 },
	{ HISHO_STYLE_POSITION, "static", 0 },
	{ HISHO_STYLE_POSITION, "relative", 1 },
	{ HISHO_STYLE_POSITION, "sticky", 1 },
	{ HISHO_STYLE_POSITION, "absolute", 2 },
	{ HISHO_STYLE_POSITION, "fixed", 2 },
	{ HISHO_STYLE_OVERFLOW_X, "visible", 0 },
	{ HISHO_STYLE_OVERFLOW_X, "hidden", 1 },
	{ HISHO_STYLE_OVERFLOW_X, "clip", 1 },
	{ HISHO_STYLE_OVERFLOW_X, "auto", 1 },
	{ HISHO_STYLE_OVERFLOW_X, "scroll", 1 },
	{ HISHO_STYLE_OVERFLOW_X, "overlay", 1 },
	{ HISHO_STYLE_BACKGROUND_CLIP, "border-box", 0 },
	{ HISHO_STYLE_BACKGROUND_CLIP, "padding-box", 0 },
	{ HISHO_STYLE_BACKGROUND_CLIP, "content-box", 0 },
	{ HISHO_STYLE_BACKGROUND_CLIP, "text", 1 },
};

bool
hisho_keyword_read(HishoStyleProperty property, const char *word, int *means)
{
	if (property == HISHO_STYLE_OVERFLOW_Y)
		property = HISHO_STYLE_OVERFLOW_X;
	for (size_t i = 0; i < G_N_ELEMENTS(keywords); i++) {
		if (keywords[i].property != property ||
		    strcmp(keywords[i].word, word) != 0)
			continue;
		*means = keywords[i].means;
		return true;
	}
	return false;
}
