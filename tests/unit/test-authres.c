#include <string.h>

#include "libhisho/route/authres.h"

static const char *const own_names[] = { "mx.example.jp", NULL };

static HishoAuth *
find(const char *value, guint hops_above, const char *provider)
{
	g_autoptr(GArray) fields =
	    g_array_new(FALSE, FALSE, sizeof(HishoAuthField));
	HishoAuthField field = { value, strlen(value), hops_above };
	const HishoAuthOptions options = { 1, own_names, provider,
		"example.com", false };

	g_array_append_val(fields, field);
	return hisho_authres_find(fields, &options);
}

static char *
dup_text(const HishoAuth *auth)
{
	if (auth == NULL)
		return g_strdup("-");
	return g_strdup_printf("%s %s %s %s %s",
	    auth->spf != NULL ? auth->spf : "-",
	    auth->dkim != NULL ? auth->dkim : "-",
	    auth->dmarc != NULL ? auth->dmarc : "-",
	    auth->aligned ? "aligned" : "-", auth->by != NULL ? auth->by : "-");
}

static void
test_our_own_results_are_read(void)
{
	static const struct {
		const char *value;
		const char *found;
	} cases[] = {
		{ "mx.example.jp; spf=pass smtp.mailfrom=a@example.com;\r\n"
		  "\tdkim=pass (2048-bit key) header.d=example.com; "
		  "dmarc=pass (p=none dis=none) header.from=example.com",
		    "pass pass pass aligned mx.example.jp" },
		{ "mx.example.jp 1; dkim=pass header.i=@mail.example.com",
		    "- pass - aligned mx.example.jp" },
		{ "\"mx.example.jp\"; dkim/1 = fail reason=\"a; b=c\" "
		  "header.d=example.com",
		    "- fail - - mx.example.jp" },
		{ "mx.example.jp; none", "- - - - mx.example.jp" },
		{ "mx.example.jp", "- - - - mx.example.jp" },
		/* A pass that speaks for somebody else. */
		{ "mx.example.jp; spf=pass smtp.mailfrom=a@evil.example; "
		  "dkim=pass header.d=evil.example",
		    "pass pass - - mx.example.jp" },
		/* VERP has a second =. */
		{ "mx.example.jp; spf=pass "
		  "smtp.mailfrom=b+taro=example.jp@example.com",
		    "pass - - aligned mx.example.jp" },
		{ "mx.example.jp; spf=pass "
		  "smtp.mailfrom=\"x@example.com\"@evil.example",
		    "pass - - - mx.example.jp" },
		/* HELO's SPF is not the envelope sender's. */
		{ "mx.example.jp; spf=pass smtp.helo=example.com",
		    "- - - - mx.example.jp" },
		{ "mx.example.jp; dkim=fail header.d=example.com; "
		  "dkim=pass header.d=example.com",
		    "- pass - aligned mx.example.jp" },
		{ "mx.example.jp; dkim=pass header.d=example.com; "
		  "dmarc=fail header.from=example.com",
		    "- pass fail - mx.example.jp" },
		{ "mx.example.jp; dkim=pass header.d=; "
		  "dmarc=none header.from=",
		    "- pass none - mx.example.jp" },
		{ "mx.example.jp; dkim=PASS header.d=com",
		    "- pass - - mx.example.jp" },
		{ "mx.example.jp; dkim=splendid header.d=example.com",
		    "- - - - mx.example.jp" },
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(HishoAuth) auth = find(cases[i].value, 0, NULL);
		g_autofree char *found = dup_text(auth);
		g_assert_cmpstr(found, ==, cases[i].found);
	}
}

