#include "libhisho/route/track.h"

#define NUMBER(member)                                                         \
	{                                                                      \
#member, HISHO_RECORD_NUMBER,                                  \
		    G_STRUCT_OFFSET(HishoTrack, member), NULL                  \
	}

static const HishoRecordField fields[] = {
	NUMBER(messages),
	NUMBER(trusted),
	NUMBER(distrusted),
	NUMBER(first),
	NUMBER(last),
	NUMBER(all_messages),
	NUMBER(all_trusted),
	NUMBER(all_distrusted),
	NUMBER(all_first),
	NUMBER(all_last),
	{ NULL, HISHO_RECORD_TEXT, 0, NULL },
};

const HishoRecordType hisho_track_type = { sizeof(HishoTrack), fields,
	hisho_track_free };

void
hisho_track_free(void *track)
{
	hisho_record_free(&hisho_track_type, track);
}
