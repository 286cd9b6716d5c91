#include "libhisho/parse/sniff.h"

#include <glib.h>
#include <string.h>

/* LENGTH 0 stands for that of the string. */
static const struct {
	const char *data;
	size_t length;
	const char *type;
} cases[] = {
	{ "%PDF-1.7\n%", 0, "application/pdf" },
	{ "PK\5\6\0\0\0\0", 8, "application/zip" },
	{ "Rar!\032\7\1\0", 8, "application/vnd.rar" },
	{ "7z\274\257\047\034\0\4", 8, "application/x-7z-compressed" },
	{ "\037\213\010\0", 4, "application/gzip" },
	{ "BZh91AY&SY\0", 11, "application/x-bzip2" },
	{ "\3757zXZ\0", 6, "application/x-xz" },
	{ "MSCF\0\0\0\0", 8, "application/vnd.ms-cab-compressed" },
	{ "\042\001-lh5-\0", 8, "application/x-lzh-compressed" },
	{ "\177ELF\2\1\1\0", 8, "application/x-executable" },
	{ "\317\372\355\376\7\0", 6, "application/x-mach-binary" },
	{ "\312\376\272\276\0\0\0\2", 8, "application/x-mach-binary" },
	{ "\312\376\272\276\0\0\0\064", 8, "application/java-vm" },
	{ "MZ\220\0\3\0", 6, "application/x-dosexec" },
	{ "L\0\0\0\1\024\2\0", 8, "application/x-ms-shortcut" },
	{ "\320\317\021\340\241\261\032\341x", 9, "application/x-ole-storage" },
	{ "{\\rtf1", 0, "application/rtf" },
	{ "\211PNG\r\n\032\n", 8, "image/png" },
	{ "\377\330\377\340", 4, "image/jpeg" },
	{ "GIF89a\1\0", 8, "image/gif" },
	{ "RIFF\1\0\0\0WEBP", 12, "image/webp" },
	{ "BM\066\0\0\0", 6, "image/bmp" },
	{ "II*\0\010\0", 6, "image/tiff" },
	{ "\0\0\0\030ftypheic", 12, "image/heic" },
	{ "ID3\3\0", 5, "audio/mpeg" },
	{ "\0\0\0\040ftypisom", 12, "video/mp4" },
	/* texts */
	{ "\357\273\277 \r\n<!DocType HTML>", 0, "text/html" },
	{ "<!-- x --> <!-- y -->\n<SCRIPT>alert(1)", 0, "text/html" },
	{ "<?xml version='1.0'?><html xmlns=''>", 0, "text/html" },
	{ "<?xml version='1.0'?>\n<!-- x --><svg>", 0, "image/svg+xml" },
	{ "<?xml version='1.0'?><rss>", 0, "text/xml" },
	{ "\377\376<\0h\0t\0m\0l\0>\0", 14, "text/html" },
	{ "\377\376h\0i\0", 6, "text/plain" },
	{ "<address@host.example> wrote", 0, "text/plain" },
	{ "<!-- not closed <html>", 0, "text/plain" },
	{ "BEGIN:VCALENDAR\r\nVERSION:2.0", 0, "text/calendar" },
	{ "begin:vcard\r\n", 0, "text/vcard" },
	{ "Received: from a\r\n", 0, "message/rfc822" },
	{ "#!/bin/sh\n", 0, "text/x-shellscript" },
	{ "Hello", 0, "text/plain" },
	{ "\033$B%F%9%H\033(B", 0, "text/plain" },
	{ "\203e\203X\203g", 0, "text/plain" },
	{ "BMW and MZ", 0, "text/plain" },
	{ "MZ, a text", 0, "text/plain" },
	{ "<html>\1\0", 8, "text/html" },
	{ "a\0b", 3, "application/octet-stream" },
	{ "\n", 0, "text/plain" },
};

static void
test_content_tells_the_type(void)
{
	g_assert_null(hisho_sniff_type("", 0));
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		size_t length = cases[i].length > 0 ? cases[i].length
						    : strlen(cases[i].data);

		g_assert_cmpstr(
		    hisho_sniff_type(cases[i].data, length), ==, cases[i].type);
	}
}

