/* ballot.h - one action on one mail, and the words on its outcome */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "bin/assess.h"
#include "bin/tool.h"
#include "bin/trusted.h"
#include "libhisho/store/database.h"

/* One action on one mail, and all that it needs to know of it. */
typedef struct {
	const Tool *tool;
	HishoDatabase *database; /* open for writing, or for show */
	HishoReceipt *receipt;	 /* names the mail */
	GPtrArray *kept;	 /* my HishoReceipts of this mail, one a host */
	HishoVerdict *verdict;	 /* what it comes to today, or NULL */
	bool is_recalled;	 /* only the digest was given: by its receipt */
	GPtrArray *links;    /* of char *: hosts its visible links lead to */
	GPtrArray *hosts;    /* of char *: all hosts that are known of it */
	GPtrArray *urls;     /* of char *: and URLs */
	const char *host;    /* --host, or NULL */
	const char *url;     /* --url, or NULL */
	const char *address; /* --address, or NULL */
	bool despite_warnings;
	bool is_withdrawn;	/* --withdraw */
	bool is_of_lists;	/* --lists */
	const Trusted *trusted; /* NULL where the action does not ask for it */
} Ballot;

/* A ballot that names nothing yet. */
Ballot *ballot_new(const Tool *tool);
void ballot_free(Ballot *ballot);

/* Carries an action out and adds to SAID what was done, in lines.  What it
 * refuses (HISHO_ERROR_INPUT) it refuses before it changes anything. */
typedef HishoChange (*BallotAction)(
    const Ballot *ballot, GString *said, GError **error);

/* Sets ERROR to WHY, like printf(): the mail or what was asked of it is at
 * fault (HISHO_ERROR_INPUT).  Always false. */
bool ballot_refuse(GError **error, const char *why, ...) G_GNUC_PRINTF(2, 3);

/* Adds to SAID a line like printf(), and its end, as a terminal may see it. */
void ballot_add(GString *said, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* Adds to SAID the line that DONE was done to WHAT, "already" where nothing
 * had to be changed. */
void ballot_say(
    GString *said, HishoChange change, const char *done, const char *what);

/* The address in TEXT in the form it is compared in; NULL for what is none, or
 * two: two are no address, whatever could be quoted. */
char *ballot_dup_address(const char *text);

/* What two changes come to: failed before made before none. */
HishoChange ballot_graver(HishoChange a, HishoChange b);

/* What was reported of the links of the mail, as HishoReports. */
GPtrArray *ballot_find_reports(const Ballot *ballot, GError **error);

/* What the mail of RECEIPT is called in an answer. */
char *ballot_dup_name(const HishoReceipt *receipt);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Ballot, ballot_free)
