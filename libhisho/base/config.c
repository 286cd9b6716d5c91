#include "libhisho/base/config.h"

#include <stddef.h>
#include <string.h>

#include "libhisho/base/error.h"
#include "libhisho/base/network.h"

typedef enum {
	TEXT,
	NAME,
	LANGUAGE,
	LIST,
	NETWORKS,
	SERVERS,
	NUMBER,
	SIZE,
	TRUTH
} Kind;

typedef struct {
	const char *group;
	const char *key;
	Kind kind;
	size_t offset;
	gint64 least, most; /* of NUMBER and SIZE */
} Setting;

#define AT(member) offsetof(HishoConfig, member)

/* The upper bounds keep a slip of the pen from undoing the limit. */
static const Setting settings[] = {
	{ "hisho", "database", TEXT, AT(database), 0, 0 },
	{ "hisho", "lang", LANGUAGE, AT(lang), 0, 0 },
	{ "hisho", "owner", NAME, AT(owner), 0, 0 },
	{ "route", "trusted-networks", NETWORKS, AT(trusted_networks), 0, 0 },
	{ "route", "own-hosts", LIST, AT(own_hosts), 0, 0 },
	{ "route", "authserv-ids", LIST, AT(authserv_ids), 0, 0 },
	{ "route", "authserv-below", TRUTH, AT(authserv_below), 0, 0 },
	{ "route", "clients-hidden", TRUTH, AT(clients_hidden), 0, 0 },
	{ "links", "protected-domains", LIST, AT(protected_domains), 0, 0 },
	{ "dns", "ask", TRUTH, AT(asks_dns), 0, 0 },
	{ "dns", "servers", SERVERS, AT(dns_servers), 0, 0 },
	{ "dns", "origin-zone", LIST, AT(origin_zones), 0, 0 },
	{ "user", "addresses", LIST, AT(addresses), 0, 0 },
	{ "score", "others-green", NUMBER, AT(others_green), 1, 1000000 },
	{ "score", "others-red", NUMBER, AT(others_red), 1, 1000000 },
	{ "score", "report-days", NUMBER, AT(report_days), 0, 36500 },
	{ "score", "strict-permit", TRUTH, AT(strict_permit), 0, 0 },
	{ "limits", "cell-ms", NUMBER, AT(cell_ms), 10, 2000 },
	{ "limits", "database-ms", NUMBER, AT(database_ms), 10, 1000 },
	{ "limits", "dns-ms", NUMBER, AT(dns_ms), 10, 1500 },
	{ "limits", "dns-names", NUMBER, AT(dns_names), 1, 100 },
	{ "limits", "mail-bytes", SIZE, AT(limits.mail_bytes), 1, 1 << 30 },
	{ "limits", "header-bytes", SIZE, AT(limits.header_bytes), 1000,
	    64 << 20 },
	{ "limits", "fields", SIZE, AT(limits.fields), 10, 100000 },
	{ "limits", "addresses", SIZE, AT(limits.addresses), 1, 100000 },
	{ "limits", "depth", SIZE, AT(limits.depth), 1, 1000 },
	{ "limits", "parts", SIZE, AT(limits.parts), 1, 100000 },
	{ "limits", "html-bytes", SIZE, AT(limits.html_bytes), 1, 64 << 20 },
	{ "limits", "links", SIZE, AT(limits.links), 1, 100000 },
};

HishoConfig *
hisho_config_new(void)
{
	HishoConfig *config = g_new0(HishoConfig, 1);

	config->trusted_networks = g_new0(char *, 1);
	config->own_hosts = g_new0(char *, 1);
	config->authserv_ids = g_new0(char *, 1);
	config->dns_servers = g_new0(char *, 1);
	config->origin_zones = g_new0(char *, 1);
	config->addresses = g_new0(char *, 1);
	config->protected_domains = g_new0(char *, 1);
	config->asks_dns = true;
	config->others_green = 2;
	config->others_red = 1;
	config->report_days = 365;
	config->cell_ms = 2000;
	config->database_ms = 1000;
	config->dns_ms = 1500;
	config->dns_names = 20;
	config->limits = (HishoLimits)HISHO_LIMITS_DEFAULT;
	return config;
}

