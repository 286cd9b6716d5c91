#include "bin/sealkey.h"

#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "libhisho/mail/seal.h"
#include "libhisho/store/place.h"

static char *
dup_shared_path(const Tool *tool)
{
	g_autofree char *keys = g_build_filename(tool->database, "keys", NULL);

	return g_file_test(keys, G_FILE_TEST_IS_DIR)
	    ? g_build_filename(keys, tool->user, NULL)
	    : NULL;
}

/* A database of my own keeps my key; one of many users has a directory for
 * keys, or I keep it with my personal data. */
static char *
dup_path(const Tool *tool)
{
	struct stat st;

	/* Two stages of one pipeline must find the same place, also before the
	 * first receipt is recorded. */
	g_mkdir(tool->database, 0700);
	char *shared = dup_shared_path(tool);
	if (shared != NULL)
		return shared;
	if (stat(tool->database, &st) == 0 && st.st_uid == geteuid() &&
	    (st.st_mode & 022) == 0)
		return g_strdup_printf(
		    "%s/seal-%s.key", tool->database, tool->user);
	g_autofree char *personal = tool_dup_personal_directory();
	return personal != NULL ? g_build_filename(personal, "seal.key", NULL)
				: NULL;
}

/* What a user could read he could seal with, and so have recorded what no
 * server ever saw: his key lies where only the group gets in. */
static GBytes *
load_by_group(const Tool *tool, GError **error)
{
	g_autoptr(HishoPlace) place =
	    hisho_place_open(tool->database, true, error);
	g_autofree char *path = place != NULL ? dup_shared_path(tool) : NULL;

	return path != NULL ? hisho_seal_load_key(path, error) : NULL;
}

GBytes *
sealkey_load(const Tool *tool, GError **error)
{
	if (tool->is_setgid)
		return load_by_group(tool, error);
	g_autofree char *path = dup_path(tool);
	return path != NULL ? hisho_seal_load_key(path, error) : NULL;
}
