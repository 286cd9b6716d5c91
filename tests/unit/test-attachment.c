#include <string.h>

#include "libhisho/parse/attachment.h"

#include "tests/unit/mail.h"

static const HishoLimits limits = HISHO_LIMITS_DEFAULT;

static char *
dup_joined(const GPtrArray *findings)
{
	GString *text = g_string_new(NULL);

	for (guint i = 0; i < findings->len; i++)
		g_string_append_printf(text, "%s%s", i > 0 ? " " : "",
		    (const char *)findings->pdata[i]);
	return g_string_free(text, FALSE);
}

/* The attachment that the one part under HEADER with BODY is. */
static HishoAttachment *
read_one(const char *header, const char *body)
{
	g_autofree char *mail = g_strdup_printf("%s\n\n%s", header, body);
	g_autoptr(HishoWire) wire = mail_wire(mail, -1, NULL);
	g_autoptr(HishoMessage) message = hisho_message_parse(wire, &limits);

	return hisho_attachment_read(message, 0);
}

static void
test_a_name_gives_away_what_it_is(void)
{
	static const struct {
		const char *name, *findings;
	} cases[] = {
		{ "letter.txt", "" },
		{ "photo.jpg", "" },
		{ "report.docx", "" },
		{ "exe", "" },
		{ "my.exercise", "" },
		{ "setup.exe", "executable" },
		{ "SETUP.EXE", "executable" },
		{ "setup.exe. . ", "executable" },
		{ "disk.iso", "executable" },
		{ "run.js", "script" },
		{ "run.ps1", "script" },
		{ "book.xlsm", "macro" },
		{ "pack.zip", "archive" },
		{ "pack.tar.gz", "archive" },
		{ "page.html", "html" },
		{ "drawing.svg", "html" },
		{ "invoice.pdf.exe", "executable double-extension" },
		{ "invoice.pdf .js", "script double-extension" },
		{ "invoice.pdf.html", "html double-extension" },
		{ "invoice.zip.exe", "executable double-extension" },
		{ "invoice.pdf          .exe",
		    "executable double-extension hidden-extension" },
		{ "a            .scr", "executable hidden-extension" },
		{ "cod\xe2\x80\xae"
		  "fdp.exe",
		    "executable bidi-name" },
		{ "\xe2\x81\xa6x", "bidi-name" },
		{ "../../etc/passwd", "path-name" },
		{ "C:\\x", "path-name" },
		{ "a\tb", "path-name" },
		{ "請求書.exe", "executable" },
		{ "", "" },
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GPtrArray) findings =
		    g_ptr_array_new_with_free_func(g_free);
		hisho_attachment_judge_name(cases[i].name, findings);
		g_autofree char *text = dup_joined(findings);
		g_test_message("%s", cases[i].name);
		g_assert_cmpstr(text, ==, cases[i].findings);
	}
}

static void
test_only_files_are_attachments(void)
{
	static const struct {
		const char *header;
		bool is_attachment;
	} cases[] = {
		{ "A: b", false },
		{ "Content-Type: text/html", false },
		{ "Content-Type: text/html; name=x.html", true },
		{ "Content-Disposition: attachment", true },
		{ "Content-Disposition: ATTACHMENT", true },
		{ "Content-Disposition: inline", false },
		{ "Content-Disposition: inline; filename=x", true },
		{ "Content-Type: image/png", true },
		{ "Content-Type: application/pdf", true },
		{ "Content-Type: multipart/mixed; boundary=b; name=x", false },
		{ "Content-Type: message/rfc822", false },
		{ "Content-Type: message/rfc822; name=x.eml", true },
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		HishoAttachment *attachment = read_one(cases[i].header, "x");
		g_test_message("%s", cases[i].header);
		g_assert_cmpint(attachment != NULL, ==, cases[i].is_attachment);
		hisho_attachment_free(attachment);
	}
}

