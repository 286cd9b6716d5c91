#include "libhisho/mail/message.h"

#include <gmime/gmime.h>
#include <string.h>

#include "libhisho/mail/mimeline.h"
#include "libhisho/mail/parameter.h"
#include "libhisho/mail/reduced.h"
#include "libhisho/mail/text.h"
#include "libhisho/mail/transfer.h"

/* GMime 3.2 ships no autoptr support. */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GMimeStream, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GMimeFilter, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GMimeParser, g_object_unref)

typedef struct {
	HishoPart part; /* first: the public look */
	GMimePart *leaf;
	GMimeMultipart *multipart;
	GMimeMessage *inner; /* of message/rfc822, or NULL */
} Node;

struct HishoMessage {
	GMimeMessage *mime;
	GPtrArray *nodes; /* Node */
	const HishoLimits *limits;
	bool is_cut;
};

/* GMime crashes on first use unless it was told to start. */
static void
start_gmime(void)
{
	static gsize started;

	if (g_once_init_enter(&started)) {
		g_mime_init();
		g_once_init_leave(&started, 1);
	}
}

static void
node_free(void *data)
{
	Node *node = data;

	g_free(node->part.type);
	g_free(node->part.content_type);
	g_free(node->part.disposition);
	g_free(node->part.encoding);
	g_free(node->part.id);
	g_free(node->part.description);
	g_free(node->part.location);
	g_free(node);
}

static char *
dup_field(GMimeObject *object, const char *name)
{
	GMimeHeader *header = g_mime_header_list_get_header(
	    g_mime_object_get_header_list(object), name);

	return header != NULL ? g_strdup(g_mime_header_get_raw_value(header))
			      : NULL;
}

/* What is no type/subtype is text/plain (RFC 2045 5.2), and shown so. */
static char *
dup_type(GMimeObject *object, const char *content_type)
{
	g_autofree char *declared = content_type != NULL
	    ? hisho_parameter_dup_main(content_type, strlen(content_type))
	    : NULL;

	if (declared != NULL && strchr(declared, '/') != NULL)
		return g_steal_pointer(&declared);
	if (content_type != NULL && GMIME_IS_PART(object))
		return g_strdup("text/plain");
	g_autofree char *type = g_mime_content_type_get_mime_type(
	    g_mime_object_get_content_type(object));
	return g_ascii_strdown(type, -1);
}

static Node *
new_node(GMimeObject *object, guint depth)
{
	Node *node = g_new0(Node, 1);
	HishoPart *part = &node->part;

	part->depth = depth;
	part->content_type = dup_field(object, "Content-Type");
	part->disposition = dup_field(object, "Content-Disposition");
	part->encoding = dup_field(object, "Content-Transfer-Encoding");
	part->id = dup_field(object, "Content-ID");
	part->description = dup_field(object, "Content-Description");
	part->location = dup_field(object, "Content-Location");
	part->type = dup_type(object, part->content_type);
	part->is_leaf = GMIME_IS_PART(object);
	node->leaf = part->is_leaf ? GMIME_PART(object) : NULL;
	node->multipart =
	    GMIME_IS_MULTIPART(object) ? GMIME_MULTIPART(object) : NULL;
	node->inner = GMIME_IS_MESSAGE_PART(object)
	    ? g_mime_message_part_get_message(GMIME_MESSAGE_PART(object))
	    : NULL;
	return node;
}

static void
add_tree(HishoMessage *message, GMimeObject *object, guint depth)
{
	if (object == NULL)
		return;
	if (depth > message->limits->depth ||
	    message->nodes->len >= message->limits->parts) {
		message->is_cut = true;
		return;
	}
	g_ptr_array_add(message->nodes, new_node(object, depth));
	if (GMIME_IS_MULTIPART(object)) {
		GMimeMultipart *parts = GMIME_MULTIPART(object);
		int count = g_mime_multipart_get_count(parts);
		for (int i = 0; i < count; i++)
			add_tree(message, g_mime_multipart_get_part(parts, i),
			    depth + 1);
	} else if (GMIME_IS_MESSAGE_PART(object)) {
		GMimeMessage *inner =
		    g_mime_message_part_get_message(GMIME_MESSAGE_PART(object));
		if (inner != NULL)
			add_tree(message, g_mime_message_get_mime_part(inner),
			    depth + 1);
	}
}

