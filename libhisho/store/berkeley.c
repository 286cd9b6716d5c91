#include "libhisho/store/berkeley.h"

#include <string.h>

#include "libhisho/base/error.h"
#include "libhisho/store/dbpage.h"
#include "libhisho/store/handle.h"

/* Holds the pages of one change; a larger change spills to the file. */
#define CACHE_BYTES (4 << 20)

/* Of a file that is built at one go: sorted pairs need little, others more. */
#define BUILD_CACHE_BYTES (32 << 20)

/* Holds all that 10,000 mails leave behind. */
#define SCRATCH_CACHE_BYTES (64 << 20)

/* Opening reads the last log file to its end, so a small one opens fast. */
#define LOG_BYTES (256 << 10)
#define LOG_BUFFER_BYTES (32 << 10)

HishoBerkeley *
hisho_berkeley_open_file(const char *path, const char *name, GError **error)
{
	HishoBerkeley *berkeley = hisho_handle_new(g_strdup(name));
	g_autofree char *absolute = hisho_handle_dup_absolute(path);
	int status = hisho_handle_make_file(berkeley, CACHE_BYTES, NULL);

	if (status == 0)
		status = berkeley->file->open(berkeley->file, NULL, absolute,
		    NULL, DB_BTREE, DB_RDONLY, 0);
	if (status == 0)
		return berkeley;
	hisho_handle_fail(berkeley, status, error);
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
	HishoBerkeley *berkeley = hisho_handle_new(g_strdup(name));
	g_autofree char *absolute = hisho_handle_dup_absolute(path);
	int status = hisho_handle_make_file(berkeley, BUILD_CACHE_BYTES, NULL);
	DB *file = berkeley->file;

	if (status == 0)
		status = choose_form(file);
	if (status == 0)
		status =
		    file->open(file, NULL, absolute, NULL, DB_BTREE, flags, 0);
	if (status == 0)
		return berkeley;
	hisho_handle_fail(berkeley, status, error);
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
	HishoBerkeley *berkeley = hisho_handle_new(g_strdup(directory));
	g_autofree char *absolute = hisho_handle_dup_absolute(directory);
	int status =
	    hisho_handle_make_file(berkeley, SCRATCH_CACHE_BYTES, absolute);
	DB *file = berkeley->file;

	if (status == 0)
		status = file->open(
		    file, NULL, NULL, NULL, DB_BTREE, DB_CREATE, 0600);
	if (status == 0)
		return berkeley;
	hisho_handle_fail(berkeley, status, error);
	hisho_berkeley_close(berkeley);
	return NULL;
}

bool
hisho_berkeley_sync(HishoBerkeley *berkeley, GError **error)
{
	int status = berkeley->file->sync(berkeley->file, 0);

	return status == 0 || hisho_handle_fail(berkeley, status, error);
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
	g_autofree char *absolute = hisho_handle_dup_absolute(directory);
	int status = db_env_create(&berkeley->environment, 0);
	DB_ENV *environment = berkeley->environment;

	if (status != 0)
		return status;
	environment->app_private = berkeley;
	environment->set_errcall(environment, hisho_handle_keep_message);
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
	return hisho_handle_open_home(environment, flags, request->mode);
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
		status = hisho_handle_open_home(environment, 0, 0);
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
	    hisho_handle_new(g_build_filename(directory, name, NULL));

	hisho_handle_take_any_page(true);
	int status = adopt(berkeley, &request);
	hisho_handle_take_any_page(false);
	if (status != 0)
		hisho_handle_fail(berkeley, status, error);
	hisho_handle_free(berkeley);
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
	HishoBerkeley *berkeley = hisho_handle_new(
	    g_build_filename(request->directory, request->name, NULL));

	hisho_handle_take_any_page(true);
	int status = request->adopt ? adopt(berkeley, request) : 0;
	if (status == 0)
		status = open_environment(berkeley, request);
	hisho_handle_take_any_page(false);
	if (status == 0 && !request->stay_closed)
		status = begin_change(berkeley, request);
	if (status == 0)
		return berkeley;
	hisho_handle_fail(berkeley, status, error);
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
	hisho_handle_free(berkeley);
	return whole;
}

gint64
hisho_berkeley_free_bytes(HishoBerkeley *berkeley, GError **error)
{
	DB_BTREE_STAT *pages = NULL;
	int status =
	    berkeley->file->stat(berkeley->file, berkeley->change, &pages, 0);

	if (status != 0) {
		hisho_handle_fail(berkeley, status, error);
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
	return status == 0 || hisho_handle_fail(berkeley, status, error);
}

bool
hisho_berkeley_verify(const char *path, const char *name, GError **error)
{
	HishoBerkeley *berkeley = hisho_handle_new(g_strdup(name));
	g_autofree char *absolute = hisho_handle_dup_absolute(path);
	int status = hisho_handle_make_file(berkeley, CACHE_BYTES, NULL);

	if (status == 0) {
		/* The handle is gone after it, whatever it returns. */
		DB *file = g_steal_pointer(&berkeley->file);
		hisho_handle_take_any_page(true);
		status = file->verify(file, absolute, NULL, NULL, 0);
		hisho_handle_take_any_page(false);
	}
	if (status != 0)
		hisho_handle_fail(berkeley, status, error);
	hisho_handle_free(berkeley);
	return status == 0;
}
