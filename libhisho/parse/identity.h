/* identity.h - who speaks, to whom: the address fields of a header */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "libhisho/mail/wire.h"

/* What the fields called NAME say, all of them together. */
typedef struct {
	GPtrArray *mailboxes; /* HishoMailbox */
	guint n_fields;
	bool has_remainder; /* something in them does not parse */
} HishoIdentity;

/* The mailboxes are the caller's: g_ptr_array_unref(). */
HishoIdentity hisho_identity_read(
    const HishoWire *wire, const char *name, const HishoLimits *limits);

/* The envelope sender by the topmost Return-Path: an address, "" for the
 * null sender, NULL where none is recorded. */
char *hisho_identity_dup_return_path(
    const HishoWire *wire, const HishoLimits *limits);

/* The first NAME field as one line of UTF-8, encoded-words decoded; NULL if
 * there is none. */
char *hisho_identity_dup_text(const HishoWire *wire, const char *name);

/* All msg-ids (RFC 5322 3.6.4) of the fields called NAME, with their angle
 * brackets, at most 100. */
GPtrArray *hisho_identity_message_ids(const HishoWire *wire, const char *name);

/* An address in NAME, as in "service@bank.example" <x@evil.example>; NULL
 * if there is none. */
char *hisho_identity_dup_address_in_name(const char *name);
