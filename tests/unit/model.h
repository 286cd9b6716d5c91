/* model.h - what votes should lead to, in a few lines of its own
 *
 * It shares no code with the store: it remembers what each user did, and
 * counts it all from the start whenever it is asked. */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { USERS = 20, MAILS = 500, COPIES = 2, DEEDS = 10000 };

static const char *const votes[] = { NULL, "trust", "distrust", "receive",
	"delete" };
enum { NONE, TRUST, DISTRUST, RECEIVE, DELETE };

/* What each user did; a mail may come twice, by two hosts. */
struct model {
	bool received[USERS][MAILS][COPIES];
	guint8 vote[USERS][MAILS][COPIES];
	bool permitted[USERS][MAILS];
	bool reported[USERS][MAILS];
};

struct deed {
	int kind;
	int user;
	int mail;
	int copy;
};

enum {
	RECORD,
	VOTE_FIRST,
	VOTE_LAST = VOTE_FIRST + DELETE - 1,
	UNDO,
	PERMIT,
	FORBID,
	REPORT,
	UNREPORT,
	KINDS
};

/* The traits of a mail, shared by many; the model's keys, with no need to be
 * escaped. */
static inline char *
trait(int mail, int copy, const char *axis)
{
	int from = mail % 37, host = (mail * 7 + copy * 11) % 53;

	if (g_str_equal(axis, "from"))
		return g_strdup_printf("f%d@d%d.example", from, from % 11);
	if (g_str_equal(axis, "from-domain"))
		return g_strdup_printf("d%d.example", from % 11);
	if (g_str_equal(axis, "sender"))
		return g_strdup_printf("s%d@l%d.example", mail % 23, mail % 3);
	if (g_str_equal(axis, "sender-domain"))
		return g_strdup_printf("l%d.example", mail % 3);
	if (g_str_equal(axis, "from-organization"))
		return from % 5 == 0 ? NULL : g_strdup_printf("o%d", from % 7);
	if (host == 0)
		return NULL;
	if (g_str_equal(axis, "host"))
		return g_strdup_printf("192.0.%d.%d", host % 6, host);
	if (g_str_equal(axis, "host-net"))
		return g_strdup_printf("192.0.%d.0/24", host % 6);
	return host % 4 == 0 ? NULL : g_strdup_printf("p%d", host % 9);
}

/* Sets *FLAG; whether that changed it. */
static inline bool
set(bool *flag, bool value)
{
	bool changed = *flag != value;

	*flag = value;
	return changed;
}

static inline bool
imagine_vote(guint8 *vote, guint8 wish)
{
	bool is_explicit = *vote == TRUST || *vote == DISTRUST;

	if (*vote == wish || (is_explicit && wish >= RECEIVE))
		return false;
	*vote = wish;
	return true;
}

static inline bool
imagine_undo(guint8 vote[COPIES])
{
	bool changed = false;

	for (int i = 0; i < COPIES; i++) {
		changed |= vote[i] != NONE;
		vote[i] = NONE;
	}
	return changed;
}

/* The same in the model.  Both copies of a mail without host are one. */
static inline bool
imagine(struct model *model, const struct deed *deed)
{
	int user = deed->user, mail = deed->mail, copy = deed->copy;

	switch (deed->kind) {
	case RECORD:
		return set(&model->received[user][mail][copy], true);
	case UNDO:
		return imagine_undo(model->vote[user][mail]);
	case PERMIT:
	case FORBID:
		return set(&model->permitted[user][mail], deed->kind == PERMIT);
	case REPORT:
	case UNREPORT:
		return set(&model->reported[user][mail], deed->kind == REPORT);
	default:
		return imagine_vote(&model->vote[user][mail][copy],
		    (guint8)(deed->kind - VOTE_FIRST + TRUST));
	}
}

/* What a database should hold. */
struct expectation {
	GHashTable *sums;  /* int[5] by key */
	GHashTable *spans; /* int[2] by key: first and last */
	GPtrArray *lines;  /* char *: all else */
};

/* What TABLE has under KEY, which is freed: N numbers, 0 at first. */
static inline int *
numbers_at(GHashTable *table, char *key, gsize n)
{
	int *numbers = g_hash_table_lookup(table, key);

	if (numbers == NULL) {
		numbers = g_new0(int, n);
		g_hash_table_insert(table, g_strdup(key), numbers);
	}
	g_free(key);
	return numbers;
}

static inline void
add(GHashTable *table, char *key, const int added[5])
{
	int *sum = numbers_at(table, key, 5);

	for (int i = 0; i < 5; i++)
		sum[i] += added[i];
}

static inline void
widen(GHashTable *table, char *key, int time)
{
	int *span = numbers_at(table, key, 2);

	if (span[0] == 0 || time < span[0])
		span[0] = time;
	span[1] = MAX(span[1], time);
}

