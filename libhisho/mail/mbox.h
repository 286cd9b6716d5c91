/* mbox.h - where one mail of an mbox ends, and how its text was quoted */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

/* How far the search for the end of a mail has come; zeros at first. */
typedef struct {
	size_t header_length; /* with From_ line and empty line; 0: not known */
	size_t searched;      /* bytes that need no second look */
	bool by_length;	      /* the end is where Content-Length says */
	bool ignores_length;  /* it does not hold */
	size_t text_length;   /* found: without the empty line behind it */
	size_t raw_length;    /* found: up to the next mail; else 0 */
} HishoMboxScan;

/* True when LENGTH bytes of DATA begin with "From ". */
bool hisho_mbox_is_from(const char *data, size_t length);

/* Looks for the end of the mail that DATA begins with, and goes on where SCAN
 * says.  True when it was found; false when more bytes are needed, never
 * AT_END.  A mail ends before a line "From " that follows an empty line.
 * Content-Length (at most 64 MB) goes before that where it leads to a line
 * that is the end, or is empty and followed by "From " or the end. */
bool hisho_mbox_scan(
    HishoMboxScan *scan, const char *data, size_t length, bool at_end);

/* The text of the mail RAW that SCAN found: without the empty line behind it,
 * and one ">" less where a line of the body has some before "From ".  Such
 * lines stay where Content-Length is right about a body with bare "From "
 * lines (mboxcl2): nobody quoted them.  The From_ line is kept. */
GBytes *hisho_mbox_text(const HishoMboxScan *scan, GBytes *raw);
