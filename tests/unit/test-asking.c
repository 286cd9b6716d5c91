#include <string.h>

#include "libhisho/parse/asking.h"
#include "libhisho/parse/fold.h"

static char *
dup_found(const GPtrArray *found)
{
	GString *text = g_string_new(NULL);

	for (guint i = 0; i < found->len; i++)
		g_string_append_printf(text, "%s%s", i > 0 ? "; " : "",
		    (const char *)found->pdata[i]);
	return g_string_free(text, FALSE);
}

static HishoAsking *
find(const char *text, size_t length)
{
	HishoAsking *asking = hisho_record_new(&hisho_asking_type);

	hisho_asking_find(asking, text, length);
	return asking;
}

static void
assert_secrets(const char *text, const char *expected)
{
	g_autoptr(HishoAsking) asking = find(text, strlen(text));
	g_autofree char *found = dup_found(asking->secrets);

	g_test_message("%s", text);
	g_assert_cmpstr(found, ==, expected);
}

static void
test_who_asks_for_a_secret_is_found(void)
{
	static const char *const cases[][2] = {
		{ "Please enter your password.", "enter your password" },
		{ "Reply with your User Name and PASSWORD!",
		    "reply with your user name and password" },
		{ "Provide us with your card number.",
		    "provide us with your card number" },
		{ "You must verify your\nPayPal account.",
		    "verify your paypal account" },
		{ "Your account has been\r\nsuspended",
		    "account has been suspended" },
		{ "Your password is expiring today",
		    "your password is expiring" },
		{ "CONFIRM your PINs", "confirm your pin" },
		{ "パスワードを入力してください。", "パスワードを入力" },
		{ "暗証番号と口座番号をお知らせください",
		    "口座番号をお知らせください" },
		{ "アカウントを一時停止しました", "アカウントを一時停止" },
		{ "ログインして本人確認をしてください",
		    "ログインして本人確認" },
		{ "本人確認のお手続き", "本人確認のお手続" },
		{ "カード番号、有効期限、セキュリティコードのご入力",
		    "セキュリティコードのご入力" },
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++)
		assert_secrets(cases[i][0], cases[i][1]);
}

static void
test_who_only_speaks_of_it_is_not(void)
{
	static const char *const cases[] = {
		"",
		"We will never ask you to enter your password.",
		"Do not share or enter your password anywhere.",
		"Don\xe2\x80\x99t give us your password or enter it.",
		"Forgot your password? Reset it here.",
		"Passwords matter.",
		"The password that you entered was wrong.",
		"Enter. Your password is of no use.",
		"Enter\n\nyour password",
		"Enter now the name of the place where you were born, but not "
		"your password",
		"I keep your passwordless account.",
		"The centerpiece of your password manager",
		"Your accountant was suspended.",
		"パスワードをお尋ねすることはありません。",
		"メールでパスワードの入力をお願いすることはございません。",
		"パスワードを入力しないでください。",
		"パスワードをお忘れの方は再入力。",
		"アカウントについて。停止した電車。",
		"口座",
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++)
		assert_secrets(cases[i], "");
}

/* As in forged mail that would not be found by its words. */
static void
test_the_spelling_makes_no_difference(void)
{
	static const char *const cases[][2] = {
		{ "ENTER\xc2\xa0 YOUR \t PASSWORD", "enter your password" },
		{ "Enter your pass\xe2\x80\x8bword", "enter your password" },
		{ "Enter your pass\xc2\xadword", "enter your password" },
		{ "Ｅｎｔｅｒ　ｙｏｕｒ　ｐａｓｓｗｏｒｄ",
		    "enter your password" },
		{ "Verify your WaIIet", "verify your wallet" },
		{ "\u0415nter your р\u0430\u0455sw\u043erd",
		    "enter your password" },
		{ "C\u039fNFIRM Y\u041eUR \u03a1IN", "confirm your pin" },
		{ "ﾊﾟｽﾜｰﾄﾞを入力", "パスワードを入力" },
		{ "パ ス ワ ー ド を\n入\xe2\x80\x8b力", "パスワードを入力" },
		{ "パスワード　を　入力", "パスワードを入力" },
		/* A kana and its mark, each for itself. */
		{ "ハ\xe3\x82\x9aスワート\xe3\x82\x99を入力",
		    "パスワードを入力" },
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++)
		assert_secrets(cases[i][0], cases[i][1]);
}

