#include "libhisho/links/spelling.h"

#include <glib.h>
#include <string.h>

#define WORD_MAX 63 /* bytes of a label, RFC 1035 2.3.4 */

/* Three rows of the table of Damerau and Levenshtein: what it takes to make
 * the first j letters of B of the first i of A. */
typedef struct {
	unsigned cells[3][WORD_MAX + 1];
} Rows;

static unsigned
find_cell(Rows *rows, const char *a, const char *b, size_t i, size_t j)
{
	const unsigned *above = rows->cells[(i + 2) % 3];
	const unsigned *two_above = rows->cells[(i + 1) % 3];
	unsigned best = above[j - 1] + (a[i - 1] != b[j - 1]);

	best = MIN(best, above[j] + 1);
	best = MIN(best, rows->cells[i % 3][j - 1] + 1);
	if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
		best = MIN(best, two_above[j - 2] + 1);
	return best;
}

unsigned
hisho_spelling_distance(const char *a, const char *b, unsigned max)
{
	size_t m = strlen(a), n = strlen(b);
	Rows rows;

	if (m > WORD_MAX || n > WORD_MAX || MAX(m, n) - MIN(m, n) > max)
		return max + 1;
	for (size_t j = 0; j <= n; j++)
		rows.cells[0][j] = (unsigned)j;
	for (size_t i = 1; i <= m; i++) {
		unsigned least = (unsigned)i;
		rows.cells[i % 3][0] = (unsigned)i;
		for (size_t j = 1; j <= n; j++) {
			unsigned cell = find_cell(&rows, a, b, i, j);
			rows.cells[i % 3][j] = cell;
			least = MIN(least, cell);
		}
		/* A swap costs one more than two rows above. */
		if (least > max + 1)
			return max + 1;
	}
	return MIN(rows.cells[m % 3][n], max + 1);
}
