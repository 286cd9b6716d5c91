/* records.h - the ledger of some hundred users, made up
 *
 * Every record follows from its user and its number, so that nothing has to
 * be remembered of a ledger of any size.  How often senders and hosts come
 * again goes by Zipf's law; fields are as long as in real mail. */
#pragma once

#include <string.h>

#include "libhisho/store/receipt.h"

enum { USERS = 300 };

/* What is worst for a reader: a From by so many hosts, and a host that sends
 * for so many organisations.  Both belong to the first user, who gets them
 * besides his share. */
enum { FLOOD = 10000 };
#define FLOODED_FROM "everybody@flood.example"
#define FLOODED_HOST "203.0.113.1"

#define FIRST_TIME G_GINT64_CONSTANT(1700000000)

typedef struct {
	guint64 records; /* without the floods */
} Population;

static inline guint64
records_of_one(const Population *all)
{
	return all->records / USERS;
}

/* The next figure of DICE that is below N. */
static inline guint64
roll(guint64 *dice, guint64 n)
{
	guint64 x = *dice += G_GUINT64_CONSTANT(0x9E3779B97F4A7C15);

	x = (x ^ x >> 30) * G_GUINT64_CONSTANT(0xBF58476D1CE4E5B9);
	x = (x ^ x >> 27) * G_GUINT64_CONSTANT(0x94D049BB133111EB);
	return (x ^ x >> 31) % n;
}

/* Each octave of ranks is as likely as any other. */
static inline guint64
roll_zipf(guint64 *dice, guint64 n)
{
	guint64 octave = G_GUINT64_CONSTANT(1)
	    << roll(dice, g_bit_storage((gulong)n));

	return (octave + roll(dice, octave) - 1) % n;
}

static inline char *
dup_domain(guint64 number)
{
	return g_strdup_printf("shop%05" G_GUINT64_FORMAT ".jp", number);
}

static inline char *
dup_host(guint64 number)
{
	guint64 dice = number;

	return g_strdup_printf("%u.%u.%u.%u", 1 + (guint)roll(&dice, 190),
	    (guint)roll(&dice, 256), (guint)roll(&dice, 256),
	    (guint)roll(&dice, 256));
}

/* One of its sender's own two, one of a provider's two hundred, or any. */
static inline char *
roll_host(const Population *all, guint64 sender, guint64 *dice)
{
	if (roll(dice, 10) == 0)
		return dup_host(roll(dice, all->records));
	return dup_host(sender % 3 == 0
		? roll_zipf(dice, 200)
		: 1000000000 + 2 * sender + roll(dice, 2));
}

static inline void
set_host(HishoReceipt *receipt, char *take_host, const char *organization)
{
	const char *last = strrchr(take_host, '.');

	receipt->host = take_host;
	receipt->host_net =
	    g_strdup_printf("%.*s.0/24", (int)(last - take_host), take_host);
	receipt->helo = g_strdup_printf("mx12.out.%s", organization);
	receipt->rdns = g_strdup(receipt->helo);
	receipt->host_organization = g_strdup(organization);
}

static inline void
set_from(HishoReceipt *receipt, guint64 sender)
{
	receipt->from_domain = dup_domain(sender / 3);
	receipt->from_organization = g_strdup(receipt->from_domain);
	receipt->from = g_strdup_printf(
	    "name.%05" G_GUINT64_FORMAT "@%s", sender, receipt->from_domain);
}

static inline void
set_sender(HishoReceipt *receipt, bool is_from)
{
	receipt->sender = is_from
	    ? g_strdup(receipt->from)
	    : g_strconcat("bounces@mail.", receipt->from_domain, NULL);
	receipt->sender_domain = g_strdup(strchr(receipt->sender, '@') + 1);
}

static inline void
set_dns(HishoReceipt *receipt)
{
	receipt->forward = g_strdup("pass");
	receipt->reverse = g_strdup("pass");
	receipt->ptr = g_strdup(receipt->rdns);
	receipt->from_mail = g_strdup("pass");
	receipt->reply_mail = g_strdup("not-checked");
	receipt->envelope_mail = g_strdup("pass");
	receipt->asn = g_strdup("64500");
	receipt->country = g_strdup("JP");
	receipt->measured = receipt->received;
}

static inline void
set_vote(HishoReceipt *receipt, guint64 *dice)
{
	static const char *const votes[] = { "trust", "trust", "distrust",
		"receive", "delete" };

	receipt->vote = g_strdup(votes[roll(dice, G_N_ELEMENTS(votes))]);
	receipt->voted = receipt->received + 3600;
}

static inline char *
dup_user(guint user)
{
	return g_strdup_printf("uid:%u", 1000 + user);
}

/* All but the route. */
static inline void
set_mail(HishoReceipt *receipt, guint user, guint64 number)
{
	g_autofree char *text =
	    g_strdup_printf("%u %" G_GUINT64_FORMAT, user, number);

	receipt->user = dup_user(user);
	receipt->digest =
	    g_compute_checksum_for_string(G_CHECKSUM_SHA256, text, -1);
	receipt->received = FIRST_TIME + (gint64)(number % 1000000) * 60;
}

/* Record NUMBER of USER; those behind the last are of mail not there yet. */
static inline HishoReceipt *
new_record(const Population *all, guint user, guint64 number)
{
	HishoReceipt *receipt = hisho_receipt_new();
	guint64 dice = user * G_GUINT64_CONSTANT(1000000007) + number;
	guint64 sender = roll_zipf(&dice, MAX(1000, all->records / 20));

	set_mail(receipt, user, number);
	set_from(receipt, sender);
	set_host(receipt, roll_host(all, sender, &dice), receipt->from_domain);
	set_sender(receipt, roll(&dice, 5) < 3);
	set_dns(receipt);
	for (guint64 n = roll(&dice, 5); n > 0; n--)
		g_ptr_array_add(receipt->links,
		    g_strconcat("www.", receipt->from_domain, NULL));
	if (roll(&dice, 5) > 0)
		receipt->tls = g_strdup("TLSv1.3");
	if (roll(&dice, 20) == 0)
		set_vote(receipt, &dice);
	return receipt;
}

/* Mail NUMBER of the flooded From, or by the flooded host. */
static inline HishoReceipt *
new_flood(bool by_host, guint64 number)
{
	HishoReceipt *receipt = hisho_receipt_new();

	set_mail(receipt, 0, number + (by_host ? 2 : 1) * 1000000000000);
	if (by_host) {
		set_from(receipt, 3 * (1000000 + number));
		set_host(receipt, g_strdup(FLOODED_HOST), "pool.example");
	} else {
		receipt->from = g_strdup(FLOODED_FROM);
		receipt->from_domain = g_strdup("flood.example");
		receipt->from_organization = g_strdup("flood.example");
		set_host(receipt, dup_host(2000000000 + number), "any.example");
	}
	set_sender(receipt, true);
	return receipt;
}
