#include "libhisho/route/answer.h"

#include <string.h>

#include "libhisho/base/network.h"

#define HEADER_BYTES 12
#define TTL_MAX_S 3600
/* That a name is not there is soon no longer true; its SOA is not asked. */
#define TTL_NEGATIVE_S 60
/* Resolvers give up after 8 to 16, too. */
#define ALIASES_MAX 10
/* An answer over TCP has room for thousands. */
#define RECORDS_MAX 512
#define TEXT_MAX 255

/* RFC 1035 4.1.1. */
enum { RCODE_OK, RCODE_NO_NAME = 3 };

typedef struct {
	const guint8 *bytes;
	size_t length;
	size_t at;
	bool is_bad; /* it was read beyond the end, or made no sense */
} Scan;

typedef struct {
	char *owner;
	guint type;
	guint ttl_s;
	Scan data; /* from its first byte; `length` is its end */
} Record;

HishoAnswer *
hisho_answer_new(HishoAnswerKind kind)
{
	HishoAnswer *answer = g_new0(HishoAnswer, 1);

	answer->kind = kind;
	answer->values = g_ptr_array_new_with_free_func(g_free);
	answer->ttl_s = TTL_NEGATIVE_S;
	return answer;
}

void
hisho_answer_free(HishoAnswer *answer)
{
	if (answer == NULL)
		return;
	g_ptr_array_unref(answer->values);
	g_free(answer);
}

static guint
read_number(Scan *scan, guint n_bytes)
{
	guint number = 0;

	if (scan->is_bad || scan->length - scan->at < n_bytes) {
		scan->is_bad = true;
		return 0;
	}
	for (; n_bytes > 0; n_bytes--)
		number = number << 8 | scan->bytes[scan->at++];
	return number;
}

/* One label in presentation form: what could be taken for something else
 * stands as \DDD (RFC 1035 5.1). */
static void
append_label(GString *name, const guint8 *label, guint length)
{
	if (name->len > 0)
		g_string_append_c(name, '.');
	for (guint i = 0; i < length; i++)
		if (g_ascii_isalnum(label[i]) || memchr("-_/", label[i], 3))
			g_string_append_c(name, g_ascii_tolower(label[i]));
		else
			g_string_append_printf(name, "\\%03u", label[i]);
}

/* The length of the next label, at which SCAN then stands; 0 at the end.  A
 * pointer leads backwards only, before *LEAST, so that it comes to an end. */
static guint
next_label(Scan *scan, size_t *least, size_t *resume)
{
	guint length = read_number(scan, 1);

	while (!scan->is_bad && length >= 0xc0) {
		size_t target = (length & 0x3f) << 8 | read_number(scan, 1);
		if (*resume == 0)
			*resume = scan->at;
		if (scan->is_bad || target >= *least) {
			scan->is_bad = true;
			return 0;
		}
		*least = target;
		scan->at = target;
		length = read_number(scan, 1);
	}
	if (length > 63 || scan->length - scan->at < length)
		scan->is_bad = true;
	return scan->is_bad ? 0 : length;
}

/* The name at SCAN, which then stands behind it (RFC 1035 4.1.4). */
static char *
read_name(Scan *scan)
{
	g_autoptr(GString) name = g_string_new(NULL);
	size_t least = scan->at, resume = 0, n_bytes = 0;
	guint length;

	while ((length = next_label(scan, &least, &resume)) > 0) {
		n_bytes += length + 1;
		if (n_bytes > TEXT_MAX) {
			scan->is_bad = true;
			break;
		}
		append_label(name, scan->bytes + scan->at, length);
		scan->at += length;
	}
	if (resume > 0)
		scan->at = resume;
	return scan->is_bad ? NULL : g_strdup(name->str);
}

static bool
is_name(const char *a, const char *b)
{
	return a != NULL && g_ascii_strcasecmp(a, b) == 0;
}

/* Whether the header and the question are those of an answer to REPLY's;
 * SCAN then stands at the first record. */
static bool
read_question(Scan *scan, const HishoReply *reply, guint *rcode)
{
	guint flags, n_questions;

	scan->at = 2;
	flags = read_number(scan, 2);
	n_questions = read_number(scan, 2);
	scan->at = HEADER_BYTES;
	*rcode = flags & 0xf;
	if (scan->is_bad || (flags & 0x8000) == 0 || n_questions != 1)
		return false;
	g_autofree char *name = read_name(scan);
	guint type = read_number(scan, 2);
	guint class = read_number(scan, 2);
	return !scan->is_bad && is_name(name, reply->name) &&
	    type == (guint)reply->type && class == 1;
}

static void
clear_record(void *record)
{
	g_free(((Record *)record)->owner);
}

/* The records of the answer section, as far as they can be read. */
static GArray *
read_records(Scan *scan)
{
	GArray *records = g_array_new(FALSE, FALSE, sizeof(Record));
	Scan count = { scan->bytes, scan->length, 6, false };
	guint n = read_number(&count, 2);

	g_array_set_clear_func(records, clear_record);
	for (guint i = 0; i < MIN(n, RECORDS_MAX); i++) {
		g_autofree char *owner = read_name(scan);
		guint type = read_number(scan, 2);
		guint class = read_number(scan, 2);
		guint ttl_s = read_number(scan, 4);
		guint length = read_number(scan, 2);
		if (scan->is_bad || scan->length - scan->at < length) {
			scan->is_bad = true;
			break;
		}
		Record record = { NULL, type, MIN(ttl_s, TTL_MAX_S), *scan };
		record.data.length = scan->at + length;
		scan->at += length;
		if (class != 1)
			continue;
		record.owner = g_steal_pointer(&owner);
		g_array_append_val(records, record);
	}
	return records;
}