/* What follows the first 32 kB of a disk image decides. */
static void
test_disk_images_are_known(void)
{
	g_autofree char *image = g_malloc0(32774);

	memcpy(image + 32769, "CD001", 5);
	g_assert_cmpstr(
	    hisho_sniff_type(image, 32774), ==, "application/x-iso9660-image");
	g_assert_cmpstr(
	    hisho_sniff_type(image, 32773), ==, "application/octet-stream");
}

/* An entry whose CONTENT is stored as it is. */
static void
append_entry(GString *zip, const char *name, const char *content)
{
	char header[30] = "PK\3\4";

	header[18] = strlen(content);
	header[26] = strlen(name);
	g_string_append_len(zip, header, sizeof header);
	g_string_append(zip, name);
	g_string_append(zip, content);
}

static const struct {
	const char *entries[3];
	const char *content; /* of the first */
	const char *type;
} zips[] = {
	{ { "a.txt" }, "x", "application/zip" },
	{ { "[Content_Types].xml", "word/document.xml" }, "<",
	    "application/vnd.openxmlformats-officedocument."
	    "wordprocessingml.document" },
	{ { "[Content_Types].xml", "xl/a.xml", "xl/vbaProject.bin" }, "<",
	    "application/vnd.ms-excel.sheet.macroEnabled.12" },
	{ { "word/document.xml" }, "x", "application/zip" },
	{ { "META-INF/MANIFEST.MF", "a.class" }, "x",
	    "application/java-archive" },
	{ { "META-INF/MANIFEST.MF", "AndroidManifest.xml" }, "x",
	    "application/vnd.android.package-archive" },
	{ { "mimetype", "content.xml" },
	    "application/vnd.oasis.opendocument.text",
	    "application/vnd.oasis.opendocument.text" },
	{ { "mimetype" }, "text/evil", "application/zip" },
	/* what is stored within an entry is not the archive's */
	{ { "a.zip", "b" },
	    "PK\3\4aaaaaaaaaaaaaaaaaaaaaaaaaaAndroidManifest.xml",
	    "application/zip" },
};

static void
test_archives_are_told_by_their_entries(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(zips); i++) {
		g_autoptr(GString) zip = g_string_new(NULL);

		for (int n = 0; n < 3 && zips[i].entries[n] != NULL; n++)
			append_entry(zip, zips[i].entries[n],
			    n == 0 ? zips[i].content : "x");
		g_assert_cmpstr(
		    hisho_sniff_type(zip->str, zip->len), ==, zips[i].type);
		for (size_t n = 1; n < zip->len; n++) {
			g_autofree char *cut = g_memdup2(zip->str, n);

			g_assert_nonnull(hisho_sniff_type(cut, n));
		}
	}
}

static void
test_ole_files_are_told_by_their_streams(void)
{
	static const char start[] = "\320\317\021\340\241\261\032\341";
	g_autoptr(GString) ole = g_string_new(start);

	g_string_append_len(ole, "\0\0W\0o\0r\0k\0b\0o\0o\0k\0\0", 20);
	g_assert_cmpstr(hisho_sniff_type(ole->str, ole->len), ==,
	    "application/vnd.ms-excel");
	g_string_append_len(ole, "_\0_\0s\0u\0b\0s\0t\0g\0001\0", 18);
	g_assert_cmpstr(hisho_sniff_type(ole->str, ole->len), ==,
	    "application/vnd.ms-outlook");
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func(
	    "/sniff/content-tells-the-type", test_content_tells_the_type);
	g_test_add_func(
	    "/sniff/disk-images-are-known", test_disk_images_are_known);
	g_test_add_func("/sniff/archives-are-told-by-their-entries",
	    test_archives_are_told_by_their_entries);
	g_test_add_func("/sniff/ole-files-are-told-by-their-streams",
	    test_ole_files_are_told_by_their_streams);
	return g_test_run();
}
