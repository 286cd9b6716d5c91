/* report.h - a mail that tries everything on the reader's terminal */
#pragma once

#include <string.h>

#include "libhisho/mail/mailbox.h"
#include "libhisho/parse/attachment.h"
#include "libhisho/report/case.h"

#include "tests/unit/judge.h"

/* ESC, CSI, BEL, newline, RLO, LRI, LINE SEPARATOR, zero width, NEL. */
#define REPORT_HOSTILE                                                         \
	"\033[31m\xc2\x9b"                                                     \
	"32m\a\r\n  main (9)\n\xe2\x80\xae\xe2\x81\xa6"                        \
	"\xe2\x80\xa8\xe2\x80\x8b\xc2\x85 end"

static inline HishoReportCase
report_case(Judged *judged)
{
	return (HishoReportCase){
		.stage = HISHO_STAGE_SCORE,
		.index = 1,
		.lang = "en",
		.facts = judged->facts,
		.route = judged->route,
		.receipt = judged->receipt,
		.memory = judged->memory,
		.safe = judged->safe,
		.verdict = judge(judged),
		.degraded = judged->degraded,
	};
}

/* Whether TEXT holds nothing that a terminal obeys or hides. */
static inline bool
report_is_safe(const char *text)
{
	for (const char *at = text; *at != '\0'; at = g_utf8_next_char(at)) {
		gunichar c = g_utf8_get_char(at);
		if ((c < 0x20 && c != '\n') || (c >= 0x7f && c < 0xa0) ||
		    (c >= 0x200b && c <= 0x200f) ||
		    (c >= 0x2028 && c <= 0x202e) ||
		    (c >= 0x2066 && c <= 0x2069))
			return false;
	}
	return g_utf8_validate(text, -1, NULL);
}

/* Puts REPORT_HOSTILE into the place of TEXT. */
static inline void
report_poison(char **text)
{
	g_free(*text);
	*text = g_strdup(REPORT_HOSTILE);
}

static inline void
report_poison_mailboxes(GPtrArray *mailboxes)
{
	HishoMailbox *mailbox = hisho_record_new(&hisho_mailbox_type);

	report_poison(&mailbox->name);
	report_poison(&mailbox->address);
	g_ptr_array_add(mailboxes, mailbox);
}

/* Every text of JUDGED, as if cell and database were in a stranger's hand. */
static inline void
report_poison_all(Judged *judged)
{
	HishoLetter *letter = judged->facts->letter;
	HishoAttachment *attachment = hisho_record_new(&hisho_attachment_type);
	HishoLink *link = hisho_record_new(&hisho_link_type);
	HishoKnownRoute *known = hisho_record_new(&hisho_known_route_type);
	GPtrArray *const mailboxes[] = { letter->from, letter->sender,
		letter->reply_to, letter->to, letter->cc };
	char **const texts[] = { &letter->message_id, &letter->date,
		&letter->subject, &letter->return_path, &letter->mailer,
		&attachment->name, &attachment->type, &attachment->sniffed,
		&attachment->sha256, &link->url, &link->host, &link->domain,
		&link->kind, &link->where, &link->text, &link->reason,
		&judged->route->ip, &judged->route->rdns, &judged->route->helo,
		&judged->route->by, &judged->route->with, &judged->route->tls,
		&judged->route->why, &judged->route->forward,
		&judged->route->reverse, &judged->memory->vote, &known->host };

	for (guint i = 0; i < G_N_ELEMENTS(mailboxes); i++)
		for (guint j = 0; j < 7; j++)
			report_poison_mailboxes(mailboxes[i]);
	for (guint i = 0; i < G_N_ELEMENTS(texts); i++)
		report_poison(texts[i]);
	g_ptr_array_add(attachment->findings, g_strdup(REPORT_HOSTILE));
	g_ptr_array_add(letter->findings, g_strdup(REPORT_HOSTILE));
	g_ptr_array_add(letter->limits, g_strdup(REPORT_HOSTILE));
	g_ptr_array_add(letter->attachments, attachment);
	g_ptr_array_add(judged->facts->found->links, link);
	g_ptr_array_add(judged->memory->routes, known);
	judge_add_report(judged, REPORT_HOSTILE, true, 3);
	judge_add_row(judged, "own", "from", 3, 1);
}
