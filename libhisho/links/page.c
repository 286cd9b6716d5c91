#include "libhisho/links/page.h"

#include <string.h>

#include "libhisho/links/anchor.h"
#include "libhisho/links/element.h"
#include "libhisho/links/form.h"
#include "libhisho/links/html.h"
#include "libhisho/links/imagemap.h"
#include "libhisho/links/run.h"
#include "libhisho/links/sight.h"
#include "libhisho/links/source.h"

#define BASE_BYTES 2048

/* Of a name in the place of a link, and of two with a dot between them. */
#define NAME_BYTES 32
#define PLACE_BYTES (2 * NAME_BYTES + 2)

/* One piece of HTML being read: a part, or a comment in it. */
typedef struct {
	HishoCatalog *catalog;
	HishoHtml *html;
	const char *reason; /* why nothing of it is shown, or NULL */
	const char *source;
	size_t origin;		/* of the piece in the part */
	const char *tag_reason; /* why the element of a tag is not shown */
	HishoSight *sight;
	HishoUrl *base; /* the part's */
	HishoRun *run;
	HishoAnchor *anchor;
	HishoImagemap *maps;
	gint64 form_fields; /* of the form being read */
	guint n_anchor;	    /* the anchor's number, 0 outside of one */
} Page;

static const char *
page_reason(const Page *page)
{
	return page->reason ? page->reason : hisho_sight_reason(page->sight);
}

/* Whether TEXT leaves no mark on a page. */
static bool
is_blank(const char *text, size_t length)
{
	for (size_t i = 0; i < length;) {
		gunichar c = g_utf8_get_char_validated(text + i, length - i);
		if (c >= 0x110000 ||
		    (c != 0 && !g_unichar_isspace(c) &&
			!g_unichar_iszerowidth(c)))
			return false;
		i += c != 0 ? g_unichar_to_utf8(c, NULL) : 1;
	}
	return true;
}

/* Ends the anchors whose elements have ended, by whichever tag. */
static void
follow_anchor(Page *page)
{
	guint n_anchor = hisho_sight_anchor(page->sight);
	guint last;

	if (n_anchor == page->n_anchor)
		return;
	while ((last = hisho_anchor_last(page->anchor)) > 0 &&
	    !hisho_sight_has_anchor(page->sight, last))
		hisho_anchor_end(page->anchor);
	hisho_anchor_enter(page->anchor, n_anchor);
	page->n_anchor = n_anchor;
}

static void
read_text(Page *page, const HishoHtmlToken *token)
{
	bool blank = is_blank(token->text, token->text_length);

	if (!blank) {
		hisho_sight_meet_text(page->sight);
		follow_anchor(page);
	}
	const HishoStretch from = {
		.offset = page->origin + token->offset,
		.reason = page_reason(page),
		.anchor = hisho_anchor_link(page->anchor),
		.in_anchor = hisho_anchor_is_open(page->anchor),
		.is_hidden = hisho_sight_reason(page->sight) != NULL,
	};
	if (!blank)
		hisho_anchor_show(page->anchor, from.reason);
	hisho_anchor_add_text(page->anchor, token->text, token->text_length);
	hisho_run_add(page->run, &from, token->text, token->text_length);
}

static void
add_plain_source(
    Page *page, const HishoHtmlToken *tag, const HishoCandidate *candidate)
{
	HishoLink *link = hisho_catalog_add(page->catalog, candidate);
	bool click = strcmp(candidate->kind, "click") == 0;

	if (!click)
		return;
	if (strcmp(tag->name, "area") == 0) {
		if (link != NULL && page->reason == NULL)
			hisho_imagemap_add_area(page->maps, link);
		return;
	}
	if (!hisho_anchor_is_open(page->anchor))
		hisho_anchor_open(page->anchor, link, page->n_anchor);
}

