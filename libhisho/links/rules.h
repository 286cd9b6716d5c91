/* rules.h - the rules in a text of CSS */
#pragma once

#include "libhisho/links/selector.h"

/* What a rule declares. */
typedef struct {
	HishoStyleProperty property;
	HishoValue value;
	bool is_important;
} HishoDeclaration;

typedef struct {
	HishoSelector *selector;
	guint32 weight;
	guint views;	/* bit by view in which it holds */
	guint first, n; /* of its declarations */
	guint next;	/* rule with the same key, counted from 1; or 0 */
} HishoRule;

typedef struct {
	HishoNames *names;
	GArray *rules;
	GArray *declarations;
	GArray *heads; /* by key: the last rule, counted from 1; or 0 */
	bool has_views;
	bool limit_reached;
} HishoRules;

/* None yet; their names are in any case when IN_ANY_CASE. */
HishoRules *hisho_rules_new(bool in_any_case);
void hisho_rules_free(HishoRules *rules);

/* Takes the rules of LENGTH bytes of TEXT that hide or show something and
 * hold where MEDIA does. */
void hisho_rules_read(
    HishoRules *rules, const char *text, size_t length, const char *media);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(HishoRules, hisho_rules_free)
