/* service.h - those whose hosts serve other organisations */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* Whether HOST is one that mail services or filters lead clicks through, so
 * that it may differ from what a link reads. */
bool hisho_service_is_tracker(const char *host);

/* Whether names below HOST's organisation are given by its customers, or
 * those of their domains: networks, help desks, mail services. */
bool hisho_service_carries_names(const char *host);
