#include "libhisho/mail/mailbox.h"

#include <string.h>

#include "libhisho/base/network.h"
#include "libhisho/mail/domain.h"

static const HishoRecordField mailbox_fields[] = {
	{ "name", HISHO_RECORD_TEXT, offsetof(HishoMailbox, name), NULL },
	{ "address", HISHO_RECORD_TEXT, offsetof(HishoMailbox, address), NULL },
	{ "domain", HISHO_RECORD_TEXT, offsetof(HishoMailbox, domain), NULL },
	{ "organization", HISHO_RECORD_TEXT,
	    offsetof(HishoMailbox, organization), NULL },
	{ NULL, 0, 0, NULL },
};

const HishoRecordType hisho_mailbox_type = { sizeof(HishoMailbox),
	mailbox_fields, hisho_mailbox_free };

void
hisho_mailbox_free(void *mailbox)
{
	hisho_record_free(&hisho_mailbox_type, mailbox);
}

char *
hisho_mailbox_dup_domain(const char *domain)
{
	HishoIp ip;

	if (hisho_network_parse_ip(domain, strlen(domain), &ip)) {
		g_autofree char *text = hisho_network_dup_ip_text(&ip);
		return g_strdup_printf(
		    "[%s%s]", hisho_network_ip_is_v4(&ip) ? "" : "IPv6:", text);
	}
	return hisho_domain_to_ascii(domain);
}

HishoMailbox *
hisho_mailbox_new(const char *name, const char *local, const char *domain)
{
	bool is_named = name != NULL && *name != '\0';

	if (!is_named && local == NULL)
		return NULL;
	HishoMailbox *mailbox = hisho_record_new(&hisho_mailbox_type);
	mailbox->name = is_named ? g_strdup(name) : NULL;
	if (local == NULL || domain == NULL) {
		mailbox->address = g_strdup(local);
		return mailbox;
	}
	mailbox->address = g_strconcat(local, "@", domain, NULL);
	mailbox->domain = hisho_mailbox_dup_domain(domain);
	if (mailbox->domain != NULL)
		mailbox->organization =
		    hisho_domain_organization(mailbox->domain);
	return mailbox;
}

void
hisho_mailbox_drop_names(GPtrArray *mailboxes)
{
	bool found = false;

	for (guint i = 0; i < mailboxes->len; i++) {
		const HishoMailbox *mailbox = mailboxes->pdata[i];
		found |= mailbox->address != NULL;
	}
	for (guint i = mailboxes->len; found && i-- > 0;) {
		const HishoMailbox *mailbox = mailboxes->pdata[i];
		if (mailbox->address == NULL)
			g_ptr_array_remove_index(mailboxes, i);
	}
}

bool
hisho_mailbox_any_has_at(const GPtrArray *mailboxes)
{
	for (guint i = 0; i < mailboxes->len; i++) {
		const HishoMailbox *mailbox = mailboxes->pdata[i];
		if (mailbox->address != NULL &&
		    strchr(mailbox->address, '@') != NULL)
			return true;
	}
	return false;
}
