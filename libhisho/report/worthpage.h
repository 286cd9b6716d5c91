/* worthpage.h - what hisho is worth: tables, and what to do about them */
#pragma once

#include "libhisho/score/worth.h"

typedef struct {
	const HishoWorth *worth; /* sorted */
	const char *files[HISHO_WORTH_SIDES];
} HishoWorthCase;

/* The page for people, at most 80 columns wide, safe for a terminal. */
char *hisho_worthpage_dup_text(const HishoWorthCase *about);

/* All numbers as one JSON object, without a line end. */
char *hisho_worthpage_dup_json(const HishoWorthCase *about);
