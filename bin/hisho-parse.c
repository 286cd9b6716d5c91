/* hisho-parse - who speaks, to whom, with what attached? */
#include "bin/stage.h"

int
main(int argc, char *argv[])
{
	static const StageTool stage = {
		.stage = HISHO_STAGE_PARSE,
		.doc =
		    "Read who writes to whom, and what is attached, into "
		    "X-Hisho-Parse.\v"
		    "Without FILE reads one message from standard input and "
		    "passes it on, byte for byte, with its field added.  See "
		    "hisho(7).",
	};

	return stage_main(&stage, argc, argv);
}
