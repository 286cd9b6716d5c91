/* peer.h - the client of one hop, as the from clause describes it */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "libhisho/route/token.h"

/* Where a dialect puts the name it looked up, and no other mark tells. */
typedef enum {
	HISHO_PEER_CLAIMED,   /* "name ([ip])": what the client said */
	HISHO_PEER_BRACKETED, /* "name ([ip])" looked up, as Exim writes */
	HISHO_PEER_BARE,      /* "name (ip)" looked up, as qmail writes */
} HishoPeerDialect;

/* Each NULL when unknown; the holder frees them. */
typedef struct {
	char *ip;
	char *rdns;
	char *helo;
	bool authenticated; /* a login stands beside the address */
	bool local;	    /* a socket or a program of the same host */
} HishoPeer;

/* Reads TOKENS, those of a from clause, into PEER, which is overwritten. */
void hisho_peer_read(
    const GArray *tokens, HishoPeerDialect dialect, HishoPeer *peer);
