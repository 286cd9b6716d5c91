#include "libhisho/store/summary.h"

#include <string.h>

#include "libhisho/base/error.h"
#include "libhisho/route/received.h"
#include "libhisho/store/key.h"

/* "folded", as the keys of all begin. */
#define FOLDED "folded"

/* Half of a SHA-256: no two summaries of one user meet by chance. */
#define NAME_DIGITS 32

/* "MESSAGES LAST ", before the receipt. */
#define NUMBERS_BYTES 48

/* What encrypted mails have in common, whichever way they were. */
#define ENCRYPTED "TLS"

static HishoSummary *
new_summary(HishoReceipt *take_first)
{
	HishoSummary *summary = g_new0(HishoSummary, 1);

	summary->first = take_first;
	return summary;
}

static void
free_summary(HishoSummary *summary)
{
	if (summary == NULL)
		return;
	hisho_receipt_free(summary->first);
	g_free(summary);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC(HishoSummary, free_summary)

/* What RECEIPT is counted under, and nothing else. */
static HishoReceipt *
dup_common(const HishoReceipt *receipt)
{
	HishoReceipt *common = hisho_receipt_new();

	common->user = g_strdup(receipt->user);
	common->host = g_strdup(receipt->host);
	common->host_net = g_strdup(receipt->host_net);
	common->host_organization = g_strdup(receipt->host_organization);
	common->from = g_strdup(receipt->from);
	common->from_domain = g_strdup(receipt->from_domain);
	common->from_organization = g_strdup(receipt->from_organization);
	common->sender = g_strdup(receipt->sender);
	common->sender_domain = g_strdup(receipt->sender_domain);
	if (hisho_received_is_encrypted(receipt->tls))
		common->tls = g_strdup(ENCRYPTED);
	return common;
}

/* Named by all it has: the same facts, the same summary. */
static char *
dup_key(const HishoReceipt *common)
{
	g_autofree char *value = hisho_receipt_dup_value(common);
	g_autofree char *name =
	    g_compute_checksum_for_string(G_CHECKSUM_SHA256, value, -1);

	name[NAME_DIGITS] = '\0';
	return hisho_key_join(FOLDED, common->user, name,
	    common->host == NULL ? "" : common->host, NULL);
}

static bool
put(HishoDatabase *database, const char *key, const HishoSummary *summary,
    GError **error)
{
	g_autofree char *facts = hisho_receipt_dup_value(summary->first);
	g_autofree char *value =
	    g_strdup_printf("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %s",
		summary->messages, summary->last, facts);

	return hisho_database_put(
	    database, hisho_slice(key), hisho_slice(value), error);
}

/* The bytes of VALUE before the receipt; 0 if the numbers are none. */
static size_t
read_numbers(HishoSummary *summary, HishoSlice value)
{
	g_autofree char *text =
	    g_strndup(value.data, MIN(value.length, NUMBERS_BYTES));
	g_auto(GStrv) words = g_strsplit(text, " ", 3);

	if (g_strv_length(words) != 3 ||
	    !g_ascii_string_to_signed(
		words[0], 10, 1, G_MAXINT32, &summary->messages, NULL) ||
	    !g_ascii_string_to_signed(
		words[1], 10, 1, G_MAXINT64, &summary->last, NULL))
		return 0;
	return strlen(words[0]) + strlen(words[1]) + 2;
}

static HishoSummary *
read_summary(HishoSlice key, HishoSlice value, GError **error)
{
	g_autoptr(HishoSummary) summary = new_summary(NULL);
	size_t length = read_numbers(summary, value);
	HishoSlice facts = { value.data + length, value.length - length };

	if (length > 0)
		summary->first = hisho_receipt_read(key, facts, NULL);
	if (summary->first != NULL && summary->first->received > 0 &&
	    summary->first->received <= summary->last)
		return g_steal_pointer(&summary);
	g_set_error(error, HISHO_ERROR, HISHO_ERROR_CONFIG,
	    "summary '%.*s' is damaged", (int)key.length, key.data);
	return NULL;
}

bool
hisho_summary_can_be(HishoSlice key, HishoSlice value)
{
	g_autoptr(HishoSummary) summary = read_summary(key, value, NULL);

	return summary != NULL;
}

/* The summary under KEY; an empty one of TAKE_COMMON if there is none. */
static HishoSummary *
find(HishoDatabase *database, const char *key, HishoReceipt *take_common,
    GError **error)
{
	GError *reason = NULL;
	g_autoptr(HishoReceipt) common = take_common;
	g_autoptr(GBytes) value =
	    hisho_database_get(database, hisho_slice(key), &reason);

	if (reason != NULL) {
		g_propagate_error(error, reason);
		return NULL;
	}
	return value == NULL
	    ? new_summary(g_steal_pointer(&common))
	    : read_summary(hisho_slice(key), hisho_slice_bytes(value), error);
}

bool
hisho_summary_fold(HishoDatabase *database, const HishoReceipt *receipt,
    bool *made, GError **error)
{
	HishoReceipt *common = dup_common(receipt);
	g_autofree char *key = dup_key(common);
	g_autoptr(HishoSummary) summary = find(database, key, common, error);

	if (summary == NULL)
		return false;
	gint64 first = summary->first->received;
	summary->first->received =
	    first == 0 ? receipt->received : MIN(first, receipt->received);
	summary->last =
	    MAX(summary->last, MAX(receipt->received, receipt->again));
	summary->messages++;
	if (made != NULL)
		*made = summary->messages == 1;
	return put(database, key, summary, error);
}

HishoContribution
hisho_summary_contribution(const HishoSummary *summary)
{
	return (HishoContribution){
		.axes = hisho_receipt_axes(summary->first),
		.share = { .messages = summary->messages },
	};
}

/* A walk with its visitor and the trouble on the way. */
struct reading {
	const HishoSummaryWalk *walk;
	GError *error;
};

static bool
visit_pair(HishoSlice key, HishoSlice value, void *context)
{
	struct reading *reading = context;
	g_autoptr(HishoSummary) summary =
	    read_summary(key, value, &reading->error);

	return summary != NULL &&
	    reading->walk->visit(summary, reading->walk->context);
}

bool
hisho_summary_walk(
    HishoDatabase *database, const HishoSummaryWalk *walk, GError **error)
{
	g_autofree char *prefix = hisho_key_join(FOLDED, "", NULL);
	struct reading reading = { walk, NULL };
	const HishoWalk pairs = { .prefix = hisho_slice(prefix),
		.visit = visit_pair,
		.context = &reading };

	if (!hisho_database_walk(database, &pairs, error)) {
		g_clear_error(&reading.error);
		return false;
	}
	if (reading.error != NULL)
		g_propagate_error(error, reading.error);
	return reading.error == NULL;
}
