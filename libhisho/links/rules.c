#include "libhisho/links/rules.h"

#include <string.h>

#include "libhisho/links/css.h"
#include "libhisho/links/declaration.h"
#include "libhisho/links/media.h"

#define RULES_MAX 4000 /* selectors; fewer than weights can order */
#define DEPTH_MAX 8    /* of media in media */
#define PRELUDE_MAX 4096

HishoRules *
hisho_rules_new(bool in_any_case)
{
	HishoRules *rules = g_new0(HishoRules, 1);

	rules->names = hisho_names_new(in_any_case);
	rules->rules = g_array_new(FALSE, FALSE, sizeof(HishoRule));
	rules->declarations =
	    g_array_new(FALSE, FALSE, sizeof(HishoDeclaration));
	rules->heads = g_array_new(FALSE, TRUE, sizeof(guint));
	return rules;
}

void
hisho_rules_free(HishoRules *rules)
{
	if (rules == NULL)
		return;
	for (guint i = 0; i < rules->rules->len; i++)
		hisho_selector_free(
		    g_array_index(rules->rules, HishoRule, i).selector);
	hisho_names_free(rules->names);
	g_array_unref(rules->rules);
	g_array_unref(rules->declarations);
	g_array_unref(rules->heads);
	g_free(rules);
}

/* Keeps what STYLE declares; yields how much it is. */
static guint
add_declarations(HishoRules *rules, const HishoStyle *style)
{
	guint n = 0;

	for (guint i = 0; i < HISHO_STYLE_PROPERTIES; i++) {
		const HishoDeclaration declaration = {
			.property = i,
			.value = style->values[i],
			.is_important =
			    style->weights[i] & HISHO_STYLE_IMPORTANT,
		};
		if (!hisho_style_has(style, i))
			continue;
		g_array_append_val(rules->declarations, declaration);
		n++;
	}
	return n;
}

/* Adds a rule like MODEL for SELECTOR, which it takes. */
static void
take_rule(HishoRules *rules, const HishoRule *model, HishoSelector *selector)
{
	HishoRule rule = *model;
	guint key = hisho_selector_key(selector);

	if (rules->heads->len <= key)
		g_array_set_size(rules->heads, key + 1);
	guint *head = &g_array_index(rules->heads, guint, key);
	rule.selector = selector;
	rule.next = *head;
	rule.weight = HISHO_STYLE_RULE + rules->rules->len +
	    hisho_selector_weight(selector);
	g_array_append_val(rules->rules, rule);
	*head = rules->rules->len;
	rules->has_views |= rule.views != (1U << HISHO_STACK_VIEWS) - 1;
}

/* The selectors between AT and END that can be followed; none when a browser
 * does not take one of them. */
static GPtrArray *
dup_selectors(HishoRules *rules, const char *at, const char *end)
{
	g_autoptr(GPtrArray) selectors =
	    g_ptr_array_new_with_free_func((GDestroyNotify)hisho_selector_free);
	bool is_valid = true;

	while (is_valid && rules->rules->len + selectors->len < RULES_MAX) {
		const char *stop = hisho_declaration_find_end(at, end, ",");
		HishoSelector *selector =
		    hisho_selector_parse(rules->names, at, stop, &is_valid);
		if (selector != NULL)
			g_ptr_array_add(selectors, selector);
		if (stop == end)
			break;
		at = stop + 1;
	}
	rules->limit_reached |= rules->rules->len + selectors->len >= RULES_MAX;
	if (!is_valid)
		g_ptr_array_set_size(selectors, 0);
	return g_steal_pointer(&selectors);
}

/* Adds the rules for the selectors between AT and END with the declarations
 * up to BODY_END, which begin behind END. */
