#include "bin/origin.h"

#include <string.h>

#include "libhisho/mail/field.h"
#include "libhisho/mail/mailbox.h"

/* Hop 0 was one beyond the last. */
static guint
restored_hop(const HishoField *route)
{
	const char *hop = hisho_field_get(route, "hop");
	guint64 number = hop != NULL ? g_ascii_strtoull(hop, NULL, 10) : 0;

	return number > 0 ? (guint)MIN(number, G_MAXUINT) : G_MAXUINT;
}

/* What an earlier stage was told by its options holds for us, too. */
static void
restore_plan(AssessPlan *plan, const GPtrArray *sealed)
{
	const HishoField *route = hisho_field_find(sealed, "Route");
	const char *why = route != NULL ? hisho_field_get(route, "why") : NULL;
	HishoBoundaryOptions *boundary = &plan->boundary;

	if (why == NULL)
		return;
	if (strcmp(why, "client-ip") == 0 && boundary->client_ip == NULL) {
		boundary->client_ip = hisho_field_get(route, "ip");
		boundary->helo = hisho_field_get(route, "helo");
		boundary->client_name = hisho_field_get(route, "rdns");
	}
	if (plan->envelope_from == NULL)
		plan->envelope_from = hisho_field_get(route, "envelope-from");
	if (strcmp(why, "by-hand") == 0 && boundary->hop == 0)
		boundary->hop = restored_hop(route);
}

static GArray *
new_fields(const GPtrArray *found)
{
	GArray *fields = g_array_new(FALSE, FALSE, sizeof(HishoAuthField));

	for (guint i = 0; i < found->len; i++) {
		const HishoTraceField *result = found->pdata[i];
		HishoAuthField field = { result->value,
			result->value != NULL ? strlen(result->value) : 0,
			(guint)result->hops_above };
		if (result->value != NULL)
			g_array_append_val(fields, field);
	}
	return fields;
}

static void
find_route(Assessment *assessment, const AssessPlan *plan)
{
	HishoLetter *letter = assessment->facts->letter;
	g_autoptr(GArray) fields = new_fields(assessment->facts->results);
	g_autoptr(GArray) spf = new_fields(assessment->facts->spf);
	const HishoMailbox *from =
	    letter->has_one_from ? letter->from->pdata[0] : NULL;
	const HishoRouteOptions options = {
		.boundary = plan->boundary,
		.auth_fields = fields,
		.spf_fields = spf,
		.auth_names =
		    (const char *const *)plan->tool->config->authserv_ids,
		.auth_below = plan->tool->config->authserv_below,
		.from_domain = from != NULL ? from->domain : NULL,
	};

	assessment->route = hisho_route_find(assessment->facts->hops, &options);
	if (plan->envelope_from != NULL) {
		g_free(letter->return_path);
		letter->return_path = g_strdup(plan->envelope_from);
		assessment->facts->return_path_hops = 0;
	}
}

void
origin_find(
    Assessment *assessment, const AssessPlan *plan, const GPtrArray *sealed)
{
	AssessPlan restored = *plan;

	restore_plan(&restored, sealed);
	find_route(assessment, &restored);
}
