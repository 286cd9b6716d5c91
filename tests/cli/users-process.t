#!/usr/bin/perl
# What a set-gid tool is while it runs, and where it is none after all.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Hisho;
use Users;
use POSIX ();
use Test::More;
use Time::HiRes qw(sleep);

alone();
install_tools(02755);
configure("[hisho]\ndatabase=$db\n");
shared(02770);
my $mail = mail('bank');

# Starts TOOL as NAME, which then waits for its mail; yields its process and
# where to write the mail.
sub start {
	my ($name, $tool) = @_;
	pipe(my $out, my $in) or die "pipe: $!\n";
	my $child = fork // die "fork: $!\n";
	if ($child == 0) {
		close $in;
		open STDIN, '<&', $out;
		open STDOUT, '>', "$scratch/out";
		Users::become($uid{$name}, $uid{$name});
		exec tool_of($tool);
	}
	close $out;
	return ($child, $in);
}

sub gids_of {
	my ($process) = @_;
	return slurp("/proc/$process/status") =~ /^Gid:\s+(.*)$/m
	    ? join(' ', split /\s+/, $1) : 'gone';
}

sub children_of { return split ' ', slurp("/proc/$_[0]/task/$_[0]/children") }

sub wait_for {
	my ($asked) = @_;
	for (1 .. 500) {
		my $answer = $asked->();
		return $answer if $answer;
		sleep 0.01;
	}
	return;
}

my ($process, $in) = start('mallory', 'hisho-score');
my $own = $uid{mallory};
ok(wait_for(sub { gids_of($process) eq "$own $own $uid{group} $own" &&
    children_of($process) }),
    'the group is aside while a mail is waited for')
    or diag(gids_of($process));
my @inside = children_of($process);
cmp_ok(scalar @inside, '>', 0, 'the cell is there');
for my $one (@inside) {
	ok(wait_for(sub { gids_of($one) eq "$own $own $own $own" }),
	    'and has no group in reserve') or diag(gids_of($one));
}
for my $one ($process, @inside) {
	is((stat "/proc/$one/mem")[4], 0, 'it is not to be traced by its user');
	my $tried = run({ before => sub { Users::become($own, $own) } }, 'cat',
	    "/proc/$one/environ", "/proc/$one/mem", "/proc/$one/maps");
	is($tried->{out}, '', 'nor looked into');
	my ($soft, $hard) = slurp("/proc/$one/limits") =~
	    /^Max core file size +(\d+) +(\d+)/m;
	is("$soft $hard", '0 0', 'it leaves no core');
}
print $in $mail;
close $in;
waitpid $process, 0;
is($?, 0, 'it ends well');
is(strip(slurp("$scratch/out")), $mail, 'with the mail');

note 'Root and the owner need no group';
my @bob = ('-u', 'bob');
is(run({ in => $mail }, tool_of('hisho-score'), @bob)->{status}, 0,
    'root speaks for bob');
like(owner_says('dump'), qr/uid:$uid{bob}/, 'whose receipt it is');
is(join(' ', (stat "$db/reputation.db")[4, 5]), "$own $uid{group}",
    'the files stay whose they were');
is(run({ in => $mail }, tool_of('hisho-vote'), 'trust', '-d', "$house/other")
    ->{status}, 0, 'root names another database');
ok(-e "$house/other/reputation.db", 'which is used');
is(as('owner', { in => $mail }, 'hisho-vote', 'trust', @bob)->{err}, '',
    'the owner speaks for bob');
is(count('votes'), 1, 'and is heard');
is(member('alice', { in => $mail }, 'hisho-vote', 'trust', @bob)->{status}, 0,
    'a member of the group is a user like all');
unlike(owner_says('dump'), qr/uid:$uid{bob}.*distrust/, 'and speaks for himself');

note 'Where the set-gid bit does not count';
my $plain = run({ in => $mail, before => sub { Users::become($own, $own) } },
    'setpriv', '--no-new-privs', tool_of('hisho-score'));
is("$plain->{status} " . strip($plain->{out}), "0 $mail", 'a mail comes');
like(value($plain->{out}, 'Status'), qr/reputation-unavailable/, 'unrated');
like($plain->{err}, qr/members of the group 'hisho'/, 'with the reason');

note 'Where no database is shared';
configure("[hisho]\ndatabase=%h/mine\n");
for my $name (qw(alice bob)) {
	my $result = as($name, { in => $mail }, 'hisho-score', '--helo=x');
	is($result->{status}, 0, "$name has a database of his own");
	like($result->{out}, qr/^X-Hisho-Seal/m, 'and seals whatever he says');
	is(join(' ', (stat "$house/home/$name/mine/$_")[4, 5]),
	    "$uid{$name} $uid{$name}", "$_ is his") for qw(gate reputation.db);
}
like(as('carol', { in => $mail }, 'hisho-score')->{err},
    qr/^hisho-score: no database: /, 'without a home there is none');
mkdir "$house/by-name";
chmod 01777, "$house/by-name";
configure("[hisho]\ndatabase=$house/by-name/%u\n");
as($_, { in => $mail }, 'hisho-score') for qw(alice carol);
ok(-e "$house/by-name/$_/gate", "$_ has one") for 'alice', $uid{carol};
configure('');
is(as('alice', { in => $mail }, 'hisho-score')->{status}, 0, 'nothing is told');
is((stat "$house/home/alice/.local/share/hisho/gate")[5], $uid{alice},
    'the database of the user is used, as his own');
is((stat "$house/home/alice/.local/share/hisho")[2] & 07777, 0700,
    'for nobody else');

note 'The database of the system is found without a word';
shared(02770);
mkdir '/var/lib/hisho';
system('mount', '--bind', $db, '/var/lib/hisho') == 0 or die;
is(as('alice', { in => $mail }, 'hisho-score')->{status}, 0, 'a mail comes');
is((stat "$db/gate")[5], $uid{group}, 'into the database of the group');
is(as('bob', { in => $mail }, 'hisho-links')->{status}, 0, 'for all');

note 'A link that others reported is found by a stage, too';
is(as('alice', 'hisho-vote', 'report', '--host=www.midori-bank.example')
    ->{status}, 0, 'alice reports a host');
like(as('bob', { in => $mail }, 'hisho-links')->{out}, qr/report=/,
    'bob is told');
system('umount', '/var/lib/hisho');
done_testing;
