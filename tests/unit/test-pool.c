#include "libhisho/store/pool.h"

#include <string.h>

/* What is shared: "h" the host, "n" its network, "o" its organisation. */
static char *
find(const HishoReceipt *receipt, const HishoStanding *seen,
    const HishoConfig *config)
{
	HishoPool pool = hisho_pool_find(receipt, seen, config);

	return g_strdup_printf("%s%s%s", pool.host ? "h" : "",
	    pool.net ? "n" : "", pool.organization ? "o" : "");
}

static void
set_list(char ***list, const char *text)
{
	if (text == NULL)
		return;
	g_strfreev(*list);
	*list = g_strsplit(text, " ", -1);
}

/* SEEN counts From organisations by host, network and organisation. */
static const struct {
	const char *host, *name;
	gint64 seen[3];
	const char *pools, *landlords, *not_pools;
	const char *shared;
} cases[] = {
	/* What is ours. */
	{ "192.0.2.1", NULL, { 4, 4, 4 }, NULL, NULL, NULL, "" },
	{ "209.85.220.41", NULL, { 0, 0, 0 }, NULL, NULL, NULL, "hno" },
	{ "192.0.2.1", "mail.google.com", { 0, 0, 0 }, NULL, NULL, NULL,
	    "hno" },
	{ "192.0.2.1", "a.linode.com", { 0, 0, 0 }, NULL, NULL, NULL, "no" },
	{ "192.0.2.1", NULL, { 5, 5, 5 }, NULL, NULL, NULL, "hno" },
	{ "192.0.2.1", NULL, { 4, 5, 0 }, NULL, NULL, NULL, "n" },

	/* What is added. */
	{ "192.0.2.1", NULL, { 0, 0, 0 }, "192.0.2.0/24", NULL, NULL, "hno" },
	{ "::ffff:192.0.2.1", NULL, { 0, 0, 0 }, "192.0.2.1", NULL, NULL,
	    "hno" },
	{ "192.0.3.1", NULL, { 0, 0, 0 }, "192.0.2.0/24", NULL, NULL, "" },
	{ "2001:db8:1::1", NULL, { 0, 0, 0 }, "x.example 2001:db8::/32", NULL,
	    NULL, "hno" },
	{ "192.0.2.1", "OUT.isp.example", { 0, 0, 0 }, "isp.example", NULL,
	    NULL, "hno" },
	{ "192.0.2.1", "out.isp.example", { 0, 0, 0 }, "out.isp.example", NULL,
	    NULL, "hno" },
	{ "192.0.2.1", "in.isp.example", { 0, 0, 0 }, "out.isp.example", NULL,
	    NULL, "" },
	{ "192.0.2.1", "out.let.example", { 0, 0, 0 }, NULL, "let.example",
	    NULL, "no" },
	{ "192.0.2.1", NULL, { 0, 0, 0 }, NULL, "192.0.2.0/24", NULL, "n" },

	/* What is taken off, however often it was seen. */
	{ "209.85.220.41", NULL, { 0, 0, 0 }, NULL, NULL, "209.85.220.41", "" },
	{ "209.85.220.42", NULL, { 0, 0, 0 }, NULL, NULL, "209.85.220.41",
	    "hno" },
	{ "192.0.2.1", "mail.google.com", { 9, 9, 9 }, NULL, NULL, "google.com",
	    "" },
	{ "192.0.2.1", "a.linode.com", { 0, 9, 9 }, NULL, NULL, "linode.com",
	    "" },
	{ "192.0.2.1", "a.gmx.net", { 0, 0, 0 }, NULL, NULL, "gmx.net", "" },
	{ "192.0.2.1", NULL, { 9, 0, 0 }, NULL, NULL, "192.0.2.1", "" },
	{ "192.0.2.1", NULL, { 9, 9, 9 }, NULL, NULL, "192.0.2.1", "no" },
	{ "192.0.2.1", NULL, { 9, 9, 0 }, NULL, NULL, "192.0.2.0/24", "" },
	{ "192.0.2.1", "out.isp.example", { 0, 0, 9 }, NULL, NULL,
	    "isp.example", "" },

	/* The nearer entry wins, and of two alike the removal. */
	{ "192.0.2.1", NULL, { 0, 0, 0 }, "192.0.2.1", NULL, "192.0.2.0/24",
	    "hno" },
	{ "192.0.2.1", NULL, { 0, 0, 0 }, "192.0.2.0/24", NULL, "192.0.2.1",
	    "" },
	{ "192.0.2.1", NULL, { 0, 0, 0 }, "192.0.2.0/24", NULL, "192.0.2.0/24",
	    "" },
	{ "192.0.2.1", "a.let.example", { 0, 0, 0 }, NULL, "a.let.example",
	    "let.example", "no" },
};

static void
test_lists_and_receipts_tell(void)
{
	for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(HishoReceipt) receipt = hisho_receipt_new();
		g_autoptr(HishoConfig) config = hisho_config_new();
		const HishoStanding seen = {
			.organizations = cases[i].seen[0],
			.organizations_by_net = cases[i].seen[1],
			.organizations_by_organization = cases[i].seen[2],
		};

		set_list(&config->pools, cases[i].pools);
		set_list(&config->landlords, cases[i].landlords);
		set_list(&config->not_pools, cases[i].not_pools);
		receipt->host = g_strdup(cases[i].host);
		receipt->host_net = g_strdup(strchr(cases[i].host, '.') == NULL
			? "2001:db8:1::/48"
			: g_str_has_prefix(cases[i].host, "209.")
			? "209.85.220.0/24"
			: "192.0.2.0/24");
		receipt->ptr = g_strdup(cases[i].name);
		receipt->host_organization =
		    g_strdup(cases[i].name != NULL ? "isp.example" : NULL);
		g_autofree char *shared = find(receipt, &seen, config);
		g_test_message("%d: %s", (int)i, cases[i].host);
		g_assert_cmpstr(shared, ==, cases[i].shared);
	}
}

static void
test_a_name_counts_when_it_is_confirmed(void)
{
	g_autoptr(HishoReceipt) receipt = hisho_receipt_new();
	g_autoptr(HishoConfig) config = hisho_config_new();
	const HishoStanding seen = { 0 };

	receipt->host = g_strdup("192.0.2.1");
	receipt->ptr = g_strdup("mail.google.com");
	receipt->helo = g_strdup("mail.google.com");
	receipt->rdns = g_strdup("mail.google.com");
	g_autofree char *claimed = find(receipt, &seen, config);
	g_assert_cmpstr(claimed, ==, "");
	receipt->host_organization = g_strdup("google.com");
	g_autofree char *confirmed = find(receipt, &seen, config);
	g_assert_cmpstr(confirmed, ==, "hno");
	g_autofree char *none = find(NULL, &seen, config);
	g_assert_cmpstr(none, ==, "");
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func(
	    "/pool/lists-and-receipts-tell", test_lists_and_receipts_tell);
	g_test_add_func("/pool/a-name-counts-when-it-is-confirmed",
	    test_a_name_counts_when_it_is_confirmed);
	return g_test_run();
}
