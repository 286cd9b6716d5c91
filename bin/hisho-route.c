/* hisho-route - by which route did it really come? */
#include "bin/stage.h"

int
main(int argc, char *argv[])
{
	static const StageTool stage = {
		.stage = HISHO_STAGE_ROUTE,
		.doc =
		    "Read by which host a mail really came into "
		    "X-Hisho-Route.\v"
		    "Without FILE reads one message from standard input and "
		    "passes it on, byte for byte, with its field added.  See "
		    "hisho(7).",
	};

	return stage_main(&stage, argc, argv);
}
