#include "libhisho/links/tag.h"

#include <string.h>

#include "libhisho/links/entity.h"

/* Real mail has some 40 at most.  A new name is compared with all before it,
 * which stays cheap up to here. */
#define ATTRIBUTES_MAX 1000

/* An attribute while its tag is read: places in the arena, which moves. */
typedef struct {
	size_t name;
	size_t value;
	size_t value_length;
	size_t offset;
} Draft;

struct HishoTag {
	GString *arena;	     /* names and values of one tag */
	GString *normalized; /* one value, its line ends and NULs mended */
	guint n_seen;	     /* attributes of the tag, duplicates too */
	bool limit_reached;
	GArray *drafts;
	GArray *hashes; /* of the names, to tell duplicates fast */
	GArray *attributes;
};

HishoTag *
hisho_tag_new(void)
{
	HishoTag *tag = g_new0(HishoTag, 1);

	tag->arena = g_string_new(NULL);
	tag->normalized = g_string_new(NULL);
	tag->drafts = g_array_new(FALSE, FALSE, sizeof(Draft));
	tag->hashes = g_array_new(FALSE, FALSE, sizeof(guint));
	tag->attributes = g_array_new(FALSE, FALSE, sizeof(HishoHtmlAttribute));
	return tag;
}

void
hisho_tag_free(HishoTag *tag)
{
	if (tag == NULL)
		return;
	g_string_free(tag->arena, TRUE);
	g_string_free(tag->normalized, TRUE);
	g_array_unref(tag->drafts);
	g_array_unref(tag->hashes);
	g_array_unref(tag->attributes);
	g_free(tag);
}

bool
hisho_tag_limit_reached(const HishoTag *tag)
{
	return tag->limit_reached;
}

/* Appends a name in lower case; the place where it begins in the arena. */
static size_t
keep_name(HishoTag *tag, const char *name, size_t length)
{
	size_t place = tag->arena->len;

	for (size_t i = 0; i < length; i++)
		if (name[i] == '\0')
			g_string_append(tag->arena, HISHO_SCAN_REPLACEMENT);
		else
			g_string_append_c(tag->arena, g_ascii_tolower(name[i]));
	g_string_append_c(tag->arena, '\0');
	return place;
}

/* NUL to U+FFFD, CR and CRLF to LF (13.2.3.5); only where there are any. */
static void
normalize(GString *out, const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (text[i] == '\0')
			g_string_append(out, HISHO_SCAN_REPLACEMENT);
		else if (text[i] != '\r')
			g_string_append_c(out, text[i]);
		else if (i + 1 == length || text[i + 1] != '\n')
			g_string_append_c(out, '\n');
}

static void
keep_value(HishoTag *tag, Draft *draft, const char *value, size_t length)
{
	if (memchr(value, '\r', length) || memchr(value, '\0', length)) {
		g_string_truncate(tag->normalized, 0);
		normalize(tag->normalized, value, length);
		value = tag->normalized->str;
		length = tag->normalized->len;
	}
	draft->value = tag->arena->len;
	hisho_entity_append_decoded(
	    tag->arena, value, length, HISHO_ENTITY_IN_ATTRIBUTE);
	draft->value_length = tag->arena->len - draft->value;
	g_string_append_c(tag->arena, '\0');
}

/* Whether the tag has no attribute of this name yet; remembers it. */
static bool
is_new_name(HishoTag *tag, size_t place)
{
	const char *name = tag->arena->str + place;
	guint hash = g_str_hash(name);
	const guint *hashes = (const guint *)(const void *)tag->hashes->data;

	for (guint i = 0; i < tag->hashes->len; i++) {
		const Draft *other = &g_array_index(tag->drafts, Draft, i);
		if (hashes[i] == hash &&
		    strcmp(tag->arena->str + other->name, name) == 0)
			return false;
	}
	g_array_append_val(tag->hashes, hash);
	return true;
}

