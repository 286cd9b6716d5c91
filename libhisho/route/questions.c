#include "libhisho/route/questions.h"

/* The names of some hundred mails; then the cache begins anew. */
#define QUESTIONS_MAX 4096

struct HishoQuestions {
	void *context;
	GHashTable *table; /* HishoQuestion, by type and name */
	guint turn;
	guint n_settled;
};

static void
question_free(void *data)
{
	HishoQuestion *question = data;

	g_free(question->name);
	hisho_answer_free(question->answer);
	g_free(question);
}

HishoQuestions *
hisho_questions_new(void *context)
{
	HishoQuestions *questions = g_new0(HishoQuestions, 1);

	questions->context = context;
	questions->table = g_hash_table_new_full(
	    g_str_hash, g_str_equal, g_free, question_free);
	return questions;
}

void
hisho_questions_free(HishoQuestions *questions)
{
	if (questions == NULL)
		return;
	g_hash_table_unref(questions->table);
	g_free(questions);
}

static gboolean
is_settled(gpointer key G_GNUC_UNUSED, gpointer value,
    gpointer user_data G_GNUC_UNUSED)
{
	return ((const HishoQuestion *)value)->answer != NULL;
}

void
hisho_questions_begin(HishoQuestions *questions)
{
	questions->turn++;
	if (g_hash_table_size(questions->table) > QUESTIONS_MAX)
		g_hash_table_foreach_remove(questions->table, is_settled, NULL);
}

static char *
dup_key(const char *name, HishoDnsType type)
{
	g_autofree char *key = g_strdup_printf("%d %s", (int)type, name);

	return g_ascii_strdown(key, -1);
}

/* Within one mail what was once answered stays, be its time ever so short. */
static bool
holds(const HishoQuestions *questions, const HishoQuestion *question)
{
	return question->answer == NULL || question->turn == questions->turn ||
	    g_get_monotonic_time() < question->expires_us;
}

HishoQuestion *
hisho_questions_add(
    HishoQuestions *questions, const char *name, HishoDnsType type)
{
	g_autofree char *key = dup_key(name, type);
	HishoQuestion *question = g_hash_table_lookup(questions->table, key);

	if (question != NULL && holds(questions, question)) {
		question->turn = questions->turn;
		return NULL;
	}
	question = g_new0(HishoQuestion, 1);
	question->set = questions;
	question->context = questions->context;
	question->name = g_ascii_strdown(name, -1);
	question->type = type;
	question->turn = questions->turn;
	g_hash_table_replace(questions->table, g_steal_pointer(&key), question);
	return question;
}

const HishoAnswer *
hisho_questions_look(
    const HishoQuestions *questions, const char *name, HishoDnsType type)
{
	g_autofree char *key = dup_key(name, type);
	const HishoQuestion *question =
	    g_hash_table_lookup(questions->table, key);

	return question != NULL ? question->answer : NULL;
}

void
hisho_question_settle_take(HishoQuestion *question, HishoAnswer *answer)
{
	question->answer = answer;
	question->expires_us =
	    g_get_monotonic_time() + answer->ttl_s * G_USEC_PER_SEC;
	question->set->n_settled++;
}

guint
hisho_questions_n_settled(const HishoQuestions *questions)
{
	return questions->n_settled;
}
