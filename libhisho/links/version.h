/* version.h - which parts a mail shows */
#pragma once

#include "libhisho/mail/message.h"

/* Whether leaf I is attached, or a version of a part that is shown instead. */
bool hisho_version_is_aside(const HishoMessage *message, guint i);
