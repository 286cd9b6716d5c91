/* folder.h - main, gray or spam, and why */
#pragma once

#include <stdbool.h>

/* What the lists say of this mail. */
typedef struct {
	bool is_permitted;  /* its From is on my list */
	bool is_proven;	    /* ... and came by a route proven for it, or none */
	bool is_blocked;    /* its sender is on my block list */
	bool is_reported;   /* it leads to a reported link */
	bool is_safe;	    /* a safe rule other than the permit holds */
	bool strict_permit; /* a permit counts on proven routes only */
} HishoFolderCase;

typedef struct {
	const char *folder; /* main gray spam */
	const char *reason; /* permitted blocked-sender reported-link safe-rule
			     * permit-unproven unknown */
} HishoFolder;

/* The first that holds: permitted From, blocked sender or reported link,
 * another safe rule; else gray. */
HishoFolder hisho_folder_choose(const HishoFolderCase *about);
