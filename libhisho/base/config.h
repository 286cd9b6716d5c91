/* config.h - the configuration files
 *
 * [hisho] database lang owner   [route] trusted-networks own-hosts
 * authserv-ids authserv-below clients-hidden   [links] protected-domains
 * [dns] ask servers origin-zone   [score] others-green others-red report-days
 * strict-permit pools landlords not-pools public-providers
 * not-public-providers   [user] addresses   [limits] mail-bytes header-bytes
 * fields addresses depth parts html-bytes links cell-ms database-ms dns-ms
 * dns-names */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "libhisho/base/edits.h"
#include "libhisho/base/limits.h"

/* What the files say; what they do not say has its default.  Texts are
 * NULL and lists empty (never NULL) where nothing is configured. */
typedef struct {
	char *database; /* %u and %h as written */
	char *lang;
	char *owner; /* the user besides root who may speak for others */
	char **trusted_networks;
	char **own_hosts;
	char **authserv_ids;
	bool authserv_below; /* results stand below our Received field */
	bool clients_hidden; /* behind private addresses, by NAT */
	bool asks_dns;
	char **dns_servers;	  /* ADDR or ADDR:PORT; none: the system's */
	char **origin_zones;	  /* for IPv4, and for IPv6 */
	char **addresses;	  /* the user's own */
	char **protected_domains; /* nobody may pass for them */
	gint64 others_green;
	gint64 others_red;
	gint64 report_days; /* that a report of a link counts; 0: for ever */
	bool strict_permit;
	char **pools;		     /* added to ours (pool.h) */
	char **landlords;	     /* added: hosts with shared neighbours */
	char **not_pools;	     /* taken off from both */
	char **public_providers;     /* added to ours (freemail.h) */
	char **not_public_providers; /* taken off */
	gint64 cell_ms;
	gint64 database_ms;
	gint64 dns_ms;
	gint64 dns_names; /* so many are asked for of each mail */
	HishoLimits limits;
} HishoConfig;

/* The defaults alone. */
HishoConfig *hisho_config_new(void);
void hisho_config_free(HishoConfig *config);

/* Reads the file PATH over CONFIG, key by key.  A missing file is none
 * unless it MUST_EXIST.  An unreadable file, an unknown group or key, a value
 * of the wrong kind and a comment behind a value are HISHO_ERROR_CONFIG; the
 * file, the key and what is wanted are named. */
bool hisho_config_read(
    HishoConfig *config, const char *path, bool must_exist, GError **error);

/* What is changed in the list of public mail providers; CONFIG's. */
HishoEdits hisho_config_providers(const HishoConfig *config);

/* The time after which a report must have been made to count at NOW; 0 where
 * all do. */
gint64 hisho_config_reports_after(const HishoConfig *config, gint64 now);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(HishoConfig, hisho_config_free)
