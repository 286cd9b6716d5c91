#include "libhisho/mail/field.h"

#include <string.h>

/* With the field's name and the folds this stays below 4 kB. */
#define VALUE_LIMIT 3800
#define FOLD_COLUMN 78

/* RFC 5322 2.1.1 allows 998 characters a line; a longer one is broken by
 * some relay, in the middle of an escape. */
#define PIECE_LIMIT 900

typedef struct {
	char *name; /* NULL: a word */
	char *value;
} Item;

struct HishoField {
	char *name;
	GPtrArray *items; /* Item */
	size_t length;	  /* of the value as it will be written */
	guint n_more;
};

static const char *const order[] = { "Parse", "Links", "Route", "Safe", "Score",
	"Warning", "Advice", "Folder", "Status", "Seal" };

static void
item_free(void *data)
{
	Item *item = data;

	g_free(item->name);
	g_free(item->value);
	g_free(item);
}

HishoField *
hisho_field_new(const char *name)
{
	HishoField *field = g_new0(HishoField, 1);

	field->name = g_strdup(name);
	field->items = g_ptr_array_new_with_free_func(item_free);
	return field;
}

void
hisho_field_free(HishoField *field)
{
	if (field == NULL)
		return;
	g_free(field->name);
	g_ptr_array_unref(field->items);
	g_free(field);
}

static bool
is_plain(char c)
{
	return g_ascii_isalnum(c) || (c != '\0' && strchr("._:/@+-", c));
}

static void
append_encoded(GString *out, const char *text)
{
	for (; *text != '\0'; text++) {
		if (is_plain(*text))
			g_string_append_c(out, *text);
		else
			g_string_append_printf(out, "%%%02X", (guchar)*text);
	}
}

static char *
dup_item(const Item *item)
{
	GString *text = g_string_new(item->name);

	if (item->name != NULL)
		g_string_append_c(text, '=');
	append_encoded(text, item->value);
	return g_string_free(text, FALSE);
}

static void
add(HishoField *field, const char *name, const char *value)
{
	Item *item = g_new0(Item, 1);

	item->name = g_strdup(name);
	item->value = g_strdup(value);
	g_autofree char *text = dup_item(item);
	size_t length = strlen(text) + 2;
	if (field->n_more > 0 || field->length + length > VALUE_LIMIT) {
		field->n_more++;
		item_free(item);
		return;
	}
	field->length += length;
	g_ptr_array_add(field->items, item);
}

void
hisho_field_add(HishoField *field, const char *name, const char *value)
{
	if (value != NULL)
		add(field, name, value);
}

void
hisho_field_add_number(HishoField *field, const char *name, gint64 value)
{
	g_autofree char *text = g_strdup_printf("%" G_GINT64_FORMAT, value);

	add(field, name, text);
}

void
hisho_field_add_word(HishoField *field, const char *word)
{
	add(field, NULL, word);
}

/* Field values hold no NUL, blanks or controls; a %00 is dropped. */
static char *
decode(const char *text)
{
	GString *out = g_string_new(NULL);

	for (; *text != '\0'; text++) {
		if (text[0] == '%' && g_ascii_isxdigit(text[1]) &&
		    g_ascii_isxdigit(text[2])) {
			int byte = g_ascii_xdigit_value(text[1]) << 4 |
			    g_ascii_xdigit_value(text[2]);
			if (byte != 0)
				g_string_append_c(out, (char)byte);
			text += 2;
		} else if (!g_ascii_isspace(*text)) {
			g_string_append_c(out, *text);
		}
	}
	return g_string_free(out, FALSE);
}

static void
parse_item(HishoField *field, char *text)
{
	g_strstrip(text);
	char *equals = strchr(text, '=');
	if (equals != NULL)
		*equals = '\0';
	g_autofree char *value = decode(equals != NULL ? equals + 1 : text);
	if (equals != NULL && strcmp(text, "more") == 0)
		field->n_more = (guint)g_ascii_strtoull(value, NULL, 10);
	else if (*text != '\0')
		add(field, equals != NULL ? text : NULL, value);
}

