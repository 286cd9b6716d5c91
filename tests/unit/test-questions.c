#include <glib.h>

#include "libhisho/route/questions.h"

static HishoAnswer *
new_answer(guint ttl_s)
{
	HishoAnswer *answer = hisho_answer_new(HISHO_ANSWER_NOTHING);

	answer->ttl_s = ttl_s;
	return answer;
}

/* Whether NAME has to be asked; then the answer holds for TTL_S. */
static bool
asks(HishoQuestions *questions, const char *name, guint ttl_s)
{
	HishoQuestion *question =
	    hisho_questions_add(questions, name, HISHO_DNS_A);

	if (question != NULL)
		hisho_question_settle_take(question, new_answer(ttl_s));
	return question != NULL;
}

static void
test_what_is_known_is_not_asked_again(void)
{
	HishoQuestions *questions = hisho_questions_new(NULL);

	hisho_questions_begin(questions);
	g_assert_true(asks(questions, "long.example", 60));
	g_assert_false(asks(questions, "LONG.example", 60));
	g_assert_true(asks(questions, "short.example", 0));
	g_assert_false(asks(questions, "short.example", 0));
	g_assert_nonnull(
	    hisho_questions_add(questions, "long.example", HISHO_DNS_AAAA));
	hisho_questions_begin(questions);
	g_assert_false(asks(questions, "long.example", 60));
	g_assert_true(asks(questions, "short.example", 0));
	g_assert_cmpuint(hisho_questions_n_settled(questions), ==, 3);
	hisho_questions_free(questions);
}

static void
test_what_is_being_asked_is_not_asked_again(void)
{
	HishoQuestions *questions = hisho_questions_new(&questions);
	HishoQuestion *question;

	hisho_questions_begin(questions);
	question = hisho_questions_add(questions, "A.example", HISHO_DNS_MX);
	g_assert_true(question->context == &questions);
	g_assert_cmpstr(question->name, ==, "a.example");
	hisho_questions_begin(questions);
	g_assert_null(
	    hisho_questions_add(questions, "a.example", HISHO_DNS_MX));
	g_assert_null(
	    hisho_questions_look(questions, "a.example", HISHO_DNS_MX));
	hisho_question_settle_take(question, new_answer(1));
	g_assert_true(hisho_questions_look(questions, "a.EXAMPLE",
			  HISHO_DNS_MX) == question->answer);
	g_assert_null(
	    hisho_questions_look(questions, "a.example", HISHO_DNS_A));
	hisho_questions_free(questions);
}

/* Thousands of mails do not fill the memory; what is awaited stays. */
static void
test_too_much_is_forgotten(void)
{
	HishoQuestions *questions = hisho_questions_new(NULL);
	HishoQuestion *awaited =
	    hisho_questions_add(questions, "awaited.example", HISHO_DNS_A);

	for (guint i = 0; i < 5000; i++) {
		g_autofree char *name = g_strdup_printf("n%u.example", i);
		g_assert_true(asks(questions, name, 3600));
	}
	g_assert_false(asks(questions, "n0.example", 3600));
	hisho_questions_begin(questions);
	g_assert_true(asks(questions, "n0.example", 3600));
	hisho_question_settle_take(awaited, new_answer(1));
	g_assert_nonnull(
	    hisho_questions_look(questions, "awaited.example", HISHO_DNS_A));
	hisho_questions_free(questions);
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/questions/what-is-known-is-not-asked-again",
	    test_what_is_known_is_not_asked_again);
	g_test_add_func("/questions/what-is-being-asked-is-not-asked-again",
	    test_what_is_being_asked_is_not_asked_again);
	g_test_add_func(
	    "/questions/too-much-is-forgotten", test_too_much_is_forgotten);
	return g_test_run();
}
