/* parameter.h - MIME parameters (RFC 2045, 2231) */
#pragma once

#include <stddef.h>

/* What stands before the parameters of a Content-Type, Content-Disposition or
 * the like, the LENGTH bytes of VALUE: "text/html", "attachment", in lower
 * case without blanks and comments.  NULL if there is none. */
char *hisho_parameter_dup_main(const char *value, size_t length);

/* The parameter NAME of VALUE as UTF-8, or NULL.  NAME*= wins over NAME*0=...,
 * that over NAME=; of equals the first wins; a gap ends continuations, and so
 * does the hundredth.  Tolerates encoded-words, raw 8-bit and ISO-2022-JP
 * bytes, blanks without quotes, missing semicolons and Windows paths. */
char *hisho_parameter_dup(const char *value, size_t length, const char *name);
