#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "libhisho/base/config.h"
#include "libhisho/base/error.h"

#include "tests/unit/scratch.h"

/* Reads TEXT as a file over CONFIG. */
static bool
read_text(HishoConfig *config, const char *text, GError **error)
{
	g_autoptr(ScratchDirectory) directory = scratch_new();
	g_autofree char *path = g_build_filename(directory, "conf", NULL);

	scratch_write(directory, "conf", text);
	return hisho_config_read(config, path, true, error);
}

static void
test_nothing_configured_is_the_defaults(void)
{
	g_autoptr(HishoConfig) config = hisho_config_new();
	g_autoptr(GError) error = NULL;

	g_assert_true(read_text(config, "# a comment\n\n[hisho]\n", &error));
	g_assert_no_error(error);
	g_assert_null(config->database);
	g_assert_null(config->lang);
	g_assert_cmpuint(g_strv_length(config->trusted_networks), ==, 0);
	g_assert_cmpuint(g_strv_length(config->own_hosts), ==, 0);
	g_assert_cmpuint(g_strv_length(config->authserv_ids), ==, 0);
	g_assert_cmpuint(g_strv_length(config->addresses), ==, 0);
	g_assert_cmpint(config->others_green, ==, 2);
	g_assert_cmpint(config->others_red, ==, 1);
	g_assert_false(config->strict_permit);
	g_assert_cmpuint(config->limits.mail_bytes, ==, 25 << 20);
	g_assert_cmpuint(config->limits.parts, ==, 1000);
}

static void
test_every_setting_is_read(void)
{
	g_autoptr(HishoConfig) config = hisho_config_new();
	g_autoptr(GError) error = NULL;

	g_assert_true(read_text(config,
	    "[hisho]\ndatabase = /srv/%u \nlang=ja\nowner=vmail\n"
	    "[route]\ntrusted-networks=192.0.2.0/24, 2001:db8::/32;10.0.0.0/8\n"
	    "own-hosts=a.example\tb.example\nauthserv-ids=mx.example\n"
	    "authserv-below=yes\nclients-hidden=yes\n"
	    "[dns]\nask=no\nservers=192.0.2.1, [2001:db8::1]:5353\n"
	    "origin-zone=Origin.example\n"
	    "[user]\naddresses=me@example.org\n"
	    "[links]\nprotected-domains=a.example; b.example\n"
	    "[score]\nothers-green=5\nothers-red=3\nstrict-permit=YES\n"
	    "pools=192.0.2.0/24; Mail.EXAMPLE, 2001:DB8::/32\n"
	    "landlords=let.example\nnot-pools=google.com 198.51.100.7\n"
	    "public-providers=isp.example\nnot-public-providers=Au.com;\n"
	    "[limits]\nmail-bytes=1\nheader-bytes=1000\nfields=10\n"
	    "addresses=2\ndepth=3\nparts=4\nhtml-bytes=5\nlinks=6\n"
	    "cell-ms=700\ndatabase-ms=80\ndns-ms=900\n"
	    "dns-names=7\n",
	    &error));
	g_assert_no_error(error);
	g_assert_cmpstr(config->database, ==, "/srv/%u");
	g_assert_cmpstr(config->lang, ==, "ja");
	g_assert_cmpstr(config->owner, ==, "vmail");
	g_assert_cmpuint(g_strv_length(config->trusted_networks), ==, 3);
	g_assert_cmpstr(config->trusted_networks[2], ==, "10.0.0.0/8");
	g_assert_cmpuint(g_strv_length(config->own_hosts), ==, 2);
	g_assert_cmpstr(config->own_hosts[1], ==, "b.example");
	g_assert_cmpstr(config->authserv_ids[0], ==, "mx.example");
	g_assert_true(config->authserv_below);
	g_assert_true(config->clients_hidden);
	g_assert_cmpstr(config->addresses[0], ==, "me@example.org");
	g_assert_cmpstr(config->protected_domains[0], ==, "a.example");
	g_assert_cmpstr(config->protected_domains[1], ==, "b.example");
	g_assert_cmpint(config->others_green, ==, 5);
	g_assert_cmpint(config->others_red, ==, 3);
	g_assert_true(config->strict_permit);
	g_assert_cmpuint(g_strv_length(config->pools), ==, 3);
	g_assert_cmpstr(config->pools[1], ==, "mail.example");
	g_assert_cmpstr(config->landlords[0], ==, "let.example");
	g_assert_cmpstr(config->not_pools[1], ==, "198.51.100.7");
	const HishoEdits providers = hisho_config_providers(config);
	g_assert_cmpstr(providers.added[0], ==, "isp.example");
	g_assert_cmpstr(providers.removed[0], ==, "au.com");
	g_assert_cmpint(config->cell_ms, ==, 700);
	g_assert_cmpint(config->database_ms, ==, 80);
	g_assert_cmpint(config->dns_ms, ==, 900);
	g_assert_cmpint(config->dns_names, ==, 7);
	g_assert_false(config->asks_dns);
	g_assert_cmpuint(g_strv_length(config->dns_servers), ==, 2);
	g_assert_cmpstr(config->dns_servers[1], ==, "[2001:db8::1]:5353");
	g_assert_cmpstr(config->origin_zones[0], ==, "origin.example");
	const HishoLimits *limits = &config->limits;
	g_assert_cmpuint(limits->mail_bytes, ==, 1);
	g_assert_cmpuint(limits->header_bytes, ==, 1000);
	g_assert_cmpuint(limits->fields, ==, 10);
	g_assert_cmpuint(limits->addresses, ==, 2);
	g_assert_cmpuint(limits->depth, ==, 3);
	g_assert_cmpuint(limits->parts, ==, 4);
	g_assert_cmpuint(limits->html_bytes, ==, 5);
	g_assert_cmpuint(limits->links, ==, 6);
}

