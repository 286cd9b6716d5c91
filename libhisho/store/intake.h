/* intake.h - whether texts from outside are what they should be
 *
 * For records that somebody else wrote.  TEXT may be NULL, which is none of
 * them.  Pure. */
#pragma once

#include "libhisho/store/permit.h"
#include "libhisho/store/receipt.h"

/* Mail addresses are names, too; a file name has to hold one. */
#define HISHO_USER_NAME_BYTES 200

/* Letters, digits and ._@+-, the first a letter or digit; not NULL. */
bool hisho_intake_is_user_name(const char *name);

/* "uid:N", or "name:" and such a name. */
bool hisho_intake_is_user(const char *text);

/* 64 hex digits in lower case. */
bool hisho_intake_is_digest(const char *text);

/* An IP address in its one spelling; and its /24 or /48. */
bool hisho_intake_is_host(const char *text);
bool hisho_intake_is_net(const char *text);

/* A text with an @ that addresses can be compared by (mail/address.h). */
bool hisho_intake_is_address(const char *text);

/* What DOMAIN of a sender called ADDRESS, an address or the name of a list,
 * can be: its domain, or one above that. */
bool hisho_intake_is_domain_of(const char *domain, const char *address);

/* A name of 1 to 253 bytes without blanks and controls. */
bool hisho_intake_is_name(const char *text);

/* What is listed of a link: a name, or a page, of at most 512 bytes. */
bool hisho_intake_is_link(const char *text);

/* Whether all of a record is: of a vote, of a receipt's digest and host alone,
 * of a permit.  HISHO_ERROR_INPUT names the member that is not. */
bool hisho_intake_check_vote(const HishoReceipt *receipt, GError **error);
bool hisho_intake_check_names(const HishoReceipt *receipt, GError **error);
bool hisho_intake_check_permit(const HishoPermit *permit, GError **error);
