/* date.h - the date of a trace field, in every order it is written */
#pragma once

#include <glib.h>
#include <stddef.h>

/* The seconds since 1970 that LENGTH bytes of TEXT stand for, or 0 when
 * they are no date.  Reads RFC 5322 section 3.3 and 4.3, the order of
 * asctime(3) and "22-Aug-2002"; comments are skipped, two-digit years and
 * unknown zones count as RFC 5322 section 4.3 says. */
gint64 hisho_date_parse(const char *text, size_t length);
