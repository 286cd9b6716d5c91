/* remark.h - comments that tell of TLS, login or envelope, not of names */
#pragma once

#include <stdbool.h>

#include "libhisho/route/token.h"

/* Whether TOKEN is such a comment, by its first word.  One that shows an
 * address there, as the host "client [192.0.2.1]" does, is none. */
bool hisho_remark_is(const HishoToken *token);

/* The version of TLS that COMMENT names, as "TLSv1.2", or NULL. */
char *hisho_remark_dup_tls(const HishoToken *comment);

/* Whether COMMENT says that the client logged in. */
bool hisho_remark_has_login(const HishoToken *comment);
