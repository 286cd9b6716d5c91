#!/usr/bin/perl
# As a filter a tool ends with 0 or 75, and reads all it is given.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Hisho;
use IO::Handle;
use POSIX ();
use Test::More;
use Time::HiRes qw(time);

my $mail = mail('colleague');
my $big = "From: taro\@example.jp\n\n" . "line of a big mail\n" x 60_000;

# Runs a shell command with MAIL coming through a pipe; yields its status
# and whether all of the mail was taken.
sub piped {
	my ($mail, $command) = @_;
	my $taken = 1;
	pipe(my $out, my $in) or die "pipe: $!\n";
	my $child = fork // die "fork: $!\n";
	if ($child == 0) {
		close $in;
		open STDIN, '<&', $out;
		open STDERR, '>', "$scratch/err";
		exec '/bin/sh', '-c', $command;
	}
	close $out;
	local $SIG{PIPE} = 'IGNORE';
	$in->autoflush;
	$taken = 0 unless print $in $mail;
	close $in or $taken = 0;
	waitpid $child, 0;
	return ($? & 127 ? 128 + ($? & 127) : $? >> 8, $taken);
}

# Asks that COMMAND ends with 75, has taken all of its input and written
# nothing.
sub defers {
	my ($name, $command) = @_;
	unlink "$scratch/out";
	my ($status, $taken) = piped($big, $command =~ s/OUT/$scratch\/out/r);
	is($status, 75, "$name: 75");
	ok($taken, "$name: stdin is drained");
	ok(!-s "$scratch/out", "$name: nothing is written");
	ok(-s "$scratch/err", "$name: the reason is told");
}

spew("$scratch/broken.conf", "[hisho\nthis is = no configuration\n");
spew("$scratch/good.conf", "");
for my $stage (@stages) {
	my ($status, $taken) =
	    piped($mail, "$stage --no-dns --no-record >$scratch/out");
	is($status, 0, "$stage: a complete mail is 0");
	defers("$stage, an unknown option", "$stage --no-such-option >OUT");
	defers("$stage, an option without its value", "$stage --now >OUT");
	defers("$stage, a value that cannot be", "$stage --now=yesterday >OUT");
	defers("$stage, a broken configuration",
	    "$stage -c $scratch/broken.conf >OUT");
	defers("$stage, a configuration that is missing",
	    "$stage -c $scratch/none.conf >OUT");
}
defers('hisho-score, an unknown format', 'hisho-score --format=poem >OUT');
defers('hisho-score, no number of jobs', 'hisho-score -j none >OUT');
defers('hisho-score, no address', 'hisho-score --client-ip=x >OUT');

for my $stage (@stages) {
	my ($status, $taken) = piped($big, "$stage --no-dns -n >/dev/full");
	is($status, 75, "$stage: a full disk is 75");
	ok($taken, "$stage: a full disk, and stdin is drained");
	($status, $taken) = piped($mail, "$stage --no-dns -n >/dev/full");
	is($status, 75, "$stage: a full disk is noticed for a small mail too");
	($status, $taken) = piped($big, "$stage --no-dns -n >&-");
	is($status, 75, "$stage: a closed stdout is 75");
	ok($taken, "$stage: a closed stdout, and stdin is drained");
	($status) = piped($big, "{ $stage --no-dns -n; echo \$? >&3; } " .
	    "3>$scratch/status | true");
	is(slurp("$scratch/status"), "75\n", "$stage: a broken pipe is 75");
	($status) = piped('', "$stage --no-dns -n <&- >$scratch/out");
	is($status, 75, "$stage: a closed stdin is 75");
	($status) = piped('', "$stage --no-dns -n </ >$scratch/out");
	is($status, 75, "$stage: a stdin that cannot be read is 75");
	($status) = piped($mail, "ulimit -f 100; $stage --no-dns -n >$scratch/out");
	is($status, 0, "$stage: a small mail under a small file limit is 0");
	($status) = piped($big, "ulimit -f 100; $stage --no-dns -n >$scratch/out");
	is($status, 75, "$stage: a file limit in the middle is 75");
}

# Nothing may keep the pipe open after the filter ended.
my $start = time;
my $seen = `printf 'From: a\@b\n\n' | hisho-score --no-dns -n | cat | wc -l`;
cmp_ok(time - $start, '<', 5, 'no grandchild keeps the pipe open');
cmp_ok($seen, '>', 2, 'and the mail came through');

# Questions: 0 yes, 1 no, 75 could not tell; nothing printed.
for my $case (
	[ 'gray', 0 ], [ 'main', 1 ], [ 'spam', 1 ],
	[ 'unrated', 0 ], [ 'trusted', 1 ], [ 'distrusted', 1 ],
	[ 'purple', 75 ],
) {
	my ($word, $status) = @$case;
	my $result = run({ in => $mail }, 'hisho-score', '--no-dns', "--is=$word");
	is($result->{status}, $status, "--is=$word is $status");
	is($result->{out}, '', "--is=$word prints nothing");
}
spew("$scratch/file", 'this is no directory');
is(run({ in => $mail }, qw(hisho-score --no-dns --is=gray -d), "$scratch/file")
    ->{status}, 75, '--is with a sick database could not tell');
is(run({ in => $mail }, qw(hisho-db stat))->{status}, 0,
    '--is records nothing that hisho-db could not read');

# Files at fault are named, and the others go on.
my $result = run('hisho-score', '--no-dns', '--format=list',
    "$scratch/nowhere.eml", "$root/tests/mails/bank.eml");
like($result->{err}, qr/^hisho-score: \Q$scratch\E\/nowhere\.eml: /,
    'a missing file is named');
isnt($result->{status}, 0, 'and is a failure');
like($result->{out}, qr/^gray \(1\)/m, 'but the next file is read');
done_testing;
