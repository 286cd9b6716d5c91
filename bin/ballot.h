/* ballot.h - what a person can say of a mail, and how it is kept */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "bin/assess.h"
#include "bin/tool.h"

/* One action on one mail.  Names a mail by its receipt; ASSESSMENT is NULL
 * where only the digest was given. */
typedef struct {
	const Tool *tool;
	HishoDatabase *database; /* open for writing */
	HishoReceipt *receipt;
	const Assessment *assessment;
	const char *host; /* --host, or NULL */
	const char *url;  /* --url, or NULL */
	bool despite_warnings;
	bool is_kept; /* the ledger knows this mail */
} Ballot;

/* Carries an action out and adds to SAID what was done, in lines. */
typedef HishoChange (*BallotAction)(
    const Ballot *ballot, GString *said, GError **error);

/* The action called NAME; NULL if there is none. */
BallotAction ballot_find_action(const char *name);
/* All names, for usage texts: "trust, distrust, ...". */
char *ballot_dup_action_names(void);
