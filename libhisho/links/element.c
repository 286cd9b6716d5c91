#include "libhisho/links/element.h"

#include <string.h>

#define IS(flag) HISHO_ELEMENT_##flag

/* In the order of strcmp(). */
static const HishoElement elements[] = {
	{ "a", IS(FORMAT) | IS(ANCHOR), IS(FORMAT) },
	{ "address", IS(BLOCK) | IS(DIVISION), IS(P) },
	{ "annotation-xml", IS(ISLAND), 0 },
	{ "applet", IS(WALL) | IS(MARKER) | IS(BOX), 0 },
	{ "area", IS(EMPTY), 0 },
	{ "article", IS(BLOCK), IS(P) },
	{ "aside", IS(BLOCK), IS(P) },
	{ "audio", IS(UNSEEN) | IS(IMAGE), 0 },
	{ "b", IS(FORMAT), 0 },
	{ "base", IS(EMPTY) | IS(IN_HEAD), 0 },
	{ "basefont", IS(EMPTY) | IS(IN_HEAD), 0 },
	{ "bgsound", IS(EMPTY) | IS(IN_HEAD), 0 },
	{ "big", IS(FORMAT), 0 },
	{ "blockquote", IS(BLOCK), IS(P) },
	{ "body", IS(BLOCK) | IS(PAGE), 0 },
	{ "br", IS(EMPTY) | IS(BLOCK), 0 },
	{ "button", IS(BUTTON) | IS(BOX), IS(BUTTON) },
	{ "canvas", IS(UNSEEN) | IS(IMAGE), 0 },
	{ "caption", IS(BLOCK) | IS(WALL) | IS(MARKER) | IS(IN_TABLE), 0 },
	{ "center", IS(BLOCK), IS(P) },
	{ "code", IS(FORMAT), 0 },
	{ "col", IS(EMPTY) | IS(IN_TABLE), 0 },
	{ "colgroup", IS(BLOCK) | IS(IN_TABLE), 0 },
	{ "datalist", IS(UNSEEN), 0 },
	{ "dd", IS(BLOCK) | IS(TERM), IS(P) | IS(TERM) },
	{ "desc", IS(ISLAND), 0 },
	{ "details", IS(BLOCK), IS(P) },
	{ "dialog", IS(BLOCK), IS(P) },
	{ "dir", IS(BLOCK), IS(P) },
	{ "div", IS(BLOCK) | IS(DIVISION), IS(P) },
	{ "dl", IS(BLOCK), IS(P) },
	{ "dt", IS(BLOCK) | IS(TERM), IS(P) | IS(TERM) },
	{ "em", IS(FORMAT), 0 },
	{ "embed", IS(EMPTY) | IS(IMAGE), 0 },
	{ "fieldset", IS(BLOCK), IS(P) },
	{ "figcaption", IS(BLOCK), IS(P) },
	{ "figure", IS(BLOCK), IS(P) },
	{ "font", IS(FORMAT), 0 },
	{ "footer", IS(BLOCK), IS(P) },
	{ "foreignobject", IS(ISLAND), 0 },
	{ "form", IS(BLOCK) | IS(FORM), IS(P) },
	{ "frame", IS(EMPTY), 0 },
	{ "frameset", IS(BLOCK), 0 },
	{ "h1", IS(BLOCK) | IS(HEADING), IS(P) | IS(HEADING) },
	{ "h2", IS(BLOCK) | IS(HEADING), IS(P) | IS(HEADING) },
	{ "h3", IS(BLOCK) | IS(HEADING), IS(P) | IS(HEADING) },
	{ "h4", IS(BLOCK) | IS(HEADING), IS(P) | IS(HEADING) },
	{ "h5", IS(BLOCK) | IS(HEADING), IS(P) | IS(HEADING) },
	{ "h6", IS(BLOCK) | IS(HEADING), IS(P) | IS(HEADING) },
	{ "head", IS(BLOCK) | IS(IN_HEAD) | IS(HEAD) | IS(UNSEEN), 0 },
	{ "header", IS(BLOCK), IS(P) },
	{ "hgroup", IS(BLOCK), IS(P) },
	{ "hr", IS(EMPTY) | IS(BLOCK) | IS(IMAGE), IS(P) },
	{ "html", IS(BLOCK) | IS(PAGE) | IS(IN_HEAD), 0 },
	{ "i", IS(FORMAT), 0 },
	{ "iframe", IS(UNSEEN) | IS(IMAGE), 0 },
	{ "image", IS(EMPTY) | IS(IMAGE), 0 },
	{ "img", IS(EMPTY) | IS(IMAGE), 0 },
	{ "input", IS(EMPTY) | IS(IMAGE), 0 },
	{ "li", IS(BLOCK) | IS(ITEM), IS(P) | IS(ITEM) },
	{ "link", IS(EMPTY) | IS(IN_HEAD), 0 },
	{ "listing", IS(BLOCK), IS(P) },
	{ "main", IS(BLOCK), IS(P) },
	{ "map", 0, 0 },
	{ "marquee", IS(WALL) | IS(MARKER) | IS(BOX), 0 },
	{ "math", IS(FOREIGN), 0 },
	{ "menu", IS(BLOCK) | IS(LIST), IS(P) },
	{ "meta", IS(EMPTY) | IS(IN_HEAD), 0 },
	{ "meter", IS(UNSEEN) | IS(IMAGE), 0 },
	{ "nav", IS(BLOCK), IS(P) },
	{ "nobr", IS(FORMAT), IS(FORMAT) },
	{ "noembed", IS(UNSEEN), 0 },
	{ "noframes", IS(UNSEEN) | IS(IN_HEAD), 0 },
	{ "noscript", IS(IN_HEAD), 0 },
	{ "object", IS(WALL) | IS(MARKER) | IS(BOX), 0 },
	{ "ol", IS(BLOCK) | IS(LIST), IS(P) },
	{ "optgroup", IS(BLOCK), IS(OPTION) },
	{ "option", IS(BLOCK) | IS(OPTION), IS(OPTION) },
	{ "p", IS(BLOCK) | IS(P) | IS(DIVISION), IS(P) },
	{ "param", IS(EMPTY), 0 },
	{ "plaintext", IS(BLOCK), IS(P) },
	{ "pre", IS(BLOCK), IS(P) },
	{ "progress", IS(UNSEEN) | IS(IMAGE), 0 },
	{ "rp", IS(UNSEEN), 0 },
	{ "s", IS(FORMAT), 0 },
	{ "script", IS(UNSEEN) | IS(IN_HEAD), 0 },
	{ "search", IS(BLOCK), IS(P) },
	{ "section", IS(BLOCK), IS(P) },
	{ "select", IS(BLOCK) | IS(BOX), 0 },
	{ "small", IS(FORMAT), 0 },
	{ "source", IS(EMPTY), 0 },
	{ "strike", IS(FORMAT), 0 },
	{ "strong", IS(FORMAT), 0 },
	{ "style", IS(UNSEEN) | IS(IN_HEAD), 0 },
	{ "summary", IS(BLOCK) | IS(SUMMARY), IS(P) },
	{ "svg", IS(FOREIGN) | IS(IMAGE), 0 },
	{ "table", IS(BLOCK) | IS(WALL) | IS(TABLE), IS(P) },
	{ "tbody", IS(BLOCK) | IS(IN_TABLE) | IS(ROWS), 0 },
	{ "td", IS(BLOCK) | IS(WALL) | IS(MARKER) | IS(IN_TABLE) | IS(CELL),
	    0 },
	{ "template", IS(UNSEEN) | IS(WALL) | IS(MARKER) | IS(IN_HEAD), 0 },
	{ "textarea", IS(BLOCK) | IS(BOX), 0 },
	{ "tfoot", IS(BLOCK) | IS(IN_TABLE) | IS(ROWS), 0 },
	{ "th", IS(BLOCK) | IS(WALL) | IS(MARKER) | IS(IN_TABLE) | IS(CELL),
	    0 },
	{ "thead", IS(BLOCK) | IS(IN_TABLE) | IS(ROWS), 0 },
	{ "title", IS(UNSEEN) | IS(IN_HEAD) | IS(ISLAND), 0 },
	{ "tr", IS(BLOCK) | IS(IN_TABLE) | IS(ROW), 0 },
	{ "track", IS(EMPTY), 0 },
	{ "tt", IS(FORMAT), 0 },
	{ "u", IS(FORMAT), 0 },
	{ "ul", IS(BLOCK) | IS(LIST), IS(P) },
	{ "video", IS(UNSEEN) | IS(IMAGE), 0 },
	{ "wbr", IS(EMPTY), 0 },
	{ "xmp", IS(BLOCK), IS(P) },
};

/* Where in the table the names begin that begin with each letter; made once. */
static const guint8 *
places_by_letter(void)
{
	static guint8 places[256];
	static gsize is_made;

	if (!g_once_init_enter(&is_made))
		return places;
	for (size_t i = G_N_ELEMENTS(elements); i-- > 0;)
		places[(guchar)elements[i].name[0]] = (guint8)i;
	g_once_init_leave(&is_made, 1);
	return places;
}

const HishoElement *
hisho_element_find(const char *name)
{
	static const HishoElement plain = { "", 0, 0 };

	for (size_t i = places_by_letter()[(guchar)name[0]];
	     i < G_N_ELEMENTS(elements) && elements[i].name[0] == name[0]; i++)
		if (elements[i].name[1] == name[1] &&
		    strcmp(elements[i].name, name) == 0)
			return &elements[i];
	return &plain;
}
