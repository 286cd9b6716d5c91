#include <string.h>

#include "libhisho/score/advice.h"
#include "libhisho/store/tally.h"

/* One row in short: "own route 1/0" is trusted/distrusted by me, "others
 * from 2/1" by users; " net" and " organization" are back-off levels. */
static HishoRow *
read_row(const char *text)
{
	HishoRow *row = hisho_record_new(&hisho_row_type);
	g_auto(GStrv) words = g_strsplit(text, " ", -1);
	g_auto(GStrv) counts = g_strsplit(words[2], "/", 2);
	gint64 up = g_ascii_strtoll(counts[0], NULL, 10);
	gint64 down = g_ascii_strtoll(counts[1], NULL, 10);

	row->scope = g_strdup(words[0]);
	row->axis = g_strdup(words[1]);
	row->level = g_strdup(words[3] != NULL ? words[3] : "exact");
	row->messages = 100;
	if (strcmp(row->scope, "own") == 0) {
		row->trusted = up;
		row->distrusted = down;
	} else {
		/* What messages say must not count for others. */
		row->trusted = 50;
		row->distrusted = 50;
		row->users_trusted = up;
		row->users_distrusted = down;
	}
	return row;
}

static GPtrArray *
read_rows(const char *text)
{
	GPtrArray *rows = g_ptr_array_new_with_free_func(hisho_row_free);
	g_auto(GStrv) lines = g_strsplit(text, ", ", -1);

	for (char **line = lines; *line != NULL && **line != '\0'; line++)
		g_ptr_array_add(rows, read_row(*line));
	return rows;
}

/* Letters for what the rows cannot tell: n not applicable, m not one From,
 * u unproven, f From is not the sender's, p a pool, s its network is shared,
 * o its organisation is, 3 others-green is 3, r others-red is 2. */
static HishoAdviceCase
read_case(const char *letters)
{
	return (HishoAdviceCase){
		.is_applicable = strchr(letters, 'n') == NULL,
		.has_one_from = strchr(letters, 'm') == NULL,
		.is_proven = strchr(letters, 'u') == NULL,
		.sender_owns_from = strchr(letters, 'f') == NULL,
		.is_pool = strchr(letters, 'p') != NULL,
		.is_pool_net = strpbrk(letters, "ps") != NULL,
		.is_pool_organization = strpbrk(letters, "po") != NULL,
		.others_green = strchr(letters, '3') != NULL ? 3 : 2,
		.others_red = strchr(letters, 'r') != NULL ? 2 : 1,
	};
}

