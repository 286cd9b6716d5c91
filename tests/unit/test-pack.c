#include <string.h>

#include "libhisho/base/error.h"
#include "libhisho/base/pack.h"

typedef struct {
	char *name;
	gint64 size;
} Leaf;

typedef struct Tree {
	char *text;
	gint64 number;
	bool truth;
	GPtrArray *texts;
	Leaf *one;
	GPtrArray *many;
	struct Tree *below;
} Tree;

#define FIELD(record, member, kind, type)                                      \
	{                                                                      \
#member, HISHO_RECORD_##kind, offsetof(record, member), type   \
	}

static void leaf_free(void *leaf);
static void tree_free(void *tree);

static const HishoRecordField leaf_fields[] = {
	FIELD(Leaf, name, TEXT, NULL),
	FIELD(Leaf, size, NUMBER, NULL),
	{ 0 },
};
static const HishoRecordType leaf_type = { sizeof(Leaf), leaf_fields,
	leaf_free };
static const HishoRecordType tree_type;
static const HishoRecordField tree_fields[] = {
	FIELD(Tree, text, TEXT, NULL),
	FIELD(Tree, number, NUMBER, NULL),
	FIELD(Tree, truth, TRUTH, NULL),
	FIELD(Tree, texts, TEXTS, NULL),
	FIELD(Tree, one, ONE, &leaf_type),
	FIELD(Tree, many, MANY, &leaf_type),
	FIELD(Tree, below, ONE, &tree_type),
	{ 0 },
};
static const HishoRecordType tree_type = { sizeof(Tree), tree_fields,
	tree_free };

static const char full[] =
    "{\"text\":\"秘書\",\"number\":-5,\"truth\":true,\"texts\":[\"a\",\"\"],"
    "\"one\":{\"name\":null,\"size\":1},"
    "\"many\":[{\"name\":\"x\",\"size\":2},{\"name\":\"y\",\"size\":3}],"
    "\"below\":{\"text\":\"t\",\"number\":9223372036854775807,"
    "\"truth\":false,\"texts\":[],\"one\":null,\"many\":[],"
    "\"below\":null}}";

static void
leaf_free(void *leaf)
{
	hisho_record_free(&leaf_type, leaf);
}

static void
tree_free(void *tree)
{
	hisho_record_free(&tree_type, tree);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Tree, tree_free)

static Tree *
read_tree(const char *text)
{
	g_autoptr(HishoJson) json = hisho_json_parse(text, strlen(text), NULL);

	return hisho_record_from_json(&tree_type, json, NULL);
}

static char *
dup_line(const Tree *tree)
{
	g_autoptr(HishoJson) json = hisho_record_to_json(&tree_type, tree);

	return hisho_json_dup_line(json);
}

static GBytes *
pack_full(void)
{
	g_autoptr(Tree) tree = read_tree(full);

	return hisho_pack_record(&tree_type, tree);
}

/* Whether LENGTH BYTES, which end where they end, hold a tree. */
static Tree *
unpack(const void *bytes, size_t length)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GBytes) exact = g_bytes_new(bytes, length);
	Tree *tree = hisho_pack_read(&tree_type, exact, &error);

	if (tree == NULL)
		g_assert_error(error, HISHO_ERROR, HISHO_ERROR_INPUT);
	else
		g_assert_no_error(error);
	return tree;
}

static void
test_what_is_packed_is_read_again(void)
{
	g_autoptr(GBytes) packed = pack_full();
	g_autoptr(Tree) tree =
	    unpack(g_bytes_get_data(packed, NULL), g_bytes_get_size(packed));
	g_autofree char *line = dup_line(tree);

	g_assert_cmpstr(line, ==, full);
}

static void
test_null_arrays_are_read_as_empty(void)
{
	const Tree none = { .number = 0 };
	g_autoptr(GBytes) packed = hisho_pack_record(&tree_type, &none);
	g_autoptr(Tree) tree = hisho_pack_read(&tree_type, packed, NULL);

	g_assert_null(tree->text);
	g_assert_null(tree->one);
	g_assert_cmpuint(tree->texts->len, ==, 0);
	g_assert_cmpuint(tree->many->len, ==, 0);
}

static void
test_a_text_that_is_not_utf8_is_made_so(void)
{
	char text[] = "a\xff";
	const Tree wrong = { .text = text };
	g_autoptr(GBytes) packed = hisho_pack_record(&tree_type, &wrong);
	g_autoptr(Tree) tree = hisho_pack_read(&tree_type, packed, NULL);

	g_assert_cmpstr(tree->text, ==, "a\xef\xbf\xbd");
}