HishoField *
hisho_field_parse(const char *name, const char *value, size_t length)
{
	HishoField *field = hisho_field_new(name);
	g_autofree char *text = g_strndup(value, length);
	g_auto(GStrv) items = g_strsplit(text, ";", -1);

	for (char **item = items; *item != NULL; item++)
		parse_item(field, *item);
	return field;
}

const char *
hisho_field_name(const HishoField *field)
{
	return field->name;
}

const char *
hisho_field_get(const HishoField *field, const char *name)
{
	for (guint i = 0; i < field->items->len; i++) {
		const Item *item = field->items->pdata[i];
		if (item->name != NULL && strcmp(item->name, name) == 0)
			return item->value;
	}
	return NULL;
}

const char *
hisho_field_word(const HishoField *field)
{
	for (guint i = 0; i < field->items->len; i++) {
		const Item *item = field->items->pdata[i];
		if (item->name == NULL)
			return item->value;
	}
	return NULL;
}

bool
hisho_field_is_complete(const HishoField *field)
{
	return field->n_more == 0;
}

char *
hisho_field_dup_value(const HishoField *field)
{
	GString *value = g_string_new(NULL);

	for (guint i = 0; i < field->items->len; i++) {
		g_autofree char *text = dup_item(field->items->pdata[i]);
		if (i > 0)
			g_string_append(value, "; ");
		g_string_append(value, text);
	}
	if (field->n_more > 0)
		g_string_append_printf(value, "%smore=%u",
		    field->items->len > 0 ? "; " : "", field->n_more);
	return g_string_free(value, FALSE);
}

/* Appends ITEM in pieces that a line can hold; what reads it passes over
 * the blanks between them. */
static void
append_item(GString *block, const char *item)
{
	for (size_t length; (length = strlen(item)) > PIECE_LIMIT;
	     item += PIECE_LIMIT) {
		g_string_append_len(block, item, PIECE_LIMIT);
		g_string_append(block, "\n ");
	}
	g_string_append(block, item);
}

/* Folds between items; only one that is too long for any line within. */
static void
append_folded(GString *block, const HishoField *field)
{
	g_autofree char *value = hisho_field_dup_value(field);
	g_auto(GStrv) items = g_strsplit(value, "; ", -1);
	size_t line_start = block->len;

	g_string_append_printf(block, "X-Hisho-%s:", field->name);
	for (char **item = items; *item != NULL; item++) {
		bool is_last = item[1] == NULL;
		size_t needed = 1 + strlen(*item) + (is_last ? 0 : 1);
		if (item != items &&
		    block->len - line_start + needed > FOLD_COLUMN) {
			g_string_append_c(block, '\n');
			line_start = block->len;
		}
		g_string_append_c(block, ' ');
		append_item(block, *item);
		g_string_append(block, is_last ? "" : ";");
	}
	g_string_append_c(block, '\n');
}

static int
place(const HishoField *field)
{
	for (size_t i = 0; i < G_N_ELEMENTS(order); i++)
		if (strcmp(field->name, order[i]) == 0)
			return (int)i;
	return G_N_ELEMENTS(order);
}

/* Insertion sort: a dozen fields, and equal names must keep their order. */
void
hisho_field_sort(GPtrArray *fields)
{
	for (guint i = 1; i < fields->len; i++) {
		void *moved = fields->pdata[i];
		guint at = i;
		for (; at > 0 && place(fields->pdata[at - 1]) > place(moved);
		     at--)
			fields->pdata[at] = fields->pdata[at - 1];
		fields->pdata[at] = moved;
	}
}

char *
hisho_field_dup_block(GPtrArray *fields)
{
	GString *block = g_string_new(NULL);

	hisho_field_sort(fields);
	for (guint i = 0; i < fields->len; i++)
		append_folded(block, fields->pdata[i]);
	return g_string_free(block, FALSE);
}

const HishoField *
hisho_field_find(const GPtrArray *fields, const char *name)
{
	for (guint i = 0; fields != NULL && i < fields->len; i++) {
		const HishoField *field = fields->pdata[i];
		if (strcmp(field->name, name) == 0)
			return field;
	}
	return NULL;
}
