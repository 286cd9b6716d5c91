#include "libhisho/route/resolver.h"

#include <ares.h>
#include <arpa/nameser.h>
#include <poll.h>
#include <string.h>
#include <sys/time.h>

#include "libhisho/base/network.h"
#include "libhisho/route/questions.h"

/* dnsmasq drops datagrams when 200 are on their way. */
#define IN_FLIGHT_MAX 100
/* How long a dead server is believed dead, and how long one that lives may
 * take to say what everybody asks: two tries. */
#define SILENCE_US (30 * G_USEC_PER_SEC)
#define PROBE_US G_USEC_PER_SEC
/* A lost datagram is sent again soon, so that there is time for the answer;
 * c-ares doubles the pause each time. */
#define FIRST_RETRY_MS 400
#define TRIES 3

struct HishoResolver {
	GArray *servers;
	guint timeout_ms;
	ares_channel channel; /* NULL before the first question */
	HishoQuestions *questions;
	GQueue waiting; /* HishoQuestion, for others to be answered first */
	GArray *polls;	/* struct pollfd, as c-ares wants them */
	guint n_in_flight;
	guint n_told;	  /* how much hisho_resolver_wait() said is known */
	guint n_heard;	  /* answers for this mail, whatever they said */
	bool is_in_doubt; /* nothing was heard for the mail before */
	gint64 silent_until_us;
};

HishoResolver *
hisho_resolver_new(GArray *servers, guint timeout_ms)
{
	HishoResolver *resolver = g_new0(HishoResolver, 1);

	resolver->servers = g_array_copy(servers);
	resolver->timeout_ms = timeout_ms;
	resolver->questions = hisho_questions_new(resolver);
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
	hisho_questions_free(resolver->questions);
	g_array_unref(resolver->servers);
	g_array_unref(resolver->polls);
	g_free(resolver);
}

static void
settle(HishoQuestion *question, HishoAnswerKind kind)
{
	hisho_question_settle_take(question, hisho_answer_new(kind));
}

static bool
is_heard(int status)
{
	return status != ARES_ETIMEOUT && status != ARES_ECANCELLED &&
	    status != ARES_EDESTRUCTION;
}

/* Called by c-ares, at times before ares_query() has returned. */
static void
take_answer(void *context, int status, int timeouts G_GNUC_UNUSED,
    unsigned char *bytes, int length)
{
	HishoQuestion *question = context;
	HishoResolver *resolver = question->context;
	const HishoReply reply = { question->name, question->type, bytes,
		(size_t)MAX(length, 0) };

	resolver->n_in_flight--;
	resolver->n_heard += is_heard(status);
	/* c-ares tries TCP once, and no longer than a datagram. */
	if (status == ARES_ETIMEOUT) {
		g_queue_push_tail(&resolver->waiting, question);
		return;
	}
	hisho_question_settle_take(question,
	    bytes != NULL ? hisho_answer_read(&reply)
			  : hisho_answer_new(HISHO_ANSWER_TEMPERROR));
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
		bool is_v4 = hisho_network_ip_is_v4(&server->ip);
		nodes[i].next = i + 1 < n ? &nodes[i + 1] : NULL;
		nodes[i].family = is_v4 ? AF_INET : AF_INET6;
		nodes[i].udp_port = nodes[i].tcp_port = server->port;
		memcpy(&nodes[i].addr, server->ip.bytes + (is_v4 ? 12 : 0),
		    is_v4 ? 4 : 16);
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
		HishoQuestion *question = g_queue_pop_head(&resolver->waiting);
		if (question == NULL)
			return;
		resolver->n_in_flight++;
		ares_query(resolver->channel, question->name, ns_c_in,
		    (int)question->type, take_answer, question);
	}
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

/* Lets c-ares see to what comes until DEADLINE_US, or to its timeouts. */
static void
process(HishoResolver *resolver, gint64 deadline_us)
{
	gint64 left_us = MAX(deadline_us - g_get_monotonic_time(), 0);
	/* A copy: c-ares closes sockets as it goes. */
	g_autoptr(GArray) polls = g_array_copy(resolver->polls);
	struct pollfd *at = (struct pollfd *)(void *)polls->data;

	if (poll(at, polls->len, pause_ms(resolver, left_us)) <= 0) {
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

static void
take_probe(void *context, int status, int timeouts G_GNUC_UNUSED,
    unsigned char *bytes G_GNUC_UNUSED, int length G_GNUC_UNUSED)
{
	HishoResolver *resolver = context;

	resolver->n_in_flight--;
	resolver->n_heard += is_heard(status);
}

/* Whether nothing was heard because of the mail, of which all names may be of
 * one who does not answer, or because of the server: any has the root. */
static void
probe(HishoResolver *resolver)
{
	gint64 now_us = g_get_monotonic_time();

	resolver->is_in_doubt = false;
	resolver->n_heard = 0;
	resolver->n_in_flight++;
	ares_query(
	    resolver->channel, ".", ns_c_in, ns_t_ns, take_probe, resolver);
	while (resolver->n_in_flight > 0 &&
	    g_get_monotonic_time() < now_us + PROBE_US)
		process(resolver, now_us + PROBE_US);
	if (resolver->n_heard > 0)
		return;
	resolver->silent_until_us = now_us + SILENCE_US;
	ares_cancel(resolver->channel);
}

void
hisho_resolver_begin(HishoResolver *resolver)
{
	if (resolver->is_in_doubt)
		probe(resolver);
	resolver->n_heard = 0;
	hisho_questions_begin(resolver->questions);
}

void
hisho_resolver_ask(HishoResolver *resolver, const char *name, HishoDnsType type)
{
	HishoQuestion *question =
	    hisho_questions_add(resolver->questions, name, type);

	if (question == NULL)
		return;
	if (!hisho_dns_is_host_name(name))
		settle(question, HISHO_ANSWER_NO_NAME);
	else if (g_get_monotonic_time() < resolver->silent_until_us ||
	    !open_channel(resolver))
		settle(question, HISHO_ANSWER_TEMPERROR);
	else
		g_queue_push_tail(&resolver->waiting, question);
}

bool
hisho_resolver_wait(HishoResolver *resolver, gint64 deadline_us)
{
	guint n_told = resolver->n_told;

	send_waiting(resolver);
	while (hisho_questions_n_settled(resolver->questions) == n_told &&
	    resolver->n_in_flight > 0 && g_get_monotonic_time() < deadline_us) {
		process(resolver, deadline_us);
		send_waiting(resolver);
	}
	resolver->n_told = hisho_questions_n_settled(resolver->questions);
	return resolver->n_told != n_told;
}

void
hisho_resolver_give_up(HishoResolver *resolver)
{
	HishoQuestion *question;

	resolver->is_in_doubt =
	    resolver->n_in_flight > 0 && resolver->n_heard == 0;
	while ((question = g_queue_pop_head(&resolver->waiting)) != NULL)
		settle(question, HISHO_ANSWER_TEMPERROR);
	if (resolver->n_in_flight > 0)
		ares_cancel(resolver->channel);
}

const HishoAnswer *
hisho_resolver_look(
    const HishoResolver *resolver, const char *name, HishoDnsType type)
{
	return hisho_questions_look(resolver->questions, name, type);
}
