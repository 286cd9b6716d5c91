/* resolver.h - questions to the DNS, many at once, each asked once
 *
 * What was answered is kept as long as it holds, for all mails of a run. */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "libhisho/route/answer.h"

typedef struct HishoResolver HishoResolver;

/* Asks SERVERS (HishoEndpoint), or the system's if it is empty; port 53
 * if none is given.  Servers that are found silent are not waited for again
 * for half a minute.  TIMEOUT_MS, for one mail, is the caller's to keep.
 * Nothing is opened before the first question. */
HishoResolver *hisho_resolver_new(GArray *servers, guint timeout_ms);
void hisho_resolver_free(HishoResolver *resolver);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(HishoResolver, hisho_resolver_free)

/* A new mail: what has outlived its time is asked anew.  Where nothing was
 * heard for the last one, makes sure within a second that the server lives. */
void hisho_resolver_begin(HishoResolver *resolver);

/* Asks for the records of TYPE at NAME, unless that is known or being asked.
 * What is no host name is never sent, and does not exist. */
void hisho_resolver_ask(
    HishoResolver *resolver, const char *name, HishoDnsType type);

/* Waits for something new to be known until the monotonic time DEADLINE_US;
 * false when nothing more is to come, or nothing came in time. */
bool hisho_resolver_wait(HishoResolver *resolver, gint64 deadline_us);

/* Makes a temperror of all that is still being asked. */
void hisho_resolver_give_up(HishoResolver *resolver);

/* What is known, until the next hisho_resolver_begin(); NULL while nothing
 * is. */
const HishoAnswer *hisho_resolver_look(
    const HishoResolver *resolver, const char *name, HishoDnsType type);
