#include "libhisho/base/pack.h"

#include <string.h>

#include "libhisho/base/error.h"

/* Before a text stands its length, before many of a kind their number, and
 * before what may be NULL whether it is there: */
#define ABSENT G_MAXUINT32

/* Types are nested three deep; one that holds itself goes no further. */
#define DEPTH_LIMIT 16

/* Room of a new packet: nearly all fit. */
#define START_BYTES 4096

/* The member that FIELD describes, by its C type. */
#define MEMBER(ctype, record, field)                                           \
	((ctype *)(void *)((char *)(record) + (field)->offset))
#define LOOK(ctype, record, field)                                             \
	(*(ctype const *)(const void *)((const char *)(record) +               \
	    (field)->offset))

typedef struct {
	char *data;
	size_t length, room;
} Packet;

/* What is left of a packet. */
typedef struct {
	const char *at;
	size_t left;
	unsigned depth;
} Unpacking;

static void put_record(
    Packet *packet, const HishoRecordType *type, const void *record);
static void *take_record(Unpacking *from, const HishoRecordType *type);

static void
put(Packet *packet, const void *bytes, size_t length)
{
	if (packet->room - packet->length < length) {
		packet->room = MAX(2 * packet->room, packet->length + length);
		packet->data = g_realloc(packet->data, packet->room);
	}
	memcpy(packet->data + packet->length, bytes, length);
	packet->length += length;
}

static void
put_count(Packet *packet, size_t count)
{
	guint32 figure = (guint32)MIN(count, ABSENT);

	put(packet, &figure, sizeof figure);
}

static void
put_text(Packet *packet, const char *text)
{
	if (text == NULL) {
		put_count(packet, ABSENT);
		return;
	}
	size_t length = strlen(text);
	if (g_utf8_validate(text, (gssize)length, NULL)) {
		put_count(packet, length);
		put(packet, text, length);
		return;
	}
	g_autofree char *valid = g_utf8_make_valid(text, (gssize)length);
	put_text(packet, valid);
}

static void
put_items(Packet *packet, const HishoRecordField *f, const GPtrArray *items)
{
	guint n = items != NULL ? items->len : 0;

	put_count(packet, n);
	for (guint i = 0; i < n; i++)
		if (f->kind == HISHO_RECORD_TEXTS)
			put_text(packet, items->pdata[i]);
		else
			put_record(packet, f->type, items->pdata[i]);
}

static void
put_one(Packet *packet, const HishoRecordType *type, const void *record)
{
	put_count(packet, record != NULL ? 1 : ABSENT);
	if (record != NULL)
		put_record(packet, type, record);
}

static void
put_member(Packet *packet, const HishoRecordField *f, const void *record)
{
	switch (f->kind) {
	case HISHO_RECORD_TEXT:
		put_text(packet, LOOK(char *, record, f));
		return;
	case HISHO_RECORD_NUMBER:
		put(packet, &LOOK(gint64, record, f), sizeof(gint64));
		return;
	case HISHO_RECORD_TRUTH:
		put_count(packet, LOOK(bool, record, f));
		return;
	case HISHO_RECORD_ONE:
		put_one(packet, f->type, LOOK(void *, record, f));
		return;
	case HISHO_RECORD_TEXTS:
	case HISHO_RECORD_MANY:
		put_items(packet, f, LOOK(GPtrArray *, record, f));
		return;
	}
}

static void
put_record(Packet *packet, const HishoRecordType *type, const void *record)
{
	for (const HishoRecordField *f = type->fields; f->key != NULL; f++)
		put_member(packet, f, record);
}

GBytes *
hisho_pack_record(const HishoRecordType *type, const void *record)
{
	Packet packet = { g_malloc(START_BYTES), 0, START_BYTES };

	put_record(&packet, type, record);
	return g_bytes_new_take(packet.data, packet.length);
}

