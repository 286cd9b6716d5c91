#include <string.h>

#include "libhisho/route/witness.h"

static void
test_the_address_is_found_in_every_form(void)
{
	static const struct {
		const char *value;
		const char *ip;
	} cases[] = {
		{ "Pass (mailfrom) identity=mailfrom; client-ip=192.0.2.1; "
		  "helo=mail.example.com; receiver=mx.example.jp",
		    "192.0.2.1" },
		{ "pass (google.com: domain of a@example.com designates "
		  "192.0.2.2 as permitted sender) client-ip=192.0.2.2;",
		    "192.0.2.2" },
		{ "softfail (mx.example.jp: 2001:DB8::3 is neither permitted "
		  "nor denied by domain of a@example.com) "
		  "client-ip=2001:DB8:0::3",
		    "2001:db8::3" },
		{ "spf=pass (sender IP is 192.0.2.4)\r\n smtp.mailfrom="
		  "example.com; dkim=none",
		    "192.0.2.4" },
		{ "mx.example.jp; spf=pass smtp.remote-ip=192.0.2.5 "
		  "smtp.mailfrom=a@example.com",
		    "192.0.2.5" },
		{ "pass client-ip=::ffff:192.0.2.6", "192.0.2.6" },
		{ "pass (domain of a@example.com)", NULL },
		{ "pass client-ip=unknown", NULL },
		{ "(client-ip=192.0.2.7", NULL },
		{ "", NULL },
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *ip = hisho_witness_dup_ip(
		    cases[i].value, strlen(cases[i].value));
		g_test_message("%s", cases[i].value);
		g_assert_cmpstr(ip, ==, cases[i].ip);
	}
}

static HishoWitness
ask(const char *value, guint hops_above, bool below)
{
	g_autoptr(GArray) fields =
	    g_array_new(FALSE, FALSE, sizeof(HishoAuthField));
	const HishoAuthField field = { value, strlen(value), hops_above };

	g_array_append_val(fields, field);
	return hisho_witness_ask(fields, 2, below, "192.0.2.1");
}

static void
test_only_the_server_of_the_hop_is_heard(void)
{
	static const char same[] = "pass client-ip=192.0.2.1";
	static const char other[] = "pass client-ip=192.0.2.9";

	g_assert_cmpint(ask(same, 1, false), ==, HISHO_WITNESS_AGREES);
	g_assert_cmpint(ask(other, 1, false), ==, HISHO_WITNESS_DIFFERS);
	g_assert_cmpint(ask(other, 0, false), ==, HISHO_WITNESS_NONE);
	g_assert_cmpint(ask(other, 2, false), ==, HISHO_WITNESS_NONE);
	g_assert_cmpint(ask(other, 2, true), ==, HISHO_WITNESS_DIFFERS);
	g_assert_cmpint(ask(other, 3, true), ==, HISHO_WITNESS_NONE);
	g_assert_cmpint(
	    ask("pass client-ip=10.0.0.1", 1, false), ==, HISHO_WITNESS_NONE);
	g_assert_cmpint(hisho_witness_ask(NULL, 2, false, "192.0.2.1"), ==,
	    HISHO_WITNESS_NONE);
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/witness/the-address-is-found-in-every-form",
	    test_the_address_is_found_in_every_form);
	g_test_add_func("/witness/only-the-server-of-the-hop-is-heard",
	    test_only_the_server_of_the_hop_is_heard);
	return g_test_run();
}
