/* wire.h - a mail's raw bytes: where its header ends, what fields it has
 *
 * The header reaches to the first empty line, whatever stands in it; lines
 * without a colon are passed over.  A mail without any LF (one at its very
 * end aside) is read with CR as line end; in all others only LF ends a
 * line, so that the header ends where procmail ends it. */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

#include "libhisho/base/limits.h"

/* Byte offsets into the mail. */
typedef struct {
	size_t start;	    /* the first byte of the name */
	size_t name_length; /* without the blanks before the colon */
	size_t value;	    /* the byte after the colon */
	size_t value_end;   /* the end of the last line, its line end aside */
} HishoWireField;

typedef struct HishoWire HishoWire;

/* Indexes MAIL, and keeps a reference to it.  No mail is so broken that it
 * has no wire form. */
HishoWire *hisho_wire_new(GBytes *mail, const HishoLimits *limits);
void hisho_wire_free(HishoWire *wire);

GBytes *hisho_wire_mail(const HishoWire *wire);
/* The bytes before the first field: a `From ` line, lines that begin with
 * a blank.  Fields of our own go behind them. */
size_t hisho_wire_prefix(const HishoWire *wire);
/* Whether there is such a place: a first line that never ends has none. */
bool hisho_wire_has_place(const HishoWire *wire);
/* Whether the whole mail is read with CR as line end. */
bool hisho_wire_cr_ends_lines(const HishoWire *wire);
/* The offset behind the empty line; the mail's size if there is none. */
size_t hisho_wire_body(const HishoWire *wire);
/* Whether a header limit cut the index; the bytes are all there. */
bool hisho_wire_is_cut(const HishoWire *wire);
/* "\n", "\r\n" or "\r": the first line's end; "\n" if there is none. */
const char *hisho_wire_line_end(const HishoWire *wire);

/* The field NAME (ASCII, any case) after AFTER; the first if AFTER is NULL;
 * NULL if there is none.  NAME NULL stands for any field. */
const HishoWireField *hisho_wire_next(
    const HishoWire *wire, const char *name, const HishoWireField *after);
/* The raw value, folds and all; it stays the mail's. */
const char *hisho_wire_value(
    const HishoWire *wire, const HishoWireField *field, size_t *length);
const char *hisho_wire_name(const HishoWire *wire, const HishoWireField *field);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(HishoWire, hisho_wire_free)
