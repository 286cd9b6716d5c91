/* poll.h - how a mail is named, found in the ledger and voted on */
#pragma once

#include "bin/action.h"
#include "bin/assess.h"
#include "bin/tool.h"
#include "libhisho/mail/reader.h"

/* What the command line says. */
typedef struct {
	ToolOptions common;
	const Action *action;
	char **files;
	bool is_mbox;
	unsigned n_jobs; /* 0: one a processor */
	GArray *numbers; /* SelectionRange, or NULL */
	const char *digest;
	const char *host;
	const char *url;
	const char *address;
	bool despite_warnings;
	bool is_withdrawn;
	bool is_of_lists;
} VoteOptions;

typedef struct {
	const VoteOptions *options;
	Tool tool;
	Circle *circle;	  /* NULL until it is needed */
	Trusted *trusted; /* NULL until it is needed */
	guint n_in_vain;  /* mails that failed, since one did not, because the
			   * database could not be read */
} Poll;

/* How deep the cell must look. */
#define POLL_DEPTH HISHO_FACTS_LINKS

/* The ballot on the mail of ASSESSMENT, of which the answer of the cell has
 * been read; takes from it what it needs.  NULL for a failure. */
Ballot *poll_mail(Poll *poll, Assessment *assessment, GError **error);

/* On the mail that --digest names. */
Ballot *poll_digest(Poll *poll, GError **error);

/* On what --host, --url, --address or --lists names: they need no mail. */
Ballot *poll_name(Poll *poll, GError **error);

/* Votes were carried out: what was known may be so no more. */
void poll_forget(Poll *poll);

void poll_clear(Poll *poll);
