/* domain.h - domain names: A-labels and organisations */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* The one spelling of DOMAIN for comparing and for keys: A-labels (UTS 46,
 * non-transitional), lower case, without the final dot.  Ideographic dots
 * count as dots; ASCII beyond letters, digits and hyphen stays where it can
 * do no harm (a_b).  NULL for what is no name: an empty or too long label,
 * an IP address, more than 253 bytes, not UTF-8. */
char *hisho_domain_to_ascii(const char *domain);

/* ASCII for display, in U-labels; those that do not lead back to the same
 * A-label stay as they are. */
char *hisho_domain_to_unicode(const char *ascii);

/* Who answers for the host ASCII, which is as hisho_domain_to_ascii() gives
 * it: the registrable domain by the Public Suffix List, or the tenant of a
 * provider.  NULL where none does: IP addresses, single labels, suffixes, NULL.
 */
char *hisho_domain_organization(const char *ascii);

/* Whether both are of one organisation; none never equals none. */
bool hisho_domain_same_organization(const char *a, const char *b);

/* Whether names below ASCII belong to different organisations. */
bool hisho_domain_is_public_suffix(const char *ascii);

/* Whether the last label of ASCII is a top-level domain there is. */
bool hisho_domain_has_known_suffix(const char *ascii);
