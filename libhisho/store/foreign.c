#include "libhisho/store/foreign.h"

#include <string.h>

#include "libhisho/base/error.h"
#include "libhisho/store/intake.h"

/* What every line has, besides its receipt or permit. */
typedef struct {
	char *kind;
	char *of; /* the kind of what was withdrawn */
	char *user;
	char *entry;
	char *address;
	gint64 since;
	gint64 time;
} Line;

#define FIELD(member, type)                                                    \
	HISHO_RECORD_##type, G_STRUCT_OFFSET(Line, member), NULL

static const HishoRecordField line_fields[] = {
	{ "kind", FIELD(kind, TEXT) },
	{ "of", FIELD(of, TEXT) },
	{ "user", FIELD(user, TEXT) },
	{ "entry", FIELD(entry, TEXT) },
	{ "address", FIELD(address, TEXT) },
	{ "since", FIELD(since, NUMBER) },
	{ "time", FIELD(time, NUMBER) },
	{ NULL, 0, 0, NULL },
};

static void free_line(void *line);

static const HishoRecordType line_type = { sizeof(Line), line_fields,
	free_line };

static void
free_line(void *line)
{
	hisho_record_free(&line_type, line);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Line, free_line)

static bool
refuse(const char *why, GError **error)
{
	g_set_error_literal(error, HISHO_ERROR, HISHO_ERROR_INPUT, why);
	return false;
}

static bool
read_receipt(HishoForeign *foreign, const HishoJson *json, GError **error)
{
	HishoReceipt *receipt =
	    hisho_record_from_json(&hisho_receipt_type, json, error);

	foreign->receipt = receipt;
	if (receipt != NULL && receipt->host == NULL)
		receipt->host = g_strdup("");
	return receipt != NULL;
}

static bool
read_vote(HishoForeign *foreign, const HishoJson *json, const Line *line,
    GError **error)
{
	(void)line;
	if (!read_receipt(foreign, json, error))
		return false;
	const HishoReceipt *receipt = foreign->receipt;
	foreign->time = MAX(MAX(receipt->voted, receipt->measured),
	    MAX(receipt->received, receipt->again));
	return hisho_intake_check_vote(receipt, error);
}

/* Of what else the line may say nothing is kept. */
static bool
read_withdrawn_vote(HishoForeign *foreign, const HishoJson *json,
    const Line *line, GError **error)
{
	if (!read_receipt(foreign, json, error))
		return false;
	g_autoptr(HishoReceipt) all = foreign->receipt;
	HishoReceipt *bare = hisho_receipt_new();
	foreign->receipt = bare;
	bare->user = g_strdup(all->user);
	bare->digest = g_strdup(all->digest);
	bare->host = g_strdup(all->host);
	foreign->time = line->time;
	return hisho_intake_check_names(bare, error);
}

static bool
read_permit(HishoForeign *foreign, const HishoJson *json, const Line *line,
    GError **error)
{
	(void)line;
	foreign->permit =
	    hisho_record_from_json(&hisho_permit_type, json, error);
	if (foreign->permit == NULL)
		return false;
	foreign->time = hisho_permit_changed(foreign->permit);
	return hisho_intake_check_permit(foreign->permit, error);
}

static bool
read_withdrawn_permit(HishoForeign *foreign, const HishoJson *json,
    const Line *line, GError **error)
{
	(void)json;
	if (!hisho_intake_is_address(line->address))
		return refuse("'address' is not an address", error);
	foreign->permit = hisho_permit_new(line->address);
	foreign->permit->withdrawn = line->time;
	foreign->time = line->time;
	return true;
}

static bool
read_entry(HishoForeign *foreign, const Line *line, GError **error)
{
	bool is_link = foreign->kind != HISHO_FOREIGN_BLOCK;

	if (is_link ? !hisho_intake_is_link(line->entry)
		    : !hisho_intake_is_name(line->entry) &&
		    !hisho_intake_is_address(line->entry))
		return refuse(is_link ? "'entry' is not a host or a page"
				      : "'entry' is not an address or a domain",
		    error);
	foreign->name = g_strdup(line->entry);
	return true;
}

