#include "libhisho/cell/line.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

/* Of one read; what a socket holds by default is about three times this. */
#define CHUNK_BYTES 65536

struct HishoLine {
	int fd;
	size_t answer_bytes;
	bool greeted;
	unsigned walls;
	GBytes *mail; /* until it is answered */
	guint32 number;
	size_t sent;	      /* of its frame and itself */
	GByteArray *received; /* of a frame and what it announces */
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

void
hisho_line_free(HishoLine *line)
{
	if (line == NULL)
		return;
	close(line->fd);
	g_clear_pointer(&line->mail, g_bytes_unref);
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
	g_assert(line->mail == NULL);
	line->mail = g_bytes_ref(mail);
	line->number = number;
	line->sent = 0;
}

bool
hisho_line_is_sending(const HishoLine *line)
{
	return line->mail != NULL &&
	    line->sent < sizeof(HishoFrame) + g_bytes_get_size(line->mail);
}

bool
hisho_line_is_ready(const HishoLine *line)
{
	char byte;

	return recv(line->fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) >= 0 ||
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

HishoLineEvent
hisho_line_send(HishoLine *line)
{
	size_t length;
	gconstpointer text = g_bytes_get_data(line->mail, &length);
	HishoFrame frame = {
		.magic = HISHO_FRAME_MAIL,
		.number = line->number,
		.length = length,
	};
	struct iovec parts[] = {
		rest_of(&frame, sizeof frame, line->sent),
		rest_of(
		    text, length, line->sent - MIN(line->sent, sizeof frame)),
	};
	struct msghdr message = { .msg_iov = parts, .msg_iovlen = 2 };
	ssize_t put = sendmsg(line->fd, &message, MSG_NOSIGNAL | MSG_DONTWAIT);

	if (put >= 0)
		line->sent += (size_t)put;
	else if (errno != EAGAIN && errno != EINTR)
		return HISHO_LINE_BROKEN;
	return HISHO_LINE_OPEN;
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
frame_fault(const HishoLine *line)
{
	HishoFrame frame = received_frame(line);

	if (!line->greeted) {
		bool polite = frame.magic == HISHO_FRAME_GREETING;
		return polite && frame.length == 0 ? NULL : "did not greet";
	}
	if (line->mail == NULL || hisho_line_is_sending(line))
		return "answered before it was asked";
	if (frame.magic != HISHO_FRAME_ANSWER || frame.number != line->number)
		return "gave a malformed answer";
	if (frame.length > line->answer_bytes)
		return "gave too large an answer";
	return NULL;
}

/* How many bytes are missing: first of a frame, then of what it announces. */
static size_t
missing_bytes(const HishoLine *line)
{
	size_t got = line->received->len;

	if (got < sizeof(HishoFrame))
		return sizeof(HishoFrame) - got;
	return sizeof(HishoFrame) + received_frame(line).length - got;
}

static HishoLineEvent
examine(HishoLine *line)
{
	if (line->received->len < sizeof(HishoFrame))
		return HISHO_LINE_OPEN;
	line->fault = frame_fault(line);
	if (line->fault != NULL)
		return HISHO_LINE_FAULT;
	if (missing_bytes(line) > 0)
		return HISHO_LINE_OPEN;
	if (line->greeted)
		return HISHO_LINE_ANSWER;
	line->greeted = true;
	line->walls = received_frame(line).number;
	g_byte_array_set_size(line->received, 0);
	return HISHO_LINE_OPEN;
}

HishoLineEvent
hisho_line_receive(HishoLine *line)
{
	guint8 chunk[CHUNK_BYTES];
	size_t wanted = MIN(missing_bytes(line), sizeof chunk);
	ssize_t got = recv(line->fd, chunk, wanted, MSG_DONTWAIT);

	if (got < 0 && (errno == EAGAIN || errno == EINTR))
		return HISHO_LINE_OPEN;
	if (got <= 0)
		return HISHO_LINE_BROKEN;
	g_byte_array_append(line->received, chunk, (guint)got);
	return examine(line);
}

unsigned
hisho_line_walls(const HishoLine *line)
{
	return line->walls;
}

GBytes *
hisho_line_take_answer(HishoLine *line)
{
	GBytes *answer = g_bytes_new(line->received->data + sizeof(HishoFrame),
	    line->received->len - sizeof(HishoFrame));

	g_byte_array_set_size(line->received, 0);
	g_clear_pointer(&line->mail, g_bytes_unref);
	return answer;
}

const char *
hisho_line_fault(const HishoLine *line)
{
	return line->fault;
}
