#include "libhisho/store/berkeley.h"

#include <db.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "libhisho/base/error.h"
#include "libhisho/store/dbpage.h"

/* Holds the pages of one change; a larger change spills to the file. */
#define CACHE_BYTES (4 << 20)

/* Of a file that is built at one go: sorted pairs need little, others more. */
#define BUILD_CACHE_BYTES (32 << 20)

/* Holds all that 10,000 mails leave behind. */
#define SCRATCH_CACHE_BYTES (64 << 20)

/* Opening reads the last log file to its end, so a small one opens fast. */
#define LOG_BYTES (256 << 10)
#define LOG_BUFFER_BYTES (32 << 10)

/* Berkeley DB may report the same trouble once a page. */
#define MESSAGES_BYTES 500

struct HishoBerkeley {
	char *path;
	DB_ENV *environment; /* of changes only */
	DB *file;
	DB_TXN *change;
	GString *messages; /* what Berkeley DB said */
	bool damaged;	   /* something in it says that of the files */
	bool broken;	   /* in need of recovery */
};

static int
yield_at_once(u_long seconds, u_long microseconds)
{
	(void)seconds;
	(void)microseconds;
	return 0;
}

/* Whoever may write into the directory can put there, under the name of a log
 * file, a link to a file of another user who comes by, or a FIFO.  Only a
 * descriptor of our own is a link that may be followed. */
static int
open_regular(const char *path, int flags, ...)
{
	bool own = g_str_has_prefix(path, HISHO_BERKELEY_DESCRIPTORS);
	struct stat status;
	va_list rest;

	va_start(rest, flags);
	mode_t mode = (mode_t)va_arg(rest, int);
	va_end(rest);
	flags |= O_NONBLOCK | O_NOCTTY | O_CLOEXEC;
	int fd = open(path, flags | (own ? 0 : O_NOFOLLOW), mode);
	if (fd < 0 || (fstat(fd, &status) == 0 && S_ISREG(status.st_mode)))
		return fd;
	close(fd);
	errno = EACCES;
	return -1;
}

/* Where a file cannot be opened for want of room or descriptors, Berkeley DB
 * waits 12 seconds for better times: longer than a filter may live. */
static void
set_functions(void)
{
	static gsize started;

	if (g_once_init_enter(&started)) {
		db_env_set_func_yield(yield_at_once);
		db_env_set_func_open(open_regular);
		db_env_set_func_pread(hisho_dbpage_read);
		g_once_init_leave(&started, 1);
	}
}

/* What goes through all pages, to mend or to check them, may meet some that
 * never got their bytes, and takes them for what they are. */
static void
take_any_page(bool any)
{
	db_env_set_func_pread(any ? NULL : hisho_dbpage_read);
}

/* Berkeley DB only reads the keys and values it is given. */
static DBT
to_dbt(HishoSlice slice)
{
	return (DBT){ .data = (void *)(gsize)slice.data, .size = slice.length };
}

/* What it says where the bytes of the files are at fault, and not the disk:
 * the status that follows is the same for both. */
static bool
tells_damage(const char *text)
{
	static const char *const phrases[] = { "checksum error",
		"unexpected file type or format", "not a multiple of the page",
		"Encrypted database", "Invalid log file" };

	for (size_t i = 0; i < G_N_ELEMENTS(phrases); i++)
		if (strstr(text, phrases[i]) != NULL)
			return true;
	return false;
}

/* What follows from a trouble is no help to those who look for its cause. */
static bool
tells_cause(const char *text)
{
	return *text != ':' && strstr(text, "PANIC") == NULL &&
	    strstr(text, "unable to find environment") == NULL;
}

/* Recovery is not for people to run: the next who comes does it. */
static const char *
say(int status)
{
	return status == DB_RUNRECOVERY ? "cannot be used for now"
					: db_strerror(status);
}