static char *
dup_host(Scan *data)
{
	g_autofree char *name = read_name(data);

	if (name == NULL)
		return NULL;
	return *name == '\0' || hisho_dns_is_host_name(name)
	    ? g_steal_pointer(&name)
	    : g_strdup("invalid");
}

static char *
dup_address(const Scan *data, size_t n_bytes)
{
	HishoIp ip = { { [10] = 0xff, [11] = 0xff } };

	if (data->length - data->at != n_bytes)
		return NULL;
	memcpy(ip.bytes + sizeof ip.bytes - n_bytes, data->bytes + data->at,
	    n_bytes);
	return hisho_network_dup_ip_text(&ip);
}

/* All strings of a TXT record in a row. */
static char *
dup_text(Scan *data)
{
	GString *text = g_string_new(NULL);

	while (data->at < data->length && text->len < TEXT_MAX) {
		guint n = read_number(data, 1);
		for (; n > 0 && !data->is_bad; n--) {
			guint byte = read_number(data, 1);
			g_string_append_c(
			    text, g_ascii_isprint(byte) ? (char)byte : '?');
		}
	}
	return g_string_free(text, data->is_bad);
}

/* What RECORD of TYPE says; NULL if it is damaged. */
static char *
dup_value(const Record *record, HishoDnsType type)
{
	Scan data = record->data;

	switch (type) {
	case HISHO_DNS_A:
	case HISHO_DNS_AAAA:
		return dup_address(&data, type == HISHO_DNS_A ? 4 : 16);
	case HISHO_DNS_MX:
	case HISHO_DNS_PTR:
		read_number(&data, type == HISHO_DNS_MX ? 2 : 0);
		return dup_host(&data);
	case HISHO_DNS_TXT:
		return dup_text(&data);
	case HISHO_DNS_CNAME:
		return read_name(&data);
	}
	return NULL;
}

/* By which NAME is an alias; NULL if it is none. */
static const Record *
find_alias(const GArray *records, const char *name)
{
	for (guint i = 0; i < records->len; i++) {
		const Record *record = &g_array_index(records, Record, i);
		if (record->type == HISHO_DNS_CNAME &&
		    is_name(record->owner, name))
			return record;
	}
	return NULL;
}

/* NULL if there are too many, or damaged ones. */
static char *
dup_last_alias(const GArray *records, const char *name)
{
	char *last = g_strdup(name);

	for (guint i = 0; i < ALIASES_MAX && last != NULL; i++) {
		const Record *alias = find_alias(records, last);
		if (alias == NULL)
			return last;
		g_free(last);
		last = dup_value(alias, HISHO_DNS_CNAME);
	}
	g_free(last);
	return NULL;
}

/* False if RECORD is damaged. */
static bool
add_value(HishoAnswer *answer, const Record *record, HishoDnsType type)
{
	g_autofree char *value = dup_value(record, type);

	if (value == NULL)
		return false;
	if (answer->values->len >= HISHO_ANSWER_VALUES_MAX ||
	    g_ptr_array_find_with_equal_func(
		answer->values, value, g_str_equal, NULL))
		return true;
	answer->ttl_s = answer->values->len == 0
	    ? record->ttl_s
	    : MIN(answer->ttl_s, record->ttl_s);
	g_ptr_array_add(answer->values, g_steal_pointer(&value));
	return true;
}

/* The values of ANSWER, those of NAME or of what it is an alias of; false if
 * that cannot be told. */
static bool
add_values(HishoAnswer *answer, const GArray *records, const HishoReply *reply)
{
	g_autofree char *owner = dup_last_alias(records, reply->name);

	for (guint i = 0; owner != NULL && i < records->len; i++) {
		const Record *record = &g_array_index(records, Record, i);
		if (record->type == (guint)reply->type &&
		    is_name(record->owner, owner) &&
		    !add_value(answer, record, reply->type))
			return false;
	}
	return owner != NULL;
}

static gint
compare(gconstpointer a, gconstpointer b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

HishoAnswer *
hisho_answer_read(const HishoReply *reply)
{
	Scan scan = { reply->bytes, reply->length, 0, false };
	guint rcode = 0;

	if (reply->length < HEADER_BYTES ||
	    !read_question(&scan, reply, &rcode) ||
	    (rcode != RCODE_OK && rcode != RCODE_NO_NAME))
		return hisho_answer_new(HISHO_ANSWER_TEMPERROR);
	g_autoptr(GArray) records = read_records(&scan);
	if (scan.is_bad)
		return hisho_answer_new(HISHO_ANSWER_TEMPERROR);
	g_autoptr(HishoAnswer) answer = hisho_answer_new(HISHO_ANSWER_NOTHING);
	if (!add_values(answer, records, reply) ||
	    (rcode == RCODE_NO_NAME && answer->values->len > 0))
		return hisho_answer_new(HISHO_ANSWER_TEMPERROR);
	/* Servers turn the order round from one answer to the next. */
	g_ptr_array_sort(answer->values, compare);
	if (answer->values->len > 0)
		answer->kind = HISHO_ANSWER_VALUES;
	else if (rcode == RCODE_NO_NAME)
		answer->kind = HISHO_ANSWER_NO_NAME;
	return g_steal_pointer(&answer);
}
