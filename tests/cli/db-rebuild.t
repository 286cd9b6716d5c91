#!/usr/bin/perl
# Sums computed afresh: what was missing, wrong, or of nothing.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Hisho;
use Test::More;

sub db { return run('hisho-db', @_) }

# Makes a new database of LINES alone.
my $databases = 0;
sub begin {
	$ENV{HISHO_DATABASE} = "$scratch/db" . ++$databases;
	my @lines = sort @_;
	my $text = join "\n", '# hisho-db dump 1', @lines,
	    '~ records ' . @lines;
	my $load = db("load", spew("$scratch/dump", "$text\n"));
	diag $load->{err} if $load->{err};
	return $load->{status};
}
sub dumped { return split /\n/, db('dump')->{out} }

my @mails = (mail('bank'), mail('newsletter'), mail('enquiry'));
$ENV{HISHO_DATABASE} = "$scratch/first";
filter($_, 'hisho-score', '--no-dns') for @mails;
filter($mails[0], 'hisho-vote', 'trust');
filter($mails[1], 'hisho-vote', 'delete');
my @whole = grep { !/^[#~]/ } dumped();
my @sums = grep { /^(?:own|all|seen) / } @whole;
my @ledger = grep { !/^(?:own|all|seen) / } @whole;
is(db('rebuild')->{out}, "0 sum(s) differed from the ledger\n",
    'what was recorded adds up');

note 'a ledger alone';
is(begin(@ledger), 0, 'is loaded');
my $told = db('rebuild');
is($told->{status}, 0, 'it can be rebuilt');
my $n = @sums;
like($told->{out},
    qr/^$n sum\(s\) differed from the ledger: $n missing, 0 of nothing in it, 0 wrong$/m,
    'all sums were missing');
is_deeply([ grep { !/^[#~]/ } dumped() ], \@whole, 'and are there again');

note 'sums that are wrong, and of nothing';
my ($wrong) = grep { /^own .* from / } @sums;
my $right = $wrong;
$wrong =~ s/\t.*/\t7 6 0 6 0/;
is(begin((grep { $_ ne $right } @whole), $wrong,
	"all host 203.0.113.9\t3 0 0 0 0", "seen all host 203.0.113.9\t1 2"),
    0, 'are loaded');
my ($key) = split /\t/, $wrong;
$told = db('rebuild')->{out};
like($told, qr/^\Q$key\E: was 7 6 0 6 0, is \d/m, 'the wrong one is told');
like($told, qr/^all host 203\.0\.113\.9: was 3 0 0 0 0, is gone$/m,
    'and the one of nobody');
like($told, qr/^3 sum.*: 0 missing, 2 of nothing in it, 1 wrong$/m, 'and how many');
is_deeply([ grep { !/^[#~]/ } dumped() ], \@whole, 'all is right');

note 'very many';
is(begin(@whole, map { "all host 198.18.0.$_\t1 0 0 0 0" } 1 .. 1200), 0,
    'sums of nothing');
$told = db('rebuild')->{out};
is(scalar(() = $told =~ /is gone$/mg), 1000, 'the first thousand are told');
like($told, qr/^\.\.\. and 200 more$/m, 'and that there are more');
like($told, qr/^1200 sum.*1200 of nothing/m, 'and how many');
is_deeply([ grep { !/^[#~]/ } dumped() ], \@whole, 'all are gone');
done_testing;
