#include "bin/clock.h"

static gint64 clock_start_us;

void
clock_reset(void)
{
	clock_start_us = g_get_monotonic_time();
}

gint64
clock_ms(void)
{
	return (g_get_monotonic_time() - clock_start_us) / 1000;
}