static void
test_the_first_decisive_row_wins(void)
{
	static const struct {
		const char *letters, *rows, *advice, *reason;
		int row;
	} cases[] = {
		/* No votes, and no mail that can be judged. */
		{ "", "", "unrated", "no-votes", -1 },
		{ "", "own route 0/0, others from 0/0", "unrated", "no-votes",
		    -1 },
		{ "n", "own route 1/0", "unrated", "not-applicable", -1 },
		{ "n", "own route 0/1", "unrated", "not-applicable", -1 },

		/* My own majority decides, of one message already. */
		{ "", "own route 1/0", "trusted", "voted", 0 },
		{ "", "own route 0/1", "distrusted", "voted", 0 },
		{ "", "own route 5/4", "trusted", "voted", 0 },
		{ "", "own route 4/5", "distrusted", "voted", 0 },
		{ "", "own route 2/2", "unrated", "tied", -1 },

		/* In the order of the rows. */
		{ "", "own route 1/0, own from 0/9", "trusted", "voted", 0 },
		{ "", "own route 0/1, own from 9/0", "distrusted", "voted", 0 },
		{ "", "own route 0/0, own from 9/0", "trusted", "voted", 1 },
		{ "", "own route 1/1, own from 0/1", "distrusted", "voted", 1 },
		{ "", "own route 1/1, own from 2/2", "unrated", "tied", -1 },
		{ "",
		    "own route 0/0, own sender 0/0, own from 0/0, own host "
		    "0/0, own sender-domain 0/0, own from-domain 0/1",
		    "distrusted", "voted", 5 },

		/* Own before others. */
		{ "", "own from 1/0, others route 0/9", "trusted", "voted", 0 },
		{ "", "own from 0/1, others route 9/0", "distrusted", "voted",
		    0 },
		{ "", "own from-domain 1/0, others route 0/9", "trusted",
		    "voted", 0 },
		{ "", "own from 1/1, others route 0/1", "distrusted", "voted",
		    1 },

		/* Others: red from one user, green from two. */
		{ "", "others route 1/0", "unrated", "no-votes", -1 },
		{ "", "others route 2/0", "trusted", "voted", 0 },
		{ "3", "others route 2/0", "unrated", "no-votes", -1 },
		{ "3", "others route 3/0", "trusted", "voted", 0 },
		{ "", "others route 0/1", "distrusted", "voted", 0 },
		{ "r", "others route 0/1", "unrated", "no-votes", -1 },
		{ "r", "others route 0/2", "distrusted", "voted", 0 },
		{ "", "others route 3/2", "trusted", "voted", 0 },
		{ "", "others route 2/3", "distrusted", "voted", 0 },
		{ "", "others route 2/2", "unrated", "tied", -1 },
		{ "", "others route 1/0, others from 0/1", "distrusted",
		    "voted", 1 },

		/* Trust needs a proven route, distrust does not. */
		{ "u", "own route 1/0", "unrated", "unproven-route", -1 },
		{ "u", "own from 9/0", "unrated", "unproven-route", -1 },
		{ "u", "own from-domain 9/0", "unrated", "unproven-route", -1 },
		{ "u", "others from 9/0", "unrated", "unproven-route", -1 },
		{ "u", "own from 0/1", "distrusted", "voted", 0 },
		{ "u", "others from 0/1", "distrusted", "voted", 0 },
		{ "u", "own from 9/0, own host 0/1", "distrusted", "voted", 1 },
		{ "u", "own from 9/0, others host 0/1", "distrusted", "voted",
		    1 },
		{ "u", "own route 1/1, own from 9/0", "unrated",
		    "unproven-route", -1 },
		{ "u", "own from 9/0, own host 1/1", "unrated",
		    "unproven-route", -1 },

		/* Without exactly one From nothing is trusted. */
		{ "m", "own route 1/0", "unrated", "unproven-route", -1 },
		{ "m", "own sender 1/0", "unrated", "unproven-route", -1 },
		{ "m", "own sender 0/1", "distrusted", "voted", 0 },

		/* A trusted sender speaks for its own From alone. */
		{ "", "own sender 1/0", "trusted", "voted", 0 },
		{ "f", "own sender 1/0", "unrated", "unproven-route", -1 },
		{ "f", "own sender 0/1", "distrusted", "voted", 0 },
		{ "f", "own sender 1/0, own from 1/0", "trusted", "voted", 1 },
		{ "f", "others sender 2/0", "unrated", "unproven-route", -1 },
		{ "f", "own sender-domain 9/0", "unrated", "unproven-route",
		    -1 },

		/* Back-off levels never decide positively. */
		{ "", "own route 9/0 net", "unrated", "unproven-route", -1 },
		{ "", "own host 9/0 net", "unrated", "unproven-route", -1 },
		{ "", "own host 0/1 net", "distrusted", "voted", 0 },
		{ "", "others host 0/1 net", "distrusted", "voted", 0 },
		{ "", "own route 9/0 net, own from 1/0", "trusted", "voted",
		    1 },

		{ "", "own route 9/0 organization", "unrated", "unproven-route",
		    -1 },
		{ "", "own host 9/0 organization", "unrated", "unproven-route",
		    -1 },
		{ "", "others host 9/0 organization", "unrated",
		    "unproven-route", -1 },
		{ "", "own host 0/1 organization", "distrusted", "voted", 0 },
		{ "", "others host 0/1 organization", "distrusted", "voted",
		    0 },

		/* Pools are shown but never decide, either way. */
		{ "p", "own host 0/9", "unrated", "no-votes", -1 },
		{ "p", "own host 9/0", "unrated", "no-votes", -1 },
		{ "p", "others host 0/9", "unrated", "no-votes", -1 },
		{ "p", "own host 0/9 net", "unrated", "no-votes", -1 },
		{ "p", "own host 0/9, own from-domain 0/1", "distrusted",
		    "voted", 1 },
		{ "s", "own host 0/9 net", "unrated", "no-votes", -1 },
		{ "s", "own host 9/0 net", "unrated", "no-votes", -1 },
		{ "s", "others host 0/9 net", "unrated", "no-votes", -1 },
		{ "p", "own host 0/9 organization", "unrated", "no-votes", -1 },
		{ "o", "own host 0/9 organization", "unrated", "no-votes", -1 },
		{ "o", "others host 9/9 organization", "unrated", "no-votes",
		    -1 },
		{ "o", "own host 0/9 net", "distrusted", "voted", 0 },
		{ "s", "own host 0/9 organization", "distrusted", "voted", 0 },
		{ "s", "own host 0/1", "distrusted", "voted", 0 },
		{ "s", "own route 0/1 net", "distrusted", "voted", 0 },
		{ "p", "own from 1/0", "trusted", "voted", 0 },
		{ "p", "own from 0/1", "distrusted", "voted", 0 },
		{ "pu", "own from 1/0", "unrated", "unproven-route", -1 },
		/* A route by a pool is its From's alone; but its network and
		 * its host are everybody's. */
		{ "p", "own route 0/1", "distrusted", "voted", 0 },
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GPtrArray) rows = read_rows(cases[i].rows);
		const HishoAdviceCase about = read_case(cases[i].letters);
		HishoAdvice advice = hisho_advice_decide(rows, &about);
		g_test_message("[%s] %s", cases[i].letters, cases[i].rows);
		g_assert_cmpstr(advice.advice, ==, cases[i].advice);
		g_assert_cmpstr(advice.reason, ==, cases[i].reason);
		g_assert_cmpint(advice.row, ==, cases[i].row);
	}
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/advice/the-first-decisive-row-wins",
	    test_the_first_decisive_row_wins);
	return g_test_run();
}
