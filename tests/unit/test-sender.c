#include <glib.h>
#include <string.h>

#include "libhisho/route/sender.h"

static void
test_marks_of_one_mail_are_taken_off(void)
{
	g_autofree char *text = NULL;
	guint count = 0;

	g_assert_true(
	    g_file_get_contents("tests/cases/sender", &text, NULL, NULL));
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	for (char **line = lines; *line != NULL && line[1] != NULL; line++) {
		if (**line == '#' || **line == '\0')
			continue;
		g_autofree char *party = hisho_sender_reduce(*line);
		g_test_message("%s", *line++);
		g_assert_cmpstr(party != NULL ? party : "-", ==, *line);
		count++;
	}
	g_assert_cmpuint(count, >=, 30);
}

static void
test_the_first_claim_that_counts_is_the_key(void)
{
	static const struct {
		HishoSenderClaims claims;
		const char *key;
	} cases[] = {
		{ { "Users.Lists.example.org", "a@b.example", NULL, NULL },
		    "users.lists.example.org" },
		{ { "no brackets", "A@B.example", "c@d.example",
		      "e@f.example" },
		    "a@b.example" },
		{ { "a@b.example", "<>", "C@D.example", "e@f.example" },
		    "c@d.example" },
		{ { NULL, NULL, NULL, "E+tag@F.example" }, "e+tag@f.example" },
		/* A person's own field is not reduced. */
		{ { NULL, NULL, "staff-owner@f.example", NULL },
		    "staff-owner@f.example" },
		/* Services send for many under one name. */
		{ { NULL, "0100018d7a2b3c4d-1a2b3c4d-5e6f@amazonses.com", NULL,
		      "e@f.example" },
		    "e@f.example" },
		{ { NULL, "bounces+123-ab-c=d.example@sendgrid.net", NULL,
		      "e@f.example" },
		    "e@f.example" },
		{ { NULL, "bounces+123-ab-c=d.example@em.f.example", NULL,
		      "e@f.example" },
		    "bounces@em.f.example" },
		{ { NULL, "taro@gmail.com", NULL, "e@f.example" },
		    "taro@gmail.com" },
		{ { NULL, "SRS0=Ab=XY=gmail.com=taro@g.example", NULL, NULL },
		    "taro@gmail.com" },
		{ { NULL, NULL, NULL, NULL }, NULL },
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *key = hisho_sender_key(&cases[i].claims, NULL);
		g_assert_cmpstr(key, ==, cases[i].key);
	}
}

static void
test_hostile_senders_are_survived(void)
{
	static const char *const seeds[] = { "=", "-", "+",
		"SRS0=", "SRS1=", "prvs=", "SRS0=a=b=c=", "\377", "<", "@" };

	for (guint i = 0; i < G_N_ELEMENTS(seeds); i++) {
		for (guint n = 1; n < 600; n += 37) {
			g_autoptr(GString) text = g_string_new(NULL);
			for (guint k = 0; k < n; k++)
				g_string_append(text, seeds[i]);
			g_string_append(text, "x@y.example");
			g_autofree char *party = hisho_sender_reduce(text->str);
			g_assert_true(
			    party == NULL || g_utf8_validate(party, -1, NULL));
		}
	}
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/sender/marks-of-one-mail-are-taken-off",
	    test_marks_of_one_mail_are_taken_off);
	g_test_add_func("/sender/the-first-claim-that-counts-is-the-key",
	    test_the_first_claim_that_counts_is_the_key);
	g_test_add_func("/sender/hostile-senders-are-survived",
	    test_hostile_senders_are_survived);
	return g_test_run();
}
