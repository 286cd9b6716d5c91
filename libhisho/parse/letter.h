/* letter.h - all facts of the letter itself */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "libhisho/base/record.h"
#include "libhisho/mail/message.h"
#include "libhisho/mail/wire.h"
#include "libhisho/parse/bounce.h"

/* One node of the MIME tree. */
typedef struct {
	gint64 depth;
	char *type;
	char *charset;	   /* as declared, NULL if it is not */
	char *encoding;	   /* the transfer encoding as declared */
	char *disposition; /* "attachment", "inline", NULL */
} HishoLetterPart;

/* What a mailing list says of itself. */
typedef struct {
	char *id; /* of List-Id, without the angle brackets */
	char *post;
	char *unsubscribe;
	char *precedence; /* "bulk", "list", "junk"; lower case */
	char *auto_submitted;
} HishoLetterList;

/* findings: from-missing  from-multiple  from-name-address
 *   duplicate-field  no-recipients */
typedef struct {
	char *digest; /* set by the parent, which has the raw bytes */
	char *message_id;
	char *date;  /* RFC 3339 in UTC, NULL if missing or unreadable */
	gint64 time; /* the same in unix time, 0 for none */
	char *subject;
	GPtrArray *from, *sender, *reply_to, *to, *cc; /* HishoMailbox */
	bool has_one_from; /* exactly one field with one whole address */
	char *return_path;
	GPtrArray *in_reply_to, *references; /* msg-ids */
	HishoLetterList *list;		     /* NULL if none of it is there */
	HishoBounce *bounce;		     /* NULL: it returns no mail */
	char *mailer;
	GPtrArray *parts;	/* HishoLetterPart */
	GPtrArray *attachments; /* HishoAttachment */
	GPtrArray *marks;	/* HishoMark */
	GPtrArray *findings;
	GPtrArray *limits; /* names of limits that were reached */
} HishoLetter;

extern const HishoRecordType hisho_letter_type;
void hisho_letter_free(void *letter);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(HishoLetter, hisho_letter_free)

/* Reads the header alone: what can be said of any mail, cheaply. */
HishoLetter *hisho_letter_read_header(
    const HishoWire *wire, const HishoLimits *limits);

/* Adds what MESSAGE, parsed from the same wire, shows. */
void hisho_letter_add_parts(HishoLetter *letter, const HishoMessage *message);
