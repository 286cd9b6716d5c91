/* statement.h - one result in an Authentication-Results field
 *
 * "dmarc=fail (p=reject) header.from=example.com", RFC 8601 section 2.2. */
#pragma once

#include <stdbool.h>

#include "libhisho/route/authpolicy.h"
#include "libhisho/route/authwords.h"

/* Texts belong to the words. */
typedef struct {
	const char *method; /* NULL for an empty statement, then all are */
	const char *result;
	const char *domain; /* what the method vouches for, or NULL */
	HishoPolicy policy; /* by any property and comment */
} HishoStatement;

/* Reads the one that begins with the word *AT, which then is the one behind
 * its semicolon; IS_BELOW as for hisho_authpolicy_hear().  False when it is
 * not well-formed; Microsoft leaves properties empty.  The version of the
 * method is cut off from WORDS. */
bool hisho_statement_read(const HishoAuthWords *words, guint *at, bool is_below,
    HishoStatement *statement);
