/* bounce.h - the mail that a delivery report returns
 *
 * What such a report says is its writer's word: anybody may send one. */
#pragma once

#include <glib.h>

#include "libhisho/base/record.h"
#include "libhisho/mail/message.h"
#include "libhisho/mail/wire.h"

/* Texts are NULL where the report does not tell. */
typedef struct {
	char *of;	 /* the Message-ID of the mail that is returned */
	char *from;	 /* its From, as key, if that is exactly one address */
	char *recipient; /* who did not get it, the first that failed */
	char *status;	 /* "5.1.1" (RFC 3463) */
} HishoBounce;

extern const HishoRecordType hisho_bounce_type;
void hisho_bounce_free(void *bounce);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(HishoBounce, hisho_bounce_free)

/* The header, cut off where limits say, of the mail that MESSAGE, parsed from
 * WIRE, returns: as a delivery report (RFC 3464, 6522); as a part, or in the
 * text behind one of the lines that old servers wrote, where From is a
 * MAILER-DAEMON.  NULL where none is; a report may return nothing. */
HishoWire *hisho_bounce_find_returned(const HishoWire *wire,
    const HishoMessage *message, const HishoLimits *limits);

/* What MESSAGE says of the mail with the header RETURNED, which may be NULL.
 * NULL if it is no report and returns nothing. */
HishoBounce *hisho_bounce_read(const HishoMessage *message,
    const HishoWire *returned, const HishoLimits *limits);

/* Whether ADDRESS, or a name in its place, may be NULL, is one that mail
 * servers go by: mailer-daemon, postmaster. */
bool hisho_bounce_is_daemon(const char *address);
