#!/usr/bin/perl
# Who stops while he holds the database stops no mail, and loses no vote.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Hisho;
use Gate;
use POSIX ();
use Test::More;
use Time::HiRes qw(usleep);

my $db = $ENV{HISHO_DATABASE} = "$scratch/db";
my $mail = mail('colleague');
filter($mail, 'hisho-score', '--no-dns');
my $voted = "$root/tests/mails/forged-amazon.eml";
filter(slurp($voted), 'hisho-score', '--no-dns');

# Starts hisho-vote and stops it at some moment; its process if it is stopped
# HOW (READ, WRITE) in the database, else undef when it is done.
sub stop_inside {
	my ($action, $how) = @_;
	my $child = fork // die "fork: $!\n";
	if ($child == 0) {
		open STDOUT, '>', "$scratch/vote.out" or POSIX::_exit(126);
		exec { 'hisho-vote' } 'hisho-vote', $action, $voted
		    or POSIX::_exit(127);
	}
	for (1 .. 400) {
		usleep(rand 1000);
		kill 'STOP', $child;
		return $child if is_in($child, $how);
		kill 'CONT', $child;
		return undef if waitpid($child, POSIX::WNOHANG()) == $child;
	}
	waitpid $child, 0;
	return undef;
}

sub passes {
	my ($name) = @_;
	my $got = run({ in => $mail, timeout => 20 }, 'hisho-score', '--no-dns');
	return join '; ', grep { $_ }
	    $got->{status} != 0 ? "status $got->{status}" : '',
	    strip($got->{out}) ne $mail ? 'another mail' : '',
	    $got->{seconds} >= 3 ? "$got->{seconds} s" : '';
}

for (['distrust', 'WRITE'], ['undo', 'READ']) {
	my ($action, $how) = @$_;
	my $holder;
	for (1 .. 100) {
		last if $holder = stop_inside($action, $how);
		filter('', 'hisho-vote', $action eq 'undo' ? 'distrust' : 'undo',
		    $voted);
	}
	ok($holder, "$action stops inside ($how)") or next;
	ok(is_held($db), 'and holds the database');
	my @trouble = grep { $_ } in_parallel(\&passes, 1 .. 4);
	is("@trouble", '', 'mail passes, soon, as it came');
	kill 'CONT', $holder;
	waitpid $holder, 0;
	is($?, 0, "$action ends well when it may go on");
	my $row = json_of(filter(slurp($voted), 'hisho-score', '-n', '--no-dns',
	    '--format=json'))->{score}{rows}[0];
	is($row->{distrusted}, $action eq 'undo' ? 0 : 1,
	    'and did what it said');
}
is(run(qw(hisho-db verify))->{status}, 0, 'the database is sound');
like(filter('', qw(hisho-db rebuild)), qr/^0 sum/m, 'and adds up');
done_testing;
