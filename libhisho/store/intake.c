#include "libhisho/store/intake.h"

#include <string.h>

#include "libhisho/base/error.h"
#include "libhisho/base/network.h"
#include "libhisho/mail/address.h"

#define NAME_BYTES 253
#define LINK_BYTES 512

/* As hisho_receipt_dup_as_kept() cuts them. */
#define TEXT_BYTES 1000

bool
hisho_intake_is_user_name(const char *name)
{
	size_t length = strlen(name);

	for (size_t i = 0; i < length; i++)
		if (!g_ascii_isalnum(name[i]) && !strchr("._@+-", name[i]))
			return false;
	return length > 0 && length <= HISHO_USER_NAME_BYTES &&
	    g_ascii_isalnum(name[0]);
}

/* As it is printed: without leading zeros. */
static bool
is_uid(const char *digits)
{
	guint64 uid;

	return g_ascii_string_to_unsigned(
		   digits, 10, 0, G_MAXUINT32 - 1, &uid, NULL) &&
	    (digits[0] != '0' || digits[1] == '\0');
}

bool
hisho_intake_is_user(const char *text)
{
	if (text != NULL && g_str_has_prefix(text, "uid:"))
		return is_uid(text + strlen("uid:"));
	return text != NULL && g_str_has_prefix(text, "name:") &&
	    hisho_intake_is_user_name(text + strlen("name:"));
}

bool
hisho_intake_is_digest(const char *text)
{
	return text != NULL && strlen(text) == 64 &&
	    strspn(text, "0123456789abcdef") == 64;
}

bool
hisho_intake_is_host(const char *text)
{
	HishoIp ip;

	if (text == NULL || !hisho_network_parse_ip(text, strlen(text), &ip))
		return false;
	g_autofree char *spelling = hisho_network_dup_ip_text(&ip);
	return strcmp(spelling, text) == 0;
}

bool
hisho_intake_is_net(const char *text)
{
	HishoNetwork network;

	if (text == NULL || !hisho_network_parse(text, &network))
		return false;
	g_autofree char *spelling = hisho_network_dup_key(&network.ip);
	return strcmp(spelling, text) == 0;
}

bool
hisho_intake_is_address(const char *text)
{
	g_autofree char *key = hisho_address_key(text);

	return key != NULL;
}

bool
hisho_intake_is_domain_of(const char *domain, const char *address)
{
	if (domain == NULL || address == NULL || *domain == '\0' ||
	    !g_str_has_suffix(address, domain))
		return false;
	const char *start = address + strlen(address) - strlen(domain);
	return start == address || start[-1] == '@' || start[-1] == '.';
}

static bool
is_graphic(const char *text)
{
	for (const char *c = text; *c != '\0'; c++)
		if (g_ascii_iscntrl(*c) || *c == ' ')
			return false;
	return *text != '\0';
}

bool
hisho_intake_is_name(const char *text)
{
	return text != NULL && strlen(text) <= NAME_BYTES && is_graphic(text);
}

bool
hisho_intake_is_link(const char *text)
{
	return text != NULL && strlen(text) <= LINK_BYTES && is_graphic(text);
}

static bool
refuse(const char *member, const char *wanted, GError **error)
{
	g_set_error(error, HISHO_ERROR, HISHO_ERROR_INPUT, "'%s' is not %s",
	    member, wanted);
	return false;
}

/* Lists and envelopes are called anything. */
static bool
is_sender(const char *text)
{
	for (const char *c = text; *c != '\0'; c++)
		if (g_ascii_iscntrl(*c))
			return false;
	return true;
}

/* The texts of a receipt that have a form. */
static const struct {
	const char *member;
	size_t offset;
	bool (*is_fine)(const char *text);
	const char *wanted;
	bool is_needed;
} texts[] = {
#define TEXT(member) #member, G_STRUCT_OFFSET(HishoReceipt, member)
	{ TEXT(digest), hisho_intake_is_digest, "64 digits 0-9a-f", true },
	{ TEXT(host), hisho_intake_is_host, "an IP address", false },
	{ TEXT(host_net), hisho_intake_is_net, "a network", false },
	{ TEXT(host_organization), hisho_intake_is_name, "a domain", false },
	{ TEXT(from), hisho_intake_is_address, "an address", false },
	{ TEXT(sender), is_sender, "a name without controls", false },
#undef TEXT
};

static bool
check_forms(const HishoReceipt *receipt, GError **error)
{
	for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
		const char *text =
		    G_STRUCT_MEMBER(const char *, receipt, texts[i].offset);
		bool is_empty = text == NULL || *text == '\0';
		if (is_empty ? texts[i].is_needed : !texts[i].is_fine(text))
			return refuse(texts[i].member, texts[i].wanted, error);
	}
	return true;
}

/* Texts in which a domain must be that of another. */
static bool
check_domains(const HishoReceipt *receipt, GError **error)
{
	const struct {
		const char *member, *domain, *whose;
	} domains[] = {
		{ "from_domain", receipt->from_domain, receipt->from },
		{ "from_organization", receipt->from_organization,
		    receipt->from },
		{ "sender_domain", receipt->sender_domain, receipt->sender },
	};

	for (gsize i = 0; i < G_N_ELEMENTS(domains); i++)
		if (domains[i].domain != NULL &&
		    !hisho_intake_is_domain_of(
			domains[i].domain, domains[i].whose))
			return refuse(domains[i].member,
			    "the domain of its address", error);
	return true;
}

