/* newfile.h - a file that gets its name when it is whole
 *
 * Until then it is called "NAME.new-XXXXXX".  One whose maker was killed is
 * taken away by the next that makes one for the same name. */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <sys/types.h>

typedef struct HishoNewFile HishoNewFile;

/* Makes an empty file that is to be PATH, with MODE.  What the system says is
 * HISHO_ERROR_TEMPORARY, here as below. */
HishoNewFile *hisho_new_file_make(
    const char *path, mode_t mode, GError **error);

/* Takes the file away unless it has its name. */
void hisho_new_file_free(HishoNewFile *file);

/* Where it is for now. */
const char *hisho_new_file_path(const HishoNewFile *file);

/* Appends all that SOURCE, an open file, holds; how many bytes, or -1. */
gint64 hisho_new_file_copy(HishoNewFile *file, int source, GError **error);

/* Puts the file on disk. */
bool hisho_new_file_sync(HishoNewFile *file, GError **error);

/* The same, and gives it its name, from whatever has it now. */
bool hisho_new_file_place(HishoNewFile *file, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(HishoNewFile, hisho_new_file_free)