static void
test_a_later_file_wins_key_by_key(void)
{
	g_autoptr(HishoConfig) config = hisho_config_new();

	g_assert_true(read_text(config,
	    "[hisho]\nlang=ja\ndatabase=/a\n[user]\naddresses=a@b.example\n"
	    "[score]\nstrict-permit=yes\n",
	    NULL));
	g_assert_true(read_text(config,
	    "[hisho]\ndatabase=/b\n[user]\naddresses=\n"
	    "[score]\nstrict-permit=no\n",
	    NULL));
	g_assert_cmpstr(config->lang, ==, "ja");
	g_assert_cmpstr(config->database, ==, "/b");
	g_assert_cmpuint(g_strv_length(config->addresses), ==, 0);
	g_assert_false(config->strict_permit);
}

static void
test_what_is_no_setting_is_refused_and_named(void)
{
	static const struct {
		const char *text, *named;
	} cases[] = {
		{ "[hisho]\ndatabaes=/x\n", "*databaes*" },
		{ "[hishoo]\ndatabase=/x\n", "*hishoo*" },
		{ "[rute]\n", "*rute*" },
		{ "[hisho]\ndatabase=\n", "*database*" },
		{ "[hisho]\nlang=\xff\n", "*lang*" },
		{ "[score]\nothers-green=two\n", "*others-green*'two'*" },
		{ "[score]\nothers-green=0\n", "*others-green*'0'*" },
		{ "[score]\nothers-red=-1\n", "*others-red*" },
		{ "[score]\nothers-red=1x\n", "*others-red*" },
		{ "[score]\nstrict-permit=maybe\n", "*strict-permit*'maybe'*" },
		{ "[limits]\ncell-ms=4001\n", "*cell-ms*" },
		{ "[limits]\nmail-bytes=99999999999\n", "*mail-bytes*" },
		{ "[limits]\ndepth=1001\n", "*depth*" },
		{ "[limits]\nparts=99999999999999999999\n", "*parts*" },
		{ "[limits]\nlinks=\n", "*links*" },
		{ "[limits]\nfields=9\n", "*'9'*from 10 to 100000*" },
		{ "[hisho]\nlang=de\n", "*lang*'de'*en*ja*" },
		{ "[hisho]\nlang=\n", "*lang*''*" },
		{ "[hisho]\nlang=en # or ja\n", "*lang*line of its own*" },
		{ "[hisho]\ndatabase=/a\t# %u\n", "*database*line of its*" },
		{ "[hisho]\nowner=\n", "*owner*''*" },
		{ "[hisho]\nowner=v mail\n", "*owner*'v mail'*" },
		{ "[route]\nown-hosts=a; # b\n", "*own-hosts*line of its*" },
		{ "[user]\naddresses=# a@b\n", "*addresses*line of its*" },
		{ "[route]\ntrusted-networks=::1;192.0.2.0/33;10.0.0.0/8\n",
		    "*conf: *trusted-networks*'192.0.2.0/33'*" },
		{ "[dns]\nservers=192.0.2.1:53 ns.example\n",
		    "*conf: *servers*'ns.example'*" },
		{ "[dns]\norigin-zone=bad value\n",
		    "*[dns] origin-zone: 'bad' is no domain*" },
		{ "[dns]\norigin-zone=a.example;b..example\n",
		    "*origin-zone: 'b..example' is no domain*" },
		{ "[dns]\norigin-zone=192.0.2.1\n", "*origin-zone*'192*" },
		{ "[score]\npools=192.0.2.0/24;192.0.2.0/40\n",
		    "*[score] pools: '192.0.2.0/40' is neither a network*" },
		{ "[score]\npools=a.example com\n", "*pools: 'com' is*" },
		{ "[score]\nlandlords=a..example\n",
		    "*landlords: 'a..example' is*" },
		{ "[score]\nnot-pools=.example.com\n",
		    "*not-pools: '.example.com' is*" },
		{ "[score]\nnot-pools=192.0.2.256\n",
		    "*not-pools: '192.0.2.256' is*" },
		{ "[score]\npublic-providers=192.0.2.0/24\n",
		    "*public-providers: '192.0.2.0/24' is no domain*" },
		{ "[score]\nnot-public-providers=b.example *.c.example\n",
		    "*not-public-providers: '?.c.example' is no domain*" },
		{ "[score]\npublic-providers=\xe6\x97\xa5.example\n",
		    "*public-providers*xn--*" },
		{ "[limits]\ndns-ms=1501\n", "*'1501'*from 10 to 1500*" },
		{ "database=/x\n", "*conf*" },
		{ "[hisho\n", "*conf*" },
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(HishoConfig) config = hisho_config_new();
		g_autoptr(GError) error = NULL;
		g_test_message("%s", cases[i].text);
		g_assert_false(read_text(config, cases[i].text, &error));
		g_assert_error(error, HISHO_ERROR, HISHO_ERROR_CONFIG);
		g_test_message("%s", error->message);
		g_assert_true(
		    g_pattern_match_simple(cases[i].named, error->message));
		g_assert_nonnull(strstr(error->message, "conf"));
	}
}

