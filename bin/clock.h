/* clock.h - how long the mail at hand has been worked on */
#pragma once

#include <glib.h>

/* Sets the clock of one mail to 0: its bytes are all there. */
void clock_reset(void);

/* Milliseconds since then. */
gint64 clock_ms(void);
