#include "libhisho/cell/facts.h"

#include <string.h>

#include "libhisho/base/pack.h"
#include "libhisho/links/parts.h"
#include "libhisho/links/trawl.h"
#include "libhisho/mail/address.h"
#include "libhisho/mail/message.h"
#include "libhisho/mail/text.h"
#include "libhisho/parse/identity.h"
#include "libhisho/route/received.h"

#define MEMBER(record, kind_, member, type_)                                   \
	{                                                                      \
		.key = #member, .kind = HISHO_RECORD_##kind_,                  \
		.offset = offsetof(record, member), .type = type_              \
	}
#define TRACE(kind_, member) MEMBER(HishoTraceField, kind_, member, NULL)
#define FACTS(kind_, member, type_) MEMBER(HishoFacts, kind_, member, type_)

/* Real mail has a dozen; a header limit holds besides. */
#define HOP_LIMIT 100

/* As much of a mail that is not parsed is scanned for hosts. */
#define RAW_MAX (64 << 20)

static void trace_field_free(void *field);

static const HishoRecordField trace_members[] = {
	TRACE(TEXT, value),
	TRACE(NUMBER, hops_above),
	{ 0 },
};
static const HishoRecordType trace_type = { sizeof(HishoTraceField),
	trace_members, trace_field_free };

static const HishoRecordField members[] = {
	FACTS(ONE, letter, &hisho_letter_type),
	FACTS(ONE, found, &hisho_links_found_type),
	FACTS(ONE, asking, &hisho_asking_type),
	FACTS(TEXT, text, NULL),
	FACTS(MANY, hops, &hisho_hop_type),
	FACTS(MANY, returned, &hisho_hop_type),
	FACTS(MANY, results, &trace_type),
	FACTS(MANY, spf, &trace_type),
	FACTS(NUMBER, return_path_hops, NULL),
	{ 0 },
};
const HishoRecordType hisho_facts_type = { sizeof(HishoFacts), members,
	hisho_facts_free };

static void
trace_field_free(void *field)
{
	hisho_record_free(&trace_type, field);
}

HishoFacts *
hisho_facts_new(void)
{
	HishoFacts *facts = hisho_record_new(&hisho_facts_type);

	facts->letter = hisho_record_new(&hisho_letter_type);
	facts->found = hisho_record_new(&hisho_links_found_type);
	facts->asking = hisho_record_new(&hisho_asking_type);
	return facts;
}

void
hisho_facts_free(void *facts)
{
	hisho_record_free(&hisho_facts_type, facts);
}

static bool
is_called(const HishoWire *wire, const HishoWireField *field, const char *name)
{
	return field->name_length == strlen(name) &&
	    g_ascii_strncasecmp(
		hisho_wire_name(wire, field), name, field->name_length) == 0;
}

static void
add_trace(const HishoFacts *facts, GPtrArray *fields, const char *value,
    size_t length)
{
	HishoTraceField *result = hisho_record_new(&trace_type);

	result->value = g_utf8_make_valid(value, (gssize)length);
	result->hops_above = facts->hops->len;
	g_ptr_array_add(fields, result);
}

/* The trace fields, whose order tells who could have written them. */
static void
find_trace(HishoFacts *facts, const HishoWire *wire)
{
	const HishoWireField *field = NULL;
	bool has_return_path = false;

	while (facts->hops->len < HOP_LIMIT &&
	    facts->results->len < HOP_LIMIT && facts->spf->len < HOP_LIMIT &&
	    (field = hisho_wire_next(wire, NULL, field)) != NULL) {
		size_t length;
		const char *value = hisho_wire_value(wire, field, &length);
		if (is_called(wire, field, "Received"))
			g_ptr_array_add(
			    facts->hops, hisho_received_parse(value, length));
		if (is_called(wire, field, "Authentication-Results"))
			add_trace(facts, facts->results, value, length);
		if (is_called(wire, field, "Received-SPF"))
			add_trace(facts, facts->spf, value, length);
		if (!has_return_path && is_called(wire, field, "Return-Path")) {
			facts->return_path_hops = facts->hops->len;
			has_return_path = true;
		}
	}
}

