/* receipt.h - one record of the ledger: a mail received, or a vote on one */
#pragma once

#include "libhisho/base/record.h"
#include "libhisho/route/dns.h"
#include "libhisho/store/sums.h"

typedef struct {
	char *user;   /* uid:N or name:X */
	char *digest; /* of the message, 64 hex digits */
	char *host;   /* IP address, "" where unknown */

	gint64 received; /* unix time of the receipt, 0 for none */
	gint64 again;	 /* when the last host received it that tells its votes
			  * here, if later; else 0 */
	char *helo;
	char *rdns;
	char *host_net;		 /* /24 or /48 */
	char *host_organization; /* of a confirmed name, else NULL */
	char *from;		 /* address, as key */
	char *from_domain;
	char *from_organization;
	char *sender;
	char *sender_domain;
	char *reply_to;
	char *dangers;	  /* codes of the danger warnings it came with */
	GPtrArray *links; /* of char *: the hosts its visible links lead to */
	GPtrArray *reported; /* of char *: entries (linkentry.h) that acted on
			      * its links then */
	char *script;	     /* of the text */
	char *tls;
	char *forward; /* results of DNS, as in HishoDns */
	char *reverse;
	char *ptr;
	char *from_mail;
	char *reply_mail;
	char *envelope_mail;
	char *asn;
	char *country;
	char *bounced;	/* the From of the mail it returns, as key; else NULL */
	gint64 local;	/* 1: it was made on this system, by its header */
	gint64 aligned; /* 1: the boundary found From authentic, else 0 */
	gint64 measured; /* when DNS was asked */

	char *vote; /* trust distrust receive delete, or NULL */
	gint64 voted;
} HishoReceipt;

extern const HishoRecordType hisho_receipt_type;
HishoReceipt *hisho_receipt_new(void);
void hisho_receipt_free(void *receipt);

/* So many links of a mail are kept, and reports of them. */
#define HISHO_RECEIPT_LINKS 50

/* RECEIPT as it will be read back: valid UTF-8, texts of at most 1,000 bytes.
 * Sums taken of anything else would not be found again. */
HishoReceipt *hisho_receipt_dup_as_kept(const HishoReceipt *receipt);

/* Keeps what was measured of the mail with RECEIPT; and brings it back, NULL
 * if nothing was, or nobody could tell then. */
void hisho_receipt_set_dns(HishoReceipt *receipt, const HishoDns *dns);
HishoDns *hisho_receipt_dup_dns(const HishoReceipt *receipt);

/* Under what RECEIPT is counted, borrowed from it; and as how much. */
HishoAxes hisho_receipt_axes(const HishoReceipt *receipt);
HishoShare hisho_receipt_share(const HishoReceipt *receipt);

/* Whether VOTE is one of the four words; the word itself, static, or NULL. */
bool hisho_vote_is_known(const char *vote);
const char *hisho_vote_word(const char *vote);

/* Whether VOTE was said in so many words: trust, distrust. */
bool hisho_vote_is_explicit(const char *vote);

/* Whether the vote OLD, or NULL, is replaced by the vote NEW: if it differs,
 * but never an explicit one by an implicit one. */
bool hisho_vote_gives_way(const char *old, const char *new);

/* Its place in the database, and what stands there. */
char *hisho_receipt_dup_key(const HishoReceipt *receipt);
char *hisho_receipt_dup_value(const HishoReceipt *receipt);

/* Whether there may be a vote in VALUE, told without reading it. */
bool hisho_receipt_may_have_vote(HishoSlice value);

/* Reads both back; HISHO_ERROR_CONFIG if they are damaged. */
HishoReceipt *hisho_receipt_read(
    HishoSlice key, HishoSlice value, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(HishoReceipt, hisho_receipt_free)
