/* provider.h - hosted mailboxes and how they look from inside */
#pragma once

#include <stdbool.h>

#include "libhisho/route/received.h"

typedef struct HishoProvider HishoProvider;

/* The provider one of whose servers wrote HOP, or NULL.  Its answer counts
 * only where the provider is the mailbox: anybody can write such a name. */
const HishoProvider *hisho_provider_of(const HishoHop *hop);

/* "microsoft-365". */
const char *hisho_provider_name(const HishoProvider *provider);

/* Whether HOP, which PROVIDER wrote, came from another of its own servers.
 * Where it hands over from one customer to another it did not. */
bool hisho_provider_is_inside(
    const HishoProvider *provider, const HishoHop *hop);
