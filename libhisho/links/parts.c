#include "libhisho/links/parts.h"

#include <string.h>

#include "libhisho/links/card.h"
#include "libhisho/links/flow.h"
#include "libhisho/links/mend.h"
#include "libhisho/links/pdf.h"
#include "libhisho/links/reading.h"
#include "libhisho/links/script.h"
#include "libhisho/links/trawl.h"
#include "libhisho/links/version.h"
#include "libhisho/mail/parameter.h"
#include "libhisho/mail/text.h"

/* Mails in mails that the parser left encoded: how deep, and how many. */
#define MAIL_DEPTH 4
#define MAIL_MAX 20

/* A mail whose parts are read. */
typedef struct {
	HishoLinks *links;
	const HishoMessage *message;
	const HishoLimits *limits;
	guint depth;
	guint *n_mails;
	bool is_cut;
} Parts;

/* TEXT read as UTF-16, when its first bytes say so and nothing else did. */
static char *
dup_wide(const HishoMessage *message, guint i, size_t limit)
{
	g_autoptr(GBytes) content = hisho_message_dup_start(message, i, limit);
	gsize length;
	const char *data = g_bytes_get_data(content, &length);

	if (length < 2 ||
	    (memcmp(data, "\377\376", 2) != 0 &&
		memcmp(data, "\376\377", 2) != 0))
		return NULL;
	return hisho_text_from_charset(data, length, "utf-16", NULL);
}

/* What of part I is beyond the first LIMIT bytes, for the blacklist only. */
static void
read_beyond(Parts *parts, guint i, size_t limit)
{
	HishoFurther *further = hisho_links_catalog(parts->links)->further;
	g_autoptr(GBytes) content =
	    hisho_message_dup_content(parts->message, i);
	gsize length;
	const char *data = g_bytes_get_data(content, &length);

	parts->is_cut = true;
	if (length > limit)
		hisho_trawl_read(further, data + limit, length - limit);
}

/* Part I as text, its transfer encoding undone even where its label does not
 * tell. */
static char *
dup_text(Parts *parts, guint i)
{
	const HishoPart *part = hisho_message_part(parts->message, i);
	size_t limit = parts->limits->html_bytes;
	bool cut = false;
	g_autofree char *text =
	    hisho_message_dup_text(parts->message, i, limit, &cut);

	if (cut)
		read_beyond(parts, i, limit);
	if ((guchar)text[0] >= 0x80) {
		char *wide = dup_wide(parts->message, i, limit);
		if (wide != NULL)
			return wide;
	}
	g_autoptr(GBytes) mended = hisho_mend_new_decoded(text, strlen(text));
	if (mended == NULL)
		return g_steal_pointer(&text);
	gsize length;
	const char *data = g_bytes_get_data(mended, &length);
	g_autofree char *charset = NULL;
	if (part->content_type != NULL)
		charset = hisho_parameter_dup(
		    part->content_type, strlen(part->content_type), "charset");
	return hisho_text_from_charset(data, length, charset, NULL);
}

static bool
has_parameter(const HishoPart *part, const char *name, const char *value)
{
	g_autofree char *found = part->content_type == NULL
	    ? NULL
	    : hisho_parameter_dup(
		  part->content_type, strlen(part->content_type), name);

	return found != NULL && g_ascii_strcasecmp(found, value) == 0;
}

/* A text that is said to be no markup. */
static void
read_plain(Parts *parts, const HishoPart *part, const char *text)
{
	size_t length = strlen(text);
	g_autofree char *joined = NULL;

	if (hisho_reading_is_html(text, length)) {
		hisho_links_add_html(parts->links, text, length);
		return;
	}
	if (has_parameter(part, "format", "flowed") &&
	    has_parameter(part, "delsp", "yes"))
		joined = hisho_flow_dup_joined(text);
	text = joined != NULL ? joined : text;
	hisho_links_add_text(parts->links, text, strlen(text), "text");
}

static void
read_card(Parts *parts, const char *text)
{
	bool visiting = strcasestr(text, "BEGIN:VCARD") != NULL;

	hisho_links_enter(parts->links, "attachment", "attachment");
	hisho_card_read(hisho_links_catalog(parts->links), text, strlen(text),
	    visiting ? "vcard" : "calendar");
	hisho_links_read_nested(parts->links);
	hisho_links_leave(parts->links);
}

/* What no reader sees as it stands: links are written in it with their
 * scheme, perhaps under escapes. */
static void
read_escaped(Parts *parts, const char *text)
{
	const HishoCandidate candidate = {
		.text = text,
		.length = strlen(text),
		.where = "text",
	};

	hisho_links_enter(parts->links, "attachment", "attachment");
	hisho_script_read(hisho_links_catalog(parts->links), &candidate);
	hisho_links_read_nested(parts->links);
	hisho_links_leave(parts->links);
}

