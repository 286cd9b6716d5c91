#include "libhisho/route/dns.h"

#include <string.h>

#define TEXT(key, member)                                                      \
	{                                                                      \
		key, HISHO_RECORD_TEXT, G_STRUCT_OFFSET(HishoDns, member),     \
		    NULL                                                       \
	}

static const HishoRecordField fields[] = {
	TEXT("forward", forward),
	TEXT("reverse", reverse),
	TEXT("ptr", ptr),
	TEXT("from_mail", from_mail),
	TEXT("reply_mail", reply_mail),
	TEXT("envelope_mail", envelope_mail),
	TEXT("asn", asn),
	TEXT("country", country),
	{ "cut", HISHO_RECORD_TRUTH, G_STRUCT_OFFSET(HishoDns, is_cut), NULL },
	{ "time", HISHO_RECORD_NUMBER, G_STRUCT_OFFSET(HishoDns, time), NULL },
	{ NULL, HISHO_RECORD_TEXT, 0, NULL },
};

const HishoRecordType hisho_dns_type = { sizeof(HishoDns), fields,
	hisho_dns_free };

HishoDns *
hisho_dns_new(void)
{
	HishoDns *dns = hisho_record_new(&hisho_dns_type);
	char **results[] = { &dns->forward, &dns->reverse, &dns->from_mail,
		&dns->reply_mail, &dns->envelope_mail };

	for (size_t i = 0; i < G_N_ELEMENTS(results); i++)
		*results[i] = g_strdup("not-checked");
	return dns;
}

void
hisho_dns_free(void *dns)
{
	hisho_record_free(&hisho_dns_type, dns);
}

bool
hisho_dns_is_host_name(const char *name)
{
	size_t label = 0;
	guint n_dots = 0;

	if (name == NULL || strlen(name) > 253)
		return false;
	for (const char *at = name; *at != '\0'; at++) {
		if (*at == '.' && label == 0)
			return false;
		if (*at != '.' && !g_ascii_isalnum(*at) && *at != '-')
			return false;
		n_dots += *at == '.';
		label = *at == '.' ? 0 : label + 1;
		if (label > 63)
			return false;
	}
	return label > 0 && n_dots > 0;
}