static void
keep_message(const DB_ENV *environment, const char *prefix, const char *text)
{
	HishoBerkeley *berkeley = environment->app_private;

	(void)prefix;
	berkeley->damaged |= tells_damage(text);
	if (berkeley->messages->len < MESSAGES_BYTES && tells_cause(text))
		g_string_append_printf(berkeley->messages, "; %.200s", text);
}

static bool
fail(HishoBerkeley *berkeley, int status, GError **error)
{
	if (berkeley->damaged || status == EINVAL || status == DB_VERIFY_BAD ||
	    status == DB_PAGE_NOTFOUND || status == DB_OLD_VERSION)
		g_set_error(error, HISHO_ERROR, HISHO_ERROR_CONFIG,
		    "%s: the database is damaged: put back the last backup "
		    "('hisho-db restore FILE'), or move it and the log.* files "
		    "beside it away to begin anew",
		    berkeley->path);
	else
		g_set_error(error, HISHO_ERROR, HISHO_ERROR_TEMPORARY,
		    "%s: %s%s", berkeley->path, say(status),
		    berkeley->messages->str);
	return false;
}

static HishoBerkeley *
new_handle(char *take_path)
{
	HishoBerkeley *berkeley = g_new0(HishoBerkeley, 1);

	set_functions();
	berkeley->path = take_path;
	berkeley->messages = g_string_new(NULL);
	return berkeley;
}

static void
free_handle(HishoBerkeley *berkeley)
{
	g_string_free(berkeley->messages, TRUE);
	g_free(berkeley->path);
	g_free(berkeley);
}

/* From any place; what cannot be found from here stays as it is. */
static char *
dup_absolute(const char *path)
{
	g_autofree char *here = g_get_current_dir();

	return g_path_is_absolute(path) ? g_strdup(path)
					: g_build_filename(here, path, NULL);
}

/* Berkeley DB obeys a file DB_CONFIG at the home of an environment and, in
 * versions not mended, in the working directory where there is no home
 * (CVE-2017-10140).  In this one only root can make a file, and ours are
 * elsewhere. */
static int
open_home(DB_ENV *environment, u_int32_t flags, mode_t mode)
{
	return environment->open(environment, "/",
	    flags | DB_CREATE | DB_PRIVATE | DB_INIT_MPOOL, (int)mode);
}

/* Makes the DB handle, in no environment that another has, with a cache of
 * BYTES.  Temporary files are made in DIRECTORY; NULL for the usual. */
static int
make_file(HishoBerkeley *berkeley, u_int32_t bytes, const char *directory)
{
	int status = db_create(&berkeley->file, NULL, 0);
	DB *file = berkeley->file;

	if (status != 0)
		return status;
	DB_ENV *environment = file->get_env(file);
	environment->app_private = berkeley;
	file->set_errcall(file, keep_message);
	status = file->set_cachesize(file, 0, bytes, 1);
	if (status == 0 && directory != NULL)
		status = environment->set_tmp_dir(environment, directory);
	return status != 0 ? status : open_home(environment, 0, 0);
}

HishoBerkeley *
hisho_berkeley_open_file(const char *path, const char *name, GError **error)
{
	HishoBerkeley *berkeley = new_handle(g_strdup(name));
	g_autofree char *absolute = dup_absolute(path);
	int status = make_file(berkeley, CACHE_BYTES, NULL);

	if (status == 0)
		status = berkeley->file->open(berkeley->file, NULL, absolute,
		    NULL, DB_BTREE, DB_RDONLY, 0);
	if (status == 0)
		return berkeley;
	fail(berkeley, status, error);
	hisho_berkeley_close(berkeley);
	return NULL;
}

/* Only the form of what is not there yet can be chosen. */
static int
choose_form(DB *file)
{
	int status = file->set_flags(file, DB_CHKSUM);

	return status != 0 ? status
			   : file->set_pagesize(file, HISHO_DBPAGE_BYTES);
}

