#include "libhisho/parse/sniff.h"

#include <glib.h>
#include <stdbool.h>
#include <string.h>

#include "libhisho/mail/text.h"

/* How much of a text is looked at to tell that it is one. */
#define TEXT_BYTES 4096

/* More than the entries of any document; a larger archive is just a zip. */
#define MAX_ENTRIES 2000

/* Bytes of a local header before the name. */
#define LOCAL_HEADER 30

#define OCTETS "application/octet-stream"
#define PLAIN "text/plain"
#define ZIP "application/zip"
#define OLE "application/x-ole-storage"
#define OFFICE "application/vnd.openxmlformats-officedocument."

/* A type by fixed bytes; the first that fits is it.  A few letters alone say
 * nothing where the rest is text. */
static const struct {
	size_t offset;
	size_t length;
	const char *bytes;
	const char *type;
} signatures[] = {
	{ 0, 5, "%PDF-", "application/pdf" },
	{ 0, 4, "PK\3\4", ZIP },
	{ 0, 4, "PK\5\6", ZIP },
	{ 0, 8, "PK\7\010PK\3\4", ZIP },
	{ 0, 6, "Rar!\032\7", "application/vnd.rar" },
	{ 0, 6, "7z\274\257\047\034", "application/x-7z-compressed" },
	{ 0, 3, "\037\213\010", "application/gzip" },
	{ 4, 6, "1AY&SY", "application/x-bzip2" },
	{ 0, 6, "\3757zXZ\0", "application/x-xz" },
	{ 0, 4, "\050\265\057\375", "application/zstd" },
	{ 0, 4, "MSCF", "application/vnd.ms-cab-compressed" },
	{ 0, 8, "MSWIM\0\0\0", "application/x-ms-wim" },
	{ 0, 4, "ITSF", "application/vnd.ms-htmlhelp" },
	{ 2, 3, "-lh", "application/x-lzh-compressed" },
	{ 7, 7, "**ACE**", "application/x-ace-compressed" },
	{ 0, 2, "\140\352", "application/x-arj" },
	{ 257, 5, "ustar", "application/x-tar" },
	{ 32769, 5, "CD001", "application/x-iso9660-image" },
	{ 0, 8, "vhdxfile", "application/x-vhdx" },
	{ 0, 2, "MZ", "application/x-dosexec" },
	{ 0, 4, "\177ELF", "application/x-executable" },
	{ 0, 4, "\316\372\355\376", "application/x-mach-binary" },
	{ 0, 4, "\317\372\355\376", "application/x-mach-binary" },
	{ 0, 8, "\312\376\272\276\0\0\0\2", "application/x-mach-binary" },
	{ 0, 4, "\312\376\272\276", "application/java-vm" },
	{ 0, 8, "L\0\0\0\1\024\2\0", "application/x-ms-shortcut" },
	{ 0, 8, "\320\317\021\340\241\261\032\341", OLE },
	{ 0, 8, "\344\122\134\173\214\330\247\115", "application/onenote" },
	{ 0, 4, "\170\237\076\042", "application/ms-tnef" },
	{ 0, 5, "{\\rtf", "application/rtf" },
	{ 0, 4, "\211PNG", "image/png" },
	{ 0, 3, "\377\330\377", "image/jpeg" },
	{ 0, 4, "GIF8", "image/gif" },
	{ 0, 4, "II*\0", "image/tiff" },
	{ 0, 4, "MM\0*", "image/tiff" },
	{ 0, 2, "BM", "image/bmp" },
	{ 0, 4, "\0\0\1\0", "image/vnd.microsoft.icon" },
	{ 8, 4, "WEBP", "image/webp" },
	{ 8, 4, "AVI ", "video/x-msvideo" },
	{ 4, 7, "ftyphei", "image/heic" },
	{ 4, 8, "ftypmif1", "image/heif" },
	{ 4, 4, "ftyp", "video/mp4" },
	{ 0, 3, "ID3", "audio/mpeg" },
	{ 0, 2, "\377\373", "audio/mpeg" },
	{ 0, 2, "\377\363", "audio/mpeg" },
	{ 0, 3, "FWS", "application/x-shockwave-flash" },
	{ 0, 3, "CWS", "application/x-shockwave-flash" },
};

/* What a zip is by the name one of its entries begins with; the first row
 * that any entry fits decides.  Office documents also list their types. */
