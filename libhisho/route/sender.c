#include "libhisho/route/sender.h"

#include <glib.h>
#include <stdbool.h>
#include <string.h>

#include "libhisho/mail/domain.h"
#include "libhisho/mail/freemail.h"

/* RFC 5321 4.5.3.1 allows 64 + 1 + 255; SRS1 makes local parts longer. */
#define ADDRESS_LIMIT 512

/* Words by which mail systems call the address that takes bounces. */
static const char *const bounce_words[] = { "bounce", "bounces", "return",
	"returns", "verp", "errors", "bnc", NULL };

static const char *const list_suffixes[] = { "-bounces", "-bounce", "-return",
	"-owner", "-request", "-errors", NULL };

/* The address between < and >, if they are there; no more than one @ is
 * looked for from the right. */
static char *
dup_bare(const char *envelope)
{
	if (envelope == NULL || strlen(envelope) > ADDRESS_LIMIT)
		return NULL;
	char *text = g_strstrip(g_strdup(envelope));
	size_t length = strlen(text);

	if (length >= 2 && text[0] == '<' && text[length - 1] == '>') {
		memmove(text, text + 1, length - 2);
		text[length - 2] = '\0';
	}
	return text;
}

/* What stands behind the first COUNT bytes of TEXT that are among MARKS,
 * or NULL. */
static const char *
skip_marks(const char *text, const char *marks, guint count)
{
	for (; count > 0 && text != NULL; count--) {
		text = strpbrk(text, marks);
		if (text != NULL)
			text++;
	}
	return text;
}

/* "dom=user" as "user@dom"; NULL when a part is missing. */
static char *
turn_around(const char *text)
{
	const char *equal = text != NULL ? strchr(text, '=') : NULL;

	if (equal == NULL || equal == text || equal[1] == '\0')
		return NULL;
	return g_strdup_printf("%s@%.*s", equal + 1, (int)(equal - text), text);
}

/* The original of SRS0=hash=day=dom=user@forwarder and of
 * SRS1=hash=first-forwarder==hash=day=dom=user@forwarder. */
static char *
dup_srs_original(const char *local)
{
	const char *inner = skip_marks(local, "=+-", 1);

	if (g_ascii_strncasecmp(local, "SRS0", 4) == 0)
		return turn_around(skip_marks(inner, "=", 2));
	if (g_ascii_strncasecmp(local, "SRS1", 4) != 0)
		return NULL;
	inner = skip_marks(inner, "=", 2);
	if (inner == NULL || *inner == '\0' || strchr("=+-", *inner) == NULL)
		return NULL;
	return turn_around(skip_marks(inner + 1, "=", 2));
}

/* The local part inside prvs=tag=user, Exim's prvs=user/tag, btv1==tag==user
 * and msprvs1=tag=user; else NULL. */
static char *
dup_batv_original(const char *local)
{
	bool btv = g_ascii_strncasecmp(local, "btv1==", 6) == 0;
	bool prvs = g_ascii_strncasecmp(local, "prvs=", 5) == 0;

	if (!btv && !prvs && g_ascii_strncasecmp(local, "msprvs1=", 8) != 0)
		return NULL;
	const char *inner = skip_marks(local, "=", btv ? 4 : 2);
	if (inner != NULL)
		return g_strdup(inner);
	const char *slash = strrchr(local, '/');
	return prvs && slash != NULL && slash > local + 5
	    ? g_strndup(local + 5, (gsize)(slash - local - 5))
	    : NULL;
}

/* Cuts the recipient out of "list+user=dom" and "list-return-12-user=dom";
 * whether there was one. */
static bool
cut_recipient(char *local)
{
	char *equal = strchr(local, '=');
	char *plus = strchr(local, '+');

	if (equal == NULL || equal == local)
		return false;
	if (plus != NULL && plus > local && plus < equal) {
		*plus = '\0';
		return true;
	}
	/* The recipient's own name may have hyphens: it begins behind the
	 * number of the mail, if there is one. */
	char *cut = g_strrstr_len(local, equal - local, "-");
	for (char *at = local; at < equal; at++)
		if (*at == '-' && at > local && g_ascii_isdigit(at[-1]))
			cut = at;
	if (cut == NULL || cut == local || strchr(equal, '.') == NULL)
		return false;
	*cut = '\0';
	return true;
}

/* A number, a word of eight and more hexadecimal digits with a number in it,
 * or a long one with many numbers. */
static bool
is_mark(const char *word)
{
	size_t length = strlen(word), digits = 0, hexadecimal = 0;

	for (const char *c = word; *c != '\0'; c++) {
		if (!g_ascii_isalnum(*c))
			return false;
		digits += g_ascii_isdigit(*c);
		hexadecimal += g_ascii_isxdigit(*c);
	}
	return digits > 0 &&
	    (digits == length || (hexadecimal == length && length >= 8) ||
		(length >= 16 && digits >= 8));
}

/* Takes numbers and hashes off the end of LOCAL, the whole of it if it is
 * nothing else. */