static void
test_only_a_file_that_must_exist_is_missed(void)
{
	g_autoptr(HishoConfig) config = hisho_config_new();
	g_autoptr(GError) error = NULL;

	g_assert_true(
	    hisho_config_read(config, "/nonexistent/x", false, &error));
	g_assert_no_error(error);
	g_assert_false(
	    hisho_config_read(config, "/nonexistent/x", true, &error));
	g_assert_error(error, HISHO_ERROR, HISHO_ERROR_CONFIG);
	g_assert_nonnull(strstr(error->message, "/nonexistent/x"));
	g_assert_true(
	    hisho_config_read(config, "/dev/null/.config/x", false, &error));
	g_assert_false(hisho_config_read(config, "/tmp", false, NULL));
	hisho_config_free(NULL);
}

static void
test_nobody_waits_for_a_file_to_be_written(void)
{
	g_autoptr(ScratchDirectory) directory = scratch_new();
	g_autofree char *path = g_build_filename(directory, "conf", NULL);
	g_autoptr(HishoConfig) config = hisho_config_new();
	g_autoptr(GError) error = NULL;

	g_assert_cmpint(mkfifo(path, 0600), ==, 0);
	alarm(10); /* ends the test */
	g_assert_false(hisho_config_read(config, path, false, &error));
	alarm(0);
	g_assert_error(error, HISHO_ERROR, HISHO_ERROR_CONFIG);
}

static void
test_the_sample_of_the_manual_is_read(void)
{
	g_autoptr(HishoConfig) config = hisho_config_new();
	g_autoptr(GError) error = NULL;
	g_autofree char *page = NULL;

	g_assert_true(g_file_get_contents("man/hisho.7", &page, NULL, NULL));
	char *sample = strstr(page, "\n[hisho]\n");
	g_assert_nonnull(sample);
	char *end = strstr(sample, ".EE");
	g_assert_nonnull(end);
	*end = '\0';
	read_text(config, sample, &error);
	g_assert_no_error(error);
	g_assert_cmpstr(config->database, ==, "/var/lib/hisho");
	g_assert_cmpstr(config->lang, ==, "en");
	g_assert_cmpstr(config->owner, ==, "vmail");
	g_assert_cmpstr(config->own_hosts[0], ==, "mx.example.jp");
	g_assert_cmpuint(g_strv_length(config->own_hosts), ==, 1);
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/config/nothing-configured-is-the-defaults",
	    test_nothing_configured_is_the_defaults);
	g_test_add_func(
	    "/config/every-setting-is-read", test_every_setting_is_read);
	g_test_add_func("/config/a-later-file-wins-key-by-key",
	    test_a_later_file_wins_key_by_key);
	g_test_add_func("/config/what-is-no-setting-is-refused-and-named",
	    test_what_is_no_setting_is_refused_and_named);
	g_test_add_func("/config/only-a-file-that-must-exist-is-missed",
	    test_only_a_file_that_must_exist_is_missed);
	g_test_add_func("/config/nobody-waits-for-a-file-to-be-written",
	    test_nobody_waits_for_a_file_to_be_written);
	g_test_add_func("/config/the-sample-of-the-manual-is-read",
	    test_the_sample_of_the_manual_is_read);
	return g_test_run();
}
