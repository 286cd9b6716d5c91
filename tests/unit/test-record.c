#include <string.h>

#include "libhisho/base/error.h"
#include "libhisho/base/record.h"

typedef struct {
	char *name;
	gint64 size;
} Leaf;

typedef struct {
	char *text;
	gint64 number;
	bool truth;
	GPtrArray *texts;
	Leaf *one;
	GPtrArray *many;
} Tree;

static void leaf_free(void *leaf);
static void tree_free(void *tree);

static const HishoRecordField leaf_fields[] = {
	{ "name", HISHO_RECORD_TEXT, offsetof(Leaf, name), NULL },
	{ "size", HISHO_RECORD_NUMBER, offsetof(Leaf, size), NULL },
	{ 0 },
};
static const HishoRecordType leaf_type = { sizeof(Leaf), leaf_fields,
	leaf_free };
static const HishoRecordField tree_fields[] = {
	{ "text", HISHO_RECORD_TEXT, offsetof(Tree, text), NULL },
	{ "number", HISHO_RECORD_NUMBER, offsetof(Tree, number), NULL },
	{ "truth", HISHO_RECORD_TRUTH, offsetof(Tree, truth), NULL },
	{ "texts", HISHO_RECORD_TEXTS, offsetof(Tree, texts), NULL },
	{ "one", HISHO_RECORD_ONE, offsetof(Tree, one), &leaf_type },
	{ "many", HISHO_RECORD_MANY, offsetof(Tree, many), &leaf_type },
	{ 0 },
};
static const HishoRecordType tree_type = { sizeof(Tree), tree_fields,
	tree_free };

static const char full[] =
    "{\"text\":\"t\",\"number\":-5,\"truth\":true,\"texts\":[\"a\",\"\"],"
    "\"one\":{\"name\":null,\"size\":1},"
    "\"many\":[{\"name\":\"x\",\"size\":2},{\"name\":\"y\",\"size\":3}]}";
static const char empty[] =
    "{\"text\":null,\"number\":0,\"truth\":false,\"texts\":[],\"one\":null,"
    "\"many\":[]}";

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

static Tree *
read_tree(const char *text, GError **error)
{
	g_autoptr(HishoJson) json = hisho_json_parse(text, strlen(text), NULL);

	g_assert_nonnull(json);
	return hisho_record_from_json(&tree_type, json, error);
}

static char *
dup_line(const Tree *tree)
{
	g_autoptr(HishoJson) json = hisho_record_to_json(&tree_type, tree);

	return hisho_json_dup_line(json);
}

static void
test_a_new_record_is_empty(void)
{
	Tree *tree = hisho_record_new(&tree_type);
	g_autofree char *line = dup_line(tree);

	g_assert_cmpstr(line, ==, empty);
	tree_free(tree);
	tree_free(NULL);
}

static void
test_arrays_that_are_null_are_written_as_empty(void)
{
	Tree tree = { .number = 0 };
	g_autofree char *line = dup_line(&tree);
	g_autoptr(HishoJson) none =
	    hisho_record_array_to_json(&leaf_type, NULL);

	g_assert_cmpstr(line, ==, empty);
	g_assert_true(hisho_json_is_array(none));
}

static void
test_what_is_written_is_read_again(void)
{
	static const char *const texts[] = { full, empty };

	for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
		g_autoptr(GError) error = NULL;
		Tree *tree = read_tree(texts[i], &error);
		g_assert_no_error(error);
		g_autofree char *line = dup_line(tree);
		g_assert_cmpstr(line, ==, texts[i]);
		tree_free(tree);
	}
}

static void
test_unknown_missing_and_null_keys_leave_it_empty(void)
{
	static const char *const texts[] = { "{}", "{\"other\":[1,{}]}",
		"{\"text\":null,\"number\":null,\"truth\":null,"
		"\"texts\":null,\"one\":null,\"many\":null}" };

	for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
		Tree *tree = read_tree(texts[i], NULL);
		g_autofree char *line = dup_line(tree);
		g_assert_cmpstr(line, ==, empty);
		tree_free(tree);
	}
}

static void
test_a_value_of_the_wrong_type_is_refused_and_named(void)
{
	static const struct {
		const char *text, *named;
	} cases[] = {
		{ "{\"text\":1}", "*'text'*" },
		{ "{\"number\":\"1\"}", "*'number'*" },
		{ "{\"number\":1.5}", "*'number'*" },
		{ "{\"truth\":1}", "*'truth'*" },
		{ "{\"texts\":\"a\"}", "*'texts'*" },
		{ "{\"texts\":[\"a\",1]}", "*'texts'*" },
		{ "{\"texts\":[null]}", "*'texts'*" },
		{ "{\"one\":[]}", "*object*" },
		{ "{\"one\":{\"size\":true}}", "*'size'*" },
		{ "{\"many\":{}}", "*'many'*" },
		{ "{\"many\":[null]}", "*object*" },
		{ "{\"many\":[{},{\"name\":[]}]}", "*'name'*" },
		{ "[]", "*object*" },
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GError) error = NULL;
		g_test_message("%s", cases[i].text);
		g_assert_null(read_tree(cases[i].text, &error));
		g_assert_error(error, HISHO_ERROR, HISHO_ERROR_INPUT);
		g_assert_true(
		    g_pattern_match_simple(cases[i].named, error->message));
		g_assert_null(read_tree(cases[i].text, NULL));
	}
}

static void
test_a_copy_shares_nothing(void)
{
	Tree *tree = read_tree(full, NULL);
	Tree *copy = hisho_record_dup(&tree_type, tree);

	g_assert_true(copy->text != tree->text && copy->one != tree->one &&
	    copy->texts != tree->texts &&
	    copy->many->pdata[0] != tree->many->pdata[0]);
	tree_free(tree);
	g_autofree char *line = dup_line(copy);
	g_assert_cmpstr(line, ==, full);
	tree_free(copy);
	g_assert_null(hisho_record_dup(&tree_type, NULL));
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func(
	    "/record/a-new-record-is-empty", test_a_new_record_is_empty);
	g_test_add_func("/record/arrays-that-are-null-are-written-as-empty",
	    test_arrays_that_are_null_are_written_as_empty);
	g_test_add_func("/record/what-is-written-is-read-again",
	    test_what_is_written_is_read_again);
	g_test_add_func("/record/unknown-missing-and-null-keys-leave-it-empty",
	    test_unknown_missing_and_null_keys_leave_it_empty);
	g_test_add_func(
	    "/record/a-value-of-the-wrong-type-is-refused-and-named",
	    test_a_value_of_the_wrong_type_is_refused_and_named);
	g_test_add_func(
	    "/record/a-copy-shares-nothing", test_a_copy_shares_nothing);
	return g_test_run();
}