static void
cut_marks(char *local)
{
	char *last = local;

	while (*local != '\0') {
		char *separator = strpbrk(local, "-+._=");
		last = local;
		for (; separator != NULL; separator = strpbrk(last, "-+._="))
			last = separator + 1;
		if (!is_mark(last))
			return;
		last[last > local ? -1 : 0] = '\0';
	}
}

static bool
is_bounce_address(const char *local)
{
	g_auto(GStrv) words = g_strsplit_set(local, "-+._=", 16);

	for (char **word = words; *word != NULL; word++)
		if (g_strv_contains(bounce_words, *word))
			return true;
	return false;
}

/* Whether LOCAL is one long mark, as "0100018d7a2b3c4d-1a2b3c4d-...". */
static bool
is_all_marks(const char *local)
{
	g_auto(GStrv) words = g_strsplit_set(local, "-+._=", 32);

	if (strlen(local) < 20)
		return false;
	for (char **word = words; *word != NULL; word++)
		if (**word != '\0' && !is_mark(*word) && strlen(*word) > 4)
			return false;
	return is_mark(words[0]);
}

static void
cut_list_words(char *local)
{
	size_t length = strlen(local);

	/* Postfix writes to its own postmaster by that name. */
	if (strcmp(local, "double-bounce") == 0)
		return;
	if (g_str_has_prefix(local, "owner-") && length > 6)
		memmove(local, local + 6, length - 5);
	for (guint i = 0; list_suffixes[i] != NULL; i++) {
		size_t tail = strlen(list_suffixes[i]);
		length = strlen(local);
		if (length > tail && g_str_has_suffix(local, list_suffixes[i]))
			local[length - tail] = '\0';
	}
}

/* Google Groups write list+bnc..., LISTSERV owner-list*user**domain. */
static void
cut_group(char *local)
{
	char *cut = strstr(local, "+bnc");

	if (cut == NULL && g_str_has_prefix(local, "owner-"))
		cut = strchr(local + 6, '*');
	if (cut != NULL && cut > local)
		*cut = '\0';
}

/* LOCAL, lower case, without what belongs to one mail only. */
static void
reduce_local(char *local)
{
	cut_group(local);
	bool verp = cut_recipient(local);

	if (verp || is_bounce_address(local))
		cut_marks(local);
	else if (is_all_marks(local))
		*local = '\0';
	cut_list_words(local);
}

static char *
join(char *local, const char *domain)
{
	g_autofree char *ascii = hisho_domain_to_ascii(domain);

	return ascii == NULL ? NULL : g_strconcat(local, "@", ascii, NULL);
}

char *
hisho_sender_reduce(const char *envelope)
{
	g_autofree char *text = dup_bare(envelope);
	char *sign = text != NULL ? strrchr(text, '@') : NULL;

	if (sign == NULL || sign == text)
		return NULL;
	*sign = '\0';
	g_autofree char *original = dup_srs_original(text);
	/* The original may itself be VERP; it is shorter each time. */
	if (original != NULL)
		return hisho_sender_reduce(original);
	g_autofree char *inner = dup_batv_original(text);
	g_autofree char *local =
	    g_utf8_make_valid(inner != NULL ? inner : text, -1);
	g_autofree char *lower = g_utf8_strdown(local, -1);
	reduce_local(lower);
	return join(lower, sign + 1);
}

/* Of an identifier (RFC 2919) that may be one. */
static char *
dup_list_key(const char *list_id)
{
	if (list_id == NULL || *list_id == '\0' || strlen(list_id) > 256)
		return NULL;
	for (const char *c = list_id; *c != '\0'; c++)
		if (!g_ascii_isgraph(*c) || strchr("@<>", *c) != NULL)
			return NULL;
	return g_ascii_strdown(list_id, -1);
}

static char *
dup_address_key(const char *address)
{
	g_autofree char *text = dup_bare(address);
	char *sign = text != NULL ? strrchr(text, '@') : NULL;

	if (sign == NULL || sign == text)
		return NULL;
	*sign = '\0';
	g_autofree char *local = g_utf8_make_valid(text, -1);
	g_autofree char *lower = g_utf8_strdown(local, -1);
	return join(lower, sign + 1);
}

/* The party that ENVELOPE stands for; NULL where what is left of it is all
 * customers of a service that sends for others. */
static char *
dup_envelope_key(const char *envelope, const HishoEdits *providers)
{
	g_autofree char *key = hisho_sender_reduce(envelope);
	g_autofree char *whole = dup_address_key(envelope);
	const char *domain = key != NULL ? strrchr(key, '@') + 1 : NULL;

	if (g_strcmp0(key, whole) != 0 && whole != NULL &&
	    g_strcmp0(strrchr(whole, '@') + 1, domain) == 0 &&
	    hisho_freemail_has(domain, providers))
		return NULL;
	return g_steal_pointer(&key);
}

char *
hisho_sender_key(const HishoSenderClaims *claims, const HishoEdits *providers)
{
	char *key = dup_list_key(claims->list_id);

	if (key == NULL)
		key = dup_envelope_key(claims->envelope, providers);
	if (key == NULL)
		key = dup_address_key(claims->sender);
	return key != NULL ? key : dup_address_key(claims->from);
}
