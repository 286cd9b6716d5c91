#include "libhisho/links/selector.h"

#include <string.h>

#define NAME_MAX_BYTES 128
#define COMPOUNDS_MAX 12
#define NAMES_MAX 8   /* of one compound */
#define TEXT_MAX 1024 /* bytes; longer ones are no use */
#define STEPS_MAX 10000000

struct HishoNames {
	GHashTable *numbers;
	bool in_any_case;
};

/* What one element must be called; those of one around it come next. */
typedef struct {
	guint names[NAMES_MAX];
	guint n;
	bool is_child; /* of the very next one */
} Compound;

struct HishoSelector {
	guint n; /* the element's own first */
	guint n_ids, n_classes, n_types;
	guint key;
	Compound compounds[];
};

/* A selector being read. */
typedef struct {
	HishoNames *names;
	const char *at;
	const char *end;
	HishoSelector *selector; /* with room for COMPOUNDS_MAX */
} Reading;

HishoNames *
hisho_names_new(bool in_any_case)
{
	HishoNames *names = g_new0(HishoNames, 1);

	names->in_any_case = in_any_case;
	names->numbers =
	    g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	return names;
}

void
hisho_names_free(HishoNames *names)
{
	if (names == NULL)
		return;
	g_hash_table_unref(names->numbers);
	g_free(names);
}

guint
hisho_names_find(
    const HishoNames *names, char mark, const char *name, size_t length)
{
	char key[NAME_MAX_BYTES + 2] = { mark };

	if (length == 0 || length > NAME_MAX_BYTES)
		return 0;
	for (size_t i = 0; i < length; i++)
		key[i + 1] =
		    names->in_any_case ? g_ascii_tolower(name[i]) : name[i];
	return GPOINTER_TO_UINT(g_hash_table_lookup(names->numbers, key));
}

static guint
add_name(HishoNames *names, const char *key)
{
	gpointer number = g_hash_table_lookup(names->numbers, key);

	if (number == NULL) {
		number =
		    GUINT_TO_POINTER(g_hash_table_size(names->numbers) + 1);
		g_hash_table_insert(names->numbers, g_strdup(key), number);
	}
	return GPOINTER_TO_UINT(number);
}

static bool
is_name_byte(char c)
{
	return g_ascii_isalnum(c) || c == '-' || c == '_' || c & 0x80;
}

/* Reads a name, with its MARK before it, and requires it of the element. */
static bool
read_name(Reading *reading, char mark)
{
	char key[NAME_MAX_BYTES + 2] = { mark };
	size_t n = 1;
	bool lower = mark == ' ' || reading->names->in_any_case;
	HishoSelector *selector = reading->selector;
	Compound *last = &selector->compounds[selector->n - 1];

	const char *start = reading->at;

	for (; reading->at < reading->end; reading->at++) {
		const char *at = reading->at;
		/* What an escape stands for is never syntax. */
		if (*at == 1 && at + 1 < reading->end)
			at = ++reading->at;
		else if (!is_name_byte(*at))
			break;
		if (n > NAME_MAX_BYTES)
			return false;
		key[n++] = lower ? g_ascii_tolower(*at) : *at;
	}
	/* No name begins with a digit (css-syntax-3, 4.3.9). */
	if (n == 1 || g_ascii_isdigit(start[*start == '-' ? 1 : 0])) {
		reading->at = start;
		return false;
	}
	if (last->n == NAMES_MAX)
		return false;
	last->names[last->n++] = add_name(reading->names, key);
	selector->n_ids += mark == '#';
	selector->n_classes += mark == '.';
	selector->n_types += mark == ' ';
	return true;
}

static bool
skip_word(Reading *reading, const char *word)
{
	size_t n = strlen(word);

	if ((size_t)(reading->end - reading->at) < n ||
	    g_ascii_strncasecmp(reading->at, word, n) != 0)
		return false;
	reading->at += n;
	return true;
}

/* A class or an id as an attribute: [class~="name"]. */
static bool
read_attribute(Reading *reading)
{
	char mark = skip_word(reading, "class") ? '.'
	    : skip_word(reading, "id")		? '#'
						: '\0';

	if (mark == '.')
		skip_word(reading, "~");
	if (mark == '\0' || !skip_word(reading, "="))
		return false;
	if (!skip_word(reading, "\""))
		skip_word(reading, "'");
	if (!read_name(reading, mark))
		return false;
	if (!skip_word(reading, "\""))
		skip_word(reading, "'");
	return skip_word(reading, "]");
}

/* One of what an element must be. */
static bool
read_simple(Reading *reading)
{
	if (skip_word(reading, "*"))
		return true;
	if (skip_word(reading, "."))
		return read_name(reading, '.');
	if (skip_word(reading, "#"))
		return read_name(reading, '#');
	if (skip_word(reading, "["))
		return read_attribute(reading);
	if (skip_word(reading, ":link") || skip_word(reading, ":any-link")) {
		reading->selector->n_classes++;
		return reading->at == reading->end ||
		    !is_name_byte(*reading->at);
	}
	return read_name(reading, ' ');
}