static bool
check_list(const char *member, const GPtrArray *list, GError **error)
{
	if (list->len > HISHO_RECEIPT_LINKS)
		return refuse(member, "a list of at most 50", error);
	for (guint i = 0; i < list->len; i++)
		if (strlen(list->pdata[i]) > TEXT_BYTES)
			return refuse(member, "a list of short texts", error);
	return true;
}

/* What is longer would be cut, and its sums kept under another name. */
static bool
check_lengths(const HishoReceipt *receipt, GError **error)
{
	for (const HishoRecordField *f = hisho_receipt_type.fields;
	     f->key != NULL; f++) {
		const char *text = f->kind == HISHO_RECORD_TEXT
		    ? G_STRUCT_MEMBER(const char *, receipt, f->offset)
		    : NULL;
		if (text != NULL && strlen(text) > TEXT_BYTES)
			return refuse(
			    f->key, "a text of at most 1,000 bytes", error);
		if (f->kind == HISHO_RECORD_TEXTS &&
		    !check_list(f->key,
			G_STRUCT_MEMBER(GPtrArray *, receipt, f->offset),
			error))
			return false;
	}
	return true;
}

static bool
check_time(const char *member, gint64 time, bool may_be_none, GError **error)
{
	return time > 0 || (time == 0 && may_be_none) ||
	    refuse(member, "a time in seconds since 1970", error);
}

bool
hisho_intake_check_names(const HishoReceipt *receipt, GError **error)
{
	return check_forms(receipt, error) && check_lengths(receipt, error);
}

bool
hisho_intake_check_vote(const HishoReceipt *receipt, GError **error)
{
	if (!hisho_vote_is_known(receipt->vote))
		return refuse("vote", "a vote", error);
	if (receipt->aligned < 0 || receipt->aligned > 1)
		return refuse("aligned", "0 or 1", error);
	if (receipt->local < 0 || receipt->local > 1)
		return refuse("local", "0 or 1", error);
	if (receipt->again != 0 &&
	    (receipt->received == 0 || receipt->again <= receipt->received))
		return refuse("again", "later than 'received'", error);
	return hisho_intake_check_names(receipt, error) &&
	    check_domains(receipt, error) &&
	    check_time("voted", receipt->voted, false, error) &&
	    check_time("received", receipt->received, true, error) &&
	    check_time("measured", receipt->measured, true, error);
}

static bool
is_organization(const char *text)
{
	return hisho_intake_is_name(text) && strchr(text, '/') == NULL &&
	    !hisho_intake_is_host(text);
}

/* The ways of each list: no text can stand in two of them. */
static const struct {
	const char *member;
	bool (*is_fine)(const char *text);
} ways[HISHO_PERMIT_LISTS] = {
	{ "hosts", hisho_intake_is_host },
	{ "nets", hisho_intake_is_net },
	{ "organizations", is_organization },
};

static bool
check_ways(const HishoPermit *permit, GError **error)
{
	for (int list = 0; list < HISHO_PERMIT_LISTS; list++) {
		const GPtrArray *here = hisho_permit_list(permit, list);
		if (here->len > HISHO_PERMIT_PINS)
			return refuse(ways[list].member,
			    "a list of at most 1,000", error);
		for (guint i = 0; i < here->len; i++)
			if (!ways[list].is_fine(here->pdata[i]))
				return refuse(
				    ways[list].member, "a list of such", error);
	}
	return true;
}

/* The ways of PERMIT, borrowed. */
static GHashTable *
index_ways(const HishoPermit *permit)
{
	GHashTable *index = g_hash_table_new(g_str_hash, g_str_equal);

	for (int list = 0; list < HISHO_PERMIT_LISTS; list++) {
		const GPtrArray *here = hisho_permit_list(permit, list);
		for (guint i = 0; i < here->len; i++)
			g_hash_table_add(index, here->pdata[i]);
	}
	return index;
}

/* "TIME WAY" of a way that is there, once. */
static bool
take_added(GHashTable *index, const char *text, gint64 *time)
{
	const char *space = strchr(text, ' ');
	g_autofree char *number =
	    g_strndup(text, space == NULL ? 0 : (gsize)(space - text));

	return space != NULL &&
	    g_ascii_string_to_signed(number, 10, 1, G_MAXINT64, time, NULL) &&
	    g_hash_table_remove(index, space + 1);
}

static bool
check_added(const HishoPermit *permit, GError **error)
{
	g_autoptr(GHashTable) index = index_ways(permit);
	gint64 time = 0;

	for (guint i = 0; i < permit->added->len; i++) {
		if (!take_added(index, permit->added->pdata[i], &time))
			return refuse(
			    "added", "a list of times and ways", error);
		if (time > hisho_permit_changed(permit))
			return refuse(
			    "changed", "the latest time in it", error);
	}
	return true;
}

bool
hisho_intake_check_permit(const HishoPermit *permit, GError **error)
{
	if (!hisho_intake_is_address(permit->address))
		return refuse("address", "an address", error);
	if (hisho_permit_changed(permit) < permit->withdrawn)
		return refuse("withdrawn", "before it was permitted", error);
	return check_time("since", permit->since, false, error) &&
	    check_time("changed", permit->changed, true, error) &&
	    check_time("withdrawn", permit->withdrawn, true, error) &&
	    check_ways(permit, error) && check_added(permit, error);
}
