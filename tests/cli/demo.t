#!/bin/sh
# The demonstration shows what it says: votes change folder and advice.
. "${0%/*}/lib.sh"
cd "${0%/*}/../.." || exit 1

# The line of the list that is about $1, in short: folder, advice, warnings.
line_of() { # NAME SCREEN
	awk -v name="$1" -v screen="$2" '
	/^\$ / { shown = /--format=list/; n += shown }
	/^(main|gray|spam) \(/ { folder = $1 }
	shown && n == screen && index($0, name) {
		warnings = match($0, / ![^ ]/) ? substr($0, RSTART) : ""
		print folder, $3 warnings
	}' "$scratch/screen"
}

ok 'it runs to its end' sh -c "sh tests/demo.sh '$scratch' >'$scratch/screen'"
same 'the fraud is gray at first' 'gray unrated !link-lookalike' \
	line_of Amazon.co.jp 1
same 'so is the colleague' 'gray unrated' line_of hanako.sato 1
same 'the fraud is red and in spam in the end' \
	'spam distrusted !link-reported !link-lookalike' \
	line_of Amazon.co.jp 2
same 'the colleague is green and in main' 'main trusted' line_of hanako.sato 2
same 'the bank is as before' 'gray unrated' line_of notice@midori 2
same 'the next fraud by this route is known' \
	'spam distrusted !link-reported !link-lookalike' \
	line_of Amazon.co.jp 3
ok 'it says what is not checked' grep -q 'DNS is not asked here' \
	"$scratch/screen"
same 'the page shows where the fraud leads' \
	'     click    www[.]amazon-jp[.]{zydmrou[.]cn}  !lookalike  foreign' \
	grep 'click .*zydmrou' "$scratch/screen"
finish
