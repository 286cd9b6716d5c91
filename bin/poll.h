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
	HishoCell *cell;
} Poll;

/* Carries the action out on the mail RAW. */
bool poll_mail(Poll *poll, const HishoRawMail *raw, GError **error);

/* On the mail that --digest names. */
bool poll_digest(Poll *poll, GError **error);

/* On what --host, --url, --address or --lists names: they need no mail. */
bool poll_name(Poll *poll, GError **error);
