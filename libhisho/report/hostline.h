/* hostline.h - the hosts that a mail leads to, each once, the worst first */
#pragma once

#include <glib.h>

#include "libhisho/report/case.h"

/* All links of a mail to one host; borrowed from the case, `targets` and
 * `findings` aside. */
typedef struct {
	const char *host;
	const char *domain;
	const char *kind; /* the weightiest; NULL where none is listed */
	const char *relation;
	const char *reason; /* why it is hidden, NULL if one link is shown */
	const char *text;   /* what a link to it shows instead, or NULL */
	const HishoReports *report; /* the gravest, or NULL */
	bool is_bad;		    /* which acts */
	bool is_visible;
	guint n_links;
	guint n_shown; /* of them only told by the text of an anchor */
	GPtrArray *targets;  /* of char *, borrowed: hosts it leads on to */
	GPtrArray *findings; /* of char *, borrowed */
} HishoHostLine;

void hisho_host_line_free(void *line);

/* The HishoHostLines of ABOUT: those that were reported, those with findings,
 * hidden ones, those that are to be clicked and foreign, the rest; else in the
 * order of the mail.  Hosts of links beyond the limit are among them only if
 * they were reported. */
GPtrArray *hisho_host_lines(const HishoReportCase *about);

/* How many hosts the mail leads to, beyond the limit, too. */
guint hisho_host_lines_count(
    const HishoReportCase *about, const GPtrArray *lines);

/* Whether the reader should know of LINE: it was reported, has findings or is
 * hidden. */
bool hisho_host_line_is_odd(const HishoHostLine *line);

/* Its host with the registrable domain set apart, where no program makes a
 * link of it: www[.]amazon-jp[.]{zydmrou[.]cn}; of a long one the end. */
char *hisho_host_line_dup_name(const HishoHostLine *line, size_t columns);
