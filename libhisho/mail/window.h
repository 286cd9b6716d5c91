/* window.h - the part of a file that is in memory, moved along as it is read */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

/* Bytes START to END of BYTES; none is open when FD is negative. */
typedef struct {
	int fd;
	char *bytes;
	size_t start, end, room;
	guint64 offset; /* of START in the file */
	bool at_end;	/* END is the end of the file */
} HishoWindow;

/* The most that a window holds. */
#define HISHO_WINDOW_BYTES ((size_t)1 << 30)

/* Begins to read FD, which becomes WINDOW's; 0 to 2 are never closed. */
void hisho_window_open_take_fd(HishoWindow *window, int fd);
void hisho_window_close(HishoWindow *window);

/* Goes on at OFFSET of the file with an empty window; HISHO_ERROR_TEMPORARY
 * for what is no file. */
bool hisho_window_seek(HishoWindow *window, guint64 offset, GError **error);

/* Reads one more chunk, or finds the end.  HISHO_ERROR_TEMPORARY when reading
 * fails, HISHO_ERROR_INPUT when the window is full. */
bool hisho_window_read(HishoWindow *window, GError **error);

/* The LENGTH bytes in the window; valid until the next call. */
const char *hisho_window_data(const HishoWindow *window, size_t *length);

/* The next LENGTH bytes of them, which are then passed by. */
GBytes *hisho_window_pass(HishoWindow *window, size_t length);

/* All bytes in the window, without copying. */
GBytes *hisho_window_steal(HishoWindow *window);
