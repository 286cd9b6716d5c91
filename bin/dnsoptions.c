#include "bin/dnsoptions.h"

#include "libhisho/base/network.h"

enum {
	OPTION_NO_DNS = 1024,
	OPTION_DNS_SERVER,
	OPTION_DNS_TIMEOUT,
	OPTION_AGAIN,
};

static const struct argp_option dns_options[] = {
	{ "no-dns", OPTION_NO_DNS, NULL, 0, "Ask no DNS", 3 },
	{ "dns-server", OPTION_DNS_SERVER, "ADDR[:PORT]", 0,
	    "Ask this server instead of the system's; may be repeated", 3 },
	{ "dns-timeout", OPTION_DNS_TIMEOUT, "MS", 0,
	    "How long DNS may take for one mail (default 1500)", 3 },
	{ "again", OPTION_AGAIN, NULL, 0,
	    "Ask DNS also of mails for which it was recorded", 3 },
	{ 0 },
};

static void
add_dns_server(StageOptions *options, const char *arg, struct argp_state *state)
{
	HishoEndpoint server;

	if (!hisho_network_parse_endpoint(arg, &server))
		argp_error(state,
		    "--dns-server: '%s' is no IP address, "
		    "with or without a port",
		    arg);
	if (options->dns_servers == NULL)
		options->dns_servers =
		    g_array_new(FALSE, FALSE, sizeof(HishoEndpoint));
	g_array_append_val(options->dns_servers, server);
}

static error_t
parse_dns_option(int key, char *arg, struct argp_state *state)
{
	StageOptions *options = state->input;

	switch (key) {
	case OPTION_NO_DNS:
		options->no_dns = true;
		return 0;
	case OPTION_DNS_SERVER:
		add_dns_server(options, arg, state);
		return 0;
	case OPTION_DNS_TIMEOUT:
		options->dns_ms = stage_options_read_number(
		    arg, "--dns-timeout", 60000, state);
		return 0;
	case OPTION_AGAIN:
		options->again = true;
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

const struct argp dns_argp = { dns_options, parse_dns_option, NULL, NULL, NULL,
	NULL, NULL };

void
dns_options_resolve(StageOptions *options, const HishoConfig *config)
{
	bool is_told = options->dns_servers != NULL;

	options->no_dns |= !config->asks_dns && !is_told;
	if (options->dns_ms == 0)
		options->dns_ms = (unsigned)config->dns_ms;
	if (is_told)
		return;
	options->dns_servers = g_array_new(FALSE, FALSE, sizeof(HishoEndpoint));
	for (char **text = config->dns_servers; *text != NULL; text++) {
		HishoEndpoint server;
		if (hisho_network_parse_endpoint(*text, &server))
			g_array_append_val(options->dns_servers, server);
	}
}
