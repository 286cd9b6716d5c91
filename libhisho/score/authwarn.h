/* authwarn.h - what our own server found out against From
 *
 * Most failures say nothing: forwarders break SPF, lists break DKIM, and
 * many domains publish a policy of none, to look on.  A sender is called
 * forged only where the domain itself says so and nothing explains it. */
#pragma once

#include "libhisho/score/warning.h"

/* Adds to WARNINGS that the From of ABOUT is not authentic, where it was
 * tested at the boundary.  Not where the route is proven. */
void hisho_authwarn_find(const HishoWarningCase *about, GPtrArray *warnings);
