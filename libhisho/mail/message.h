/* message.h - the MIME tree of a mail; the only module that knows GMime
 *
 * GMime sees the Content-* fields and the body only, decodes nothing but
 * transfer encodings, and writes nothing. */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "libhisho/mail/wire.h"

/* One node of the tree.  Texts are raw field values, NULL where absent. */
typedef struct {
	guint depth; /* 0: the mail's own body */
	char *type;  /* "text/html", lower case, never NULL */
	char *content_type;
	char *disposition;
	char *encoding;
	char *id;
	char *description;
	char *location; /* where the content comes from (RFC 2557) */
	bool is_leaf;	/* has content; no multipart, no parsed message */
} HishoPart;

typedef enum {
	HISHO_LOOSE_PREAMBLE,
	HISHO_LOOSE_EPILOGUE,
} HishoLoose;

typedef struct HishoMessage HishoMessage;

/* Parses the mail of WIRE, which must outlive the message.  No mail is so
 * broken that it cannot be parsed. */
HishoMessage *hisho_message_parse(
    const HishoWire *wire, const HishoLimits *limits);
void hisho_message_free(HishoMessage *message);

/* Whether a limit (size, parts, nesting) left something unread. */
bool hisho_message_is_cut(const HishoMessage *message);
/* Depth first, as they stand in the mail; there is always at least one. */
guint hisho_message_n_parts(const HishoMessage *message);
const HishoPart *hisho_message_part(const HishoMessage *message, guint i);

/* The content of leaf I without its transfer encoding; empty for others. */
GBytes *hisho_message_dup_content(const HishoMessage *message, guint i);
/* At most its first LIMIT bytes. */
GBytes *hisho_message_dup_start(
    const HishoMessage *message, guint i, size_t limit);
/* The same as UTF-8 by its charset, and of a multipart without parts all that
 * stands in it; at most LIMIT bytes are read (CUT, may be NULL, says whether
 * there were more). */
char *hisho_message_dup_text(
    const HishoMessage *message, guint i, size_t limit, bool *cut);

/* The header of the mail that part I, message/rfc822 or the like, holds: at
 * most LIMIT bytes of it; empty for all other parts. */
GBytes *hisho_message_dup_header(
    const HishoMessage *message, guint i, size_t limit);

/* What stands before the first part of multipart I, or behind its last one: at
 * most LIMIT bytes, as UTF-8; NULL if there is nothing, or no part. */
char *hisho_message_dup_loose(
    const HishoMessage *message, guint i, HishoLoose loose, size_t limit);

/* The unix time that a Date value names, 0 if it names none. */
gint64 hisho_message_parse_date(const char *value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(HishoMessage, hisho_message_free)
