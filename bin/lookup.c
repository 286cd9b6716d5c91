#include "bin/lookup.h"

#include <string.h>

#include "libhisho/mail/field.h"
#include "libhisho/mail/mailbox.h"
#include "libhisho/report/fields.h"
#include "libhisho/route/inquiry.h"
#include "libhisho/score/axes.h"
#include "libhisho/store/ledger.h"

/* Of the host that we see, too: options may have made it another. */
static HishoDns *
recall_sealed(const LookupCase *about)
{
	const HishoField *field = hisho_field_find(about->sealed, "Route");
	const char *ip = field != NULL ? hisho_field_get(field, "ip") : NULL;

	return ip != NULL && g_strcmp0(ip, about->route->ip) == 0
	    ? hisho_fields_read_dns(field)
	    : NULL;
}

/* No record is no failure, nor is a database that cannot be had: whoever
 * judges by it will say so. */
static HishoDns *
recall_recorded(const Lookup *lookup, const LookupCase *about)
{
	if (about->route->ip == NULL)
		return NULL;
	g_autoptr(HishoReceipt) like = hisho_axes_new_receipt(
	    about->facts, about->route, lookup->tool->user, NULL);
	g_autoptr(HishoDatabase) database = hisho_database_open_for_reading(
	    lookup->tool->database, about->database_ms, NULL);
	g_autoptr(HishoReceipt) kept =
	    database != NULL ? hisho_ledger_find(database, like, NULL) : NULL;

	return kept != NULL ? hisho_receipt_dup_dns(kept) : NULL;
}

static void
ask(void *resolver, const char *name, HishoDnsType type)
{
	hisho_resolver_ask(resolver, name, type);
}

static const HishoAnswer *
look(void *resolver, const char *name, HishoDnsType type)
{
	return hisho_resolver_look(resolver, name, type);
}

static const char *
first_domain(const GPtrArray *mailboxes)
{
	const HishoMailbox *first =
	    mailboxes->len > 0 ? mailboxes->pdata[0] : NULL;

	return first != NULL ? first->domain : NULL;
}

static char *
dup_envelope_domain(const LookupCase *about)
{
	const char *envelope = hisho_axes_envelope(about->facts, about->route);
	const char *at = envelope != NULL ? strrchr(envelope, '@') : NULL;

	return at != NULL ? hisho_mailbox_dup_domain(at + 1) : NULL;
}

static HishoDns *
measure(const Lookup *lookup, const LookupCase *about)
{
	const HishoLetter *letter = about->facts->letter;
	const HishoConfig *config = lookup->tool->config;
	g_autofree char *envelope_domain = dup_envelope_domain(about);
	const HishoInquiry inquiry = {
		.ip = about->route->ip,
		.helo = about->route->helo,
		.from_domain =
		    letter->has_one_from ? first_domain(letter->from) : NULL,
		.reply_domain = first_domain(letter->reply_to),
		.envelope_domain = envelope_domain,
		.origin_zones = (const char *const *)config->origin_zones,
		.names_max = (guint)config->dns_names,
	};
	const HishoOracle oracle = { lookup->resolver, ask, look };
	gint64 deadline_us = g_get_monotonic_time() +
	    MIN((gint64)lookup->timeout_ms, about->dns_ms) * 1000;

	hisho_resolver_begin(lookup->resolver);
	do
		hisho_inquiry_ask(&inquiry, &oracle);
	while (hisho_resolver_wait(lookup->resolver, deadline_us));
	hisho_resolver_give_up(lookup->resolver);
	HishoDns *dns = hisho_inquiry_conclude(&inquiry, &oracle);
	dns->time = lookup->tool->now;
	return dns;
}

HishoDns *
lookup_measure(const Lookup *lookup, const LookupCase *about)
{
	HishoDns *dns = recall_sealed(about);

	if (dns == NULL && !lookup->again)
		dns = recall_recorded(lookup, about);
	if (dns == NULL && lookup->resolver != NULL)
		dns = measure(lookup, about);
	return dns;
}
