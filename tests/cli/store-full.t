#!/usr/bin/perl
# A vote where there is no room for it: it is there whole, or it is not and the
# tool says so; and mail passes all the same.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Hisho;
use Test::More;

my $mail = mail('newsletter');
my $db = $ENV{HISHO_DATABASE} = "$scratch/disk/db";
my $n = 0;
mkdir "$scratch/disk";

# Another mail each time, by another host, which needs more room.
sub new_mail {
	$n++;
	my $host = '198.51.' . int($n / 250) . '.' . ($n % 250 + 1);
	return (spew("$scratch/mail", mail('forged-amazon')
	    =~ s/173\.82\.212\.131/$host/gr), $host);
}

# What is wrong when a vote and a mail are tried under WRAP and DONE cleans up
# after them; '' if both kept their word, 'told' if the vote said it failed.
sub try_under {
	my ($done, @wrap) = @_;
	my ($voted, $host) = new_mail();
	my $vote = run(@wrap, 'hisho-vote', 'distrust', $voted);
	my $score = run({ in => $mail }, @wrap, qw(hisho-score --no-dns));
	$done->();
	return "a mail with status $score->{status}"
	    unless $score->{status} == 75 || ($score->{status} == 0 &&
	    strip($score->{out}) eq $mail);
	my $is_told = $vote->{status} != 0;
	return 'a failure without a word' if $is_told && $vote->{err} eq '';
	return 'recovery is left to people'
	    if "$vote->{err}$score->{err}" =~ /run database recovery/;
	return 'done, and not done' if $is_told && $vote->{out} =~ /voted/;
	my $rebuilt = run(qw(hisho-db rebuild));
	return "half a vote: $rebuilt->{out}$rebuilt->{err}"
	    unless $rebuilt->{out} =~ /^0 sum/m;
	my $is_there = filter('', qw(hisho-db dump)) =~
	    /^ledger \S+ \S+ \Q$host\E\t.*"vote":"distrust"/m;
	return 'a vote that was acknowledged is lost'
	    unless $is_there || $is_told;
	my $next = run('hisho-vote', 'undo', $voted);
	return "the next run: $next->{err}" if $next->{status};
	return $is_told ? 'told' : '';
}

sub judge {
	my ($name, @tries) = @_;
	is(join('; ', grep { $_ && $_ ne 'told' } @tries), '',
	    "$name: a vote is there, or told to be not");
	ok(scalar(grep { $_ eq 'told' } @tries), "$name: some had no room");
	ok(scalar(grep { $_ eq '' } @tries), "$name: some had");
	is(run(qw(hisho-db verify))->{status}, 0, "$name: the pages are whole");
}

# A limit on files that whoever calls has set.
filter($mail, qw(hisho-score --no-dns));
judge('a limit on files', map { try_under(sub { }, 'sh', '-c',
    "ulimit -f $_; exec \"\$@\"", '-') } 1, 8, 20, 40, 60, 100, 200, 400,
    800);

# A disk that is nearly full.
SKIP: {
	skip 'only root can make a small disk', 4 if $>;
	run('rm', '-rf', $db);
	run('mount', '-t', 'tmpfs', '-o', 'size=2m', 'none',
	    "$scratch/disk")->{status} == 0
	    or skip 'no disk can be made here', 4;
	filter($mail, qw(hisho-score --no-dns));
	my $filler = "$scratch/disk/filler";
	judge('a full disk', map {
		run('sh', '-c', "cat /dev/zero >$filler 2>/dev/null");
		truncate $filler, (-s $filler) - 4096 * $_;
		try_under(sub { unlink $filler }, 'env');
	} 0 .. 20);
	run('umount', '-l', "$scratch/disk");
}
done_testing;
