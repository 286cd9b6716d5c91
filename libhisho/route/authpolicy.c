#include "libhisho/route/authpolicy.h"

#include <glib.h>
#include <string.h>

/* Comments with more are no verifier's. */
#define PAIRS_MAX 32

typedef enum {
	TELLS_POLICY,
	TELLS_BELOW, /* for subdomains only */
	TELLS_DEED,  /* what the verifier did about it */
	TELLS_SHARE, /* of how many in a hundred it is to be done */
} Tells;

static const struct {
	const char *name;
	Tells tells;
} names[] = {
	{ "p", TELLS_POLICY },		  /* OpenDMARC, Google, Yahoo */
	{ "policy", TELLS_POLICY },	  /* rspamd */
	{ "action", TELLS_POLICY },	  /* Microsoft */
	{ "policy.dmarc", TELLS_POLICY }, /* the IANA registry */
	{ "policy.published-domain-policy", TELLS_POLICY }, /* Fastmail */
	{ "policy.published-subdomain-policy", TELLS_BELOW },
	{ "policy.applied-disposition", TELLS_POLICY },
	{ "sp", TELLS_BELOW },
	{ "d", TELLS_POLICY },
	{ "dis", TELLS_DEED },
	{ "pct", TELLS_SHARE },
};

/* The words of our own first, in order. */
static const struct {
	const char *word;
	HishoPolicy policy;
} words[] = {
	{ "none", HISHO_POLICY_NONE },
	{ "quarantine", HISHO_POLICY_QUARANTINE },
	{ "reject", HISHO_POLICY_REJECT },
	/* Microsoft did not reject, though it should have; and what is for a
	 * part of the mail only, of which this is not. */
	{ "oreject", HISHO_POLICY_REJECT },
	{ "o.reject", HISHO_POLICY_REJECT },
	{ "pct.quarantine", HISHO_POLICY_NONE },
	{ "pct.reject", HISHO_POLICY_NONE },
};

static HishoPolicy
find_word(const char *value)
{
	for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
		if (g_ascii_strcasecmp(words[i].word, value) == 0)
			return words[i].policy;
	return HISHO_POLICY_UNTOLD;
}

/* OpenDMARC writes "dis=none" where it is not set up to reject anything;
 * "dis=NONE" is Google's, who lets pass what he knows to be forwarded. */
static HishoPolicy
find_deed(const char *value)
{
	return g_ascii_isupper(*value) ? find_word(value) : HISHO_POLICY_UNTOLD;
}

static HishoPolicy
find_told(Tells tells, const char *value, bool is_below)
{
	switch (tells) {
	case TELLS_BELOW:
		return is_below ? find_word(value) : HISHO_POLICY_UNTOLD;
	case TELLS_DEED:
		return find_deed(value);
	case TELLS_SHARE:
		return strcmp(value, "100") == 0 ? HISHO_POLICY_UNTOLD
						 : HISHO_POLICY_NONE;
	default:
		return find_word(value);
	}
}

HishoPolicy
hisho_authpolicy_hear(
    HishoPolicy policy, const char *name, const char *value, bool is_below)
{
	HishoPolicy told = HISHO_POLICY_UNTOLD;

	for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
		if (g_ascii_strcasecmp(names[i].name, name) == 0)
			told = find_told(names[i].tells, value, is_below);
	if (told == HISHO_POLICY_UNTOLD)
		return policy;
	return policy == HISHO_POLICY_UNTOLD ? told : MIN(policy, told);
}

HishoPolicy
hisho_authpolicy_hear_comment(
    HishoPolicy policy, const char *comment, bool is_below)
{
	g_auto(GStrv) pairs = g_strsplit_set(comment, " \t\r\n,;", PAIRS_MAX);

	for (char **pair = pairs; *pair != NULL; pair++) {
		char *value = strchr(*pair, '=');
		if (value == NULL)
			continue;
		*value++ = '\0';
		policy = hisho_authpolicy_hear(policy, *pair, value, is_below);
	}
	return policy;
}

const char *
hisho_authpolicy_word(HishoPolicy policy)
{
	return policy == HISHO_POLICY_UNTOLD ? NULL : words[policy - 1].word;
}
