#!/usr/bin/perl
# Old receipts go, what they counted stays; also when expire is killed.
use strict;
use warnings;
use Digest::SHA qw(sha256_hex);
use FindBin;
use lib "$FindBin::Bin/../lib";
use Hisho;
use Time::HiRes qw(sleep time);
use Test::More;

my $now = '--now=2024-06-01T00:00:00Z';
my $today = 1717200000;
my $day = 86400;

sub db { return run('hisho-db', $now, @_) }

# "label<TAB>value" lines as a hash.
sub told { return { map { split /\t/, $_, 2 } split /\n/, $_[0] } }
sub stat_of { return told(db('stat')->{out}) }

sub dumped { return [ grep { /$_[0]/ } split /\n/, db('dump')->{out} ] }
sub sums { return dumped(qr/^(?:own|all|seen) /) }
sub votes { return dumped(qr/^ledger .*"vote"/) }

# One line of a ledger: mail I, each a day older, every tenth voted on.
sub record {
	my ($i) = @_;
	my $from = $i % 40;
	my $helo = 'mx.' . 'long' x 15 . "$i.example";
	my $vote = $i % 10 ? '' : ',"vote":"trust","voted":1700000000';
	my $text = sprintf '"received":%d,"helo":"%s","host_net":"%s",' .
	    '"from":"%s","from_domain":"%s","sender":"%s"%s',
	    $today - $i * $day, $helo, '192.0.2.0/24', "f$from\@d.example",
	    'd.example', "f$from\@d.example", $vote;
	return sprintf "ledger uid:%d %s 192.0.2.%d\t{%s}", $i % 3,
	    sha256_hex($i), $from, $text;
}

# A database of N mails, as somebody would make it by hand.
sub begin {
	my ($name, $n) = @_;
	$ENV{HISHO_DATABASE} = "$scratch/$name";
	my $text = join "\n", '# hisho-db dump 1',
	    (sort map { record($_) } 1 .. $n), "schema\t1",
	    '~ records ' . ($n + 1);
	spew("$scratch/$name.txt", "$text\n");
	return db('load', "$scratch/$name.txt")->{status} == 0 &&
	    db('rebuild')->{status} == 0;
}

sub is_sound {
	my ($name) = @_;
	is(db('verify')->{status}, 0, "$name: verify finds nothing");
	like(db('rebuild')->{out}, qr/^0 sum/, "$name: nor does rebuild");
}

ok(begin('age', 600), 'a ledger alone is a database, once it is rebuilt');
my $before = sums();
cmp_ok(@$before, '>', 100, 'it has sums');

note 'a dry run';
my $whole = db('dump')->{out};
my $told = told(db(qw(expire --older-than=365 --dry-run))->{out});
is($told->{'receipts-folded'}, 211, 'it says what would go');
is($told->{'dry-run'}, 'nothing was changed', 'and that it does not');
is(db('dump')->{out}, $whole, 'nothing went');

note 'by age';
my $votes = votes();
$told = told(db(qw(expire --older-than=365))->{out});
is($told->{'receipts-folded'}, 211, 'what is older went');
is($told->{'bytes-after'}, stat_of()->{'database-bytes'}, 'the size is told');
cmp_ok($told->{'bytes-after'}, '<', $told->{'bytes-before'}, 'it is smaller');
is_deeply(sums(), $before, 'no sum and no time changed');
is_deeply(votes(), $votes, 'no vote went');
is(scalar @{ dumped(qr/^ledger /) }, 389, 'younger mail is there');
is_sound('by age');
is(told(db(qw(expire --older-than=365))->{out})->{'receipts-folded'}, 0,
    'a second time there is nothing to do');

note 'to a size';
ok(begin('size', 1500), 'a larger one');
$before = sums();
$votes = votes();
my $size = stat_of()->{'database-bytes'};
my $wish = int($size * 0.7 / 1024);
my $result = db('expire', "--down-to=${wish}k");
is($result->{status}, 0, 'it can be had') or diag $result->{err};
cmp_ok(-s "$ENV{HISHO_DATABASE}/reputation.db", '<=', $wish * 1024,
    'the file itself has that size');
is_deeply(sums(), $before, 'no sum changed');
is_deeply(votes(), $votes, 'no vote went');
my $left = join ' ', map { /"received":(\d+)/ } grep { !/"vote"/ }
    @{ dumped(qr/^ledger /) };
my ($oldest) = sort { $a <=> $b } split / /, $left;
my $gone = told($result->{out})->{'receipts-folded'};
my @young = grep { $_ % 10 } 1 .. 1500;
is($oldest, $today - $young[ $#young - $gone ] * $day, 'the oldest went');
is_sound('to a size');
$result = db(qw(expire --down-to=1k));
is($result->{status}, 78, 'one that cannot be had is refused');
like($result->{err}, qr/votes, lists and summaries alone take \d+/, 'why');
is_deeply(votes(), $votes, 'rather than to take a vote');

note 'mail that comes again';
$ENV{HISHO_DATABASE} = "$scratch/again";
my $mail = mail('bank');
filter($mail, 'hisho-score', '--no-dns', '--now=2023-06-01T00:00:00Z');
my $sums = sums();
is(told(db(qw(expire --older-than=30))->{out})->{'receipts-folded'}, 1,
    'its receipt went');
filter($mail, 'hisho-score', '--no-dns', $now);
is_deeply(sums(), $sums, 'it is not counted twice');

note 'killed';
ok(begin('killed', 1500), 'a database');
$before = sums();
$votes = votes();
my ($kills, $rounds) = (0, 0);
while ($rounds++ < 60) {
	my $child = fork // die "fork: $!\n";
	if ($child == 0) {
		open STDOUT, '>', '/dev/null' or POSIX::_exit(126);
		open STDERR, '>', '/dev/null' or POSIX::_exit(126);
		exec 'hisho-db', $now, 'expire', '--older-than=0',
		    '--down-to=100k' or POSIX::_exit(127);
	}
	sleep 0.02 + rand 0.4;
	$kills += kill 'KILL', $child;
	waitpid $child, 0;
	last if $kills >= 12;
}
cmp_ok($kills, '>', 3, "$kills times");
is_deeply(sums(), $before, 'no sum changed');
is_deeply(votes(), $votes, 'no vote is lost');
is_sound('killed');
db(qw(expire --older-than=0));
is(scalar @{ dumped(qr/^ledger /) }, scalar @$votes, 'the next ends it');
is_deeply(sums(), $before, 'and no sum changed');

note 'usage';
for (
	[ 'neither age nor size' => 'expire' ],
	[ 'no number of days' => qw(expire --older-than=long) ],
	[ 'no size' => qw(expire --down-to=5X) ],
	[ 'an empty size' => qw(expire --down-to=) ],
	[ 'nothing is no size' => qw(expire --down-to=0M) ],
	[ 'an age with another action' => qw(stat --older-than=5) ],
	[ 'a dry run of another action' => qw(rebuild --dry-run) ],
) {
	my ($name, @words) = @$_;
	is(db(@words)->{status}, 64, "$name: refused");
}
$ENV{HISHO_DATABASE} = "$scratch/none";
is(db(qw(expire --older-than=1))->{status}, 0, 'no database is in order');
ok(!-e "$scratch/none/reputation.db", 'and none is made');
done_testing;
