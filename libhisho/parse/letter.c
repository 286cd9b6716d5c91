#include "libhisho/parse/letter.h"

#include <string.h>

#include "libhisho/mail/address.h"
#include "libhisho/mail/parameter.h"
#include "libhisho/parse/attachment.h"
#include "libhisho/parse/identity.h"
#include "libhisho/parse/mark.h"

#define MEMBER(record, kind_, member, type_)                                   \
	{                                                                      \
		.key = #member, .kind = HISHO_RECORD_##kind_,                  \
		.offset = offsetof(record, member), .type = type_              \
	}
#define PART(kind_, member) MEMBER(HishoLetterPart, kind_, member, NULL)
#define LIST(member) MEMBER(HishoLetterList, TEXT, member, NULL)
#define LETTER(kind_, member, type_) MEMBER(HishoLetter, kind_, member, type_)

/* Marks and references beyond these are somebody's game. */
#define MARK_LIMIT 50

static void part_free(void *part);
static void list_free(void *list);

static const HishoRecordField part_members[] = {
	PART(NUMBER, depth),
	PART(TEXT, type),
	PART(TEXT, charset),
	PART(TEXT, encoding),
	PART(TEXT, disposition),
	{ 0 },
};
static const HishoRecordType part_type = { sizeof(HishoLetterPart),
	part_members, part_free };

static const HishoRecordField list_members[] = {
	LIST(id),
	LIST(post),
	LIST(unsubscribe),
	LIST(precedence),
	LIST(auto_submitted),
	{ 0 },
};
static const HishoRecordType list_type = { sizeof(HishoLetterList),
	list_members, list_free };

static const HishoRecordField members[] = {
	LETTER(TEXT, digest, NULL),
	LETTER(TEXT, message_id, NULL),
	LETTER(TEXT, date, NULL),
	LETTER(NUMBER, time, NULL),
	LETTER(TEXT, subject, NULL),
	LETTER(MANY, from, &hisho_mailbox_type),
	LETTER(MANY, sender, &hisho_mailbox_type),
	LETTER(MANY, reply_to, &hisho_mailbox_type),
	LETTER(MANY, to, &hisho_mailbox_type),
	LETTER(MANY, cc, &hisho_mailbox_type),
	LETTER(TRUTH, has_one_from, NULL),
	LETTER(TEXT, return_path, NULL),
	LETTER(TEXTS, in_reply_to, NULL),
	LETTER(TEXTS, references, NULL),
	LETTER(ONE, list, &list_type),
	LETTER(ONE, bounce, &hisho_bounce_type),
	LETTER(TEXT, mailer, NULL),
	LETTER(MANY, parts, &part_type),
	LETTER(MANY, attachments, &hisho_attachment_type),
	LETTER(MANY, marks, &hisho_mark_type),
	LETTER(TEXTS, findings, NULL),
	LETTER(TEXTS, limits, NULL),
	{ 0 },
};
const HishoRecordType hisho_letter_type = { sizeof(HishoLetter), members,
	hisho_letter_free };

static void
part_free(void *part)
{
	hisho_record_free(&part_type, part);
}

static void
list_free(void *list)
{
	hisho_record_free(&list_type, list);
}

void
hisho_letter_free(void *letter)
{
	hisho_record_free(&hisho_letter_type, letter);
}

static void
add_finding(HishoLetter *letter, bool holds, const char *finding)
{
	if (holds)
		g_ptr_array_add(letter->findings, g_strdup(finding));
}

static void
add_limit(HishoLetter *letter, bool reached, const char *limit)
{
	if (reached)
		g_ptr_array_add(letter->limits, g_strdup(limit));
}

/* Puts the fields NAME in the place of LIST; says what they were. */
static HishoIdentity
take_mailboxes(GPtrArray **list, const HishoWire *wire, const char *name,
    const HishoLimits *limits)
{
	HishoIdentity identity = hisho_identity_read(wire, name, limits);

	g_ptr_array_unref(*list);
	*list = identity.mailboxes;
	return identity;
}

/* Exactly one From field with exactly one address; an address in its name
 * must be the same one. */
static void
read_from(HishoLetter *letter, const HishoWire *wire, const HishoLimits *limits)
{
	HishoIdentity identity =
	    take_mailboxes(&letter->from, wire, "From", limits);
	bool has_address = false;

	for (guint i = 0; i < letter->from->len; i++) {
		const HishoMailbox *mailbox = letter->from->pdata[i];
		has_address |= mailbox->domain != NULL;
		g_autofree char *claimed =
		    hisho_identity_dup_address_in_name(mailbox->name);
		add_finding(letter,
		    claimed != NULL && mailbox->address != NULL &&
			g_ascii_strcasecmp(claimed, mailbox->address) != 0,
		    "from-name-address");
	}
	letter->has_one_from = identity.n_fields == 1 &&
	    letter->from->len == 1 && has_address && !identity.has_remainder;
	add_finding(letter, !has_address, "from-missing");
	add_finding(letter,
	    identity.n_fields > 1 || letter->from->len > 1 ||
		(identity.n_fields > 0 && identity.has_remainder),
	    "from-multiple");
}

static void
read_date(HishoLetter *letter, const HishoWire *wire)
{
	g_autofree char *date = hisho_identity_dup_text(wire, "Date");

	if (date == NULL)
		return;
	letter->time = hisho_message_parse_date(date);
	g_autoptr(GDateTime) moment = letter->time > 0
	    ? g_date_time_new_from_unix_utc(letter->time)
	    : NULL;
	if (moment != NULL)
		letter->date = g_date_time_format(moment, "%Y-%m-%dT%H:%M:%SZ");
	else
		letter->time = 0;
}

