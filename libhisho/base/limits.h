/* limits.h - how much of a mail is looked at; reaching one is reported */
#pragma once

#include <stddef.h>

/* Counts and bytes.  What is beyond a limit still passes through byte for
 * byte; it is only not analysed or not listed. */
typedef struct {
	size_t mail_bytes; /* parsed; of a larger mail the header only */
	size_t header_bytes;
	size_t fields;
	size_t addresses;
	size_t depth; /* of MIME nesting */
	size_t parts;
	size_t html_bytes; /* of one part */
	size_t links;
} HishoLimits;

/* The figures that hold when the configuration says nothing. */
#define HISHO_LIMITS_DEFAULT                                                   \
	{                                                                      \
		.mail_bytes = 25 << 20, .header_bytes = 1 << 20,               \
		.fields = 2000, .addresses = 1000, .depth = 64, .parts = 1000, \
		.html_bytes = 2 << 20, .links = 1000,                          \
	}
