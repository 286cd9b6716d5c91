/* boundary.h - which hop's client spoke to our own servers
 *
 * Only that host is certain: it could not choose what our server wrote
 * about it.  Everything below is its claim. */
#pragma once

#include <glib.h>

#include "libhisho/route/received.h"

/* What is known beside the header; zeros and NULLs when nothing is. */
typedef struct {
	/* What the MTA knows of its client; stands above the header. */
	const char *client_ip;
	const char *client_name;
	const char *helo;
	guint hop; /* the boundary by hand, 1 is the topmost */
	/* Our own servers: HishoNetwork, and names as in "by"; a name counts
	 * when the receiving server looked it up, so networks are safer. */
	const GArray *networks;
	const char *const *hosts;
	/* Our servers stand behind NAT or a balancer: a private address may
	 * be anybody's, so it is not passed over. */
	bool clients_hidden;
} HishoBoundaryOptions;

typedef struct {
	guint hop;	 /* 1 is the topmost; 0 for none */
	guint n_trusted; /* from the top, written by our own servers */
	/* Of static storage: by-hand, client-ip, configured, the name of a
	 * provider, first-public; without a host: local (no hop from
	 * elsewhere), unreadable (our own server did not say from where),
	 * hidden (it saw a private address that may be anybody's). */
	const char *why;
	/* high; medium where only addresses tell; low where in addition a
	 * private client was passed over whom nobody below names.  NULL
	 * without a host. */
	const char *confidence;
} HishoBoundary;

/* The boundary among HOPS (HishoHop, topmost first).  The order is that of
 * OPTIONS, then configured networks and hosts, the profile of the provider
 * where the mailbox is, then the topmost hop with a public client; fetched
 * mail, LMTP, queues and private clients are passed over.  With "client-ip"
 * the host is OPTIONS' and hop says which field tells of it, if one does.
 * A hop that names no client ends the search: looking below it would be
 * believing the sender. */
HishoBoundary hisho_boundary_find(
    const GPtrArray *hops, const HishoBoundaryOptions *options);
