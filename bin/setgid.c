#include "bin/setgid.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sysexits.h>
#include <unistd.h>

#include "libhisho/base/error.h"

#ifdef HISHO_SANITIZE
#include <sanitizer/lsan_interface.h>
#include <sys/auxv.h>

/* Who looks for leaks looks into the process, as nobody may. */
int
__lsan_is_turned_off(void)
{
	return getauxval(AT_SECURE) != 0;
}
#endif

/* These change words and colours, nothing that is recorded. */
static const char *const harmless[] = { "LC_ALL", "LC_MESSAGES", "LANG",
	"NO_COLOR" };

static void
forget_variables(void)
{
	char *kept[G_N_ELEMENTS(harmless)];

	for (size_t i = 0; i < G_N_ELEMENTS(harmless); i++)
		kept[i] = g_strdup(getenv(harmless[i]));
	clearenv();
	for (size_t i = 0; i < G_N_ELEMENTS(harmless); i++) {
		if (kept[i] != NULL)
			setenv(harmless[i], kept[i], 1);
		g_free(kept[i]);
	}
}

/* The kernel writes none of its own accord, unless fs.suid_dumpable says so;
 * nor does it let the caller trace us. */
static void
leave_no_core(void)
{
	const struct rlimit none = { 0, 0 };

	setrlimit(RLIMIT_CORE, &none);
}

void
setgid_start(void)
{
	gid_t own = getgid();
	gid_t group = getegid();

	if (group == own)
		return;
	bool is_root = getuid() == 0;
	if (setresgid((gid_t)-1, own, is_root ? own : group) != 0)
		_exit(EX_TEMPFAIL);
	if (is_root)
		return;
	forget_variables();
	leave_no_core();
}

bool
setgid_is_on(void)
{
	gid_t own, effective, saved;

	return getresgid(&own, &effective, &saved) == 0 && saved != effective;
}

void
setgid_give_up(void)
{
	gid_t own = getgid();

	if (setresgid(own, own, own) != 0)
		_exit(EX_TEMPFAIL);
}

ToolOptions
setgid_heeded(const ToolOptions *options)
{
	ToolOptions heeded = *options;
	const struct {
		const char *name;
		const char **value;
	} elsewhere[] = { { "--database", &heeded.database },
		{ "--config", &heeded.config }, { "--user", &heeded.user } };

	for (size_t i = 0; i < G_N_ELEMENTS(elsewhere); i++) {
		if (*elsewhere[i].value == NULL)
			continue;
		fprintf(stderr,
		    "%s: %s is ignored: this program is set-gid for the "
		    "database that all share\n",
		    program_invocation_short_name, elsewhere[i].name);
		*elsewhere[i].value = NULL;
	}
	return heeded;
}

/* What concerns the user alone: his words, and how he wants to be advised. */
static const struct {
	size_t offset, size;
} personal[] = {
#define MEMBER(name)                                                           \
	offsetof(HishoConfig, name), sizeof(((HishoConfig *)NULL)->name)
	{ MEMBER(lang) },
	{ MEMBER(addresses) },
	{ MEMBER(protected_domains) },
	{ MEMBER(others_green) },
	{ MEMBER(others_red) },
	{ MEMBER(report_days) },
	{ MEMBER(strict_permit) },
#undef MEMBER
};

/* Swaps the SIZE bytes at A and B. */
static void
swap(void *a, void *b, size_t size)
{
	char between[sizeof(gint64)];

	g_assert(size <= sizeof between);
	memcpy(between, a, size);
	memcpy(a, b, size);
	memcpy(b, between, size);
}

bool
setgid_read_config(
    HishoConfig *config, const char *system, const char *path, GError **error)
{
	g_autoptr(HishoConfig) both = hisho_config_new();

	if (!hisho_config_read(both, system, false, error) ||
	    !hisho_config_read(both, path, false, error))
		return false;
	for (size_t i = 0; i < G_N_ELEMENTS(personal); i++)
		swap((char *)config + personal[i].offset,
		    (char *)both + personal[i].offset, personal[i].size);
	return true;
}

bool
setgid_check_time(const Tool *tool, const ToolOptions *options, GError **error)
{
	if (!tool->is_setgid || options->now == NULL)
		return true;
	g_set_error(error, HISHO_ERROR, HISHO_ERROR_CONFIG,
	    "--now: the time of what all share is not for you to say");
	return false;
}
