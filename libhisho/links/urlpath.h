/* urlpath.h - the path of a URL without detours */
#pragma once

/* PATH without its dot segments, however they are encoded (RFC 3986 5.2.4). */
char *hisho_urlpath_dup_without_dots(const char *path);
