#!/usr/bin/perl
# hisho-db backup and restore: a copy that is sound, and its way back.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Hisho;
use Vote;
use Fcntl qw(O_CREAT O_RDWR);
use POSIX qw(mkfifo);
use Test::More;
use Time::HiRes qw(sleep time);

my $backup = "$scratch/backup.db";

sub db { return run('hisho-db', @_) }

sub records { return join '', grep { /\t/ } split /^/,
    filter('', 'hisho-db', '-d', $_[0], 'dump') }

# The names in the directory of the database.
sub files { return [ sort map { m{([^/]+)$} } glob "$_[0]/*" ] }

chapter('there and back');
my $got = db('backup', $backup);
is($got->{status}, 78, 'what is not there cannot be saved');
ok(!-e $backup, 'nor is anything made of it');
received(mail($_)) for qw(bank colleague newsletter);
vote(mail('bank'), 'distrust');
my $saved = dump_all();
$got = db('backup', $backup);
is($got->{status}, 0, 'a backup is made') or diag $got->{err};
like($got->{out}, qr/^\Q$backup\E: a sound copy of \d+ bytes$/, 'and told');
is((stat $backup)[2] & 07777, 0600, 'for nobody else to read');
is_deeply([ glob "$backup?*" ], [], 'nothing else is left there');
vote(mail('colleague'), 'trust');
my $later = dump_all();
my $new = "$scratch/new";
$got = db('-d', $new, 'restore', $backup);
is($got->{status}, 0, 'it can be put elsewhere') or diag $got->{err};
is($got->{out}, "restored; there was no database before\n", 'and says so');
is(records($new), $saved, 'all of it');
$got = db('restore', $backup);
is($got->{status}, 0, 'and over a database in use') or diag $got->{err};
is($got->{out}, "restored; the database that was there is kept as " .
    "$ENV{HISHO_DATABASE}/reputation.db.before\n", 'which is kept');
is(dump_all(), $saved, 'it is what it was then');
is(db('verify')->{status}, 0, 'and in order');
is_deeply([ grep { !/^seal/ } @{ files($ENV{HISHO_DATABASE}) } ],
    [qw(gate log.0000000001 reputation.db reputation.db.before)],
    'nothing else is left there');
is(vote(mail('newsletter'), 'trust')->{status}, 0, 'one can vote again');
is(db('restore', "$ENV{HISHO_DATABASE}/reputation.db.before")->{status}, 0,
    'and go back');
is(dump_all(), $later, 'to what was before');
ok(-e "$ENV{HISHO_DATABASE}/reputation.db.before.2",
    'nothing that was kept is overwritten');
is(db('backup', $backup)->{status}, 0, 'a backup may take an older one\'s name');
is(records($new), $saved, 'while the database made from it stays');

note 'A database that only heard of votes that were refused';
my $begun = "$scratch/begun";
is(run({ in => mail('forged-amazon') }, qw(hisho-vote trust -d), $begun)
    ->{status}, 65, 'a vote is refused');
is(db('-d', $begun, 'backup', "$begun.db")->{status}, 0, $_)
    for 'it is kept', 'and kept again';
is(db('-d', "$begun.again", 'restore', "$begun.db")->{status}, 0,
    'and comes back');

chapter('nothing else is overwritten');
received(mail('bank'));
my $thesis = spew("$scratch/thesis", "years of work\n");
symlink $thesis, "$scratch/link";
mkfifo("$scratch/fifo", 0600);
for ($thesis, "$scratch/link", "$scratch/fifo", $scratch, '/dev/null',
    (map { "$ENV{HISHO_DATABASE}/$_" } qw(reputation.db gate log.0000000009
	reputation.db.before))) {
	$got = run({ timeout => 10 }, 'hisho-db', 'backup', $_);
	is($got->{status}, 78, "no backup to $_");
	like($got->{err}, qr/\Q$_\E: /, 'which is named');
}
is(slurp($thesis), "years of work\n", 'the thesis is whole');
ok(-l "$scratch/link", 'the link is a link');
is(db('verify')->{status}, 0, 'the database is in order');
is(db('backup', "$scratch/none/backup")->{status}, 75,
    'a directory may come back');
