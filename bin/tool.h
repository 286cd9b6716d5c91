/* tool.h - the frame every hisho tool shares: who asks, where, by what rules
 *
 * Only here and in the tools is the environment read. */
#pragma once

#include <argp.h>
#include <glib.h>
#include <stdbool.h>

#include "libhisho/base/config.h"

/* What all tools take; the child parser fills it. */
typedef struct {
	const char *database;
	const char *config;
	const char *user;
	const char *lang;
	const char *now;
	bool verbose;
} ToolOptions;

/* The options above; its input is a ToolOptions. */
extern const struct argp tool_argp;

/* What a run stands on. */
typedef struct {
	HishoConfig *config;
	GArray *networks; /* HishoNetwork: our own, of the configuration */
	char *database;	  /* the directory */
	char *user;	  /* "uid:1000" or "name:alice" */
	const char *lang;
	gint64 now;	/* unix time */
	bool is_setgid; /* for users outside the group of the database */
} Tool;

/* To be called first.  A broken pipe and a limit on files become failed
 * writes.  Where descriptors 0 to 2 are closed, nothing that is opened later
 * takes their place, and reading or writing them fails.  What is set-gid
 * lays its group aside (bin/setgid.h); new files are for their owner. */
void tool_start(void);

/* Reads the configuration, finds the database and the user.  What is wrong
 * in options or files is HISHO_ERROR_CONFIG. */
bool tool_open(Tool *tool, const ToolOptions *options, GError **error);
void tool_close(Tool *tool);

/* The directory of the user's own data, made on first use; NULL if he has no
 * home. */
char *tool_dup_personal_directory(void);

/* "hisho-x: SUBJECT: reason" on stderr; SUBJECT may be NULL. */
void tool_complain(const char *subject, const GError *error);

/* Writes LENGTH bytes to standard output, all of them or an error. */
bool tool_write(const void *data, size_t length, GError **error);
/* Whether all that was written has arrived: closes standard output. */
bool tool_close_output(GError **error);
