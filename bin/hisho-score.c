/* hisho-score - so what: advice, folder, warnings */
#include "bin/stage.h"

int
main(int argc, char *argv[])
{
	static const StageTool stage = {
		.stage = HISHO_STAGE_SCORE,
		.doc =
		    "Judge a mail: advice, folder and warnings, all fields in "
		    "one go.\v"
		    "Without FILE reads one message from standard input and "
		    "passes it on, byte for byte, with its field added.  See "
		    "hisho(7).",
	};

	return stage_main(&stage, argc, argv);
}
