#!/usr/bin/perl
# What is in a database, in lines for people and machines.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Hisho;
use Test::More;

my $directory = $ENV{HISHO_DATABASE} = "$scratch/db";

sub db { return run('hisho-db', @_) }
sub told { return { map { split /\t/, $_, 2 } split /\n/, db('stat')->{out} } }

# Makes a database of LINES, sums included.
sub begin {
	my @lines = sort @_, "schema\t1";
	my $text = join "\n", '# hisho-db dump 1', @lines,
	    '~ records ' . @lines;
	is(db('load', spew("$scratch/dump", "$text\n"))->{status}, 0, 'loaded');
	is(db('rebuild')->{status}, 0, 'and rebuilt');
}

sub record {
	my ($user, $mail, $facts) = @_;
	return "ledger uid:$user $mail 192.0.2.1\t{$facts}";
}

note 'nothing';
my $none = told();
is($none->{records}, 0, 'no record');
is($none->{$_}, 'never', "$_: never")
    for qw(oldest-receipt newest-receipt oldest-vote last-recovery);
is($none->{$_}, 'none', "$_: none") for qw(owner mode schema);
ok(!-e $directory, 'and none is made by looking');

note 'one of each';
my $from = '"from":"a@b.example"';
begin(
	record(1, 'aa', qq("received":1700000000,$from)),
	record(1, 'bb', qq("received":1600000000,$from)),
	record(1, 'cc',
	    qq("received":1650000000,$from,"vote":"trust","voted":1660000000)),
	record(2, 'aa',
	    qq("received":1710000000,$from,"vote":"delete","voted":1720000000)),
	record(3, 'aa', qq($from,"vote":"receive","voted":1730000000)),
	"permit uid:4 a\@b.example\t" .
	    '{"address":"a@b.example","since":1,"hosts":[],"nets":[]}',
	"block uid:1 c.example\t1", "block uid:1 d.example\t1",
	"report e.example uid:5\t1", "allow-link uid:6 e.example\t1",
	"withdrawn block uid:1 f.example\t1",
	'folded uid:7 ' . 'a' x 32 . " 192.0.2.1\t" .
	    qq(12 1700000000 {"received":1500000000,$from}),
);
chmod 0750, $directory;
my $told = told();
my %expected = (
	directory => $directory, records => 5, receipts => 4, votes => 3,
	'votes-explicit' => 1, 'votes-implicit' => 2, users => 7,
	permits => 1, blocks => 2, reports => 1, allowances => 1,
	summaries => 1, 'receipts-folded' => 12, withdrawals => 1,
	'oldest-receipt' => '2020-09-13T12:26:40Z',
	'newest-receipt' => '2024-03-09T16:00:00Z',
	'oldest-vote' => '2022-08-08T23:06:40Z',
	'newest-vote' => '2024-10-27T03:33:20Z',
	'last-recovery' => 'never', schema => 1,
	owner => scalar getpwuid($<), group => scalar getgrgid(+(stat $directory)[5]),
	mode => '0750', 'shared-with' => 'nobody',
	'database-bytes' => -s "$directory/reputation.db",
	'bytes-per-record' => int((-s "$directory/reputation.db") / 5),
);
is($told->{$_}, $expected{$_}, "$_ is $expected{$_}") for sort keys %expected;
my $sums = grep { /^(own|all) / } split /\n/, db('dump')->{out};
is($told->{sums}, $sums, 'every sum is counted');
cmp_ok($told->{'free-bytes'}, '>', 0, 'some bytes are free');
cmp_ok($told->{'free-bytes'}, '<', $told->{'database-bytes'}, 'not all');
chmod 0770, $directory;
is(told()->{'shared-with'}, 'group', 'whom a directory is shared with');
chmod 0700, $directory;

note 'a rebuild, long ago and now';
my $mark = slurp("$directory/gate");
spew("$directory/gate", $mark =~ s/^clean/dirty/r);
like(told()->{'last-recovery'}, qr/^\d{4}-\d\d-\d\dT/, 'a recovery is told');

note 'the log';
my $before = (split ' ', slurp("$directory/gate"))[0];
is($before, 'clean', 'it is clean');
for my $i (1 .. 60) {
	my $text = sprintf "From: <f%d\@b.example>\nSubject: %d\n\n%s\n", $i, $i,
	    'x' x 100;
	filter($text, 'hisho-vote', $i % 2 ? 'trust' : 'distrust');
}
my $logs = () = glob "$directory/log.*";
cmp_ok($logs, '<=', 2, 'full log files go');
cmp_ok(told()->{'log-bytes'}, '<=', 2 * 256 * 1024, 'and their bytes');
is(told()->{votes}, 63, 'but no vote');

is(run({ to => '/dev/full' }, qw(hisho-db stat))->{status}, 75,
    'a full disk is no success');
done_testing;