static void
test_forged_fields_are_not_believed(void)
{
	static const char *const values[] = {
		"MX.example.jp; dkim=pass header.d=example.com",
		"mx.example.jp.; dkim=pass header.d=example.com",
		"mx.example.jp.evil.example; dkim=pass header.d=example.com",
		"evil.example; dkim=pass header.d=example.com",
		"(mx.example.jp) evil.example; dkim=pass",
		"(mx.example.jp; dkim=pass header.d=example.com)",
		"(mx.example.jp; dkim=pass header.d=example.com",
		"mx.example.jp); dkim=pass header.d=example.com",
		"evil.example (\\) mx.example.jp; dkim=pass",
		"mx.example.jp 2; dkim=pass header.d=example.com",
		"mx.example.jp evil; dkim=pass header.d=example.com",
		"mx.example.jp; dkim=pass header.d=example.com \"",
		"mx.example.jp; =pass header.d=example.com",
		"mx.example.jp; dkim pass header.d=example.com",
		"mx.example.jp; dkim=pass header.d example.com",
		"mx.example.jp; dkim=;pass header.d=example.com",
		"; mx.example.jp; dkim=pass header.d=example.com",
		"dkim=pass header.d=example.com",
		"mx.example.jp=1; dkim=pass header.d=example.com",
		"mx.example.jp, evil.example; dkim=pass",
		"mx.exa(x)mple.jp; dkim=pass header.d=example.com",
		"mx.example.jp; dkim=pass ((((((((((((((((((((((((((((((",
		"",
		";",
		"=",
	};

	for (guint i = 0; i < G_N_ELEMENTS(values); i++) {
		g_autoptr(HishoAuth) auth = find(values[i], 0, NULL);
		g_test_message("%s", values[i]);
		g_assert_null(auth);
	}
}

static void
test_below_the_boundary_only_milters_are_believed(void)
{
	static const char ours[] =
	    "mx.example.jp; dkim=pass header.d=example.com";
	static const char google[] =
	    "mx.google.com; dkim=pass header.i=@example.com";
	g_autoptr(HishoAuth) at = find(ours, 1, NULL);
	g_autoptr(HishoAuth) at_google = find(google, 1, "google");
	g_autoptr(HishoAuth) below_google = find(google, 2, "google");
	g_autoptr(HishoAuth) no_google = find(google, 1, "first-public");
	g_autoptr(GArray) fields =
	    g_array_new(FALSE, FALSE, sizeof(HishoAuthField));
	HishoAuthField field = { ours, strlen(ours), 1 };
	HishoAuthOptions options = { 1, own_names, NULL, "example.com", true };

	g_array_append_val(fields, field);
	g_autoptr(HishoAuth) milter = hisho_authres_find(fields, &options);
	options.hop = 0;
	g_autoptr(HishoAuth) no_boundary = hisho_authres_find(fields, &options);
	g_assert_null(at);
	g_assert_true(at_google->aligned);
	g_assert_null(below_google);
	g_assert_null(no_google);
	g_assert_true(milter->aligned);
	g_assert_null(no_boundary);
}

static HishoAuth *
find_in_two(const char *first, const char *second)
{
	g_autoptr(GArray) fields =
	    g_array_new(FALSE, FALSE, sizeof(HishoAuthField));
	const HishoAuthField both[] = { { first, strlen(first), 0 },
		{ second, strlen(second), 0 } };
	const HishoAuthOptions options = { 1, own_names, NULL, "example.com",
		false };

	g_array_append_vals(fields, both, 2);
	return hisho_authres_find(fields, &options);
}

static void
test_only_the_topmost_of_ours_counts(void)
{
	static const char pass[] =
	    "mx.example.jp; dkim=pass header.d=example.com";
	g_autoptr(HishoAuth) after_another =
	    find_in_two("filter.example; dkim=fail", pass);
	g_autoptr(HishoAuth) after_ours =
	    find_in_two("mx.example.jp; dkim=fail header.d=example.com", pass);
	g_autoptr(HishoAuth) after_junk =
	    find_in_two("mx.example.jp; dkim=pass (", pass);

	g_assert_true(after_another->aligned);
	g_assert_cmpstr(after_ours->dkim, ==, "fail");
	g_assert_false(after_ours->aligned);
	g_assert_null(after_junk);
}

static void
test_providers_have_their_own_form(void)
{
	static const char microsoft[] =
	    "spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=example.com; "
	    "dkim=none (message not signed) header.d=none;dmarc=pass "
	    "action=none header.from=example.com;compauth=pass reason=100";
	g_autoptr(HishoAuth) there = find(microsoft, 0, "microsoft-365");
	g_autoptr(HishoAuth) elsewhere = find(microsoft, 0, "google");
	g_autofree char *text = dup_text(there);

	g_assert_cmpstr(text, ==, "pass none pass aligned -");
	g_assert_null(elsewhere);
}

