/* dbpage.h - what Berkeley DB gets to open and to read */
#pragma once

#include <sys/types.h>

/* The page of all files, however large the blocks of the file system are:
 * what disks and kernels write whole or not at all. */
#define HISHO_DBPAGE_BYTES 4096

/* A way to an open file is this and its number. */
#define HISHO_DBPAGE_DESCRIPTORS "/proc/self/fd/"

/* Opens as open(2) does, but no link is followed to any file except those of
 * open files, nor anything opened that is not regular. */
int hisho_dbpage_open(const char *path, int flags, ...);

/* Reads as pread(2) does.  A whole page that does not carry the number of its
 * place, in either order of bytes, is made one that no checksum fits.  (Of a
 * page of another place the checksum is good, for one of zeros Berkeley DB asks
 * none, and it may look for ever for what either hides.) */
ssize_t hisho_dbpage_read(int fd, void *bytes, size_t length, off_t from);