/* Writes "tag.attribute" to WHERE, of each name as much as tells it apart. */
static void
name_place(char where[PLACE_BYTES], const HishoHtmlToken *tag,
    const HishoHtmlAttribute *attribute)
{
	g_strlcpy(where, tag->name, NAME_BYTES + 1);
	size_t length = strlen(where);
	where[length++] = '.';
	g_strlcpy(where + length, attribute->name, NAME_BYTES + 1);
}

/* Takes what one attribute of TAG holds. */
static void
read_attribute(
    Page *page, const HishoHtmlToken *tag, const HishoHtmlAttribute *attribute)
{
	char where[PLACE_BYTES];
	HishoCandidate candidate = {
		.text = attribute->value,
		.length = attribute->value_length,
		.base = page->base,
		.kind = "resource",
		.where = where,
		.offset = page->origin + attribute->offset,
		.reason = page->tag_reason,
	};
	const char *kind = hisho_source_kind(tag->name, attribute->name);

	name_place(where, tag, attribute);
	if (kind == NULL) {
		hisho_source_add_inner(
		    page->catalog, tag, attribute, &candidate);
		return;
	}
	candidate.kind = kind;
	add_plain_source(page, tag, &candidate);
}

/* A base is read again for each link that leans on it; one of megabytes
 * would take the time of all others. */
static void
set_base(Page *page, const HishoHtmlToken *tag)
{
	const char *href = hisho_html_attribute(tag, "href");

	if (page->base == NULL && page->reason == NULL && href != NULL)
		page->base =
		    hisho_url_parse(href, MIN(strlen(href), BASE_BYTES), NULL);
	page->run->base = page->base;
}

static void
note_form(Page *page, const HishoHtmlToken *tag)
{
	HishoLinksFound *found = page->catalog->found;
	HishoFormField field = hisho_form_field(tag);

	if (strcmp(tag->name, "form") == 0) {
		found->has_form = true;
		page->form_fields = 0;
	}
	if (field == HISHO_FORM_SECRET)
		found->has_password_input = true;
	page->form_fields += field != HISHO_FORM_NO_FIELD;
	found->form_fields = MAX(found->form_fields, page->form_fields);
}

static void
note_element(Page *page, const HishoHtmlToken *tag)
{
	/* What a data: URL brings is shown in the end. */
	if (g_strcmp0(page->reason, "comment") != 0)
		note_form(page, tag);
	if (strcmp(tag->name, "base") == 0)
		set_base(page, tag);
	hisho_imagemap_note_tag(page->maps, tag, page->tag_reason == NULL);
	if (hisho_sight_tag_shows(page->sight) &&
	    !hisho_html_attribute_is(tag, "type", "hidden"))
		hisho_anchor_show(page->anchor, page->tag_reason);
	if (strcmp(tag->name, "style") == 0)
		page->run->kind = HISHO_RUN_STYLE;
	else if (strcmp(tag->name, "script") == 0)
		page->run->kind = HISHO_RUN_SCRIPT;
}

/* Ends the run of text where the tag of an element with FLAGS does. */
static void
end_run(Page *page, guint flags)
{
	const guint ending =
	    HISHO_ELEMENT_BLOCK | HISHO_ELEMENT_UNSEEN | HISHO_ELEMENT_ANCHOR;

	if (flags & ending || page->run->kind != HISHO_RUN_PROSE)
		hisho_run_end(page->run);
	page->run->kind = HISHO_RUN_PROSE;
	if (!(flags & HISHO_ELEMENT_BLOCK) || !page->run->is_shown)
		return;
	if (flags & HISHO_ELEMENT_EMPTY)
		hisho_shown_end_line(page->catalog->shown);
	else
		hisho_shown_end_paragraph(page->catalog->shown);
}

static void
read_start_tag(Page *page, const HishoHtmlToken *tag)
{
	guint flags = hisho_element_find(tag->name)->flags;

	end_run(page, flags);
	hisho_sight_open(page->sight, tag);
	page->tag_reason =
	    page->reason ? page->reason : hisho_sight_tag_reason(page->sight);
	follow_anchor(page);
	for (size_t i = 0; i < tag->n_attributes; i++)
		read_attribute(page, tag, &tag->attributes[i]);
	note_element(page, tag);
	hisho_html_set_foreign(page->html, hisho_sight_is_alien(page->sight));
}

