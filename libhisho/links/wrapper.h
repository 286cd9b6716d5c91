/* wrapper.h - how known redirectors and wrappers write their targets */
#pragma once

#include <glib.h>
#include <stddef.h>

/* Yields the target that LENGTH bytes of VALUE are, or NULL. */
typedef char *(*HishoWrapperDecode)(const char *value, size_t length);

/* One place of a URL that holds a target. */
typedef struct {
	const char *host;      /* and names below it; "google." in any country;
				* NULL: any host */
	const char *path;      /* what the path begins with */
	const char *parameter; /* of the query; NULL: the path's rest itself */
	HishoWrapperDecode decode;
} HishoWrapper;

/* All that are known; the last one has no decode. */
extern const HishoWrapper hisho_wrappers[];

/* A parameter's VALUE: percent-encoded, perhaps twice, or base64 of a URL. */
char *hisho_wrapper_dup_plain(const char *value, size_t length);
