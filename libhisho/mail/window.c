#include "libhisho/mail/window.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "libhisho/base/error.h"

/* What is free before each read: as much as a pipe holds. */
#define CHUNK_BYTES ((size_t)64 << 10)

void
hisho_window_open_take_fd(HishoWindow *window, int fd)
{
	hisho_window_close(window);
	window->fd = fd;
}

void
hisho_window_close(HishoWindow *window)
{
	if (window->fd > STDERR_FILENO)
		close(window->fd);
	g_free(window->bytes);
	*window = (HishoWindow){ .fd = -1 };
}

/* Makes room for one more chunk.  What was passed by goes when it is half of
 * all, so that each byte is moved once on average. */
static void
make_room(HishoWindow *window)
{
	size_t length = window->end - window->start;

	if (window->start >= length) {
		if (length > 0)
			memmove(window->bytes, window->bytes + window->start,
			    length);
		window->start = 0;
		window->end = length;
	}
	if (window->room - window->end >= CHUNK_BYTES)
		return;
	window->room = MAX(2 * window->room, window->end + CHUNK_BYTES);
	window->bytes = g_realloc(window->bytes, window->room);
}

bool
hisho_window_seek(HishoWindow *window, guint64 offset, GError **error)
{
	if (lseek(window->fd, (off_t)offset, SEEK_SET) < 0) {
		g_set_error(error, HISHO_ERROR, HISHO_ERROR_TEMPORARY,
		    "cannot be read twice: %s", g_strerror(errno));
		return false;
	}
	/* All of the room is filled at once, for one mail. */
	if (window->room > 4 * CHUNK_BYTES) {
		g_clear_pointer(&window->bytes, g_free);
		window->room = 0;
	}
	window->start = window->end = 0;
	window->offset = offset;
	window->at_end = false;
	return true;
}

bool
hisho_window_read(HishoWindow *window, GError **error)
{
	ssize_t got;

	if (window->end - window->start > HISHO_WINDOW_BYTES) {
		g_set_error(error, HISHO_ERROR, HISHO_ERROR_INPUT,
		    "the mail at byte %" G_GUINT64_FORMAT
		    " is larger than %zu bytes",
		    window->offset, HISHO_WINDOW_BYTES);
		return false;
	}
	make_room(window);
	while ((got = read(window->fd, window->bytes + window->end,
		    window->room - window->end)) < 0) {
		struct pollfd wait = { .fd = window->fd, .events = POLLIN };
		if (errno == EAGAIN)
			poll(&wait, 1, -1);
		else if (errno != EINTR) {
			g_set_error(error, HISHO_ERROR, HISHO_ERROR_TEMPORARY,
			    "cannot read: %s", g_strerror(errno));
			return false;
		}
	}
	window->end += (size_t)got;
	window->at_end = got == 0;
	return true;
}

GBytes *
hisho_window_pass(HishoWindow *window, size_t length)
{
	GBytes *bytes = g_bytes_new(window->bytes + window->start, length);

	window->start += length;
	window->offset += length;
	return bytes;
}

const char *
hisho_window_data(const HishoWindow *window, size_t *length)
{
	*length = window->end - window->start;
	return window->bytes + window->start;
}

GBytes *
hisho_window_steal(HishoWindow *window)
{
	size_t length = window->end - window->start;

	if (window->start > 0)
		return hisho_window_pass(window, length);
	window->start = window->end = window->room = 0;
	window->offset += length;
	return g_bytes_new_take(g_steal_pointer(&window->bytes), length);
}
