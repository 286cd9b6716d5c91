#include "libhisho/route/resolver.h"

#include <ares.h>
#include <arpa/nameser.h>
#include <poll.h>
#include <string.h>
#include <sys/time.h>

#include "libhisho/base/network.h"

/* dnsmasq drops datagrams when 200 are on their way. */
#define IN_FLIGHT_MAX 100
/* The names of some hundred mails; then the cache begins anew. */
#define ENTRIES_MAX 4096
/* How long a dead server is believed dead. */
#define SILENCE_US (30 * G_USEC_PER_SEC)
/* A lost datagram is sent again soon, so that there is time for the answer;
 * c-ares doubles the pause each time. */
#define FIRST_RETRY_MS 400
#define TRIES 3

typedef struct {
	HishoResolver *resolver;
	char *name;
	HishoDnsType type;
	HishoAnswer *answer; /* NULL while it is awaited */
	gint64 expires_us;
	guint turn; /* the mail at which it was answered or is asked */
} Entry;

struct HishoResolver {
	GArray *servers;
	guint timeout_ms;
	ares_channel channel; /* NULL before the first question */
	GHashTable *entries;  /* Entry, by type and name */
	GQueue waiting;	      /* Entry, for others to be answered first */
	GArray *polls;	      /* struct pollfd, as c-ares wants them */
	guint n_in_flight;
	guint n_known; /* how much became known so far */
	guint n_told;  /* how much of it hisho_resolver_wait() told */
	guint n_heard; /* datagrams of this turn, whatever they said */
	guint turn;
	gint64 silent_until_us;
};

static void
entry_free(void *data)
{
	Entry *entry = data;

	g_free(entry->name);
	hisho_answer_free(entry->answer);
	g_free(entry);
}

HishoResolver *
hisho_resolver_new(const GArray *servers, guint timeout_ms)
{
	HishoResolver *resolver = g_new0(HishoResolver, 1);

	resolver->servers = g_array_new(FALSE, FALSE, sizeof(HishoEndpoint));
	if (servers != NULL)
		g_array_append_vals(
		    resolver->servers, servers->data, servers->len);
	resolver->timeout_ms = timeout_ms;
	resolver->entries =
	    g_hash_table_new_full(g_str_hash, g_str_equal, g_free, entry_free);
	g_queue_init(&resolver->waiting);
	resolver->polls = g_array_new(FALSE, FALSE, sizeof(struct pollfd));
	return resolver;
}

void
hisho_resolver_free(HishoResolver *resolver)
{
	if (resolver == NULL)
		return;
	g_queue_clear(&resolver->waiting);
	if (resolver->channel != NULL)
		ares_destroy(resolver->channel);
	g_hash_table_unref(resolver->entries);
	g_array_unref(resolver->servers);
	g_array_unref(resolver->polls);
	g_free(resolver);
}

/* Takes ANSWER. */
static void
settle_take(Entry *entry, HishoAnswer *answer)
{
	entry->answer = answer;
	entry->expires_us =
	    g_get_monotonic_time() + answer->ttl_s * G_USEC_PER_SEC;
	entry->resolver->n_known++;
}

static void
settle(Entry *entry, HishoAnswerKind kind)
{
	settle_take(entry, hisho_answer_new(kind));
}

/* Called by c-ares, at times before ares_query() has returned. */
static void
take_answer(void *context, int status G_GNUC_UNUSED, int timeouts G_GNUC_UNUSED,
    unsigned char *bytes, int length)
{
	Entry *entry = context;

	entry->resolver->n_in_flight--;
	if (bytes == NULL || length < 0) {
		settle(entry, HISHO_ANSWER_TEMPERROR);
		return;
	}
	const HishoReply reply = { entry->name, entry->type, bytes,
		(size_t)length };
	entry->resolver->n_heard++;
	settle_take(entry, hisho_answer_read(&reply));
}

/* Called by c-ares when it opens or closes a socket, or waits for another
 * event.  Descriptors beyond 1023 would break ares_fds(). */
