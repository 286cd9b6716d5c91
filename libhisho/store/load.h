/* load.h - a database as text, and back
 *
 * The text is sorted lines (dumpline.h) between one that tells its version
 * and one that counts them, so that a piece is not taken for the whole. */
#pragma once

#include <stdio.h>

#include "libhisho/store/database.h"

/* The first line; and what begins the last one, before the number. */
#define HISHO_DUMP_FIRST "# hisho-db dump 1"
#define HISHO_DUMP_LAST "~ records "

/* Makes the database in DIRECTORY, which must be empty, what the text from
 * TEXT says; WAIT_MS bounds the wait for others.  How many records that are,
 * or -1: then nothing is changed.  A line that is none of a dump, and a text
 * that is not whole, are HISHO_ERROR_INPUT with the line's number; a database
 * that holds something is HISHO_ERROR_CONFIG.  Takes as much memory for a
 * large text as for a small one. */
gint64 hisho_load(
    const char *directory, int wait_ms, FILE *text, GError **error);
