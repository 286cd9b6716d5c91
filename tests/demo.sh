#!/bin/sh
# demo.sh BUILD - hisho at work on five mails ("make demo")
#
# A database of its own in the build folder, no network, a fixed clock.
BUILD=$(cd "$1" && pwd) || exit 1
mails=tests/mails
PATH=$BUILD/bin:$PATH
HISHO_DATABASE=$BUILD/demo
LC_ALL=C.UTF-8
export PATH HISHO_DATABASE LC_ALL
rm -rf "$HISHO_DATABASE"

say() { printf '\n== %s\n\n' "$*"; }
run() { # COMMAND...
	printf '$ %s\n' "$*"
	"$@" || exit 1
}
folders() {
	run hisho-score --no-dns --now="$now" --format=list \
		$mails/forged-amazon.eml $mails/bank.eml $mails/colleague.eml \
		$mails/newsletter.eml $mails/enquiry.eml
}
now=2023-07-11T18:00:00+09:00

say 'Five mails arrive. Each passes through the filter and is remembered.'
for name in forged-amazon bank colleague newsletter enquiry; do
	hisho-score --no-dns --now=$now <$mails/$name.eml \
		>"$BUILD/demo-$name.eml" || exit 1
	echo "$name:"
	sed -n 's/^X-Hisho-\(Advice\|Folder\)/    &/p; /^$/q' \
		"$BUILD/demo-$name.eml"
done

say 'The screen of folders: nobody has voted yet.'
folders

say "The advisor's page of the first mail."
echo 'DNS is not asked here, so the names of the host are not checked.'
run hisho-score --no-dns --now=$now --lang=en --format=report \
	$mails/forged-amazon.eml

say 'We vote: the first mail is a fraud, its link is bad; she is a colleague.'
run hisho-vote --now=$now distrust $mails/forged-amazon.eml
run hisho-vote --now=$now report $mails/forged-amazon.eml
run hisho-vote --now=$now permit $mails/colleague.eml

say 'What the votes changed: the fraud is red and in spam, she is in main.'
folders

say 'The next day, another mail by the same route: it is known now.'
sed -e 's/^Message-ID: </&next-day-/' -e '1,/^$/s/Tue, 11 Jul/Wed, 12 Jul/' \
	$mails/forged-amazon.eml >"$BUILD/demo-next-day.eml"
run hisho-score --no-dns --now=2023-07-12T18:00:00+09:00 --format=list \
	"$BUILD/demo-next-day.eml"

say 'And the database, which "make clean" takes away again.'
run hisho-db stat
