/* import.h - votes and lists of other hosts, joined with ours */
#pragma once

#include "libhisho/store/database.h"
#include "libhisho/store/foreign.h"

/* Joins FOREIGN with what is in DATABASE, whose time must be set: whatever
 * records come, in any order and again and again, hosts that have seen the
 * same ones agree. */
HishoChange hisho_import(
    HishoDatabase *database, const HishoForeign *foreign, GError **error);
