/* attachment.h - what is attached, and whether it is what it says */
#pragma once

#include <glib.h>

#include "libhisho/base/record.h"
#include "libhisho/mail/message.h"

/* A file that travels in the mail.
 * findings: executable  script  macro  archive  encrypted  html
 *   double-extension  hidden-extension  bidi-name  path-name  name-differs
 *   type-differs */
typedef struct {
	char *name;    /* decoded, NULL if it has none */
	char *type;    /* as declared */
	char *sniffed; /* by its first bytes, NULL if empty */
	gint64 size;   /* decoded bytes */
	char *sha256;  /* of the decoded bytes, hex */
	GPtrArray *findings;
} HishoAttachment;

extern const HishoRecordType hisho_attachment_type;
void hisho_attachment_free(void *attachment);

/* The attachment that part I of MESSAGE is; NULL if it is part of the text
 * or of the mail's structure. */
HishoAttachment *hisho_attachment_read(const HishoMessage *message, guint i);

/* What NAME alone gives away, added to FINDINGS. */
void hisho_attachment_judge_name(const char *name, GPtrArray *findings);
