/* dns.h - names of the DNS, and what was measured by it */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "libhisho/base/record.h"

/* RFC 1035 3.2.2, RFC 3596 2.1. */
typedef enum {
	HISHO_DNS_A = 1,
	HISHO_DNS_CNAME = 5,
	HISHO_DNS_PTR = 12,
	HISHO_DNS_MX = 15,
	HISHO_DNS_TXT = 16,
	HISHO_DNS_AAAA = 28,
} HishoDnsType;

/* Whether NAME may be asked for, or shown: labels of letters, digits and
 * hyphens, 63 bytes each, 253 in all, at least two (RFC 1123 2.1). */
bool hisho_dns_is_host_name(const char *name);

/* What was measured.  Results are pass, fail, none (there is no name to
 * check), temperror (nobody could tell) and not-checked. */
typedef struct {
	char *forward; /* does the HELO name lead to the host? */
	char *reverse; /* does a PTR name of the host lead back to it? */
	char *ptr;     /* one that does, else one that does not, or NULL */
	/* Can the domain of the address receive mail?  fail: it says that it
	 * takes none (RFC 7505); none: it has neither MX nor address. */
	char *from_mail;
	char *reply_mail;
	char *envelope_mail;
	char *asn;     /* of the host, digits, or NULL */
	char *country; /* of the host, two capitals, or NULL */
	bool is_cut;   /* there were more names than are asked for */
	gint64 time;   /* when it was measured, set by the caller */
} HishoDns;

extern const HishoRecordType hisho_dns_type;
/* All results are not-checked. */
HishoDns *hisho_dns_new(void);
void hisho_dns_free(void *dns);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(HishoDns, hisho_dns_free)
