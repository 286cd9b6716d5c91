#include <string.h>

#include "libhisho/score/sentences.h"

static const char *const codes[] = { "link-reported", "permit-forged",
	"self-forged", "from-lookalike", "link-lookalike", "link-text-differs",
	"form-password", "permit-forged/host-unknown", "attachment-dangerous",
	"not-analysed", "not-analysed/reputation-unavailable", "limit-reached",
	"route-new", "permit-unproven", "from-multiple", "from-name-differs",
	"link-hidden", "link-address", "link-userinfo", "link-mixed-script",
	"reply-to-differs", "no-to", "route-plaintext", "upstream-marked",
	"form", "link-redirect", "link-shortener", "password-words",
	"money-words", "auth-failed", "auth-failed/quarantine",
	"auth-failed/direct" };

static char *
dup_sentence(
    const char *code, const char *lang, const char *name, const char *value)
{
	g_autoptr(GPtrArray) evidence = g_ptr_array_new_with_free_func(g_free);

	if (name != NULL) {
		g_ptr_array_add(evidence, g_strdup(name));
		g_ptr_array_add(evidence, g_strdup(value));
	}
	return hisho_sentence_dup(code, lang, evidence);
}

static void
test_every_code_has_words_in_both_languages(void)
{
	for (guint i = 0; i < G_N_ELEMENTS(codes); i++) {
		g_autofree char *en = dup_sentence(codes[i], "en", NULL, NULL);
		g_autofree char *ja = dup_sentence(codes[i], "ja", NULL, NULL);
		g_test_message("%s", codes[i]);
		g_assert_cmpuint(strlen(en), >, strlen(codes[i]));
		g_assert_true(g_str_is_ascii(en));
		g_assert_false(g_str_is_ascii(ja));
		g_assert_true(g_utf8_validate(ja, -1, NULL));
		g_assert_null(strpbrk(en, "{}"));
		g_assert_null(strpbrk(ja, "{}"));
	}
}

static void
test_levels_are_those_of_the_manual(void)
{
	static const struct {
		const char *code, *level;
	} cases[] = {
		{ "link-reported", "danger" },
		{ "permit-forged", "danger" },
		{ "self-forged", "danger" },
		{ "from-lookalike", "danger" },
		{ "link-lookalike", "danger" },
		{ "link-text-differs", "danger" },
		{ "attachment-dangerous", "danger" },
		{ "form-password", "danger" },
		{ "auth-failed", "danger" },
		{ "not-analysed", "caution" },
		{ "limit-reached", "caution" },
		{ "route-new", "caution" },
		{ "permit-unproven", "caution" },
		{ "from-name-differs", "caution" },
		{ "from-multiple", "caution" },
		{ "link-hidden", "caution" },
		{ "link-address", "caution" },
		{ "link-userinfo", "caution" },
		{ "link-mixed-script", "caution" },
		{ "reply-to-differs", "note" },
		{ "no-to", "note" },
		{ "upstream-marked", "note" },
		{ "form", "note" },
		{ "link-redirect", "caution" },
		{ "link-shortener", "note" },
		{ "password-words", "note" },
		{ "money-words", "note" },
		{ "unheard-of", "note" },
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_test_message("%s", cases[i].code);
		g_assert_cmpstr(
		    hisho_sentence_level(cases[i].code), ==, cases[i].level);
	}
}

static void
test_dangers_stand_before_cautions_before_notes(void)
{

	for (guint i = 0; i < G_N_ELEMENTS(codes); i++)
		for (guint j = 0; j < G_N_ELEMENTS(codes); j++) {
			const char *a = hisho_sentence_level(codes[i]);
			const char *b = hisho_sentence_level(codes[j]);
			if (strcmp(a, "danger") == 0 &&
			    strcmp(b, "danger") != 0)
				g_assert_cmpint(hisho_sentence_rank(codes[i]),
				    <, hisho_sentence_rank(codes[j]));
			if (strcmp(a, "note") != 0 && strcmp(b, "note") == 0)
				g_assert_cmpint(hisho_sentence_rank(codes[i]),
				    <, hisho_sentence_rank(codes[j]));
		}
	for (guint i = 0; i < G_N_ELEMENTS(codes); i++)
		g_assert_cmpint(hisho_sentence_rank("unheard-of"), >,
		    hisho_sentence_rank(codes[i]));
}

static void
test_evidence_is_put_in_its_place_as_it_is(void)
{
	static const struct {
		const char *code, *name, *value, *part;
	} cases[] = {
		{ "link-address", "host", "192.0.2.1", "address, 192.0.2.1." },
		{ "link-address", "host", "{host}", "address, {host}." },
		{ "link-address", "hos", "x", "address, ." },
		{ "link-address", "hosts", "x", "address, ." },
		{ "from-name-differs", "name", "%s%n", "\"%s%n\"" },
		{ "unheard-of", "x", "y", "unheard-of" },
		/* A reason may have words of its own. */
		{ "permit-forged", "reason", "host-unknown", "does not tell" },
		{ "permit-forged", "ip", "192.0.2.1", "by 192.0.2.1, which" },
		{ "not-analysed", "reason", "timeout", "analysed (timeout)" },
		{ "not-analysed", "reason", "reputation-unavailable",
		    "database could not be read" },
		{ "auth-failed", "reason", "reject", "be refused" },
		{ "auth-failed", "reason", "quarantine", "be kept apart" },
		{ "auth-failed", "reason", "direct", "came straight" },
		{ "not-analysed", "reason", "../x", "analysed (../x)" },
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *text = dup_sentence(
		    cases[i].code, "en", cases[i].name, cases[i].value);
		g_test_message("%s", text);
		g_assert_nonnull(strstr(text, cases[i].part));
	}
	g_autofree char *other = dup_sentence("no-to", "fr", NULL, NULL);
	g_autofree char *none = dup_sentence("no-to", NULL, NULL, NULL);
	g_assert_true(g_str_is_ascii(other) && g_str_is_ascii(none));
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/sentences/every-code-has-words-in-both-languages",
	    test_every_code_has_words_in_both_languages);
	g_test_add_func("/sentences/levels-are-those-of-the-manual",
	    test_levels_are_those_of_the_manual);
	g_test_add_func("/sentences/dangers-stand-before-cautions-before-notes",
	    test_dangers_stand_before_cautions_before_notes);
	g_test_add_func("/sentences/evidence-is-put-in-its-place-as-it-is",
	    test_evidence_is_put_in_its_place_as_it_is);
	return g_test_run();
}