/* Opens, or with DB_CREATE in FLAGS makes, the file at PATH for change. */
static HishoBerkeley *
open_lone(const char *path, const char *name, u_int32_t flags, GError **error)
{
	HishoBerkeley *berkeley = new_handle(g_strdup(name));
	g_autofree char *absolute = dup_absolute(path);
	int status = make_file(berkeley, BUILD_CACHE_BYTES, NULL);
	DB *file = berkeley->file;

	if (status == 0)
		status = choose_form(file);
	if (status == 0)
		status =
		    file->open(file, NULL, absolute, NULL, DB_BTREE, flags, 0);
	if (status == 0)
		return berkeley;
	fail(berkeley, status, error);
	hisho_berkeley_close(berkeley);
	return NULL;
}

HishoBerkeley *
hisho_berkeley_create_file(const char *path, const char *name, GError **error)
{
	return open_lone(path, name, DB_CREATE | DB_TRUNCATE, error);
}

HishoBerkeley *
hisho_berkeley_open_created(const char *path, const char *name, GError **error)
{
	return open_lone(path, name, 0, error);
}

/* Without a name the file is memory, and where that is too little Berkeley DB
 * makes one that it removes as soon as it is open. */
HishoBerkeley *
hisho_berkeley_open_scratch(const char *directory, GError **error)
{
	HishoBerkeley *berkeley = new_handle(g_strdup(directory));
	g_autofree char *absolute = dup_absolute(directory);
	int status = make_file(berkeley, SCRATCH_CACHE_BYTES, absolute);
	DB *file = berkeley->file;

	if (status == 0)
		status = file->open(
		    file, NULL, NULL, NULL, DB_BTREE, DB_CREATE, 0600);
	if (status == 0)
		return berkeley;
	fail(berkeley, status, error);
	hisho_berkeley_close(berkeley);
	return NULL;
}

bool
hisho_berkeley_sync(HishoBerkeley *berkeley, GError **error)
{
	int status = berkeley->file->sync(berkeley->file, 0);

	return status == 0 || fail(berkeley, status, error);
}

bool
hisho_berkeley_has_our_form(HishoBerkeley *berkeley)
{
	u_int32_t page_bytes = 0, flags = 0;

	return berkeley->file->get_pagesize(berkeley->file, &page_bytes) == 0 &&
	    berkeley->file->get_flags(berkeley->file, &flags) == 0 &&
	    page_bytes == HISHO_DBPAGE_BYTES && flags == DB_CHKSUM;
}

static int
make_environment(HishoBerkeley *berkeley, const char *directory)
{
	g_autofree char *absolute = dup_absolute(directory);
	int status = db_env_create(&berkeley->environment, 0);
	DB_ENV *environment = berkeley->environment;

	if (status != 0)
		return status;
	environment->app_private = berkeley;
	environment->set_errcall(environment, keep_message);
	status = environment->set_cachesize(environment, 0, CACHE_BYTES, 1);
	if (status == 0)
		status = environment->add_data_dir(environment, absolute);
	if (status == 0)
		status = environment->set_create_dir(environment, absolute);
	return status != 0 ? status
			   : environment->set_lg_dir(environment, absolute);
}

/* Never DB_USE_ENVIRON: the environment is that of whoever calls a setgid
 * program.  DB_PRIVATE: shared regions hang when a process is killed. */
static int
open_environment(HishoBerkeley *berkeley, const HishoBerkeleyRequest *request)
{
	const u_int32_t flags =
	    DB_INIT_LOG | DB_INIT_TXN | (request->recover ? DB_RECOVER : 0);
	int status = make_environment(berkeley, request->directory);
	DB_ENV *environment = berkeley->environment;

	if (status != 0)
		return status;
	environment->set_lg_bsize(environment, LOG_BUFFER_BYTES);
	environment->set_lg_max(environment, LOG_BYTES);
	environment->log_set_config(environment, DB_LOG_AUTO_REMOVE, 1);
	return open_home(environment, flags, request->mode);
}

/* Berkeley DB refuses to change a file that was part of another log.  Done in
 * an environment without any, so that none is there before all pages are
 * ready: whoever is killed on the way has only to begin again. */
