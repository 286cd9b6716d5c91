#include "libhisho/store/acquaintances.h"

#include <string.h>

#include "libhisho/store/key.h"
#include "libhisho/store/permits.h"
#include "libhisho/store/sums.h"

#define LOOKED_AT 10000

/* Fewer mails may all be of one forger. */
#define SEVERAL 3

typedef struct {
	HishoKnown *known;
	guint looked_at;
} Visit;

static HishoKnownRank
rank(const HishoShare *share)
{
	if (share->trusted > share->distrusted)
		return HISHO_KNOWN_TRUSTED;
	return share->messages >= SEVERAL && share->distrusted == 0
	    ? HISHO_KNOWN_RECEIVED
	    : HISHO_KNOWN_NOT;
}

static bool
visit_domain(HishoSlice key, HishoSlice value, void *context)
{
	Visit *visit = context;
	g_auto(GStrv) parts = hisho_key_split(key);
	HishoSum sum;

	if (hisho_sum_parse(value, &sum) && rank(&sum.own) != HISHO_KNOWN_NOT)
		hisho_known_add(visit->known, parts[g_strv_length(parts) - 1],
		    rank(&sum.own));
	return ++visit->looked_at < LOOKED_AT;
}

bool
hisho_acquaintances_rank(HishoDatabase *database, const HishoAxes *axes,
    HishoKnownRank *found, GError **error)
{
	GError *reason = NULL;
	HishoSum sum;

	*found = HISHO_KNOWN_NOT;
	if (axes->from_domain == NULL)
		return true;
	g_autofree char *key =
	    hisho_sums_dup_own_key(axes, HISHO_AXIS_FROM_DOMAIN);
	g_autoptr(GBytes) value =
	    hisho_database_get(database, hisho_slice(key), &reason);
	if (reason != NULL)
		g_propagate_error(error, reason);
	else if (value != NULL &&
	    hisho_sum_parse(hisho_slice_bytes(value), &sum))
		*found = rank(&sum.own);
	return reason == NULL;
}

bool
hisho_acquaintances_read(HishoDatabase *database, const char *user,
    HishoKnown *known, GError **error)
{
	const HishoAxes axes = { .user = user, .from_domain = "" };
	g_autofree char *prefix =
	    hisho_sums_dup_own_key(&axes, HISHO_AXIS_FROM_DOMAIN);
	Visit visit = { known, 0 };
	const HishoWalk walk = { .prefix = hisho_slice(prefix),
		.visit = visit_domain,
		.context = &visit };

	if (!hisho_database_walk(database, &walk, error))
		return false;
	g_autoptr(GPtrArray) permits =
	    hisho_permits_list(database, user, error);
	for (guint i = 0; permits != NULL && i < permits->len; i++) {
		const HishoPermit *permit = permits->pdata[i];
		const char *at = strrchr(permit->address, '@');
		if (at != NULL)
			hisho_known_add(known, at + 1, HISHO_KNOWN_TRUSTED);
	}
	return permits != NULL;
}