static void
read_attached_html(Parts *parts, const char *text)
{
	hisho_links_enter(parts->links, "attachment", "attachment");
	hisho_links_add_html(parts->links, text, strlen(text));
	hisho_links_leave(parts->links);
}

static void
read_pdf(Parts *parts, guint i)
{
	g_autoptr(GBytes) content =
	    hisho_message_dup_content(parts->message, i);
	gsize length;
	const char *data = g_bytes_get_data(content, &length);

	if (length == 0)
		return;
	hisho_links_enter(parts->links, "attachment", "attachment");
	hisho_pdf_read(hisho_links_catalog(parts->links), data, length);
	hisho_links_read_nested(parts->links);
	hisho_links_leave(parts->links);
}

static void read_parts(Parts *parts);

/* A mail that the parser left encoded, or did not take for one. */
static void
read_mail(Parts *parts, guint i)
{
	if (parts->depth >= MAIL_DEPTH || *parts->n_mails >= MAIL_MAX) {
		read_beyond(parts, i, 0);
		return;
	}
	++*parts->n_mails;
	g_autoptr(GBytes) content =
	    hisho_message_dup_content(parts->message, i);
	g_autoptr(HishoWire) wire = hisho_wire_new(content, parts->limits);
	g_autoptr(HishoMessage) message =
	    hisho_message_parse(wire, parts->limits);
	if (hisho_message_is_cut(message))
		read_beyond(parts, i, 0);
	Parts inner = *parts;
	inner.message = message;
	inner.depth++;
	hisho_links_enter(parts->links, "message", "attachment");
	read_parts(&inner);
	hisho_links_leave(parts->links);
	parts->is_cut |= inner.is_cut;
}

static void
read_leaf(Parts *parts, guint i)
{
	const HishoPart *part = hisho_message_part(parts->message, i);
	HishoReading reading = hisho_reading_find(parts->message, i);
	bool is_text = g_str_has_prefix(part->type, "text/");
	g_autofree char *text = NULL;

	hisho_links_set_aside(
	    parts->links, hisho_version_is_aside(parts->message, i));
	if (reading != HISHO_READING_NOTHING && reading != HISHO_READING_MAIL &&
	    reading != HISHO_READING_PDF)
		text = dup_text(parts, i);
	if (reading == HISHO_READING_MAIL)
		read_mail(parts, i);
	else if (reading == HISHO_READING_PDF)
		read_pdf(parts, i);
	else if (reading == HISHO_READING_CARD)
		read_card(parts, text);
	else if (reading == HISHO_READING_HTML && is_text)
		hisho_links_add_html(parts->links, text, strlen(text));
	else if (reading == HISHO_READING_HTML)
		read_attached_html(parts, text);
	else if (reading == HISHO_READING_TEXT && is_text)
		read_plain(parts, part, text);
	else if (text != NULL)
		read_escaped(parts, text);
}

/* What stands outside of all parts, which no mail program shows. */
static void
read_loose(Parts *parts, guint i)
{
	static const char *const where[] = { "preamble", "epilogue" };

	for (guint loose = 0; loose < G_N_ELEMENTS(where); loose++) {
		g_autofree char *text = hisho_message_dup_loose(parts->message,
		    i, (HishoLoose)loose, parts->limits->html_bytes);
		if (text == NULL)
			continue;
		hisho_links_enter(parts->links, where[loose], where[loose]);
		hisho_links_add_text(parts->links, text, strlen(text), "text");
		hisho_links_leave(parts->links);
	}
}

static void
read_multipart(Parts *parts, guint i)
{
	g_autofree char *text = dup_text(parts, i);

	if (strchr(text, '<') != NULL)
		hisho_links_add_html(parts->links, text, strlen(text));
	else
		hisho_links_add_text(parts->links, text, strlen(text), "text");
	read_loose(parts, i);
}

/* A content that lies elsewhere (RFC 2017), or did (RFC 2557). */
static void
read_external(Parts *parts, const HishoPart *part)
{
	g_autofree char *url = NULL;

	if (strcmp(part->type, "message/external-body") == 0)
		url = hisho_parameter_dup(
		    part->content_type, strlen(part->content_type), "url");
	if (url != NULL)
		hisho_links_add_header(parts->links, "Content-Type", url);
	if (part->location != NULL)
		hisho_links_add_header(
		    parts->links, "Content-Location", part->location);
}

static void
read_parts(Parts *parts)
{
	for (guint i = 0; i < hisho_message_n_parts(parts->message); i++) {
		const HishoPart *part = hisho_message_part(parts->message, i);
		if (part->is_leaf)
			read_leaf(parts, i);
		else if (g_str_has_prefix(part->type, "multipart/"))
			read_multipart(parts, i);
		read_external(parts, part);
	}
}

bool
hisho_parts_read(
    HishoLinks *links, const HishoMessage *message, const HishoLimits *limits)
{
	guint n_mails = 0;
	Parts parts = { links, message, limits, 0, &n_mails, false };

	read_parts(&parts);
	return parts.is_cut;
}
