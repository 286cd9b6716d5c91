#!/usr/bin/perl
# What a user arranges for a set-gid tool hurts himself alone: afterwards
# others read and vote, soon, and every vote that was acknowledged is there.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Hisho;
use Users;
use Fcntl qw(F_WRLCK SEEK_SET);
use POSIX qw(:signal_h WNOHANG);
use Test::More;
use Time::HiRes qw(sleep);
use Vote qw(letter);

alone();
install_tools(02755);
configure("[hisho]\ndatabase=$db\n");
shared(02770);
my $mail = mail('bank');
is(as('bob', { in => $mail }, 'hisho-score')->{status}, 0, 'a database');

# The mail votes are on: another one each time.
my $letters = 0;
sub next_letter { return letter('a' . ++$letters . '@sender.example', '192.0.2.9') }

# The votes that a tool has acknowledged to mallory.
my $acknowledged = 0;

sub others_go_on {
	my ($name) = @_;
	my $result = as('bob', { in => $mail, timeout => 20 }, 'hisho-score');
	is($result->{status}, 0, "$name: bob's mail comes");
	is(strip($result->{out}), $mail, "$name: unchanged");
	unlike($result->{out}, qr/degraded/, "$name: judged") or
	    diag($result->{err});
	cmp_ok($result->{seconds}, '<', 3, "$name: within 3 s");
	my $letter = next_letter();
	is(as('bob', { in => $letter }, 'hisho-vote', 'trust')->{status}, 0,
	    "$name: bob votes");
}

# Mallory gets a mail and votes, after BEFORE: what he gets is the mail or
# nothing, and the status tells which.
sub mallory {
	my ($name, $how) = @_;
	my $result = as('mallory', { in => $mail, timeout => 20, %$how },
	    'hisho-score');
	isnt($result->{status}, 137, "$name: it ends") or diag($result->{err});
	my $passed = $result->{status} == 0;
	ok(!$passed || $how->{is_silent} || strip($result->{out}) eq $mail,
	    "$name: the mail is whole, or there is none ($result->{status})");
	my $letter = next_letter();
	my $vote = as('mallory', { in => $letter, timeout => 20, %$how },
	    'hisho-vote', 'trust');
	$acknowledged++ if $vote->{out} =~ /^voted trust/;
	note "$name: $result->{status}, $vote->{status}";
	others_go_on($name);
	return ($result, $vote);
}

# Of the process to be: RESOURCE as prlimit(1) calls it.
sub limited {
	my ($resource, $value) = @_;
	return sub {
		system('prlimit', '--pid', $$, "--$resource=$value") == 0
		    or POSIX::_exit(124);
	};
}

note 'umask';
for my $umask (0, 0777) {
	mallory(sprintf('umask %o', $umask), { before => sub { umask $umask } });
}

note 'descriptors';
for my $set (1 .. 7) {
	my @closed = grep { $set & 1 << $_ } 0 .. 2;
	my ($result) = mallory("closed: @closed", { is_silent => $set & 2,
	    before => sub { POSIX::close($_) for @closed } });
	is($result->{status}, $set & 3 ? 75 : 0, "closed: @closed: status");
}

note 'limits';
my %limits = (
	fsize => [ 0, 1, 63, 64, 1000, 4096, 8192, 20000, 262143 ],
	nofile => [ 0, 3 .. 10, 12, 16 ],
	as => [ map { $_ << 20 } 1, 16, 24, 32, 40, 48, 64, 96, 128 ],
	stack => [ 131072, 1 << 20 ], nproc => [ 0, 1 ], memlock => [ 0 ],
	core => [ 1 << 30 ], cpu => [ 1 ],
);
for my $resource (sort keys %limits) {
	for my $value (@{ $limits{$resource} }) {
		mallory("limit $resource of $value",
		    { before => limited($resource, $value) });
	}
}

note 'signals';
my $all = POSIX::SigSet->new;
$all->fillset;
my ($result) = mallory('all signals blocked',
    { before => sub { sigprocmask(SIG_BLOCK, $all) } });
is($result->{status}, 0, 'blocked signals change nothing');
unlike($result->{out}, qr/degraded/, 'nothing at all');
($result) = mallory('all signals ignored', { before => sub {
	for my $signal (grep { !/^(KILL|STOP|NUM|RT|__|ZERO)/ } keys %SIG) {
		no warnings;
		$SIG{$signal} = 'IGNORE';
	}
} });
is($result->{status}, 0, 'ignored signals change nothing');
unlike($result->{out}, qr/degraded/, 'nothing at all');
($result) = mallory('signals pending', { before => sub {
	sigprocmask(SIG_BLOCK, $all);
	kill $_, $$ for qw(ALRM PIPE CHLD TERM HUP INT PROF XFSZ);
} });
is($result->{status}, 0, 'pending signals change nothing');
mallory('a timer', { before => sub { POSIX::alarm(1) } });

