#!/usr/bin/perl
# Mails that are made to stop the reader come out unchanged, and soon.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Hisho;
use Test::More;

my $head = "From: mallory\@example.net\nMIME-Version: 1.0\n";
my $html = "${head}Content-Type: text/html\n\n";
my %mail = (
	# Asked for its boundary GMime 3.2.13 never comes back.
	'a parameter whose name is too long to be folded' =>
	    "${head}Content-Type: multipart/mixed;\n " . 'a' x 65 . '="' .
	    "\xd1\x9c" x 4 . "\"\n\nhi\n",
	'a million parts' => "${head}Content-Type: multipart/mixed;" .
	    " boundary=b\n\n" . "--b\n\n" x 1_000_000,
	'five thousand multiparts in each other' => $head .
	    join('', map { "Content-Type: multipart/mixed; boundary=b$_\n\n--b$_\n" }
	    1 .. 5000),
	'five thousand messages in each other' => $head .
	    "Content-Type: message/rfc822\n\n" x 5000,
	'a folded field of 9 MB' => "Subject:" . ' ' . "folded\n " x 1_300_000 .
	    "\n$head\nbody\n",
	'a hundred thousand fields' =>
	    join('', map { "X-Field-$_: $_\n" } 1 .. 100_000) . "$head\nbody\n",
	'a hundred thousand Received fields' =>
	    "Received: from a (b [192.0.2.1]) by c; Mon, 1 Jan 2024 00:00:00 +0000\n"
	    x 100_000 . "$head\nbody\n",
	'a hundred thousand recipients' =>
	    "To: " . join(",\n ", ('taro@example.jp') x 100_000) . "\n$head\n",
	'a comment that opens a million times' =>
	    "To: " . '(' x 1_000_000 . "\n$head\nbody\n",
	'a quoted name of a megabyte' =>
	    'From: "' . '\\"' x 500_000 . "\" <a\@example.net>\n\nbody\n",
	'a hundred thousand encoded-words' =>
	    "Subject: " . "=?ISO-2022-JP?B?GyRCJUYbKEI=?=\n " x 100_000 .
	    "x\n$head\nbody\n",
	'a hundred thousand pieces of a name' =>
	    "${head}Content-Type: application/pdf" .
	    join('', map { ";\n name*$_*=%41" } 0 .. 99_999) . "\n\nbody\n",
	'elements that close nothing' => $html . '<b><p>' x 11_000,
	'one element with all the attributes' =>
	    "$html<a " . join(' ', map { "a$_=$_" } 1 .. 60_000) . '>',
	'a hundred thousand links' =>
	    $html . '<a href=http://www.example.com/>x</a>' x 100_000,
	'a link of a megabyte' => "$html<a href=\"http://" . 'a.' x 500_000 . '">',
	'comments that never end' => $html . '<!--' x 250_000,
	'five million character references' => $html . '&#' x 2_500_000,
	'text that is nearly links' =>
	    "${head}\n" . 'http://' x 300_000 . "\n",
	'dots and at signs' => "${head}\n" . 'a@.' x 400_000 . "\n",
	'an unknown charset' =>
	    "${head}Content-Type: text/plain; charset=\"" . 'x' x 100_000 .
	    "\"\n\n\xff\xfe\n",
	'escapes that switch nothing' =>
	    "${head}Content-Type: text/plain; charset=ISO-2022-JP\n\n" .
	    "\e\$B\e(B" x 400_000 . "\n",
	'base64 of 30 MB' => "${head}Content-Type: application/pdf; name=a.pdf\n" .
	    "Content-Transfer-Encoding: base64\n\n" .
	    ('QUFB' x 19 . "\n") x 400_000,
);

for my $name (sort keys %mail) {
	my $result = run({ in => $mail{$name}, timeout => 20 },
	    'hisho-score', '--no-dns');
	is($result->{status}, 0, "$name: exit status 0") or diag($result->{err});
	ok(strip($result->{out}) eq $mail{$name}, "$name: unchanged");
	is(value($result->{out}, 'Folder'), 'gray', "$name: gray");
	cmp_ok($result->{seconds}, '<', 5, "$name: within 5 s");
	note("$name: ", value($result->{out}, 'Status') // 'ok', " $result->{seconds}");
}
done_testing;
