#include "libhisho/score/routewarn.h"

#include "libhisho/route/chain.h"

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
	g_autofree char *messages = g_strdup_printf("%" G_GINT64_FORMAT,
	    hisho_memory_before(
		about->memory, about->memory->standing.from.own.messages));
	hisho_warning_add(warnings, "route-new", "from",
	    hisho_warning_from_address(about->facts), "ip", about->route->ip,
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
}
