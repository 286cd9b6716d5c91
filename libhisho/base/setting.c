#include "libhisho/base/setting.h"

#include <string.h>

#include "libhisho/base/network.h"

static bool
is_list(const HishoSetting *setting)
{
	return setting->kind >= HISHO_SETTING_LIST &&
	    setting->kind <= HISHO_SETTING_SERVERS;
}

void
hisho_setting_init(const HishoSetting *setting, void *config)
{
	if (is_list(setting))
		G_STRUCT_MEMBER(char **, config, setting->offset) =
		    g_new0(char *, 1);
}

void
hisho_setting_clear(const HishoSetting *setting, void *config)
{
	if (is_list(setting))
		g_strfreev(G_STRUCT_MEMBER(char **, config, setting->offset));
	else if (setting->kind <= HISHO_SETTING_LANGUAGE)
		g_free(G_STRUCT_MEMBER(char *, config, setting->offset));
}

/* A comment in a GKeyFile has a line of its own; behind a value it would
 * become part of it. */
static bool
has_comment(const char *text)
{
	return *text == '#' || strstr(text, " #") != NULL ||
	    strstr(text, "\t#") != NULL;
}

static bool
set_number(void *member, const HishoSetting *setting, const char *text)
{
	gint64 number;

	if (!g_ascii_string_to_signed(
		text, 10, setting->least, setting->most, &number, NULL))
		return false;
	if (setting->kind == HISHO_SETTING_SIZE)
		*(size_t *)member = (size_t)number;
	else
		*(gint64 *)member = number;
	return true;
}

static bool
set_truth(bool *member, const char *text)
{
	static const char *const words[] = { "no", "false", "0", "yes", "true",
		"1" };

	for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
		if (g_ascii_strcasecmp(text, words[i]) == 0) {
			*member = i >= 3;
			return true;
		}
	return false;
}

/* Domains, and networks beside them, are compared in lower case. */
static char **
split_list(HishoSettingKind kind, const char *text)
{
	bool is_lower =
	    kind == HISHO_SETTING_DOMAINS || kind == HISHO_SETTING_PLACES;
	g_autofree char *lower =
	    is_lower ? g_ascii_strdown(text, -1) : g_strdup(text);
	g_auto(GStrv) pieces = g_strsplit_set(lower, ",; \t", -1);
	GPtrArray *items = g_ptr_array_new();

	for (char **piece = pieces; *piece != NULL; piece++)
		if (**piece != '\0')
			g_ptr_array_add(items, g_strdup(*piece));
	g_ptr_array_add(items, NULL);
	return (char **)g_ptr_array_free(items, FALSE);
}

/* Two labels at least: a single one would stand for half of the world. */
static bool
is_domain(const char *text)
{
	g_auto(GStrv) labels = g_strsplit(text, ".", -1);
	guint n = g_strv_length(labels);

	for (guint i = 0; i < n; i++) {
		size_t length = strlen(labels[i]);
		if (length == 0 || length > 63 ||
		    strspn(labels[i],
			"abcdefghijklmnopqrstuvwxyz0123456789-_") != length)
			return false;
	}
	return n >= 2 && strlen(text) <= 253 &&
	    !g_ascii_isdigit(*labels[n - 1]);
}

static bool
is_item(HishoSettingKind kind, const char *text)
{
	HishoNetwork network;
	HishoEndpoint server;

	switch (kind) {
	case HISHO_SETTING_NETWORKS:
		return hisho_network_parse(text, &network);
	case HISHO_SETTING_DOMAINS:
		return is_domain(text);
	case HISHO_SETTING_PLACES:
		return hisho_network_parse(text, &network) || is_domain(text);
	case HISHO_SETTING_SERVERS:
		return hisho_network_parse_endpoint(text, &server);
	default:
		return true;
	}
}

/* The first of ITEMS that is none of KIND, or NULL. */
static const char *
find_wrong(HishoSettingKind kind, char *const *items)
{
	for (; *items != NULL; items++)
		if (!is_item(kind, *items))
			return *items;
	return NULL;
}

static bool
set_text(char **member, const HishoSetting *setting, const char *text)
{
	g_free(*member);
	*member = g_strdup(text);
	if (setting->kind == HISHO_SETTING_LANGUAGE)
		return strcmp(text, "en") == 0 || strcmp(text, "ja") == 0;
	return *text != '\0' &&
	    (setting->kind != HISHO_SETTING_NAME ||
		strpbrk(text, " \t") == NULL);
}

bool
hisho_setting_set(const HishoSetting *setting, void *config, const char *text)
{
	void *member = (char *)config + setting->offset;

	if (has_comment(text))
		return false;
	if (is_list(setting)) {
		g_strfreev(*(char ***)member);
		*(char ***)member = split_list(setting->kind, text);
		return find_wrong(setting->kind, *(char ***)member) == NULL;
	}
	if (setting->kind <= HISHO_SETTING_LANGUAGE)
		return set_text(member, setting, text);
	if (setting->kind == HISHO_SETTING_TRUTH)
		return set_truth(member, text);
	return set_number(member, setting, text);
}

/* What a value that is none of the KIND is not. */
static const char *const wanted[] = {
	[HISHO_SETTING_NAME] = "is no name of a user",
	[HISHO_SETTING_LANGUAGE] = "is neither en nor ja",
	[HISHO_SETTING_NETWORKS] = "is no network like 192.0.2.0/24",
	[HISHO_SETTING_DOMAINS] = "is no domain like provider.example "
				  "(others in their xn-- form)",
	[HISHO_SETTING_PLACES] = "is neither a network like 192.0.2.0/24 nor "
				 "a domain like provider.example",
	[HISHO_SETTING_SERVERS] = "is no server like 192.0.2.1 or 192.0.2.1:53",
	[HISHO_SETTING_TRUTH] = "is neither yes nor no",
};

char *
hisho_setting_dup_complaint(const HishoSetting *setting, const char *text)
{
	g_auto(GStrv) items = split_list(setting->kind, text);
	const char *wrong =
	    is_list(setting) ? find_wrong(setting->kind, items) : text;

	if (has_comment(text))
		return g_strdup_printf("'%s': a comment goes on a line of its "
				       "own that begins with #",
		    text);
	if (setting->kind == HISHO_SETTING_NUMBER ||
	    setting->kind == HISHO_SETTING_SIZE)
		return g_strdup_printf(
		    "'%s' is no number from %" G_GINT64_FORMAT
		    " to %" G_GINT64_FORMAT,
		    text, setting->least, setting->most);
	if (wanted[setting->kind] == NULL)
		return g_strdup("a value is missing");
	return g_strdup_printf("'%s' %s", wrong, wanted[setting->kind]);
}
