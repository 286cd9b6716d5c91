#!/usr/bin/perl
# A mail passes, soon, whatever has become of the database.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Hisho;
use Fcntl qw(:seek F_SETLK F_WRLCK);
use Test::More;

my $mail = mail('colleague');

# Asks that hisho-score lets the mail through, unchanged, within 3 s.
sub passes {
	my ($name, $how, @options) = @_;
	my $result = run({ in => $mail, timeout => 20 }, 'hisho-score',
	    '--no-dns', @options);
	is($result->{status}, 0, "$name: exit status 0")
	    or diag($result->{err});
	ok(strip($result->{out}) eq $mail, "$name: the mail is unchanged");
	is(value($result->{out}, 'Folder'), 'gray', "$name: gray");
	cmp_ok($result->{seconds}, '<', 3, "$name: within 3 s");
	like(value($result->{out}, 'Status') // '', $how, "$name: status");
}

my $degraded = qr/^degraded; reason=/;
passes('a first use', qr/^$/);
my $db = "$scratch/home/data/hisho";
ok(-d $db, 'the first use makes the database');
is((stat $db)[2] & 07777, 0700, 'for nobody else');

spew("$scratch/file", '');
passes('a database that is a file', $degraded, '-d', "$scratch/file");
passes('a folder that cannot be made', $degraded, '-d', '/proc/none/hisho');

mkdir "$scratch/garbage";
for my $part (qw(reputation.db gate)) {
	spew("$scratch/garbage/$part", 'this is not a database' x 500);
}
passes('a database of garbage', $degraded, '-d', "$scratch/garbage");

mkdir "$scratch/config";
spew("$scratch/config/DB_CONFIG", "set_lg_dir /tmp\n");
passes('a folder with a DB_CONFIG', $degraded, '-d', "$scratch/config");

SKIP: {
	skip 'root may read everything', 10 if $> == 0 && !-x '/usr/bin/setpriv';
	mkdir "$scratch/locked-out";
	chmod 0, "$scratch/locked-out";
	my @as = $> == 0 ? qw(setpriv --reuid=65534 --regid=65534 --clear-groups) : ();
	my $open = $scratch;
	chmod 0755, $scratch;
	my $result = run({ in => $mail }, @as, "$build/bin/hisho-score",
	    '--no-dns', '-d', "$scratch/locked-out");
	is($result->{status}, 0, 'an unreadable database: exit status 0')
	    or diag($result->{err});
	is(strip($result->{out}), $mail, 'an unreadable database: unchanged');
	like(value($result->{out}, 'Status') // '', $degraded,
	    'an unreadable database: status');
	cmp_ok($result->{seconds}, '<', 3, 'an unreadable database: within 3 s');
	chmod 0700, "$scratch/locked-out";
}

# Somebody holds the lock and does not let go.
my $pid = open(my $holder, '-|') // die "fork: $!\n";
if ($pid == 0) {
	open my $gate, '+<', "$db/gate" or die "gate: $!\n";
	my $lock = pack 'ss x4 q q i x4', F_WRLCK, SEEK_SET, 0, 0, 0;
	fcntl($gate, F_SETLK, $lock) or die "lock: $!\n";
	$| = 1;
	print "locked\n";
	sleep 60;
	exit;
}
is(scalar <$holder>, "locked\n", 'another process locks the database');
passes('a locked database', $degraded);
kill 'TERM', $pid;
close $holder;
passes('the lock is free again', qr/^$/);
done_testing;