GBytes *
hisho_facts_new_request(
    const HishoWire *wire, HishoFactsDepth depth, const HishoLimits *limits)
{
	gsize size;
	const guint8 *data = g_bytes_get_data(hisho_wire_mail(wire), &size);

	if (size > limits->mail_bytes)
		depth = depth >= HISHO_FACTS_LINKS ? HISHO_FACTS_RAW
						   : HISHO_FACTS_HEADER;
	if (depth == HISHO_FACTS_HEADER)
		size = MIN(hisho_wire_body(wire), limits->mail_bytes);
	size = MIN(size, MAX(RAW_MAX, limits->mail_bytes));
	GByteArray *request = g_byte_array_sized_new((guint)size + 1);
	guint8 first = (guint8)depth;
	g_byte_array_append(request, &first, 1);
	g_byte_array_append(request, data, (guint)size);
	return g_byte_array_free_to_bytes(request);
}

static void
add_header_links(HishoLinks *links, const HishoWire *wire)
{
	static const char *const names[] = { "Subject", "List-Unsubscribe",
		"List-Help", "List-Post", "List-Subscribe", "List-Archive",
		"List-Owner", "Archived-At" };

	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autofree char *value =
		    hisho_identity_dup_text(wire, names[i]);
		if (value != NULL)
			hisho_links_add_header(links, names[i], value);
	}
}

/* What the subject and the parts that links were looked for in ask for. */
static void
find_asking(HishoFacts *facts, const HishoLinks *links)
{
	const HishoShown *shown = hisho_links_shown(links);
	const char *subject = facts->letter->subject;

	if (subject != NULL)
		hisho_asking_find(facts->asking, subject, strlen(subject));
	hisho_asking_find(facts->asking, shown->main->str, shown->main->len);
	hisho_asking_find(facts->asking, shown->aside->str, shown->aside->len);
}

/* What nobody takes apart. */
static void
trawl(HishoLinks *links, const HishoWire *wire)
{
	gsize length;
	const char *mail = g_bytes_get_data(hisho_wire_mail(wire), &length);

	if (length > 0)
		hisho_trawl_read(
		    hisho_links_catalog(links)->further, mail, length);
}

/* That even for the blacklist there were too many. */
static void
note_lost(HishoFacts *facts)
{
	if (facts->found->is_lost)
		g_ptr_array_add(facts->letter->limits, g_strdup("hosts"));
}

static void
find_links(HishoFacts *facts, const HishoWire *wire,
    const HishoMessage *message, HishoLinks *links)
{
	const GPtrArray *from = facts->letter->from;
	const HishoMailbox *first = from->len > 0 ? from->pdata[0] : NULL;
	bool is_cut =
	    hisho_parts_read(links, message, hisho_links_limits(links));

	add_header_links(links, wire);
	if (hisho_message_is_cut(message) || hisho_wire_is_cut(wire))
		trawl(links, wire);
	hisho_links_found_free(facts->found);
	facts->found = hisho_links_steal_found(links);
	hisho_links_relate(facts->found, first != NULL ? first->domain : NULL);
	if (is_cut || facts->found->limit_reached)
		g_ptr_array_add(facts->letter->limits, g_strdup("links"));
	note_lost(facts);
}

/* The hosts of a mail that is too large to be parsed, or ended its reader. */
static void
find_raw_links(
    HishoFacts *facts, const HishoWire *wire, const HishoLimits *limits)
{
	g_autoptr(HishoLinks) links = hisho_links_new(limits);
	gsize length = g_bytes_get_size(hisho_wire_mail(wire));

	trawl(links, wire);
	hisho_links_found_free(facts->found);
	facts->found = hisho_links_steal_found(links);
	facts->found->is_lost |= length >= RAW_MAX;
	note_lost(facts);
}