static char *
dup_lower(const HishoWire *wire, const char *name)
{
	g_autofree char *text = hisho_identity_dup_text(wire, name);

	return text != NULL ? g_ascii_strdown(text, -1) : NULL;
}

/* `Human name <id.example>`, or the bare id (RFC 2919). */
static char *
dup_list_id(const HishoWire *wire)
{
	g_autofree char *text = hisho_identity_dup_text(wire, "List-Id");

	if (text == NULL)
		return NULL;
	const char *open = strrchr(text, '<');
	const char *close = open != NULL ? strchr(open, '>') : NULL;
	if (close != NULL)
		return g_strndup(open + 1, (size_t)(close - open) - 1);
	return g_steal_pointer(&text);
}

static void
read_list(HishoLetter *letter, const HishoWire *wire)
{
	HishoLetterList *list = hisho_record_new(&list_type);

	list->id = dup_list_id(wire);
	list->post = hisho_identity_dup_text(wire, "List-Post");
	list->unsubscribe = hisho_identity_dup_text(wire, "List-Unsubscribe");
	list->precedence = dup_lower(wire, "Precedence");
	list->auto_submitted = dup_lower(wire, "Auto-Submitted");
	if (list->id != NULL || list->post != NULL ||
	    list->unsubscribe != NULL || list->precedence != NULL ||
	    list->auto_submitted != NULL)
		letter->list = list;
	else
		list_free(list);
}

static void
read_marks(HishoLetter *letter, const HishoWire *wire)
{
	const HishoWireField *field = NULL;

	while (letter->marks->len < MARK_LIMIT &&
	    (field = hisho_wire_next(wire, NULL, field)) != NULL) {
		size_t length;
		const char *value = hisho_wire_value(wire, field, &length);
		g_autofree char *name =
		    g_strndup(hisho_wire_name(wire, field), field->name_length);
		HishoMark *mark = hisho_mark_read(name, value, length);
		if (mark != NULL)
			g_ptr_array_add(letter->marks, mark);
	}
}

/* Fields that RFC 5322 3.6 allows once and that readers act on. */
static bool
has_duplicates(const HishoWire *wire)
{
	static const char *const once[] = { "Sender", "Reply-To", "To", "Cc",
		"Date", "Message-ID", "Subject", "Content-Type",
		"Content-Transfer-Encoding" };

	for (size_t i = 0; i < G_N_ELEMENTS(once); i++) {
		const HishoWireField *field =
		    hisho_wire_next(wire, once[i], NULL);
		if (field != NULL && hisho_wire_next(wire, once[i], field))
			return true;
	}
	return false;
}

HishoLetter *
hisho_letter_read_header(const HishoWire *wire, const HishoLimits *limits)
{
	HishoLetter *letter = hisho_record_new(&hisho_letter_type);

	letter->message_id = hisho_identity_dup_text(wire, "Message-ID");
	letter->subject = hisho_identity_dup_text(wire, "Subject");
	read_date(letter, wire);
	read_from(letter, wire, limits);
	take_mailboxes(&letter->sender, wire, "Sender", limits);
	take_mailboxes(&letter->reply_to, wire, "Reply-To", limits);
	take_mailboxes(&letter->to, wire, "To", limits);
	take_mailboxes(&letter->cc, wire, "Cc", limits);
	letter->return_path = hisho_identity_dup_return_path(wire, limits);
	g_ptr_array_unref(letter->in_reply_to);
	letter->in_reply_to = hisho_identity_message_ids(wire, "In-Reply-To");
	g_ptr_array_unref(letter->references);
	letter->references = hisho_identity_message_ids(wire, "References");
	read_list(letter, wire);
	letter->mailer = hisho_identity_dup_text(wire, "X-Mailer");
	if (letter->mailer == NULL)
		letter->mailer = hisho_identity_dup_text(wire, "User-Agent");
	read_marks(letter, wire);
	add_finding(letter, has_duplicates(wire), "duplicate-field");
	add_finding(
	    letter, letter->to->len + letter->cc->len == 0, "no-recipients");
	add_limit(letter, hisho_wire_is_cut(wire), "header");
	add_limit(letter,
	    letter->to->len >= limits->addresses ||
		letter->cc->len >= limits->addresses,
	    "addresses");
	return letter;
}

static HishoLetterPart *
read_part(const HishoPart *part)
{
	HishoLetterPart *read = hisho_record_new(&part_type);
	const char *type = part->content_type;
	const char *disposition = part->disposition;

	read->depth = part->depth;
	read->type = g_strdup(part->type);
	if (type != NULL)
		read->charset =
		    hisho_parameter_dup(type, strlen(type), "charset");
	if (part->encoding != NULL)
		read->encoding = hisho_parameter_dup_main(
		    part->encoding, strlen(part->encoding));
	if (disposition != NULL)
		read->disposition =
		    hisho_parameter_dup_main(disposition, strlen(disposition));
	return read;
}

void
hisho_letter_add_parts(HishoLetter *letter, const HishoMessage *message)
{
	for (guint i = 0; i < hisho_message_n_parts(message); i++) {
		g_ptr_array_add(
		    letter->parts, read_part(hisho_message_part(message, i)));
		HishoAttachment *attachment = hisho_attachment_read(message, i);
		if (attachment != NULL)
			g_ptr_array_add(letter->attachments, attachment);
	}
	add_limit(letter, hisho_message_is_cut(message), "parts");
}
