/* options.h - the command line of the five filters */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "bin/stage.h"
#include "bin/tool.h"
#include "libhisho/route/boundary.h"

typedef enum {
	FORMAT_MESSAGE,
	FORMAT_JSON,
	FORMAT_LIST,
	FORMAT_REPORT,
	FORMAT_TEXT,
} Format;

typedef struct {
	const StageTool *stage;
	ToolOptions common;
	char **operands; /* ends with NULL */
	Format format;
	bool is_mbox;
	bool is_hidden_only;  /* of hisho-links */
	bool is_evaluation;   /* of hisho-score */
	int record;	      /* 1 --record, -1 --no-record, 0 neither */
	unsigned n_jobs;      /* 0: as many as there are processors */
	const char *question; /* the word of --is */
	HishoBoundaryOptions boundary;
	const char *envelope_from;
	bool no_dns;
	bool again;	     /* measure what is recorded, too */
	GArray *dns_servers; /* HishoEndpoint, of the command line */
	unsigned dns_ms;     /* 0: as configured */
	/* What follows from them all. */
	bool is_told;	 /* an option says something of the route */
	bool is_made_up; /* or of time or DNS */
	bool is_batch;	 /* more than one mail may come */
	bool is_counted; /* a receipt is recorded */
} StageOptions;

/* The number from 1 to MOST that ARG, given for the option NAME, says. */
unsigned stage_options_read_number(
    const char *arg, const char *name, unsigned most, struct argp_state *state);

/* Reads the command line into OPTIONS, whose stage is set.  What is wrong
 * ends the process with status 75, the option named. */
void stage_options_parse(StageOptions *options, int argc, char *argv[]);

/* Fills in what needs the configuration, which stays TOOL's. */
void stage_options_resolve(StageOptions *options, const Tool *tool);