note 'names, variables, places';
for my $name ('', ' ', "\e[2J\n", '../../x', 'x' x 100_000, '-', '--help') {
	my ($result) = mallory('a name of ' . length($name) . ' bytes',
	    { name => $name });
	is($result->{status}, 0, 'a name changes nothing');
}
mallory('nice', { before => sub { POSIX::nice(19) } });
mallory('many variables', { before => sub {
	$ENV{"HISHO_$_"} = 'x' x 1000 for 1 .. 1000;
} });
mallory('odd variables', { before => sub {
	%ENV = (LANG => "\xff\x80" x 1000, LC_ALL => '../../../x', '' => 'x',
	    ARGP_HELP_FMT => 'rmargin=1', POSIXLY_CORRECT => 1);
} });
my $gone = "$house/home/mallory/gone";
mallory('a directory that is gone', { before => sub {
	mkdir $gone; chdir $gone; rmdir $gone } });
my @files = ('/nonexistent') x 20_000;
is(as('mallory', 'hisho-vote', 'trust', @files)->{status}, 75,
    'a long command line');
others_go_on('a long command line');

note 'a reader who does not read';
pipe(my $unread, my $full) or die "pipe: $!\n";
my $waiting = fork // die "fork: $!\n";
if ($waiting == 0) {
	open STDIN, '<', spew("$scratch/letter", next_letter());
	$full->blocking(0);
	1 while syswrite $full, 'x' x 4096;
	$full->blocking(1);
	open STDOUT, '>&', $full;
	Users::become($uid{mallory}, $uid{mallory});
	exec tool_of('hisho-vote'), 'trust';
}
sleep 0.5;
$acknowledged++;	# it stands before it is told
others_go_on('output that blocks');
kill 'KILL', $waiting;
waitpid $waiting, 0;

note 'stopped and killed at any moment';
sub start {
	my ($letter, @command) = @_;
	my $child = fork // die "fork: $!\n";
	return $child if $child;
	open STDIN, '<', $letter;
	open STDOUT, '>', "$scratch/said";
	open STDERR, '>', '/dev/null';
	Users::become($uid{mallory}, $uid{mallory});
	exec tool_of(shift @command), @command;
}

# Whether anybody holds the lock: the byte 1 of the gate, by F_OFD_SETLK.
sub is_locked {
	open my $gate, '+<', "$db/gate" or return 0;
	my $lock = pack 's s x4 q q i x4', F_WRLCK, SEEK_SET, 1, 1, 0;
	return !fcntl($gate, 37, $lock);
}

# Lets CHILD go on little by little until it holds the lock, and TIMES
# more; true while it is stopped there.
sub stop_inside {
	my ($child, $times) = @_;
	until (is_locked() && $times-- <= 0) {
		kill 'CONT', $child;
		sleep 0.0002;
		kill 'STOP', $child;
		return 0 if waitpid($child, WNOHANG) == $child;
	}
	return 1;
}

my ($kills, $stalls) = (0, 0);
for my $turn (1 .. 40) {
	my $letter = spew("$scratch/letter", next_letter());
	chmod 0644, $letter;
	my $child = start($letter, 'hisho-vote', 'trust');
	my $is_inside = stop_inside($child, $turn % 6);
	if ($is_inside && $stalls < 3) {
		$stalls++;
		my $result = as('bob', { in => $mail, timeout => 20 },
		    'hisho-score');
		is($result->{status}, 0, 'a stopped neighbour: the mail comes');
		is(strip($result->{out}), $mail, 'unchanged');
		cmp_ok($result->{seconds}, '<', 3, 'within 3 s');
		like(value($result->{out}, 'Status'), qr/^degraded/, 'unrated');
	}
	kill 'KILL', $child;
	waitpid $child, 0 if $is_inside;
	$kills += $is_inside;
	$acknowledged++ if slurp("$scratch/said") =~ /^voted trust/;
	spew("$scratch/said", '');
	others_go_on("killed inside ($turn)") if $is_inside && $turn % 8 == 0;
}
others_go_on("after $kills kills");
note "of 40 turns $kills killed with the lock, $stalls stopped before";
cmp_ok($kills, '>', 0, 'some were killed');

is(as('owner', 'hisho-db', 'verify')->{status}, 0, 'the database is in order');
like(owner_says('rebuild'), qr/^0 sum/, 'and its sums are right');
my $mallory = () = owner_says('dump') =~
    /^ledger uid:$uid{mallory} .*"vote"/mg;
cmp_ok($mallory, '>=', $acknowledged, 'no acknowledged vote is lost');
done_testing;