HishoMessage *
hisho_message_parse(const HishoWire *wire, const HishoLimits *limits)
{
	HishoMessage *message = g_new0(HishoMessage, 1);
	g_autoptr(GByteArray) mail = hisho_reduced_new(wire);

	start_gmime();
	message->limits = limits;
	message->nodes = g_ptr_array_new_with_free_func(node_free);
	if (mail->len > limits->mail_bytes) {
		message->is_cut = true;
		g_byte_array_set_size(mail, 0);
	}
	if (hisho_mimeline_cut(mail, limits->parts))
		message->is_cut = true;
	hisho_mimeline_tame(mail);
	/* GMime takes an empty stream for an error. */
	if (mail->len == 0)
		g_byte_array_append(mail, (const guint8 *)"\n", 1);
	g_autoptr(GMimeStream) stream = g_mime_stream_mem_new_with_buffer(
	    (const char *)mail->data, mail->len);
	g_autoptr(GMimeParser) parser = g_mime_parser_new_with_stream(stream);
	message->mime = g_mime_parser_construct_message(parser, NULL);
	if (message->mime == NULL)
		message->mime = g_mime_message_new(FALSE);
	add_tree(message, g_mime_message_get_mime_part(message->mime), 0);
	if (message->nodes->len == 0) {
		Node *node = g_new0(Node, 1);
		node->part.type = g_strdup("text/plain");
		node->part.is_leaf = true;
		g_ptr_array_add(message->nodes, node);
	}
	return message;
}

void
hisho_message_free(HishoMessage *message)
{
	if (message == NULL)
		return;
	g_ptr_array_unref(message->nodes);
	g_object_unref(message->mime);
	g_free(message);
}

bool
hisho_message_is_cut(const HishoMessage *message)
{
	return message->is_cut;
}

guint
hisho_message_n_parts(const HishoMessage *message)
{
	return message->nodes->len;
}

const HishoPart *
hisho_message_part(const HishoMessage *message, guint i)
{
	return message->nodes->pdata[i];
}

/* Appends to OUT what STREAM holds in another encoding, until that is more
 * than LIMIT.  GMime's filter, not its bare decoder, which takes the first
 * line of a uuencoded file for data. */
static void
append_filtered(GByteArray *out, GMimeStream *stream,
    GMimeContentEncoding encoding, guint limit)
{
	guint8 plain[16384];
	ssize_t got;

	g_mime_stream_reset(stream);
	g_autoptr(GMimeStream) decoded = g_mime_stream_filter_new(stream);
	g_autoptr(GMimeFilter) filter =
	    g_mime_filter_basic_new(encoding, FALSE);
	g_mime_stream_filter_add(GMIME_STREAM_FILTER(decoded), filter);
	while (out->len <= limit &&
	    (got = g_mime_stream_read(decoded, (char *)plain, sizeof plain)) >
		0)
		g_byte_array_append(out, plain, (guint)got);
}

/* At most LIMIT decoded bytes of LEAF. */
static GByteArray *
decode(GMimePart *leaf, guint limit, bool *cut)
{
	GByteArray *out = g_byte_array_new();
	GMimeDataWrapper *content =
	    leaf != NULL ? g_mime_part_get_content(leaf) : NULL;

	if (cut != NULL)
		*cut = false;
	if (content == NULL)
		return out;
	GMimeStream *stream = g_mime_data_wrapper_get_stream(content);
	GMimeContentEncoding encoding =
	    g_mime_data_wrapper_get_encoding(content);
	/* A part of the mail, which lies in memory as a whole. */
	const GByteArray *mail =
	    g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream));
	const guint8 *text = mail->data + stream->bound_start;
	size_t length = stream->bound_end < 0
	    ? mail->len - (size_t)stream->bound_start
	    : (size_t)(stream->bound_end - stream->bound_start);
	if (encoding == GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE)
		hisho_transfer_append_quoted(out, text, length, limit);
	else if (encoding == GMIME_CONTENT_ENCODING_BASE64)
		hisho_transfer_append_base64(out, text, length, limit);
	else
		append_filtered(out, stream, encoding, limit);
	if (cut != NULL)
		*cut = out->len > limit;
	if (out->len > limit)
		g_byte_array_set_size(out, limit);
	return out;
}

