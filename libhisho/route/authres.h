/* authres.h - what our own boundary found out about SPF, DKIM and DMARC
 *
 * Anybody can write an Authentication-Results field (RFC 8601).  One counts
 * only when our own server wrote it: it bears a configured name and stands
 * above the boundary's Received field, which nothing of the sender's can. */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

#include "libhisho/base/record.h"

/* Results in lower case ("pass", "softfail"), NULL when not told. */
typedef struct {
	char *spf; /* of the envelope sender */
	char *dkim;
	char *dmarc;
	char *policy; /* DMARC's, where told: "none" "quarantine" "reject" */
	bool aligned; /* a pass that speaks for the From domain */
	bool spf_aligned; /* SPF, whatever it says, is of the From domain */
	/* A failure means nothing: another server of ours was asked, or
	 * something did not work for a time; it was not this From; a login,
	 * an ARC seal or the provider vouches for it. */
	bool excused;
	char *by; /* who says so, NULL where the form has no name */
} HishoAuth;

extern const HishoRecordType hisho_auth_type;

void hisho_auth_free(void *auth);

/* One Authentication-Results field as it stands, and how many Received
 * fields there are above it. */
typedef struct {
	const char *value;
	size_t length;
	guint hops_above;
} HishoAuthField;

typedef struct {
	guint hop;		  /* the boundary, 1 is the topmost; 0 none */
	const char *const *names; /* authserv-ids of our servers, or NULL */
	const char *provider;	  /* boundary.why, for the provider's form */
	const char *from_domain;  /* of the one From address, or NULL */
	/* Our milters write below our own Received field, and remove what
	 * bears our name already (RFC 8601 section 5): without that, the
	 * sender's field would stand in the same place. */
	bool below;
} HishoAuthOptions;

/* The topmost of FIELDS (HishoAuthField, from the top) that our own server
 * wrote.  NULL when there is none, and when that one is not well-formed to
 * its end: the next might be the sender's. */
HishoAuth *hisho_authres_find(
    const GArray *fields, const HishoAuthOptions *options);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(HishoAuth, hisho_auth_free)
