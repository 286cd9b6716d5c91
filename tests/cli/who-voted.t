#!/usr/bin/perl
# Who made this red?
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Hisho;
use Vote;
use Test::More;

# The rows of an answer, without their heading, as lists of columns.
sub who {
	my $got = run({}, 'hisho-db', @now, 'who-voted', @_);
	is($got->{status}, 0, "who-voted @_") or diag $got->{err};
	my ($heading, @rows) = split /\n/, $got->{out};
	is($heading, join("\t", qw(name user vote time received from host),
	    'mail-or-link'), 'has a heading');
	return map { [ split /\t/ ] } @rows;
}

# Some columns of each row.
sub brief {
	my @columns = @{ +shift };
	return [ map { my $row = $_; join ' ', @{$row}[@columns] } who(@_) ];
}

my $from = 'hanako@b.example';
my ($one, $other) = map { letter($from, $_) } '192.0.2.1', '198.51.100.2';

chapter('votes on a mail');
my $digest = received($one);
received($one, '-u', 'ann');
vote($one, 'distrust');
vote($one, 'trust', '-u', 'ann');
vote($other, 'delete', '-u', 'bob');
my @rows = who("--digest=$digest");
is(scalar @rows, 3, 'three of them');
is_deeply($rows[0], [ 'ann', 'name:ann', 'trust', '2023-07-13T00:00:00Z',
    'received', $from, '192.0.2.1', substr $digest, 0, 12 ], 'with all');
is_deeply(brief([1, 2, 4], "--digest=$digest"),
    [ 'name:ann trust received', 'name:bob delete not-received',
    "uid:$> distrust received" ], 'in order');
is($rows[2][0], scalar getpwuid $>, 'accounts have names');
is_deeply(brief([1], '--digest=' . substr $digest, 0, 8),
    [ 'name:ann', 'name:bob', "uid:$>" ], 'by some digits');
vote($one, 'undo');
is_deeply(brief([1], "--digest=$digest"), [ 'name:ann', 'name:bob' ],
    'none that was taken back');
is_deeply(brief([1], '--digest=00000000'), [], 'nobody');

chapter('on a sender, a host');
received($one);
vote($one, 'distrust');
vote($other, 'trust', '-u', 'bob');
vote(letter('x@sub.b.example', '192.0.2.200'), 'trust', '-u', 'cid');
vote(letter('y@ab.example', '203.0.113.1'), 'trust', '-u', 'dan');
for my $case (
    ["--address=$from", 'name:bob', "uid:$>"],
    ['--address=Hanako@B.example', 'name:bob', "uid:$>"],
    ['--address=b.example', 'name:bob', 'name:cid', "uid:$>"],
    ['--address=nobody@b.example'],
    ['--host=192.0.2.1', "uid:$>"],
    ['--host=192.0.2.0/24', 'name:cid', "uid:$>"],
    ['--host=::ffff:192.0.2.1', "uid:$>"],
    ['--host=2001:db8::1'],
) {
	my ($option, @users) = @$case;
	is_deeply(brief([1], $option), \@users, 'these');
}

chapter('on a link');
vote(undef, 'report', '--host=phish.example');
vote(undef, 'report', '--host=phish.example', '-u', 'ann');
vote(undef, 'report', '--url=https://www.phish.example/a', '-u', 'bob');
for my $case (
    ['phish.example', 'name:ann report phish.example',
	"uid:$> report phish.example"],
    ['https://www.phish.example/a/b', 'name:ann report phish.example',
	"uid:$> report phish.example",
	'name:bob report www.phish.example/a'],
    ['hxxps://www[.]phish[.]example/b', 'name:ann report phish.example',
	"uid:$> report phish.example"],
    ['good.example'],
) {
	my ($link, @expected) = @$case;
	is_deeply(brief([1, 2, 7], "--link=$link"), \@expected, $link);
}
my $conf = spew("$scratch/short.conf", "[score]\nreport-days=1\n");
is_deeply(brief([2], '--link=phish.example', '-c', $conf,
    '--now=2023-08-01T00:00:00Z'), [ ('report-expired') x 2 ], 'expired');

chapter('a sender who writes to the terminal');
my $evil = letter("\"\e[2J\xe2\x80\xae\" <evil\@b.example>", '192.0.2.9');
$evil =~ s/^From: .*\K/\nSender: "\e]0;x\a"\@b.example/m;
received($evil);
vote($evil, 'distrust');
my $got = run({}, 'hisho-db', 'who-voted', '--address=b.example');
unlike($got->{out}, qr/[\e\a\x80-\x9f]/, 'does not reach it');
my $lines = () = $got->{out} =~ /\n/g;
is($lines, 2, 'one row');

chapter('questions that are none');
for my $case (
    [[], qr/about what/], [['--digest=1234'], qr/8 to 64 digits/],
    [['--digest=12345678x'], qr/8 to 64 digits/],
    [['--digest=12345678', '--host=192.0.2.1'], qr/in one way/],
    [['--host=192.0.2.1', 'x'], qr/one operand too many/],
) {
	my ($options, $why) = @$case;
	$got = run({}, 'hisho-db', 'who-voted', @$options);
	is($got->{status}, 64, "who-voted @$options");
	like($got->{err}, $why, 'why');
}
$got = run({}, 'hisho-db', 'stat', '--digest=12345678');
is($got->{status}, 64, 'of another action');
like($got->{err}, qr/--digest does not go with stat/, 'is said');
for my $case (['--host=b.example', qr/no IP address/],
    ['--address=', qr/no address or domain/],
    ["--address=\e[2J", qr/no address or domain/],
    ['--link=', qr/no host or URL/]) {
	my ($option, $why) = @$case;
	$got = run({}, 'hisho-db', 'who-voted', $option);
	is($got->{status}, 65, 'what is no name');
	is($got->{out}, '', 'there is no answer');
	like($got->{err}, $why, 'is told');
	unlike($got->{err}, qr/\e/, 'in words');
}
SKIP: {
	skip 'only root can become somebody else', 1 if $>;
	received($one);
	chmod 0755, $scratch, $ENV{HISHO_DATABASE};
	is(run({}, qw(setpriv --reuid=65534 --regid=65534 --clear-groups
	    hisho-db who-voted --host=192.0.2.1))->{status}, 78,
	    'it is for the owner');
}
is(run({ to => '/dev/full' }, 'hisho-db', 'who-voted', '--host=192.0.2.1')
    ->{status}, 75, 'a full disk is told');
done_testing;
