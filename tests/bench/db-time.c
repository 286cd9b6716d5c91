/* db-time.c - how long the database of db-fill takes for one mail
 *
 *   db-time DIRECTORY RECORDS SERIES
 *
 * In each round all probes run once, one after the other, so that whatever
 * else the machine does, it does to all of them.  Prints for each the p50 and
 * the p99 of a series in microseconds: the medians over SERIES. */
#include <db.h>
#include <stdio.h>
#include <stdlib.h>

#include "libhisho/store/acquaintances.h"
#include "libhisho/store/memory.h"
#include "libhisho/store/place.h"

#include "records.h"
#include "times.h"

enum { ROUNDS = 200, MOST_SERIES = 99 };

#define WAIT_MS 1000

typedef struct {
	const char *directory;
	char *path;
	Population population;
	guint64 dice;
	guint64 new_mails;
	DB *file;	       /* open for bare gets */
	DB_ENV *environment;   /* another, for bare commits */
	DB *scratch;	       /* in it */
	HishoReceipt *receipt; /* of this turn, as is the rest */
	HishoDatabase *database;
	HishoConfig *config;
	GPtrArray *hosts;
	GPtrArray *urls;
} Bench;

static DB *
open_bare(const char *path)
{
	DB *file;

	must(db_create(&file, NULL, 0) == 0 &&
		file->open(file, NULL, path, NULL, DB_BTREE, DB_RDONLY, 0) == 0,
	    path);
	return file;
}

/* What a reader is asked by a mail with some links. */
static void
take_question(Bench *bench, HishoReceipt *take_receipt)
{
	hisho_receipt_free(bench->receipt);
	bench->receipt = take_receipt;
	g_ptr_array_set_size(bench->hosts, 0);
	g_ptr_array_set_size(bench->urls, 0);
	for (guint i = 0; i < take_receipt->links->len; i++) {
		const char *host = take_receipt->links->pdata[i];
		g_ptr_array_add(bench->hosts, g_strdup(host));
		g_ptr_array_add(bench->urls,
		    g_strdup_printf("https://%s/page/%u.html", host, i));
	}
}

/* Half of what is asked about was seen before: by an earlier stage. */
static void
ask_any(Bench *bench)
{
	guint64 n = records_of_one(&bench->population);

	take_question(bench,
	    new_record(&bench->population, (guint)roll(&bench->dice, USERS),
		roll(&bench->dice, 2 * n)));
}

static void
read_on(Bench *bench, HishoDatabase **database)
{
	const HishoMemoryQuestion question = { .receipt = bench->receipt,
		.hosts = bench->hosts,
		.urls = bench->urls,
		.config = bench->config };
	g_autoptr(HishoMemory) memory = hisho_memory_read_on(
	    database, bench->directory, WAIT_MS, &question);

	must(memory->unavailable == NULL, "read");
}

static void
read_next(Bench *bench)
{
	read_on(bench, &bench->database);
}

/* Another mail of the same user was read before, and nobody wrote since. */
static void
ask_batch(Bench *bench)
{
	guint64 n = records_of_one(&bench->population);

	for (int i = 0; i < 2; i++) {
		take_question(bench,
		    new_record(&bench->population, 1, roll(&bench->dice, n)));
		if (i == 0)
			read_next(bench);
	}
}

static void
ask_new(Bench *bench)
{
	take_question(bench,
	    new_record(&bench->population, (guint)roll(&bench->dice, USERS),
		1000000000 + bench->new_mails++));
	g_free(bench->receipt->vote);
	bench->receipt->vote = g_strdup("trust");
}

static void
ask_routes(Bench *bench)
{
	take_question(bench, new_flood(false, roll(&bench->dice, FLOOD)));
}

static void
ask_pool(Bench *bench)
{
	take_question(bench, new_flood(true, roll(&bench->dice, FLOOD)));
}

static void
get_from(DB *file, const HishoReceipt *receipt)
{
	g_autofree char *text = hisho_receipt_dup_key(receipt);
	DBT key = { .data = text, .size = (guint32)strlen(text) };
	DBT value = { 0 };
	int status = file->get(file, NULL, &key, &value, 0);

	must(status == 0 || status == DB_NOTFOUND, "bare get");
}

/* Others change the file between two gets; only the way down is known. */
static void
ask_bare(Bench *bench)
{
	if (bench->file != NULL)
		bench->file->close(bench->file, 0);
	bench->file = open_bare(bench->path);
	ask_any(bench);
	get_from(bench->file, bench->receipt);
	ask_any(bench);
}

static void
get_bare(Bench *bench)
{
	get_from(bench->file, bench->receipt);
}

static void
open_and_get_bare(Bench *bench)
{
	DB *file = open_bare(bench->path);

	get_from(file, bench->receipt);
	file->close(file, 0);
}

static void
open_to_read(Bench *bench)
{
	g_autoptr(HishoDatabase) database =
	    hisho_database_open_for_reading(bench->directory, WAIT_MS, NULL);

	must(database != NULL, "open for reading");
}

static void
read_all(Bench *bench)
{
	g_autoptr(HishoDatabase) database = NULL;

	read_on(bench, &database);
}

static void
read_circle(Bench *bench)
{
	g_autoptr(HishoDatabase) database =
	    hisho_database_open_for_reading(bench->directory, WAIT_MS, NULL);
	g_autoptr(HishoKnown) known = hisho_known_new();

	must(hisho_acquaintances_read(
		 database, bench->receipt->user, known, NULL),
	    "acquaintances");
}

