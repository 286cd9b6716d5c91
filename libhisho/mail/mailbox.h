/* mailbox.h - a name, an address, and who answers for it */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "libhisho/base/record.h"

/* All texts are UTF-8; each may be NULL, but not name and address both. */
typedef struct {
	char *name;	    /* as displayed: decoded, on one line */
	char *address;	    /* as written, without comments, blanks and needless
			     * quotes; NULL if only a name was found */
	char *domain;	    /* A-labels in lower case, or a literal [...] */
	char *organization; /* hisho_domain_organization() of it */
} HishoMailbox;

extern const HishoRecordType hisho_mailbox_type;

void hisho_mailbox_free(void *mailbox);

/* The mailbox LOCAL@DOMAIN called NAME, all UTF-8 and as they shall stand in
 * it.  Each may be NULL; NULL if nothing is left to tell. */
HishoMailbox *hisho_mailbox_new(
    const char *name, const char *local, const char *domain);

/* DOMAIN in one spelling: A-labels in lower case, or an address literal, which
 * may have been written without brackets.  NULL if it is neither. */
char *hisho_mailbox_dup_domain(const char *domain);

/* Whether one of MAILBOXES has an address with an @. */
bool hisho_mailbox_any_has_at(const GPtrArray *mailboxes);

/* Removes those without an address, unless none has one. */
void hisho_mailbox_drop_names(GPtrArray *mailboxes);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(HishoMailbox, hisho_mailbox_free)
