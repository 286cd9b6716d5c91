#include "libhisho/mail/mimeline.h"

#include <string.h>

/* More than any real mail declares; the rest is found by its memory use. */
#define BOUNDARY_LIMIT 2000

/* In bytes; real ones have a few hundred. */
#define FIELD_LIMIT 8192

/* Every text that is declared as a boundary anywhere in the mail. */
static GHashTable *
declared_boundaries(const GByteArray *mail)
{
	static const char key[] = "boundary=";
	GHashTable *found =
	    g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	const char *at = (const char *)mail->data;
	const char *end = at + mail->len;

	while ((at = memchr(at, '=', (size_t)(end - at))) != NULL) {
		at++;
		if ((size_t)(at - (const char *)mail->data) < sizeof key - 1 ||
		    g_ascii_tolower(at[-2]) != 'y' ||
		    g_ascii_strncasecmp(
			at - sizeof key + 1, key, sizeof key - 1) != 0)
			continue;
		const char *start = at < end && *at == '"' ? at + 1 : at;
		const char *stop = start;
		while (stop < end && *stop != '"' && *stop != '\n' &&
		    *stop != '\r' && *stop != ';' && stop - start < 200)
			stop++;
		g_hash_table_add(found,
		    g_strchomp(g_strndup(start, (size_t)(stop - start))));
		if (g_hash_table_size(found) >= BOUNDARY_LIMIT)
			break;
	}
	return found;
}

static bool
is_boundary_line(const char *line, size_t length, GHashTable *boundaries)
{
	if (length < 3 || length > 210 || memcmp(line, "--", 2) != 0)
		return false;
	g_autofree char *text = g_strndup(line + 2, length - 2);
	return g_hash_table_contains(boundaries, g_strchomp(text));
}

bool
hisho_mimeline_cut(GByteArray *mail, size_t limit)
{
	/* A line with a boundary has four bytes at least. */
	if (mail->len == 0 || mail->len / 4 < limit)
		return false;
	g_autoptr(GHashTable) boundaries = declared_boundaries(mail);
	const char *data = (const char *)mail->data;
	const char *end = data + mail->len;
	size_t n_parts = 0;

	if (g_hash_table_size(boundaries) == 0)
		return false;
	for (const char *line = data; line < end;) {
		const char *lf = memchr(line, '\n', (size_t)(end - line));
		size_t length = (size_t)((lf != NULL ? lf : end) - line);
		if (is_boundary_line(line, length, boundaries) &&
		    ++n_parts > limit) {
			g_byte_array_set_size(mail, (guint)(line - data));
			return true;
		}
		line += length + 1;
	}
	return false;
}

/* Where the field ends that begins at LINE: before a line without a blank at
 * its start. */
static char *
find_field_end(char *line, char *end)
{
	char *at = line;

	while ((at = memchr(at, '\n', (size_t)(end - at))) != NULL) {
		at++;
		if (at == end || (*at != ' ' && *at != '\t'))
			return at;
	}
	return end;
}

/* Makes the field from LINE to STOP harmless.  Nobody asks for the addresses
 * of a mail in a mail, so another name does. */
static void
tame_field(char *line, char *stop)
{
	if (g_ascii_tolower(*line) != 'c' || line[1] == 'c' || line[1] == 'C') {
		*line = 'X';
		return;
	}
	for (char *p = line; p < stop; p++)
		if (*p == '(' || *p == ')')
			*p = ' ';
}

/* Whether what is left of a mail begins with a field that the parser takes
 * apart. */
static bool
is_parsed(const char *line, size_t left)
{
	static const char *const names[] = { "Content-", "From", "Sender",
		"Reply-To", "To", "Cc", "Bcc", "Resent-" };

	/* Of most lines the first letter says it. */
	if (left <= FIELD_LIMIT || strchr("CcFfSsRrTtBb", *line) == NULL)
		return false;
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
		if (g_ascii_strncasecmp(line, names[i], strlen(names[i])) == 0)
			return true;
	return false;
}

void
hisho_mimeline_tame(GByteArray *mail)
{
	char *line = (char *)mail->data;
	char *end = line + mail->len;

	while (line != NULL && end - line > FIELD_LIMIT) {
		bool parsed = is_parsed(line, (size_t)(end - line));
		char *stop = parsed ? find_field_end(line, end) : line;
		if (stop - line > FIELD_LIMIT)
			tame_field(line, stop);
		line = MAX(line, stop - 1);
		line = memchr(line, '\n', (size_t)(end - line));
		line = line != NULL ? line + 1 : NULL;
	}
}
