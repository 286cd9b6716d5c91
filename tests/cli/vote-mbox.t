#!/usr/bin/perl
# Votes on many mails at once: which are meant, and what becomes of each.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Hisho;
use Vote;
use Test::More;

my $line = "From sender\@example.com Tue Jul 11 04:27:30 2023\n";
my @mails = map { letter("a$_\@b$_.example", "192.0.2.$_") } 1 .. 9;

sub mbox { return join '', map { "$line$_\n" } map { s/^(>*From )/>$1/mgr } @_ }

my $nothing = "schema\t1\n"; # a database that is empty again
my $file = spew("$scratch/archive", mbox(@mails));

# Who is voted on how, by the number of the sender: "1=trust 2=trust".
sub votes {
	return join ' ', sort map {
		/"from":"a(\d+)@.*"vote":"(\w+)"/ ? "$1=$2" : () }
	    split /\n/, dump_all();
}

sub expect { my $vote = shift; return join ' ', map { "$_=$vote" } @_ }

chapter('all of them');
my $got = vote(undef, 'trust', '--mbox', $file);
is($got->{status}, 0, 'an mbox is voted on');
is(votes(), expect('trust', 1 .. 9), 'each of its mails');
is(() = $got->{out} =~ /^voted trust: mail [0-9a-f]{12} from a\d\@/mg, 9,
    'and told');
my $all = dump_all();
is(vote(undef, 'trust', '--mbox', $file)->{status}, 0, 'again');
is(dump_all(), $all, 'changes nothing');
is(vote(undef, 'undo', '--mbox', $file)->{status}, 0, 'undo');
is(dump_all(), $nothing, 'all of it');
is(vote(mbox(@mails), 'trust', '-M')->{status}, 0, 'by standard input');
is(dump_all(), $all, 'the same');
vote(undef, 'undo', '-M', $file);
for my $i (0 .. 8) {
	vote($mails[$i], 'trust');
}
is(dump_all(), $all, 'and the same as one after the other');

chapter('by number');
my %numbers = ('1' => [1], '9' => [9], '2-4' => [2 .. 4],
	'7,1,3-5' => [1, 3 .. 5, 7], '1-9' => [1 .. 9], '1-1,2-2' => [1, 2]);
for my $nth (sort keys %numbers) {
	is(vote(undef, 'distrust', '--mbox', "--nth=$nth", $file)->{status}, 0,
	    "--nth=$nth");
	is(votes(), expect('distrust', @{ $numbers{$nth} }), 'is what it says');
	is(vote(mbox(@mails), 'undo', '--mbox', "--nth=$nth")->{status}, 0,
	    'of a pipe, too');
	is(dump_all(), $nothing, 'undone');
}
my @index = map { $_->{index} } grep { $_->{from}[0]{address} =~ /^a[37]@/ }
    json_of(filter('', qw(hisho-parse --mbox --format=json), $file));
vote(undef, 'delete', '--mbox', '--nth=' . join(',', @index), $file);
is(votes(), '3=delete 7=delete', 'JSON counts the same');
vote(undef, 'undo', '--mbox', $file);

chapter('numbers that are none');
for my $nth ('10', '9-10', '1-4294967296', '1-18446744073709551615',
    '99999999999999999999999', '1,10', '1,1', '1-3,3', '2-5,1-2', '1-9,4') {
	for my $how ([undef, $file], [mbox(@mails)]) {
		$got = vote($how->[0], 'trust', '-M', "--nth=$nth",
		    grep { defined } $how->[1]);
		is($got->{status}, 65, "--nth=$nth is refused");
		like($got->{err}, qr/--nth: (?:mail|there is no mail) \d/,
		    'with the number');
		is($got->{out}, '', 'before anything is voted on');
	}
}
is(dump_all(), '', 'indeed');
is(vote($mails[0], 'trust', '--nth=1')->{status}, 0, 'one mail is the first');
is(vote($mails[0], 'trust', '--nth=2')->{status}, 65, 'and has no second');

chapter('by digest');
my @digests = map { $_->{digest} }
    json_of(filter('', qw(hisho-parse --mbox --format=json), $file));
is(vote(undef, 'trust', '-M', "--digest=$digests[4]", $file)->{status}, 0,
    'a mail never received');
is(votes(), '5=trust', 'is found in an archive');
is(vote(mbox(@mails), 'trust', '-M', '--digest=' . substr $digests[1], 0, 12)
    ->{status}, 0, 'by its first digits, in a pipe');
is(votes(), '2=trust 5=trust', 'and voted on');
my $other = spew("$scratch/other", mbox(@mails[6, 7]));
is(vote(undef, 'trust', '-M', "--digest=$digests[6]", $file, $other)->{status},
    0, 'in several files');
is(votes(), '2=trust 5=trust 7=trust', 'it is one mail');
$got = vote(undef, 'trust', '-M', '--digest=' . 'a' x 64, $file);
is($got->{status}, 65, 'a digest that is not in it');
like($got->{err}, qr/names no mail in it/, 'is told');
is(vote($mails[0], 'trust', "--digest=$digests[0]", '-M')->{status}, 65,
    'what is no mbox is told');
my $one = spew("$scratch/one", $mails[2]);
is(vote(undef, 'distrust', "--digest=$digests[2]", $one)->{status}, 0,
    'a mail may be checked by its digest');
is(vote(undef, 'distrust', "--digest=$digests[3]", $one)->{status}, 65,
    'and be another');

chapter('a Maildir');
my $folder = "$scratch/Maildir";
mkdir for $folder, map { "$folder/$_" } qw(new cur tmp);
spew("$folder/" . ($_ % 2 ? 'new' : 'cur') . "/$_.host", $mails[$_ - 1])
    for 1 .. 9;
vote(undef, 'trust', '--nth=2-3,8', $folder);
is(votes(), '2=trust 3=trust 8=trust', 'has numbers, too');
vote(undef, 'distrust', "--digest=$digests[2]", $folder);
is(votes(), '2=trust 3=distrust 8=trust', 'and digests');
is(vote(undef, 'trust', '--nth=10', $folder)->{status}, 65, 'and an end');

chapter('one of many is refused');
my $empty = "\nno header\n";
my $odd = spew("$scratch/odd", mbox(@mails[0, 1], $empty, $mails[2]));
$got = vote(undef, 'trust', '-M', $odd);
is($got->{status}, 65, 'that is the exit status');
like($got->{err}, qr/\Q$odd\E: mail 3: there is no mail in it/, 'it is told');
is(votes(), expect('trust', 1 .. 3), 'the others go on');
my $danger = letter('a7@b.example', '192.0.2.7') =~ s/^(To: )/Content-Type:
    application\/x-msdownload; name=x.exe\n$1/mr;
$got = vote(undef, 'permit', '-M', spew("$scratch/danger",
    mbox($mails[3], $danger, $mails[4])));
is($got->{status}, 65, 'a danger');
like($got->{err}, qr/danger: mail 2: .*--despite-warnings/s, 'is told');
is(votes(), '1=trust 2=trust 3=trust 4=trust 5=trust', 'and left out');
is(() = dump_all() =~ /^permit /mg, 2, 'of the permits, too');

chapter('an mbox that is none');
for my $ragged ($mails[0], "x\n$line$mails[0]", "\0") {
	$got = vote(undef, 'trust', '-M', spew("$scratch/ragged", $ragged));
	is($got->{status}, 65, 'is refused');
	my $stage = run(qw(hisho-parse -M), "$scratch/ragged");
	is($got->{err} =~ s/^hisho-vote//r, $stage->{err} =~
	    s/^hisho-parse//r, 'in the words of the filters');
}
is(vote(undef, 'trust', '-M', "$scratch/none")->{status}, 75, 'a missing one');
is(vote(undef, 'trust', '-M', '--nth=1', "$scratch/none")->{status}, 75,
    'with a number, too');
is(vote('', 'trust', '-M')->{status}, 65, 'an empty one');
is(dump_all(), '', 'nothing is voted on');

chapter('more than one transaction, one mail in several');
my @many = map { letter("a$_\@b$_.example", '192.0.2.' . $_ % 100) } 1 .. 200;
my $many = spew("$scratch/many", mbox(@many, @many[0 .. 49], @many));
for my $jobs (1, 3) {
	$got = vote(undef, 'distrust', '-M', '-j', $jobs, $many);
	is($got->{status}, 0, "450 mails, $jobs workers");
	is(() = $got->{out} =~ /^voted/mg, 200, '200 different ones');
	is(() = $got->{out} =~ /^already voted/mg, 250, 'the others again');
	is(scalar(split ' ', votes()), 200, 'one vote each');
	is($got->{err}, '', 'no progress without a terminal');
	vote(undef, 'undo', '-M', $many);
	is(dump_all(), $nothing, 'undone');
}

chapter('what cannot be acknowledged');
$got = run({ to => '/dev/full' }, 'hisho-vote', @now, 'trust', '-M', $file);
is($got->{status}, 75, 'is a failure');
like($got->{err}, qr/standard output/, 'and told');
$got = vote(undef, 'trust', '-M', $file, '-d', '/dev/null/none');
is($got->{status}, 75, 'no database');
is($got->{out}, '', 'nothing is said to be done');
chapter('what a full disk leaves');
# BYTES may be written to each file, then it fails.
sub within { my ($bytes, @command) = @_; return ('sh', '-c',
    'ulimit -f ' . int($bytes / 512) . '; exec "$@"', 'sh', @command) }
# Berkeley DB forgets some bytes of its own then, which a sanitizer tells.
$ENV{ASAN_OPTIONS} = 'detect_leaks=0';
vote($mails[0], 'trust', '-u', 'ann');
my ($whole, $cut) = (0, 0);
for my $kilobytes (8, 16, 24, 32, 48, 64, 96, 128, 192, 256) {
	$got = run(within($kilobytes * 1024, 'hisho-vote', @now, 'distrust',
	    '-M', '-j', 1, $many));
	my %told = map { $_ => 1 } $got->{out} =~ /^voted distrust: .* a(\d+)@/mg;
	my %there = map { /^(\d+)=/ ? ($1 => 1) : () } split ' ', votes();
	delete $there{1} unless $told{1};
	my @lost = grep { !$there{$_} } keys %told;
	is("@lost", '', "$kilobytes kB: all that was told is there");
	$got->{status} == 0 ? $whole++ : $cut++;
	ok($got->{status} == 75 || %told == 200, 'and the rest is an error')
	    or diag "status $got->{status}: ", substr $got->{err}, -300;
	is(run(qw(hisho-db verify))->{status}, 0, 'the database is sound');
	is(vote(undef, 'undo', '-M', $many)->{status}, 0, 'the next run works');
}
cmp_ok($cut, '>', 1, 'some were cut off');

delete $ENV{ASAN_OPTIONS};
chapter('a database that is locked');
vote($mails[0], 'trust');
open my $gate, '+<', "$ENV{HISHO_DATABASE}/gate" or die "gate: $!\n";
SKIP: {
	my $lock = pack 'ssx![q]qqix![q]', 1, 0, 0, 0, 0; # F_WRLCK of all of it
	skip 'no such locks', 3 unless fcntl $gate, 37, $lock; # F_OFD_SETLK
	$got = vote(undef, 'trust', '-M', $many);
	is($got->{status}, 75, 'is not to be had');
	cmp_ok($got->{seconds}, '<', 20, 'nobody waits for it 450 times');
	like($got->{err}, qr/mail 1: .*unavailable.*not tried/s, 'as is told');
}
close $gate;

chapter('on a terminal');
my $tty = "script -qec 'hisho-vote @now delete -M $many >$scratch/out' /dev/null";
SKIP: {
	skip 'no terminal can be made', 2
	    if system 'script -qec true /dev/null </dev/null >/dev/null 2>&1';
	my $seen = `$tty </dev/null`;
	like($seen, qr/\r100 mails.*\r400 mails/s, 'progress is shown');
	unlike(slurp("$scratch/out"), qr/mails$/m, 'beside the answers');
}
done_testing;
