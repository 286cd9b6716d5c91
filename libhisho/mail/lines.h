/* lines.h - where the lines of raw bytes end */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* SIZE bytes, read with LF and CRLF as line ends, or with CR too. */
typedef struct {
	const char *data;
	size_t size;
	bool cr_ends;
} HishoLines;

/* The offset behind the line that starts at START, its end included. */
size_t hisho_lines_next(const HishoLines *lines, size_t start);

/* The same for a field, whose further lines begin with a blank; it ends at
 * END at the latest. */
size_t hisho_lines_next_field(
    const HishoLines *lines, size_t start, size_t end);

/* END without the line end that stands before it, if behind START. */
size_t hisho_lines_trim(const char *data, size_t start, size_t end);
