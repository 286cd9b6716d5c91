/* linkend.h - where links in text end */
#pragma once

#include <stddef.h>

/* Where the run of host bytes ends that begins at AT of TEXT; AT if there is
 * none. */
size_t hisho_linkend_of_run(const char *text, size_t length, size_t at);

/* Where the name ends that begins at START and whose first labels end at END,
 * if it goes on with dots of East Asia and is none without that; else END. */
size_t hisho_linkend_of_dotted(
    const char *text, size_t length, size_t start, size_t end);

/* Where the link ends that begins at START and whose host begins at HOST,
 * without the marks of the sentence around it. */
size_t hisho_linkend_find(
    const char *text, size_t length, size_t start, size_t host);