is(db('backup')->{status}, 64, 'backup needs a FILE');
is(db('restore')->{status}, 64, 'restore, too');

chapter('what is no sound backup');
received(mail('bank'));
my $before = dump_all();
db('backup', "$scratch/good.db");
my $good = slurp("$scratch/good.db");
symlink "$scratch/good.db", "$scratch/good-link";
my $page = 4096;
my %wrong = (
	empty => '',
	text => "a dump, perhaps\n" x 1000,
	short => substr($good, 0, length($good) - $page),
	cut => substr($good, 0, length($good) - 100),
	'one-page' => substr($good, 0, $page),
	flipped => substr($good, 0, 2 * $page - 9) .
	    ~substr($good, 2 * $page - 9, 1) .
	    substr($good, 2 * $page - 8),
	'no-magic' => substr($good, 0, 12) . "\0" x 4 . substr($good, 16),
	noise => join('', map { chr(($_ * 7919) % 251) } 1 .. 20000),
);
spew("$scratch/wrong-$_", $wrong{$_}) for keys %wrong;
# Files of Berkeley DB that other programs made, or claim to be ours.
sub other {
	my ($name, $how, $key) = @_;
	tie my %pairs, 'DB_File', "$scratch/$name", O_RDWR | O_CREAT, 0600, $how
	    or die "$name: $!\n";
	$pairs{$key} = '1';
	return "$scratch/$name";
}
my @other;
if (eval { require DB_File; 1 }) {
	my ($large, $double) = (DB_File::BTREEINFO->new,
	    DB_File::BTREEINFO->new);
	($large->{psize}, $double->{flags}) = (8192, DB_File::R_DUP());
	@other = (other('foreign', DB_File::BTREEINFO->new, 'key'),
	    other('hash', DB_File::HASHINFO->new, 'schema'),
	    other('large', $large, 'schema'),
	    other('double', $double, 'schema'));
}
for ((map { "$scratch/wrong-$_" } sort keys %wrong), @other,
    "$scratch/good-link", "$scratch/fifo", $scratch, '/dev/zero',
    "$ENV{HISHO_DATABASE}/reputation.db") {
	$got = run({ timeout => 10 }, 'hisho-db', 'restore', $_);
	is($got->{status}, 78, "$_ is not restored");
	like($got->{err}, qr/\Q$_\E: /, 'and named') or diag $got->{err};
	is(dump_all(), $before, 'nothing is changed');
}
is(db('restore', "$scratch/missing")->{status}, 75, 'a file may come back');
is_deeply([ grep { !/^seal/ } @{ files($ENV{HISHO_DATABASE}) } ],
    [qw(gate log.0000000001 reputation.db)], 'nothing of it is left');

