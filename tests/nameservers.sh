#!/bin/sh
# nameservers.sh [--missing] - unpack the name servers that tests/cli/dns.t
# asks into build/nameservers; or only say whether that is to be done.  They
# are not installed: they would start at once, and answer for this machine.
servers='nsd unbound'
home=$(cd "${0%/*}/.." && pwd)/build/nameservers

if [ "$1" = --missing ]; then
	# Where they cannot be had, all else can be tried without them.
	! command -v apt-get >/dev/null || [ -e "$home/done" ] ||
	    [ -e "$home/failed" ] || echo nameservers
	exit 0
fi

# The servers, and those of their libraries that are not here.
packages() {
	echo $servers
	for server in $servers; do
		apt-get -s install --no-install-recommends "$server" |
		    sed -n 's/^Inst \(lib[^ ]*\) .*/\1/p'
	done | sort -u
}
build() {
	rm -rf "$home" && mkdir -p "$home/packages" "$home/root" &&
	    cd "$home/packages" && apt-get -qq download $(packages) || return
	for file in ./*.deb; do
		dpkg-deb --fsys-tarfile "$file" | tar -xC "$home/root" \
		    --exclude=./usr/share --exclude=./etc || return
	done
	rm -rf "$home/packages" && : >"$home/done"
}

[ -e "$home/done" ] && exit
echo "deps: unpacking $servers"
build 2>/dev/null || { [ "$(id -u)" = 0 ] && apt-get -qq update && build; } ||
	{
		mkdir -p "$home" && : >"$home/failed"
		echo 'deps: no name servers; their test will be skipped'
	}
