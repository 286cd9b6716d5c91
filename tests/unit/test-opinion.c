/* Votes of several hosts, come together. */
#include "libhisho/store/opinion.h"

#include <stdlib.h>
#include <string.h>

/* "trust@10 undo@20" as one host comes to it, deed by deed. */
static HishoOpinion
live(const char *deeds)
{
	g_auto(GStrv) list = g_strsplit(deeds, " ", -1);
	HishoOpinion opinion = { 0 };

	for (char **deed = list; *deed != NULL && **deed != '\0'; deed++) {
		char *at = strchr(*deed, '@');
		gint64 time = atoi(at + 1);
		*at = '\0';
		opinion = strcmp(*deed, "undo") == 0
		    ? hisho_opinion_withdraw(&opinion, time)
		    : hisho_opinion_vote(&opinion, *deed, time);
	}
	return opinion;
}

static char *
print(const HishoOpinion *opinion)
{
	HishoVote now = hisho_opinion_now(opinion);

	if (now.word == NULL)
		return opinion->withdrawn > 0
		    ? g_strdup_printf("-@%d", (int)opinion->withdrawn)
		    : g_strdup("-");
	return g_strdup_printf("%s@%d", now.word, (int)now.time);
}

/* What two hosts did, each for itself, and what they agree on. */
static const struct {
	const char *promise;
	const char *one;
	const char *other;
	const char *both;
} cases[] = {
	{ "nothing-is-nothing", "", "", "-" },
	{ "a-vote-travels", "trust@10", "", "trust@10" },
	{ "the-later-vote-holds", "trust@10", "distrust@20", "distrust@20" },
	{ "of-one-time-either-but-the-same", "trust@10", "distrust@10",
	    "trust@10" },
	{ "a-withdrawal-travels", "trust@10", "trust@10 undo@20", "-@20" },
	{ "a-later-vote-outlives-it", "distrust@30", "trust@10 undo@20",
	    "distrust@30" },
	{ "of-one-time-the-vote", "trust@20", "trust@10 undo@20", "trust@20" },
	{ "a-clock-that-went-back-undoes-all-the-same", "trust@10",
	    "trust@10 undo@5", "-@11" },
	{ "and-changes-all-the-same", "trust@10", "trust@10 distrust@5",
	    "distrust@11" },
	{ "a-vote-after-undo-is-later", "trust@10",
	    "trust@10 undo@20 distrust@3", "distrust@21" },
	{ "changes-on-the-way-are-no-way-back", "trust@10",
	    "trust@10 distrust@40 undo@50", "-@50" },
	{ "explicit-before-later-implicit", "trust@10", "delete@20",
	    "trust@10" },
	{ "explicit-before-implicit-of-one-time", "receive@10", "distrust@10",
	    "distrust@10" },
	{ "later-implicit-before-implicit", "receive@10", "delete@20",
	    "delete@20" },
	{ "what-implicit-follows-a-withdrawal-counts", "trust@10 undo@20",
	    "delete@30", "delete@30" },
	{ "but-not-what-came-before-it", "trust@10 undo@20", "delete@15",
	    "-@20" },
};

static void
test_case(gconstpointer data)
{
	gsize i = GPOINTER_TO_SIZE(data);
	HishoOpinion one = live(cases[i].one);
	HishoOpinion other = live(cases[i].other);
	HishoOpinion both = hisho_opinion_join(&one, &other);
	g_autofree char *got = print(&both);

	g_assert_cmpstr(got, ==, cases[i].both);
}

/* The vote that waited counts again when the one before it is withdrawn. */
static void
test_what_waits_comes_back(void)
{
	HishoOpinion here = live("trust@10"), there = live("delete@20");
	HishoOpinion undone = live("trust@10 undo@15");
	HishoOpinion both = hisho_opinion_join(&here, &there);
	HishoOpinion all = hisho_opinion_join(&both, &undone);
	g_autofree char *before = print(&both);
	g_autofree char *after = print(&all);

	g_assert_cmpstr(before, ==, "trust@10");
	g_assert_cmpstr(after, ==, "delete@20");
}

static HishoOpinion
choose(void)
{
	static const char *const words[] = { "trust", "distrust", "receive",
		"delete", "undo" };
	g_autoptr(GString) deeds = g_string_new(NULL);

	for (int n = g_test_rand_int_range(0, 5); n > 0; n--)
		g_string_append_printf(deeds, "%s%s@%d",
		    deeds->len > 0 ? " " : "",
		    words[g_test_rand_int_range(0, G_N_ELEMENTS(words))],
		    g_test_rand_int_range(1, 9));
	return live(deeds->str);
}

static void
assert_equal(const HishoOpinion *a, const HishoOpinion *b)
{
	g_assert_true(hisho_opinion_equal(a, b));
}

static void
test_joining_knows_no_order(void)
{
	for (int i = 0; i < 20000; i++) {
		HishoOpinion a = choose(), b = choose(), c = choose();
		HishoOpinion ab = hisho_opinion_join(&a, &b);
		HishoOpinion ba = hisho_opinion_join(&b, &a);
		HishoOpinion bc = hisho_opinion_join(&b, &c);
		HishoOpinion left = hisho_opinion_join(&ab, &c);
		HishoOpinion right = hisho_opinion_join(&a, &bc);
		HishoOpinion again = hisho_opinion_join(&ab, &b);
		assert_equal(&ab, &ba);
		assert_equal(&left, &right);
		assert_equal(&again, &ab);
	}
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *path =
		    g_strconcat("/opinion/", cases[i].promise, NULL);
		g_test_add_data_func(path, GSIZE_TO_POINTER(i), test_case);
	}
	g_test_add_func(
	    "/opinion/what-waits-comes-back", test_what_waits_comes_back);
	g_test_add_func(
	    "/opinion/joining-knows-no-order", test_joining_knows_no_order);
	return g_test_run();
}
