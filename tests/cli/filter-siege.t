#!/usr/bin/perl
# What came up when the filters were attacked: each once broke a promise.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Hisho;
use Test::More;

my $head = "From: taro\@example.jp\nTo: hanako\@example.org\nSubject: x\n"
    . "Received: from a.example (a.example [203.0.113.9]) by mx.example.org"
    . " with SMTP; Mon, 10 Jul 2023 00:00:00 +0000\n";

sub digest { json_of(filter($_[0], 'hisho-parse', '--format=json'))->{digest} }

# The digest tells mails apart.
my %seen;
$seen{ digest($_) }++ for "From: a\@b.example\nSubject: x\n\nbody\n",
    "From: a\@b.example\n\nSubject: x\nbody\n",
    "From: a\@b.example\nSubject: x\0 real\n\nbody\n",
    "From: a\@b.example\0 <evil\@x.example>\nSubject: x\n\nbody\n";
is(keys %seen, 4, 'four mails have four digests');

# Own fields behind a bare CR go, and nothing else changes its place.
for my $mail ("X: y\rX-Hisho-A: z\n\nX-Hisho-Folder: main\n\nbody\n",
    "X: y\r\rX-Hisho-A: z\r\n\r\nX-Hisho-Folder: main\r\n\r\nbody\r\n") {
	my $once = filter("From: a\@b.example\n$mail", 'hisho-parse');
	is(filter($once, 'hisho-parse'), $once, 'a stage twice changes nothing');
	my ($header) = $once =~ /\A(.*?\r?\n)\r?\n/s;
	unlike($header, qr/Folder/, 'the body stays below the empty line');
}
for my $mail ("From a\@b Mon\rX-Hisho-Folder: main\nFrom: a\@b.example\n\nb\n",
    " a\rX-Hisho-Folder: main\nFrom: a\@b.example\n\nb\n") {
	unlike(filter($mail, 'hisho-parse'), qr/Folder/,
	    'nothing of ours survives above our block');
}

# What one stage is told, the later ones know.
my $told = [ '--client-ip=192.0.2.1', '--helo=a b;c', '--envelope-from=v@w.example' ];
my $whole = filter("$head\nhi\n", 'hisho-score', '-n', @$told);
for my $first (qw(parse links route safe)) {
	my $mail = filter("$head\nhi\n", "hisho-$first", @$told);
	my $end = filter($mail, 'hisho-score', '-n');
	is(value($end, 'Route'), value($whole, 'Route'),
	    "told to hisho-$first, known to hisho-score");
}
for my $hop (1, 7) {
	my $one = filter("$head\nhi\n", 'hisho-score', '-n', "--hop=$hop");
	is(filter($one, 'hisho-score', '-n'), $one,
	    "--hop=$hop holds when the stage is run again");
}
my $long = filter("$head\nhi\n", 'hisho-score', '-n', '--client-ip=192.0.2.1',
    '--helo=' . 'a' x 5000, '--envelope-from=' . 'b' x 5000);
like(value($long, 'Route'), qr/ip=192\.0\.2\.1;.*why=client-ip/,
    'an endless HELO displaces nothing');

# A link in the first of too many parts is found.
my $parts = "$head" . "Content-Type: multipart/mixed; boundary=b\n\n--b\n"
    . "Content-Type: text/html\n\n<a href=\"http://evil.example/\">x</a>\n"
    . "--b\n\nx\n" x 1500 . "--b--\n";
my $o = json_of(filter($parts, 'hisho-links', '--format=json'));
ok((grep { ($_->{host} // '') eq 'evil.example' } @{ $o->{links} }),
    'a limit on parts hides none of those before it');

# So is one where the boundary that is declared never comes.
$o = json_of(filter("$head" . "Content-Type: multipart/mixed; boundary=never\n"
    . "\n--other\nContent-Type: text/html\n\n<a href=\"http://evil.example/\">"
    . "x</a>\n--other--\n", 'hisho-links', '--format=json'));
ok((grep { ($_->{host} // '') eq 'evil.example' } @{ $o->{links} }),
    'a wrong boundary hides nothing');

# Want of descriptors, room and memory.  (Berkeley DB never frees what it has
# given up.)
$ENV{ASAN_OPTIONS} = 'detect_leaks=0';
for my $limit ('ulimit -n 8', 'ulimit -n 5', 'ulimit -f 0') {
	my $r = run({ in => "$head\nhi\n" }, 'sh', '-c',
	    "$limit; exec hisho-score");
	ok($r->{status} == 0 || $r->{status} == 75, "$limit: 0 or 75");
	cmp_ok($r->{seconds}, '<', 8, "$limit: no long wait");
}
SKIP: {
	skip 'sanitizers need address space', 1 if $build =~ /sanitize/;
	my $r = run({ in => $head . "\n" . 'a' x 10_000_000 }, 'sh', '-c',
	    "ulimit -v 30000; cat | hisho-score >$scratch/big.out; echo \$?");
	like($r->{out}, qr/\A(?:0|75)\n\z/, 'no memory: the mail is deferred');
}

# Time.
my $slow = json_of(filter("$head" . "Content-Type: text/html\n\n<base href=\""
    . 'http://a.example/' . 'x' x 800_000 . '">' . '<a href=y>' x 50_000,
    'hisho-links', '--format=json'));
is($slow->{status}, 'ok', 'a base of megabytes is cut');
done_testing();