GBytes *
hisho_message_dup_start(const HishoMessage *message, guint i, size_t limit)
{
	const Node *node = message->nodes->pdata[i];
	guint most = (guint)MIN(limit, G_MAXUINT32);

	return g_byte_array_free_to_bytes(decode(node->leaf, most, NULL));
}

/* The body of a multipart whose boundary never comes: GMime keeps it as what
 * stands before the first part. */
static GByteArray *
loose_text(GMimeMultipart *multipart, guint limit, bool *cut)
{
	GByteArray *out = g_byte_array_new();
	const char *text = g_mime_multipart_get_prologue(multipart);

	if (text != NULL && g_mime_multipart_get_count(multipart) == 0)
		g_byte_array_append(
		    out, (const guint8 *)text, (guint)strlen(text));
	if (cut != NULL)
		*cut = out->len > limit;
	if (out->len > limit)
		g_byte_array_set_size(out, limit);
	return out;
}

char *
hisho_message_dup_loose(
    const HishoMessage *message, guint i, HishoLoose loose, size_t limit)
{
	const Node *node = message->nodes->pdata[i];
	const char *text = NULL;

	if (node->multipart != NULL &&
	    g_mime_multipart_get_count(node->multipart) > 0)
		text = loose == HISHO_LOOSE_PREAMBLE
		    ? g_mime_multipart_get_prologue(node->multipart)
		    : g_mime_multipart_get_epilogue(node->multipart);
	if (text == NULL)
		return NULL;
	return hisho_text_from_charset(
	    text, MIN(strlen(text), limit), NULL, NULL);
}

/* Field by field: GMime does not tell where the header lies in the mail. */
GBytes *
hisho_message_dup_header(const HishoMessage *message, guint i, size_t limit)
{
	const Node *node = message->nodes->pdata[i];
	GString *out = g_string_new(NULL);
	GMimeHeaderList *list = node->inner != NULL
	    ? g_mime_object_get_header_list(GMIME_OBJECT(node->inner))
	    : NULL;
	int n = list != NULL ? g_mime_header_list_get_count(list) : 0;
	for (int j = 0; j < n && out->len < limit; j++) {
		GMimeHeader *field = g_mime_header_list_get_header_at(list, j);
		g_string_append(out, g_mime_header_get_raw_name(field));
		g_string_append_c(out, ':');
		g_string_append(out, g_mime_header_get_raw_value(field));
	}
	g_string_truncate(out, MIN(out->len, limit));
	return g_string_free_to_bytes(out);
}

GBytes *
hisho_message_dup_content(const HishoMessage *message, guint i)
{
	return hisho_message_dup_start(message, i, G_MAXUINT32);
}

char *
hisho_message_dup_text(
    const HishoMessage *message, guint i, size_t limit, bool *cut)
{
	const Node *node = message->nodes->pdata[i];
	const char *type = node->part.content_type;
	guint most = (guint)MIN(limit, G_MAXUINT32);
	g_autoptr(GByteArray) content = node->multipart != NULL
	    ? loose_text(node->multipart, most, cut)
	    : decode(node->leaf, most, cut);
	g_autofree char *charset = type != NULL
	    ? hisho_parameter_dup(type, strlen(type), "charset")
	    : NULL;

	return hisho_text_from_charset(
	    (const char *)content->data, content->len, charset, NULL);
}

gint64
hisho_message_parse_date(const char *value)
{
	start_gmime();
	g_autoptr(GDateTime) date = g_mime_utils_header_decode_date(value);

	return date != NULL ? MAX(g_date_time_to_unix(date), 0) : 0;
}
