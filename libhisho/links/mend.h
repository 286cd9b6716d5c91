/* mend.h - text whose transfer encoding is not what its label says */
#pragma once

#include <glib.h>

/* LENGTH bytes of TEXT, said not to be encoded, decoded all the same: from
 * quoted-printable when it has its soft line breaks or its "=3D", from base64
 * when it is nothing else and text comes of it.  NULL when it is just what it
 * says. */
GBytes *hisho_mend_new_decoded(const char *text, size_t length);
