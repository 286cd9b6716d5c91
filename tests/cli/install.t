#!/bin/sh
# make install puts everything where it belongs; uninstall leaves nothing.
. "${0%/*}/lib.sh"
cd "${0%/*}/../.." || exit 1
unset MAKEFLAGS MAKELEVEL MFLAGS
case ${BUILD-} in */sanitize) set -- SANITIZE=1 ;; *) set -- ;; esac

to() { make -s "$@" DESTDIR="$scratch/root" PREFIX=/usr; }
files() { (cd "$scratch/root" && find . ! -type d | LC_ALL=C sort); }

ok 'install' to install "$@"
same 'nothing but tools, pages and examples is installed' \
'./usr/bin/hisho-db
./usr/bin/hisho-links
./usr/bin/hisho-parse
./usr/bin/hisho-route
./usr/bin/hisho-safe
./usr/bin/hisho-score
./usr/bin/hisho-vote
./usr/share/doc/hisho/NEWS
./usr/share/doc/hisho/README
./usr/share/doc/hisho/examples/hisho.sieve
./usr/share/doc/hisho/examples/mailfilter
./usr/share/doc/hisho/examples/procmailrc
./usr/share/doc/hisho/examples/vmail-deliver
./usr/share/doc/hisho/examples/vmail.sieve
./usr/share/man/man1/hisho-db.1
./usr/share/man/man1/hisho-links.1
./usr/share/man/man1/hisho-parse.1
./usr/share/man/man1/hisho-route.1
./usr/share/man/man1/hisho-safe.1
./usr/share/man/man1/hisho-score.1
./usr/share/man/man1/hisho-vote.1
./usr/share/man/man7/hisho.7' files
ok 'what is installed runs' "$scratch/root/usr/bin/hisho-parse" --version
ok 'uninstall' to uninstall "$@"
same 'uninstall leaves no file' '' sh -c "cd '$scratch/root' && find . ! -type d; echo"
same 'nor a folder of its own' '' \
	sh -c "find '$scratch/root' -name 'hisho*'; echo"
finish
