/* authpolicy.h - what a domain wants done with mail that fails DMARC
 *
 * RFC 8601 leaves open how results tell it: every verifier has a form of its
 * own, in properties or in a comment. */
#pragma once

#include <stdbool.h>

/* From the mildest to the strictest. */
typedef enum {
	HISHO_POLICY_UNTOLD,
	HISHO_POLICY_NONE,
	HISHO_POLICY_QUARANTINE,
	HISHO_POLICY_REJECT,
} HishoPolicy;

/* What is told by POLICY and by the property NAME with VALUE: the milder of
 * both.  It holds whatever the domain publishes, a part of the mail that it
 * is to be for, and what the verifier made of it because he knew better.
 * What is published for subdomains counts where From IS_BELOW. */
HishoPolicy hisho_authpolicy_hear(
    HishoPolicy policy, const char *name, const char *value, bool is_below);

/* The same for the text of a COMMENT: "p=REJECT sp=NONE dis=NONE". */
HishoPolicy hisho_authpolicy_hear_comment(
    HishoPolicy policy, const char *comment, bool is_below);

/* "none", "quarantine" or "reject", of static storage; NULL untold. */
const char *hisho_authpolicy_word(HishoPolicy policy);
