#include "libhisho/links/doctype.h"

#include <string.h>

/* A DOCTYPE on its way: what is behind the '>' does not count. */
typedef struct {
	HishoScan scan;
	bool is_closed; /* by a '>', not by the end of the text */
	HishoDoctype *doctype;
} Reader;

static bool
is_at_end(const Reader *reader)
{
	return reader->scan.at >= reader->scan.length;
}

/* LENGTH bytes of TEXT as the input stream has them (13.2.3.5). */
static char *
dup_normal(const char *text, size_t length)
{
	GString *out = g_string_sized_new(length);

	for (size_t i = 0; i < length; i++)
		if (text[i] == '\0')
			g_string_append(out, HISHO_SCAN_REPLACEMENT);
		else if (text[i] != '\r')
			g_string_append_c(out, text[i]);
		else if (i + 1 == length || text[i + 1] != '\n')
			g_string_append_c(out, '\n');
	return g_string_free(out, FALSE);
}

/* The identifier in quotes that comes next; NULL, and quirks, if there is
 * none.  One that is never closed is broken, but there. */
static char *
dup_identifier(Reader *reader)
{
	HishoScan *scan = &reader->scan;
	const char *start = scan->text + scan->at + 1;

	if (is_at_end(reader) || (start[-1] != '"' && start[-1] != '\'')) {
		reader->doctype->force_quirks = true;
		scan->at = scan->length;
		return NULL;
	}
	size_t left = scan->length - scan->at - 1;
	const char *quote = memchr(start, start[-1], left);
	size_t n = quote != NULL ? (size_t)(quote - start) : left;
	reader->doctype->force_quirks |= quote == NULL;
	scan->at = quote != NULL ? scan->at + n + 2 : scan->length;
	return dup_normal(start, n);
}

/* The system identifier, and what should be the end. */
static void
read_system(Reader *reader)
{
	hisho_scan_skip_space(&reader->scan);
	reader->doctype->system_id = dup_identifier(reader);
	hisho_scan_skip_space(&reader->scan);
	if (is_at_end(reader))
		reader->doctype->force_quirks |= !reader->is_closed;
}

static void
read_public(Reader *reader)
{
	hisho_scan_skip_space(&reader->scan);
	reader->doctype->public_id = dup_identifier(reader);
	hisho_scan_skip_space(&reader->scan);
	if (!is_at_end(reader))
		read_system(reader);
	else
		reader->doctype->force_quirks |= !reader->is_closed;
}

/* Moves behind the name; false, and quirks, if there is none. */
static bool
skip_name(Reader *reader)
{
	HishoScan *scan = &reader->scan;

	hisho_scan_skip_space(scan);
	size_t start = scan->at;
	while (!is_at_end(reader) && !hisho_scan_is_space(scan->text[scan->at]))
		scan->at++;
	hisho_scan_skip_space(scan);
	return scan->at > start;
}

/* What follows the name (13.2.5.56). */
static void
read_identifiers(Reader *reader)
{
	HishoScan *scan = &reader->scan;
	size_t word = strlen("public");

	if (is_at_end(reader)) {
		reader->doctype->force_quirks = !reader->is_closed;
	} else if (hisho_scan_starts_with(scan, scan->at, "public")) {
		scan->at += word;
		read_public(reader);
	} else if (hisho_scan_starts_with(scan, scan->at, "system")) {
		scan->at += word;
		read_system(reader);
	} else {
		reader->doctype->force_quirks = true;
	}
}

HishoDoctype *
hisho_doctype_new(const HishoHtmlToken *token)
{
	HishoDoctype *doctype = g_new0(HishoDoctype, 1);
	Reader reader = {
		.scan = { .text = token->text,
		    .length = token->text_length,
		    .at = strlen("doctype") },
		.is_closed = token->length > token->text_length + 2,
		.doctype = doctype,
	};

	if (skip_name(&reader))
		read_identifiers(&reader);
	else
		doctype->force_quirks = true;
	return doctype;
}

void
hisho_doctype_free(HishoDoctype *doctype)
{
	if (doctype == NULL)
		return;
	g_free(doctype->public_id);
	g_free(doctype->system_id);
	g_free(doctype);
}
