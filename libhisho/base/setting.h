/* setting.h - one value of the configuration */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

/* Lists stand together, behind the kinds that are texts. */
typedef enum {
	HISHO_SETTING_TEXT,
	HISHO_SETTING_NAME, /* one word */
	HISHO_SETTING_LANGUAGE,
	HISHO_SETTING_LIST,
	HISHO_SETTING_NETWORKS,
	HISHO_SETTING_DOMAINS,
	HISHO_SETTING_PLACES, /* networks and domains */
	HISHO_SETTING_SERVERS,
	HISHO_SETTING_NUMBER,
	HISHO_SETTING_SIZE,
	HISHO_SETTING_TRUTH,
} HishoSettingKind;

/* Where it stands in the file, and in a struct. */
typedef struct {
	const char *group;
	const char *key;
	HishoSettingKind kind;
	size_t offset;	    /* of a char *, char **, gint64, size_t or bool */
	gint64 least, most; /* of NUMBER and SIZE */
} HishoSetting;

/* Makes the member of CONFIG an empty list if SETTING is one; and frees what
 * it holds. */
void hisho_setting_init(const HishoSetting *setting, void *config);
void hisho_setting_clear(const HishoSetting *setting, void *config);

/* Puts TEXT into CONFIG, domains in lower case; false if it is no such
 * value. */
bool hisho_setting_set(
    const HishoSetting *setting, void *config, const char *text);

/* Why SETTING cannot be TEXT; of a list its first wrong entry is named. */
char *hisho_setting_dup_complaint(
    const HishoSetting *setting, const char *text);
