/* dbcase.h - what hisho-db is to do, and the actions that do it
 *
 * An action does its whole work, output included; false with the error. */
#pragma once

#include "bin/tool.h"

/* What is to go; db_expiry_argp fills it. */
typedef struct {
	const char *given; /* the last option that was, NULL for none */
	bool has_age;
	gint64 days;
	gint64 bytes; /* 0: whatever size */
	bool is_dry;
} DbExpiry;

extern const struct argp db_expiry_argp;

typedef struct {
	const Tool *tool;
	const char *file; /* the operand, NULL for none */
	DbExpiry expiry;
} DbCase;

typedef bool (*DbAction)(const DbCase *about, GError **error);

/* dbtext.c: all of the database as sorted text, and back. */
bool db_dump(const DbCase *about, GError **error);
bool db_load(const DbCase *about, GError **error);

/* dbkeep.c: a copy of it in a file, and back; and how long such work waits
 * for others. */
int db_patience_ms(const DbCase *about);
bool db_backup(const DbCase *about, GError **error);
bool db_restore(const DbCase *about, GError **error);

/* dblook.c: what is in it, and whether every page is in order. */
bool db_stat(const DbCase *about, GError **error);
bool db_verify(const DbCase *about, GError **error);

/* dbmend.c: all sums, computed afresh. */
bool db_rebuild(const DbCase *about, GError **error);

/* dbexpire.c: old receipts without votes, folded into summaries. */
bool db_expire(const DbCase *about, GError **error);
