#!/usr/bin/perl
# An mbox gives the results of its mails, whatever the number of workers.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Hisho;
use Test::More;

my $corpus = corpus() or plan skip_all => 'no corpus on this machine';
my $path = "$corpus/mbox/mixed-250.mbox";
my @options = qw(--no-dns --no-record --now=2026-01-01T00:00:00Z);
$ENV{HISHO_DATABASE} = "$scratch/db";
filter(mail('colleague'), 'hisho-score', '--no-dns'); # makes key and database
my $mbox = slurp($path);

# One mail of the mbox as the sender wrote it: neither From_ nor quoting.
sub cut {
	my ($offset, $length) = @_;
	my $mail = substr $mbox, $offset, $length;
	$mail =~ s/\AFrom .*\n//;
	$mail =~ s{\n\n\z}{\n};
	$mail =~ s/^>(>*From )/$1/mg;
	return $mail;
}

# A result without what tells where the mail was found.
sub unplaced { return $_[0] =~ s/"(?:file|index)": ?(?:null|\d+|"[^"]*"),? ?//gr }

my @rows = map { [ split /\t/ ] } grep { /^\d/ }
    split /\n/, slurp("$path.index.tsv");
my @singles = map { unplaced(filter(cut(@$_[1, 2]), 'hisho-score', @options,
    '--format=json')) } @rows;
is(scalar @rows, 250, '250 mails in the index');
for my $jobs (1, 2) {
	my @results = map { unplaced("$_\n") } split /\n/, filter('',
	    'hisho-score', @options, '--mbox', "-j$jobs", '--format=json', $path);
	is(scalar @results, 250, "250 results with $jobs workers");
	my @wrong = grep { ($results[$_] // '') ne $singles[$_] } 0 .. $#singles;
	is("@wrong", '', "the same results with $jobs workers");
	diag($singles[$_], $results[$_]) for @wrong[0 .. ($#wrong < 2 ? $#wrong : 2)];
	my $out = filter($mbox, 'hisho-score', @options, '--mbox', "-j$jobs");
	my $stripped = $out =~ s/^X-Hisho-.*\n(?:[ \t].*\n)*//mgr;
	ok($stripped eq $mbox, "as a filter it gives back the mbox, $jobs workers");
	is(scalar(() = $out =~ /^X-Hisho-Folder: /mg), 250,
	    "with a Folder for each mail, $jobs workers");
}
done_testing;
