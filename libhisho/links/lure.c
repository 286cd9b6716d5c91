#include "libhisho/links/lure.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

/* What stands beside a name to lend it weight.  This and the next two are in
 * the order of their bytes. */
static const char *const lures[] = { "acceso", "access", "account", "accounts",
	"aduana", "alert", "alerts", "auth", "authentication", "authorize",
	"bank", "banking", "billing", "card", "cards", "check", "cliente",
	"clientes", "colis", "compte", "confirm", "confirmation", "conta",
	"conto", "cuenta", "customer", "customers", "delivery", "entrega",
	"factura", "fatura", "gift", "help", "helpdesk", "id", "invoice",
	"kaiin", "konto", "kunde", "kunden", "limited", "livraison", "login",
	"logon", "manage", "member", "members", "membership", "myaccount",
	"notice", "notification", "notify", "official", "order", "orders",
	"pagamento", "pagamentos", "pago", "pagos", "paiement", "paket",
	"paquete", "parcel", "password", "pay", "payment", "payments", "point",
	"points", "prime", "rastreamento", "rastreio", "rechnung", "recovery",
	"redelivery", "refund", "regularizar", "reset", "restore", "reward",
	"rewards", "safe", "safety", "secure", "secured", "security",
	"seguridad", "seguro", "session", "sicherheit", "sign", "signin", "ssl",
	"suivi", "support", "suspended", "tax", "taxa", "taxas", "tracking",
	"unlock", "update", "upgrade", "verificar", "verification", "verified",
	"verify", "vip", "wallet", "zahlung", "zoll" };

/* What adds nothing to a name, and stands in hosts of every kind. */
static const char *const fillers[] = { "admin", "br", "center", "centre", "cn",
	"co", "com", "de", "email", "es", "eu", "fr", "global", "http", "https",
	"inc", "info", "it", "japan", "jp", "log", "mail", "mobile", "my", "ne",
	"net", "online", "or", "org", "portal", "server", "service", "services",
	"uk", "updates", "us", "user", "users", "web", "webmail", "wwvv",
	"www" };

/* Top-level domains in which names cost nothing or next to it. */
static const char *const cheap[] = { "asia", "bar", "beauty", "best", "bond",
	"buzz", "cam", "cc", "cf", "cfd", "click", "club", "cn", "cyou", "date",
	"fit", "fun", "ga", "gq", "hair", "icu", "link", "live", "lol", "men",
	"ml", "mom", "monster", "one", "online", "pics", "pw", "quest", "rest",
	"ru", "sbs", "shop", "site", "skin", "space", "store", "support", "tk",
	"today", "top", "vip", "wang", "website", "win", "work", "ws", "xin",
	"xyz", "yachts" };

/* Suffixes below which only real bodies are registered, each once. */
static const char *const registered[] = { ".co.jp", ".or.jp", ".go.jp",
	".ac.jp", ".ed.jp", ".lg.jp", ".ad.jp", ".gr.jp", ".gov", ".mil",
	".edu", ".int", ".gov.uk", ".ac.uk", ".gov.br", ".gov.au", ".edu.au",
	".go.kr", ".gov.cn", ".edu.cn", ".gov.tw" };

static int
compare(const void *text, const void *word)
{
	return strcmp(text, *(const char *const *)word);
}

static bool
is_one_of(const char *text, const char *const *words, size_t n_words)
{
	return bsearch(text, words, n_words, sizeof *words, compare) != NULL;
}

bool
hisho_lure_is(const char *text)
{
	return is_one_of(text, lures, G_N_ELEMENTS(lures));
}

bool
hisho_lure_is_addition(const char *text)
{
	return text[strspn(text, "0123456789")] == '\0' ||
	    hisho_lure_is(text) ||
	    is_one_of(text, fillers, G_N_ELEMENTS(fillers));
}

bool
hisho_lure_is_registered(const char *organization)
{
	for (size_t i = 0; i < G_N_ELEMENTS(registered); i++)
		if (g_str_has_suffix(organization, registered[i]))
			return true;
	return false;
}

bool
hisho_lure_is_cheap(const char *organization)
{
	const char *dot = strrchr(organization, '.');

	return dot != NULL && is_one_of(dot + 1, cheap, G_N_ELEMENTS(cheap));
}
