#!/usr/bin/perl
# Whether a route is encrypted as it used to be: from the ledger, by the sums.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Hisho;
use Test::More;

$ENV{HISHO_DATABASE} = "$scratch/database";
my @options = ('--no-dns', '--now=2023-07-11T13:30:00+09:00');
my $n = 0;

sub letter {
	my ($with, $host) = @_;
	$n++;
	$host //= '192.0.2.1';
	return "Received: from mx.good.example (mx.good.example [$host])\n" .
	    ($with eq 'ESMTPS'
	    ? "\t(using TLSv1.3 with cipher X (256/256 bits))\n" : '') .
	    "\tby mx.example.jp (Postfix) with $with id 4R0W$n\n" .
	    "\tfor <taro\@example.jp>; Tue, 11 Jul 2023 13:27:30 +0900\n" .
	    "Date: Tue, 11 Jul 2023 13:27:27 +0900\nFrom: a\@good.example\n" .
	    "To: taro\@example.jp\nSubject: $n\n\nHello.\n";
}

sub warned {
	my ($mail, @more) = @_;
	return join ' ', grep { /plaintext/ } value(
	    filter($mail, 'hisho-score', @options, @more), 'Warning');
}

is(warned(letter('ESMTP')), '', 'the first mail is no news');
is(warned(letter('ESMTP')), '', 'nor is a route that never was encrypted');
is(warned(letter('ESMTPS', '192.0.2.9')), '', 'another is');
my $plain = letter('ESMTP', '192.0.2.9');
my $expected = 'route-plaintext; ip=192.0.2.9; tls=none; messages=1';
is(warned($plain, '-n'), $expected, 'then the next is not');
is(warned($plain), $expected, 'which is told');
is(warned($plain), $expected, 'and told again of the same mail');
is(warned(letter('ESMTP', '192.0.2.9'), '-n'), '', 'but not of another');
is(run('hisho-db', 'verify')->{status}, 0, 'the sums are true');
run('hisho-db', 'rebuild');
is(warned($plain), $expected, 'also when they are made anew');

done_testing;
