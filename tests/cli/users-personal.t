#!/usr/bin/perl
# A database of one's own needs no set-up, whatever one's surroundings.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Hisho;
use IO::Handle;
use POSIX ();
use Test::More;

plan skip_all => 'this machine has a database for all' if -d '/var/lib/hisho';
my $mail = mail('bank');
my $own = "$scratch/own.conf";
spew($own, "[dns]\nask=no\n");

sub mode_of { return sprintf '%o', (stat $_[0])[2] & 07777 }

# An empty home, and what BEFORE makes of the surroundings.
my $homes = 0;
sub at_home {
	my ($before, @command) = @_;
	my $how = { in => $mail, before => sub {
		delete @ENV{grep { /^(XDG|HISHO|LC|LANG)/ } keys %ENV};
		$before->();
	} };
	return run($how, $command[0], '-c', $own, @command[1 .. $#command]);
}
sub new_home { $ENV{HOME} = "$scratch/h" . ++$homes; mkdir $ENV{HOME} }

for my $umask (0, 0022, 0077, 0777) {
	new_home();
	my $before = sub { umask $umask };
	my $name = sprintf 'umask %o', $umask;
	my $result = at_home($before, 'hisho-score');
	is($result->{status}, 0, "$name: a first mail") or diag($result->{err});
	is($result->{err}, '', "$name: without a word");
	unlike($result->{out}, qr/degraded/, "$name: it is judged");
	like($result->{out}, qr/^X-Hisho-Seal/m, "$name: and sealed");
	is(at_home($before, 'hisho-vote', 'trust')->{status}, 0, "$name: a vote");
	like(at_home($before, 'hisho-score')->{out},
	    qr/^X-Hisho-Advice: trusted/m, "$name: it holds");
	my $data = "$ENV{HOME}/.local/share/hisho";
	is(mode_of($data), '700', "$name: the directory is private");
	is(mode_of($_), '600', "$name: as is " . s/.*\///r) for glob "$data/*";
}

note 'Where it is';
new_home();
at_home(sub { $ENV{XDG_DATA_HOME} = "$ENV{HOME}/data" }, 'hisho-score');
ok(-e "$ENV{HOME}/data/hisho/gate", 'XDG_DATA_HOME is heeded');
at_home(sub { $ENV{XDG_DATA_HOME} = 'data' }, 'hisho-score');
ok(-e "$ENV{HOME}/.local/share/hisho/gate", 'a relative one is not');
at_home(sub { $ENV{HISHO_DATABASE} = "$ENV{HOME}/db" }, 'hisho-score');
ok(-e "$ENV{HOME}/db/gate", 'HISHO_DATABASE goes before');
at_home(sub { $ENV{HISHO_DATABASE} = "$ENV{HOME}/db" }, 'hisho-score', '-d',
    "$ENV{HOME}/d");
ok(-e "$ENV{HOME}/d/gate", 'an option before that');
spew($own, "[dns]\nask=no\n[hisho]\ndatabase=$scratch/by-%u-%u\n");
at_home(sub { }, 'hisho-score');
my $name = getpwuid($>) // $>;
ok(-e "$scratch/by-$name-$name/gate", '%u is the user');
spew($own, "[dns]\nask=no\n");

note 'Surroundings';
new_home();
my %odd = (
	'a directory that is gone' => sub {
		my $gone = "$scratch/gone$$";
		mkdir $gone; chdir $gone; rmdir $gone;
	},
	'signals blocked' => sub {
		my $all = POSIX::SigSet->new;
		$all->fillset;
		POSIX::sigprocmask(POSIX::SIG_BLOCK(), $all);
	},
	'SIGCHLD ignored' => sub { $SIG{CHLD} = 'IGNORE' },
	'SIGPIPE ignored' => sub { $SIG{PIPE} = 'IGNORE' },
	'no core, no priority' => sub { POSIX::nice(19) },
	'no variables at all' => sub {
		my %kept = map { $_ => $ENV{$_} } qw(HOME PATH);
		%ENV = %kept;
	},
);
for my $what (sort keys %odd) {
	my $result = at_home($odd{$what}, 'hisho-score');
	is($result->{status}, 0, "$what: 0");
	is(strip($result->{out}), $mail, "$what: the mail is whole");
	unlike($result->{out}, qr/degraded/, "$what: and judged");
	is(at_home($odd{$what}, 'hisho-vote', 'trust')->{status}, 0,
	    "$what: a vote");
}
for my $set (1 .. 7) {
	my @closed = grep { $set & 1 << $_ } 0 .. 2;
	for my $tool (@stages) {
		is(at_home(sub { POSIX::close($_) for @closed }, $tool)->{status},
		    $set & 3 ? 75 : 0, "$tool, closed: @closed");
	}
}

note 'A fault is told even where all signals are blocked: the input is drained';
SKIP: {
	skip 'sanitizers keep faults to themselves', 2 if $build =~ /sanitize/;
	pipe(my $out, my $in) or die "pipe: $!\n";
	my $child = fork // die "fork: $!\n";
	if ($child == 0) {
		close $in;
		open STDIN, '<&', $out;
		open STDOUT, '>', '/dev/null';
		$odd{'signals blocked'}->();
		exec 'hisho-score', '-c', $own;
	}
	close $out;
	$in->autoflush;
	my $much = $mail . "much\n" x 40_000; # more than a pipe holds: it is read
	syswrite $in, $much;
	kill 'SEGV', $child;
	{
		local $SIG{PIPE} = 'IGNORE';
		is(syswrite($in, $much), length $much, 'all is read');
	}
	close $in;
	waitpid $child, 0;
	is($? >> 8, 75, 'and the mail deferred');
}

my $nowhere = at_home(sub { $ENV{HOME} = '/dev/null' }, 'hisho-score');
is($nowhere->{status}, 0, 'a home that is none: the mail passes');
like(value($nowhere->{out}, 'Status'), qr/reputation-unavailable/, 'unrated');
done_testing;