/* Of each link whether it is seen: all that its field tells. */
static void
strip_links(HishoLinksFound *found)
{
	for (guint i = 0; i < found->links->len; i++) {
		g_autoptr(HishoLink) link = found->links->pdata[i];
		HishoLink *bare = hisho_record_new(&hisho_link_type);
		bare->visible = link->visible;
		found->links->pdata[i] = bare;
	}
}

static void
read_header(HishoFacts *facts, const HishoWire *wire, const HishoLimits *limits)
{
	hisho_letter_free(facts->letter);
	facts->letter = hisho_letter_read_header(wire, limits);
	find_trace(facts, wire);
}

/* What the mail returns, and by which way that had gone. */
static void
find_bounce(HishoFacts *facts, const HishoWire *wire,
    const HishoMessage *message, const HishoLimits *limits)
{
	g_autoptr(HishoWire) returned =
	    hisho_bounce_find_returned(wire, message, limits);
	const HishoWireField *field = NULL;

	facts->letter->bounce = hisho_bounce_read(message, returned, limits);
	while (returned != NULL && facts->returned->len < HOP_LIMIT &&
	    (field = hisho_wire_next(returned, "Received", field)) != NULL) {
		size_t length;
		const char *value = hisho_wire_value(returned, field, &length);
		g_ptr_array_add(
		    facts->returned, hisho_received_parse(value, length));
	}
}

static HishoFacts *
find_facts(GBytes *mail, HishoFactsDepth depth, const HishoLimits *limits)
{
	HishoFacts *facts = hisho_facts_new();
	g_autoptr(HishoWire) wire = hisho_wire_new(mail, limits);

	if (depth != HISHO_FACTS_ONLY_LINKS)
		read_header(facts, wire, limits);
	if (depth == HISHO_FACTS_RAW)
		find_raw_links(facts, wire, limits);
	if (depth == HISHO_FACTS_HEADER || depth == HISHO_FACTS_RAW)
		return facts;
	g_autoptr(HishoMessage) message = hisho_message_parse(wire, limits);
	if (depth != HISHO_FACTS_ONLY_LINKS) {
		hisho_letter_add_parts(facts->letter, message);
		find_bounce(facts, wire, message, limits);
	}
	if (depth == HISHO_FACTS_PARTS)
		return facts;
	g_autoptr(HishoLinks) links = hisho_links_new(limits);
	find_links(facts, wire, message, links);
	if (depth == HISHO_FACTS_WORDS)
		find_asking(facts, links);
	if (depth == HISHO_FACTS_ONLY_LINKS)
		strip_links(facts->found);
	if (depth == HISHO_FACTS_TEXT)
		facts->text =
		    g_utf8_make_valid(hisho_links_shown(links)->main->str, -1);
	return facts;
}

GBytes *
hisho_facts_find(GBytes *request, void *context)
{
	gsize size;
	const guint8 *data = g_bytes_get_data(request, &size);
	HishoFactsDepth depth = size > 0 ? data[0] : HISHO_FACTS_HEADER;
	g_autoptr(GBytes) mail =
	    g_bytes_new_from_bytes(request, MIN(size, 1), size - MIN(size, 1));
	g_autoptr(HishoFacts) facts = find_facts(mail, depth, context);

	return hisho_pack_record(&hisho_facts_type, facts);
}

void
hisho_facts_prepare(void *context G_GNUC_UNUSED)
{
	hisho_text_open_converters();
}

/* What everybody relies on, whoever wrote the answer. */
static void
straighten(HishoFacts *facts)
{
	if (facts->letter == NULL)
		facts->letter = hisho_record_new(&hisho_letter_type);
	if (facts->found == NULL)
		facts->found = hisho_record_new(&hisho_links_found_type);
	if (facts->asking == NULL)
		facts->asking = hisho_record_new(&hisho_asking_type);
	facts->letter->has_one_from &= facts->letter->from->len > 0;
}

HishoFacts *
hisho_facts_read(GBytes *answer, GError **error)
{
	HishoFacts *facts = hisho_pack_read(&hisho_facts_type, answer, error);

	if (facts != NULL)
		straighten(facts);
	return facts;
}