/* Whether something else comes between two elements than their being in one
 * another; moves behind what does. */
static bool
read_combinator(Reading *reading)
{
	Compound *next;
	HishoSelector *selector = reading->selector;
	const char *start = reading->at;
	bool is_child = false;

	while (reading->at < reading->end &&
	    (g_ascii_isspace(*reading->at) || *reading->at == '>'))
		is_child |= *reading->at++ == '>';
	if (reading->at == reading->end || reading->at == start)
		return !is_child;
	if (selector->n == COMPOUNDS_MAX)
		return false;
	next = &selector->compounds[selector->n++];
	*next = (Compound){ .is_child = is_child };
	return true;
}

/* Turns the compounds around, so that the element's own comes first, and
 * leaves each the way to the next one. */
static void
turn_around(HishoSelector *selector)
{
	for (guint i = 0; i + 1 < selector->n - i; i++) {
		Compound other = selector->compounds[i];
		selector->compounds[i] =
		    selector->compounds[selector->n - 1 - i];
		selector->compounds[selector->n - 1 - i] = other;
	}
}

static guint
find_key(const HishoSelector *selector)
{
	const Compound *own = &selector->compounds[0];

	return own->n > 0 ? own->names[own->n - 1] : 0;
}

/* Whether what begins here is part of a selector, only not of one that can be
 * followed. */
static bool
is_known(const Reading *reading)
{
	static const char *const others[] = { "[", "+", "~", ":hover",
		":active", ":focus", ":visited", ":target", ":first", ":last",
		":nth", ":only", ":empty", ":root", ":not(", ":is(", ":where(",
		":has(", ":before", ":after", ":enabled", ":disabled",
		":checked", ":lang(", ":dir(", "::before", "::after", "::first",
		"::placeholder", "::selection", "::marker", "::-webkit-" };

	for (size_t i = 0; i < G_N_ELEMENTS(others); i++) {
		size_t n = strlen(others[i]);
		if ((size_t)(reading->end - reading->at) >= n &&
		    g_ascii_strncasecmp(reading->at, others[i], n) == 0)
			return true;
	}
	return false;
}

HishoSelector *
hisho_selector_parse(
    HishoNames *names, const char *at, const char *end, bool *valid)
{
	g_autoptr(HishoSelector) selector =
	    g_malloc0(sizeof(HishoSelector) + COMPOUNDS_MAX * sizeof(Compound));

	while (end > at && g_ascii_isspace(end[-1]))
		end--;
	while (at < end && g_ascii_isspace(*at))
		at++;
	Reading reading = { names, at, end, selector };
	selector->n = 1;
	*valid &= at < end;
	while (reading.at < end) {
		if (read_simple(&reading) && read_combinator(&reading))
			continue;
		*valid &= is_known(&reading) || end - at > TEXT_MAX;
		return NULL;
	}
	if (at == end)
		return NULL;
	turn_around(selector);
	selector->key = find_key(selector);
	selector = g_realloc(
	    selector, sizeof(HishoSelector) + selector->n * sizeof(Compound));
	return g_steal_pointer(&selector);
}

void
hisho_selector_free(HishoSelector *selector)
{
	g_free(selector);
}

guint
hisho_selector_key(const HishoSelector *selector)
{
	return selector->key;
}

guint32
hisho_selector_weight(const HishoSelector *selector)
{
	return MIN(selector->n_ids, 31) << 23 |
	    MIN(selector->n_classes, 63) << 17 |
	    MIN(selector->n_types, 15) << 13;
}

/* Whether all names of COMPOUND are among N at NAMES. */
static bool
is_called(const Compound *compound, const guint *names, guint n)
{
	for (guint i = 0; i < compound->n; i++) {
		guint k = 0;
		while (k < n && names[k] != compound->names[i])
			k++;
		if (k == n)
			return false;
	}
	return true;
}

/* Whether compound K and those after it are found from element I outwards.
 * The page is html and body in one. */
static bool
is_around(const HishoSelector *selector, guint k, const HishoStack *stack,
    guint i, size_t *steps)
{
	if (k == selector->n)
		return true;
	const Compound *wanted = &selector->compounds[k];
	for (;; i--) {
		const HishoOpen *e = hisho_stack_at(stack, i);
		const guint *names = e->n_names > 0
		    ? &g_array_index(stack->names, guint, e->first_name)
		    : NULL;
		if ((*steps)++ > STEPS_MAX)
			return false;
		if (is_called(wanted, names, e->n_names) &&
		    is_around(selector, k + 1, stack, i > 0 ? i - 1 : 0, steps))
			return true;
		if (i == 0 || selector->compounds[k - 1].is_child)
			return false;
	}
}

bool
hisho_selector_matches(const HishoSelector *selector, const HishoStack *stack,
    guint n, size_t *steps)
{
	const guint *names = n > 0
	    ? &g_array_index(stack->names, guint, stack->names->len - n)
	    : NULL;

	++*steps;
	return is_called(&selector->compounds[0], names, n) &&
	    is_around(selector, 1, stack, stack->open->len - 1, steps);
}