static void
read_end_tag(Page *page, const HishoHtmlToken *tag)
{
	guint flags = hisho_element_find(tag->name)->flags;

	end_run(page, flags);
	hisho_sight_close(page->sight, tag->name);
	follow_anchor(page);
	hisho_html_set_foreign(page->html, hisho_sight_is_alien(page->sight));
}

static void read_page(Page *page, const char *html, size_t length);

/* What stands in a comment is read as markup nobody sees; some programs do
 * see conditional ones.  A comment holds no further one. */
static void
read_comment(Page *page, const HishoHtmlToken *token)
{
	bool is_condition = token->text_length > 3 &&
	    g_ascii_strncasecmp(token->text, "[if", 3) == 0;
	Page inner = {
		.catalog = page->catalog,
		.reason = is_condition ? "conditional" : "comment",
		.origin = page->origin + (token->text - page->source),
		.base = page->base,
	};

	if (page->reason == NULL && token->text_length > 0)
		read_page(&inner, token->text, token->text_length);
}

static void
read_token(Page *page, const HishoHtmlToken *token)
{
	switch (token->kind) {
	case HISHO_HTML_TEXT:
		read_text(page, token);
		break;
	case HISHO_HTML_START_TAG:
		read_start_tag(page, token);
		break;
	case HISHO_HTML_END_TAG:
		read_end_tag(page, token);
		break;
	case HISHO_HTML_COMMENT:
		read_comment(page, token);
		break;
	case HISHO_HTML_DOCTYPE:
		hisho_sight_note_doctype(page->sight);
		break;
	}
}

/* A tag that never ends is none, and lost with all that stands in it; but
 * there are programs that look for links without reading tags. */
static void
read_rest(Page *page, const char *html, size_t length)
{
	size_t at = MIN(hisho_html_rest(page->html), length);
	const HishoStretch from = {
		.offset = page->origin + at,
		.reason = page->reason ? page->reason : "unfinished",
		.is_hidden = true,
	};

	page->run->kind = HISHO_RUN_PROSE;
	page->run->is_disabled = true;
	hisho_run_add(page->run, &from, html + at, length - at);
	hisho_run_end(page->run);
}

static void
read_page(Page *page, const char *html, size_t length)
{
	g_autoptr(HishoHtml) tokens = hisho_html_new(html, length);
	g_autoptr(HishoSight) sight = hisho_sight_new(html, length);
	g_autoptr(HishoRun) run = hisho_run_new(page->catalog);
	g_autoptr(HishoAnchor) anchor = hisho_anchor_new();
	g_autoptr(HishoImagemap) maps = hisho_imagemap_new();
	const HishoHtmlToken *token;

	page->html = tokens;
	page->source = html;
	page->sight = sight;
	page->run = run;
	page->anchor = anchor;
	page->maps = maps;
	run->base = page->base;
	run->is_disabled = page->reason != NULL;
	run->is_shown =
	    page->reason == NULL || strcmp(page->reason, "attachment") == 0;
	while ((token = hisho_html_next(tokens)) != NULL)
		read_token(page, token);
	hisho_run_end(run);
	read_rest(page, html, length);
	while (hisho_anchor_last(anchor) > 0)
		hisho_anchor_end(anchor);
	hisho_imagemap_end(maps);
	page->catalog->found->limit_reached |=
	    hisho_sight_limit_reached(page->sight);
	if (!hisho_html_limit_reached(tokens))
		return;
	page->catalog->found->limit_reached = true;
	hisho_further_read_html(page->catalog->further, html, length);
}

void
hisho_page_read(HishoCatalog *catalog, const char *html, size_t length)
{
	const HishoNested *within = catalog->within;
	Page page = { .catalog = catalog };

	if (within != NULL) {
		page.reason = within->reason;
		page.origin = within->offset;
	}
	read_page(&page, html, length);
	hisho_url_free(page.base);
}
