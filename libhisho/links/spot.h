/* spot.h - places in any bytes that look like a link
 *
 * Wherever "http:", two slashes or "www." stand, escaped or not.  Rather one
 * too many than one too few. */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

/* Bytes that are looked through, and what is known of the place reached. */
typedef struct {
	const char *text;
	size_t length;
	size_t at;
	size_t authority_end; /* of the last one looked at */
	size_t userinfo_end;  /* behind its last '@'; 0 without one */
} HishoSpotScan;

/* Such a place.  All is part of the bytes that were looked through. */
typedef struct {
	const char *text; /* the link, from its scheme on */
	size_t length;
	const char *host;
	size_t host_length;
	bool has_scheme; /* or "www.": nobody writes it but before a host */
	bool has_path;	 /* after a scheme; LENGTH counts it */
	bool is_plain;	 /* the host is of letters, digits and hyphens, has a
			  * dot, and is no address */
} HishoSpot;

/* The next one from the place SCAN has reached, which moves behind its host.
 * False at the end. */
bool hisho_spot_find(HishoSpotScan *scan, HishoSpot *spot);
