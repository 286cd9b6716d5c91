#include <string.h>

#include "libhisho/base/network.h"
#include "libhisho/route/boundary.h"
#include "libhisho/route/chain.h"

typedef struct {
	GPtrArray *hops;
	HishoBoundaryOptions options;
	GArray *networks;
	const char *hosts[2];
} Case;

/* Behind the answer, what is odd about each hop, where anything is. */
static void
append_odd(GString *line, const Case *at, guint n_trusted)
{
	hisho_chain_check(at->hops, n_trusted, at->options.hosts);
	for (guint i = 0; i < at->hops->len; i++) {
		const HishoHop *hop = at->hops->pdata[i];
		if (hop->odd != NULL)
			g_string_append_printf(line, " %u=%s", i + 1, hop->odd);
	}
}

static char *
dup_found(const Case *at)
{
	HishoBoundary found = hisho_boundary_find(at->hops, &at->options);
	const HishoHop *hop =
	    found.hop > 0 ? at->hops->pdata[found.hop - 1] : NULL;
	bool named = hop != NULL && hop->ip != NULL;

	GString *line = g_string_new(NULL);
	g_string_append_printf(line, "= hop=%u trusted=%u why=%s %s%s%s",
	    found.hop, found.n_trusted, found.why,
	    found.confidence != NULL ? found.confidence : "-",
	    named ? " ip=" : "", named ? hop->ip : "");
	append_odd(line, at, found.n_trusted);
	return g_string_free(line, FALSE);
}

static void
clear_case(Case *at)
{
	g_ptr_array_set_size(at->hops, 0);
	g_clear_pointer(&at->networks, g_array_unref);
	at->options = (HishoBoundaryOptions){ 0 };
}

static const char *
option(const char *line, const char *name)
{
	return g_str_has_prefix(line, name) ? line + strlen(name) : NULL;
}

static void
read_line(Case *at, const char *line)
{
	const char *value;

	if ((value = option(line, "client-ip: ")) != NULL) {
		at->options.client_ip = value;
	} else if ((value = option(line, "hop: ")) != NULL) {
		at->options.hop = (guint)g_ascii_strtoull(value, NULL, 10);
	} else if (strcmp(line, "clients-hidden") == 0) {
		at->options.clients_hidden = true;
	} else if ((value = option(line, "hosts: ")) != NULL) {
		at->hosts[0] = value;
		at->options.hosts = at->hosts;
	} else if ((value = option(line, "networks: ")) != NULL) {
		at->networks = hisho_network_parse_list(value, NULL);
		at->options.networks = at->networks;
	} else {
		g_ptr_array_add(
		    at->hops, hisho_received_parse(line, strlen(line)));
	}
}

static void
test_the_host_that_spoke_to_us_is_found(void)
{
	g_autofree char *text = NULL;
	Case at = { g_ptr_array_new_with_free_func(hisho_hop_free), { 0 }, NULL,
		{ NULL, NULL } };
	guint count = 0;

	g_assert_true(
	    g_file_get_contents("tests/cases/boundary", &text, NULL, NULL));
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	for (char **line = lines; *line != NULL; line++) {
		if (**line == '#')
			g_test_message("%s", *line);
		if (**line == '#' || **line == '\0')
			continue;
		if (**line != '=') {
			read_line(&at, *line);
			continue;
		}
		g_autofree char *found = dup_found(&at);
		g_assert_cmpstr(found, ==, *line);
		clear_case(&at);
		count++;
	}
	g_ptr_array_unref(at.hops);
	g_assert_cmpuint(count, >=, 25);
}

/* What a sender may write below the boundary. */
static char *
dup_forged(void)
{
	gint a = g_test_rand_int_range(1, 255);

	switch (g_test_rand_int_range(0, 12)) {
	case 0:
		return g_strdup("from localhost (localhost [127.0.0.1]) by "
				"mx.example.jp (Postfix) with ESMTP id 1");
	case 1:
		return g_strdup_printf("from bank.example (bank.example "
				       "[198.51.100.%d]) by mx.example.jp",
		    a);
	case 2:
		return g_strdup_printf("from pop.example.com [203.0.113.%d] by "
				       "localhost with POP3 (fetchmail)",
		    a);
	case 3:
		return g_strdup_printf("(qmail %d invoked by uid 89)", a);
	case 4:
		return g_strdup_printf("from a.prod.outlook.com (2603:10b6::%d)"
				       " by b.prod.outlook.com with HTTPS",
		    a);
	case 5:
		return g_strdup_printf("by 10.0.0.%d with SMTP id 1", a);
	case 6:
		return g_strdup_printf("from mx.example.jp (mx.example.jp "
				       "[10.0.0.%d]) by mx.example.jp with "
				       "LMTP id 2",
		    a);
	case 7:
		return g_strdup_printf("from bank.example (198.51.100.%d) by "
				       "A.mail.protection.outlook.com with "
				       "Microsoft SMTP Server id 2",
		    a);
	case 8:
		return g_strdup_printf("from bank.example (bank.example. "
				       "[198.51.100.%d]) by mx.google.com "
				       "with ESMTPS id 2",
		    a);
	case 9:
		return g_strdup_printf("(from user%d@localhost) by mx", a);
	case 10:
		return g_strdup_printf("from [192.0.2.%d] by mx.example.jp "
				       "via HTTP",
		    a);
	}
	return g_strdup_printf("((((%d;;[", a);
}

