#!/usr/bin/perl
# hisho-db backup, restore and load while others vote, and killed on the way.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Hisho;
use Vote;
use POSIX ();
use Test::More;
use Time::HiRes qw(sleep time);

sub db { return run({ timeout => 60 }, 'hisho-db', @_) }

sub records { return join '', grep { /\t/ } split /^/,
    filter('', 'hisho-db', '-d', $_[0], 'dump') }

# Votes on mails of its own until it is killed, and writes down who sent those
# whose votes were acknowledged.
sub vote_on {
	my ($writer, $log) = @_;
	open my $acknowledged, '>>', $log or POSIX::_exit(1);
	$acknowledged->autoflush(1);
	for (my $i = 0; ; $i++) {
		my $from = "a$i\@w$writer.example";
		my $mail = spew("$scratch/vote-$writer",
		    letter($from, '192.0.2.' . ($writer + 1)));
		syswrite $acknowledged, "$from\n" if system(
		    "hisho-vote trust $mail >/dev/null 2>&1") == 0;
	}
}

sub start {
	my ($body) = @_;
	my $child = fork // die "fork: $!\n";
	return $child if $child;
	setpgrp;
	$body->();
	POSIX::_exit(0);
}

sub stop {
	kill 'KILL', -$_ or kill 'KILL', $_ for @_;
	waitpid $_, 0 for @_;
}

# Waits for MORE votes to be acknowledged; all that are.
sub acknowledged {
	my ($log, $more) = @_;
	my $before = () = slurp($log) =~ /\n/g;
	my $until = time + 60;
	sleep 0.05 while time < $until &&
	    (() = slurp($log) =~ /\n/g) < $before + $more;
	return slurp($log) =~ /^(\S+)\n/gm;
}

chapter('a backup while eight vote');
my $log = spew("$scratch/acknowledged", '');
my @writers = map { my $writer = $_; start(sub { vote_on($writer, $log) }) }
    1 .. 8;
my $n = 0;
for (1 .. 3) {
	my @votes = acknowledged($log, 12);
	my ($backup, $dir) = ("$scratch/backup" . ++$n, "$scratch/back$n");
	my $got = db('backup', $backup);
	is($got->{status}, 0, 'a backup is made') or diag $got->{err};
	is(db('-d', $dir, 'restore', $backup)->{status}, 0, 'it restores');
	is(db('-d', $dir, 'verify')->{status}, 0, 'in order');
	like(db('-d', $dir, 'rebuild')->{out}, qr/^0 sum/m, 'its sums are true');
	my %there = map { $_ => 1 }
	    records($dir) =~ /^ledger .*"from":"([^"]+)".*"vote":"trust"/gm;
	cmp_ok(scalar keys %there, '>=', 12, 'there are votes in it');
	is_deeply([ grep { !$there{$_} } @votes ], [],
	    'with every vote acknowledged before it began');
}

chapter('a restore while eight vote');
# The writers know nothing of chapters.
$ENV{HISHO_DATABASE} = "$scratch/db1";
for (1 .. 3) {
	acknowledged($log, 8);
	my $got = db('restore', "$scratch/backup1");
	is($got->{status}, 0, 'it finds its way in') or diag $got->{err};
}
acknowledged($log, 8);
stop(@writers);
is(db('verify')->{status}, 0, 'the database is in order');
like(db('rebuild')->{out}, qr/^0 sum/m, 'its sums are true');
my %then = map { $_ => 1 } split /^/, records("$scratch/back1");
my %now = map { $_ => 1 } split /^/, records($ENV{HISHO_DATABASE});
is_deeply([ grep { /^ledger/ && !$now{$_} } sort keys %then ], [],
    'it has all that was restored');

chapter('killed at any moment');
my $lines = join '', map { sprintf "key %05d\t%s\n", $_, 'x' x 100 } 1 .. 4000;
my %text = map { $_ => "# hisho-db dump 1\na\t$_\n${lines}schema\t1\n" .
    "~ records 4002\n" } qw(one two);
my %content = map { $_ => join '', $text{$_} =~ /^(.*\t.*\n)/gm } keys %text;
for (keys %text) {
	spew("$scratch/$_.txt", $text{$_});
	db('-d', "$scratch/$_", 'load', "$scratch/$_.txt");
	db('-d', "$scratch/$_", 'backup', "$scratch/$_.db");
}
# Starts a command, and kills it after SECONDS; whether it came to its end.
sub killed_after {
	my ($seconds, @command) = @_;
	my $child = start(sub {
		open STDOUT, '>', '/dev/null';
		exec { $command[0] } @command;
	});
	sleep $seconds;
	stop($child);
	return $? == 0;
}
my $whole = time;
db('-d', "$scratch/whole", 'load', "$scratch/one.txt");
$whole = time - $whole;
my %ended = (restore => 0, load => 0);
my ($dir, $is) = ("$scratch/killed", 'one');
db('-d', $dir, 'load', "$scratch/one.txt");
my ($torn, $lost) = (0, 0);
for my $i (1 .. 30) {
	my $to = $is eq 'one' ? 'two' : 'one';
	my $ended = killed_after(rand 2 * $whole, 'hisho-db', '-d', $dir,
	    'restore', "$scratch/$to.db");
	my $found = records($dir);
	$is = $to if $found eq $content{$to};
	$torn++ if $found ne $content{$is};
	$lost++ if $ended && $is ne $to;
	$ended{restore} += $ended;
	unlink grep { /before(?:\.\d+)?$/ } glob "$dir/reputation.db.*";
}
is($torn, 0, 'a killed restore leaves the old or the new');
is($lost, 0, 'one that ended leaves the new');
is(db('-d', $dir, 'verify')->{status}, 0, 'in order');
is(db('-d', $dir, 'restore', "$scratch/one.db")->{status}, 0,
    'the next one works');
is_deeply([ glob "$dir/*.new-*" ], [], 'and takes away what is dead');
($torn, $lost) = (0, 0);
for my $i (1 .. 30) {
	my $fresh = "$scratch/fresh$i";
	my $ended = killed_after(rand 2 * $whole, 'hisho-db', '-d', $fresh, 'load',
	    "$scratch/two.txt");
	my $found = records($fresh);
	$torn++ if $found ne '' && $found ne $content{two};
	$lost++ if $ended && $found eq '';
	$ended{load} += $ended;
}
is($torn, 0, 'a killed load leaves nothing or all');
is($lost, 0, 'one that ended leaves all');
note "$ended{$_} of 30 runs of $_ ended" for sort keys %ended;
done_testing;
