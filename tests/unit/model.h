/* model.h - what votes should lead to, in a few lines of its own
 *
 * It shares no code with the store: it remembers what each user did, and
 * counts it all from the start whenever it is asked. */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { USERS = 20, MAILS = 500, COPIES = 2, DEEDS = 2000 };

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

/* Adds to what is under KEY, which is freed. */
static inline void
add(GHashTable *table, char *key, const int numbers[5])
{
	int *sum = g_hash_table_lookup(table, key);

	if (sum == NULL) {
		sum = g_new0(int, 5);
		g_hash_table_insert(table, g_strdup(key), sum);
	}
	for (int i = 0; i < 5; i++)
		sum[i] += numbers[i];
	g_free(key);
}

static const struct {
	const char *name;
	const char *first;
	const char *second;
} axes[] = {
	{ "route", "from", "host" },
	{ "route-net", "from", "host-net" },
	{ "route-organization", "from", "host-organization" },
	{ "sender", "sender", NULL },
	{ "from", "from", NULL },
	{ "host", "host", NULL },
	{ "host-net", "host-net", NULL },
	{ "sender-domain", "sender-domain", NULL },
	{ "from-domain", "from-domain", NULL },
	{ "pool", "host", "from-organization" },
	{ "pool-net", "host-net", "from-organization" },
	{ "pool-organization", "host-organization", "from-organization" },
};

static inline void
add_record(const struct model *model, GHashTable *table, const struct deed *at)
{
	int vote = model->vote[at->user][at->mail][at->copy];
	bool received = model->received[at->user][at->mail][at->copy];
	bool bad = vote == DISTRUST || vote == DELETE;
	const int numbers[] = { received, vote == TRUST || vote == RECEIVE, bad,
		received && vote == TRUST, received && bad };

	for (gsize i = 0; i < G_N_ELEMENTS(axes); i++) {
		g_autofree char *first =
		    trait(at->mail, at->copy, axes[i].first);
		g_autofree char *second = axes[i].second == NULL
		    ? g_strdup("")
		    : trait(at->mail, at->copy, axes[i].second);
		if (first != NULL && second != NULL)
			add(table,
			    g_strdup_printf("own uid:%d %s %s%s%s", at->user,
				axes[i].name, first, *second == '\0' ? "" : " ",
				second),
			    numbers);
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

/* The lines a dump of the sums should have. */
static inline char *
print(GHashTable *table)
{
	GString *text = g_string_new(NULL);
	guint n_keys;
	g_autofree gpointer *keys =
	    g_hash_table_get_keys_as_array(table, &n_keys);

	qsort(keys, n_keys, sizeof *keys, compare);
	for (guint i = 0; i < n_keys; i++) {
		const int *n = g_hash_table_lookup(table, keys[i]);
		if (n[0] + n[1] + n[2] + n[3] + n[4] > 0)
			g_string_append_printf(text, "%s = %d %d %d %d %d\n",
			    (char *)keys[i], n[0], n[1], n[2], n[3], n[4]);
	}
	return g_string_free(text, FALSE);
}

struct expectation {
	GHashTable *sums;
	int records;
	int permits;
	int reports;
};

static inline void
expect_user_mail(const struct model *model, int user, int mail,
    struct expectation *expectation)
{
	for (int copy = 0; copy < COPIES; copy++) {
		struct deed at = { 0, user, mail, copy };
		if (!model->received[user][mail][copy] &&
		    model->vote[user][mail][copy] == NONE)
			continue;
		expectation->records++;
		add_record(model, expectation->sums, &at);
	}
	expectation->permits += model->permitted[user][mail];
	expectation->reports += model->reported[user][mail];
}