static void
test_an_attachment_is_what_its_bytes_are(void)
{
	static const struct {
		const char *header, *body, *name, *sniffed, *findings;
		gint64 size;
	} cases[] = {
		{ "Content-Type: application/pdf; name=a.pdf", "%PDF-1.4\n",
		    "a.pdf", "application/pdf", "", 9 },
		{ "Content-Type: image/png; name=a.png\n"
		  "Content-Transfer-Encoding: base64",
		    "TVqQAAMAAAAEAAAA//8AALgAAAA=", "a.png",
		    "application/x-dosexec", "executable type-differs", 20 },
		{ "Content-Type: application/octet-stream; name=a.dat\n"
		  "Content-Transfer-Encoding: x-uuencode",
		    "begin 644 a.dat\n$35J0    \n`\nend\n", "a.dat",
		    "application/x-dosexec", "executable", 4 },
		{ "Content-Type: application/zip; name=a.zip\n"
		  "Content-Transfer-Encoding: base64",
		    "UEsDBBQAAQAIAAAAAAAAAAAAAAA=", "a.zip", NULL,
		    "archive encrypted", 20 },
		{ "Content-Type: application/zip; name=a.zip\n"
		  "Content-Transfer-Encoding: base64",
		    "UEsDBBQAAAAIAAAAAAAAAAAAAAA=", "a.zip", NULL, "archive",
		    20 },
		{ "Content-Type: application/octet-stream; name=a.txt\n"
		  "Content-Disposition: attachment; filename=b.exe",
		    "hello", "b.exe", NULL, "name-differs executable", 5 },
		{ "Content-Type: application/pdf; name=a.pdf",
		    "<html><body>x</body></html>", "a.pdf", "text/html",
		    "html type-differs", 27 },
		{ "Content-Type: image/gif", "", NULL, NULL, "", 0 },
		{ "Content-Type: application/x;\n name*=utf-8''%E7%A7%98.exe",
		    "x", "秘.exe", NULL, "executable", 1 },
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		HishoAttachment *attachment =
		    read_one(cases[i].header, cases[i].body);
		g_test_message("%s", cases[i].header);
		g_assert_nonnull(attachment);
		g_autofree char *findings = dup_joined(attachment->findings);
		g_assert_cmpstr(attachment->name, ==, cases[i].name);
		if (cases[i].sniffed != NULL)
			g_assert_cmpstr(
			    attachment->sniffed, ==, cases[i].sniffed);
		g_assert_cmpint(attachment->size, ==, cases[i].size);
		g_assert_cmpstr(findings, ==, cases[i].findings);
		hisho_attachment_free(attachment);
	}
}

static void
test_the_hash_is_of_the_decoded_bytes(void)
{
	HishoAttachment *attachment =
	    read_one("Content-Type: application/x; name=a\n"
		     "Content-Transfer-Encoding: base64",
		"aGVsbG8=");
	g_autofree char *sum =
	    g_compute_checksum_for_string(G_CHECKSUM_SHA256, "hello", 5);

	g_assert_cmpstr(attachment->sha256, ==, sum);
	hisho_attachment_free(attachment);
	attachment = read_one("Content-Type: application/x; name=a", "");
	g_assert_null(attachment->sniffed);
	g_assert_cmpuint(strlen(attachment->sha256), ==, 64);
	hisho_attachment_free(attachment);
}

static void
test_a_hostile_name_costs_little(void)
{
	static const char *const pieces[] = { ".pdf", " ", "a.", "\t", ".", "_",
		"x .exe" };

	for (guint i = 0; i < G_N_ELEMENTS(pieces); i++) {
		g_autoptr(GString) name = g_string_new(NULL);
		while (name->len < 200000)
			g_string_append(name, pieces[i]);
		g_autoptr(GPtrArray) findings =
		    g_ptr_array_new_with_free_func(g_free);
		hisho_attachment_judge_name(name->str, findings);
		g_assert_cmpuint(findings->len, <, 10);
	}
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/attachment/a-name-gives-away-what-it-is",
	    test_a_name_gives_away_what_it_is);
	g_test_add_func("/attachment/only-files-are-attachments",
	    test_only_files_are_attachments);
	g_test_add_func("/attachment/an-attachment-is-what-its-bytes-are",
	    test_an_attachment_is_what_its_bytes_are);
	g_test_add_func("/attachment/the-hash-is-of-the-decoded-bytes",
	    test_the_hash_is_of_the_decoded_bytes);
	g_test_add_func("/attachment/a-hostile-name-costs-little",
	    test_a_hostile_name_costs_little);
	return g_test_run();
}
