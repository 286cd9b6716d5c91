/* received.h - one Received field, in whatever dialect it was written
 *
 * RFC 5321 section 4.4 has one grammar; mail servers have fifty.  They are
 * read by what they agree on: clauses that begin with from, by, via, with,
 * id and for, and comments behind the clause they explain. */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

#include "libhisho/base/record.h"

/* What one server wrote about its client.  Texts are as written, at most
 * 255 bytes, and NULL where the field says nothing. */
typedef struct {
	char *ip;   /* of the client as the server saw it, canonical */
	char *rdns; /* its name as the server looked it up, else NULL */
	char *helo; /* its name as the client claimed, or an [address] */
	char *by;
	char *with; /* the protocol, "ESMTPS", "Microsoft SMTP Server" */
	char *id;
	char *recipient;    /* of the for clause */
	char *tls;	    /* "TLSv1.2", "yes" for some version, or NULL */
	char *kind;	    /* smtp lmtp http fetch local queue, or NULL */
	char *date;	    /* as written */
	gint64 time;	    /* the date in seconds since 1970, 0 unknown */
	gint64 delay;	    /* seconds since the hop below: see chain.h */
	char *odd;	    /* what is, or NULL: see chain.h */
	bool authenticated; /* the client logged in */
	bool trusted;	    /* written by our own servers: see boundary.h */
} HishoHop;

extern const HishoRecordType hisho_hop_type;

/* Reads the LENGTH bytes of VALUE, folded or not, of which 64 kB are looked
 * at.  Never fails: what is not recognised stays NULL.  What the client
 * says (HELO, ident) is never taken for the ip or the rdns, and a name that
 * "may be forged" is no rdns. */
HishoHop *hisho_received_parse(const char *value, size_t length);

/* Whether TLS, as a hop has it, keeps others from reading a mail on its way:
 * a version not named, or 1.2 and later (RFC 8996). */
bool hisho_received_is_encrypted(const char *tls);

void hisho_hop_free(void *hop);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(HishoHop, hisho_hop_free)
