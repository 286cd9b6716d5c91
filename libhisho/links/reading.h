/* reading.h - what a part of a mail is to be read as */
#pragma once

#include "libhisho/mail/message.h"

typedef enum {
	HISHO_READING_NOTHING, /* pictures and the like */
	HISHO_READING_TEXT,
	HISHO_READING_HTML,
	HISHO_READING_CARD, /* calendars and address cards */
	HISHO_READING_MAIL,
	HISHO_READING_PDF,
	HISHO_READING_ESCAPED, /* RTF and its like */
	HISHO_READING_UNKNOWN, /* by anything in it that looks like a link */
} HishoReading;

/* How leaf I of MESSAGE is to be read: by its type if that says something,
 * else by the end of its name, else by its first bytes. */
HishoReading hisho_reading_find(const HishoMessage *message, guint i);
/* Whether TEXT, whatever it is said to be, begins as HTML and its like do. */
bool hisho_reading_is_html(const char *text, size_t length);
