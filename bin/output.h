/* output.h - what a filter writes of its mails */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "bin/intake.h"
#include "bin/options.h"
#include "libhisho/mail/reader.h"
#include "libhisho/mail/seal.h"
#include "libhisho/report/list.h"

/* What is written how, and how far it got.  It owns nothing but the screen. */
typedef struct {
	const StageOptions *options;
	const Tool *tool;
	const HishoSealer *sealer;
	const char *user; /* whose mail it is, NULL for the caller's own */
	bool is_colored;
	HishoScreen *screen; /* the lines of a list, until the end */
	guint n_done;
	bool is_answered; /* --is: whether the last mail is that */
	bool is_doubtful; /* but one of them could not be judged in full */
} Output;

/* An output to which nothing is written yet; all that is given is borrowed. */
Output output_of(
    const StageOptions *options, const Tool *tool, const HishoSealer *sealer);

/* Takes PENDING, which has been judged, as the next mail: passes it on, or
 * reports on it.  SEALED (may be NULL) are its fields of earlier stages.
 * Failures are those of standard output. */
bool output_add(Output *output, const Pending *pending, const GPtrArray *sealed,
    GError **error);

/* Writes what waited for the last mail. */
bool output_end(Output *output, GError **error);
