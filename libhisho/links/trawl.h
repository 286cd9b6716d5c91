/* trawl.h - hosts and URLs in a mail that nobody takes apart */
#pragma once

#include "libhisho/links/further.h"

/* Notes in FURTHER what in LENGTH bytes of RAW, a mail or part of one, looks
 * like a link: as it stands, and where lines look like quoted-printable or
 * base64, decoded. */
void hisho_trawl_read(HishoFurther *further, const char *raw, size_t length);
