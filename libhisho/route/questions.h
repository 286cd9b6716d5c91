/* questions.h - what was asked of the DNS, and how long the answers hold */
#pragma once

#include <glib.h>

#include "libhisho/route/answer.h"

typedef struct HishoQuestions HishoQuestions;

/* One of them; stays the set's. */
typedef struct {
	HishoQuestions *set;
	void *context; /* of the set */
	char *name;
	HishoDnsType type;
	HishoAnswer *answer; /* NULL while it is awaited */
	gint64 expires_us;
	guint turn; /* at which it was asked last */
} HishoQuestion;

/* A set whose questions all know CONTEXT. */
HishoQuestions *hisho_questions_new(void *context);
void hisho_questions_free(HishoQuestions *questions);

/* A new mail: what does not hold any more is forgotten when it is asked for,
 * and where there is too much, so is all else that is answered. */
void hisho_questions_begin(HishoQuestions *questions);

/* The question for TYPE at NAME if it has to be asked; NULL if it is being
 * asked or was answered: for this mail, or so that it still holds. */
HishoQuestion *hisho_questions_add(
    HishoQuestions *questions, const char *name, HishoDnsType type);

/* The answer; NULL if there is none. */
const HishoAnswer *hisho_questions_look(
    const HishoQuestions *questions, const char *name, HishoDnsType type);

/* Takes ANSWER to QUESTION, which is awaited. */
void hisho_question_settle_take(HishoQuestion *question, HishoAnswer *answer);

/* How many have been settled, ever. */
guint hisho_questions_n_settled(const HishoQuestions *questions);
