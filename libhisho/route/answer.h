/* answer.h - one answer of the DNS, read as what it may be: hostile */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

#include "libhisho/route/dns.h"

typedef enum {
	HISHO_ANSWER_VALUES,
	HISHO_ANSWER_NOTHING,	/* the name has no such record */
	HISHO_ANSWER_NO_NAME,	/* nor any other: it does not exist */
	HISHO_ANSWER_TEMPERROR, /* nobody knows now */
} HishoAnswerKind;

typedef struct {
	HishoAnswerKind kind;
	GPtrArray *values; /* char *, sorted; see below */
	guint ttl_s;	   /* how long it holds, at most an hour */
} HishoAnswer;

/* So many values of one answer are looked at. */
#define HISHO_ANSWER_VALUES_MAX 512

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
 * as it is printable ASCII.  An answer to another question, a damaged
 * or contradictory one, or one whose aliases do not end is a temperror. */
HishoAnswer *hisho_answer_read(const HishoReply *reply);
