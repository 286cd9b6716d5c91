#!/usr/bin/perl
# db.pl - the database with many records, beside a bare Berkeley DB
#
# For 100,000 records and for RECORDS (of the environment; 1,000,000): what is
# asked for one mail, and a vote; SERIES (5) of 200 each, of whose p50 and p99
# the medians are shown.  The files are made in TMPDIR, or where the build is.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Hisho;
use File::Temp qw(tempdir);

my $series = $ENV{SERIES} // 5;
my $most = $ENV{RECORDS} // 1_000_000;
my $place = $ENV{TMPDIR} // $build;

# The file itself, and as much again while it is made.
use constant RECORD_BYTES => 4096;

sub free_bytes {
	my @df = split ' ', (split /\n/, run('df', '-Pk', $place)->{out})[1];
	return 1024 * $df[3];
}

sub commas {
	my ($number) = @_;
	1 while $number =~ s/(\d)(\d{3})\b(?!\.)/$1,$2/;
	return $number;
}

sub command {
	my $run = run({ timeout => 36000 }, @_);
	die "$_[0]: status $run->{status}: $run->{err}\n" if $run->{status};
	return $run->{out};
}

# Times in milliseconds by what was done: [p50, p99], and the order.
sub measure {
	my ($records) = @_;
	my $directory = tempdir('bench-db-XXXXXX', DIR => $place, CLEANUP => 1);
	chomp(my $made =
	    command("$build/tests/bench/db-fill", $directory, $records));
	my $bytes = -s "$directory/reputation.db";
	printf "%s records: %.1f MB, %.0f bytes a record\n", commas($made),
	    $bytes / 1e6, $bytes / $made;
	printf "  %-34s %9s %9s\n", 'milliseconds', 'p50', 'p99';
	my (%times, @order);
	for (split /\n/, command("$build/tests/bench/db-time", $directory,
	    $records, $series)) {
		my ($name, @took) = split /\t/;
		push @order, $name;
		$times{$name} = [ map { $_ / 1000 } @took ];
		printf "  %-34s %9.3f %9.3f\n", $name, @{ $times{$name} };
	}
	run('rm', '-rf', $directory);
	return \%times;
}

$| = 1;
if (free_bytes() < $most * RECORD_BYTES) {
	printf "bench-db: %s has not the %.0f MB that %s records take\n",
	    $place, $most * RECORD_BYTES / 1e6, commas($most);
	exit;
}
my $few = measure(100_000);
my $many = measure($most);
for ([ 'a scoring read', 'scoring read' ], [ 'a vote', 'vote' ]) {
	my ($what, $name) = @$_;
	printf "%s among %s: p50 %.2f, p99 %.2f times that among 100,000\n",
	    $what, commas($most),
	    map { $many->{$name}[$_] / $few->{$name}[$_] } 0, 1;
}
printf "goals: a scoring read %.1f of 5 ms, a vote %.1f of 50 ms (p99)\n",
    $many->{'scoring read'}[1], $many->{vote}[1];
