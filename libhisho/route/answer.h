/* answer.h - one answer of the DNS, read as what it may be: hostile */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

/* RFC 1035 3.2.2, RFC 3596 2.1. */
typedef enum {
	HISHO_DNS_A = 1,
	HISHO_DNS_CNAME = 5,
	HISHO_DNS_PTR = 12,
	HISHO_DNS_MX = 15,
	HISHO_DNS_TXT = 16,
	HISHO_DNS_AAAA = 28,
} HishoDnsType;

typedef enum {
	HISHO_ANSWER_VALUES,
	HISHO_ANSWER_NOTHING,	/* the name has no such record */
	HISHO_ANSWER_NO_NAME,	/* nor any other: it does not exist */
	HISHO_ANSWER_TEMPERROR, /* nobody knows now */
} HishoAnswerKind;

typedef struct {
	HishoAnswerKind kind;
	GPtrArray *values; /* char *, see below */
	guint ttl_s;	   /* how long it holds, at most an hour */
} HishoAnswer;

/* So many values of one answer are looked at. */
#define HISHO_ANSWER_VALUES_MAX 64

HishoAnswer *hisho_answer_new(HishoAnswerKind kind);
void hisho_answer_free(HishoAnswer *answer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(HishoAnswer, hisho_answer_free)

/* A question, and what was sent for it. */
typedef struct {
	const char *name;
	HishoDnsType type;
	const guint8 *bytes;
	size_t length;
} HishoReply;

/* What REPLY says (RFC 1035 section 4), aliases followed: addresses in their
 * one spelling; names in lower case without the final dot, "invalid" for
 * what is no host name, "" for the root (a null MX, RFC 7505); text as far
 * as it is printable ASCII.  An answer to another question, or a damaged
 * one, is a temperror. */
HishoAnswer *hisho_answer_read(const HishoReply *reply);

/* Whether NAME may be asked for, or shown: labels of letters, digits and
 * hyphens, 63 bytes each, 253 in all, at least two (RFC 1123 2.1). */
bool hisho_answer_is_host_name(const char *name);
