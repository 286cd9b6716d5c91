/* job.h - one mail inside a cell, and what became of it */
#pragma once

#include <glib.h>
#include <stdbool.h>

typedef struct {
	GBytes *mail;
	guint32 number;
	bool is_done;
	bool is_second_try;
	GBytes *answer;	    /* NULL when it failed: */
	const char *reason; /* see hisho_cell_reason() */
	char *message;
} HishoJob;

/* A job for MAIL, of which a reference is kept. */
HishoJob *hisho_job_new(GBytes *mail, guint32 number);
void hisho_job_free(void *job);

/* JOB is done: with ANSWER, or without one because of REASON, a static word,
 * which MESSAGE says at length. */
void hisho_job_take_answer(HishoJob *job, GBytes *answer);
void hisho_job_fail(HishoJob *job, const char *reason, const char *message);

/* JOB has failed and is to be tried a second time. */
void hisho_job_renew(HishoJob *job);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(HishoJob, hisho_job_free)
