/* link.h - one link of a mail, and all of them, as records */
#pragma once

#include "libhisho/base/record.h"

/* One link.  A record. */
typedef struct {
	char *url;    /* in normal form */
	char *host;   /* A-labels or IP address, or NULL */
	char *domain; /* the organisation behind the host, or NULL */
	char *kind;   /* click resource form redirect text header */
	char *where;  /* "a.href", "style.url", "text", "a.text", ... */
	gint64 offset;
	char *text;   /* what an anchor shows, at most 200 characters */
	char *shown;  /* the host that this gives where it is another's */
	bool visible; /* a shown anchor or a shown link in text */
	char *reason; /* why hidden: "display", "color", ..., or NULL */
	char *relation;
	char *imitates; /* the domain that host is to be taken for, or NULL */
	gint64 reports;
	GPtrArray *findings; /* of char *: what is odd about it */
} HishoLink;

extern const HishoRecordType hisho_link_type;

void hisho_link_free(void *link);

/* Adds FINDING to what is odd about LINK. */
void hisho_link_add_finding(HishoLink *link, const char *finding);

/* How many links stand behind the one with number I of LINKS to which that
 * says to lead on. */
guint hisho_link_n_targets(const GPtrArray *links, guint i);

/* All that was gathered.  A record. */
typedef struct {
	GPtrArray *links; /* of HishoLink, as listed */
	GPtrArray *hosts; /* of char *: of links left out, too; no doubles */
	GPtrArray
	    *further_hosts; /* of char *: of links beyond the limits, ... */
	GPtrArray *further_urls; /* ... which are there for the blacklist */
	bool is_lost;		 /* whether a link may be in neither */
	bool limit_reached;
	bool has_form;
	bool has_password_input; /* or one for another secret */
	gint64 form_fields;	 /* most of one form; none to search */
} HishoLinksFound;

extern const HishoRecordType hisho_links_found_type;

void hisho_links_found_free(void *found);

/* All hosts, and all URLs, also of links beyond the limits; the texts stay
 * FOUND's. */
GPtrArray *hisho_links_found_all_hosts(const HishoLinksFound *found);
GPtrArray *hisho_links_found_all_urls(const HishoLinksFound *found);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(HishoLink, hisho_link_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(HishoLinksFound, hisho_links_found_free)
