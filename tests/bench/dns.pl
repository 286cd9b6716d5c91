#!/usr/bin/perl
# dns.pl [ROUNDS] - twenty names at 20 ms a round trip
#
# A resolver on loopback, and a relay before it that holds every answer back.
# In each round (9) it is asked for one name, for twenty at once, and by
# hisho-route for all that a host with seventeen names takes.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Hisho;
use Dns;
use Time::HiRes qw(time);

my $rounds = shift // 9;
my $reason = why_no_servers();
if ($reason) {
	print "bench-dns: $reason\n";
	exit;
}
my @names = map { sprintf 'host%02d.bench.example', $_ } 1 .. 20;
my $port = start_resolver(slurp("$root/tests/cases/dns.zone") .
    join('', map { "$_. A 192.0.2.50\n" } @names) .
    join('', map { "50.2.0.192.in-addr.arpa. PTR $_.\n" } @names[0 .. 16]));
my $slow = relay($port, 0.020);

sub median { return (sort { $a <=> $b } @_)[ @_ / 2 ] }

sub ask {
	my $run = run("$build/tests/bench/dns-names", @_);
	die "dns-names: not all were found\n" if $run->{status};
	return $run->{out};
}

sub route {
	my $start = time;
	my $json = json_of(filter("From: a\@good.example\n\nx\n",
	    'hisho-route', '--format=json', '--client-ip=192.0.2.50',
	    '--helo=mx.good.example', @_));
	my $took = 1000 * (time - $start);
	die "hisho-route: $json->{route}{reverse}\n"
	    if ($json->{route}{reverse} // '') ne 'pass' && "@_" !~ /no-dns/;
	return $took;
}

ask($port, @names); # the resolver knows them from here on
route("--dns-server=127.0.0.1:$port");
my (%took, @all);
for (1 .. $rounds) {
	push @{ $took{one} }, ask($slow, $names[0]);
	push @{ $took{twenty} }, ask($slow, @names);
	push @{ $took{without} }, route('--no-dns');
	push @{ $took{route} }, route("--dns-server=127.0.0.1:$slow");
}
my %median = map { $_ => median(@{ $took{$_} }) } keys %took;
my $ratio = $median{twenty} / $median{one};
printf "one name %.1f ms, twenty at once %.1f ms: %.2f round trips\n",
    @median{qw(one twenty)}, $ratio;
printf "a mail with twenty names, two round trips apart: %.1f ms, " .
    "without DNS %.1f ms\n", @median{qw(route without)};
exit($ratio > 2);
