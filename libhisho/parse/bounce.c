#include "libhisho/parse/bounce.h"

#include <string.h>

#include "libhisho/mail/address.h"
#include "libhisho/mail/parameter.h"
#include "libhisho/parse/identity.h"

#define TEXT(member)                                                           \
	{                                                                      \
		.key = #member, .kind = HISHO_RECORD_TEXT,                     \
		.offset = offsetof(HishoBounce, member)                        \
	}

/* A report on one mail names some recipients in a few hundred bytes each. */
#define STATUS_BYTES 65536
#define STATUS_GROUPS 100

/* As much of a text may come before the mail that it returns. */
#define NOTICE_BYTES 65536

static const HishoRecordField members[] = {
	TEXT(of),
	TEXT(from),
	TEXT(recipient),
	TEXT(status),
	{ 0 },
};
const HishoRecordType hisho_bounce_type = { sizeof(HishoBounce), members,
	hisho_bounce_free };

void
hisho_bounce_free(void *bounce)
{
	hisho_record_free(&hisho_bounce_type, bounce);
}

bool
hisho_bounce_is_daemon(const char *address)
{
	static const char *const daemons[] = { "mailer-daemon", "postmaster" };
	size_t length = address != NULL ? strcspn(address, "@") : 0;

	for (size_t i = 0; i < G_N_ELEMENTS(daemons); i++)
		if (length == strlen(daemons[i]) &&
		    g_ascii_strncasecmp(address, daemons[i], length) == 0)
			return true;
	return false;
}

/* The only address of the From fields of WIRE; NULL for none or several. */
static char *
dup_from(const HishoWire *wire, const HishoLimits *limits)
{
	HishoIdentity identity = hisho_identity_read(wire, "From", limits);
	g_autoptr(GPtrArray) mailboxes = identity.mailboxes;

	if (identity.n_fields != 1 || mailboxes->len != 1 ||
	    identity.has_remainder)
		return NULL;
	const HishoMailbox *from = mailboxes->pdata[0];
	return hisho_address_key(from->address);
}

/* Some write but the name, and an empty address. */
static bool
is_by_daemon(const HishoWire *wire, const HishoLimits *limits)
{
	HishoIdentity identity = hisho_identity_read(wire, "From", limits);
	g_autoptr(GPtrArray) mailboxes = identity.mailboxes;
	const HishoMailbox *first =
	    mailboxes->len > 0 ? mailboxes->pdata[0] : NULL;

	return first != NULL &&
	    hisho_bounce_is_daemon(
		first->address != NULL ? first->address : first->name);
}

static bool
is_report(const HishoMessage *message)
{
	const HishoPart *top = hisho_message_part(message, 0);

	if (strcmp(top->type, "multipart/report") != 0 ||
	    top->content_type == NULL)
		return false;
	g_autofree char *type = hisho_parameter_dup(
	    top->content_type, strlen(top->content_type), "report-type");
	return type != NULL && g_ascii_strcasecmp(type, "delivery-status") == 0;
}

/* The first part just below the top of one of TYPES; -1 if there is none. */
static gint
find_part(const HishoMessage *message, const char *const *types)
{
	for (guint i = 1; i < hisho_message_n_parts(message); i++) {
		const HishoPart *part = hisho_message_part(message, i);
		if (part->depth == 1 && g_strv_contains(types, part->type))
			return (gint)i;
	}
	return -1;
}

/* Of a mail that is returned as a whole, or of its header as a text. */
static GBytes *
dup_part(const HishoMessage *message, const HishoLimits *limits)
{
	static const char *const whole[] = { "message/rfc822", "message/global",
		NULL };
	static const char *const headers[] = { "text/rfc822-headers",
		"message/rfc822-headers", "message/global-headers", NULL };
	gint i = find_part(message, whole);

	if (i >= 0)
		return hisho_message_dup_header(
		    message, (guint)i, limits->header_bytes);
	i = find_part(message, headers);
	return i < 0
	    ? NULL
	    : hisho_message_dup_start(message, (guint)i, limits->header_bytes);
}

/* Whether LINE, LENGTH bytes of it, is one behind which servers without MIME
 * return a mail: qmail, Exim, sendmail, OpenSMTPD and their kin.  Between
 * dashes, except for a whole sentence. */
static bool
is_divider(const char *line, size_t length)
{
	static const char *const dividers[] = {
		"below this line is a copy of the message.",
		"below is a copy of the original message:",
		"this is a copy of the message, including all the headers.",
		"this is a copy of your message, including all the headers.",
		"enclosed is a copy of the message.",
		"included is a copy of the message header:",
		"the header of the original message is following.",
		"message headers follow.",
		"original message follows.",
		"original message follows",
		"original message",
		"unsent message follows",
		"returned message",
	};
	g_autofree char *text = g_ascii_strdown(line, (gssize)length);
	size_t dashes = strspn(g_strstrip(text), "-");
	size_t end = strlen(text);

	while (end > dashes && strchr("- ", text[end - 1]) != NULL)
		end--;
	text[end] = '\0';
	const char *words = g_strchug(text + dashes);
	bool is_sentence =
	    g_str_has_suffix(words, ".") || g_str_has_suffix(words, ":");
	for (size_t i = 0; i < G_N_ELEMENTS(dividers); i++)
		if ((dashes >= 3 || is_sentence) &&
		    strcmp(words, dividers[i]) == 0)
			return true;
	return false;
}

