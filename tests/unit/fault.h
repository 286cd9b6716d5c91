/* fault.h - a process that dies at any of its calls, or finds them fail
 *
 * For one test program: it defines the calls that change files. */
#pragma once

#include <errno.h>
#include <sys/syscall.h>
#include <unistd.h>

/* At which of the calls below its process dies, or from which on they fail;
 * counted from 1, 0 for never. */
static struct {
	int death;
	int failure;
	int reason;
	int calls;
} fault;

static bool
fails(void)
{
	fault.calls++;
	if (fault.calls == fault.death)
		_exit(9);
	if (fault.failure == 0 || fault.calls < fault.failure)
		return false;
	errno = fault.reason;
	return true;
}

/* These stand before the C library's, for Berkeley DB as well. */
ssize_t
pwrite(int fd, const void *bytes, size_t length, off_t offset)
{
	return fails() ? -1 : syscall(SYS_pwrite64, fd, bytes, length, offset);
}

ssize_t
pwrite64(int fd, const void *bytes, size_t length, off64_t offset)
{
	return fails() ? -1 : syscall(SYS_pwrite64, fd, bytes, length, offset);
}

ssize_t
write(int fd, const void *bytes, size_t length)
{
	return fails() ? -1 : syscall(SYS_write, fd, bytes, length);
}

ssize_t
copy_file_range(int in, off64_t *from, int out, off64_t *to, size_t length,
    unsigned int flags)
{
	return fails()
	    ? -1
	    : syscall(SYS_copy_file_range, in, from, out, to, length, flags);
}

int
fdatasync(int fd)
{
	return fails() ? -1 : (int)syscall(SYS_fdatasync, fd);
}

int
fsync(int fd)
{
	return fails() ? -1 : (int)syscall(SYS_fsync, fd);
}

int
rename(const char *from, const char *to)
{
	return fails() ? -1 : (int)syscall(SYS_rename, from, to);
}

int
renameat(int from_fd, const char *from, int to_fd, const char *to)
{
	return fails() ? -1
		       : (int)syscall(SYS_renameat, from_fd, from, to_fd, to);
}

int
linkat(int from_fd, const char *from, int to_fd, const char *to, int flags)
{
	return fails()
	    ? -1
	    : (int)syscall(SYS_linkat, from_fd, from, to_fd, to, flags);
}

int
unlinkat(int fd, const char *path, int flags)
{
	return fails() ? -1 : (int)syscall(SYS_unlinkat, fd, path, flags);
}
