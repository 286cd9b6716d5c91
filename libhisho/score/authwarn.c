#include "libhisho/score/authwarn.h"

#include <string.h>

static bool
is(const char *result, const char *word)
{
	return g_strcmp0(result, word) == 0;
}

/* Whether it fails DMARC, and the domain wants such mail kept away. */
static bool
is_unwanted(const HishoAuth *auth)
{
	return is(auth->dmarc, "fail") &&
	    (is(auth->policy, "reject") || is(auth->policy, "quarantine"));
}

/* Whether nobody can have forwarded it: its host names none that it has it
 * from.  A forger may name one, and go unnoticed. */
static bool
is_direct(const HishoRoute *route)
{
	return route->hop > 0 && route->hop == (gint64)route->hops->len;
}

/* Whether the domain does not send by this host, and no signature of anybody
 * is there to say more. */
static bool
is_disowned(const HishoAuth *auth)
{
	return is(auth->spf, "fail") && auth->spf_aligned &&
	    (is(auth->dkim, "none") || is(auth->dkim, "fail")) &&
	    (auth->dmarc == NULL || is(auth->dmarc, "none") ||
		is(auth->dmarc, "fail"));
}

static const char *
find_reason(const HishoRoute *route)
{
	const HishoAuth *auth = route->auth;

	if (auth == NULL || auth->aligned || auth->excused)
		return NULL;
	if (is_unwanted(auth))
		return auth->policy;
	return is_disowned(auth) && is_direct(route) ? "direct" : NULL;
}

/* Own users write from anywhere. */
static bool
is_by_login(const HishoRoute *route)
{
	if (route->hop < 1 || route->hop > (gint64)route->hops->len)
		return false;
	return ((const HishoHop *)route->hops->pdata[route->hop - 1])
	    ->authenticated;
}

/* Whether the mail is of a kind that fails honestly: a list writes into it,
 * and no server signs its reports. */
static bool
is_fragile(const HishoLetter *letter)
{
	const HishoMailbox *from = letter->from->pdata[0];

	return (letter->list != NULL && letter->list->id != NULL) ||
	    (letter->bounce != NULL && hisho_bounce_is_daemon(from->address));
}

void
hisho_authwarn_find(const HishoWarningCase *about, GPtrArray *warnings)
{
	const HishoLetter *letter = about->facts->letter;
	const HishoRoute *route = about->route;
	const char *reason = find_reason(route);

	if (reason == NULL || !letter->has_one_from || about->is_proven ||
	    is_by_login(route) || is_fragile(letter))
		return;
	const HishoMailbox *from = letter->from->pdata[0];
	hisho_warning_add(warnings, "auth-failed", "from", from->address,
	    "domain", from->domain, "ip", route->ip, "by", route->auth->by,
	    "spf", route->auth->spf, "dkim", route->auth->dkim, "dmarc",
	    route->auth->dmarc, "reason", reason, NULL);
}
