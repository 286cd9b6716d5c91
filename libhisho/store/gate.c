#include "libhisho/store/gate.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "libhisho/base/error.h"

/* A stopped holder must not stop a delivery, and no lock call has a timeout:
 * so the lock is asked for again and again. */
#define POLL_US 20000

#define GATE_FILE "gate"

/* "clean" or "dirty", the boot, how many writers there were and when one last
 * recovered, as one figure: always this long, so that one pwrite() replaces it
 * whole. */
#define MARK_FORMAT "%s %-36.36s %020" G_GINT64_FORMAT "\n"
#define MARK_LENGTH 64
#define MARK_FIGURE 43
#define MARK_WRITER G_GINT64_CONSTANT(10000000000)
#define MARK_MOST_WRITERS 900000000

/* The bytes of the gate file that are locked.  Whoever waits to write holds
 * the turnstile, through which readers pass on their way to the room: so a
 * stream of readers cannot keep a writer out.  Readers who wait sit on the
 * bench, where a writer sees them before he goes in again. */
enum { ROOM, TURNSTILE, BENCH };

struct HishoGate {
	char *name; /* for messages */
	int fd;
	bool writing;
	bool made_now; /* nothing has ever been written behind it */
	char boot[40];
	gint64 recovered;
	gint64 writers;
};

static bool
fail(const HishoGate *gate, const char *reason, GError **error)
{
	g_set_error(error, HISHO_ERROR, HISHO_ERROR_TEMPORARY, "%s: %s",
	    gate->name, reason);
	return false;
}

static bool
lock(const HishoGate *gate, short type, off_t byte)
{
	struct flock range = {
		.l_type = type,
		.l_whence = SEEK_SET,
		.l_start = byte,
		.l_len = 1,
	};

	return fcntl(gate->fd, F_OFD_SETLK, &range) == 0;
}

/* Readers hold the turnstile only in passing, never while they wait. */
static bool
try_to_read(const HishoGate *gate)
{
	bool entered =
	    lock(gate, F_RDLCK, TURNSTILE) && lock(gate, F_RDLCK, ROOM);
	int reason = errno;

	lock(gate, F_UNLCK, TURNSTILE);
	errno = reason;
	return entered;
}

/* The turnstile, once taken, is kept to the end: freed earlier, the next
 * writer would take it, and a stream of writers keep all readers out. */
static bool
try_to_write(const HishoGate *gate)
{
	return lock(gate, F_WRLCK, TURNSTILE) && lock(gate, F_WRLCK, ROOM);
}

/* Whether a reader waits. */
static bool
is_bench_taken(const HishoGate *gate)
{
	struct flock range = { .l_type = F_WRLCK,
		.l_whence = SEEK_SET,
		.l_start = BENCH,
		.l_len = 1 };

	return fcntl(gate->fd, F_OFD_GETLK, &range) == 0 &&
	    range.l_type != F_UNLCK;
}

static bool
wait_for_room(const HishoGate *gate, gint64 deadline_us, GError **error)
{
	bool (*attempt)(const HishoGate *) =
	    gate->writing ? try_to_write : try_to_read;

	/* Once: whoever waits has tried again by then. */
	if (gate->writing && is_bench_taken(gate))
		g_usleep(POLL_US + POLL_US / 4);
	while (!attempt(gate)) {
		if (errno != EAGAIN && errno != EACCES && errno != EINTR)
			return fail(gate, g_strerror(errno), error);
		gint64 left = deadline_us - g_get_monotonic_time();
		if (left <= 0)
			return fail(
			    gate, "another process holds the lock", error);
		if (!gate->writing)
			lock(gate, F_RDLCK, BENCH);
		g_usleep(MIN(left, POLL_US));
	}
	lock(gate, F_UNLCK, BENCH);
	return true;
}

/* Without a readable boot id no mark ever counts as clean. */
static void
read_boot(HishoGate *gate)
{
	g_autofree char *text = NULL;

	if (g_file_get_contents(
		"/proc/sys/kernel/random/boot_id", &text, NULL, NULL))
		g_strlcpy(gate->boot, g_strstrip(text), sizeof gate->boot);
}

static char *
dup_mark(const HishoGate *gate, const char *word)
{
	return g_strdup_printf(MARK_FORMAT, word, gate->boot,
	    gate->writers * MARK_WRITER + gate->recovered);
}

static void
read_figure(HishoGate *gate, const char *text)
{
	gint64 figure = MAX(g_ascii_strtoll(text, NULL, 10), 0);

	gate->writers = figure / MARK_WRITER;
	gate->recovered = figure % MARK_WRITER;
}

HishoGate *
hisho_gate_enter(const HishoPlace *place, gint64 deadline_us, GError **error)
{
	bool writing = hisho_place_is_for_writing(place);
	int fd = hisho_place_open_file(
	    place, GATE_FILE, writing ? O_RDWR | O_CREAT : O_RDONLY, error);

	if (fd < 0)
		return NULL;
	g_autoptr(HishoGate) gate = g_new0(HishoGate, 1);
	gate->fd = fd;
	gate->writing = writing;
	gate->name = hisho_place_dup_path(place, GATE_FILE);
	if (!wait_for_room(gate, deadline_us, error))
		return NULL;
	char mark[MARK_LENGTH + 1] = "";
	read_boot(gate);
	ssize_t length = pread(fd, mark, MARK_LENGTH, 0);
	gate->made_now = length == 0;
	if (length == MARK_LENGTH)
		read_figure(gate, mark + MARK_FIGURE);
	return g_steal_pointer(&gate);
}

/* Unlocked by hand: a child that was forked meanwhile still has the open
 * file, and with it the lock. */
void
hisho_gate_leave(HishoGate *gate)
{
	if (gate == NULL)
		return;
	lock(gate, F_UNLCK, ROOM);
	lock(gate, F_UNLCK, TURNSTILE);
	lock(gate, F_UNLCK, BENCH);
	close(gate->fd);
	g_free(gate->name);
	g_free(gate);
}

bool
hisho_gate_is_clean(const HishoGate *gate)
{
	char mark[MARK_LENGTH + 1] = "";
	g_autofree char *clean = dup_mark(gate, "clean");

	return gate->boot[0] != '\0' &&
	    pread(gate->fd, mark, MARK_LENGTH, 0) == MARK_LENGTH &&
	    strcmp(mark, clean) == 0;
}

bool
hisho_gate_mark(HishoGate *gate, bool clean, GError **error)
{
	if (!clean)
		gate->writers = (gate->writers + 1) % MARK_MOST_WRITERS;
	g_autofree char *mark = dup_mark(gate, clean ? "clean" : "dirty");
	errno = ENOSPC; /* unless one of the calls knows better */
	if (pwrite(gate->fd, mark, MARK_LENGTH, 0) == MARK_LENGTH &&
	    fdatasync(gate->fd) == 0)
		return true;
	return fail(gate, g_strerror(errno), error);
}

void
hisho_gate_note_recovery(HishoGate *gate)
{
	if (!gate->made_now)
		gate->recovered = g_get_real_time() / G_USEC_PER_SEC;
}

gint64
hisho_gate_recovered(const HishoGate *gate)
{
	return gate->recovered;
}

gint64
hisho_gate_writers(const HishoGate *gate)
{
	return gate->writers;
}

void
hisho_gate_share(HishoGate *gate)
{
	lock(gate, F_RDLCK, ROOM);
	lock(gate, F_UNLCK, TURNSTILE);
}
