/* dbpage.h - whether a page of a database is the one that was asked for
 *
 * Checksums do not tell: a page of another place has one, and for a page of
 * zeros Berkeley DB asks none.  It may look for ever for what either hides. */
#pragma once

#include <sys/types.h>

/* The page of all files, however large the blocks of the file system are:
 * what disks and kernels write whole or not at all. */
#define HISHO_DBPAGE_BYTES 4096

/* Reads as pread(2) does.  A whole page that does not carry the number of its
 * place, in either order of bytes, is made one that no checksum fits. */
ssize_t hisho_dbpage_read(int fd, void *bytes, size_t length, off_t from);
