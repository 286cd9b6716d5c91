#!/bin/sh
# The laws of the house (libhisho/hisho.h), kept by a test.
. "${0%/*}/lib.sh"
cd "${0%/*}/../.." || exit 1

# Every include that points down in the order of hisho.h, as "upper -> lower".
downward_includes() {
	awk '
	/^#include "libhisho\// {
		split($2, part, "\""); included = part[2]
		sub(/^libhisho\//, "", included); sub(/\.h$/, "", included)
	}
	FNR == NR { if (included) floor[included] = FNR; included = ""; next }
	included {
		module = FILENAME
		sub(/^libhisho\//, "", module); sub(/\.[ch]$/, "", module)
		if (!(module in floor)) print module " is not in hisho.h"
		if (module != included && floor[included] >= floor[module])
			print module " -> " included
		included = ""
	}' libhisho/hisho.h libhisho/*/*.c libhisho/*/*.h
}
known_only_to() { # MODULE HEADER
	same "only $1 knows <$2>" "libhisho/$1.c" \
		grep -rlE "include <$2" bin libhisho
}

same 'no module includes one below it' '' echo "$(downward_includes)"
known_only_to base/json jansson.h
known_only_to base/pattern pcre2.h
known_only_to mail/charset iconv.h
known_only_to mail/message gmime/
known_only_to mail/domain libpsl.h
known_only_to mail/domain idn2.h
known_only_to route/resolver ares.h
known_only_to cell/sandbox seccomp.h
known_only_to cell/sandbox linux/landlock.h
same 'only store/handle.h knows <db.h>' libhisho/store/handle.h \
	grep -rl 'include <db.h' bin libhisho
same 'and only three know that' \
	"$(printf 'libhisho/store/%s.c\n' berkeley handle pairs)" \
	sh -c 'grep -rl --include="*.[ch]" --exclude=hisho.h store/handle.h \
		bin libhisho | sort'
same 'the library neither prints, nor exits, nor reads the environment' '' \
	sh -c 'grep -nE "\b(exit|f?printf|puts|perror|g?_?getenv|g_print(err)?|g_warning|g_message|g_error) ?\(" libhisho/*/*.c || echo'
finish
