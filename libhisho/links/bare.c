#include "libhisho/links/bare.h"

#include <string.h>

#include "libhisho/mail/domain.h"

bool
hisho_bare_is_known(const char *name, size_t length)
{
	g_autofree char *host = g_strndup(name, length);
	g_autofree char *ascii = g_str_is_ascii(host)
	    ? g_ascii_strdown(host, -1)
	    : hisho_domain_to_ascii(host);

	return ascii != NULL && hisho_domain_has_known_suffix(ascii);
}

/* Whether a name of two labels is as likely a file, or two words that a stop
 * without a blank stands between, as a host. */
static bool
is_doubtful(const char *name, size_t length)
{
	static const char *const suffixes[] = { "pl", "py", "sh", "rs", "md",
		"mk", "ps", "cc", "zip", "mov", "java", "app", "in", "it", "is",
		"no", "to", "as", "my", "so", "do", "be", "am", "id", "me",
		"us", "at", "pm", "mm", "la", "pub", "cab", "name", "foo" };
	const char *dot = memrchr(name, '.', length);
	size_t n = name + length - (dot + 1);

	if (memchr(name, '.', dot - name) != NULL)
		return false;
	if (dot == name + 1 || memchr(name, '_', length) != NULL ||
	    (g_ascii_isupper(dot[1]) && g_ascii_islower(dot[-1])))
		return true;
	for (size_t i = 0; i < G_N_ELEMENTS(suffixes); i++)
		if (strlen(suffixes[i]) == n &&
		    g_ascii_strncasecmp(dot + 1, suffixes[i], n) == 0)
			return true;
	return false;
}

/* Whether what goes on at AT leaves the name before it whole. */
static bool
ends_name(const char *text, size_t length, size_t at)
{
	size_t marks = at;

	if (at < length && strchr("/?#", text[at]) != NULL)
		return true;
	while (marks < length && text[marks] != '\0' &&
	    strchr(".,;:!?", text[marks]) != NULL)
		marks++;
	bool port = marks == at + 1 && text[at] == ':';
	return marks == length || g_ascii_isspace(text[marks]) ||
	    (guchar)text[marks] >= 0x80 ||
	    (port && g_ascii_isdigit(text[marks])) ||
	    strchr("\"')]>}*|<", text[marks]) != NULL;
}

/* Whether a mail server is spoken of as servers do: "talking to host.:". */
static bool
is_server(const char *text, size_t length, size_t end)
{
	return length - end >= 2 && strncmp(text + end, ".:", 2) == 0;
}

bool
hisho_bare_follows_at(const char *text, size_t start)
{
	static const char wide[] = "\uFF20";
	size_t n = sizeof wide - 1;

	return (start > 0 && text[start - 1] == '@') ||
	    (start >= n && memcmp(text + start - n, wide, n) == 0);
}

/* Whether a name that begins at START is the rest of something longer. */
static bool
is_rest(const char *text, size_t start)
{
	char before = start > 0 ? text[start - 1] : ' ';
	char first = start > 1 ? text[start - 2] : ' ';

	return strchr("@/\\=&%#~$+'", before) != NULL ||
	    hisho_bare_follows_at(text, start) ||
	    (before == '.' && first != '.') ||
	    (before == '*' && g_ascii_isalnum(first));
}

bool
hisho_bare_is_host(const char *text, size_t length, size_t start, size_t end)
{
	const char *name = text + start;
	size_t n = end - start;

	if (n < 4 || n > HISHO_BARE_NAME_MAX || memchr(name, '.', n) == NULL ||
	    is_rest(text, start) || !ends_name(text, length, end))
		return false;
	/* Nobody writes "www." but before a host, known or not. */
	if (n > 4 && g_ascii_strncasecmp(name, "www.", 4) == 0)
		return memchr(name + 4, '.', n - 4) != NULL;
	if (!hisho_bare_is_known(name, n))
		return false;
	return (end < length && text[end] == '/') ||
	    (!is_doubtful(name, n) && !is_server(text, length, end));
}