chapter('a damaged database is what a backup is for');
my $n = 0;
for my $damage (
	[ 'a page of noise', sub { spew("$_[0]/reputation.db",
	    substr($good, 0, $page) . "\xff" x $page .
	    substr($good, 2 * $page)) } ],
	[ 'an empty file', sub { spew("$_[0]/reputation.db", '') } ],
	[ 'no Berkeley DB at all',
	    sub { spew("$_[0]/reputation.db", 'x' x 9999) } ],
	[ 'no file', sub { unlink "$_[0]/reputation.db" } ],
	[ 'no log', sub { unlink glob "$_[0]/log.*" } ],
	[ 'a damaged log', sub { spew($_, 'y' x 5000) for glob "$_[0]/log.*" } ],
	[ 'a damaged log of a change cut short', sub {
		spew($_, 'y' x 5000) for glob "$_[0]/log.*";
		spew("$_[0]/gate", 'dirty');
	} ],
	[ 'a damaged gate', sub { spew("$_[0]/gate", "\0" x 300) } ],
	[ 'everything damaged', sub {
		spew($_, 'z' x 5000) for glob "$_[0]/*";
	} ],
) {
	my ($what, $break) = @$damage;
	my $dir = "$scratch/damaged" . ++$n;
	db('-d', $dir, 'restore', "$scratch/good.db");
	$break->($dir);
	$got = run({ timeout => 30 }, 'hisho-db', '-d', $dir, 'restore',
	    "$scratch/good.db");
	is($got->{status}, 0, "$what: restored") or diag $got->{err};
	is(records($dir), $before, 'all of it');
	is(!!(() = glob "$dir/reputation.db.before.log.*"),
	    !!($what =~ /cut short|everything|no file/),
	    'a log is kept where it may be needed') or diag "@{ files($dir) }";
	is(db('-d', $dir, 'verify')->{status}, 0, 'in order');
	is(run({ in => mail('colleague') }, 'hisho-vote', '-d', $dir, @now,
	    'trust')->{status}, 0, 'one can vote');
}
for (
	[ 'a link', sub { symlink $thesis, $_[0] } ],
	[ 'a directory', sub { mkdir $_[0] } ],
	[ 'a pipe', sub { mkfifo($_[0], 0600) } ],
) {
	my ($what, $make) = @$_;
	my $dir = "$scratch/odd" . ++$n;
	mkdir $dir;
	$make->("$dir/reputation.db");
	$got = run({ timeout => 10 }, 'hisho-db', '-d', $dir, 'restore',
	    "$scratch/good.db");
	is($got->{status}, 78, "$what is not replaced");
	like($got->{err}, qr{/reputation.db: not a regular file}, 'but named');
	is_deeply([ grep { $_ ne 'gate' } @{ files($dir) } ],
	    ['reputation.db'], 'and left alone');
}

chapter('files are the owner\'s, whoever makes them');
SKIP: {
	skip 'needs root', 6 if $> != 0;
	chmod 0755, $scratch;
	for (
		[ 'a user', 0700, 0600 ],
		[ 'a group', 02770, 0660 ],
	) {
		my ($who, $mode, $mode_of_files) = @$_;
		my $dir = "$scratch/of-" . $who =~ s/ /-/r;
		mkdir $dir;
		chown 65534, 65533, $dir;
		chmod $mode, $dir;
		# Only root may read the backup.
		is(db('-d', $dir, 'restore', "$scratch/good.db")->{status}, 0,
		    "root restores for $who");
		db('-d', $dir, 'restore', "$scratch/good.db");
		my @files = map { [ stat ] } glob "$dir/*";
		is_deeply([ grep { $_->[4] != 65534 || $_->[5] != 65533 }
		    @files ], [], 'nothing is root\'s');
		is_deeply([ grep { ($_->[2] & 07777) != $mode_of_files }
		    @files ], [], 'and the modes are right');
	}
}

chapter('a full disk');
my $disk = "$scratch/disk";
mkdir $disk;
SKIP: {
	skip 'needs root and tmpfs', 14
	    if $> != 0 || system("mount -t tmpfs -o size=600k none $disk " .
		'2>/dev/null') != 0;
	is(db('-d', "$disk/db", 'restore', "$scratch/good.db")->{status}, 0,
	    'there is room for one database') or diag `df $disk`;
	my ($old, $fill) = (records("$disk/db"), "$disk/fill");
	system("cat /dev/zero >$fill 2>/dev/null");
	for (
		[ 'backup', "$disk/backup" ],
		[ 'restore', "$scratch/good.db" ],
		[ 'load', spew("$scratch/dump", filter('', qw(hisho-db dump)))]
	) {
		my $dir = $_->[0] eq 'load' ? "$disk/empty" : "$disk/db";
		mkdir $dir;
		$got = db('-d', $dir, @$_);
		is($got->{status}, 75, "$_->[0]: a full disk asks to try again");
		like($got->{err}, qr/No space left/, 'and is told');
		is_deeply([ glob "{$disk,$dir}/*.new-*" ], [],
		    'no piece is left');
	}
	ok(!-e "$disk/backup", 'there is no backup');
	unlink $fill;
	is(records("$disk/db"), $old, 'nothing is lost');
	is(db('-d', "$disk/db", 'backup', "$disk/backup")->{status}, 0,
	    'with room there is');
	is(records("$disk/empty"), '', 'nothing was loaded');
	system('umount', $disk);
}
done_testing;
