/* line.h - the line from a cell to a worker: mails down, answers up */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* Stands before every mail and every answer, in the order of the host. */
typedef struct {
	guint32 magic;
	guint32 number; /* of the mail; of a greeting: the sandbox's walls */
	guint64 length; /* of the bytes that follow; of a greeting: 0 */
} HishoFrame;

#define HISHO_FRAME_MAIL 0x4d534948	/* HISM */
#define HISHO_FRAME_ANSWER 0x41534948	/* HISA */
#define HISHO_FRAME_GREETING 0x47534948 /* HISG */

/* The cell's end of the line. */
typedef struct HishoLine HishoLine;

typedef enum {
	HISHO_LINE_OPEN,   /* no answer yet */
	HISHO_LINE_ANSWER, /* to be had by hisho_line_take_answer() */
	HISHO_LINE_BROKEN, /* the other end has hung up */
	HISHO_LINE_FAULT,  /* it sent what it should not */
} HishoLineEvent;

/* A line over the socket FD, which becomes the line's, for answers of at most
 * ANSWER_BYTES.  Its calls never wait. */
HishoLine *hisho_line_new_take_fd(int fd, size_t answer_bytes);
void hisho_line_free(HishoLine *line);

int hisho_line_fd(const HishoLine *line);

/* MAIL goes down after those before it; its answer is expected after theirs. */
void hisho_line_put(HishoLine *line, GBytes *mail, guint32 number);
/* True while a mail is not wholly sent and there may be somebody to read it. */
bool hisho_line_is_sending(const HishoLine *line);

/* True when something has come since the last answer, be it the end. */
bool hisho_line_is_ready(const HishoLine *line);

/* Moves what the socket takes.  That the other end has hung up is learned when
 * all it said before has been received. */
void hisho_line_send(HishoLine *line);

/* Moves at most 64 kB of what the socket holds, and says where that leads. */
HishoLineEvent hisho_line_receive(HishoLine *line);
/* Where what was received leads, after an answer was taken. */
HishoLineEvent hisho_line_examine(HishoLine *line);

/* The walls of the greeting; 0 before it came. */
unsigned hisho_line_walls(const HishoLine *line);

/* The answer that is complete: to the oldest mail, which leaves the line. */
GBytes *hisho_line_take_answer(HishoLine *line);

/* What was wrong, as in "gave a malformed answer"; NULL without a fault. */
const char *hisho_line_fault(const HishoLine *line);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(HishoLine, hisho_line_free)