void
hisho_config_free(HishoConfig *config)
{
	if (config == NULL)
		return;
	g_free(config->database);
	g_free(config->lang);
	g_free(config->owner);
	g_strfreev(config->trusted_networks);
	g_strfreev(config->own_hosts);
	g_strfreev(config->authserv_ids);
	g_strfreev(config->dns_servers);
	g_strfreev(config->origin_zones);
	g_strfreev(config->addresses);
	g_strfreev(config->protected_domains);
	g_free(config);
}

static bool
set_number(void *member, const Setting *setting, const char *text)
{
	gint64 number;

	if (!g_ascii_string_to_signed(
		text, 10, setting->least, setting->most, &number, NULL))
		return false;
	if (setting->kind == SIZE)
		*(size_t *)member = (size_t)number;
	else
		*(gint64 *)member = number;
	return true;
}

static bool
set_truth(bool *member, const char *text)
{
	static const char *const words[] = { "no", "false", "0", "yes", "true",
		"1" };

	for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
		if (g_ascii_strcasecmp(text, words[i]) == 0) {
			*member = i >= 3;
			return true;
		}
	return false;
}

static char **
split_list(const char *text)
{
	g_auto(GStrv) pieces = g_strsplit_set(text, ",; \t", -1);
	GPtrArray *items = g_ptr_array_new();

	for (char **piece = pieces; *piece != NULL; piece++)
		if (**piece != '\0')
			g_ptr_array_add(items, g_strdup(*piece));
	g_ptr_array_add(items, NULL);
	return (char **)g_ptr_array_free(items, FALSE);
}

static bool
is_item(Kind kind, const char *text)
{
	HishoNetwork network;
	HishoEndpoint server;

	if (kind == NETWORKS)
		return hisho_network_parse(text, &network);
	return kind != SERVERS || hisho_network_parse_endpoint(text, &server);
}

/* The first of ITEMS that is none of KIND, or NULL. */
static const char *
find_wrong(Kind kind, char *const *items)
{
	for (; *items != NULL; items++)
		if (!is_item(kind, *items))
			return *items;
	return NULL;
}

static bool
set_text(char **member, const Setting *setting, const char *text)
{
	g_free(*member);
	*member = g_strdup(text);
	if (setting->kind == LANGUAGE)
		return strcmp(text, "en") == 0 || strcmp(text, "ja") == 0;
	return *text != '\0' &&
	    (setting->kind != NAME || strpbrk(text, " \t") == NULL);
}

/* Puts TEXT in the place that SETTING names; false if it is no such value. */
static bool
set(HishoConfig *config, const Setting *setting, const char *text)
{
	void *member = (char *)config + setting->offset;

	switch (setting->kind) {
	case TEXT:
	case NAME:
	case LANGUAGE:
		return set_text(member, setting, text);
	case LIST:
	case NETWORKS:
	case SERVERS:
		g_strfreev(*(char ***)member);
		*(char ***)member = split_list(text);
		return find_wrong(setting->kind, *(char ***)member) == NULL;
	case NUMBER:
	case SIZE:
		return set_number(member, setting, text);
	case TRUTH:
		return set_truth(member, text);
	}
	return false;
}

/* A comment in a GKeyFile has a line of its own; behind a value it would
 * become part of it. */
static bool
has_comment(const char *text)
{
	return *text == '#' || strstr(text, " #") != NULL ||
	    strstr(text, "\t#") != NULL;
}