static const struct {
	const char *name;
	const char *first;
	const char *second;
	bool is_timed;
} axes[] = {
	{ "route", "from", "host", true },
	{ "route-net", "from", "host-net", false },
	{ "route-organization", "from", "host-organization", false },
	{ "sender", "sender", NULL, false },
	{ "from", "from", NULL, true },
	{ "host", "host", NULL, true },
	{ "host-net", "host-net", NULL, false },
	{ "host-organization", "host-organization", NULL, false },
	{ "sender-domain", "sender-domain", NULL, false },
	{ "from-domain", "from-domain", NULL, false },
	{ "pool", "host", "from-organization", false },
	{ "pool-net", "host-net", "from-organization", false },
	{ "pool-organization", "host-organization", "from-organization",
	    false },
};

/* The key of an axis of a mail, without whose it is; NULL where it has none. */
static inline char *
axis_key(const struct deed *at, gsize axis)
{
	g_autofree char *first = trait(at->mail, at->copy, axes[axis].first);
	g_autofree char *second = axes[axis].second == NULL
	    ? NULL
	    : trait(at->mail, at->copy, axes[axis].second);

	if (first == NULL || (axes[axis].second != NULL && second == NULL))
		return NULL;
	return g_strjoin(" ", axes[axis].name, first, second, NULL);
}

/* When a mail came; the times of a From are not in the order of its mails. */
static inline int
time_of(const struct deed *at)
{
	return 1 + (at->mail * 71 + at->copy) % 1009;
}

static inline void
add_record(const struct model *model, const struct deed *at,
    struct expectation *expected)
{
	int vote = model->vote[at->user][at->mail][at->copy];
	bool received = model->received[at->user][at->mail][at->copy];
	bool bad = vote == DISTRUST || vote == DELETE;
	const int numbers[] = { received, vote == TRUST || vote == RECEIVE, bad,
		received && vote == TRUST, received && bad };

	for (gsize i = 0; i < G_N_ELEMENTS(axes); i++) {
		g_autofree char *key = axis_key(at, i);
		if (key == NULL)
			continue;
		add(expected->sums,
		    g_strdup_printf("own uid:%d %s", at->user, key), numbers);
		if (!received || !axes[i].is_timed)
			continue;
		widen(expected->spans,
		    g_strdup_printf("seen own uid:%d %s", at->user, key),
		    time_of(at));
		widen(expected->spans, g_strdup_printf("seen all %s", key),
		    time_of(at));
	}
}

/* What all know, from what each user has. */
static inline void
add_all(GHashTable *table)
{
	guint n;
	g_autofree gpointer *keys = g_hash_table_get_keys_as_array(table, &n);

	for (guint i = 0; i < n; i++) {
		const char *key = keys[i];
		const int *own = g_hash_table_lookup(table, key);
		const int all[] = { own[0], own[3], own[4], own[3] > own[4],
			own[3] < own[4] };
		add(table, g_strconcat("all", strchr(key + 4, ' '), NULL), all);
	}
}

static inline int
compare(gconstpointer a, gconstpointer b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static inline void
print_numbers(GHashTable *table, gsize n, GPtrArray *lines)
{
	GHashTableIter iterator;
	gpointer key, value;

	g_hash_table_iter_init(&iterator, table);
	while (g_hash_table_iter_next(&iterator, &key, &value)) {
		const int *numbers = value;
		GString *line = g_string_new(key);
		int sum = 0;
		g_string_append(line, " =");
		for (gsize i = 0; i < n; i++) {
			sum += numbers[i];
			g_string_append_printf(line, " %d", numbers[i]);
		}
		if (sum > 0)
			g_ptr_array_add(lines, g_strdup(line->str));
		g_string_free(line, TRUE);
	}
}

/* LINES, sorted, as one text. */
static inline char *
join_sorted(GPtrArray *lines)
{
	GString *text = g_string_new(NULL);

	g_ptr_array_sort(lines, compare);
	for (guint i = 0; i < lines->len; i++)
		g_string_append_printf(text, "%s\n", (char *)lines->pdata[i]);
	return g_string_free(text, FALSE);
}

static inline void
expect_user_mail(
    const struct model *model, int user, int mail, struct expectation *expected)
{
	for (int copy = 0; copy < COPIES; copy++) {
		struct deed at = { 0, user, mail, copy };
		int vote = model->vote[user][mail][copy];
		bool received = model->received[user][mail][copy];
		g_autofree char *host = trait(mail, copy, "host");
		if (!received && vote == NONE)
			continue;
		g_ptr_array_add(expected->lines,
		    g_strdup_printf("ledger uid:%d %d %s = %s %d", user, mail,
			host != NULL ? host : "",
			vote == NONE ? "-" : votes[vote],
			received ? time_of(&at) : 0));
		add_record(model, &at, expected);
	}
	if (model->permitted[user][mail])
		g_ptr_array_add(expected->lines,
		    g_strdup_printf("permit uid:%d x%d.example", user, mail));
	if (model->reported[user][mail])
		g_ptr_array_add(expected->lines,
		    g_strdup_printf("report x%d.example uid:%d", mail, user));
}
