#include "libhisho/store/rights.h"

#include <grp.h>
#include <pwd.h>
#include <sys/fsuid.h>
#include <unistd.h>

/* The same as the effective one, but in a set-gid program. */
static gid_t
saved_group(void)
{
	gid_t own, effective, saved;

	return getresgid(&own, &effective, &saved) == 0 ? saved : getegid();
}

/* The effective ids would let others send us signals, and hold for all
 * threads. */
void
hisho_rights_try_group(void)
{
	setfsgid(saved_group());
}

void
hisho_rights_settle(const struct stat *directory)
{
	if (directory->st_gid != saved_group())
		hisho_rights_reset();
	if (geteuid() != 0 || directory->st_uid == 0)
		return;
	setfsgid(directory->st_gid);
	setfsuid(directory->st_uid);
}

void
hisho_rights_reset(void)
{
	setfsuid(geteuid());
	setfsgid(getegid());
}

/* An id that there is none of changes nothing, and tells which is acting. */
HishoRights
hisho_rights_now(void)
{
	return (HishoRights){ (uid_t)setfsuid((uid_t)-1),
		(gid_t)setfsgid((gid_t)-1) };
}

void
hisho_rights_return(HishoRights rights)
{
	setfsuid(rights.user);
	setfsgid(rights.group);
}

static char *
dup_owner(uid_t owner)
{
	const struct passwd *account = getpwuid(owner);

	return account != NULL ? g_strdup(account->pw_name)
			       : g_strdup_printf("%lu", (gulong)owner);
}

static char *
dup_group(gid_t group)
{
	const struct group *entry = getgrgid(group);

	return entry != NULL ? g_strdup(entry->gr_name)
			     : g_strdup_printf("%lu", (gulong)group);
}

char *
hisho_rights_dup_advice(const char *directory)
{
	struct stat status;

	if (stat(directory, &status) != 0)
		return g_strdup("");
	g_autofree char *owner = dup_owner(status.st_uid);
	g_autofree char *group = dup_group(status.st_gid);
	if (!(status.st_mode & S_IWGRP))
		return g_strdup_printf(": it belongs to '%s' alone", owner);
	if (getegid() != status.st_gid && !group_member(status.st_gid))
		return g_strdup_printf(
		    ": it is for members of the group '%s', who may have to "
		    "log in anew after they became it",
		    group);
	return g_strdup_printf(": all of '%s' must be the group's: "
			       "chgrp -R %s, chmod -R g+rwX and chmod g+s",
	    directory, group);
}

/* Whether the group is that of a set-gid program, and its user has not got
 * it. */
static bool
is_lent(gid_t group)
{
	return geteuid() != 0 && group == saved_group() && group != getegid();
}

char *
hisho_rights_dup_complaint(const struct stat *directory, bool writing)
{
	const mode_t mode = directory->st_mode;
	const gid_t acting = hisho_rights_now().group;

	if (mode & S_IWOTH)
		return g_strdup("anybody could put a database of his own "
				"there: chmod o-w mends it");
	if (is_lent(acting) && (mode & S_IXOTH))
		return g_strdup("users could change the files that the tools "
				"make for them: chmod o-rwx mends it");
	if (!writing || !(mode & S_IWGRP) || (mode & S_ISGID) ||
	    acting == directory->st_gid)
		return NULL;
	g_autofree char *group = dup_group(directory->st_gid);
	return g_strdup_printf("what is made there would not be its group's, "
			       "'%s': chmod g+s mends it",
	    group);
}