static void
test_who_asks_for_money_is_found(void)
{
	static const char *const cases[][2] = {
		{ "Buy three iTunes cards.", "itunes card" },
		{ "Can you transfer some money?", "transfer some money" },
		{ "It is a transfer to another train. Money is short.", "" },
		{ "We never ask for a gift card.", "gift card" },
		{ "振込先が変わりました", "振込先" },
		{ "急にお金が必要になった", "お金が必要" },
		{ "今日は天気がいい", "" },
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(HishoAsking) asking =
		    find(cases[i][0], strlen(cases[i][0]));
		g_autofree char *found = dup_found(asking->money);
		g_assert_cmpstr(found, ==, cases[i][1]);
	}
}

static void
test_a_few_different_ones_are_kept(void)
{
	static const char text[] = "enter your password. Enter your password. "
				   "enter your password or verify your "
				   "account. enter my password. enter your "
				   "pin. enter a passcode. enter a cvv.";

	assert_secrets(text,
	    "enter your password; verify your account; enter my password; "
	    "enter your pin");
}

/* Bytes of any kind, and no end of what nearly is a phrase. */
static void
test_hostile_text_does_no_harm(void)
{
	static const char *const pieces[] = { "enter ", "enter your password ",
		"\n", "\n \n", "\xe3\x83", "\xe3\x82\x99", "a\xcc\x81\xcc\x81",
		"\xff", "。", ".", "パスワード", "IIII", "\xf0\x9f" };

	for (guint i = 0; i < G_N_ELEMENTS(pieces); i++) {
		g_autoptr(GString) text = g_string_new(NULL);
		while (text->len < 262144)
			g_string_append(text, pieces[i]);
		g_autoptr(HishoAsking) asking = find(text->str, text->len);
		g_assert_cmpuint(asking->secrets->len, <=, 4);
	}
	g_autoptr(HishoAsking) nothing = find("enter\0your password", 19);
	g_assert_nonnull(nothing);
}

static void
test_text_is_folded(void)
{
	static const char *const cases[][2] = {
		{ "  A  B\n", "a b" },
		{ "日 本 語", "日本語" },
		{ "日本 ABC 語", "日本abc語" },
		{ "Don\xe2\x80\x99t", "don't" },
		{ "Ill AIl waIIs", "ill ail walls" },
		{ "é É", "é\xc3\x89" },
		{ "①㈱", "1(株)" },
		{ "p\u0430\u0443 \u0440al", "pay pal" },
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GString) out = g_string_new(NULL);
		hisho_fold_append(out, cases[i][0], strlen(cases[i][0]));
		g_assert_cmpstr(out->str, ==, cases[i][1]);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/asking/who-asks-for-a-secret-is-found",
	    test_who_asks_for_a_secret_is_found);
	g_test_add_func("/asking/who-only-speaks-of-it-is-not",
	    test_who_only_speaks_of_it_is_not);
	g_test_add_func("/asking/the-spelling-makes-no-difference",
	    test_the_spelling_makes_no_difference);
	g_test_add_func("/asking/who-asks-for-money-is-found",
	    test_who_asks_for_money_is_found);
	g_test_add_func("/asking/a-few-different-ones-are-kept",
	    test_a_few_different_ones_are_kept);
	g_test_add_func("/asking/hostile-text-does-no-harm",
	    test_hostile_text_does_no_harm);
	g_test_add_func("/asking/text-is-folded", test_text_is_folded);
	return g_test_run();
}
