#!/bin/sh
# mta.sh [--missing] - unpack the mail servers that tests/cli/mta.t talks to
# into build/mta/root, where it starts them, and maildrop and Dovecot's Sieve;
# or only say whether that is to be done.  They are not installed: each server
# would throw out the others, and the one this machine may have.
servers='postfix exim4-daemon-light opensmtpd maildrop dovecot-sieve'
needed='lib[^ ]*\|courier-authlib\|dovecot-core'
home=$(cd "${0%/*}/.." && pwd)/build/mta
root=$home/root

if [ "$1" = --missing ]; then
	# Only root can start them, only apt-get can fetch them, and where it
	# could not, a test can still be run without.
	[ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null ||
	    [ -e "$home/done" ] || [ -e "$home/failed" ] || echo mta
	exit 0
fi

# The packages of the servers, and those libraries that are not here.
packages() {
	for server in $servers; do
		echo "$server"
		apt-get -s install --no-install-recommends "$server" |
		    sed -n "s/^Inst \\($needed\\) .*/\\1/p"
	done | sort -u
}
fetch() {
	apt-get -qq download $(packages)
}
unpack() { # PACKAGE_FILE...
	for file; do
		dpkg-deb --fsys-tarfile "$file" |
		    tar -xC "$root" --keep-directory-symlink \
			--exclude=./usr/share --exclude=./etc || return
	done
}
programs() {
	find "$root/usr/sbin/exim4" "$root/usr/sbin/smtpd" \
	    "$root/usr/lib/postfix" "$root/usr/libexec/opensmtpd" \
	    "$root/usr/lib" -type f
}
# The libraries of this machine that the programs want, and a shell.
borrow() {
	path=$(find "$root/usr/lib" -name '*.so*' -exec dirname {} + |
	    sort -u | paste -sd:)
	programs | LD_LIBRARY_PATH=$path xargs ldd 2>/dev/null |
	    grep -o '/[^ ]*' | sed 's/:$//' | grep -v "^$home/" |
	    sort -u | while read -r library; do
		[ ! -e "$library" ] || [ -e "$root$library" ] ||
		    install -D "$library" "$root$library" || return
	done
	install /bin/sh "$root/bin/sh"
}
accounts() {
	printf '%s:x:%d:%d::/nonexistent:/bin/sh\n' root 0 0 taro 2001 2001 \
	    nobody 65534 65534 postfix 2002 2002 Debian-exim 2003 2003 \
	    opensmtpd 2004 2004 opensmtpq 2005 2005 >"$root/etc/passwd"
	printf '%s:x:%d:\n' root 0 taro 2001 nogroup 65534 postfix 2002 \
	    postdrop 2006 Debian-exim 2003 opensmtpd 2004 opensmtpq 2005 \
	    >"$root/etc/group"
}
build() {
	rm -rf "$home" && mkdir -p "$home/packages" && cd "$home/packages" ||
		return
	fetch 2>/dev/null || { apt-get -qq update; fetch; } || return
	mkdir -p "$root/usr/bin" "$root/usr/sbin" "$root/usr/lib" \
	    "$root/usr/lib64" "$root/etc" "$root/dev" "$root/run" \
	    "$root/tmp" || return
	for name in bin sbin lib lib64; do
		ln -s "usr/$name" "$root/$name" || return
	done
	# Without /proc, mknod cannot set the mode.
	unpack ./*.deb && borrow && accounts &&
	    mknod "$root/dev/null" c 1 3 &&
	    mknod "$root/dev/urandom" c 1 9 &&
	    chmod 666 "$root/dev/null" "$root/dev/urandom" &&
	    rm -rf "$home/packages" && : >"$home/done"
}

[ ! -e "$home/done" ] && [ "$(id -u)" = 0 ] &&
    command -v apt-get >/dev/null || exit 0
echo "deps: unpacking $servers"
build >/dev/null && exit
mkdir -p "$home" && : >"$home/failed"
echo 'deps: could not unpack mail servers; their test will be skipped'
