#include "libhisho/score/letterwarn.h"

#include <string.h>

#include "libhisho/mail/address.h"
#include "libhisho/parse/attachment.h"
#include "libhisho/parse/mark.h"

static void
find_limits(const HishoWarningCase *about, GPtrArray *warnings)
{
	const GPtrArray *limits = about->facts->letter->limits;

	for (guint i = 0; i < limits->len; i++)
		hisho_warning_add(
		    warnings, "limit-reached", "limit", limits->pdata[i], NULL);
}

static void
find_attachments(const HishoWarningCase *about, GPtrArray *warnings)
{
	static const char *const dangers[] = { "executable", "script", "macro",
		"double-extension", "hidden-extension", "bidi-name" };
	const GPtrArray *attachments = about->facts->letter->attachments;

	for (guint i = 0; i < attachments->len; i++) {
		const HishoAttachment *attachment = attachments->pdata[i];
		for (size_t j = 0; j < G_N_ELEMENTS(dangers); j++) {
			if (!hisho_warning_has_finding(
				attachment->findings, dangers[j]))
				continue;
			hisho_warning_add(warnings, "attachment-dangerous",
			    "name",
			    attachment->name != NULL ? attachment->name
						     : attachment->type,
			    "why", dangers[j], NULL);
			break;
		}
	}
}

static void
find_from(const HishoWarningCase *about, GPtrArray *warnings)
{
	const HishoLetter *letter = about->facts->letter;
	const HishoMailbox *from = hisho_warning_from(about->facts);

	if (hisho_warning_has_finding(letter->findings, "from-multiple"))
		hisho_warning_add(warnings, "from-multiple", NULL);
	if (hisho_warning_has_finding(letter->findings, "from-name-address"))
		hisho_warning_add(warnings, "from-name-differs", "name",
		    from->name, "address", from->address, NULL);
	if (hisho_warning_has_finding(letter->findings, "no-recipients"))
		hisho_warning_add(warnings, "no-to", NULL);
}

static void
find_reply(const HishoWarningCase *about, GPtrArray *warnings)
{
	const HishoLetter *letter = about->facts->letter;
	const HishoMailbox *from = hisho_warning_from(about->facts);
	bool is_list = letter->list != NULL && letter->list->id != NULL;

	for (guint i = 0; from != NULL && !is_list && i < letter->reply_to->len;
	     i++) {
		const HishoMailbox *reply = letter->reply_to->pdata[i];
		if (reply->address != NULL && reply->organization != NULL &&
		    g_strcmp0(reply->organization, from->organization) != 0)
			hisho_warning_add(warnings, "reply-to-differs",
			    "reply-to", reply->address, "from", from->address,
			    NULL);
	}
}

static void
find_marks(const HishoWarningCase *about, GPtrArray *warnings)
{
	const GPtrArray *marks = about->facts->letter->marks;

	for (guint i = 0; i < marks->len; i++) {
		const HishoMark *mark = marks->pdata[i];
		if (g_strcmp0(mark->verdict, "spam") != 0)
			continue;
		hisho_warning_add(
		    warnings, "upstream-marked", "field", mark->name, NULL);
		return;
	}
}

void
hisho_letterwarn_find(const HishoWarningCase *about, GPtrArray *warnings)
{
	find_limits(about, warnings);
	find_attachments(about, warnings);
	find_from(about, warnings);
	find_reply(about, warnings);
	find_marks(about, warnings);
}