static void
note_socket(void *context, ares_socket_t fd, int is_read, int is_write)
{
	HishoResolver *resolver = context;
	struct pollfd new = { fd, 0, 0 };

	new.events = (short)((is_read ? POLLIN : 0) | (is_write ? POLLOUT : 0));
	for (guint i = 0; i < resolver->polls->len; i++)
		if (g_array_index(resolver->polls, struct pollfd, i).fd == fd) {
			g_array_remove_index_fast(resolver->polls, i);
			break;
		}
	if (new.events != 0)
		g_array_append_val(resolver->polls, new);
}

static int
set_servers(HishoResolver *resolver)
{
	guint n = resolver->servers->len;
	g_autofree struct ares_addr_port_node *nodes =
	    g_new0(struct ares_addr_port_node, n + 1);

	for (guint i = 0; i < n; i++) {
		const HishoEndpoint *server =
		    &g_array_index(resolver->servers, HishoEndpoint, i);
		const guint8 *bytes = server->ip.bytes;
		nodes[i].udp_port = nodes[i].tcp_port = server->port;
		nodes[i].next = i + 1 < n ? &nodes[i + 1] : NULL;
		if (hisho_network_ip_is_v4(&server->ip)) {
			nodes[i].family = AF_INET;
			memcpy(&nodes[i].addr.addr4, bytes + 12, 4);
		} else {
			nodes[i].family = AF_INET6;
			memcpy(&nodes[i].addr.addr6, bytes, 16);
		}
	}
	return n == 0 ? ARES_SUCCESS
		      : ares_set_servers_ports(resolver->channel, nodes);
}

/* Sockets are not kept open between mails: c-ares 1.18 does not see before
 * the next question that a server has closed one, and then gives that up. */
static bool
open_channel(HishoResolver *resolver)
{
	struct ares_options options = {
		.flags = ARES_FLAG_NOSEARCH | ARES_FLAG_NOALIASES,
		.timeout = (int)MIN(FIRST_RETRY_MS, resolver->timeout_ms),
		.tries = TRIES,
		.sock_state_cb = note_socket,
		.sock_state_cb_data = resolver,
	};

	if (resolver->channel != NULL)
		return true;
	if (ares_library_init(ARES_LIB_INIT_ALL) != ARES_SUCCESS ||
	    ares_init_options(&resolver->channel, &options,
		ARES_OPT_FLAGS | ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES |
		    ARES_OPT_SOCK_STATE_CB | ARES_OPT_NOROTATE) != ARES_SUCCESS)
		return false;
	if (set_servers(resolver) == ARES_SUCCESS)
		return true;
	g_clear_pointer(&resolver->channel, ares_destroy);
	return false;
}

static void
send_waiting(HishoResolver *resolver)
{
	while (resolver->n_in_flight < IN_FLIGHT_MAX) {
		Entry *entry = g_queue_pop_head(&resolver->waiting);
		if (entry == NULL)
			return;
		resolver->n_in_flight++;
		ares_query(resolver->channel, entry->name, ns_c_in,
		    (int)entry->type, take_answer, entry);
	}
}

static char *
dup_key(const char *name, HishoDnsType type)
{
	g_autofree char *key = g_strdup_printf("%d %s", (int)type, name);

	return g_ascii_strdown(key, -1);
}

static gboolean
is_settled(gpointer key G_GNUC_UNUSED, gpointer value,
    gpointer user_data G_GNUC_UNUSED)
{
	return ((const Entry *)value)->answer != NULL;
}

void
hisho_resolver_begin(HishoResolver *resolver)
{
	resolver->turn++;
	resolver->n_heard = 0;
	if (g_hash_table_size(resolver->entries) > ENTRIES_MAX)
		g_hash_table_foreach_remove(
		    resolver->entries, is_settled, NULL);
}

