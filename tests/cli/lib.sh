# lib.sh - TAP for shell tests
#   same NAME EXPECTED COMMAND...    its output (both streams) is EXPECTED
#   status NAME N COMMAND...         it exits with N
#   ok NAME COMMAND...               it exits with 0
#   skip NAME REASON                 cannot be tried here
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
# No test asks this machine's name server: what it says is not ours to know.
XDG_CONFIG_HOME=$scratch/config
export XDG_CONFIG_HOME
mkdir -p "$XDG_CONFIG_HOME/hisho"
printf '[dns]\nask=no\n' >"$XDG_CONFIG_HOME/hisho/hisho.conf"
count=0
verdict() { # NAME STATUS
	count=$((count + 1))
	if [ "$2" = 0 ]; then
		echo "ok $count - $1"
	else
		echo "not ok $count - $1"
	fi
}
same() {
	name=$1 expected=$2; shift 2
	printf '%s\n' "$expected" >"$scratch/expected"
	"$@" >"$scratch/actual" 2>&1
	diff -u "$scratch/expected" "$scratch/actual" | sed 's/^/# /' >&2
	cmp -s "$scratch/expected" "$scratch/actual"
	verdict "$name" $?
}
status() {
	name=$1 expected=$2; shift 2
	"$@" >"$scratch/actual" 2>&1
	got=$?
	[ "$got" = "$expected" ] || {
		echo "# exit status $got, not $expected"
		sed 's/^/# /' "$scratch/actual"
	} >&2
	[ "$got" = "$expected" ]
	verdict "$name" $?
}
ok() {
	name=$1; shift
	"$@" >"$scratch/actual" 2>&1
	got=$?
	[ "$got" = 0 ] || sed 's/^/# /' "$scratch/actual" >&2
	verdict "$name" "$got"
}
skip() { # NAME REASON
	count=$((count + 1))
	echo "ok $count - $1 # SKIP $2"
}
finish() { echo "1..$count"; }
