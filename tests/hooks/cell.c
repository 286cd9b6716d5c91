#include "tests/hooks/cell.h"

#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "libhisho/cell/line.h"
#include "libhisho/cell/sandbox.h"

/* The field is looked for in so much of a mail. */
#define HEAD_BYTES 65536
#define WORD_BYTES 8
#define FIELD "X-Test-Cell: "

/* Writes to the cell past all of its rules. */
static void
blurt(const void *bytes, size_t length)
{
	if (write(HISHO_SANDBOX_FD, bytes, length) < 0)
		raise(SIGKILL);
}

static void
crash(void)
{
	raise(SIGSEGV);
}

static void
loop(void)
{
	for (volatile int forever = 1; forever;)
		;
}

static void
eat(void)
{
	/* More than any limit, less than would hurt without one. */
	for (int i = 0; i < 1024; i++)
		memset(g_malloc(1 << 20), 1, 1 << 20);
}

static void
doze(void)
{
	char byte;

	/* Other mails may come; they are not read either. */
	while (read(HISHO_SANDBOX_FD, &byte, 1) != 0)
		;
}

static void
quit(void)
{
	_exit(0);
}

static void
die(void)
{
	raise(SIGKILL);
}

static void
junk(void)
{
	blurt("this is no frame at all", 23);
}

static void
flood(void)
{
	HishoFrame frame = {
		.magic = HISHO_FRAME_ANSWER,
		.length = G_MAXUINT64,
	};

	for (;;)
		blurt(&frame, sizeof frame);
}

static void
early(void)
{
	HishoFrame frame = { .magic = HISHO_FRAME_ANSWER, .number = 1 };

	blurt(&frame, sizeof frame);
}

static void
start_program(void)
{
	char *const none[] = { NULL };

	execve("/bin/true", none, none);
}

static void
open_file(void)
{
	if (open("/etc/passwd", O_RDONLY | O_CLOEXEC) >= 0)
		_exit(2);
}

static void
misbehave(GBytes *mail)
{
	static const struct {
		const char *word;
		void (*act)(void);
	} acts[] = {
		{ "crash", crash },
		{ "loop", loop },
		{ "eat", eat },
		{ "sleep", doze },
		{ "exit", quit },
		{ "kill", die },
		{ "junk", junk },
		{ "flood", flood },
		{ "early", early },
		{ "exec", start_program },
		{ "open", open_file },
	};
	size_t length;
	const char *text = g_bytes_get_data(mail, &length);
	const char *field = text == NULL
	    ? NULL
	    : memmem(text, MIN(length, HEAD_BYTES), FIELD, strlen(FIELD));

	if (field == NULL)
		return;
	const char *said = field + strlen(FIELD);
	g_autofree char *word =
	    g_strndup(said, MIN((size_t)(text + length - said), WORD_BYTES));
	for (size_t i = 0; i < G_N_ELEMENTS(acts); i++)
		if (g_str_has_prefix(word, acts[i].word))
			acts[i].act();
}

static GBytes *
misbehave_and_work(GBytes *mail, void *context)
{
	const HishoCellPlan *plan = context;

	misbehave(mail);
	return plan->work(mail, plan->context);
}

static void
prepare_original(void *context)
{
	const HishoCellPlan *plan = context;

	if (plan->prepare != NULL)
		plan->prepare(plan->context);
}

/* One plan at a time. */
HishoCell *
__wrap_hisho_cell_new(const HishoCellPlan *plan, GError **error)
{
	static HishoCellPlan original;
	HishoCellPlan hooked = *plan;

	original = *plan;
	hooked.work = misbehave_and_work;
	hooked.prepare = prepare_original;
	hooked.context = &original;
	return __real_hisho_cell_new(&hooked, error);
}
