/* foreign.h - votes and lists of other hosts, line by line
 *
 * An export is lines of one JSON object each: the first tells its version, the
 * others hold a record of one user.  Whoever writes them may be hostile:
 * every member is checked.  hisho-db(1) describes them. */
#pragma once

#include "libhisho/store/permit.h"
#include "libhisho/store/receipt.h"

/* The first line. */
#define HISHO_FOREIGN_FIRST "{\"hisho_export\":1}"

/* No line is longer. */
#define HISHO_FOREIGN_LINE_BYTES (1 << 20)

/* What a record is about. */
typedef enum {
	HISHO_FOREIGN_VOTE,
	HISHO_FOREIGN_PERMIT,
	HISHO_FOREIGN_BLOCK,
	HISHO_FOREIGN_ALLOW_LINK,
	HISHO_FOREIGN_REPORT,
	HISHO_FOREIGN_KINDS
} HishoForeignKind;

const char *hisho_foreign_kind_name(HishoForeignKind kind);

typedef struct {
	HishoForeignKind kind;
	bool is_withdrawn; /* then there are only names and the time */
	char *user;
	gint64 time;	       /* unix time; the latest of any in it */
	HishoReceipt *receipt; /* of a vote, with the vote */
	HishoPermit *permit;
	char *name; /* what is listed */
} HishoForeign;

/* Whether LENGTH bytes of LINE are the first line; else HISHO_ERROR_INPUT. */
bool hisho_foreign_is_first(const char *line, size_t length, GError **error);

/* The record in another line.  What is wrong in it is HISHO_ERROR_INPUT. */
HishoForeign *hisho_foreign_parse(
    const char *line, size_t length, GError **error);
void hisho_foreign_free(HishoForeign *foreign);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(HishoForeign, hisho_foreign_free)