static const struct {
	const char *entry;
	bool is_office;
	const char *type;
} zip_contents[] = {
	{ "word/vbaProject.bin", true,
	    "application/vnd.ms-word.document.macroEnabled.12" },
	{ "xl/vbaProject.bin", true,
	    "application/vnd.ms-excel.sheet.macroEnabled.12" },
	{ "ppt/vbaProject.bin", true,
	    "application/vnd.ms-powerpoint.presentation.macroEnabled.12" },
	{ "xl/workbook.bin", true,
	    "application/vnd.ms-excel.sheet.binary.macroEnabled.12" },
	{ "word/", true, OFFICE "wordprocessingml.document" },
	{ "xl/", true, OFFICE "spreadsheetml.sheet" },
	{ "ppt/", true, OFFICE "presentationml.presentation" },
	{ "AndroidManifest.xml", false,
	    "application/vnd.android.package-archive" },
	{ "META-INF/MANIFEST.MF", false, "application/java-archive" },
};

/* The types that a zip may declare in its first entry, "mimetype". */
static const char *const declared_types[] = {
	"application/vnd.oasis.opendocument.text",
	"application/vnd.oasis.opendocument.spreadsheet",
	"application/vnd.oasis.opendocument.presentation",
	"application/vnd.oasis.opendocument.graphics",
	"application/epub+zip",
};

/* What an OLE file is by a stream in it, as its directory writes the name, or
 * by the class of its root.  The first two may hold files of the others. */
static const struct {
	size_t length;
	const char *bytes;
	const char *type;
} ole_contents[] = {
	{ 16, "_\0_\0s\0u\0b\0s\0t\0g\0", "application/vnd.ms-outlook" },
	{ 16, "\204\020\014\0\0\0\0\0\300\0\0\0\0\0\0\106",
	    "application/x-msi" },
	{ 24, "W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0", "application/msword" },
	{ 16, "W\0o\0r\0k\0b\0o\0o\0k\0", "application/vnd.ms-excel" },
	{ 10, "B\0o\0o\0k\0\0\0", "application/vnd.ms-excel" },
	{ 20, "P\0o\0w\0e\0r\0P\0o\0i\0n\0t\0",
	    "application/vnd.ms-powerpoint" },
};

/* The first words of HTML. */
static const char *const html_starts[] = { "<!doctype html", "<html", "<head",
	"<body", "<script", "<title", "<meta", "<style", "<link", "<base",
	"<iframe", "<table", "<form", "<div", "<a", "<p", "<img", "<font",
	"<center" };

/* Those of other texts. */
static const struct {
	const char *start;
	const char *type;
} text_starts[] = {
	{ "<svg", "image/svg+xml" },
	{ "<job", "application/x-wsf" },
	{ "<package", "application/x-wsf" },
	{ "begin:vcalendar", "text/calendar" },
	{ "begin:vcard", "text/vcard" },
	{ "[internetshortcut]", "application/x-mswinurl" },
	{ "%!ps", "application/postscript" },
	{ "return-path:", "message/rfc822" },
	{ "delivered-to:", "message/rfc822" },
	{ "received:", "message/rfc822" },
	{ "message-id:", "message/rfc822" },
	{ "mime-version:", "message/rfc822" },
	{ "#!", "text/x-shellscript" },
};

static bool
is_text(const char *data, size_t length)
{
	for (size_t i = 0; i < MIN(length, TEXT_BYTES); i++)
		if ((guint8)data[i] < ' ' &&
		    (data[i] == '\0' ||
			strchr("\t\n\r\f\b\033", data[i]) == NULL))
			return false;
	return true;
}

static const char *
find_signature(const char *data, size_t length)
{
	bool text = is_text(data, length);

	for (size_t i = 0; i < G_N_ELEMENTS(signatures); i++) {
		const char *bytes = signatures[i].bytes;
		size_t n = signatures[i].length;
		bool is_letters = n <= 4 && g_ascii_isalnum(bytes[n - 1]);

		if (signatures[i].offset + n <= length &&
		    memcmp(data + signatures[i].offset, bytes, n) == 0 &&
		    !(text && is_letters))
			return signatures[i].type;
	}
	return NULL;
}

/* An entry of a zip, by its local header (APPNOTE.TXT 4.3.7). */
typedef struct {
	const char *name;
	size_t name_length;
	const char *content;
} Entry;

static size_t
little_endian(const char *p, int n_bytes)
{
	size_t value = 0;

	while (n_bytes-- > 0)
		value = value << 8 | (guint8)p[n_bytes];
	return value;
}

/* Reads the first local header from *P on and moves *P behind its entry as far
 * as the header tells where that ends. */
