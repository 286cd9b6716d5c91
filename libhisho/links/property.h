/* property.h - what a declaration of CSS says of its property */
#pragma once

#include "libhisho/links/style.h"

/* Declares what NAME: VALUE means; both are in lower case, VALUE with single
 * blanks.  A value that a browser does not take declares nothing. */
void hisho_property_declare(
    HishoStyle *style, const char *name, const char *value, guint32 weight);
