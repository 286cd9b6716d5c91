/* links.h - every link of a mail
 *
 * What is found, never what to think of it.  Offsets count bytes of the
 * decoded part (UTF-8) that was given. */
#pragma once

#include "libhisho/base/limits.h"
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
	bool visible; /* a shown anchor or a shown link in text */
	char *reason; /* why hidden: "display", "color", ..., or NULL */
	char *relation;
	gint64 reports;
	GPtrArray *findings; /* of char *: what is odd about it */
} HishoLink;

extern const HishoRecordType hisho_link_type;

void hisho_link_free(void *link);

/* All that was gathered.  A record. */
typedef struct {
	GPtrArray *links; /* of HishoLink, as listed */
	GPtrArray *hosts; /* of char *: of links left out, too; no doubles */
	bool limit_reached;
	bool has_form;
	bool has_password_input;
} HishoLinksFound;

extern const HishoRecordType hisho_links_found_type;

void hisho_links_found_free(void *found);

typedef struct HishoLinks HishoLinks;

/* An empty gatherer.  Of each part, HTML or text, html_bytes of LIMITS are
 * read; at most links of them are listed. */
HishoLinks *hisho_links_new(const HishoLimits *limits);
void hisho_links_free(HishoLinks *links);

/* Takes all links of an HTML part: attributes, CSS, and those that are just
 * written.  HTML may be anything; it takes linear time. */
void hisho_links_add_html(HishoLinks *links, const char *html, size_t length);

/* Takes the links written in TEXT; WHERE says what it is: "text", "subject".*/
void hisho_links_add_text(
    HishoLinks *links, const char *text, size_t length, const char *where);

/* Takes the links of a header field: "header.list-unsubscribe". */
void hisho_links_add_header(
    HishoLinks *links, const char *name, const char *value);

/* What was gathered so far; stays the gatherer's. */
const HishoLinksFound *hisho_links_found(const HishoLinks *links);

/* The same, to keep; the gatherer is empty afterwards. */
HishoLinksFound *hisho_links_steal_found(HishoLinks *links);

/* Fills in how each link's host stands to FROM_DOMAIN (A-labels or NULL):
 * "same" is that domain or its organisation's, "sub" another name of the
 * organisation, "foreign" any other; NULL when one of them has none. */
void hisho_links_relate(HishoLinksFound *found, const char *from_domain);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(HishoLink, hisho_link_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(HishoLinksFound, hisho_links_found_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(HishoLinks, hisho_links_free)
