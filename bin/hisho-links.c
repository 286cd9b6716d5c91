/* hisho-links - where does it lead? */
#include "bin/stage.h"

int
main(int argc, char *argv[])
{
	static const StageTool stage = {
		.stage = HISHO_STAGE_LINKS,
		.doc =
		    "Read where a mail leads into X-Hisho-Links.\v"
		    "Without FILE reads one message from standard input and "
		    "passes it on, byte for byte, with its field added.  See "
		    "hisho(7).",
	};

	return stage_main(&stage, argc, argv);
}
