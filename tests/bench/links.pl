#!/usr/bin/perl
# links.pl [ROUNDS] - hisho-links against a bare GMime, over one mbox
#
# The mbox holds the whole corpus.  In each round (5) both run once; what
# counts is the median of each, by the clock on the wall and by the processor.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Hisho;
use Time::HiRes qw(time);

my $rounds = shift // 5;
my $corpus = corpus() or do {
	print "bench-links: no corpus on this machine\n";
	exit;
};

# All mails as one mboxrd.
sub make_mbox {
	my $mbox = '';
	for my $line (split /\n/, slurp("$corpus/manifest.tsv")) {
		my ($file) = split /\t/, $line;
		next unless $file =~ /\.eml$/;
		my $mail = slurp("$corpus/$file");
		$mail =~ s/\AFrom .*\n//;
		$mail =~ s/^(>*From )/>$1/mg;
		$mbox .= "From bench\@example.com Thu Jan  1 00:00:00 2026\n" .
		    "$mail\n" . ($mail =~ /\n\z/ ? '' : "\n");
	}
	return spew("$scratch/corpus.mbox", $mbox);
}

sub median { return (sort { $a <=> $b } @_)[ @_ / 2 ] }

my $mbox = make_mbox();
my %command = (
	GMime => [ "$build/tests/bench/gmime-decode", $mbox ],
	'hisho-links' => [ qw(hisho-links --no-dns --no-record --mbox), $mbox ],
);
my (%wall, %processor);
for my $round (1 .. $rounds) {
	for my $name (sort keys %command) {
		my ($before, $start) = ((times)[2] + (times)[3], time);
		my $run = run({ to => "$scratch/out", timeout => 300 },
		    @{ $command{$name} });
		die "$name: status $run->{status}: $run->{err}\n"
		    if $run->{status};
		push @{ $wall{$name} }, time - $start;
		push @{ $processor{$name} },
		    (times)[2] + (times)[3] - $before;
		print "$name: ", slurp("$scratch/out") if $name eq 'GMime' &&
		    $round == 1;
	}
}
for ([ 'seconds', \%wall ], [ 'seconds of processor', \%processor ]) {
	my ($what, $times) = @$_;
	my ($links, $gmime) =
	    map { median(@{ $times->{$_} }) } 'hisho-links', 'GMime';
	printf "%s: hisho-links %.2f, GMime %.2f, ratio %.2f\n", $what,
	    $links, $gmime, $links / $gmime;
}