/* The next LENGTH bytes, or NULL where fewer are left. */
static const char *
take(Unpacking *from, size_t length)
{
	const char *bytes = from->at;

	if (length > from->left)
		return NULL;
	from->at += length;
	from->left -= length;
	return bytes;
}

static bool
take_count(Unpacking *from, guint32 *count)
{
	const char *bytes = take(from, sizeof *count);

	if (bytes != NULL)
		memcpy(count, bytes, sizeof *count);
	return bytes != NULL;
}

static bool
take_number(Unpacking *from, gint64 *number)
{
	const char *bytes = take(from, sizeof *number);

	if (bytes != NULL)
		memcpy(number, bytes, sizeof *number);
	return bytes != NULL;
}

static bool
take_truth(Unpacking *from, bool *truth)
{
	guint32 figure;

	if (!take_count(from, &figure) || figure > 1)
		return false;
	*truth = figure == 1;
	return true;
}

/* True where TEXT was read, be it NULL. */
static bool
take_text(Unpacking *from, char **text)
{
	guint32 length;

	if (!take_count(from, &length))
		return false;
	if (length == ABSENT)
		return true;
	const char *bytes = take(from, length);
	if (bytes == NULL || !g_utf8_validate(bytes, length, NULL))
		return false;
	*text = g_strndup(bytes, length);
	return true;
}

static void *
take_item(Unpacking *from, const HishoRecordField *f)
{
	char *text = NULL;

	if (f->kind == HISHO_RECORD_MANY)
		return take_record(from, f->type);
	return take_text(from, &text) ? text : NULL;
}

/* Every item takes some of what is left, so no number of them runs away. */
static bool
take_items(Unpacking *from, const HishoRecordField *f, GPtrArray *items)
{
	guint32 n;

	if (!take_count(from, &n))
		return false;
	for (guint32 i = 0; i < n; i++) {
		void *item = take_item(from, f);
		if (item == NULL)
			return false;
		g_ptr_array_add(items, item);
	}
	return true;
}

static bool
take_one(Unpacking *from, const HishoRecordType *type, void **record)
{
	guint32 n;

	if (!take_count(from, &n) || (n != 1 && n != ABSENT))
		return false;
	if (n == 1)
		*record = take_record(from, type);
	return n == ABSENT || *record != NULL;
}

static bool
take_member(Unpacking *from, const HishoRecordField *f, void *record)
{
	switch (f->kind) {
	case HISHO_RECORD_TEXT:
		return take_text(from, MEMBER(char *, record, f));
	case HISHO_RECORD_NUMBER:
		return take_number(from, MEMBER(gint64, record, f));
	case HISHO_RECORD_TRUTH:
		return take_truth(from, MEMBER(bool, record, f));
	case HISHO_RECORD_ONE:
		return take_one(from, f->type, MEMBER(void *, record, f));
	case HISHO_RECORD_TEXTS:
	case HISHO_RECORD_MANY:
		return take_items(from, f, *MEMBER(GPtrArray *, record, f));
	}
	return false;
}

static void *
take_record(Unpacking *from, const HishoRecordType *type)
{
	if (from->depth == DEPTH_LIMIT || from->left == 0)
		return NULL;
	void *record = hisho_record_new(type);
	bool done = true;

	from->depth++;
	for (const HishoRecordField *f = type->fields; f->key && done; f++)
		done = take_member(from, f, record);
	from->depth--;
	if (done)
		return record;
	type->free(record);
	return NULL;
}

void *
hisho_pack_read(const HishoRecordType *type, GBytes *packed, GError **error)
{
	Unpacking from = { 0 };

	from.at = g_bytes_get_data(packed, &from.left);
	void *record = take_record(&from, type);
	if (record != NULL && from.left == 0)
		return record;
	if (record != NULL)
		type->free(record);
	g_set_error(error, HISHO_ERROR, HISHO_ERROR_INPUT,
	    "no packed record, %zu bytes before its end", from.left);
	return NULL;
}