static bool
read_listed(HishoForeign *foreign, const HishoJson *json, const Line *line,
    GError **error)
{
	(void)json;
	foreign->time = line->since;
	return read_entry(foreign, line, error);
}

static bool
read_withdrawn_listed(HishoForeign *foreign, const HishoJson *json,
    const Line *line, GError **error)
{
	(void)json;
	foreign->time = line->time;
	return read_entry(foreign, line, error);
}

typedef bool (*Read)(HishoForeign *foreign, const HishoJson *json,
    const Line *line, GError **error);

static const struct {
	const char *name;
	Read read;
	Read read_withdrawn;
} kinds[] = {
	[HISHO_FOREIGN_VOTE] = { "vote", read_vote, read_withdrawn_vote },
	[HISHO_FOREIGN_PERMIT] = { "permit", read_permit,
	    read_withdrawn_permit },
	[HISHO_FOREIGN_BLOCK] = { "block", read_listed, read_withdrawn_listed },
	[HISHO_FOREIGN_ALLOW_LINK] = { "allow-link", read_listed,
	    read_withdrawn_listed },
	[HISHO_FOREIGN_REPORT] = { "report", read_listed,
	    read_withdrawn_listed },
};

G_STATIC_ASSERT(G_N_ELEMENTS(kinds) == HISHO_FOREIGN_KINDS);

const char *
hisho_foreign_kind_name(HishoForeignKind kind)
{
	return kinds[kind].name;
}

/* Its place in the table, or the table's end. */
static gsize
find_kind(const char *name)
{
	gsize i = 0;

	while (i < G_N_ELEMENTS(kinds) && g_strcmp0(kinds[i].name, name) != 0)
		i++;
	return i;
}

bool
hisho_foreign_is_first(const char *line, size_t length, GError **error)
{
	g_autoptr(HishoJson) json = hisho_json_parse(line, length, NULL);
	gint64 version =
	    json != NULL ? hisho_json_get_number(json, "hisho_export") : 0;

	if (version == 1)
		return true;
	if (version <= 0)
		return refuse("this is no export of hisho-db", error);
	g_set_error(error, HISHO_ERROR, HISHO_ERROR_INPUT,
	    "made by another version of hisho (format %" G_GINT64_FORMAT
	    ", not 1)",
	    version);
	return false;
}

/* Who, when, and what kind; the kind reads the rest. */
static bool
read_all(HishoForeign *foreign, const HishoJson *json, const Line *line,
    GError **error)
{
	foreign->is_withdrawn = g_strcmp0(line->kind, "withdrawn") == 0;
	gsize kind = find_kind(foreign->is_withdrawn ? line->of : line->kind);

	if (kind == G_N_ELEMENTS(kinds))
		return refuse(foreign->is_withdrawn
			? "'of' is no kind of record"
			: "'kind' is no kind of record",
		    error);
	if (!hisho_intake_is_user(line->user))
		return refuse("'user' is not uid:N or name:NAME", error);
	foreign->kind = (HishoForeignKind)kind;
	foreign->user = g_strdup(line->user);
	Read read = foreign->is_withdrawn ? kinds[kind].read_withdrawn
					  : kinds[kind].read;
	if (!read(foreign, json, line, error))
		return false;
	return foreign->time > 0 ||
	    refuse("there is no time in seconds since 1970", error);
}

HishoForeign *
hisho_foreign_parse(const char *text, size_t length, GError **error)
{
	g_autoptr(HishoForeign) foreign = g_new0(HishoForeign, 1);
	g_autoptr(HishoJson) json = hisho_json_parse(text, length, error);
	g_autoptr(Line) line = json != NULL
	    ? hisho_record_from_json(&line_type, json, error)
	    : NULL;

	return line != NULL && read_all(foreign, json, line, error)
	    ? g_steal_pointer(&foreign)
	    : NULL;
}

void
hisho_foreign_free(HishoForeign *foreign)
{
	if (foreign == NULL)
		return;
	g_free(foreign->user);
	g_free(foreign->name);
	hisho_receipt_free(foreign->receipt);
	hisho_permit_free(foreign->permit);
	g_free(foreign);
}