static void
add_rules(HishoRules *rules, const char *at, const char *end,
    const char *body_end, guint views)
{
	HishoStyle style;
	HishoRule model = { .views = views };

	hisho_style_clear(&style);
	hisho_declaration_read(&style, end + 1, body_end - end - 1, 0);
	if (style.set == 0)
		return;
	g_autoptr(GPtrArray) selectors = dup_selectors(rules, at, end);
	if (selectors->len == 0)
		return;
	model.first = rules->declarations->len;
	model.n = add_declarations(rules, &style);
	for (guint i = 0; i < selectors->len; i++)
		take_rule(rules, &model, g_steal_pointer(&selectors->pdata[i]));
}

/* Where the block that begins at AT ends: its closing brace, or END. */
static const char *
find_block_end(const char *at, const char *end)
{
	size_t depth = 1;

	for (; at < end; at++) {
		if (*at == '"' || *at == '\'')
			at = hisho_css_string_end(at, end);
		else if (*at == '{')
			depth++;
		else if (*at == '}' && --depth == 0)
			break;
	}
	return at;
}

/* The views among VIEWS in which a condition ("@media ...") of LENGTH bytes
 * holds. */
static guint
find_views(const char *text, size_t length, guint views)
{
	static const int widths[HISHO_STACK_VIEWS] = { HISHO_MEDIA_WIDE,
		HISHO_MEDIA_NARROW };
	g_autofree char *condition = g_strndup(text, length);
	guint held = 0;

	if (g_ascii_strncasecmp(condition, "@supports", 9) == 0)
		return strstr(condition, "not") == NULL ? views : 0;
	if (g_ascii_strncasecmp(condition, "@layer", 6) == 0)
		return views;
	if (g_ascii_strncasecmp(condition, "@media", 6) != 0)
		return 0;
	for (guint i = 0; i < HISHO_STACK_VIEWS; i++)
		if (hisho_media_holds(condition + strlen("@media"), widths[i]))
			held |= 1U << i;
	return held & views;
}

static void read_rules(HishoRules *rules, const char *at, const char *end,
    guint views, guint depth);

/* Reads the "@" at AT; yields where it ends. */
static const char *
read_at_rule(HishoRules *rules, const char *at, const char *end, guint views,
    guint depth)
{
	const char *stop = hisho_declaration_find_end(at, end, "{;");

	if (stop == end || *stop == ';')
		return stop;
	const char *close = find_block_end(stop + 1, end);
	views = find_views(at, MIN(stop - at, PRELUDE_MAX), views);
	if (depth >= DEPTH_MAX)
		rules->limit_reached = true;
	else if (views != 0)
		read_rules(rules, stop + 1, close, views, depth + 1);
	return close;
}

/* Behind what may stand between rules, the marks of HTML comments too. */
static const char *
skip_between(const char *at, const char *end)
{
	for (;;) {
		if (end - at >= 4 && memcmp(at, "<!--", 4) == 0)
			at += 4;
		else if (end - at >= 3 && memcmp(at, "-->", 3) == 0)
			at += 3;
		else if (at < end &&
		    (g_ascii_isspace(*at) || *at == '}' || *at == ';'))
			at++;
		else
			return at;
	}
}

static void
read_rules(HishoRules *rules, const char *at, const char *end, guint views,
    guint depth)
{
	while (!rules->limit_reached && (at = skip_between(at, end)) < end) {
		if (*at == '@') {
			at = read_at_rule(rules, at, end, views, depth);
		} else {
			const char *open =
			    hisho_declaration_find_end(at, end, "{");
			if (open == end)
				return;
			const char *close = find_block_end(open + 1, end);
			add_rules(rules, at, open, close, views);
			at = close;
		}
		at += at < end ? 1 : 0;
	}
}

void
hisho_rules_read(
    HishoRules *rules, const char *text, size_t length, const char *media)
{
	g_autofree char *plain = NULL;
	g_autofree char *condition = g_strconcat("@media ", media, NULL);
	guint views = find_views(
	    condition, strlen(condition), (1 << HISHO_STACK_VIEWS) - 1);

	if (hisho_css_is_disguised(text, length)) {
		plain = hisho_css_dup_plain(text, length);
		text = plain;
		length = strlen(plain);
	}
	if (views != 0)
		read_rules(rules, text, text + length, views, 0);
}