static bool
next_entry(const char **p, const char *end, Entry *entry)
{
	const char *header = memmem(*p, end - *p, "PK\3\4", 4);

	if (header == NULL || end - header < LOCAL_HEADER)
		return false;
	size_t left = end - header - LOCAL_HEADER;
	size_t size = little_endian(header + 18, 4);
	entry->name = header + LOCAL_HEADER;
	entry->name_length = MIN(little_endian(header + 26, 2), left);
	left -= entry->name_length;
	size_t extra = MIN(little_endian(header + 28, 2), left);
	entry->content = entry->name + entry->name_length + extra;
	*p = entry->content + MIN(size, left - extra);
	return true;
}

static bool
has_start(const char *data, size_t length, const char *start)
{
	size_t n = strlen(start);

	return length >= n && memcmp(data, start, n) == 0;
}

static const char *
find_declared_type(const Entry *entry, const char *end)
{
	if (entry->name_length == 8 && has_start(entry->name, 8, "mimetype"))
		for (size_t i = 0; i < G_N_ELEMENTS(declared_types); i++)
			if (has_start(entry->content, end - entry->content,
				declared_types[i]))
				return declared_types[i];
	return NULL;
}

static const char *
sniff_zip(const char *data, size_t length)
{
	const char *p = data, *end = data + length;
	size_t best = G_N_ELEMENTS(zip_contents);
	bool is_office = false;
	Entry entry;

	for (int n = 0; n < MAX_ENTRIES && next_entry(&p, end, &entry); n++) {
		const char *declared =
		    n == 0 ? find_declared_type(&entry, end) : NULL;

		if (declared != NULL)
			return declared;
		is_office |= has_start(
		    entry.name, entry.name_length, "[Content_Types].xml");
		for (size_t i = 0; i < best; i++)
			if (has_start(entry.name, entry.name_length,
				zip_contents[i].entry))
				best = i;
	}
	if (best == G_N_ELEMENTS(zip_contents) ||
	    (zip_contents[best].is_office && !is_office))
		return ZIP;
	return zip_contents[best].type;
}

static const char *
sniff_ole(const char *data, size_t length)
{
	for (size_t i = 0; i < G_N_ELEMENTS(ole_contents); i++)
		if (memmem(data, length, ole_contents[i].bytes,
			ole_contents[i].length) != NULL)
			return ole_contents[i].type;
	return OLE;
}

/* Moves behind what may stand before the first word of markup. */
static const char *
skip_prolog(const char *p, bool *is_xml)
{
	for (;;) {
		while (g_ascii_isspace(*p))
			p++;
		bool is_comment = g_str_has_prefix(p, "<!--");
		bool is_declaration = g_ascii_strncasecmp(p, "<?xml", 5) == 0;
		if (!is_comment && !is_declaration)
			return p;
		*is_xml |= is_declaration;
		const char *end = strstr(p, is_comment ? "-->" : ">");
		if (end == NULL)
			return p;
		p = end + (is_comment ? 3 : 1);
	}
}

/* Whether TEXT begins with START in any case; a letter at the end of START
 * must end a word. */
static bool
has_first_word(const char *text, const char *start)
{
	size_t n = strlen(start);

	return g_ascii_strncasecmp(text, start, n) == 0 &&
	    !(g_ascii_isalpha(start[n - 1]) && g_ascii_isalnum(text[n]));
}

static const char *
sniff_text(const char *text)
{
	bool is_xml = false;
	const char *p = skip_prolog(text, &is_xml);

	for (size_t i = 0; i < G_N_ELEMENTS(html_starts); i++)
		if (has_first_word(p, html_starts[i]))
			return "text/html";
	for (size_t i = 0; i < G_N_ELEMENTS(text_starts); i++)
		if (has_first_word(p, text_starts[i].start))
			return text_starts[i].type;
	return is_xml ? "text/xml" : PLAIN;
}

/* A control character within does not keep browsers from reading markup. */
static const char *
sniff_beginning(const char *data, size_t length)
{
	bool is_utf16 = has_start(data, length, "\377\376") ||
	    has_start(data, length, "\376\377");
	g_autofree char *text = hisho_text_from_charset(
	    data, MIN(length, TEXT_BYTES), is_utf16 ? "utf-16" : "utf-8", NULL);
	const char *type = sniff_text(text);
	bool is_readable = is_utf16 || is_text(data, length);

	return is_readable || !g_str_equal(type, PLAIN) ? type : OCTETS;
}

const char *
hisho_sniff_type(const char *data, size_t length)
{
	if (length == 0)
		return NULL;
	const char *type = find_signature(data, length);
	if (type == NULL)
		return sniff_beginning(data, length);
	if (g_str_equal(type, ZIP))
		return sniff_zip(data, length);
	return g_str_equal(type, OLE) ? sniff_ole(data, length) : type;
}
