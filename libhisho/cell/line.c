#include "libhisho/cell/line.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

/* Of one read; what a socket holds by default is about three times this. */
#define CHUNK_BYTES 65536

/* Mails that go down by one call. */
#define MAILS_AT_ONCE 8

/* A mail on the line. */
typedef struct {
	HishoFrame frame;
	GBytes *mail;
} Letter;

struct HishoLine {
	int fd;
	size_t answer_bytes;
	bool greeted;
	bool is_deaf; /* nothing can be sent any more */
	unsigned walls;
	GQueue letters;	      /* those without an answer, oldest first */
	guint n_sent;	      /* so many of them are wholly sent */
	size_t sent;	      /* of the next one, with its frame */
	GByteArray *received; /* of frames and what they announce */
	const char *fault;
};

HishoLine *
hisho_line_new_take_fd(int fd, size_t answer_bytes)
{
	HishoLine *line = g_new0(HishoLine, 1);

	line->fd = fd;
	line->answer_bytes = answer_bytes;
	line->received = g_byte_array_new();
	return line;
}

static void
letter_free(void *data)
{
	Letter *letter = data;

	g_bytes_unref(letter->mail);
	g_free(letter);
}

void
hisho_line_free(HishoLine *line)
{
	if (line == NULL)
		return;
	close(line->fd);
	g_queue_clear_full(&line->letters, letter_free);
	g_byte_array_unref(line->received);
	g_free(line);
}

int
hisho_line_fd(const HishoLine *line)
{
	return line->fd;
}

void
hisho_line_put(HishoLine *line, GBytes *mail, guint32 number)
{
	Letter *letter = g_new(Letter, 1);

	letter->mail = g_bytes_ref(mail);
	letter->frame = (HishoFrame){
		.magic = HISHO_FRAME_MAIL,
		.number = number,
		.length = g_bytes_get_size(mail),
	};
	g_queue_push_tail(&line->letters, letter);
}

bool
hisho_line_is_sending(const HishoLine *line)
{
	return !line->is_deaf && line->n_sent < line->letters.length;
}

bool
hisho_line_is_ready(const HishoLine *line)
{
	char byte;

	return line->received->len > 0 ||
	    recv(line->fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) >= 0 ||
	    (errno != EAGAIN && errno != EINTR);
}

/* What is left of BYTES after the first SENT.  An iovec knows no const. */
static struct iovec
rest_of(gconstpointer bytes, size_t length, size_t sent)
{
	size_t skipped = MIN(sent, length);
	union {
		const char *given;
		void *taken;
	} rest = { (const char *)bytes + skipped };

	return (struct iovec){ rest.taken, length - skipped };
}

/* What is to be sent next, in 2 * MAILS_AT_ONCE PARTS; how many there are. */
static size_t
gather(HishoLine *line, struct iovec *parts)
{
	const GList *next = g_queue_peek_nth_link(&line->letters, line->n_sent);
	size_t sent = line->sent, n = 0;

	for (; next != NULL && n < 2 * MAILS_AT_ONCE; next = next->next) {
		const Letter *letter = next->data;
		size_t frame = sizeof letter->frame;
		size_t length;
		gconstpointer text = g_bytes_get_data(letter->mail, &length);
		parts[n++] = rest_of(&letter->frame, frame, sent);
		parts[n++] = rest_of(text, length, sent - MIN(sent, frame));
		sent = 0;
	}
	return n;
}

/* PUT more bytes have gone down. */
static void
count_sent(HishoLine *line, size_t put)
{
	const GList *next = g_queue_peek_nth_link(&line->letters, line->n_sent);

	line->sent += put;
	for (; next != NULL; next = next->next) {
		const Letter *letter = next->data;
		size_t whole = sizeof letter->frame + letter->frame.length;
		if (line->sent < whole)
			return;
		line->sent -= whole;
		line->n_sent++;
	}
}

void
hisho_line_send(HishoLine *line)
{
	struct iovec parts[2 * MAILS_AT_ONCE];
	struct msghdr message = {
		.msg_iov = parts,
		.msg_iovlen = gather(line, parts),
	};
	ssize_t put = sendmsg(line->fd, &message, MSG_NOSIGNAL | MSG_DONTWAIT);

	if (put >= 0)
		count_sent(line, (size_t)put);
	else if (errno != EAGAIN && errno != EINTR)
		line->is_deaf = true;
}

static HishoFrame
received_frame(const HishoLine *line)
{
	HishoFrame frame;

	memcpy(&frame, line->received->data, sizeof frame);
	return frame;
}

/* What is wrong with the frame that has come, or NULL. */
static const char *
frame_fault(HishoLine *line)
{
	HishoFrame frame = received_frame(line);

	if (!line->greeted) {
		bool polite = frame.magic == HISHO_FRAME_GREETING;
		return polite && frame.length == 0 ? NULL : "did not greet";
	}
	if (line->n_sent == 0)
		return "answered before it was asked";
	const Letter *oldest = g_queue_peek_head(&line->letters);
	if (frame.magic != HISHO_FRAME_ANSWER ||
	    frame.number != oldest->frame.number)
		return "gave a malformed answer";
	if (frame.length > line->answer_bytes)
		return "gave too large an answer";
	return NULL;
}

/* The length of the first frame and what it announces. */
static size_t
due_bytes(const HishoLine *line)
{
	return sizeof(HishoFrame) + received_frame(line).length;
}

static void
drop(HishoLine *line, size_t length)
{
	g_byte_array_remove_range(line->received, 0, (guint)length);
}

HishoLineEvent
hisho_line_examine(HishoLine *line)
{
	if (line->received->len < sizeof(HishoFrame))
		return HISHO_LINE_OPEN;
	line->fault = frame_fault(line);
	if (line->fault != NULL)
		return HISHO_LINE_FAULT;
	if (line->received->len < due_bytes(line))
		return HISHO_LINE_OPEN;
	if (line->greeted)
		return HISHO_LINE_ANSWER;
	line->greeted = true;
	line->walls = received_frame(line).number;
	drop(line, sizeof(HishoFrame));
	return hisho_line_examine(line);
}

HishoLineEvent
hisho_line_receive(HishoLine *line)
{
	guint8 chunk[CHUNK_BYTES];
	ssize_t got = recv(line->fd, chunk, sizeof chunk, MSG_DONTWAIT);

	if (got < 0 && (errno == EAGAIN || errno == EINTR))
		return HISHO_LINE_OPEN;
	if (got <= 0)
		return HISHO_LINE_BROKEN;
	g_byte_array_append(line->received, chunk, (guint)got);
	return hisho_line_examine(line);
}

unsigned
hisho_line_walls(const HishoLine *line)
{
	return line->walls;
}

GBytes *
hisho_line_take_answer(HishoLine *line)
{
	size_t due = due_bytes(line);
	GBytes *answer = g_bytes_new(line->received->data + sizeof(HishoFrame),
	    due - sizeof(HishoFrame));

	drop(line, due);
	letter_free(g_queue_pop_head(&line->letters));
	line->n_sent--;
	return answer;
}

const char *
hisho_line_fault(const HishoLine *line)
{
	return line->fault;
}
