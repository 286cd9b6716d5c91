/* hisho-safe - does the writer know me? */
#include "bin/stage.h"

int
main(int argc, char *argv[])
{
	static const StageTool stage = {
		.stage = HISHO_STAGE_SAFE,
		.doc =
		    "Say in X-Hisho-Safe whether the writer is permitted or "
		    "knows you.\v"
		    "Without FILE reads one message from standard input and "
		    "passes it on, byte for byte, with its field added.  See "
		    "hisho(7).",
	};

	return stage_main(&stage, argc, argv);
}
