#!/bin/sh
# What tests use to damage the cell is in no program that is installed.
. "${0%/*}/lib.sh"
cd "${0%/*}/../.." || exit 1

know_damage() { # PROGRAM...
	for program in "$@"; do
		[ -e "$program" ] && grep -l X-Test-Cell "$program"
	done
	:
}
same 'the tools for use know no damage' '' \
	echo "$(know_damage "$BUILD"/bin/* "$BUILD"/libhisho.a)"
ok 'the test of the cell does' grep -q X-Test-Cell "$BUILD/tests/unit/test-cell"
finish
