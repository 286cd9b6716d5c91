/* gumbo-links - what gumbo sees in mails and hisho does not list
 *
 * Reads the mails named and takes each HTML part twice: as a tree by gumbo,
 * whose href, src and action attributes count, and by links/.  The two know
 * nothing of each other: they meet at the place where a value is written.
 * Writes what is missing and, at the end, how many there were. */
#include <gumbo.h>
#include <stdio.h>
#include <string.h>

#include "libhisho/links/links.h"
#include "libhisho/links/scan.h"
#include "libhisho/links/url.h"
#include "libhisho/mail/message.h"

typedef struct {
	const char *file;
	const char *html;
	GHashTable *links; /* of HishoLink, by offset */
	size_t n_seen;
	size_t n_missing;
} Part;

static bool
is_source(const GumboAttribute *attribute)
{
	static const char *const names[] = { "href", "src", "action" };

	for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
		if (strcmp(attribute->name, names[i]) == 0)
			return true;
	return false;
}

/* Whether VALUE is a link, and not a place or a part of this same mail. */
static bool
leads_out(const char *value)
{
	g_autoptr(HishoUrl) url = hisho_url_parse(value, strlen(value), NULL);

	return url != NULL && *value != '#' &&
	    hisho_url_scheme(url) != HISHO_URL_CID;
}

/* Whether LINK is what VALUE says; a relative one depends on its base.  Where
 * gumbo, in its age, has U+FFFD for "&#1;" and its like, the place tells. */
static bool
is_same(const HishoLink *link, const char *value)
{
	if (strstr(value, HISHO_SCAN_REPLACEMENT) != NULL)
		return true;
	g_autoptr(HishoUrl) url = hisho_url_parse(value, strlen(value), NULL);
	g_autofree char *text = hisho_url_dup_text(url);

	return hisho_scheme_length(value) == 0 || strcmp(text, link->url) == 0;
}

static void
check_attribute(Part *part, const GumboAttribute *attribute)
{
	const char *written = attribute->original_value.data;

	if (!is_source(attribute) || !leads_out(attribute->value) ||
	    written == NULL)
		return;
	size_t offset = (size_t)(written - part->html);
	offset += *written == '"' || *written == '\'';
	const HishoLink *link =
	    g_hash_table_lookup(part->links, GSIZE_TO_POINTER(offset + 1));
	part->n_seen++;
	if (link != NULL && is_same(link, attribute->value))
		return;
	part->n_missing++;
	printf("missing: %s: at %zu, %s '%.200s'%s%s\n", part->file, offset,
	    attribute->name, attribute->value, link ? ", but " : "",
	    link ? link->url : "");
}

static const GumboVector *
check_node(Part *part, const GumboNode *node)
{
	if (node->type == GUMBO_NODE_DOCUMENT)
		return &node->v.document.children;
	if (node->type != GUMBO_NODE_ELEMENT &&
	    node->type != GUMBO_NODE_TEMPLATE)
		return NULL;
	for (unsigned i = 0; i < node->v.element.attributes.length; i++)
		check_attribute(part, node->v.element.attributes.data[i]);
	return &node->v.element.children;
}

/* All of the tree, without recursion: its depth is the mail's to choose. */
static void
check_tree(Part *part, GumboNode *root)
{
	g_autoptr(GPtrArray) open = g_ptr_array_new();

	g_ptr_array_add(open, root);
	while (open->len > 0) {
		const GumboNode *node =
		    g_ptr_array_steal_index_fast(open, open->len - 1);
		const GumboVector *children = check_node(part, node);
		for (unsigned i = 0; children && i < children->length; i++)
			g_ptr_array_add(open, children->data[i]);
	}
}

static void
check_html(Part *part, size_t length)
{
	HishoLimits limits = HISHO_LIMITS_DEFAULT;
	limits.links = G_MAXUINT;
	g_autoptr(HishoLinks) links = hisho_links_new(&limits);
	g_autoptr(GHashTable) at = g_hash_table_new(NULL, NULL);
	GumboOutput *output =
	    gumbo_parse_with_options(&kGumboDefaultOptions, part->html, length);

	hisho_links_add_html(links, part->html, length);
	const HishoLinksFound *found = hisho_links_found(links);
	for (guint i = 0; i < found->links->len; i++) {
		HishoLink *link = found->links->pdata[i];
		/* Where a link leads on stands at the same offset. */
		if (strcmp(link->kind, "text") != 0 &&
		    strcmp(link->kind, "redirect") != 0)
			g_hash_table_insert(
			    at, GSIZE_TO_POINTER(link->offset + 1), link);
	}
	part->links = at;
	check_tree(part, output->document);
	gumbo_destroy_output(&kGumboDefaultOptions, output);
}

static void
check_mail(Part *part, const char *data, gsize size)
{
	static const HishoLimits limits = HISHO_LIMITS_DEFAULT;
	g_autoptr(GBytes) mail = g_bytes_new(data, size);
	g_autoptr(HishoWire) wire = hisho_wire_new(mail, &limits);
	g_autoptr(HishoMessage) message = hisho_message_parse(wire, &limits);

	for (guint i = 0; i < hisho_message_n_parts(message); i++) {
		const HishoPart *mime = hisho_message_part(message, i);
		if (!mime->is_leaf || strcmp(mime->type, "text/html") != 0)
			continue;
		g_autofree char *html =
		    hisho_message_dup_text(message, i, limits.html_bytes, NULL);
		part->html = html;
		check_html(part, strlen(html));
	}
}

int
main(int argc, char *argv[])
{
	Part part = { 0 };

	for (int i = 1; i < argc; i++) {
		g_autofree char *data = NULL;
		gsize size;
		part.file = argv[i];
		if (!g_file_get_contents(argv[i], &data, &size, NULL))
			return 1;
		check_mail(&part, data, size);
	}
	printf("seen %zu, missing %zu\n", part.n_seen, part.n_missing);
	return fflush(stdout) == 0 ? 0 : 1;
}
