#!/usr/bin/perl
# The tools are killed while they hold the database; what they said stays true.
# KILLS=N: a longer run.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Hisho;
use Gate;
use POSIX ();
use Test::More;
use Time::HiRes qw(time usleep);

my $users = 32;
my $most = $ENV{KILLS} // 60;
# However slow the machine is, a check is not to take longer for it.
my $end = time + ($ENV{KILLS} ? 3600 : 15);
my $db = $ENV{HISHO_DATABASE} = "$scratch/db";
mkdir $db, 0700;

my @mails = map { "$root/tests/mails/$_.eml" }
    qw(colleague forged-amazon newsletter);
my @actions = qw(trust distrust undo);
my %kept = (trust => 'trust', distrust => 'distrust', undo => '');
my $despite = '--despite-warnings';

# A user does one thing at a time: %running by process, what of it was
# acknowledged and tried by user and mail.
my (%running, %said, %tried);
my ($kills, $hangs, $done, $filtered, $broken) = (0, 0, 0, 0, 0);
my %idle = map { $_ => 1 } 1 .. $users;

# A third of all filter a mail, new to the database each time.
sub start {
	my ($user) = @_;
	my $mail = int rand @mails;
	my $action = int(rand 3) ? $actions[rand @actions] : '';
	my $out = "$scratch/out$user";
	my $in = $action ? '/dev/null' : spew("$scratch/in$user",
	    slurp($mails[$mail]) =~ s/^(Message-ID: <)/$1$user.$done./mr);
	my @command = $action ? ('hisho-vote', "--user=u$user", $action,
	    $action eq 'trust' ? $despite : (), $mails[$mail])
	    : ('hisho-score', '--no-dns', "--user=u$user");
	my $child = fork // die "fork: $!\n";
	if ($child == 0) {
		open STDIN, '<', $in or POSIX::_exit(126);
		open STDOUT, '>', $out or POSIX::_exit(126);
		open STDERR, '>', "$out.err" or POSIX::_exit(126);
		exec { $command[0] } @command or POSIX::_exit(127);
	}
	$running{$child} = [ $user, $mail, $action, time, $in, $out ];
	delete $idle{$user};
}

# What CHILD did when it ended with STATUS.
sub bury {
	my ($child, $status) = @_;
	my ($user, $mail, $action, $start, $in, $out) =
	    @{ delete $running{$child} };
	$idle{$user} = 1;
	$hangs++ if time - $start > 5;
	if (!$action) {
		$filtered++ if $status == 0;
		$broken++ if $status == 0 && strip(slurp($out)) ne slurp($in);
	} elsif ($status == 0) {
		$said{"$user $mail"} = $kept{$action};
		delete $tried{"$user $mail"};
		$done++;
	} else {
		$tried{"$user $mail"}{ $kept{$action} } = 1;
	}
}

sub reap {
	while ((my $child = waitpid -1, POSIX::WNOHANG()) > 0) {
		bury($child, $?) if $running{$child};
	}
}

# Kills one who is inside, if anybody is.
sub strike {
	return unless is_held($db);
	for my $child (keys %running) {
		next unless is_in($child, int(rand 4) ? 'WRITE' : 'READ');
		usleep(rand 2000);
		$kills += kill 'KILL', $child;
		return;
	}
}

while ($kills < $most && time < $end) {
	reap();
	start($_) for keys %idle;
	strike();
	usleep(rand 2000);
}
while (%running && time < $end + 20) {
	reap();
	usleep(5000);
}
is(scalar keys %running, 0, 'all come to an end');
cmp_ok($kills, '>', 0, 'some were killed inside');

my (%found, $lost);
for (split /\n/, filter('', qw(hisho-db dump))) {
	next unless /^ledger name:u(\d+) (\w+) [^\t]*\t.*/;
	my ($user, $digest) = ($1, $2);
	$found{$user}{$digest} = /"vote":"(\w+)"/ ? $1 : '';
}
my @digests = map { json_of(filter(slurp($_), 'hisho-parse',
    '--format=json'))->{digest} } @mails;
for my $user (1 .. $users) {
	for my $mail (0 .. $#mails) {
		my $vote = $found{$user}{ $digests[$mail] } // '';
		next if $vote eq ($said{"$user $mail"} // '');
		next if $tried{"$user $mail"}{$vote};
		$lost++;
		diag("u$user, mail $mail: '$vote', not '",
		    $said{"$user $mail"} // '', "'");
	}
}
is($lost // 0, 0, 'no acknowledged vote is lost');
is($broken, 0, 'no mail that was passed on is damaged');
like(filter('', qw(hisho-db rebuild)), qr/^0 sum/m, 'a rebuild changes nothing');
is(run(qw(hisho-db verify))->{status}, 0, 'Berkeley DB finds the file whole');
note("$done votes, $filtered mails passed");
note("kills $kills hangs $hangs lost ", $lost // 0);
done_testing;
