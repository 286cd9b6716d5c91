#include "bin/ballot.h"

#include <string.h>

#include "libhisho/base/error.h"
#include "libhisho/mail/address.h"
#include "libhisho/mail/text.h"
#include "libhisho/store/suspects.h"

Ballot *
ballot_new(const Tool *tool)
{
	Ballot *ballot = g_new0(Ballot, 1);

	ballot->tool = tool;
	ballot->kept = g_ptr_array_new_with_free_func(hisho_receipt_free);
	ballot->links = g_ptr_array_new_with_free_func(g_free);
	ballot->hosts = g_ptr_array_new_with_free_func(g_free);
	ballot->urls = g_ptr_array_new_with_free_func(g_free);
	return ballot;
}

void
ballot_free(Ballot *ballot)
{
	if (ballot == NULL)
		return;
	hisho_receipt_free(ballot->receipt);
	hisho_verdict_free(ballot->verdict);
	g_ptr_array_unref(ballot->kept);
	g_ptr_array_unref(ballot->links);
	g_ptr_array_unref(ballot->hosts);
	g_ptr_array_unref(ballot->urls);
	g_free(ballot);
}

bool
ballot_refuse(GError **error, const char *why, ...)
{
	va_list list;

	va_start(list, why);
	g_autofree char *text = g_strdup_vprintf(why, list);
	va_end(list);
	g_set_error_literal(error, HISHO_ERROR, HISHO_ERROR_INPUT, text);
	return false;
}

void
ballot_add(GString *said, const char *format, ...)
{
	va_list list;

	va_start(list, format);
	g_autofree char *text = g_strdup_vprintf(format, list);
	va_end(list);
	g_autofree char *shown = hisho_text_for_terminal(text);
	g_string_append_printf(said, "%s\n", shown);
}

void
ballot_say(
    GString *said, HishoChange change, const char *done, const char *what)
{
	ballot_add(said, "%s%s: %s",
	    change == HISHO_CHANGE_NONE ? "already " : "", done, what);
}

char *
ballot_dup_address(const char *text)
{
	const char *at = strrchr(text, '@');

	if (at == NULL)
		return NULL;
	size_t local = (size_t)(at - text);
	return *text == '"' || strcspn(text, " ,;@") == local
	    ? hisho_address_key(text)
	    : NULL;
}

HishoChange
ballot_graver(HishoChange a, HishoChange b)
{
	if (a == HISHO_CHANGE_FAILED || b == HISHO_CHANGE_FAILED)
		return HISHO_CHANGE_FAILED;
	return MAX(a, b);
}

char *
ballot_dup_name(const HishoReceipt *receipt)
{
	return g_strdup_printf("mail %.12s from %s by %s", receipt->digest,
	    receipt->from != NULL ? receipt->from : "(no single From)",
	    *receipt->host != '\0' ? receipt->host : "(no host)");
}

GPtrArray *
ballot_find_reports(const Ballot *ballot, GError **error)
{
	const Tool *tool = ballot->tool;
	g_autoptr(HishoSuspects) suspects =
	    hisho_suspects_new(ballot->hosts, ballot->urls);
	const HishoSuspectsReader reader = { ballot->receipt->user,
		hisho_config_reports_after(tool->config, tool->now) };

	return hisho_suspects_read(suspects, ballot->database, &reader, error);
}
