#include "libhisho/base/edits.h"

#include <string.h>

HishoNearness
hisho_edits_near(const char *const *domains, const char *name)
{
	size_t length = name != NULL ? strlen(name) : 0;
	HishoNearness nearest = 0;

	for (; domains != NULL && *domains != NULL; domains++) {
		size_t tail = strlen(*domains);
		if (tail > nearest && length >= tail &&
		    strcmp(name + length - tail, *domains) == 0 &&
		    (length == tail || name[length - tail - 1] == '.'))
			nearest = tail;
	}
	return nearest;
}

static HishoNearness
near_network(char *const *entries, const HishoNetwork *sought)
{
	HishoNearness nearest = 0;

	for (; entries != NULL && *entries != NULL; entries++) {
		HishoNetwork network;
		if (hisho_network_parse(*entries, &network) &&
		    network.prefix_bits > nearest &&
		    network.prefix_bits <= sought->prefix_bits &&
		    hisho_network_contains(&network, &sought->ip))
			nearest = network.prefix_bits;
	}
	return nearest;
}

static HishoEdited
decide(HishoNearness listed, HishoNearness removed)
{
	if (removed > 0 && removed >= listed)
		return HISHO_EDITS_REMOVED;
	return listed > 0 ? HISHO_EDITS_LISTED : HISHO_EDITS_SILENT;
}

HishoEdited
hisho_edits_name(const HishoEdits *edits, const char *name, HishoNearness near)
{
	HishoNearness added =
	    hisho_edits_near((const char *const *)edits->added, name);

	return decide(MAX(near, added),
	    hisho_edits_near((const char *const *)edits->removed, name));
}

HishoEdited
hisho_edits_network(
    const HishoEdits *edits, const HishoNetwork *network, HishoNearness near)
{
	HishoNearness added = near_network(edits->added, network);

	return decide(MAX(near, added), near_network(edits->removed, network));
}
