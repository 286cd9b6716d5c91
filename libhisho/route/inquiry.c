#include "libhisho/route/inquiry.h"

#include <string.h>

#include "libhisho/base/network.h"
#include "libhisho/mail/domain.h"

/* The questions of one mail; borrows from the inquiry and from answers. */
typedef struct {
	const HishoInquiry *inquiry;
	const HishoOracle *oracle;
	bool is_host;	      /* it came by a host of the Internet */
	HishoDnsType address; /* the type of that host's address */
	char *ip;
	char *helo;
	char *reverse_name;
	char *origin_name;
	GPtrArray *ptr_names; /* that could be the host's */
	GHashTable *names;    /* those that are asked for */
	bool is_cut;
} Plan;

static bool
is_address(const char *text)
{
	HishoIp ip;

	return hisho_network_parse_ip(text, strlen(text), &ip);
}

static bool
can_ask(const char *name)
{
	return hisho_dns_is_host_name(name) && !is_address(name);
}

/* Within the limit, NAME is one of those asked for. */
static bool
add_name(Plan *plan, const char *name)
{
	if (g_hash_table_contains(plan->names, name))
		return true;
	if (g_hash_table_size(plan->names) >= plan->inquiry->names_max) {
		plan->is_cut = true;
		return false;
	}
	g_hash_table_add(plan->names, (gpointer)(gsize)name);
	return true;
}

static const HishoAnswer *
look(const Plan *plan, const char *name, HishoDnsType type)
{
	/* A mail before may have asked for more. */
	return name != NULL && g_hash_table_contains(plan->names, name)
	    ? plan->oracle->look(plan->oracle->context, name, type)
	    : NULL;
}

static bool
has_values(const HishoAnswer *answer)
{
	return answer != NULL && answer->kind == HISHO_ANSWER_VALUES;
}

static void
find_origin_name(Plan *plan, const char *reversed)
{
	const char *const *zones = plan->inquiry->origin_zones;

	if (zones == NULL || zones[0] == NULL)
		return;
	bool is_second = plan->address == HISHO_DNS_AAAA && zones[1] != NULL;
	plan->origin_name =
	    g_strdup_printf("%s.%s", reversed, zones[is_second]);
}

/* The host, unless it is one of a private network: nobody answers for its
 * address, and nobody else has to know it. */
static void
find_host(Plan *plan)
{
	const char *text = plan->inquiry->ip;
	HishoIp ip;

	if (text == NULL || !hisho_network_parse_ip(text, strlen(text), &ip) ||
	    hisho_network_ip_is_private(&ip))
		return;
	bool is_v4 = hisho_network_ip_is_v4(&ip);
	g_autofree char *reversed = hisho_network_dup_reversed(&ip);
	plan->is_host = true;
	plan->address = is_v4 ? HISHO_DNS_A : HISHO_DNS_AAAA;
	plan->ip = hisho_network_dup_ip_text(&ip);
	plan->reverse_name =
	    g_strconcat(reversed, is_v4 ? ".in-addr.arpa" : ".ip6.arpa", NULL);
	find_origin_name(plan, reversed);
}

/* The names that the DNS gives for the host: the last to be asked for, that
 * a host with hundreds of them hides nothing else. */
static void
add_ptr_names(Plan *plan)
{
	const HishoAnswer *answer =
	    look(plan, plan->reverse_name, HISHO_DNS_PTR);

	for (guint i = 0; has_values(answer) && i < answer->values->len; i++) {
		char *name = answer->values->pdata[i];
		if (can_ask(name) && add_name(plan, name))
			g_ptr_array_add(plan->ptr_names, name);
	}
}

static Plan *
plan_new(const HishoInquiry *inquiry, const HishoOracle *oracle)
{
	Plan *plan = g_new0(Plan, 1);

	plan->inquiry = inquiry;
	plan->oracle = oracle;
	plan->names = g_hash_table_new(g_str_hash, g_str_equal);
	plan->ptr_names = g_ptr_array_new();
	plan->helo =
	    inquiry->helo == NULL ? NULL : g_ascii_strdown(inquiry->helo, -1);
	find_host(plan);
	const char *const names[] = { plan->reverse_name,
		plan->is_host ? plan->helo : NULL, inquiry->from_domain,
		plan->origin_name, inquiry->envelope_domain,
		inquiry->reply_domain };
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
		if (names[i] != NULL && can_ask(names[i]))
			add_name(plan, names[i]);
	add_ptr_names(plan);
	return plan;
}

static void
plan_free(Plan *plan)
{
	g_free(plan->ip);
	g_free(plan->helo);
	g_free(plan->reverse_name);
	g_free(plan->origin_name);
	g_ptr_array_unref(plan->ptr_names);
	g_hash_table_unref(plan->names);
	g_free(plan);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Plan, plan_free)

static void
ask(const Plan *plan, const char *name, HishoDnsType type)
{
	if (name != NULL && g_hash_table_contains(plan->names, name))
		plan->oracle->ask(plan->oracle->context, name, type);
}

static void
ask_mail(const Plan *plan, const char *domain)
{
	ask(plan, domain, HISHO_DNS_MX);
	ask(plan, domain, HISHO_DNS_A);
	ask(plan, domain, HISHO_DNS_AAAA);
}