static void
test_nothing_but_the_whole_is_read(void)
{
	g_autoptr(GBytes) packed = pack_full();
	size_t length = g_bytes_get_size(packed);
	g_autofree char *longer = g_malloc0(length + 1);

	memcpy(longer, g_bytes_get_data(packed, NULL), length);
	for (size_t i = 0; i < length; i++)
		g_assert_null(unpack(longer, i));
	g_assert_null(unpack(longer, length + 1));
}

static void
test_a_packet_with_any_wrong_bit_does_no_harm(void)
{
	g_autoptr(GBytes) packed = pack_full();
	size_t length = g_bytes_get_size(packed);
	g_autofree char *bytes =
	    g_memdup2(g_bytes_get_data(packed, NULL), length);
	guint n_refused = 0;

	for (size_t bit = 0; bit < 8 * length; bit++) {
		bytes[bit / 8] ^= (char)(1 << bit % 8);
		g_autoptr(Tree) tree = unpack(bytes, length);
		g_autofree char *line = tree != NULL ? dup_line(tree) : NULL;
		n_refused += tree == NULL;
		bytes[bit / 8] ^= (char)(1 << bit % 8);
	}
	/* Every high bit of a length or a number of items, at the least. */
	g_assert_cmpuint(n_refused, >, length);
}

static void
test_noise_does_no_harm(void)
{
	g_autoptr(GRand) random = g_rand_new_with_seed(1);
	guint8 bytes[512];

	for (guint round = 0; round < 20000; round++) {
		size_t length = (size_t)g_rand_int_range(random, 0, 512);
		/* Small figures lead deeper than large ones. */
		for (size_t i = 0; i < length; i++)
			bytes[i] = g_rand_boolean(random)
			    ? 0
			    : (guint8)g_rand_int_range(random, 0, 4);
		g_autoptr(Tree) tree = unpack(bytes, length);
	}
}

static void
test_lies_are_refused(void)
{
	static const struct {
		const char *what;
		size_t at;
		guint32 figure;
	} lies[] = {
		{ "a text as long as all memory", 0, G_MAXUINT32 - 1 },
		{ "a text beyond the end", 0, 1000 },
		{ "neither true nor false", 12, 2 },
		{ "more texts than bytes", 16, G_MAXUINT32 },
		{ "two where one may be", 20, 2 },
		{ "more records than bytes", 24, G_MAXUINT32 },
		{ "a NUL in a text", 0, 4 },
	};
	const Tree none = { .number = 0 };
	g_autoptr(GBytes) packed = hisho_pack_record(&tree_type, &none);
	size_t length = g_bytes_get_size(packed);

	for (guint i = 0; i < G_N_ELEMENTS(lies); i++) {
		g_autofree char *bytes =
		    g_memdup2(g_bytes_get_data(packed, NULL), length);
		g_test_message("%s", lies[i].what);
		memcpy(
		    bytes + lies[i].at, &lies[i].figure, sizeof lies[i].figure);
		g_assert_null(unpack(bytes, length));
	}
}

static void
test_what_nests_without_end_is_refused(void)
{
	Tree trees[100] = { 0 };

	for (guint i = 1; i < G_N_ELEMENTS(trees); i++)
		trees[i - 1].below = &trees[i];
	g_autoptr(GBytes) packed = hisho_pack_record(&tree_type, trees);
	g_assert_null(hisho_pack_read(&tree_type, packed, NULL));
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/pack/what-is-packed-is-read-again",
	    test_what_is_packed_is_read_again);
	g_test_add_func("/pack/null-arrays-are-read-as-empty",
	    test_null_arrays_are_read_as_empty);
	g_test_add_func("/pack/a-text-that-is-not-utf8-is-made-so",
	    test_a_text_that_is_not_utf8_is_made_so);
	g_test_add_func("/pack/nothing-but-the-whole-is-read",
	    test_nothing_but_the_whole_is_read);
	g_test_add_func("/pack/a-packet-with-any-wrong-bit-does-no-harm",
	    test_a_packet_with_any_wrong_bit_does_no_harm);
	g_test_add_func("/pack/noise-does-no-harm", test_noise_does_no_harm);
	g_test_add_func("/pack/lies-are-refused", test_lies_are_refused);
	g_test_add_func("/pack/what-nests-without-end-is-refused",
	    test_what_nests_without_end_is_refused);
	return g_test_run();
}
