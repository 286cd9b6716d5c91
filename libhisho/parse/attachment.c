#include "libhisho/parse/attachment.h"

#include <string.h>

#include "libhisho/base/pattern.h"
#include "libhisho/mail/parameter.h"
#include "libhisho/parse/sniff.h"

static const HishoRecordField members[] = {
	{ "name", HISHO_RECORD_TEXT, offsetof(HishoAttachment, name), NULL },
	{ "type", HISHO_RECORD_TEXT, offsetof(HishoAttachment, type), NULL },
	{ "sniffed", HISHO_RECORD_TEXT, offsetof(HishoAttachment, sniffed),
	    NULL },
	{ "size", HISHO_RECORD_NUMBER, offsetof(HishoAttachment, size), NULL },
	{ "sha256", HISHO_RECORD_TEXT, offsetof(HishoAttachment, sha256),
	    NULL },
	{ "findings", HISHO_RECORD_TEXTS, offsetof(HishoAttachment, findings),
	    NULL },
	{ 0 },
};
const HishoRecordType hisho_attachment_type = { sizeof(HishoAttachment),
	members, hisho_attachment_free };

/* What Windows runs at a double click, what scripts it, what holds macros,
 * what packs, what opens in a browser. */
#define RUNS                                                                   \
	"exe|com|scr|pif|cpl|msi|msp|msix|appx|jar|lnk|dll|sys|hta|"           \
	"application|gadget|scf|url|website|appref-ms|iso|img|vhdx?"
#define SCRIPTS                                                                \
	"js|jse|vbs|vbe|wsf|wsh|ws|sct|bat|cmd|ps1|psm1|sh|py|pl|rb|reg|inf|"  \
	"chm|one|xll|slk|iqy|settingcontent-ms|library-ms"
#define MACROS "doc[mb]|dotm|xls[mb]|xltm|xlam|pp[ts]m|potm|ppam|sldm"
#define PACKS "zip|rar|7z|gz|tgz|bz2|xz|tar|cab|arj|lzh|lha|ace|z|uue?"
#define LOOKS                                                                  \
	"pdf|docx?|xlsx?|pptx?|txt|rtf|jpe?g|png|gif|bmp|mp[34]|html?|"        \
	"csv|zip"

static const struct {
	const char *finding;
	const char *pattern;
} name_patterns[] = {
	{ "executable", "\\.(" RUNS ")[\\s.]*$" },
	{ "script", "\\.(" SCRIPTS ")[\\s.]*$" },
	{ "macro", "\\.(" MACROS ")[\\s.]*$" },
	{ "archive", "\\.(" PACKS ")[\\s.]*$" },
	{ "html", "\\.(s?html?|xhtml?|mht(ml)?|svg)[\\s.]*$" },
	{ "double-extension",
	    "\\.(" LOOKS ")[\\s._]*\\.(" RUNS "|" SCRIPTS "|" MACROS
	    "|s?html?)[\\s.]*$" },
	{ "hidden-extension", "\\s{8,}\\S*\\.\\w+[\\s.]*$" },
	{ "bidi-name",
	    "[\\x{200e}\\x{200f}\\x{202a}-\\x{202e}"
	    "\\x{2066}-\\x{2069}]" },
	{ "path-name", "[/\\\\\\x00-\\x1f]" },
};

/* What the bytes are, whatever the name says. */
static const struct {
	const char *sniffed;
	const char *finding;
} by_content[] = {
	{ "application/x-dosexec", "executable" },
	{ "application/x-executable", "executable" },
	{ "application/x-elf", "executable" },
	{ "application/x-mach-binary", "executable" },
	{ "application/x-ms-shortcut", "executable" },
	{ "text/html", "html" },
};

void
hisho_attachment_free(void *attachment)
{
	hisho_record_free(&hisho_attachment_type, attachment);
}

static void
add_finding(GPtrArray *findings, const char *finding)
{
	if (!g_ptr_array_find_with_equal_func(
		findings, finding, g_str_equal, NULL))
		g_ptr_array_add(findings, g_strdup(finding));
}

void
hisho_attachment_judge_name(const char *name, GPtrArray *findings)
{
	for (size_t i = 0; i < G_N_ELEMENTS(name_patterns); i++) {
		g_autoptr(HishoPattern) pattern =
		    hisho_pattern_new(name_patterns[i].pattern, true, NULL);
		if (hisho_pattern_matches(pattern, name, strlen(name), NULL))
			add_finding(findings, name_patterns[i].finding);
	}
}

