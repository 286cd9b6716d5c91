#include "libhisho/score/routewarn.h"

#include <string.h>

#include "libhisho/route/chain.h"
#include "libhisho/route/received.h"

/* One mail in clear text among ten is no news any more. */
#define HABIT_OF_TEN 9

/* A pool stays one when this From has used it before. */
static void
find_permit(const HishoWarningCase *about, GPtrArray *warnings)
{
	const char *ip = about->route->ip;

	if (about->is_permitted && !about->is_proven && !about->is_local)
		hisho_warning_add(warnings,
		    about->is_shared ? "permit-unproven" : "permit-forged",
		    "from", hisho_warning_from_address(about->facts), "ip", ip,
		    "reason", ip == NULL ? "host-unknown" : NULL, NULL);
}

static void
find_self(const HishoWarningCase *about, GPtrArray *warnings)
{
	if (about->is_own_address && about->route->ip != NULL)
		hisho_warning_add(warnings, "self-forged", "from",
		    hisho_warning_from_address(about->facts), "ip",
		    about->route->ip, NULL);
}

static void
find_route(const HishoWarningCase *about, GPtrArray *warnings)
{
	if (g_strcmp0(about->route->novelty, "unrelated") != 0)
		return;
	const HishoShare *own = &about->memory->standing.from.own;
	gint64 received = hisho_memory_before(about->memory, own->messages);
	g_autofree char *messages =
	    g_strdup_printf("%" G_GINT64_FORMAT, MAX(received, own->trusted));
	hisho_warning_add(warnings, "route-new", "from",
	    hisho_warning_from_address(about->facts), "ip", about->route->ip,
	    "messages", messages, NULL);
}

/* Of a server that does not say by which protocol, nothing is known. */
static bool
is_in_clear(const HishoRoute *route)
{
	g_autofree char *with = route->hop > 0 && route->with != NULL
	    ? g_ascii_strdown(route->with, -1)
	    : NULL;

	return with != NULL && strstr(with, "smtp") != NULL &&
	    !hisho_received_is_encrypted(route->tls);
}

/* Many servers never encrypt; that one does not any more is news. */
static void
find_plaintext(const HishoWarningCase *about, GPtrArray *warnings)
{
	const HishoStanding *known = &about->memory->standing;
	gint64 encrypted = known->route_tls.own.messages;
	gint64 all =
	    hisho_memory_before(about->memory, known->route.own.messages);

	if (encrypted == 0 || encrypted * 10 < all * HABIT_OF_TEN ||
	    !is_in_clear(about->route))
		return;
	g_autofree char *messages =
	    g_strdup_printf("%" G_GINT64_FORMAT, encrypted);
	hisho_warning_add(warnings, "route-plaintext", "ip", about->route->ip,
	    "tls", about->route->tls != NULL ? about->route->tls : "none",
	    "messages", messages, NULL);
}

static void
find_forged(const HishoWarningCase *about, GPtrArray *warnings)
{
	const HishoHop *hop = hisho_chain_find_forged(about->route->hops);

	if (hop != NULL)
		hisho_warning_add(warnings, "received-forged", "by", hop->by,
		    "ip", about->route->ip, NULL);
}

void
hisho_routewarn_find(const HishoWarningCase *about, GPtrArray *warnings)
{
	find_permit(about, warnings);
	find_self(about, warnings);
	find_route(about, warnings);
	find_forged(about, warnings);
	find_plaintext(about, warnings);
}
