/* pairs.h - keys and values in an open file
 *
 * All failures are as in berkeley.h, which opens it. */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

typedef struct HishoBerkeley HishoBerkeley;

/* Bytes of somebody else, to be looked at. */
typedef struct {
	const char *data;
	size_t length;
} HishoSlice;

static inline HishoSlice
hisho_slice(const char *text)
{
	return (HishoSlice){ text, strlen(text) };
}

static inline HishoSlice
hisho_slice_bytes(GBytes *bytes)
{
	HishoSlice slice = { NULL, 0 };

	slice.data = g_bytes_get_data(bytes, &slice.length);
	return slice;
}

/* What a deed did to the database. */
typedef enum {
	HISHO_CHANGE_FAILED, /* the error tells why */
	HISHO_CHANGE_NONE,   /* it was so already */
	HISHO_CHANGE_MADE,
} HishoChange;

/* The value of KEY; NULL without error if there is none. */
GBytes *hisho_berkeley_get(
    HishoBerkeley *berkeley, HishoSlice key, GError **error);

/* Puts VALUE under KEY where there is none; else HISHO_CHANGE_NONE. */
HishoChange hisho_berkeley_add(
    HishoBerkeley *berkeley, HishoSlice key, HishoSlice value, GError **error);

/* Within a change.  Deleting what is not there is no change. */
bool hisho_berkeley_put(
    HishoBerkeley *berkeley, HishoSlice key, HishoSlice value, GError **error);
HishoChange hisho_berkeley_delete(
    HishoBerkeley *berkeley, HishoSlice key, GError **error);

/* Looks at one pair, which lives for the call; false ends the walk.  It may
 * get, and put or delete what does not lie ahead. */
typedef bool (*HishoWalkVisit)(HishoSlice key, HishoSlice value, void *context);

typedef struct {
	HishoSlice prefix; /* of the keys; empty for all */
	HishoSlice start;  /* a key to begin at, there or not; or empty */
	HishoWalkVisit visit;
	void *context;
} HishoWalk;

/* Visits the pairs of WALK in the order of their keys' bytes. */
bool hisho_berkeley_walk(
    HishoBerkeley *berkeley, const HishoWalk *walk, GError **error);
