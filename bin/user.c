#include "bin/user.h"

#include <errno.h>
#include <pwd.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "libhisho/base/error.h"
#include "libhisho/store/intake.h"

/* Whether the configuration calls the caller the owner, by name or number. */
static bool
is_owner(const char *owner)
{
	g_autofree char *number = g_strdup_printf("%lu", (gulong)getuid());

	if (owner == NULL)
		return false;
	const struct passwd *account = getpwnam(owner);
	return account != NULL ? account->pw_uid == getuid()
			       : strcmp(owner, number) == 0;
}

static bool
may_speak_for_others(const Tool *tool)
{
	struct stat st;

	return getuid() == 0 || is_owner(tool->config->owner) ||
	    (stat(tool->database, &st) == 0 && st.st_uid == getuid());
}

/* Mail servers write one mailbox in any case: Taro is taro, where nobody is
 * called Taro. What getpwnam gave lasts only until it is called again. */
static bool
find_account(const char *name, const char *lower, uid_t *uid)
{
	const struct passwd *account = getpwnam(name);

	if (account == NULL)
		account = getpwnam(lower);
	if (account != NULL)
		*uid = account->pw_uid;
	return account != NULL;
}

char *
user_dup_name(const Tool *tool, const char *name, GError **error)
{
	uid_t uid = getuid();

	if (name == NULL)
		return g_strdup_printf("uid:%lu", (gulong)uid);
	if (!hisho_intake_is_user_name(name)) {
		g_set_error(error, HISHO_ERROR, HISHO_ERROR_CONFIG,
		    "--user: '%s' is no user name: 1 to %d letters, digits"
		    " and ._@+-, the first a letter or digit",
		    name, HISHO_USER_NAME_BYTES);
		return NULL;
	}
	g_autofree char *lower = g_ascii_strdown(name, -1);
	bool is_account = find_account(name, lower, &uid);
	bool is_me = is_account && uid == getuid();
	if (!is_me && !may_speak_for_others(tool)) {
		g_set_error(error, HISHO_ERROR, HISHO_ERROR_CONFIG,
		    "--user: only root and the owner of the database may speak"
		    " for '%s'",
		    name);
		return NULL;
	}
	return is_account ? g_strdup_printf("uid:%lu", (gulong)uid)
			  : g_strdup_printf("name:%s", lower);
}

/* What only cannot be seen may well be there: a set-gid tool gets further. */
static bool
is_missing(const char *path)
{
	struct stat st;

	return stat(path, &st) != 0 && errno == ENOENT;
}

bool
user_may_keep(const Tool *tool, GError **error)
{
	if (may_speak_for_others(tool) || is_missing(tool->database))
		return true;
	g_set_error(error, HISHO_ERROR, HISHO_ERROR_CONFIG,
	    "this is for root, the owner of the directory and the owner whom "
	    "the configuration names: it is about all users");
	return false;
}
