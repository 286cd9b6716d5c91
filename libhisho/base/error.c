#include "libhisho/base/error.h"

#include <sysexits.h>

G_DEFINE_QUARK(hisho - error - quark, hisho_error)

int
hisho_error_exit_status(const GError *error)
{
	if (g_error_matches(error, HISHO_ERROR, HISHO_ERROR_INPUT))
		return EX_DATAERR;
	if (g_error_matches(error, HISHO_ERROR, HISHO_ERROR_CONFIG))
		return EX_CONFIG;
	return EX_TEMPFAIL;
}
