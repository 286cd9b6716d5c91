#include "libhisho/store/export.h"

#include <string.h>

#include "libhisho/base/error.h"
#include "libhisho/store/foreign.h"
#include "libhisho/store/key.h"
#include "libhisho/store/ledger.h"
#include "libhisho/store/lists.h"
#include "libhisho/store/past.h"
#include "libhisho/store/permits.h"
#include "libhisho/store/withdrawn.h"

/* An export on its way. */
typedef struct {
	const HishoExport *export;
	HishoDatabase *database;
	bool has_past; /* what withdrawn.h and past.h keep */
	GError *error;
} Work;

static bool
is_wanted(const Work *work, const char *user)
{
	return work->export->user == NULL ||
	    strcmp(work->export->user, user) == 0;
}

static bool
give(const Work *work, const HishoJson *json)
{
	g_autofree char *line = hisho_json_dup_line(json);

	return work->export->take(line, work->export->context);
}

static HishoJson *
new_record(const char *kind, const char *user)
{
	HishoJson *json = hisho_json_new_object();

	hisho_json_set_text(json, "kind", kind);
	hisho_json_set_text(json, "user", user);
	return json;
}

static void
set_texts(HishoJson *json, const char *key, const GPtrArray *texts)
{
	HishoJson *array = hisho_json_new_array();

	for (guint i = 0; i < texts->len; i++)
		hisho_json_append_text(array, texts->pdata[i]);
	hisho_json_set_take(json, key, array);
}

/* What of RECEIPT is not empty. */
static void
set_members(HishoJson *json, const HishoReceipt *receipt)
{
	for (const HishoRecordField *f = hisho_receipt_type.fields;
	     f->key != NULL; f++) {
		const char *const *text =
		    &G_STRUCT_MEMBER(const char *, receipt, f->offset);
		if (f->kind == HISHO_RECORD_NUMBER) {
			gint64 number =
			    G_STRUCT_MEMBER(gint64, receipt, f->offset);
			if (number != 0)
				hisho_json_set_number(json, f->key, number);
		} else if (f->kind == HISHO_RECORD_TEXTS) {
			const GPtrArray *texts =
			    G_STRUCT_MEMBER(GPtrArray *, receipt, f->offset);
			if (texts->len > 0)
				set_texts(json, f->key, texts);
		} else if (*text != NULL && **text != '\0') {
			hisho_json_set_text(json, f->key, *text);
		}
	}
}

static bool
give_vote(const Work *work, const HishoReceipt *receipt, HishoVote vote)
{
	g_autoptr(HishoJson) json = new_record("vote", receipt->user);

	set_members(json, receipt);
	hisho_json_set_text(json, "vote", vote.word);
	hisho_json_set_number(json, "voted", vote.time);
	return give(work, json);
}

/* The vote that counts, and the one that waits behind it. */
static bool
give_votes(const HishoReceipt *receipt, void *context)
{
	Work *work = context;
	HishoVote vote = { receipt->vote, MAX(receipt->voted, 1) };
	HishoVote waiting = { 0 };

	if (receipt->vote == NULL)
		return true;
	if (work->has_past &&
	    !hisho_past_read_waiting(
		work->database, receipt, &waiting, &work->error))
		return false;
	return give_vote(work, receipt, vote) &&
	    (waiting.word == NULL || give_vote(work, receipt, waiting));
}

static bool
fail_pair(Work *work, HishoSlice key)
{
	g_set_error(&work->error, HISHO_ERROR, HISHO_ERROR_CONFIG,
	    "the record '%.*s' is damaged", (int)key.length, key.data);
	return false;
}

/* "permit USER ADDRESS". */
static bool
give_permit(HishoSlice key, HishoSlice value, void *context)
{
	Work *work = context;
	g_auto(GStrv) parts = hisho_key_split(key);
	g_autoptr(HishoPermit) permit = hisho_permits_read(value, &work->error);

	if (permit == NULL)
		return false;
	if (g_strv_length(parts) != 3)
		return fail_pair(work, key);
	if (!is_wanted(work, parts[1]))
		return true;
	/* On all hosts in one order. */
	g_autoptr(HishoPermit) sorted = hisho_permit_join(permit, permit);
	g_autoptr(HishoJson) json = new_record("permit", parts[1]);
	g_autoptr(HishoJson) members = hisho_permit_to_json(sorted);
	hisho_json_update(json, members);
	return give(work, json);
}

