#include "libhisho/parse/identity.h"

#include <string.h>

#include "libhisho/mail/address.h"
#include "libhisho/mail/word.h"

/* Threads have hundreds of references; the last hundred tell enough. */
#define MESSAGE_ID_LIMIT 100

HishoIdentity
hisho_identity_read(
    const HishoWire *wire, const char *name, const HishoLimits *limits)
{
	HishoIdentity identity = {
		g_ptr_array_new_with_free_func(hisho_mailbox_free), 0, false
	};
	const HishoWireField *field = NULL;

	while ((field = hisho_wire_next(wire, name, field)) != NULL) {
		size_t length;
		const char *value = hisho_wire_value(wire, field, &length);
		bool remainder = false;
		GPtrArray *more = hisho_address_parse(value, length,
		    limits->addresses - identity.mailboxes->len, &remainder);
		g_ptr_array_extend_and_steal(identity.mailboxes, more);
		identity.n_fields++;
		identity.has_remainder |= remainder;
	}
	return identity;
}

char *
hisho_identity_dup_return_path(const HishoWire *wire, const HishoLimits *limits)
{
	const HishoWireField *field =
	    hisho_wire_next(wire, "Return-Path", NULL);

	if (field == NULL)
		return NULL;
	size_t length;
	const char *value = hisho_wire_value(wire, field, &length);
	g_autoptr(GPtrArray) mailboxes =
	    hisho_address_parse(value, length, limits->addresses, NULL);
	if (mailboxes->len == 0)
		return g_strdup("");
	const HishoMailbox *mailbox = mailboxes->pdata[0];
	return g_strdup(mailbox->address != NULL ? mailbox->address : "");
}

char *
hisho_identity_dup_text(const HishoWire *wire, const char *name)
{
	const HishoWireField *field = hisho_wire_next(wire, name, NULL);

	if (field == NULL)
		return NULL;
	size_t length;
	const char *value = hisho_wire_value(wire, field, &length);
	return hisho_word_decode(value, length);
}

GPtrArray *
hisho_identity_message_ids(const HishoWire *wire, const char *name)
{
	GPtrArray *ids = g_ptr_array_new_with_free_func(g_free);
	const HishoWireField *field = NULL;

	while ((field = hisho_wire_next(wire, name, field)) != NULL) {
		size_t length;
		const char *at = hisho_wire_value(wire, field, &length);
		const char *end = at + length;
		while (ids->len < MESSAGE_ID_LIMIT &&
		    (at = memchr(at, '<', (size_t)(end - at))) != NULL) {
			const char *close = memchr(at, '>', (size_t)(end - at));
			if (close == NULL)
				break;
			g_ptr_array_add(ids,
			    hisho_word_decode(at, (size_t)(close - at) + 1));
			at = close + 1;
		}
	}
	return ids;
}

static bool
is_address_byte(char c)
{
	return g_ascii_isalnum(c) || (c != '\0' && strchr("._+-", c));
}

char *
hisho_identity_dup_address_in_name(const char *name)
{
	for (const char *at = name; at != NULL && (at = strchr(at, '@'));
	     at++) {
		const char *start = at, *end = at + 1;
		while (start > name && is_address_byte(start[-1]))
			start--;
		while (is_address_byte(*end))
			end++;
		while (end > at + 1 && strchr(".-", end[-1]) != NULL)
			end--; /* what ends the sentence */
		bool has_dot = memchr(at, '.', (size_t)(end - at)) != NULL;
		if (start < at && has_dot)
			return g_strndup(start, (size_t)(end - start));
	}
	return NULL;
}
