#include "libhisho/score/advice.h"

#include <string.h>

#include "libhisho/store/tally.h"

typedef enum { SILENT, TIED, UNPROVEN, TRUSTED, DISTRUSTED } Voice;

static bool
is_own(const HishoRow *row)
{
	return strcmp(row->scope, "own") == 0;
}

/* What the votes of ROW say, whether they may decide or not. */
static Voice
listen(const HishoRow *row, const HishoAdviceCase *about)
{
	gint64 up = is_own(row) ? row->trusted : row->users_trusted;
	gint64 down = is_own(row) ? row->distrusted : row->users_distrusted;

	if (up == down)
		return up > 0 ? TIED : SILENT;
	if (up > down)
		return is_own(row) || up >= about->others_green ? TRUSTED
								: SILENT;
	return is_own(row) || down >= about->others_red ? DISTRUSTED : SILENT;
}

/* Whether trust by ROW holds for this mail: a forged From must never be
 * green.  A service trusted for its own mail sends that of others, too. */
static bool
may_trust(const HishoRow *row, const HishoAdviceCase *about)
{
	bool is_of_sender = g_str_has_prefix(row->axis, "sender");

	return about->is_proven && about->has_one_from &&
	    strcmp(row->level, "exact") == 0 &&
	    (!is_of_sender || about->sender_owns_from);
}

/* What others did there says nothing about this mail, good or bad. */
static bool
is_shared(const HishoRow *row, const HishoAdviceCase *about)
{
	if (strcmp(row->axis, "host") != 0)
		return false;
	if (strcmp(row->level, "organization") == 0)
		return about->is_pool_organization;
	return strcmp(row->level, "net") == 0 ? about->is_pool_net
					      : about->is_pool;
}

static Voice
judge(const HishoRow *row, const HishoAdviceCase *about)
{
	if (is_shared(row, about))
		return SILENT;
	Voice voice = listen(row, about);
	return voice == TRUSTED && !may_trust(row, about) ? UNPROVEN : voice;
}

HishoAdvice
hisho_advice_decide(const GPtrArray *rows, const HishoAdviceCase *about)
{
	Voice loudest = SILENT;

	if (!about->is_applicable)
		return (HishoAdvice){ "unrated", "not-applicable", -1 };
	for (guint i = 0; i < rows->len; i++) {
		Voice voice = judge(rows->pdata[i], about);
		if (voice == TRUSTED)
			return (HishoAdvice){ "trusted", "voted", (int)i };
		if (voice == DISTRUSTED)
			return (HishoAdvice){ "distrusted", "voted", (int)i };
		loudest = MAX(loudest, voice);
	}
	static const char *const reasons[] = { "no-votes", "tied",
		"unproven-route" };
	return (HishoAdvice){ "unrated", reasons[loudest], -1 };
}
