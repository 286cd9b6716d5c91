#include "libhisho/store/handle.h"

#include <errno.h>
#include <string.h>

#include "libhisho/base/error.h"
#include "libhisho/store/dbpage.h"

/* Berkeley DB may report the same trouble once a page. */
#define MESSAGES_BYTES 500

static int
yield_at_once(u_long seconds, u_long microseconds)
{
	(void)seconds;
	(void)microseconds;
	return 0;
}

/* Where a file cannot be opened for want of room or descriptors, Berkeley DB
 * waits 12 seconds for better times: longer than a filter may live. */
static void
set_functions(void)
{
	static gsize started;

	if (g_once_init_enter(&started)) {
		db_env_set_func_yield(yield_at_once);
		db_env_set_func_open(hisho_dbpage_open);
		db_env_set_func_pread(hisho_dbpage_read);
		g_once_init_leave(&started, 1);
	}
}

void
hisho_handle_take_any_page(bool any)
{
	db_env_set_func_pread(any ? NULL : hisho_dbpage_read);
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

void
hisho_handle_keep_message(
    const DB_ENV *environment, const char *prefix, const char *text)
{
	HishoBerkeley *berkeley = environment->app_private;

	(void)prefix;
	berkeley->damaged |= tells_damage(text);
	if (berkeley->messages->len < MESSAGES_BYTES && tells_cause(text))
		g_string_append_printf(berkeley->messages, "; %.200s", text);
}

bool
hisho_handle_fail(HishoBerkeley *berkeley, int status, GError **error)
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

HishoBerkeley *
hisho_handle_new(char *take_path)
{
	HishoBerkeley *berkeley = g_new0(HishoBerkeley, 1);

	set_functions();
	berkeley->path = take_path;
	berkeley->messages = g_string_new(NULL);
	return berkeley;
}

void
hisho_handle_free(HishoBerkeley *berkeley)
{
	g_string_free(berkeley->messages, TRUE);
	g_free(berkeley->path);
	g_free(berkeley);
}

char *
hisho_handle_dup_absolute(const char *path)
{
	g_autofree char *here = g_get_current_dir();

	return g_path_is_absolute(path) ? g_strdup(path)
					: g_build_filename(here, path, NULL);
}

/* Berkeley DB obeys a file DB_CONFIG at the home of an environment and, in
 * versions not mended, in the working directory where there is no home
 * (CVE-2017-10140).  In this one only root can make a file, and ours are
 * elsewhere. */
int
hisho_handle_open_home(DB_ENV *environment, u_int32_t flags, mode_t mode)
{
	return environment->open(environment, "/",
	    flags | DB_CREATE | DB_PRIVATE | DB_INIT_MPOOL, (int)mode);
}

int
hisho_handle_make_file(
    HishoBerkeley *berkeley, u_int32_t bytes, const char *directory)
{
	int status = db_create(&berkeley->file, NULL, 0);
	DB *file = berkeley->file;

	if (status != 0)
		return status;
	DB_ENV *environment = file->get_env(file);
	environment->app_private = berkeley;
	file->set_errcall(file, hisho_handle_keep_message);
	status = file->set_cachesize(file, 0, bytes, 1);
	if (status == 0 && directory != NULL)
		status = environment->set_tmp_dir(environment, directory);
	return status != 0 ? status : hisho_handle_open_home(environment, 0, 0);
}