void
hisho_inquiry_ask(const HishoInquiry *inquiry, const HishoOracle *oracle)
{
	g_autoptr(Plan) plan = plan_new(inquiry, oracle);

	if (plan->is_host) {
		ask(plan, plan->reverse_name, HISHO_DNS_PTR);
		ask(plan, plan->helo, plan->address);
		ask(plan, plan->origin_name, HISHO_DNS_TXT);
	}
	for (guint i = 0; i < plan->ptr_names->len; i++)
		ask(plan, plan->ptr_names->pdata[i], plan->address);
	ask_mail(plan, inquiry->from_domain);
	ask_mail(plan, inquiry->envelope_domain);
	ask_mail(plan, inquiry->reply_domain);
}

static const char *
leads_to_host(const Plan *plan, const char *name)
{
	const HishoAnswer *answer = look(plan, name, plan->address);

	if (answer == NULL)
		return "not-checked";
	if (answer->kind == HISHO_ANSWER_TEMPERROR)
		return "temperror";
	return g_ptr_array_find_with_equal_func(
		   answer->values, plan->ip, g_str_equal, NULL)
	    ? "pass"
	    : "fail";
}

static const char *
check_forward(const Plan *plan)
{
	const char *helo = plan->helo;

	if (!plan->is_host)
		return "not-checked";
	if (helo == NULL || is_address(helo))
		return "none";
	return can_ask(helo) ? leads_to_host(plan, helo) : "fail";
}

/* The name that leads back to the host and says most of it: the one that it
 * calls itself, else one of the From's own organisation. */
static const char *
prefer(const Plan *plan, const char *best, const char *name)
{
	const HishoInquiry *inquiry = plan->inquiry;

	if (best == NULL || g_strcmp0(name, plan->helo) == 0)
		return name;
	return g_strcmp0(best, plan->helo) != 0 &&
		!hisho_domain_same_organization(best, inquiry->from_domain) &&
		hisho_domain_same_organization(name, inquiry->from_domain)
	    ? name
	    : best;
}

static const char *
check_reverse(const Plan *plan, const char **ptr)
{
	const HishoAnswer *answer =
	    look(plan, plan->reverse_name, HISHO_DNS_PTR);
	/* The name that does may be among those not asked for. */
	const char *doubt = plan->is_cut ? "temperror" : "fail";

	if (answer == NULL)
		return "not-checked";
	if (answer->kind == HISHO_ANSWER_TEMPERROR)
		return "temperror";
	if (!has_values(answer))
		return "none";
	for (guint i = 0; i < plan->ptr_names->len; i++) {
		const char *name = plan->ptr_names->pdata[i];
		const char *result = leads_to_host(plan, name);
		if (strcmp(result, "pass") == 0)
			*ptr = prefer(plan, *ptr, name);
		else if (strcmp(result, "fail") != 0)
			doubt = "temperror";
	}
	if (*ptr != NULL)
		return "pass";
	*ptr = answer->values->pdata[0];
	return doubt;
}

/* Whether one of the servers for mail is a host, and no server at all was
 * named (RFC 7505). */
static bool
has_mail_server(const HishoAnswer *answer)
{
	for (guint i = 0; i < answer->values->len; i++)
		if (can_ask(answer->values->pdata[i]))
			return true;
	return false;
}

static const char *
check_mail(const Plan *plan, const char *domain)
{
	const HishoAnswer *mx = look(plan, domain, HISHO_DNS_MX);
	const HishoAnswer *addresses[] = { look(plan, domain, HISHO_DNS_A),
		look(plan, domain, HISHO_DNS_AAAA) };
	const char *result = "none";

	if (mx == NULL)
		return "not-checked";
	if (mx->kind == HISHO_ANSWER_TEMPERROR)
		return "temperror";
	if (has_values(mx))
		return has_mail_server(mx) ? "pass" : "fail";
	for (size_t i = 0; i < G_N_ELEMENTS(addresses); i++) {
		if (has_values(addresses[i]))
			return "pass";
		if (addresses[i] == NULL ||
		    addresses[i]->kind == HISHO_ANSWER_TEMPERROR)
			result = "temperror";
	}
	return result;
}

/* "64500 | 192.0.2.0/24 | JP | apnic | 2001-01-01". */
static void
read_origin(const Plan *plan, HishoDns *dns)
{
	const HishoAnswer *answer =
	    look(plan, plan->origin_name, HISHO_DNS_TXT);

	if (!has_values(answer))
		return;
	g_auto(GStrv) parts = g_strsplit(answer->values->pdata[0], "|", 4);
	if (g_strv_length(parts) < 3)
		return;
	const char *asn = g_strstrip(parts[0]), *country = g_strstrip(parts[2]);
	size_t n_digits = strspn(asn, "0123456789");
	if (n_digits > 0 && n_digits <= 10)
		dns->asn = g_strndup(asn, n_digits);
	if (strlen(country) == 2 && g_ascii_isalpha(country[0]) &&
	    g_ascii_isalpha(country[1]))
		dns->country = g_ascii_strup(country, 2);
}

static void
set(char **result, const char *value)
{
	g_free(*result);
	*result = g_strdup(value);
}

HishoDns *
hisho_inquiry_conclude(const HishoInquiry *inquiry, const HishoOracle *oracle)
{
	g_autoptr(Plan) plan = plan_new(inquiry, oracle);
	HishoDns *dns = hisho_dns_new();
	const char *ptr = NULL;

	set(&dns->forward, check_forward(plan));
	set(&dns->reverse, check_reverse(plan, &ptr));
	set(&dns->ptr, ptr);
	set(&dns->from_mail, check_mail(plan, inquiry->from_domain));
	set(&dns->reply_mail, check_mail(plan, inquiry->reply_domain));
	set(&dns->envelope_mail, check_mail(plan, inquiry->envelope_domain));
	read_origin(plan, dns);
	dns->is_cut = plan->is_cut;
	return dns;
}