/* Chains that our own side writes, the boundary's hop last. */
static const char *const ours[][5] = {
	{ "from mail.example.com (unknown [192.0.2.7]) by mx.example.jp "
	  "(Postfix) with ESMTP id 2" },
	{ "from localhost (localhost [127.0.0.1]) by mx.example.jp (Postfix) "
	  "with ESMTP id 1",
	    "from mail.example.com (unknown [192.0.2.7]) by mx.example.jp "
	    "(Postfix) with ESMTP id 2" },
	{ "(qmail 1 invoked by uid 89)", "(qmail 2 invoked from network)",
	    "from unknown (HELO mail.example.com) (192.0.2.7) by "
	    "mx.example.jp with SMTP; 6 Feb 2024 01:20:30 -0000" },
	{ "from mx.example.jp by store.example.jp (Dovecot) with LMTP id 1",
	    "from mx.example.jp (mx.example.jp [10.0.0.2]) by "
	    "store.example.jp (Postfix) with ESMTP id 2",
	    "from mail.example.com ([192.0.2.7] helo=[203.0.113.9]) by "
	    "mx.example.jp with esmtps (Exim 4.96) id 1rXAbC-000ABC-1D" },
	{ "from pc (localhost [127.0.0.1]) by pc (Postfix) with ESMTP id 1",
	    "from pop.example.com [203.0.113.6] by localhost with POP3 "
	    "(fetchmail-6.4.37) for <taro@localhost> (single-drop)",
	    "from mail.example.com (mail.example.com [192.0.2.7]) by "
	    "pop.example.com (8.15.2/8.15.2) with ESMTP id 3" },
	{ "from A.prod.outlook.com (::1) by B.prod.outlook.com with HTTPS",
	    "from C.prod.outlook.com (2603:10b6:5:3b9::13) by "
	    "A.prod.outlook.com (2603:10b6:510:31c::16) with Microsoft SMTP "
	    "Server id 15.20.1",
	    "from mail.example.com (192.0.2.7) by D.mail.protection."
	    "outlook.com (10.167.17.71) with Microsoft SMTP Server id 1" },
	{ "by 2002:a05:6a20:3b91:b0:19e:aaaa:bbbb with SMTP id b15csp1",
	    "from mail.example.com (mx1.example.com. [192.0.2.7]) by "
	    "mx.google.com with ESMTPS id a1" },
};

static guint
add_ours(GPtrArray *hops, guint i)
{
	guint n = 0;

	for (; n < G_N_ELEMENTS(ours[i]) && ours[i][n] != NULL; n++)
		g_ptr_array_add(
		    hops, hisho_received_parse(ours[i][n], strlen(ours[i][n])));
	return n;
}

static void
test_nothing_below_moves_the_boundary(void)
{
	const HishoBoundaryOptions options = { 0 };

	for (guint round = 0; round < 10000; round++) {
		g_autoptr(GPtrArray) hops =
		    g_ptr_array_new_with_free_func(hisho_hop_free);
		guint last = add_ours(hops, round % G_N_ELEMENTS(ours));
		HishoBoundary alone = hisho_boundary_find(hops, &options);
		for (gint n = g_test_rand_int_range(1, 8); n > 0; n--) {
			g_autofree char *line = dup_forged();
			g_ptr_array_add(
			    hops, hisho_received_parse(line, strlen(line)));
		}
		HishoBoundary found = hisho_boundary_find(hops, &options);
		const HishoHop *hop = hops->pdata[last - 1];
		g_assert_cmpuint(found.hop, ==, last);
		g_assert_cmpuint(found.n_trusted, ==, last);
		g_assert_cmpstr(found.why, ==, alone.why);
		g_assert_cmpstr(hop->ip, ==, "192.0.2.7");
	}
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/boundary/the-host-that-spoke-to-us-is-found",
	    test_the_host_that_spoke_to_us_is_found);
	g_test_add_func("/boundary/nothing-below-moves-the-boundary",
	    test_nothing_below_moves_the_boundary);
	return g_test_run();
}