/* Within one mail what was once answered stays, be its time ever so short. */
static bool
is_known(const HishoResolver *resolver, const Entry *entry)
{
	return entry != NULL &&
	    (entry->answer == NULL || entry->turn == resolver->turn ||
		g_get_monotonic_time() < entry->expires_us);
}

void
hisho_resolver_ask(HishoResolver *resolver, const char *name, HishoDnsType type)
{
	g_autofree char *key = dup_key(name, type);
	Entry *entry = g_hash_table_lookup(resolver->entries, key);

	if (is_known(resolver, entry)) {
		entry->turn = resolver->turn;
		return;
	}
	entry = g_new0(Entry, 1);
	entry->resolver = resolver;
	entry->name = g_ascii_strdown(name, -1);
	entry->type = type;
	entry->turn = resolver->turn;
	g_hash_table_replace(resolver->entries, g_steal_pointer(&key), entry);
	if (!hisho_dns_is_host_name(name))
		settle(entry, HISHO_ANSWER_NO_NAME);
	else if (g_get_monotonic_time() < resolver->silent_until_us ||
	    !open_channel(resolver))
		settle(entry, HISHO_ANSWER_TEMPERROR);
	else
		g_queue_push_tail(&resolver->waiting, entry);
}

/* How long c-ares may be left alone, at most LEFT_US. */
static int
pause_ms(HishoResolver *resolver, gint64 left_us)
{
	struct timeval most = { left_us / G_USEC_PER_SEC,
		left_us % G_USEC_PER_SEC };
	struct timeval pause;
	const struct timeval *chosen =
	    ares_timeout(resolver->channel, &most, &pause);

	return (int)(chosen->tv_sec * 1000 + (chosen->tv_usec + 999) / 1000);
}

/* Lets c-ares see to one socket that is ready, or to its timeouts. */
static void
process(HishoResolver *resolver, int timeout_ms)
{
	/* A copy: c-ares closes sockets as it goes. */
	g_autoptr(GArray) polls = g_array_copy(resolver->polls);
	struct pollfd *at = (struct pollfd *)(void *)polls->data;

	if (poll(at, polls->len, timeout_ms) <= 0) {
		ares_process_fd(
		    resolver->channel, ARES_SOCKET_BAD, ARES_SOCKET_BAD);
		return;
	}
	for (guint i = 0; i < polls->len; i++, at++) {
		bool is_writable = (at->revents & POLLOUT) != 0;
		bool is_readable = (at->revents & ~POLLOUT) != 0;
		if (at->revents != 0)
			ares_process_fd(resolver->channel,
			    is_readable ? at->fd : ARES_SOCKET_BAD,
			    is_writable ? at->fd : ARES_SOCKET_BAD);
	}
}

bool
hisho_resolver_wait(HishoResolver *resolver, gint64 deadline_us)
{
	send_waiting(resolver);
	while (resolver->n_known == resolver->n_told &&
	    resolver->n_in_flight > 0) {
		gint64 left_us = deadline_us - g_get_monotonic_time();
		if (left_us <= 0)
			return false;
		process(resolver, pause_ms(resolver, left_us));
		send_waiting(resolver);
	}
	bool is_new = resolver->n_known != resolver->n_told;
	resolver->n_told = resolver->n_known;
	return is_new;
}

void
hisho_resolver_give_up(HishoResolver *resolver)
{
	Entry *entry;

	if (resolver->n_in_flight > 0 && resolver->n_heard == 0)
		resolver->silent_until_us = g_get_monotonic_time() + SILENCE_US;
	while ((entry = g_queue_pop_head(&resolver->waiting)) != NULL)
		settle(entry, HISHO_ANSWER_TEMPERROR);
	if (resolver->n_in_flight > 0)
		ares_cancel(resolver->channel);
}

const HishoAnswer *
hisho_resolver_look(
    const HishoResolver *resolver, const char *name, HishoDnsType type)
{
	g_autofree char *key = dup_key(name, type);
	const Entry *entry = g_hash_table_lookup(resolver->entries, key);

	return entry != NULL ? entry->answer : NULL;
}
