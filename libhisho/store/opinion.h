/* opinion.h - what a user says of one receipt, and said before
 *
 * One may vote on several hosts and take it back on another.  However their
 * opinions come together, in any order and any number of times, the same is
 * left: of explicit and of implicit votes the latest each, an explicit one
 * before implicit ones, none that is older than the last withdrawal.  Pure. */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* WORD is one of the four, static; NULL for no vote, with TIME 0. */
typedef struct {
	const char *word;
	gint64 time;
} HishoVote;

bool hisho_opinion_is_same(HishoVote a, HishoVote b);

/* An implicit vote beside an explicit one is younger and waits behind it.
 * WITHDRAWN is forgotten as soon as an explicit vote comes. */
typedef struct {
	HishoVote firm; /* explicit */
	HishoVote implicit;
	gint64 withdrawn;
} HishoOpinion;

/* The opinion of who once said WORD; nothing for what is no vote. */
HishoOpinion hisho_opinion_of(const char *word, gint64 time);

/* A and B as one: commutative, associative, idempotent. */
HishoOpinion hisho_opinion_join(const HishoOpinion *a, const HishoOpinion *b);

/* OPINION after WORD at TIME; later where OPINION is of that time or, by a
 * clock that went back, of a later one. */
HishoOpinion hisho_opinion_vote(
    const HishoOpinion *opinion, const char *word, gint64 time);

/* OPINION withdrawn at TIME, or later as above. */
HishoOpinion hisho_opinion_withdraw(const HishoOpinion *opinion, gint64 time);

/* The vote that counts. */
HishoVote hisho_opinion_now(const HishoOpinion *opinion);

bool hisho_opinion_equal(const HishoOpinion *a, const HishoOpinion *b);
