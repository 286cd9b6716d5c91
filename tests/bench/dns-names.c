/* dns-names PORT NAME... - how many milliseconds it takes to ask the server
 * at PORT on loopback for the addresses of all NAMEs at once */
#include <stdio.h>
#include <stdlib.h>

#include "libhisho/base/network.h"
#include "libhisho/route/resolver.h"

int
main(int argc, char *argv[])
{
	HishoEndpoint server;
	g_autofree char *address =
	    g_strconcat("127.0.0.1:", argc > 1 ? argv[1] : "", NULL);
	g_autoptr(GArray) servers = g_array_new(FALSE, FALSE, sizeof server);
	int n_found = 0;

	if (argc < 3 || !hisho_network_parse_endpoint(address, &server))
		return EXIT_FAILURE;
	g_array_append_val(servers, server);
	g_autoptr(HishoResolver) resolver = hisho_resolver_new(servers, 1500);
	gint64 start_us = g_get_monotonic_time();
	hisho_resolver_begin(resolver);
	for (int i = 2; i < argc; i++)
		hisho_resolver_ask(resolver, argv[i], HISHO_DNS_A);
	while (hisho_resolver_wait(resolver, start_us + 5 * G_USEC_PER_SEC))
		continue;
	gint64 took_us = g_get_monotonic_time() - start_us;
	for (int i = 2; i < argc; i++) {
		const HishoAnswer *answer =
		    hisho_resolver_look(resolver, argv[i], HISHO_DNS_A);
		n_found +=
		    answer != NULL && answer->kind == HISHO_ANSWER_VALUES;
	}
	printf("%.1f\n", (double)took_us / 1000);
	return n_found == argc - 2 ? EXIT_SUCCESS : EXIT_FAILURE;
}
