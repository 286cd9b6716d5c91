/* circle.h - whom the user knows, for a whole run */
#pragma once

#include "bin/tool.h"
#include "libhisho/links/known.h"

typedef struct Circle Circle;

/* The brands, and who is protected by TOOL's configuration; TOOL must live
 * longer. */
Circle *circle_new(const Tool *tool);
void circle_free(Circle *circle);

/* Adds those whom the user knows by his mail, once; waits at most WAIT_MS for
 * the database.  Without it they stay unknown until it can be read. */
void circle_ask(Circle *circle, int wait_ms);

/* All that are known so far. */
const HishoKnown *circle_known(Circle *circle);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Circle, circle_free)
