#include <string.h>

#include "libhisho/links/css.h"
#include "libhisho/links/declaration.h"
#include "libhisho/links/media.h"

static void
test_a_color_is_read_as_browsers_do(void)
{
	static const struct {
		const char *text;
		gint32 rgb; /* -2: none */
		guint alpha;
	} table[] = {
		{ "white", 0xFFFFFF, 255 },
		{ "rebeccapurple", 0x663399, 255 },
		{ "yellowgreen", 0x9ACD32, 255 },
		{ "aliceblue", 0xF0F8FF, 255 },
		{ "transparent", 0, 0 },
		{ "whit", -2, 0 },
		{ "#fff", 0xFFFFFF, 255 },
		{ "#12345678", 0x123456, 0x78 },
		{ "#1234", 0x112233, 0x44 },
		{ "#12345", -2, 0 },
		{ "fff", -2, 0 },
		{ "#ggg", -2, 0 },
		{ "rgb(1,2,3)", 0x010203, 255 },
		{ "rgb(1 2 3 / 50%)", 0x010203, 128 },
		{ "rgba(100%, 0%, 0%, 0)", 0xFF0000, 0 },
		{ "rgb(300,-1,0)", 0xFF0000, 255 },
		{ "rgb(1,2)", -2, 0 },
		{ "rgb(1,2,3", -2, 0 },
		{ "hsl(120, 100%, 25%)", 0x008000, 255 },
		{ "hsla(0,0%,100%,.5)", 0xFFFFFF, 128 },
		{ "lab(1 2 3)", -1, 255 },
		{ "var(--x)", -1, 255 },
		{ "", -2, 0 },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(table); i++) {
		HishoColor color = { -2, 0 };
		bool is_color = hisho_color_parse(&color, table[i].text);
		g_test_message("%s", table[i].text);
		g_assert_cmpint(color.rgb, ==, table[i].rgb);
		g_assert_cmpint(color.alpha, ==, table[i].alpha);
		g_assert_cmpint(is_color, ==, table[i].rgb != -2);
	}
}

static void
test_anything_is_a_color_in_an_attribute(void)
{
	static const struct {
		const char *text;
		gint32 rgb;
	} table[] = {
		{ "White", 0xFFFFFF },
		{ " #fff ", 0xFFFFFF },
		{ "ffffff", 0xFFFFFF },
		{ "#ffffff", 0xFFFFFF },
		{ "chucknorris", 0xC00000 },
		{ "fff", 0x0F0F0F },
		{ "#FFFFFFFFF", 0xFFFFFF },
		{ "0000000ff0000000ff0000000ff", 0xFFFFFF },
		{ "", -1 },
		{ "transparent", -1 },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(table); i++) {
		g_test_message("%s", table[i].text);
		g_assert_cmpint(hisho_color_of_attribute(table[i].text).rgb, ==,
		    table[i].rgb);
	}
}

static void
test_media_hold_by_width(void)
{
	static const struct {
		const char *text;
		bool wide, narrow;
	} table[] = {
		{ "", true, true },
		{ " all ", true, true },
		{ "SCREEN", true, true },
		{ "print", false, false },
		{ "print, screen", true, true },
		{ "not print", true, true },
		{ "not screen", false, false },
		{ "only screen and (max-width: 600px)", false, true },
		{ "screen and (min-width:601px)", true, false },
		{ "(max-width:37.5em)", false, true },
		{ "(min-width:100px) and (max-width:9999px)", true, true },
		{ "(max-device-width:600px)", false, true },
		{ "(width <= 600px)", false, true },
		{ "(width > 600px)", true, false },
		{ "not all and (max-width:600px)", true, false },
		{ "(orientation:portrait)", false, true },
		{ "(prefers-color-scheme:dark)", false, false },
		{ "(nonsense)", false, false },
		{ "(max-width)", false, false },
		{ "speech and (max-width:600px)", false, false },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(table); i++) {
		g_test_message("%s", table[i].text);
		g_assert_cmpint(
		    hisho_media_holds(table[i].text, HISHO_MEDIA_WIDE), ==,
		    table[i].wide);
		g_assert_cmpint(
		    hisho_media_holds(table[i].text, HISHO_MEDIA_NARROW), ==,
		    table[i].narrow);
	}
}

static void
test_disguises_come_off(void)
{
	static const struct {
		const char *text;
		const char *plain;
	} table[] = {
		{ "a/*b*/c", "a c" },
		{ "a/*b", "a " },
		{ "\\61 b", "ab" },
		{ "\\000061b", "ab" },
		{ "\\7b", "\1{" },
		{ "\\{", "\1{" },
		{ "\\", "" },
		{ "'/*a*/'", "'/*a*/'" },
		{ "url(/*a*/)", "url(/*a*/)" },
		{ "'a\n/*b*/'", "'a\n '" },
		{ "url(/*", "url(/*" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(table); i++) {
		g_autofree char *copy =
		    g_memdup2(table[i].text, strlen(table[i].text));
		g_autofree char *plain =
		    hisho_css_dup_plain(copy, strlen(table[i].text));
		g_assert_cmpstr(plain, ==, table[i].plain);
	}
}

static void
test_what_weighs_more_holds(void)
{
	static const struct {
		const char *first;
		guint32 first_weight;
		const char *second;
		guint32 second_weight;
		float size;
	} table[] = {
		{ "width:1px", 1, "width:2px", 2, 2 },
		{ "width:1px", 2, "width:2px", 1, 1 },
		{ "width:1px", 1, "width:2px", 1, 2 },
		{ "width:1px!important", 1, "width:2px", 9, 1 },
		{ "width:1px ! IMPORTANT", 1, "width:2px!important", 9, 2 },
		{ "width:1px!imp", 1, "width:2px", 0, 2 },
		{ "width:1px", 1, "width:-2px", 2, 1 },
		{ "width:1px", 1, "width:2furlong", 2, 1 },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(table); i++) {
		HishoStyle style;
		hisho_style_clear(&style);
		hisho_declaration_read(&style, table[i].first,
		    strlen(table[i].first), table[i].first_weight);
		hisho_declaration_read(&style, table[i].second,
		    strlen(table[i].second), table[i].second_weight);
		g_test_message("%s %s", table[i].first, table[i].second);
		g_assert_true(hisho_style_has(&style, HISHO_STYLE_WIDTH));
		g_assert_cmpfloat(
		    style.values[HISHO_STYLE_WIDTH].number, ==, table[i].size);
	}
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/css/a-color-is-read-as-browsers-do",
	    test_a_color_is_read_as_browsers_do);
	g_test_add_func("/css/anything-is-a-color-in-an-attribute",
	    test_anything_is_a_color_in_an_attribute);
	g_test_add_func("/css/media-hold-by-width", test_media_hold_by_width);
	g_test_add_func("/css/disguises-come-off", test_disguises_come_off);
	g_test_add_func(
	    "/css/what-weighs-more-holds", test_what_weighs_more_holds);
	return g_test_run();
}