static int
adopt(HishoBerkeley *berkeley, const HishoBerkeleyRequest *request)
{
	int status = make_environment(berkeley, request->directory);
	DB_ENV *environment = g_steal_pointer(&berkeley->environment);

	if (status == 0)
		status = open_home(environment, 0, 0);
	if (status == 0)
		status = environment->lsn_reset(environment, request->name, 0);
	int closed =
	    environment == NULL ? 0 : environment->close(environment, 0);
	return status != 0 ? status : closed;
}

bool
hisho_berkeley_forget_log(
    const char *directory, const char *name, GError **error)
{
	const HishoBerkeleyRequest request = { .directory = directory,
		.name = name };
	HishoBerkeley *berkeley =
	    new_handle(g_build_filename(directory, name, NULL));

	take_any_page(true);
	int status = adopt(berkeley, &request);
	take_any_page(false);
	if (status != 0)
		fail(berkeley, status, error);
	free_handle(berkeley);
	return status == 0;
}

static int
begin_change(HishoBerkeley *berkeley, const HishoBerkeleyRequest *request)
{
	DB_ENV *environment = berkeley->environment;
	int status = db_create(&berkeley->file, environment, 0);

	if (status == 0)
		status = choose_form(berkeley->file);
	if (status == 0)
		status = berkeley->file->open(berkeley->file, NULL,
		    request->name, NULL, DB_BTREE, DB_CREATE | DB_AUTO_COMMIT,
		    (int)request->mode);
	if (status != 0)
		return status;
	return environment->txn_begin(environment, NULL, &berkeley->change, 0);
}

HishoBerkeley *
hisho_berkeley_open_for_change(
    const HishoBerkeleyRequest *request, GError **error)
{
	HishoBerkeley *berkeley = new_handle(
	    g_build_filename(request->directory, request->name, NULL));

	take_any_page(true);
	int status = request->adopt ? adopt(berkeley, request) : 0;
	if (status == 0)
		status = open_environment(berkeley, request);
	take_any_page(false);
	if (status == 0 && !request->stay_closed)
		status = begin_change(berkeley, request);
	if (status == 0)
		return berkeley;
	fail(berkeley, status, error);
	hisho_berkeley_close(berkeley);
	return NULL;
}

/* The checkpoint writes every page home, so that the file is whole without
 * its log, and lets the log files go that are full. */
static bool
close_environment(HishoBerkeley *berkeley)
{
	DB_ENV *environment = berkeley->environment;
	bool whole = !berkeley->broken &&
	    environment->txn_checkpoint(environment, 0, 0, DB_FORCE) == 0;

	return environment->close(environment, 0) == 0 && whole;
}

bool
hisho_berkeley_close(HishoBerkeley *berkeley)
{
	if (berkeley == NULL)
		return true;
	if (berkeley->change != NULL &&
	    berkeley->change->abort(berkeley->change) != 0)
		berkeley->broken = true;
	if (berkeley->file != NULL &&
	    berkeley->file->close(berkeley->file, 0) != 0)
		berkeley->broken = true;
	bool whole =
	    berkeley->environment == NULL || close_environment(berkeley);
	free_handle(berkeley);
	return whole;
}

GBytes *
hisho_berkeley_get(HishoBerkeley *berkeley, HishoSlice key, GError **error)
{
	DBT wanted = to_dbt(key);
	DBT found = { .flags = DB_DBT_MALLOC };
	int status = berkeley->file->get(
	    berkeley->file, berkeley->change, &wanted, &found, 0);

	if (status == 0)
		return g_bytes_new_with_free_func(
		    found.data, found.size, free, found.data);
	if (status != DB_NOTFOUND)
		fail(berkeley, status, error);
	return NULL;
}

bool
hisho_berkeley_put(
    HishoBerkeley *berkeley, HishoSlice key, HishoSlice value, GError **error)
{
	DBT to = to_dbt(key);
	DBT what = to_dbt(value);
	int status = berkeley->file->put(
	    berkeley->file, berkeley->change, &to, &what, 0);

	return status == 0 || fail(berkeley, status, error);
}