/* Types that say nothing, so that nothing contradicts them. */
static bool
is_vague(const char *type)
{
	static const char *const vague[] = { "application/octet-stream",
		"application/x-unknown", "application/unknown",
		"application/download", "application/force-download",
		"application/x-download", "binary/octet-stream", "text/plain" };

	for (size_t i = 0; i < G_N_ELEMENTS(vague); i++)
		if (strcmp(type, vague[i]) == 0)
			return true;
	return false;
}

/* Whether TYPE and SNIFFED are of different families: an image that is a
 * program.  Spellings of one family (application/x-zip) do not count. */
static bool
types_differ(const char *type, const char *sniffed)
{
	static const char *const families[] = { "image/", "audio/", "video/",
		"text/" };

	if (is_vague(type) || is_vague(sniffed))
		return false;
	for (size_t i = 0; i < G_N_ELEMENTS(families); i++)
		if (g_str_has_prefix(type, families[i]) !=
		    g_str_has_prefix(sniffed, families[i]))
			return true;
	return strcmp(type, "application/pdf") == 0 &&
	    strcmp(sniffed, "application/pdf") != 0;
}

/* A zip's first entry says in bit 0 of its flags (APPNOTE 4.4.4) whether it
 * is encrypted. */
static bool
is_encrypted_zip(const guint8 *data, size_t length)
{
	return length > 8 && memcmp(data, "PK\3\4", 4) == 0 && (data[6] & 1);
}

static void
judge_content(HishoAttachment *attachment, const guint8 *data, size_t length)
{
	GPtrArray *findings = attachment->findings;
	const char *sniffed = attachment->sniffed;

	if (sniffed == NULL)
		return;
	for (size_t i = 0; i < G_N_ELEMENTS(by_content); i++)
		if (strcmp(sniffed, by_content[i].sniffed) == 0)
			add_finding(findings, by_content[i].finding);
	if (is_encrypted_zip(data, length))
		add_finding(findings, "encrypted");
	if (types_differ(attachment->type, sniffed))
		add_finding(findings, "type-differs");
}

static char *
dup_parameter(const char *field, const char *name)
{
	return field != NULL ? hisho_parameter_dup(field, strlen(field), name)
			     : NULL;
}

/* The name that mail clients show: the disposition's before the type's. */
static char *
dup_name(const HishoPart *part, GPtrArray *findings)
{
	char *filename = dup_parameter(part->disposition, "filename");
	g_autofree char *name = dup_parameter(part->content_type, "name");

	if (filename == NULL)
		return g_steal_pointer(&name);
	if (name != NULL && strcmp(name, filename) != 0)
		add_finding(findings, "name-differs");
	return filename;
}

static bool
is_attachment(const HishoPart *part, const char *name)
{
	g_autofree char *disposition = part->disposition == NULL
	    ? NULL
	    : hisho_parameter_dup_main(
		  part->disposition, strlen(part->disposition));

	/* A bounce's own report, which some mailers give a name. */
	if (strcmp(part->type, "message/delivery-status") == 0)
		return false;
	if (name != NULL || g_strcmp0(disposition, "attachment") == 0)
		return true;
	return part->is_leaf && !g_str_has_prefix(part->type, "text/") &&
	    !g_str_has_prefix(part->type, "message/");
}

HishoAttachment *
hisho_attachment_read(const HishoMessage *message, guint i)
{
	const HishoPart *part = hisho_message_part(message, i);
	HishoAttachment *attachment = hisho_record_new(&hisho_attachment_type);

	attachment->name = dup_name(part, attachment->findings);
	if (g_str_has_prefix(part->type, "multipart/") ||
	    !is_attachment(part, attachment->name)) {
		hisho_attachment_free(attachment);
		return NULL;
	}
	g_autoptr(GBytes) content = hisho_message_dup_content(message, i);
	gsize length;
	const guint8 *data = g_bytes_get_data(content, &length);
	attachment->type = g_strdup(part->type);
	attachment->sniffed =
	    g_strdup(hisho_sniff_type((const char *)data, length));
	attachment->size = (gint64)length;
	attachment->sha256 =
	    g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, content);
	if (attachment->name != NULL)
		hisho_attachment_judge_name(
		    attachment->name, attachment->findings);
	judge_content(attachment, data, length);
	return attachment;
}
