/* reader.h - mails one after the other, from stdin, a file, mbox or Maildir */
#pragma once

#include <glib.h>
#include <stdbool.h>

typedef struct HishoReader HishoReader;

/* One mail.  BEFORE (NULL for none) and RAW of all mails of an mbox, put
 * together, are the file byte for byte. */
typedef struct {
	guint64 index;	/* its number in this input, from 1 */
	guint64 offset; /* of RAW, in bytes from the start of the file */
	char *path;	/* its file in the Maildir; else NULL */
	GBytes *before; /* empty lines before the first From_ line of an mbox */
	GBytes *raw;	/* the bytes as they lie.  In an mbox: from its From_
			      line, quoting and all, to the next one, so that the
			      empty line between two mails ends the first */
	GBytes *mail;	/* what to analyse: RAW; of an mbox without quoting and
			     without that empty line, but with the From_ line */
} HishoRawMail;

void hisho_raw_mail_free(HishoRawMail *mail);

/* Reads from PATH; NULL is standard input.  A directory is a Maildir, all else
 * is one mail, be it empty, unless IS_MBOX.  HISHO_ERROR_TEMPORARY when it
 * cannot be opened, HISHO_ERROR_INPUT for a directory that is no Maildir. */
HishoReader *hisho_reader_open(const char *path, bool is_mbox, GError **error);
void hisho_reader_free(HishoReader *reader);

/* The next mail; NULL without error behind the last.  A Maildir is read in the
 * order of the file names, new/ and cur/ together, without dot files; a file
 * that has vanished or is no regular one is passed over.
 * HISHO_ERROR_TEMPORARY when reading fails, HISHO_ERROR_INPUT for an mbox that
 * does not begin with "From " and for a mail larger than 1 GB.  The next call
 * then goes on with the next file of the Maildir; all other input is at its
 * end. */
HishoRawMail *hisho_reader_next(HishoReader *reader, GError **error);

/* Where the next mail is, for hisho_reader_seek(), which makes it the next one
 * again; its number goes on counting.  Input that cannot be read twice is
 * HISHO_ERROR_TEMPORARY. */
guint64 hisho_reader_tell(const HishoReader *reader);
bool hisho_reader_seek(HishoReader *reader, guint64 place, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(HishoReader, hisho_reader_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(HishoRawMail, hisho_raw_mail_free)