static void
commit_bare(Bench *bench)
{
	DB_ENV *environment = bench->environment;
	DB_TXN *change;
	DBT key = { .data = &bench->new_mails, .size = sizeof(guint64) };
	DBT value = { .data = bench->receipt->digest, .size = 64 };

	bench->new_mails++;
	must(environment->txn_begin(environment, NULL, &change, 0) == 0 &&
		bench->scratch->put(bench->scratch, change, &key, &value, 0) ==
		    0 &&
		change->commit(change, DB_TXN_SYNC) == 0,
	    "bare commit");
}

static void
open_to_write(Bench *bench)
{
	g_autoptr(HishoDatabase) database =
	    hisho_database_open_for_writing(bench->directory, WAIT_MS, NULL);

	must(database != NULL, "open for writing");
}

static void
vote(Bench *bench)
{
	g_autoptr(HishoDatabase) database =
	    hisho_database_open_for_writing(bench->directory, WAIT_MS, NULL);

	must(database != NULL &&
		hisho_ledger_record(database, bench->receipt, NULL) ==
		    HISHO_CHANGE_MADE &&
		hisho_ledger_vote(database, bench->receipt, NULL) ==
		    HISHO_CHANGE_MADE &&
		hisho_database_commit(database, NULL),
	    "vote");
}

static const struct {
	const char *name;
	void (*ask)(Bench *bench);
	void (*run)(Bench *bench);
} probes[] = {
	{ "bare get", ask_bare, get_bare },
	{ "bare open, get, close", ask_any, open_and_get_bare },
	{ "open, close", ask_any, open_to_read },
	{ "scoring read", ask_any, read_all },
	{ "... the next of a batch", ask_batch, read_next },
	{ "... From with 10,000 routes", ask_routes, read_all },
	{ "... host of 10,000 organisations", ask_pool, read_all },
	{ "whom a user knows", ask_any, read_circle },
	{ "... of 10,000 organisations", ask_pool, read_circle },
	{ "bare commit", ask_new, commit_bare },
	{ "open, close to write", ask_new, open_to_write },
	{ "vote", ask_new, vote },
};

enum { PROBES = G_N_ELEMENTS(probes) };

typedef struct {
	gint64 p50[PROBES][MOST_SERIES];
	gint64 p99[PROBES][MOST_SERIES];
} Results;

static void
run_series(Bench *bench, Results *results, guint series)
{
	static gint64 times[PROBES][ROUNDS];

	for (guint round = 0; round < ROUNDS; round++)
		for (guint i = 0; i < PROBES; i++) {
			probes[i].ask(bench);
			gint64 start = now_ns();
			probes[i].run(bench);
			times[i][round] = now_ns() - start;
		}
	for (guint i = 0; i < PROBES; i++) {
		results->p50[i][series] = quantile(times[i], ROUNDS, 50);
		results->p99[i][series] = quantile(times[i], ROUNDS, 99);
	}
}

/* As private and as careful as the library's own. */
static void
begin_scratch(Bench *bench)
{
	g_autofree char *directory =
	    g_build_filename(bench->directory, "bare", NULL);
	DB_ENV *environment;
	DB *file;

	g_mkdir_with_parents(directory, 0700);
	must(db_env_create(&environment, 0) == 0 &&
		environment->open(environment, directory,
		    DB_CREATE | DB_PRIVATE | DB_INIT_MPOOL | DB_INIT_LOG |
			DB_INIT_TXN,
		    0600) == 0 &&
		db_create(&file, environment, 0) == 0 &&
		file->open(file, NULL, "bare.db", NULL, DB_BTREE,
		    DB_CREATE | DB_AUTO_COMMIT, 0600) == 0,
	    directory);
	bench->environment = environment;
	bench->scratch = file;
}

static void
end(Bench *bench)
{
	bench->scratch->close(bench->scratch, 0);
	bench->environment->close(bench->environment, 0);
	bench->file->close(bench->file, 0);
	hisho_database_close(bench->database);
	hisho_receipt_free(bench->receipt);
	g_ptr_array_unref(bench->hosts);
	g_ptr_array_unref(bench->urls);
	hisho_config_free(bench->config);
	g_free(bench->path);
}

int
main(int argc, char **argv)
{
	static Results results;

	must(argc == 4, "usage: db-time DIRECTORY RECORDS SERIES");
	guint n = (guint)CLAMP(atoi(argv[3]), 1, MOST_SERIES);
	Bench bench = {
		.directory = argv[1],
		.path = g_build_filename(argv[1], HISHO_PLACE_DATABASE, NULL),
		.population.records = g_ascii_strtoull(argv[2], NULL, 10),
		.hosts = g_ptr_array_new_with_free_func(g_free),
		.urls = g_ptr_array_new_with_free_func(g_free),
		.config = hisho_config_new(),
	};
	begin_scratch(&bench);
	for (guint series = 0; series < n; series++)
		run_series(&bench, &results, series);
	end(&bench);
	for (guint i = 0; i < PROBES; i++)
		printf("%s\t%.1f\t%.1f\n", probes[i].name,
		    (double)quantile(results.p50[i], n, 50) / 1000,
		    (double)quantile(results.p99[i], n, 50) / 1000);
	return 0;
}
