#include "libhisho/store/opinion.h"

#include "libhisho/store/receipt.h"

static const HishoVote nothing;

HishoOpinion
hisho_opinion_of(const char *word, gint64 time)
{
	const HishoVote vote = { hisho_vote_word(word), time };

	if (vote.word == NULL)
		return (HishoOpinion){ 0 };
	return hisho_vote_is_explicit(word)
	    ? (HishoOpinion){ .firm = vote }
	    : (HishoOpinion){ .implicit = vote };
}

/* Of two votes of one time any will do, if all hosts take the same. */
static HishoVote
later(HishoVote a, HishoVote b)
{
	if (a.time != b.time)
		return a.time > b.time ? a : b;
	return g_strcmp0(a.word, b.word) >= 0 ? a : b;
}

HishoOpinion
hisho_opinion_join(const HishoOpinion *a, const HishoOpinion *b)
{
	HishoOpinion both = {
		.firm = later(a->firm, b->firm),
		.implicit = later(a->implicit, b->implicit),
		.withdrawn = MAX(a->withdrawn, b->withdrawn),
	};

	if (both.firm.time < both.withdrawn)
		both.firm = nothing;
	if (both.implicit.time < both.withdrawn ||
	    (both.firm.word != NULL && both.implicit.time <= both.firm.time))
		both.implicit = nothing;
	/* Whatever was withdrawn is older than this, and loses to it. */
	if (both.firm.word != NULL)
		both.withdrawn = 0;
	return both;
}

/* The least time that is later than all of OPINION. */
static gint64
next(const HishoOpinion *opinion)
{
	gint64 last = MAX(MAX(opinion->firm.time, opinion->implicit.time),
	    opinion->withdrawn);

	return MIN(last, G_MAXINT64 - 1) + 1;
}

HishoOpinion
hisho_opinion_vote(const HishoOpinion *opinion, const char *word, gint64 time)
{
	HishoOpinion new = hisho_opinion_of(word, MAX(time, next(opinion)));

	return hisho_opinion_join(opinion, &new);
}

HishoOpinion
hisho_opinion_withdraw(const HishoOpinion *opinion, gint64 time)
{
	const HishoOpinion new = { .withdrawn = MAX(time, next(opinion)) };

	return hisho_opinion_join(opinion, &new);
}

HishoVote
hisho_opinion_now(const HishoOpinion *opinion)
{
	return opinion->firm.word != NULL ? opinion->firm : opinion->implicit;
}

bool
hisho_opinion_is_same(HishoVote a, HishoVote b)
{
	return a.time == b.time && g_strcmp0(a.word, b.word) == 0;
}

bool
hisho_opinion_equal(const HishoOpinion *a, const HishoOpinion *b)
{
	return hisho_opinion_is_same(a->firm, b->firm) &&
	    hisho_opinion_is_same(a->implicit, b->implicit) &&
	    a->withdrawn == b->withdrawn;
}
