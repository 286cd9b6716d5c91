/* action.h - what a person can say of a mail, by name */
#pragma once

#include "bin/ballot.h"

typedef struct {
	const char *name;
	BallotAction act;
	bool only_reads;    /* changes nothing */
	bool judges;	    /* says something of a mail: not of one's own */
	bool is_alone;	    /* makes the next mail look different */
	bool needs_route;   /* is about one receipt, not all of the mail */
	bool takes_link;    /* what --host or --url names will do, too */
	bool takes_address; /* or --address */
	bool takes_back;    /* knows --withdraw */
	bool takes_lists;   /* knows --lists */
	bool asks_trusted;  /* wants Ballot.trusted */
} Action;

/* The action called NAME; NULL if there is none. */
const Action *action_find(const char *name);

/* All names, for usage texts: "trust, distrust, ...". */
char *action_dup_names(void);
