/* stage.h - the frame of the five filters */
#pragma once

#include "libhisho/report/case.h"

typedef struct {
	HishoStage stage;
	const char *doc; /* what the tool does, in one sentence */
} StageTool;

/* The main of a filter: reads messages, passes them on with its fields or
 * reports on them.  Returns the exit status: 0 after the last byte, 75 for
 * whatever went wrong, 0, 1 or 75 for a question. */
int stage_main(const StageTool *tool, int argc, char *argv[]);
