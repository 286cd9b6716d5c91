/* gmime-decode - the least that any reader of mail has to do
 *
 * Parses the mails of an mbox with GMime and takes the transfer encoding off
 * each part: no charsets, no HTML, no sandbox, nothing kept.  The yardstick
 * of "make bench-links".  Mails are cut here: GMime's own reader of mboxes
 * stops for good at the first mail without a header. */
#include <gmime/gmime.h>
#include <stdio.h>
#include <string.h>

typedef struct {
	unsigned mails;
	gint64 bytes;
} Count;

static void
decode_part(GMimeObject *parent, GMimeObject *object, gpointer data)
{
	Count *count = data;

	(void)parent;
	if (!GMIME_IS_PART(object))
		return;
	GMimeDataWrapper *content = g_mime_part_get_content(GMIME_PART(object));
	if (content == NULL)
		return;
	GMimeStream *out = g_mime_stream_null_new();
	gssize written = g_mime_data_wrapper_write_to_stream(content, out);
	count->bytes += MAX(written, 0);
	g_object_unref(out);
}

static void
decode_mail(const char *text, size_t length, Count *count)
{
	GMimeStream *in = g_mime_stream_mem_new_with_buffer(text, length);
	GMimeParser *parser = g_mime_parser_new_with_stream(in);
	GMimeMessage *mail = g_mime_parser_construct_message(parser, NULL);

	count->mails++;
	if (mail != NULL) {
		g_mime_message_foreach(mail, decode_part, count);
		g_object_unref(mail);
	}
	g_object_unref(parser);
	g_object_unref(in);
}

int
main(int argc, char *argv[])
{
	g_autofree char *mbox = NULL;
	gsize size;
	Count count = { 0, 0 };

	if (argc != 2 || !g_file_get_contents(argv[1], &mbox, &size, NULL))
		return 1;
	g_mime_init();
	for (const char *at = mbox, *end = mbox + size; at < end;) {
		const char *line = memchr(at, '\n', end - at);
		const char *mail = line != NULL ? line + 1 : end;
		const char *next =
		    memmem(mail, end - mail, "\nFrom ", strlen("\nFrom "));
		at = next != NULL ? next + 1 : end;
		decode_mail(mail, at - mail, &count);
	}
	printf(
	    "%u mails, %" G_GINT64_FORMAT " bytes\n", count.mails, count.bytes);
	return 0;
}
