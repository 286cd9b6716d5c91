#!/usr/bin/perl
# Pages of the database that are zeros, as a crash of the machine leaves them,
# or those of another place: nothing waits for them, and nothing passes them
# over in silence.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Hisho;
use Test::More;

my $mail = mail('newsletter');
my $db = $ENV{HISHO_DATABASE} = "$scratch/db";
my $page = 4096;
my @within = qw(timeout -s KILL 10);
# Berkeley DB never frees what it has given up.
$ENV{ASAN_OPTIONS} = 'detect_leaks=0';

for my $n (1 .. 30) {
	my $other = mail('forged-amazon') =~ s/173\.82\.212\.131/198.51.100.$n/gr;
	filter($other, qw(hisho-score --no-dns));
}
filter($mail, qw(hisho-score --no-dns));
is(run(qw(hisho-db backup), "$scratch/saved")->{status}, 0, 'a backup');
my $sound = slurp("$db/reputation.db");
my $pages = length($sound) / $page;
cmp_ok($pages, '>', 8, 'there are some pages');

sub judge {
	my ($name, $number, $bytes) = @_;
	my $damaged = $sound;
	substr($damaged, $number * $page, $page) = $bytes;
	spew("$db/reputation.db", $damaged);
	my $score = run({ in => $mail }, @within, qw(hisho-score --no-dns));
	my $dump = run(@within, qw(hisho-db dump));
	my @ends = map { run({ in => $mail }, @within, @$_)->{status} }
	    [qw(hisho-db stat)], [qw(hisho-db rebuild)], [qw(hisho-vote trust)];
	return "$name $number: a mail with status $score->{status}"
	    if $score->{status} || strip($score->{out}) ne $mail;
	return "$name $number: a dump with status $dump->{status}"
	    if $dump->{status} != 78 || $dump->{err} !~ /is damaged/;
	return "$name $number: " . join ' ', @ends
	    if grep { $_ != 78 && $_ != 0 } @ends;
	return run(qw(hisho-db restore), "$scratch/saved")->{status}
	    ? "$name $number: not restored" : ();
}

is_deeply([ map { judge('zeros', $_, "\0" x $page) } 1 .. $pages - 1 ], [],
    'zeros are told to be damage, at once');
my $root = substr $sound, $page, $page;
is_deeply([ map { judge('a copy', $_, $root) } 2 .. $pages - 1 ], [],
    'so are pages of another place');
is(run(qw(hisho-db verify))->{status}, 0, 'what was restored is sound');
done_testing;
