#include "libhisho/base/config.h"

#include <glib/gstdio.h>
#include <stddef.h>
#include <string.h>
#include <sys/stat.h>

#include "libhisho/base/error.h"
#include "libhisho/base/setting.h"

/* Short names make rows of one line. */
#define TEXT HISHO_SETTING_TEXT
#define NAME HISHO_SETTING_NAME
#define LANGUAGE HISHO_SETTING_LANGUAGE
#define LIST HISHO_SETTING_LIST
#define NETWORKS HISHO_SETTING_NETWORKS
#define DOMAINS HISHO_SETTING_DOMAINS
#define PLACES HISHO_SETTING_PLACES
#define SERVERS HISHO_SETTING_SERVERS
#define NUMBER HISHO_SETTING_NUMBER
#define SIZE HISHO_SETTING_SIZE
#define TRUTH HISHO_SETTING_TRUTH
#define AT(member) offsetof(HishoConfig, member)

/* The upper bounds keep a slip of the pen from undoing the limit. */
static const HishoSetting settings[] = {
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
	{ "dns", "origin-zone", DOMAINS, AT(origin_zones), 0, 0 },
	{ "user", "addresses", LIST, AT(addresses), 0, 0 },
	{ "score", "others-green", NUMBER, AT(others_green), 1, 1000000 },
	{ "score", "others-red", NUMBER, AT(others_red), 1, 1000000 },
	{ "score", "report-days", NUMBER, AT(report_days), 0, 36500 },
	{ "score", "strict-permit", TRUTH, AT(strict_permit), 0, 0 },
	{ "score", "pools", PLACES, AT(pools), 0, 0 },
	{ "score", "landlords", PLACES, AT(landlords), 0, 0 },
	{ "score", "not-pools", PLACES, AT(not_pools), 0, 0 },
	{ "score", "public-providers", DOMAINS, AT(public_providers), 0, 0 },
	{ "score", "not-public-providers", DOMAINS, AT(not_public_providers), 0,
	    0 },
	{ "limits", "cell-ms", NUMBER, AT(cell_ms), 10, 4000 },
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

	for (size_t i = 0; i < G_N_ELEMENTS(settings); i++)
		hisho_setting_init(&settings[i], config);
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
	for (size_t i = 0; i < G_N_ELEMENTS(settings); i++)
		hisho_setting_clear(&settings[i], config);
	g_free(config);
}

static const HishoSetting *
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
	const HishoSetting *setting = find_setting(group, key);
	g_autoptr(GError) reason = NULL;
	g_autofree char *text =
	    g_key_file_get_string(file, group, key, &reason);

	if (setting == NULL) {
		g_set_error(error, HISHO_ERROR, HISHO_ERROR_CONFIG,
		    "[%s] %s is no setting of hisho; see hisho(7)", group, key);
		return false;
	}
	if (text != NULL &&
	    hisho_setting_set(setting, config, g_strstrip(text)))
		return true;
	g_autofree char *complaint = text != NULL
	    ? hisho_setting_dup_complaint(setting, text)
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

/* GLib refuses what is no regular file, but a FIFO only when somebody writes
 * to it. */
static bool
load(GKeyFile *file, const char *path, GError **error)
{
	GStatBuf status;

	if (g_stat(path, &status) == 0 && S_ISFIFO(status.st_mode)) {
		g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_FAILED,
		    "Not a regular file");
		return false;
	}
	return g_key_file_load_from_file(file, path, G_KEY_FILE_NONE, error);
}

bool
hisho_config_read(
    HishoConfig *config, const char *path, bool must_exist, GError **error)
{
	g_autoptr(GKeyFile) file = g_key_file_new();
	g_autoptr(GError) reason = NULL;

	if (!load(file, path, &reason)) {
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

HishoEdits
hisho_config_providers(const HishoConfig *config)
{
	return (HishoEdits){ config->public_providers,
		config->not_public_providers };
}

gint64
hisho_config_reports_after(const HishoConfig *config, gint64 now)
{
	gint64 seconds = config->report_days * 24 * 60 * 60;

	return config->report_days > 0 ? MAX(now - seconds, 0) : 0;
}