/* Whether nothing, or only a rule, stands in LINE. */
static bool
is_blank(const char *line, size_t length)
{
	size_t n = 0;

	while (
	    n < length && strchr("- \t\r", line[n]) != NULL && line[n] != '\0')
		n++;
	return n == length;
}

/* What stands in the text of a mail of one part behind the first such line and
 * empty ones. */
static GBytes *
dup_quoted(const HishoMessage *message, const HishoLimits *limits)
{
	size_t limit = NOTICE_BYTES + limits->header_bytes;
	g_autoptr(GBytes) content = hisho_message_dup_start(message, 0, limit);
	size_t length;
	const char *text = g_bytes_get_data(content, &length);
	size_t at = 0;
	bool is_behind = false;

	while (at < length && (is_behind || at < NOTICE_BYTES)) {
		const char *end = memchr(text + at, '\n', length - at);
		size_t line =
		    end != NULL ? (size_t)(end - text) - at : length - at;
		if (is_behind && !is_blank(text + at, line))
			return g_bytes_new_from_bytes(content, at, length - at);
		/* Longer than any of them. */
		is_behind |= line < 100 && is_divider(text + at, line);
		at += line + (end != NULL);
	}
	return NULL;
}

HishoWire *
hisho_bounce_find_returned(const HishoWire *wire, const HishoMessage *message,
    const HishoLimits *limits)
{
	const HishoPart *top = hisho_message_part(message, 0);
	g_autoptr(GBytes) header = NULL;

	if (!is_report(message) && !is_by_daemon(wire, limits))
		return NULL;
	header = top->is_leaf ? dup_quoted(message, limits)
			      : dup_part(message, limits);
	return header != NULL ? hisho_wire_new(header, limits) : NULL;
}

/* "rfc822; a@b.example" (RFC 3464, 2.3.2), without its type. */
static char *
dup_recipient(const HishoWire *group)
{
	g_autofree char *value =
	    hisho_identity_dup_text(group, "Final-Recipient");
	const char *semicolon = value != NULL ? strchr(value, ';') : NULL;
	g_autoptr(GPtrArray) mailboxes = semicolon == NULL
	    ? NULL
	    : hisho_address_parse(
		  semicolon + 1, strlen(semicolon + 1), 1, NULL);
	const HishoMailbox *first = mailboxes != NULL && mailboxes->len > 0
	    ? mailboxes->pdata[0]
	    : NULL;

	return first != NULL ? g_strdup(first->address) : NULL;
}

/* Three numbers (RFC 3463, 2). */
static char *
dup_status(const HishoWire *group)
{
	g_autofree char *value = hisho_identity_dup_text(group, "Status");
	const char *at = value != NULL ? value + strspn(value, " \t") : "";
	size_t length = strspn(at, "0123456789.");
	guint n_dots = 0;

	for (size_t i = 0; i < length; i++)
		n_dots += at[i] == '.';
	return length >= 5 && length <= 9 && n_dots == 2 &&
		strchr("245", *at) != NULL
	    ? g_strndup(at, length)
	    : NULL;
}

/* Whether GROUP says of a recipient that all is over. */
static bool
has_failed(const HishoWire *group)
{
	g_autofree char *action = hisho_identity_dup_text(group, "Action");

	return action != NULL &&
	    g_ascii_strcasecmp(g_strstrip(action), "failed") == 0;
}

/* The groups of fields in a part of the type message/delivery-status. */
static void
read_status(HishoBounce *bounce, GBytes *content, const HishoLimits *limits)
{
	size_t length = g_bytes_get_size(content), at = 0;
	bool has_found = false;

	for (guint i = 0; i < STATUS_GROUPS && at < length && !has_found; i++) {
		g_autoptr(GBytes) rest =
		    g_bytes_new_from_bytes(content, at, length - at);
		g_autoptr(HishoWire) group = hisho_wire_new(rest, limits);
		g_autofree char *recipient = dup_recipient(group);
		at += MAX(hisho_wire_body(group), 1);
		has_found = recipient != NULL && has_failed(group);
		if (recipient == NULL ||
		    (bounce->recipient != NULL && !has_found))
			continue;
		g_free(bounce->recipient);
		g_free(bounce->status);
		bounce->recipient = g_steal_pointer(&recipient);
		bounce->status = dup_status(group);
	}
}

HishoBounce *
hisho_bounce_read(const HishoMessage *message, const HishoWire *returned,
    const HishoLimits *limits)
{
	static const char *const types[] = { "message/delivery-status",
		"message/global-delivery-status", NULL };

	if (returned == NULL && !is_report(message))
		return NULL;
	HishoBounce *bounce = hisho_record_new(&hisho_bounce_type);
	if (returned != NULL) {
		bounce->of = hisho_identity_dup_text(returned, "Message-ID");
		bounce->from = dup_from(returned, limits);
	}
	gint i = find_part(message, types);
	if (i >= 0) {
		g_autoptr(GBytes) content =
		    hisho_message_dup_start(message, (guint)i, STATUS_BYTES);
		read_status(bounce, content, limits);
	}
	return bounce;
}
