#!/bin/sh
# deps.sh [--missing] PACKAGE... - install ("make deps") or only name
# those Debian packages that are not there yet
missing() { # PACKAGE...
	for package; do
		dpkg-query -W -f '${db:Status-Status}\n' "$package" \
			2>/dev/null | grep -qx installed || echo "$package"
	done
}
if [ "$1" = --missing ]; then
	shift
	# Elsewhere than on Debian the builder knows what is there.
	! command -v dpkg-query >/dev/null || missing "$@"
	exit 0
fi

set -- $(missing "$@")
[ $# -gt 0 ] || exec echo 'deps: nothing is missing'
if ! command -v apt-get >/dev/null; then
	echo "deps: there is no apt-get here; please install by hand: $*"
	exit 1
elif [ "$(id -u)" = 0 ]; then
	as_root=
elif command -v sudo >/dev/null; then
	as_root=sudo
else
	echo "deps: not root, and no sudo here; as root: apt-get install $*"
	exit 1
fi
apt() {
	$as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq \
		-o DPkg::Lock::Timeout=120 "$@"
}
echo "deps: installing $*"
# A failing update may concern a source that is not needed here: go on.
apt update || echo 'deps: apt-get update failed; trying all the same'
apt install -y --no-install-recommends "$@" >/dev/null && exit
echo "deps: apt-get could not install all of: $*"
exit 1
