#include "libhisho/links/coat.h"

#include <string.h>

/* How long the word is that begins at TEXT; brackets hold it together. */
static size_t
word_length(const char *text)
{
	size_t depth = 0, n = 0;

	for (; text[n] != '\0'; n++) {
		if (depth == 0 && strchr(" ,/", text[n]) != NULL)
			break;
		if (text[n] == '(')
			depth++;
		else if (text[n] == ')' && depth > 0)
			depth--;
	}
	return n;
}

bool
hisho_coat_find_color(HishoColor *color, const char *text)
{
	static const char *const others[] = { "url(", "var(", "calc(" };

	while (*text != '\0') {
		size_t n = word_length(text);
		g_autofree char *word = g_strndup(text, n);
		bool other = strstr(word, "gradient(") || strstr(word, "image");
		for (size_t i = 0; i < G_N_ELEMENTS(others); i++)
			other |= g_str_has_prefix(word, others[i]);
		if (n > 0 && !other && hisho_color_parse(color, word))
			return true;
		text += n + (text[n] != '\0' ? 1 : 0);
	}
	return false;
}

bool
hisho_coat_has_image(const char *text)
{
	const char *url = strstr(text, "url(");

	if (url == NULL)
		return strchr(text, '(') != NULL &&
		    (strstr(text, "gradient(") || strstr(text, "image") ||
			strstr(text, "var("));
	url += strlen("url(");
	return url[strspn(url, " \"'")] != ')' &&
	    url[strspn(url, " \"'")] != '\0';
}