/* The value after '=' (13.2.5.35 to 38), as written, and its end. */
static const char *
read_value(HishoScan *scan, size_t *length)
{
	hisho_scan_skip_space(scan);
	const char *text = scan->text + scan->at;
	size_t left = scan->length - scan->at;
	bool quoted = left > 0 && (*text == '"' || *text == '\'');

	if (quoted) {
		const char *end = memchr(text + 1, *text, left - 1);
		*length = end ? (size_t)(end - text) - 1 : left - 1;
		scan->at += *length + (end ? 2 : 1);
		return text + 1;
	}
	*length = 0;
	while (*length < left && !hisho_scan_is_space(text[*length]) &&
	    text[*length] != '>')
		++*length;
	scan->at += *length;
	return text;
}

/* One attribute (13.2.5.32 to 39).  '=' may begin a name. */
static void
read_attribute(HishoTag *tag, HishoScan *scan)
{
	size_t start = scan->at++;
	const char *name = scan->text + start;
	const char *value = NULL;
	size_t value_length = 0;

	while (scan->at < scan->length && scan->text[scan->at] != '=' &&
	    !hisho_scan_ends_name(scan->text[scan->at]))
		scan->at++;
	size_t name_length = scan->at - start;
	hisho_scan_skip_space(scan);
	if (scan->at < scan->length && scan->text[scan->at] == '=') {
		scan->at++;
		value = read_value(scan, &value_length);
	}
	if (tag->n_seen++ >= ATTRIBUTES_MAX) {
		tag->limit_reached = true;
		return;
	}
	Draft draft = { .offset = (value ? value : name) - scan->text };
	draft.name = keep_name(tag, name, name_length);
	if (!is_new_name(tag, draft.name)) {
		g_string_truncate(tag->arena, draft.name);
		return;
	}
	keep_value(tag, &draft, value ? value : "", value_length);
	g_array_append_val(tag->drafts, draft);
}

static void
publish_attributes(HishoTag *tag, HishoHtmlToken *token)
{
	const char *arena = tag->arena->str;

	g_array_set_size(tag->attributes, 0);
	for (guint i = 0; i < tag->drafts->len; i++) {
		const Draft *draft = &g_array_index(tag->drafts, Draft, i);
		HishoHtmlAttribute attribute = {
			.name = arena + draft->name,
			.value = arena + draft->value,
			.value_length = draft->value_length,
			.offset = draft->offset,
		};
		g_array_append_val(tag->attributes, attribute);
	}
	token->attributes =
	    (const HishoHtmlAttribute *)(const void *)tag->attributes->data;
	token->n_attributes = tag->attributes->len;
}

bool
hisho_tag_read(HishoTag *tag, HishoScan *scan, HishoHtmlKind kind, size_t start)
{
	size_t name = scan->at;
	bool self_closing = false;

	g_string_truncate(tag->arena, 0);
	tag->n_seen = 0;
	g_array_set_size(tag->drafts, 0);
	g_array_set_size(tag->hashes, 0);
	while (scan->at < scan->length &&
	    !hisho_scan_ends_name(scan->text[scan->at]))
		scan->at++;
	keep_name(tag, scan->text + name, scan->at - name);
	for (;;) {
		hisho_scan_skip_space(scan);
		if (scan->at == scan->length)
			return false;
		char c = scan->text[scan->at];
		if (c == '>')
			break;
		self_closing = c == '/';
		if (self_closing)
			scan->at++;
		else
			read_attribute(tag, scan);
	}
	self_closing = scan->text[scan->at - 1] == '/' && self_closing;
	scan->at++;
	HishoHtmlToken *token = hisho_scan_set_token(scan, kind, start);
	token->name = tag->arena->str;
	token->self_closing = self_closing;
	publish_attributes(tag, token);
	return true;
}

const char *
hisho_tag_keep_name(HishoTag *tag, const char *name, size_t length)
{
	g_string_truncate(tag->arena, 0);
	keep_name(tag, name, length);
	return tag->arena->str;
}
