#include "libhisho/links/imagemap.h"

#include <string.h>

#define NAMES_MAX 1000 /* of maps in use; more areas are seen than are not */
#define NAME_BYTES 128

typedef struct {
	HishoLink *link;
	char *name; /* of its map, NULL without one */
} Area;

struct HishoImagemap {
	char *name; /* of the map opened last */
	GArray *areas;
	GHashTable *used; /* names of maps on images that are seen */
};

static void
clear_area(gpointer area)
{
	g_free(((Area *)area)->name);
}

HishoImagemap *
hisho_imagemap_new(void)
{
	return g_new0(HishoImagemap, 1);
}

void
hisho_imagemap_free(HishoImagemap *maps)
{
	if (maps == NULL)
		return;
	g_free(maps->name);
	g_clear_pointer(&maps->areas, g_array_unref);
	g_clear_pointer(&maps->used, g_hash_table_unref);
	g_free(maps);
}

void
hisho_imagemap_note_tag(
    HishoImagemap *maps, const HishoHtmlToken *tag, bool is_seen)
{
	const char *name;

	if (strcmp(tag->name, "map") == 0) {
		name = hisho_html_attribute(tag, "name");
		if (name == NULL)
			name = hisho_html_attribute(tag, "id");
		g_free(maps->name);
		maps->name = g_strndup(name ? name : "", NAME_BYTES);
		return;
	}
	name = is_seen ? hisho_html_attribute(tag, "usemap") : NULL;
	if (name == NULL || *name != '#')
		return;
	if (maps->used == NULL)
		maps->used = g_hash_table_new_full(
		    g_str_hash, g_str_equal, g_free, NULL);
	if (g_hash_table_size(maps->used) < NAMES_MAX)
		g_hash_table_add(maps->used, g_strndup(name + 1, NAME_BYTES));
}

void
hisho_imagemap_add_area(HishoImagemap *maps, HishoLink *link)
{
	const Area area = { link, g_strdup(maps->name) };

	if (maps->areas == NULL) {
		maps->areas = g_array_new(FALSE, FALSE, sizeof(Area));
		g_array_set_clear_func(maps->areas, clear_area);
	}
	g_array_append_val(maps->areas, area);
}

void
hisho_imagemap_end(HishoImagemap *maps)
{
	for (guint i = 0; maps->areas && i < maps->areas->len; i++) {
		const Area *area = &g_array_index(maps->areas, Area, i);
		area->link->visible = maps->used != NULL &&
		    area->name != NULL &&
		    g_hash_table_contains(maps->used, area->name);
		g_free(area->link->reason);
		area->link->reason =
		    g_strdup(area->link->visible ? NULL : "image-map");
	}
}