static void
test_what_a_failure_means_is_read(void)
{
	static const struct {
		const char *value;
		const char *policy;
		bool is_spf_aligned, is_excused;
	} cases[] = {
		{ "dmarc=fail (p=REJECT sp=REJECT dis=REJECT) "
		  "header.from=example.com",
		    "reject", false, false },
		{ "dmarc=fail(p=QUARANTINE) header.from=example.com",
		    "quarantine", false, false },
		{ "spf=none smtp.mailfrom=x.org;dmarc=fail action=oreject "
		  "header.from=example.com;compauth=fail reason=000",
		    "reject", false, false },
		{ "dmarc=fail reason=\"p=none\" header.from=example.com "
		  "(policy=reject); spf=fail smtp.mailfrom=a@mail.example.com",
		    "reject", true, false },
		{ "dmarc=fail header.from=example.com", NULL, false, false },
		/* The comments of others are not about that. */
		{ "dkim=fail (p=reject) header.d=a.org; dmarc=fail; (p=reject) "
		  "spf=none (p=reject) smtp.mailfrom=a.org",
		    NULL, false, false },
		{ "(p=none) x=y (p=none); dmarc=fail (p=reject)", "reject",
		    false, false },
		/* Two results: the first holds. */
		{ "dmarc=fail (p=none); dmarc=fail (p=reject)", "none", false,
		    false },
		{ "spf=fail smtp.mailfrom=example.com; "
		  "spf=fail smtp.mailfrom=a.org",
		    NULL, true, false },
		{ "spf=fail smtp.mailfrom=a.org; "
		  "spf=fail smtp.mailfrom=example.com",
		    NULL, false, false },
		{ "spf=fail smtp.helo=example.com", NULL, false, false },
		/* Not for certain, of another, or vouched for. */
		{ "dkim=fail header.d=a.org; dkim=temperror "
		  "header.d=example.com; dmarc=fail",
		    NULL, false, true },
		{ "spf=temperror smtp.mailfrom=example.com", NULL, true, true },
		{ "dmarc=fail (p=reject) header.from=other.org", "reject",
		    false, true },
		{ "dmarc=fail action=oreject; compauth=pass reason=130",
		    "reject", false, true },
		{ "arc=pass (i=1); dmarc=fail (p=reject)", "reject", false,
		    true },
		{ "arc=fail; auth=fail smtp.auth=a; dmarc=fail (p=reject)",
		    "reject", false, false },
		{ "auth=pass smtp.auth=taro; dmarc=fail (p=reject)", "reject",
		    false, true },
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *value =
		    g_strconcat("mx.example.jp; ", cases[i].value, NULL);
		g_autoptr(HishoAuth) auth = find(value, 0, NULL);
		g_test_message("%s", value);
		g_assert_cmpstr(auth->policy, ==, cases[i].policy);
		g_assert_cmpint(auth->spf_aligned, ==, cases[i].is_spf_aligned);
		g_assert_cmpint(auth->excused, ==, cases[i].is_excused);
	}
}

/* It tells of the server that it had the mail from, which is ours, too. */
static void
test_what_an_inner_server_finds_accuses_nobody(void)
{
	static const char value[] = "mx.example.jp; dmarc=fail (p=reject) "
				    "header.from=example.com";
	g_autoptr(GArray) fields =
	    g_array_new(FALSE, FALSE, sizeof(HishoAuthField));
	HishoAuthField field = { value, strlen(value), 1 };
	HishoAuthOptions options = { 2, own_names, NULL, "example.com", false };

	g_array_append_val(fields, field);
	g_autoptr(HishoAuth) at = hisho_authres_find(fields, &options);
	options.hop = 3;
	g_autoptr(HishoAuth) inside = hisho_authres_find(fields, &options);
	g_assert_false(at->excused);
	g_assert_true(inside->excused);
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func(
	    "/authres/our-own-results-are-read", test_our_own_results_are_read);
	g_test_add_func("/authres/forged-fields-are-not-believed",
	    test_forged_fields_are_not_believed);
	g_test_add_func("/authres/below-the-boundary-only-milters-are-believed",
	    test_below_the_boundary_only_milters_are_believed);
	g_test_add_func("/authres/only-the-topmost-of-ours-counts",
	    test_only_the_topmost_of_ours_counts);
	g_test_add_func("/authres/providers-have-their-own-form",
	    test_providers_have_their_own_form);
	g_test_add_func("/authres/what-a-failure-means-is-read",
	    test_what_a_failure_means_is_read);
	g_test_add_func("/authres/what-an-inner-server-finds-accuses-nobody",
	    test_what_an_inner_server_finds_accuses_nobody);
	return g_test_run();
}
