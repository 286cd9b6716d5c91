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

/* What who-voted is asked about: all but one are NULL. */
typedef struct {
	const char *given; /* the option, as it is called; NULL for none */
	const char *digest;
	const char *address;
	const char *host;
	const char *link;
} DbQuestion;

/* Its options; the input is a DbQuestion. */
extern const struct argp db_question_argp;

typedef struct {
	const Tool *tool;
	const char *file;      /* the operand, NULL for none */
	const char *only_user; /* of --user; NULL where nobody was named */
	DbExpiry expiry;
	DbQuestion question;
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

/* dbexport.c, dbimport.c: votes and lists, to other hosts and from them. */
bool db_export(const DbCase *about, GError **error);
bool db_import(const DbCase *about, GError **error);

/* dbwho.c, dbquestion.c: whose votes and reports they are. */
bool db_who_voted(const DbCase *about, GError **error);
