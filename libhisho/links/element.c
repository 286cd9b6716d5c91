#include "libhisho/links/element.h"

#include <stdlib.h>
#include <string.h>

#define IS(flag) HISHO_ELEMENT_##flag

/* In the order of strcmp(). */
static const HishoElement elements[] = {
	{ "a", IS(FORMAT) | IS(ANCHOR), IS(ANCHOR) },
	{ "address", IS(BLOCK), IS(P) },
	{ "annotation-xml", IS(ISLAND), 0 },
	{ "area", IS(EMPTY), 0 },
	{ "article", IS(BLOCK), IS(P) },
	{ "aside", IS(BLOCK), IS(P) },
	{ "b", IS(FORMAT), 0 },
	{ "base", IS(EMPTY) | IS(IN_HEAD), 0 },
	{ "basefont", IS(EMPTY) | IS(IN_HEAD), 0 },
	{ "bgsound", IS(EMPTY) | IS(IN_HEAD), 0 },
	{ "big", IS(FORMAT), 0 },
	{ "blockquote", IS(BLOCK), IS(P) },
	{ "body", IS(BLOCK) | IS(PAGE), IS(HEAD) },
	{ "br", IS(EMPTY) | IS(BLOCK), 0 },
	{ "button", IS(WALL), 0 },
	{ "caption", IS(BLOCK) | IS(WALL), 0 },
	{ "center", IS(BLOCK), IS(P) },
	{ "code", IS(FORMAT), 0 },
	{ "col", IS(EMPTY), 0 },
	{ "dd", IS(BLOCK) | IS(TERM), IS(P) | IS(TERM) },
	{ "desc", IS(ISLAND), 0 },
	{ "dir", IS(BLOCK), IS(P) },
	{ "div", IS(BLOCK), IS(P) },
	{ "dl", IS(BLOCK) | IS(WALL), IS(P) },
	{ "dt", IS(BLOCK) | IS(TERM), IS(P) | IS(TERM) },
	{ "em", IS(FORMAT), 0 },
	{ "embed", IS(EMPTY), 0 },
	{ "fieldset", IS(BLOCK), IS(P) },
	{ "font", IS(FORMAT), 0 },
	{ "footer", IS(BLOCK), IS(P) },
	{ "foreignobject", IS(ISLAND), 0 },
	{ "form", IS(BLOCK), IS(P) },
	{ "frame", IS(EMPTY), 0 },
	{ "h1", IS(BLOCK), IS(P) },
	{ "h2", IS(BLOCK), IS(P) },
	{ "h3", IS(BLOCK), IS(P) },
	{ "h4", IS(BLOCK), IS(P) },
	{ "h5", IS(BLOCK), IS(P) },
	{ "h6", IS(BLOCK), IS(P) },
	{ "head", IS(BLOCK) | IS(IN_HEAD) | IS(HEAD) | IS(UNSEEN), 0 },
	{ "header", IS(BLOCK), IS(P) },
	{ "hr", IS(EMPTY) | IS(BLOCK), IS(P) },
	{ "html", IS(BLOCK) | IS(PAGE) | IS(IN_HEAD), 0 },
	{ "i", IS(FORMAT), 0 },
	{ "iframe", IS(UNSEEN), 0 },
	{ "image", IS(EMPTY), 0 },
	{ "img", IS(EMPTY), 0 },
	{ "input", IS(EMPTY), 0 },
	{ "li", IS(BLOCK) | IS(ITEM), IS(P) | IS(ITEM) },
	{ "link", IS(EMPTY) | IS(IN_HEAD), 0 },
	{ "main", IS(BLOCK), IS(P) },
	{ "map", 0, 0 },
	{ "marquee", IS(WALL), 0 },
	{ "math", IS(FOREIGN), 0 },
	{ "menu", IS(BLOCK) | IS(WALL), IS(P) },
	{ "meta", IS(EMPTY) | IS(IN_HEAD), 0 },
	{ "nav", IS(BLOCK), IS(P) },
	{ "nobr", IS(FORMAT), 0 },
	{ "noembed", IS(UNSEEN), 0 },
	{ "noframes", IS(UNSEEN) | IS(IN_HEAD), 0 },
	{ "noscript", IS(IN_HEAD), 0 },
	{ "object", IS(WALL), 0 },
	{ "ol", IS(BLOCK) | IS(WALL), IS(P) },
	{ "option", IS(BLOCK), 0 },
	{ "p", IS(BLOCK) | IS(P), IS(P) },
	{ "param", IS(EMPTY), 0 },
	{ "pre", IS(BLOCK), IS(P) },
	{ "s", IS(FORMAT), 0 },
	{ "script", IS(UNSEEN) | IS(IN_HEAD), 0 },
	{ "section", IS(BLOCK), IS(P) },
	{ "select", IS(BLOCK), 0 },
	{ "small", IS(FORMAT), 0 },
	{ "source", IS(EMPTY), 0 },
	{ "strike", IS(FORMAT), 0 },
	{ "strong", IS(FORMAT), 0 },
	{ "style", IS(UNSEEN) | IS(IN_HEAD), 0 },
	{ "svg", IS(FOREIGN), 0 },
	{ "table", IS(BLOCK) | IS(WALL) | IS(IN_TABLE) | IS(TABLE), 0 },
	{ "tbody", IS(BLOCK) | IS(IN_TABLE), IS(CELL) | IS(ROW) },
	{ "td", IS(BLOCK) | IS(WALL) | IS(IN_TABLE) | IS(CELL), IS(CELL) },
	{ "template", IS(UNSEEN) | IS(WALL) | IS(IN_HEAD), 0 },
	{ "textarea", IS(BLOCK), 0 },
	{ "tfoot", IS(BLOCK) | IS(IN_TABLE), IS(CELL) | IS(ROW) },
	{ "th", IS(BLOCK) | IS(WALL) | IS(IN_TABLE) | IS(CELL), IS(CELL) },
	{ "thead", IS(BLOCK) | IS(IN_TABLE), IS(CELL) | IS(ROW) },
	{ "title", IS(UNSEEN) | IS(IN_HEAD) | IS(ISLAND), 0 },
	{ "tr", IS(BLOCK) | IS(IN_TABLE) | IS(ROW), IS(CELL) | IS(ROW) },
	{ "track", IS(EMPTY), 0 },
	{ "tt", IS(FORMAT), 0 },
	{ "u", IS(FORMAT), 0 },
	{ "ul", IS(BLOCK) | IS(WALL), IS(P) },
	{ "wbr", IS(EMPTY), 0 },
	{ "xmp", IS(BLOCK), IS(P) },
};

static int
compare(const void *name, const void *element)
{
	return strcmp(name, ((const HishoElement *)element)->name);
}

const HishoElement *
hisho_element_find(const char *name)
{
	static const HishoElement plain = { "", 0, 0 };
	const HishoElement *known = bsearch(name, elements,
	    G_N_ELEMENTS(elements), sizeof elements[0], compare);

	return known != NULL ? known : &plain;
}
