/* circle.h - whom the user knows, for a whole run */
#pragma once

#include "bin/tool.h"
#include "libhisho/links/known.h"
#include "libhisho/store/database.h"

typedef struct Circle Circle;

/* The brands, and who is protected by TOOL's configuration; TOOL must live
 * longer. */
Circle *circle_new(const Tool *tool);
void circle_free(Circle *circle);

/* Adds those whom the user knows by his mail, once; waits at most WAIT_MS for
 * the database.  Without it they stay unknown until it can be read. */
void circle_ask(Circle *circle, int wait_ms);

/* The same of DATABASE, which is open already. */
void circle_ask_in(Circle *circle, HishoDatabase *database);

/* A mail or a vote made the user know DOMAIN, as BEFORE, as NOW; whom he knows
 * less well now is forgotten, and with him all until they are asked for. */
void circle_learn(Circle *circle, const char *domain, HishoKnownRank before,
    HishoKnownRank now);

/* All that are known so far. */
const HishoKnown *circle_known(Circle *circle);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Circle, circle_free)
