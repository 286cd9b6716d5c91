/* Permits of one sender, given and taken back on several hosts. */
#include "libhisho/store/permit.h"

#include <stdlib.h>
#include <string.h>

/* Adds "HOST@TIME", or withdraws by "-@TIME". */
static HishoPermit *
do_deed(HishoPermit *permit, const char *deed)
{
	const char *at = strchr(deed, '@');
	g_autoptr(HishoPermit) old = permit;
	g_autoptr(HishoPermit) new = hisho_permit_new("a@b.example");
	gint64 time = atoi(at + 1);

	if (*deed == '-')
		new->withdrawn = time;
	else
		new->since = time;
	if (*deed != '-' && at > deed)
		g_ptr_array_add(memchr(deed, '/', (size_t)(at - deed)) != NULL
			? new->nets
			: *deed == 'o' ? new->organizations
				       : new->hosts,
		    g_strndup(deed, (gsize)(at - deed)));
	return hisho_permit_join(old, new);
}

static HishoPermit *
live(const char *deeds)
{
	g_auto(GStrv) list = g_strsplit(deeds, " ", -1);
	HishoPermit *permit = hisho_permit_new("a@b.example");

	for (char **deed = list; *deed != NULL && **deed != '\0'; deed++)
		permit = do_deed(permit, *deed);
	return permit;
}

static char *
print(const HishoPermit *permit)
{
	g_autoptr(HishoJson) json = hisho_permit_to_json(permit);

	return hisho_json_dup_line(json);
}

static const struct {
	const char *promise;
	const char *one;
	const char *other;
	const char *both; /* behind the address */
} cases[] = {
	{ "a-permit-travels", "h@10", "",
	    "\"since\":10,\"hosts\":[\"h\"],\"nets\":[],\"organizations\":[]"
	    "}" },
	{ "one-without-a-way-does", "@10", "",
	    "\"since\":10,\"hosts\":[],\"nets\":[],\"organizations\":[]}" },
	{ "ways-come-together", "h@10", "i@20",
	    "\"since\":10,\"hosts\":[\"h\",\"i\"],\"nets\":[],"
	    "\"organizations\":[],"
	    "\"added\":[\"20 i\"],\"changed\":20,\"withdrawn\":0}" },
	{ "a-withdrawal-takes-what-is-older", "h@10", "i@20 -@15",
	    "\"since\":20,\"hosts\":[\"i\"],\"nets\":[],\"organizations\":[],"
	    "\"added\":[],\"changed\":0,\"withdrawn\":15}" },
	{ "or-all-of-it", "h@10 i@20", "-@21",
	    "\"since\":0,\"hosts\":[],\"nets\":[],\"organizations\":[],"
	    "\"added\":[],\"changed\":0,\"withdrawn\":21}" },
	{ "a-way-of-its-time-stays", "h@10", "-@10",
	    "\"since\":10,\"hosts\":[\"h\"],\"nets\":[],\"organizations\":[],"
	    "\"added\":[],\"changed\":0,\"withdrawn\":10}" },
	{ "the-past-is-not-forgotten", "h@10 -@15 i@20", "h@10",
	    "\"since\":20,\"hosts\":[\"i\"],\"nets\":[],\"organizations\":[],"
	    "\"added\":[],\"changed\":0,\"withdrawn\":15}" },
};

static void
test_case(gconstpointer data)
{
	gsize i = GPOINTER_TO_SIZE(data);
	g_autoptr(HishoPermit) one = live(cases[i].one);
	g_autoptr(HishoPermit) other = live(cases[i].other);
	g_autoptr(HishoPermit) both = hisho_permit_join(one, other);
	g_autofree char *got = print(both);
	g_autofree char *wanted =
	    g_strconcat("{\"address\":\"a@b.example\",", cases[i].both, NULL);

	g_assert_cmpstr(got, ==, wanted);
}

static HishoPermit *
choose(void)
{
	static const char *const ways[] = { "", "-", "h", "i", "n/24", "m/24",
		"o" };
	g_autoptr(GString) deeds = g_string_new(NULL);

	for (int n = g_test_rand_int_range(0, 6); n > 0; n--)
		g_string_append_printf(deeds, "%s%s@%d",
		    deeds->len > 0 ? " " : "",
		    ways[g_test_rand_int_range(0, G_N_ELEMENTS(ways))],
		    g_test_rand_int_range(1, 9));
	return live(deeds->str);
}

static void
test_joining_knows_no_order(void)
{
	for (int i = 0; i < 5000; i++) {
		g_autoptr(HishoPermit) a = choose();
		g_autoptr(HishoPermit) b = choose();
		g_autoptr(HishoPermit) c = choose();
		g_autoptr(HishoPermit) ab = hisho_permit_join(a, b);
		g_autoptr(HishoPermit) ba = hisho_permit_join(b, a);
		g_autoptr(HishoPermit) bc = hisho_permit_join(b, c);
		g_autoptr(HishoPermit) left = hisho_permit_join(ab, c);
		g_autoptr(HishoPermit) right = hisho_permit_join(a, bc);
		g_autoptr(HishoPermit) again = hisho_permit_join(ab, b);
		g_assert_true(hisho_permit_equal(ab, ba));
		g_assert_true(hisho_permit_equal(left, right));
		g_assert_true(hisho_permit_equal(again, ab));
	}
}

/* More ways than are kept: the same are, however they come. */
static void
test_the_latest_ways_are_kept(void)
{
	g_autoptr(HishoPermit) one = hisho_permit_new("a@b.example");
	g_autoptr(HishoPermit) other = hisho_permit_new("a@b.example");

	one->since = 10;
	other->since = 20;
	for (int i = 0; i < HISHO_PERMIT_PINS; i++) {
		g_ptr_array_add(one->hosts, g_strdup_printf("a%d", i));
		if (i < 400)
			g_ptr_array_add(
			    other->hosts, g_strdup_printf("b%d", i));
	}
	g_autoptr(HishoPermit) ab = hisho_permit_join(one, other);
	g_autoptr(HishoPermit) ba = hisho_permit_join(other, one);
	g_assert_cmpuint(ab->hosts->len, ==, HISHO_PERMIT_PINS);
	g_assert_true(hisho_permit_equal(ab, ba));
	g_assert_true(g_ptr_array_find_with_equal_func(
	    ab->hosts, "b399", g_str_equal, NULL));
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *path =
		    g_strconcat("/permit/", cases[i].promise, NULL);
		g_test_add_data_func(path, GSIZE_TO_POINTER(i), test_case);
	}
	g_test_add_func(
	    "/permit/joining-knows-no-order", test_joining_knows_no_order);
	g_test_add_func(
	    "/permit/the-latest-ways-are-kept", test_the_latest_ways_are_kept);
	return g_test_run();
}