/* Why SETTING cannot be TEXT. */
static char *
dup_complaint(const Setting *setting, const char *text)
{
	g_auto(GStrv) items = split_list(text);

	if (has_comment(text))
		return g_strdup_printf("'%s': a comment goes on a line of its "
				       "own that begins with #",
		    text);
	switch (setting->kind) {
	case TEXT:
	case LIST:
		break;
	case NAME:
		return g_strdup_printf("'%s' is no name of a user", text);
	case LANGUAGE:
		return g_strdup_printf("'%s' is neither en nor ja", text);
	case NETWORKS:
		return g_strdup_printf("'%s' is no network like 192.0.2.0/24",
		    find_wrong(NETWORKS, items));
	case SERVERS:
		return g_strdup_printf("'%s' is no server like 192.0.2.1 or "
				       "192.0.2.1:53",
		    find_wrong(SERVERS, items));
	case NUMBER:
	case SIZE:
		return g_strdup_printf(
		    "'%s' is no number from %" G_GINT64_FORMAT
		    " to %" G_GINT64_FORMAT,
		    text, setting->least, setting->most);
	case TRUTH:
		return g_strdup_printf("'%s' is neither yes nor no", text);
	}
	return g_strdup("a value is missing");
}

static const Setting *
find_setting(const char *group, const char *key)
{
	for (size_t i = 0; i < G_N_ELEMENTS(settings); i++)
		if (strcmp(settings[i].group, group) == 0 &&
		    strcmp(settings[i].key, key) == 0)
			return &settings[i];
	return NULL;
}

static bool
read_key(HishoConfig *config, GKeyFile *file, const char *group,
    const char *key, GError **error)
{
	const Setting *setting = find_setting(group, key);
	g_autoptr(GError) reason = NULL;
	g_autofree char *text =
	    g_key_file_get_string(file, group, key, &reason);

	if (setting == NULL) {
		g_set_error(error, HISHO_ERROR, HISHO_ERROR_CONFIG,
		    "[%s] %s is no setting of hisho; see hisho(7)", group, key);
		return false;
	}
	if (text != NULL && !has_comment(g_strstrip(text)) &&
	    set(config, setting, text))
		return true;
	g_autofree char *complaint = text != NULL ? dup_complaint(setting, text)
						  : g_strdup(reason->message);
	g_set_error(error, HISHO_ERROR, HISHO_ERROR_CONFIG,
	    "[%s] %s: %s; see hisho(7)", group, key, complaint);
	return false;
}

static bool
is_known_group(const char *group)
{
	for (size_t i = 0; i < G_N_ELEMENTS(settings); i++)
		if (strcmp(settings[i].group, group) == 0)
			return true;
	return false;
}

static bool
read_group(
    HishoConfig *config, GKeyFile *file, const char *group, GError **error)
{
	g_auto(GStrv) keys = g_key_file_get_keys(file, group, NULL, NULL);

	if (!is_known_group(group)) {
		g_set_error(error, HISHO_ERROR, HISHO_ERROR_CONFIG,
		    "[%s] is no group of hisho; see hisho(7)", group);
		return false;
	}
	for (char **key = keys; key != NULL && *key != NULL; key++)
		if (!read_key(config, file, group, *key, error))
			return false;
	return true;
}

/* A path through something that is no directory (HOME=/dev/null) leads to no
 * file either. */
static bool
is_missing(const GError *reason)
{
	return g_error_matches(reason, G_FILE_ERROR, G_FILE_ERROR_NOENT) ||
	    g_error_matches(reason, G_FILE_ERROR, G_FILE_ERROR_NOTDIR);
}

bool
hisho_config_read(
    HishoConfig *config, const char *path, bool must_exist, GError **error)
{
	g_autoptr(GKeyFile) file = g_key_file_new();
	g_autoptr(GError) reason = NULL;

	if (!g_key_file_load_from_file(file, path, G_KEY_FILE_NONE, &reason)) {
		if (!must_exist && is_missing(reason))
			return true;
		g_set_error(error, HISHO_ERROR, HISHO_ERROR_CONFIG, "%s: %s",
		    path, reason->message);
		return false;
	}
	g_auto(GStrv) groups = g_key_file_get_groups(file, NULL);
	for (char **group = groups; *group != NULL; group++)
		if (!read_group(config, file, *group, error)) {
			g_prefix_error(error, "%s: ", path);
			return false;
		}
	return true;
}

gint64
hisho_config_reports_after(const HishoConfig *config, gint64 now)
{
	gint64 seconds = config->report_days * 24 * 60 * 60;

	return config->report_days > 0 ? MAX(now - seconds, 0) : 0;
}
