#include "bin/sealkey.h"

#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "libhisho/mail/seal.h"
#include "libhisho/store/place.h"

/* NULL where there is no directory for keys.  A link could lead root, who is
 * asked by way of a directory of somebody else, anywhere. */
static char *
dup_shared_path(const Tool *tool)
{
	g_autofree char *keys = g_build_filename(tool->database, "keys", NULL);
	struct stat st;

	return lstat(keys, &st) == 0 && S_ISDIR(st.st_mode)
	    ? g_build_filename(keys, tool->user, NULL)
	    : NULL;
}

static bool
is_shared(const Tool *tool)
{
	g_autofree char *path = dup_shared_path(tool);

	return path != NULL;
}

/* A database of my own keeps my key; one of many users has a directory for
 * keys, or I keep it with my personal data. */
static char *
dup_path(const Tool *tool)
{
	struct stat st;

	if (stat(tool->database, &st) == 0 && st.st_uid == geteuid() &&
	    (st.st_mode & 022) == 0)
		return g_strdup_printf(
		    "%s/seal-%s.key", tool->database, tool->user);
	g_autofree char *personal = tool_dup_personal_directory();
	return personal != NULL ? g_build_filename(personal, "seal.key", NULL)
				: NULL;
}

/* By the rights of the directory: root leaves nothing of its own there.  And
 * what the user of a set-gid tool could read he could seal with, and so have
 * recorded what no server ever saw: his key lies where only the group gets
 * in. */
static GBytes *
load_shared(const Tool *tool, GError **error)
{
	g_autoptr(HishoPlace) place =
	    hisho_place_open(tool->database, false, error);
	g_autofree char *path = place != NULL ? dup_shared_path(tool) : NULL;

	return path != NULL ? hisho_seal_load_key(path, error) : NULL;
}

GBytes *
sealkey_load(const Tool *tool, GError **error)
{
	/* Two stages of one pipeline must find the same place, also before the
	 * first receipt is recorded. */
	if (!tool->is_setgid)
		g_mkdir(tool->database, 0700);
	if (tool->is_setgid || is_shared(tool))
		return load_shared(tool, error);
	g_autofree char *path = dup_path(tool);
	return path != NULL ? hisho_seal_load_key(path, error) : NULL;
}
