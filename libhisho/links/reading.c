#include "libhisho/links/reading.h"

#include <string.h>

#include "libhisho/mail/parameter.h"
#include "libhisho/parse/sniff.h"

/* How much of a file tells what it is. */
#define SNIFF_BYTES 1024

/* What types, and the ends of names, say; the first that holds. */
static const struct {
	const char *type; /* what it begins with */
	HishoReading reading;
} by_type[] = {
	{ "text/html", HISHO_READING_HTML },
	{ "application/xhtml", HISHO_READING_HTML },
	{ "image/svg", HISHO_READING_HTML },
	{ "text/xml", HISHO_READING_HTML },
	{ "application/xml", HISHO_READING_HTML },
	{ "text/calendar", HISHO_READING_CARD },
	{ "application/ics", HISHO_READING_CARD },
	{ "text/vcard", HISHO_READING_CARD },
	{ "text/x-vcard", HISHO_READING_CARD },
	{ "text/directory", HISHO_READING_CARD },
	{ "text/rtf", HISHO_READING_ESCAPED },
	{ "application/rtf", HISHO_READING_ESCAPED },
	{ "text/javascript", HISHO_READING_ESCAPED },
	{ "application/javascript", HISHO_READING_ESCAPED },
	{ "text/", HISHO_READING_TEXT },
	{ "message/delivery-status", HISHO_READING_ESCAPED },
	{ "message/disposition", HISHO_READING_ESCAPED },
	{ "message/feedback-report", HISHO_READING_ESCAPED },
	{ "message/", HISHO_READING_MAIL },
	{ "application/pdf", HISHO_READING_PDF },
	{ "application/x-pdf", HISHO_READING_PDF },
	{ "application/x-mswinurl", HISHO_READING_UNKNOWN },
	{ "image/", HISHO_READING_NOTHING },
	{ "audio/", HISHO_READING_NOTHING },
	{ "video/", HISHO_READING_NOTHING },
};

static const struct {
	const char *end;
	HishoReading reading;
} by_name[] = {
	{ ".html", HISHO_READING_HTML },
	{ ".htm", HISHO_READING_HTML },
	{ ".shtml", HISHO_READING_HTML },
	{ ".xhtml", HISHO_READING_HTML },
	{ ".xht", HISHO_READING_HTML },
	{ ".hta", HISHO_READING_HTML },
	{ ".svg", HISHO_READING_HTML },
	{ ".ics", HISHO_READING_CARD },
	{ ".vcf", HISHO_READING_CARD },
	{ ".eml", HISHO_READING_MAIL },
	{ ".mht", HISHO_READING_MAIL },
	{ ".mhtml", HISHO_READING_MAIL },
	{ ".pdf", HISHO_READING_PDF },
	{ ".rtf", HISHO_READING_ESCAPED },
	{ ".js", HISHO_READING_ESCAPED },
};

static HishoReading
find_by_type(const char *type)
{
	for (size_t i = 0; type != NULL && i < G_N_ELEMENTS(by_type); i++)
		if (g_str_has_prefix(type, by_type[i].type))
			return by_type[i].reading;
	return HISHO_READING_UNKNOWN;
}

static HishoReading
find_by_name(const HishoPart *part)
{
	g_autofree char *name = NULL;

	if (part->disposition != NULL)
		name = hisho_parameter_dup(
		    part->disposition, strlen(part->disposition), "filename");
	if (name == NULL && part->content_type != NULL)
		name = hisho_parameter_dup(
		    part->content_type, strlen(part->content_type), "name");
	g_autofree char *lower =
	    name != NULL ? g_ascii_strdown(g_strchomp(name), -1) : NULL;
	for (size_t i = 0; lower != NULL && i < G_N_ELEMENTS(by_name); i++)
		if (g_str_has_suffix(lower, by_name[i].end))
			return by_name[i].reading;
	return HISHO_READING_UNKNOWN;
}

/* What the first bytes of leaf I say. */
static HishoReading
find_by_content(const HishoMessage *message, guint i)
{
	g_autoptr(GBytes) start =
	    hisho_message_dup_start(message, i, SNIFF_BYTES);
	gsize length;
	const char *data = g_bytes_get_data(start, &length);
	const char *type = hisho_sniff_type(data, length);

	if (type != NULL && memmem(data, length, "%PDF-", 5) != NULL)
		return HISHO_READING_PDF;
	return g_strcmp0(type, "application/octet-stream") == 0
	    ? HISHO_READING_NOTHING
	    : find_by_type(type);
}

/* A type that says something comes first, then the name, then the content; a
 * picture may be none. */
HishoReading
hisho_reading_find(const HishoMessage *message, guint i)
{
	const HishoPart *part = hisho_message_part(message, i);
	HishoReading reading = find_by_type(part->type);
	HishoReading found = HISHO_READING_UNKNOWN;

	if (reading == HISHO_READING_HTML || reading == HISHO_READING_CARD)
		return reading;
	if (reading == HISHO_READING_TEXT || reading == HISHO_READING_UNKNOWN ||
	    reading == HISHO_READING_NOTHING)
		found = find_by_name(part);
	if (found != HISHO_READING_UNKNOWN)
		return found;
	if (reading == HISHO_READING_UNKNOWN)
		return find_by_content(message, i);
	if (reading != HISHO_READING_NOTHING)
		return reading;
	found = find_by_content(message, i);
	return found == HISHO_READING_HTML || found == HISHO_READING_PDF
	    ? found
	    : reading;
}

bool
hisho_reading_is_html(const char *text, size_t length)
{
	const char *type = hisho_sniff_type(text, length);

	return find_by_type(type) == HISHO_READING_HTML;
}
