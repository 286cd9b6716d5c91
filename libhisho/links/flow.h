/* flow.h - paragraphs that were broken into lines to be joined again */
#pragma once

/* TEXT with its flowed lines joined and the blank taken out that broke them
 * (RFC 3676, format=flowed with DelSp=yes).  Quotes stay apart. */
char *hisho_flow_dup_joined(const char *text);
