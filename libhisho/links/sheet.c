#include "libhisho/links/sheet.h"

#include <string.h>

#include "libhisho/links/rules.h"

#define CSS_BYTES (512 << 10) /* of all style elements */
#define NAMES_MAX 32	      /* of one element */
#define STEPS_MAX 10000000

struct HishoSheet {
	HishoRules *rules;
	size_t n_steps;
	bool limit_reached;
};

/* A page being read for its style elements. */
typedef struct {
	HishoRules *rules;
	GString *text; /* of the style that is open */
	char *media;   /* of that style, or NULL when none is */
	size_t n_bytes;
	guint n_templates;
	bool has_doctype;
	bool limit_reached;
} Reading;

/* How much of HTML has to be read to know its style elements. */
static size_t
find_last_style(const char *html, size_t length)
{
	size_t left = length;
	const char *at;

	while ((at = memrchr(html, '<', left)) != NULL) {
		left = (size_t)(at - html);
		if (length - left > 6 &&
		    g_ascii_strncasecmp(at, "<style", 6) == 0)
			return left + 6;
	}
	return 0;
}

static void
end_style(Reading *reading)
{
	if (reading->media == NULL)
		return;
	if (reading->rules == NULL)
		reading->rules = hisho_rules_new(!reading->has_doctype);
	hisho_rules_read(reading->rules, reading->text->str, reading->text->len,
	    reading->media);
	g_clear_pointer(&reading->media, g_free);
	g_string_truncate(reading->text, 0);
}

static void
begin_style(Reading *reading, const HishoHtmlToken *tag)
{
	const char *type = hisho_html_attribute(tag, "type");
	const char *media = hisho_html_attribute(tag, "media");

	if (reading->n_templates > 0 ||
	    (type != NULL && *type != '\0' &&
		g_ascii_strcasecmp(type, "text/css") != 0))
		return;
	reading->media = g_strndup(media ? media : "", 1024);
}

static void
add_text(Reading *reading, const HishoHtmlToken *token)
{
	size_t room = CSS_BYTES - reading->n_bytes;

	if (reading->media == NULL)
		return;
	if (token->text_length > room)
		reading->limit_reached = true;
	room = MIN(room, token->text_length);
	g_string_append_len(reading->text, token->text, (gssize)room);
	reading->n_bytes += room;
}

static void
read_token(Reading *reading, const HishoHtmlToken *token)
{
	bool is_start = token->kind == HISHO_HTML_START_TAG;

	if (token->kind == HISHO_HTML_TEXT) {
		add_text(reading, token);
	} else if (token->kind == HISHO_HTML_DOCTYPE) {
		reading->has_doctype = true;
	} else if (token->kind == HISHO_HTML_COMMENT) {
		return;
	} else if (strcmp(token->name, "template") == 0) {
		if (is_start)
			reading->n_templates++;
		else if (reading->n_templates > 0)
			reading->n_templates--;
	} else if (strcmp(token->name, "style") == 0) {
		end_style(reading);
		if (is_start)
			begin_style(reading, token);
	}
}

HishoSheet *
hisho_sheet_read(const char *html, size_t length)
{
	size_t last = find_last_style(html, length);

	if (last == 0)
		return NULL;
	g_autoptr(HishoHtml) tokens = hisho_html_new(html, length);
	g_autoptr(GString) text = g_string_new(NULL);
	const HishoHtmlToken *token;
	Reading reading = { .text = text };
	while ((token = hisho_html_next(tokens)) != NULL) {
		read_token(&reading, token);
		if (token->offset >= last && reading.media == NULL)
			break;
	}
	end_style(&reading);
	if (reading.rules == NULL)
		return NULL;
	HishoSheet *sheet = g_new0(HishoSheet, 1);
	sheet->rules = reading.rules;
	sheet->limit_reached =
	    reading.limit_reached || sheet->rules->limit_reached;
	return sheet;
}

void
hisho_sheet_free(HishoSheet *sheet)
{
	if (sheet == NULL)
		return;
	hisho_rules_free(sheet->rules);
	g_free(sheet);
}

bool
hisho_sheet_has_views(const HishoSheet *sheet)
{
	return sheet->rules->has_views;
}

bool
hisho_sheet_limit_reached(const HishoSheet *sheet)
{
	return sheet->limit_reached || sheet->n_steps > STEPS_MAX;
}

/* Adds a name, if rules know it and it is not there yet, to the last N. */
static guint
push_name(HishoStack *stack, guint number, guint n)
{
	const guint first = stack->names->len - n;

	if (number == 0 || n == NAMES_MAX)
		return n;
	for (guint i = 0; i < n; i++)
		if (g_array_index(stack->names, guint, first + i) == number)
			return n;
	g_array_append_val(stack->names, number);
	return n + 1;
}

guint
hisho_sheet_push_names(
    const HishoSheet *sheet, HishoStack *stack, const HishoHtmlToken *tag)
{
	const HishoRules *rules = sheet->rules;
	const char *id = hisho_html_attribute(tag, "id");
	const char *at = hisho_html_attribute(tag, "class");
	guint n = push_name(stack,
	    hisho_names_find(rules->names, ' ', tag->name, strlen(tag->name)),
	    0);

	if (id != NULL)
		n = push_name(stack,
		    hisho_names_find(rules->names, '#', id, strlen(id)), n);
	while (at != NULL && *at != '\0') {
		size_t length = strcspn(at, " \t\r\n\f");
		n = push_name(
		    stack, hisho_names_find(rules->names, '.', at, length), n);
		at += length;
		at += strspn(at, " \t\r\n\f");
	}
	return n;
}

static void
apply_rule(const HishoRules *rules, const HishoRule *rule,
    HishoStyle styles[HISHO_STACK_VIEWS])
{
	for (guint i = 0; i < rule->n; i++) {
		const HishoDeclaration *d = &g_array_index(
		    rules->declarations, HishoDeclaration, rule->first + i);
		guint32 weight = rule->weight +
		    (d->is_important ? HISHO_STYLE_IMPORTANT : 0);
		for (guint view = 0; view < HISHO_STACK_VIEWS; view++)
			if (rule->views >> view & 1)
				hisho_style_set(&styles[view], d->property,
				    &d->value, weight);
	}
}

void
hisho_sheet_apply(HishoSheet *sheet, const HishoStack *stack, guint n,
    HishoStyle styles[HISHO_STACK_VIEWS])
{
	const HishoRules *rules = sheet->rules;

	for (guint i = 0; i <= n && sheet->n_steps <= STEPS_MAX; i++) {
		guint key = i < n ? g_array_index(stack->names, guint,
					stack->names->len - n + i)
				  : 0;
		guint at = key < rules->heads->len
		    ? g_array_index(rules->heads, guint, key)
		    : 0;
		while (at != 0) {
			const HishoRule *rule =
			    &g_array_index(rules->rules, HishoRule, at - 1);
			if (hisho_selector_matches(
				rule->selector, stack, n, &sheet->n_steps)) {
				apply_rule(rules, rule, styles);
				sheet->n_steps += rule->n;
			}
			at = rule->next;
		}
	}
}