HishoChange
hisho_berkeley_add(
    HishoBerkeley *berkeley, HishoSlice key, HishoSlice value, GError **error)
{
	DBT to = to_dbt(key);
	DBT what = to_dbt(value);
	int status = berkeley->file->put(
	    berkeley->file, berkeley->change, &to, &what, DB_NOOVERWRITE);

	if (status == 0)
		return HISHO_CHANGE_MADE;
	if (status == DB_KEYEXIST)
		return HISHO_CHANGE_NONE;
	fail(berkeley, status, error);
	return HISHO_CHANGE_FAILED;
}

HishoChange
hisho_berkeley_delete(HishoBerkeley *berkeley, HishoSlice key, GError **error)
{
	DBT which = to_dbt(key);
	int status =
	    berkeley->file->del(berkeley->file, berkeley->change, &which, 0);

	if (status == 0)
		return HISHO_CHANGE_MADE;
	if (status == DB_NOTFOUND)
		return HISHO_CHANGE_NONE;
	fail(berkeley, status, error);
	return HISHO_CHANGE_FAILED;
}

/* Moves CURSOR over the pairs of WALK; the status that ended it. */
static int
walk_on(DBC *cursor, const HishoWalk *walk)
{
	DBT key = to_dbt(walk->start.length > 0 ? walk->start : walk->prefix);
	DBT value = { 0 };
	int status = cursor->get(cursor, &key, &value, DB_SET_RANGE);

	while (status == 0 && key.size >= walk->prefix.length &&
	    memcmp(key.data, walk->prefix.data, walk->prefix.length) == 0 &&
	    walk->visit((HishoSlice){ key.data, key.size },
		(HishoSlice){ value.data, value.size }, walk->context))
		status = cursor->get(cursor, &key, &value, DB_NEXT);
	return status == DB_NOTFOUND ? 0 : status;
}

bool
hisho_berkeley_walk(
    HishoBerkeley *berkeley, const HishoWalk *walk, GError **error)
{
	DBC *cursor;
	int status = berkeley->file->cursor(
	    berkeley->file, berkeley->change, &cursor, 0);

	if (status != 0)
		return fail(berkeley, status, error);
	status = walk_on(cursor, walk);
	int closed = cursor->close(cursor);
	if (status == 0)
		status = closed;
	return status == 0 || fail(berkeley, status, error);
}

gint64
hisho_berkeley_free_bytes(HishoBerkeley *berkeley, GError **error)
{
	DB_BTREE_STAT *pages = NULL;
	int status =
	    berkeley->file->stat(berkeley->file, berkeley->change, &pages, 0);

	if (status != 0) {
		fail(berkeley, status, error);
		return -1;
	}
	gint64 bytes = (gint64)pages->bt_free * pages->bt_pagesize +
	    (gint64)(pages->bt_leaf_pgfree + pages->bt_int_pgfree +
		pages->bt_over_pgfree);
	free(pages);
	return bytes;
}

bool
hisho_berkeley_commit(HishoBerkeley *berkeley, GError **error)
{
	DB_TXN *change = g_steal_pointer(&berkeley->change);
	int status = change->commit(change, DB_TXN_SYNC);

	berkeley->broken = status != 0;
	return status == 0 || fail(berkeley, status, error);
}

bool
hisho_berkeley_verify(const char *path, const char *name, GError **error)
{
	HishoBerkeley *berkeley = new_handle(g_strdup(name));
	g_autofree char *absolute = dup_absolute(path);
	int status = make_file(berkeley, CACHE_BYTES, NULL);

	if (status == 0) {
		/* The handle is gone after it, whatever it returns. */
		DB *file = g_steal_pointer(&berkeley->file);
		take_any_page(true);
		status = file->verify(file, absolute, NULL, NULL, 0);
		take_any_page(false);
	}
	if (status != 0)
		fail(berkeley, status, error);
	free_handle(berkeley);
	return status == 0;
}
