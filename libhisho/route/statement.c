#include "libhisho/route/statement.h"

#include <string.h>

typedef struct {
	const HishoAuthWords *words;
	guint start;
	guint at;
	bool is_below;
} Reader;

/* The property by which a method vouches for a domain. */
static const struct {
	const char *method;
	const char *property;
} properties[] = {
	{ "spf", "smtp.mailfrom" },
	{ "spf", "smtp.mail" }, /* Google's until 2017 */
	{ "dkim", "header.d" },
	{ "dkim", "header.i" },
	{ "dmarc", "header.from" },
};

static bool
vouches(const char *method, const char *property)
{
	for (guint i = 0; i < G_N_ELEMENTS(properties); i++)
		if (strcmp(properties[i].method, method) == 0 &&
		    g_ascii_strcasecmp(properties[i].property, property) == 0)
			return true;
	return false;
}

static void
read_property(const Reader *reader, HishoStatement *statement, const char *name,
    const char *value)
{
	if (vouches(statement->method, name))
		statement->domain = value;
	if (value != NULL)
		statement->policy = hisho_authpolicy_hear(
		    statement->policy, name, value, reader->is_below);
}

/* A comment before the statement is not about it. */
static void
read_comments(const Reader *reader, HishoStatement *statement)
{
	const GArray *comments = reader->words->comments;

	for (guint i = 0; i < comments->len; i++) {
		const HishoAuthComment *comment =
		    &g_array_index(comments, HishoAuthComment, i);
		if (comment->before > reader->start &&
		    comment->before <= reader->at)
			statement->policy = hisho_authpolicy_hear_comment(
			    statement->policy, comment->text, reader->is_below);
	}
}

/* Reads the next "name=value"; the first one is the result. */
static bool
read_pair(Reader *reader, HishoStatement *statement)
{
	guint i = reader->at;
	bool is_first = i == reader->start;
	bool is_empty = !hisho_authwords_is_value(reader->words, i + 2);

	if (!hisho_authwords_is_value(reader->words, i) ||
	    !hisho_authwords_is_mark(reader->words, i + 1, '=') ||
	    (is_first && is_empty))
		return false;
	char *name = reader->words->words->pdata[i];
	char *value = is_empty ? NULL : reader->words->words->pdata[i + 2];
	reader->at += is_empty ? 2 : 3;
	if (is_first) {
		/* The version in "dkim/1" says nothing more. */
		name[strcspn(name, "/")] = '\0';
		statement->method = name;
		statement->result = value;
	} else {
		read_property(reader, statement, name, value);
	}
	return true;
}

bool
hisho_statement_read(const HishoAuthWords *words, guint *at, bool is_below,
    HishoStatement *statement)
{
	Reader reader = { words, *at, *at, is_below };

	*statement = (HishoStatement){ 0 };
	while (reader.at < words->words->len &&
	    !hisho_authwords_is_mark(words, reader.at, ';'))
		if (!read_pair(&reader, statement))
			return false;
	read_comments(&reader, statement);
	*at = reader.at + 1;
	return true;
}
