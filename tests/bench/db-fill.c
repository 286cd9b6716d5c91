/* db-fill.c - a database of any number of records, in little time
 *
 *   db-fill DIRECTORY RECORDS
 *
 * Pairs are written in the order of their keys into a file without an
 * environment; the library takes it over with its first change. */
#include <db.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "libhisho/store/database.h"
#include "libhisho/store/dbpage.h"
#include "libhisho/store/lists.h"
#include "libhisho/store/permits.h"
#include "libhisho/store/place.h"
#include "libhisho/store/seen.h"

#include "records.h"

#define CACHE_BYTES (64 << 20)

/* What each user has on each of his lists. */
enum { LISTED = 20 };

/* Lines "KEY<tab>VALUE" in the order of their keys. */
typedef struct {
	FILE *file;
	char *line; /* while it is read: the next, NULL at the end */
	size_t room;
} Part;

enum { SHARED, LEDGER, OWN, SEEN, PARTS };

typedef struct {
	Population population;
	GHashTable *shared; /* HishoSums by key: what all users have part in */
	Part parts[PARTS];
	guint64 records;
} Fill;

static void
die(const char *what)
{
	fprintf(stderr, "db-fill: %s\n", what);
	exit(1);
}

static int
compare_texts(gconstpointer a, gconstpointer b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The texts of LINES, sorted, into PART. */
static void
write_lines(Part *part, GPtrArray *lines)
{
	g_ptr_array_sort(lines, compare_texts);
	for (guint i = 0; i < lines->len; i++)
		fprintf(part->file, "%s\n", (const char *)lines->pdata[i]);
}

/* Sums of all users add up; spans of time grow to hold both. */
static void
share(GHashTable *shared, const char *key, const char *value)
{
	HishoSum sum = { 0 };
	HishoSum *kept = g_hash_table_lookup(shared, key);
	bool is_span = *key == 's';

	if (is_span ? sscanf(value, "%ld %ld", &sum.numbers[0],
			  &sum.numbers[1]) != 2
		    : !hisho_sum_parse(hisho_slice(value), &sum))
		die(value);
	if (kept == NULL)
		g_hash_table_insert(
		    shared, g_strdup(key), g_memdup2(&sum, sizeof sum));
	else if (!is_span)
		*kept = hisho_sum_add(*kept, sum, 1);
	else {
		kept->numbers[0] = MIN(kept->numbers[0], sum.numbers[0]);
		kept->numbers[1] = MAX(kept->numbers[1], sum.numbers[1]);
	}
}

/* What TABLE holds of the user goes to PART, what of all is shared. */
static void
write_table(Fill *fill, GHashTable *table, int part)
{
	g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
	GHashTableIter iterator;
	gpointer key, value;

	g_hash_table_iter_init(&iterator, table);
	while (g_hash_table_iter_next(&iterator, &key, &value))
		if (g_str_has_prefix(key, "own ") ||
		    g_str_has_prefix(key, "seen own "))
			g_ptr_array_add(
			    lines, g_strconcat(key, "\t", value, NULL));
		else
			share(fill->shared, key, value);
	write_lines(&fill->parts[part], lines);
}

/* All of one user. */
typedef struct {
	GPtrArray *lines;
	HishoSums *sums;
	GHashTable *seen;
} Account;

static void
enter(Account *account, HishoReceipt *take_receipt)
{
	g_autoptr(HishoReceipt) receipt = take_receipt;
	const HishoContribution contribution = { hisho_receipt_axes(receipt),
		hisho_receipt_share(receipt) };
	g_autofree char *key = hisho_receipt_dup_key(receipt);
	g_autofree char *value = hisho_receipt_dup_value(receipt);

	g_ptr_array_add(account->lines, g_strconcat(key, "\t", value, NULL));
	hisho_sums_add(account->sums, &contribution);
	hisho_seen_add(account->seen, &contribution.axes, receipt->received);
}

static void
fill_user(Fill *fill, guint user)
{
	g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(HishoSums) sums = hisho_sums_new();
	g_autoptr(GHashTable) seen =
	    g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	Account account = { lines, sums, seen };

	for (guint64 i = 0; i < records_of_one(&fill->population); i++)
		enter(&account, new_record(&fill->population, user, i));
	for (guint64 i = 0; user == 0 && i < FLOOD; i++) {
		enter(&account, new_flood(false, i));
		enter(&account, new_flood(true, i));
	}
	fill->records += lines->len;
	write_lines(&fill->parts[LEDGER], lines);
	g_autoptr(GHashTable) table = hisho_sums_dup_table(sums);
	write_table(fill, table, OWN);
	write_table(fill, seen, SEEN);
}

static char *
dup_shared_line(const char *key, const HishoSum *sum)
{
	g_autofree char *text = *key == 's'
	    ? g_strdup_printf("%ld %ld", sum->numbers[0], sum->numbers[1])
	    : hisho_sum_dup_text(sum);

	return g_strconcat(key, "\t", text, NULL);
}

static void
write_shared(Fill *fill)
{
	g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
	GHashTableIter iterator;
	gpointer key, sum;

	g_hash_table_iter_init(&iterator, fill->shared);
	while (g_hash_table_iter_next(&iterator, &key, &sum)) {
		g_ptr_array_add(lines, dup_shared_line(key, sum));
		g_hash_table_iter_remove(&iterator);
	}
	write_lines(&fill->parts[SHARED], lines);
}

static void
advance(Part *part)
{
	ssize_t length = getline(&part->line, &part->room, part->file);

	if (length > 0)
		part->line[length - 1] = '\0';
	else
		g_clear_pointer(&part->line, free);
}

/* The part whose line comes next; NULL after the last. */
static Part *
next_part(Fill *fill)
{
	Part *next = NULL;

	for (int i = 0; i < PARTS; i++) {
		Part *part = &fill->parts[i];
		if (part->line != NULL &&
		    (next == NULL || strcmp(part->line, next->line) < 0))
			next = part;
	}
	return next;
}

static void
put_line(DB *file, char *line)
{
	char *tab = strchr(line, '\t');
	DBT key = { .data = line, .size = (guint32)(tab - line) };
	DBT value = { .data = tab + 1, .size = (guint32)strlen(tab + 1) };

	if (file->put(file, NULL, &key, &value, DB_NOOVERWRITE) != 0)
		die(line);
}

static void
merge(Fill *fill, const char *path)
{
	DB *file;

	if (db_create(&file, NULL, 0) != 0 ||
	    file->set_flags(file, DB_CHKSUM) != 0 ||
	    file->set_pagesize(file, HISHO_DBPAGE_BYTES) != 0 ||
	    file->set_cachesize(file, 0, CACHE_BYTES, 1) != 0 ||
	    file->open(file, NULL, path, NULL, DB_BTREE, DB_CREATE, 0600) != 0)
		die(path);
	for (int i = 0; i < PARTS; i++) {
		rewind(fill->parts[i].file);
		advance(&fill->parts[i]);
	}
	for (Part *part; (part = next_part(fill)) != NULL; advance(part))
		put_line(file, part->line);
	if (file->close(file, 0) != 0)
		die(path);
}

static bool
add_lists(HishoDatabase *database, guint user)
{
	g_autofree char *name = dup_user(user);
	bool fine = true;

	for (guint64 i = 0; i < LISTED && fine; i++) {
		g_autofree char *domain = dup_domain(37 * i + user);
		g_autofree char *address =
		    g_strdup_printf("name.%05u@%s", (guint)i, domain);
		g_autoptr(HishoPermit) permit =
		    hisho_record_new(&hisho_permit_type);
		permit->since = FIRST_TIME;
		permit->address = g_steal_pointer(&address);
		g_ptr_array_add(permit->hosts, dup_host(i));
		fine = hisho_permits_add(database, name, permit, NULL) &&
		    hisho_lists_add(database,
			&(const HishoListEntry){
			    HISHO_LIST_BLOCK, name, domain, FIRST_TIME },
			NULL) &&
		    hisho_lists_add(database,
			&(const HishoListEntry){
			    HISHO_LIST_REPORT, name, domain, FIRST_TIME },
			NULL);
	}
	return fine;
}

static void
hand_over(const char *directory)
{
	g_autoptr(HishoDatabase) database =
	    hisho_database_open_for_writing(directory, 1000, NULL);

	for (guint user = 0; user < USERS && database != NULL; user++)
		if (!add_lists(database, user))
			die("lists");
	if (database == NULL || !hisho_database_commit(database, NULL))
		die(directory);
}

/* Gone when it is closed. */
static FILE *
open_scratch(const char *directory)
{
	g_autofree char *path =
	    g_build_filename(directory, "part-XXXXXX", NULL);
	int fd = g_mkstemp(path);

	if (fd < 0 || unlink(path) != 0)
		die(path);
	return fdopen(fd, "w+");
}

int
main(int argc, char **argv)
{
	Fill fill = { 0 };

	if (argc != 3)
		die("usage: db-fill DIRECTORY RECORDS");
	g_autofree char *path =
	    g_build_filename(argv[1], HISHO_PLACE_DATABASE, NULL);
	fill.population.records = g_ascii_strtoull(argv[2], NULL, 10);
	fill.shared =
	    g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	for (int i = 0; i < PARTS; i++)
		fill.parts[i].file = open_scratch(argv[1]);
	for (guint user = 0; user < USERS; user++)
		fill_user(&fill, user);
	write_shared(&fill);
	merge(&fill, path);
	for (int i = 0; i < PARTS; i++)
		fclose(fill.parts[i].file);
	g_hash_table_unref(fill.shared);
	hand_over(argv[1]);
	printf("%" G_GUINT64_FORMAT "\n", fill.records);
	return 0;
}
