/* times.h - nanoseconds, the one below which most are, and what must work */
#pragma once

#include <errno.h>
#include <glib.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static inline gint64
now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * G_GINT64_CONSTANT(1000000000) + now.tv_nsec;
}

static inline int
compare_times(const void *a, const void *b)
{
	gint64 one = *(const gint64 *)a;
	gint64 other = *(const gint64 *)b;

	return (one > other) - (one < other);
}

/* The one below which HUNDREDTHS of the N TIMES are; sorts them. */
static inline gint64
quantile(gint64 *times, guint n, guint hundredths)
{
	qsort(times, n, sizeof *times, compare_times);
	return times[MIN(n - 1, n * hundredths / 100)];
}

static inline void
must(bool fine, const char *what)
{
	if (fine)
		return;
	fprintf(stderr, "%s: %s\n", program_invocation_short_name, what);
	exit(1);
}