/* "LIST USER ENTRY", but "report ENTRY USER". */
static bool
give_listed(HishoSlice key, HishoSlice value, void *context)
{
	Work *work = context;
	g_auto(GStrv) parts = hisho_key_split(key);
	bool report = strcmp(parts[0], "report") == 0;

	if (g_strv_length(parts) != 3)
		return fail_pair(work, key);
	const char *user = parts[report ? 2 : 1];
	if (!is_wanted(work, user))
		return true;
	g_autoptr(HishoJson) json = new_record(parts[0], user);
	hisho_json_set_text(json, "entry", parts[report ? 1 : 2]);
	hisho_json_set_number(json, "since", hisho_lists_read_since(value));
	return give(work, json);
}

/* How the key of a mark goes on behind "withdrawn": what it is of, and where
 * in it its members stand. */
static const struct {
	const char *prefix;
	HishoForeignKind kind;
	guint n_parts;
	guint user;
	guint name;
	const char *name_member;
} marks[] = {
	{ "ledger", HISHO_FOREIGN_VOTE, 4, 1, 2, "digest" },
	{ "permit", HISHO_FOREIGN_PERMIT, 3, 1, 2, "address" },
	{ "block", HISHO_FOREIGN_BLOCK, 3, 1, 2, "entry" },
	{ "allow-link", HISHO_FOREIGN_ALLOW_LINK, 3, 1, 2, "entry" },
	{ "report", HISHO_FOREIGN_REPORT, 3, 2, 1, "entry" },
};

static bool
give_mark(HishoSlice key, HishoSlice value, void *context)
{
	Work *work = context;
	const size_t skipped = strlen(HISHO_WITHDRAWN_PREFIX);
	g_auto(GStrv) parts = hisho_key_split(
	    (HishoSlice){ key.data + skipped, key.length - skipped });
	gint64 time = hisho_withdrawn_parse(value);
	gsize i = 0;

	while (
	    i < G_N_ELEMENTS(marks) && strcmp(marks[i].prefix, parts[0]) != 0)
		i++;
	if (i == G_N_ELEMENTS(marks) || time == 0 ||
	    g_strv_length(parts) != marks[i].n_parts)
		return fail_pair(work, key);
	const char *user = parts[marks[i].user];
	if (!is_wanted(work, user))
		return true;
	g_autoptr(HishoJson) json = new_record("withdrawn", user);
	hisho_json_set_text(json, "of", hisho_foreign_kind_name(marks[i].kind));
	hisho_json_set_text(json, marks[i].name_member, parts[marks[i].name]);
	if (marks[i].n_parts > 3 && *parts[3] != '\0')
		hisho_json_set_text(json, "host", parts[3]);
	hisho_json_set_number(json, "time", time);
	return give(work, json);
}

static bool
export_votes(Work *work, GError **error)
{
	const HishoLedgerWalk walk = { work->export->user, give_votes, work };

	return hisho_withdrawn_is_kept(
		   work->database, &work->has_past, error) &&
	    hisho_ledger_walk(work->database, &walk, error);
}

bool
hisho_export(HishoDatabase *database, const HishoExport *export, GError **error)
{
	static const struct {
		const char *prefix;
		HishoWalkVisit visit;
	} walks[] = {
		{ "permit ", give_permit },
		{ "block ", give_listed },
		{ "allow-link ", give_listed },
		{ "report ", give_listed },
		{ HISHO_WITHDRAWN_PREFIX, give_mark },
	};
	Work work = { .export = export, .database = database };
	bool ok = export_votes(&work, error);

	for (gsize i = 0; i < G_N_ELEMENTS(walks) && ok; i++) {
		const HishoWalk walk = { .prefix = hisho_slice(walks[i].prefix),
			.visit = walks[i].visit,
			.context = &work };
		ok = work.error == NULL &&
		    hisho_database_walk(database, &walk, error);
	}
	if (ok && work.error != NULL) {
		g_propagate_error(error, work.error);
		return false;
	}
	g_clear_error(&work.error);
	return ok;
}
