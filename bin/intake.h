/* intake.h - mails on their way through the cell, in their order */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "bin/assess.h"
#include "libhisho/mail/reader.h"

/* One of them. */
typedef struct {
	HishoRawMail *raw;
	Assessment *assessment;
	const char *file;
	const void *about; /* what whoever handed it in knows of it, or NULL */
} Pending;

/* Takes RAW, of FILE unless it has a path of its own. */
Pending *pending_new_take(
    HishoRawMail *raw, const char *file, const HishoLimits *limits);
void pending_free(Pending *pending);

typedef struct {
	const HishoLimits *limits;
	HishoFactsDepth depth; /* how deep the cell looks */
	bool is_batch;	       /* more than one mail may come */
	/* What becomes of each mail when its facts are read; it lives for the
	 * call. */
	void (*use)(Pending *pending, void *context);
	void *context;
	/* Of the intake itself. */
	HishoCell *cell;  /* NULL: none could be had */
	HishoCell *spare; /* for mails that damaged a worker */
	GQueue waiting;	  /* Pending, in the order of the cell */
} Intake;

/* Forks the cell of INTAKE, whose first members are set; to be called before a
 * key is read or a database opened.  After a failure it works on, but finds
 * no facts. */
bool intake_open(Intake *intake, const HishoConfig *config, unsigned n_workers,
    GError **error);
void intake_close(Intake *intake);

/* Hands PENDING in; others may come out meanwhile. */
void intake_take(Intake *intake, Pending *pending);

/* Until all are out. */
void intake_finish(Intake *intake);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Pending, pending_free)
