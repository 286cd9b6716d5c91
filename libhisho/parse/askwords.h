/* askwords.h - the words of those who ask for secrets or money */
#pragma once

#include <glib.h>

/* What part a word plays in a sentence. */
enum {
	HISHO_ASK_DO = 1 << 0,	     /* "enter", before what is asked for */
	HISHO_ASK_PLEASE = 1 << 1,   /* the same, behind it: Japanese */
	HISHO_ASK_SECRET = 1 << 2,   /* "password" */
	HISHO_ASK_VERIFY = 1 << 3,   /* "verify your", before an account */
	HISHO_ASK_ACCOUNT = 1 << 4,  /* "mailbox" */
	HISHO_ASK_TROUBLE = 1 << 5,  /* "suspended", behind an account */
	HISHO_ASK_EXPIRES = 1 << 6,  /* what a password is said to do */
	HISHO_ASK_IDENTITY = 1 << 7, /* to show who one is, in Japanese */
	HISHO_ASK_LOGIN = 1 << 8,    /* and to log in for it */
	HISHO_ASK_DENIAL = 1 << 9,   /* the sentence asks for nothing */
	HISHO_ASK_MONEY = 1 << 10,   /* asks for it by itself */
	HISHO_ASK_PAY = 1 << 11,     /* "transfer", before a sum */
	HISHO_ASK_SUM = 1 << 12,     /* "funds" */
	HISHO_ASK_CLEAR = 1 << 13,   /* asks for a secret by itself */
};

typedef struct {
	guint roles;
	const char *const *words; /* in normal form, NULL ends them */
} HishoAskGroup;

/* All of them; the last one has no words.  No word is shorter than three
 * bytes, none of Japanese has a blank, and there are fewer than 1,000. */
extern const HishoAskGroup hisho_ask_groups[];
