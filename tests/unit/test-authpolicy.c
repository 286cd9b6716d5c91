#include <glib.h>

#include "libhisho/route/authpolicy.h"

static void
test_every_verifier_has_a_form_of_his_own(void)
{
	static const struct {
		const char *comment;
		const char *of_domain, *of_subdomain;
	} cases[] = {
		/* Google, who does not do what is asked where he knows better
		 */
		{ "p=REJECT sp=REJECT dis=QUARANTINE", "quarantine",
		    "quarantine" },
		{ "p=REJECT sp=REJECT dis=NONE", "none", "none" },
		{ "p=REJECT", "reject", "reject" },
		/* OpenDMARC, which mostly only looks on */
		{ "p=reject dis=none", "reject", "reject" },
		{ "p=none dis=none", "none", "none" },
		/* rspamd, Yahoo, Fastmail */
		{ "policy=quarantine", "quarantine", "quarantine" },
		{ "p=reject,sp=none,pct=100", "reject", "none" },
		{ "p=reject,pct=10", "none", "none" },
		{ "p=none,sp=reject", "none", "none" },
		{ "p=reject,has-list-id=yes,d=none", "none", "none" },
		{ "p=reject,d=reject", "reject", "reject" },
		/* Nothing is told. */
		{ "", NULL, NULL },
		{ "2048-bit key", NULL, NULL },
		{ "p=", NULL, NULL },
		{ "=reject", NULL, NULL },
		{ "xp=reject", NULL, NULL },
		{ "p=rejected", NULL, NULL },
		{ "dis=none", NULL, NULL },
		{ "sp=reject", NULL, "reject" },
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		HishoPolicy domain = hisho_authpolicy_hear_comment(
		    HISHO_POLICY_UNTOLD, cases[i].comment, false);
		HishoPolicy subdomain = hisho_authpolicy_hear_comment(
		    HISHO_POLICY_UNTOLD, cases[i].comment, true);
		g_test_message("%s", cases[i].comment);
		g_assert_cmpstr(
		    hisho_authpolicy_word(domain), ==, cases[i].of_domain);
		g_assert_cmpstr(hisho_authpolicy_word(subdomain), ==,
		    cases[i].of_subdomain);
	}
}

static void
test_the_mildest_word_holds(void)
{
	static const struct {
		HishoPolicy before;
		const char *name, *value;
		HishoPolicy after;
	} cases[] = {
		{ HISHO_POLICY_UNTOLD, "action", "oreject",
		    HISHO_POLICY_REJECT },
		{ HISHO_POLICY_UNTOLD, "ACTION", "o.reject",
		    HISHO_POLICY_REJECT },
		{ HISHO_POLICY_UNTOLD, "action", "pct.reject",
		    HISHO_POLICY_NONE },
		{ HISHO_POLICY_UNTOLD, "action", "permerror",
		    HISHO_POLICY_UNTOLD },
		{ HISHO_POLICY_REJECT, "action", "none", HISHO_POLICY_NONE },
		{ HISHO_POLICY_NONE, "action", "reject", HISHO_POLICY_NONE },
		{ HISHO_POLICY_REJECT, "policy.dmarc", "quarantine",
		    HISHO_POLICY_QUARANTINE },
		{ HISHO_POLICY_REJECT, "policy.applied-disposition", "none",
		    HISHO_POLICY_NONE },
		{ HISHO_POLICY_UNTOLD, "policy.published-domain-policy",
		    "reject", HISHO_POLICY_REJECT },
		{ HISHO_POLICY_REJECT, "header.from", "none",
		    HISHO_POLICY_REJECT },
		{ HISHO_POLICY_REJECT, "reason", "none", HISHO_POLICY_REJECT },
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_test_message("%s=%s", cases[i].name, cases[i].value);
		g_assert_cmpint(hisho_authpolicy_hear(cases[i].before,
				    cases[i].name, cases[i].value, false),
		    ==, cases[i].after);
	}
}

static void
test_a_long_comment_is_not_read_to_its_end(void)
{
	g_autoptr(GString) text = g_string_new(NULL);

	for (guint i = 0; i < 1000; i++)
		g_string_append(text, "x=y ");
	g_string_append(text, "p=reject");
	g_assert_cmpint(hisho_authpolicy_hear_comment(
			    HISHO_POLICY_UNTOLD, text->str, false),
	    ==, HISHO_POLICY_UNTOLD);
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/authpolicy/every-verifier-has-a-form-of-his-own",
	    test_every_verifier_has_a_form_of_his_own);
	g_test_add_func(
	    "/authpolicy/the-mildest-word-holds", test_the_mildest_word_holds);
	g_test_add_func("/authpolicy/a-long-comment-is-not-read-to-its-end",
	    test_a_long_comment_is_not_read_to_its_end);
	return g_test_run();
}
