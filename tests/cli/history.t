#!/usr/bin/perl
# How often, and when, a route was seen, by me and by all.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Hisho;
use Vote;
use Test::More;

my $from = 'hanako@b.example';
my %day = map { $_ => "--now=2024-02-0${_}T10:00:00Z" } 1 .. 9;
my $number = 0;

# Another mail of FROM by IP, received on DAY.
sub another {
	my ($from, $ip) = @_;
	$number++;
	return letter($from, $ip) =~ s/^Subject: /Subject: $number /mr;
}
sub received_on {
	my ($day, $mail, @options) = @_;
	filter($mail, 'hisho-score', '--no-dns', $day{$day}, @options);
	return $mail;
}
sub route_of {
	my ($mail, @options) = @_;
	return json_of(filter($mail, 'hisho-score', '--no-dns', '--no-record',
	    $day{9}, '--format=json', @options))->{route};
}
sub days { # first and last, as days of February 2024
	return join ' ', map { $_ && 1 + int(($_ - 1706745600) / 86400) } @_;
}
sub told { # "MINE FIRST LAST of ALL FIRST LAST" of a key
	my $seen = $_[0];
	return join ' ', $seen->{messages}, days(@$seen{qw(first last)}), 'of',
	    $seen->{all_messages}, days(@$seen{qw(all_first all_last)});
}
sub told_all { join '; ', map { told($_[0]{"seen_$_"}) } qw(route host from) }

chapter('nothing yet');
is(told_all(route_of(another($from, '192.0.2.1'))),
    join('; ', ('0 0 0 of 0 0 0') x 3), 'nobody was seen');

chapter('mine and all');
received_on(3, another($from, '192.0.2.1'));
received_on(2, another($from, '192.0.2.1'), '-u', 'bob');
my $last = received_on(5, another($from, '192.0.2.1'));
received_on(7, another('else@c.example', '192.0.2.1'), '-u', 'bob');
received_on(6, another($from, '198.51.100.1'));
is(told_all(route_of(another($from, '192.0.2.1'))),
    '2 3 5 of 3 2 5; 2 3 5 of 4 2 7; 3 3 6 of 4 2 6', 'route, host and From');
is(told_all(route_of(another($from, '192.0.2.1'), '-u', 'bob')),
    '1 2 2 of 3 2 5; 2 2 7 of 4 2 7; 1 2 2 of 4 2 6', 'of another user');
is(told_all(route_of(another($from, '203.0.113.1'))),
    '0 0 0 of 0 0 0; 0 0 0 of 0 0 0; 3 3 6 of 4 2 6', 'of a new route');

note('what is no receipt');
received_on(8, $last);
vote(another($from, '192.0.2.1'), 'distrust');
is(told(route_of($last)->{seen_route}), '2 3 5 of 3 2 5',
    'neither the same mail again nor a vote is one');
is(route_of($last)->{seen_route}{all_distrusted}, 1, 'but a vote is counted');

note('the page');
my $page = filter($last, 'hisho-score', '--no-dns', '--no-record', $day{9},
    '--format=report');
like($page, qr/^  by this route  2 mail\(s\) to you, 2024-02-03 to 2024-02-05
 {17}3 in all, 2024-02-02 to 2024-02-05
 {17}of 3: 0 trusted \(0 %\), 1 distrusted \(33 %\), 2 unrated \(67 %\)$/m, 'tells it');
like($page, qr/^    \[198\.51\.100\.1\]  1 mail\(s\) to you, 1 in all, you have/m,
    'and the other route');

note('the ledger knows it all');
my $dump = dump_all();
is(run('hisho-db', 'verify')->{status}, 0, 'times and ledger agree');
is(run('hisho-db', 'rebuild')->{out} =~ /seen/, '', 'nothing is rebuilt');
is(dump_all(), $dump, 'nothing changed');
done_testing;
