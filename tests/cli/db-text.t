#!/usr/bin/perl
# hisho-db dump and load: all of the database as text, and back.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Hisho;
use Vote;
use Test::More;

my $new = "$scratch/new";
my ($first, $last) = ("# hisho-db dump 1\n", "~ records ");

# As run(), with TEXT to load into a directory that is not there yet.
sub load {
	my ($text, @arguments) = @_;
	return run({ in => $text }, 'hisho-db', '-d', $new, 'load', @arguments);
}

sub dumped { return filter('', 'hisho-db', '-d', $_[0] // $new, 'dump') }

sub text { return $first . join('', @_) . $last . @_ . "\n" }

chapter('there and back');
is(dumped($new), text(), 'a dump of nothing has a first and a last line');
ok(!-e $new, 'and makes nothing');
received(mail($_)) for qw(bank colleague newsletter);
vote(mail('bank'), 'distrust');
my $dump = dumped($ENV{HISHO_DATABASE});
like($dump, qr/\A\Q$first\E/, 'it begins with its version');
my @records = grep { /\t/ } split /^/, $dump;
like($dump, qr/^\Q$last@{[scalar @records]}\E\n\z/m,
    'and ends with the number of records');
is($dump, join('', sort { $a cmp $b } split /^/, $dump), 'all sorted');
my $got = load($dump);
is($got->{status}, 0, 'a dump can be loaded') or diag $got->{err};
is($got->{out}, @records . " record(s) loaded\n", 'it says how many');
is(dumped(), $dump, 'the database is equal');
is(run('hisho-db', '-d', $new, 'verify')->{status}, 0, 'and in order');
like(filter('', 'hisho-db', '-d', $new, 'rebuild'), qr/^0 sum/m,
    'its sums are true');
is_deeply([ sort map { m{([^/]+)$} } glob "$new/*" ],
    [qw(gate log.0000000001 reputation.db)], 'nothing else is left there');
is(run({ in => mail('colleague') }, 'hisho-vote', '-d', $new, @now, 'trust')
	->{status}, 0, 'and one can vote there');

chapter('what the database holds is never overwritten');
my $before = dumped();
$got = load($dump);
is($got->{status}, 78, 'a database that holds something is refused');
like($got->{err}, qr/new directory.*hisho-db restore/, 'with what to do');
is(dumped(), $before, 'and stays as it is');

$new = "$scratch/cut-short";
load(text("schema\t1\n"));
spew($_, 'y' x 5000) for glob "$new/{log.*,gate}";
{
	# Berkeley DB leaks what it has read of such a log.
	local $ENV{ASAN_OPTIONS} = 'detect_leaks=0';
	$got = load($dump);
}
is($got->{status}, 78, 'one whose log is damaged may hold something');
like($got->{err}, qr/is damaged/, 'that cannot be seen');
is_deeply([ map { m{([^/]+)$} } glob "$new/*" ],
    [qw(gate log.0000000001 reputation.db)], 'it is left alone');

chapter('bytes of all sorts');
my @hostile = ("\\x00\\x0a\\x09\t\\x00\n", "\\x23 key\t#\\x5c\n",
    "\\x7e\t~\n", "\\xe7\\xa7\\x98 \\xff\t\\x80\\x0d\n",
    join('', map { sprintf '\\x%02x', $_ } 128 .. 255) . "\t\n",
    'k' x 2000 . "\t" . '\\xff' x 50_000 . "\n");
# In the order of their bytes, as the database keeps them.
my @sorted = map { $_->[1] } sort { $a->[0] cmp $b->[0] }
    map { [ (/^([^\t]*)/)[0] =~ s/\\x(..)/chr hex $1/ger, $_ ] }
    @hostile, "schema\t1\n";
$new = "$scratch/hostile";
is(load(text(reverse @sorted))->{status}, 0, 'in whatever order they come');
is(dumped(), text(@sorted), 'the same bytes come out again');
spew("$scratch/dump", text(@sorted));
$new = "$scratch/file";
is(run('hisho-db', '-d', $new, 'load', "$scratch/dump")->{status}, 0,
    'a dump is read from a file, too');
is(dumped(), text(@sorted), 'and is the same');

chapter('what is no whole dump changes nothing');
my @good = ("a\tb\n", "schema\t1\n");
my ($ledger) = grep { /^ledger/ } @records;
my ($sum) = grep { /^own/ } @records;
for (
	[ 'an empty file', '', 1, qr/begins/ ],
	[ 'another text', "From a\@b.example\n", 1, qr/begins/ ],
	[ 'a later format', text(@good) =~ s/dump 1/dump 2/r, 1, qr/begins/ ],
	[ 'what gzip makes', "\x1f\x8b\x08\x00", 1, qr/begins/ ],
	[ 'a dump cut after a line', $first . join('', @good), 4,
	    qr/cut short/ ],
	[ 'a dump cut within a line', $first . "a\tb\nsche", 3, qr/no TAB/ ],
	[ 'a dump cut within the last line', text(@good) =~ s/ 2\n//r, 4,
	    qr/count/ ],
	[ 'a line too few', text(@good) =~ s/a\tb\n//r, 3, qr/count/ ],
	[ 'a line too many', text(@good) =~ s/^schema/c\td\nschema/mr, 5,
	    qr/count/ ],
	[ 'two dumps', text(@good) . text(@good), 5, qr/behind the end/ ],
	[ 'a line twice', text(@good, "a\tc\n"), 4, qr/earlier line/ ],
	[ 'a line without TAB', text("a b\n", @good), 2, qr/no TAB/ ],
	[ 'a line without key', text("\tb\n", @good), 2, qr/no key/ ],
	[ 'two TABs', text("a\tb\tc\n", @good), 2, qr/control character/ ],
	[ 'line ends of DOS', text(@good) =~ s/\n/\r\n/gr, 1, qr/begins/ ],
	[ 'a NUL', text(@good, "b\t\0\n"), 4, qr/control character/ ],
	[ 'a backslash', text("b\t\\x1\n", @good), 2, qr/backslash/ ],
	[ 'an endless line', text('x' x 5_000_000), 2, qr/too long/ ],
	[ 'a record that is none', text($ledger =~ s/\t.*/\t{/r, @good), 2,
	    qr/no record/ ],
	[ 'a sum that is none', text($sum =~ s/\t.*/\t1 2 x/r, @good), 2,
	    qr/no sum/ ],
	[ 'a permit that is none', text("permit uid:0 a\@b.example\tx\n"), 2,
	    qr/no permit/ ],
	[ 'a summary that is none', text("folded uid:0 a 192.0.2.1\t1 2 {\n"),
	    2, qr/no summary/ ],
	(map { [ "'$_' without a time", text("$_\tx\n"), 2, qr/no time/ ] }
	'block uid:0 b.example', 'allow-link uid:0 b.example',
	'report b.example uid:0', 'seen own uid:0 host 192.0.2.1',
	'withdrawn block uid:0 b.example', 'exchanged'),
	[ 'a vote that waits and is none', text("waiting ledger uid:0 a\t5 x\n"),
	    2, qr/waits/ ],
	[ 'names of mails that are none', text("folded-mails uid:0 a\tx\n"),
	    2, qr/no list/ ],
	[ 'another schema', text("schema\t2\n"), 2, qr/another version/ ],
) {
	my ($what, $text, $line, $reason) = @$_;
	$new = "$scratch/wrong";
	$got = load($text);
	is($got->{status}, 65, "$what is refused");
	like($got->{err}, qr/standard input: line $line .*$reason/,
	    'with its line');
	ok(!-e "$new/reputation.db", 'there is no database');
	is_deeply([ glob "$new/reputation*" ], [], 'nor a piece of one');
}
$got = load(text("a\tb\n"));
is($got->{status}, 78, 'a dump without a schema is refused');
is(load('', "$scratch/none")->{status}, 75, 'a file may be missing for now');
$got = load('', $scratch);
is($got->{status}, 75, 'a directory is no file');
like($got->{err}, qr/\Q$scratch\E: .*directory/, 'and is named');

chapter('a full disk');
my $disk = "$scratch/disk";
mkdir $disk;
SKIP: {
	skip 'needs root and tmpfs', 5
	    if $> != 0 || system("mount -t tmpfs -o size=1M none $disk " .
		'2>/dev/null') != 0;
	$new = "$disk/database";
	my $large = text((map { sprintf "%06d\t%s\n", $_, 'v' x 200 } 1 .. 9000),
	    "schema\t1\n");
	$got = load($large);
	is($got->{status}, 75, 'a full disk asks to try again');
	like($got->{err}, qr/No space left/, 'and is told');
	is_deeply([ glob "$new/reputation*" ], [], 'no piece is left');
	is(load(text(@good))->{status}, 0, 'a small dump finds room');
	is(dumped(), text(@good), 'and is there');
	system('umount', $disk);
}

chapter('a limit on files');
$new = "$scratch/limited";
$got = run({ in => text((map { sprintf "%06d\t%s\n", $_, 'v' x 200 }
    1 .. 3000), "schema\t1\n") }, 'sh', '-c',
    "ulimit -f 400; exec hisho-db -d $new load");
is($got->{status}, 75, 'it asks to try again');
like($got->{err}, qr/too large/, 'and is told');
is_deeply([ glob "$new/reputation*" ], [], 'no piece is left');

chapter('two at once');
$new = "$scratch/twice";
for my $name (qw(one two)) {
	spew("$scratch/$name.txt", text((map { sprintf "%06d\t$name\n", $_ }
	    1 .. 3000), "schema\t1\n"));
}
$got = run('sh', '-c', "for i in one two one two; do " .
    "hisho-db -d $new load $scratch/\$i.txt & done; wait");
is(() = $got->{out} =~ /3001 record/g, 1, 'one of them is loaded');
is(() = $got->{err} =~ /the database holds something/g, 3,
    'the others come too late') or diag $got->{err};
ok((grep { dumped() eq slurp("$scratch/$_.txt") } qw(one two)) == 1,
    'they are not mixed');
is_deeply([ glob "$new/*.{new,before}*" ], [], 'no piece is left');

chapter('for keepers only');
SKIP: {
	skip 'needs root', 8 if $> != 0;
	chmod 0755, $scratch;
	mkdir "$scratch/owned", 0755;
	mkdir "$scratch/closed", 0700;
	mkdir "$scratch/closed/owned", 0755;
	for my $dir (qw(owned closed/owned)) {
		for my $action (qw(dump load), 'backup /tmp/x',
		    'restore /tmp/x') {
			$got = run({ in => '' }, 'setpriv', '--reuid=65534',
			    '--clear-groups', 'hisho-db', '-d',
			    "$scratch/$dir", split / /, $action);
			like($got->{err}, qr/this is for root/,
			    "$action in $dir is not for everybody");
		}
	}
}
done_testing;
