#!/usr/bin/perl
# Votes and lists of one host, told to another.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Hisho;
use Vote;
use JSON::PP ();
use Test::More;

my $from = 'hanako@b.example';
my $mail = letter($from, '192.0.2.1', 'https://www.b.example/');
my $now = 1689206400; # what @now of Vote.pm is

# A host is a database; what follows happens on it.
my $hosts = 0;
sub host {
	my ($name) = @_;
	$ENV{HISHO_DATABASE} = "$scratch/host-$name";
	mkdir $ENV{HISHO_DATABASE}, 0700;
}

sub new_hosts {
	note $_[0];
	system 'rm', '-rf', glob "$scratch/host-*";
	host('a');
}

sub db { return run({ in => $_[0] }, 'hisho-db', @now, @_[1 .. $#_]) }

sub export {
	host($_[0]);
	return filter('', 'hisho-db', @now, 'export');
}

# What A says is told B.
sub inform {
	my ($a, $b) = @_;
	my $text = export($a);
	host($b);
	my $got = db($text, 'import');
	is($got->{status}, 0, "$a tells $b") or diag $got->{err};
	return $got->{out};
}

sub is_agreed {
	my ($name, @hosts) = @_;
	my ($first, @others) = map { export($_) } @hosts;
	is($_, $first, $name) for @others;
}

sub votes {
	host($_[0]);
	return join ' ', sort map { /^ledger \S+ \S+ ?(\S*)\t.*"vote":"(\w+)"/ ?
	    "$1=$2" : () } split /\n/, dump_all();
}

# A line of an export, from members.
sub line { return JSON::PP->new->canonical->encode({@_}) . "\n" }

my $first = qq({"hisho_export":1}\n);
my @vote = (kind => 'vote', user => 'uid:0', digest => 'ab' x 32,
    host => '192.0.2.9', vote => 'trust', voted => $now);

new_hosts('nothing');
is(export('a'), $first, 'is an export');
ok(!-e "$ENV{HISHO_DATABASE}/reputation.db", 'and makes no database');
like(db($first, 'import')->{out}, qr/^0 record\(s\), 0 /, 'and an import');

new_hosts('a vote goes to another host');
my $digest = received($mail);
vote($mail, 'distrust');
my $text = export('a');
my ($head, @lines) = split /\n/, $text;
is("$head\n", $first, 'the first line tells the version');
is(scalar @lines, 1, 'one vote, one line');
my $vote = json_of($lines[0]);
is_deeply([ @{$vote}{qw(kind digest host vote from)} ],
    [ 'vote', $digest, '192.0.2.1', 'distrust', $from ], 'with its facts');
host('b');
like(db($text, 'import')->{out}, qr/^1 record\(s\), 1 of them new here$/,
    'is taken');
my $dump = dump_all();
like(db($text, 'import')->{out}, qr/^1 record\(s\), 0 of them/, 'once');
is(dump_all(), $dump, 'and changes nothing again');
is(votes('b'), '192.0.2.1=distrust', 'is my vote there');
is(judge(letter($from, '192.0.2.1'))->{advice}, 'distrusted',
    'acts on other mail');
my $other = judge(letter($from, '192.0.2.1'), '-u', 'ann');
is($other->{advice}, 'distrusted', 'and for others, for I received the mail');
like(db('', 'rebuild')->{out}, qr/^0 sum/, 'the sums are those of the ledger');
is(filter('', 'hisho-db', @now, 'export'), $text, 'b tells the same');
my $file = spew("$scratch/export", $text);
host('c');
is(db('', 'import', $file)->{status}, 0, 'from a file, too');
is_agreed('three hosts', qw(a b c));

new_hosts('all that is said');
received($mail);
vote($mail, 'permit');
vote(undef, 'block', '--address=spam.example');
vote(undef, 'report', '--host=phish.example');
vote(undef, 'report', '--url=http://c.example/' . 'x' x 600);
vote(undef, 'allow-link', '--host=good.example');
like(inform('a', 'b'), qr/^6 record\(s\), 6 of/, 'six records');
is_agreed('nothing is lost', qw(a b));
is(judge($mail)->{folder}, 'main', 'permitted there');
like(run({}, 'hisho-vote', @now, 'show', '--lists')->{out},
    qr/permitted \Q$from\E.*spam\.example.*good\.example/s, 'listed there');

note 'and all that is taken back';
host('b');
vote(undef, 'undo', "--digest=" . (json_of((split /\n/, export('b'))[1])
    ->{digest}));
vote($mail, 'forbid');
vote(undef, 'unblock', '--address=spam.example');
vote(undef, 'unreport', '--host=phish.example');
vote(undef, 'unreport', '--url=http://c.example/' . 'x' x 600);
vote(undef, 'allow-link', '--host=good.example', '--withdraw');
unlike(export('b'), qr/"kind":"(?!withdrawn)/, 'nothing is left to say');
inform('a', 'b');
unlike(export('b'), qr/"kind":"(?!withdrawn)/, 'an old host changes nothing');
like(inform('b', 'a'), qr/^6 record\(s\), 6 of/, 'but learns of it');
is_agreed('both agree', qw(a b));
is(votes('a'), '', 'no vote');
is(judge($mail)->{folder}, 'gray', 'no permit');
vote($mail, 'trust');
vote(undef, 'block', '--address=spam.example');
inform('a', 'b');
is_agreed('set again', qw(a b));
is(votes('b'), '192.0.2.1=trust', 'holds again');

new_hosts('no marks where nobody was told');
received($mail);
my $before = dump_all();
vote($mail, 'trust');
vote($mail, 'undo');
is(dump_all(), $before, 'undone is as before');

new_hosts('two hosts, two minds');
received($mail);
vote($mail, 'trust', '--now=2023-07-13T09:10:00+09:00');
host('b');
received($mail);
vote($mail, 'distrust', '--now=2023-07-13T09:05:00+09:00');
vote(letter($from, '192.0.2.7'), 'delete');
inform(@$_) for ['a', 'b'], ['b', 'a'];
is_agreed('the same on both', qw(a b));
is(votes('a'), '192.0.2.1=trust 192.0.2.7=delete', 'the later vote holds');
like(db('', 'rebuild')->{out}, qr/^0 sum/, 'the sums, too');

new_hosts('an explicit vote stands');
received($mail);
vote($mail, 'trust', '--now=2023-07-13T09:00:00+09:00');
host('b');
received($mail);
vote($mail, 'delete', '--now=2023-07-13T09:10:00+09:00');
inform(@$_) for ['a', 'b'], ['b', 'a'];
is_agreed('the same on both', qw(a b));
is(votes('b'), '192.0.2.1=trust', 'before an implicit one');

new_hosts('one user alone');
received($mail);
received($mail, '-u', 'ann');
vote($mail, 'trust');
vote($mail, 'trust', '-u', 'ann');
my $both = export('a');
my $anns = filter('', 'hisho-db', @now, '-u', 'ann', 'export');
like($anns, qr/"user":"name:ann"/, 'is told');
unlike($anns, qr/"user":"uid/, 'alone');
host('b');
like(db($both, '-u', 'ann', 'import')->{out}, qr/^2 record\(s\), 1 of them .*
1 of other users left out/, 'or taken alone');
is(filter('', 'hisho-db', @now, 'export'), $anns, 'no more is there');

new_hosts('a user of a long name');
my $long = 'a' x 190 . '@b.example'; # as long as --user takes
vote(letter($from, '192.0.2.1'), 'trust', '-u', $long);
like(inform('a', 'b'), qr/^1 record/, 'is taken');

new_hosts('a clock far ahead');
my $got = db($first . line(@vote, voted => $now + 86000) .
    line(@vote, user => 'uid:1', voted => $now + 87000), 'import');
is($got->{status}, 0, 'is no error');
like($got->{out}, qr/^2 record\(s\), 1 of them new here
1 left out: more than a day ahead of this clock$/, 'a day is borne, no more');
unlike(dump_all(), qr/uid:1/, 'indeed');

new_hosts('what is no export');
for my $case (
    ['nothing', '', qr/line 1: this is no export/],
    ['a mail', $mail, qr/line 1: this is no export/],
    ['an export without its first line', line(@vote), qr/line 1: this is no/],
    ['one of another version', qq({"hisho_export":2}\n), qr/format 2, not 1/],
    ['one bad line', $first . line(@vote) . line(@vote, vote => 'like'),
	qr/line 3: 'vote' is not a vote/],
    ['an empty line', $first . "\n" . line(@vote), qr/line 2: not JSON/],
    ['half a line', $first . line(@vote) . substr(line(@vote), 0, 50),
	qr/line 3: not JSON/],
    ['a line without end', $first . 'x' x 3_000_000, qr/line 2: longer/],
    ['a NUL', $first . line(@vote) . "\0\n", qr/line 3: not JSON/],
    ['an escape for the terminal', $first . line(@vote, user => "\e[2J"),
	qr/line 2: 'user'/],
) {
	my ($name, $input, $why) = @$case;
	$got = db($input, 'import');
	is($got->{status}, 65, "$name is refused");
	like($got->{err}, $why, 'why');
	unlike($got->{err}, qr/[\e\0]/, 'in words');
	ok(!-e "$ENV{HISHO_DATABASE}/reputation.db", 'nothing of it is taken');
}
is(db('', 'import', "$scratch/none")->{status}, 75, 'no file');
like(db('', 'import', "$scratch/none")->{err}, qr{none: No such file}, 'named');
is(run({ in => '', to => '/dev/full' }, 'hisho-db', 'export')->{status}, 75,
    'a full disk is told');

new_hosts('a kill on the way');
my $many = $first . join '', map { line(@vote, digest => sprintf('%064x', $_),
    from => "a$_\@b.example", from_domain => 'b.example',
    received => $now - $_) } 1 .. 1500;
$file = spew("$scratch/many", $many);
for my $wait (0.03, 0.1, 0.2) {
	my $child = fork // die;
	if ($child == 0) {
		open STDOUT, '>', '/dev/null';
		exec 'hisho-db', @now, 'import', $file;
	}
	select undef, undef, undef, $wait;
	kill 'KILL', $child;
	waitpid $child, 0;
	is(db('', 'verify')->{status}, 0, 'the database is in order');
	like(db('', 'rebuild')->{out}, qr/^0 sum/, 'and its sums');
}
like(db($many, 'import')->{out}, qr/^1500 record/, 'a second try');
is(scalar(() = dump_all() =~ /^ledger /mg), 1500, 'completes it');
like(db($many, 'import')->{out}, qr/, 0 of them/, 'a third finds all there');

SKIP: {
	skip 'only root can become somebody else', 2 if $>;
	chmod 0755, $scratch, $ENV{HISHO_DATABASE};
	my @nobody = qw(setpriv --reuid=65534 --regid=65534 --clear-groups);
	for my $action ('export', 'import') {
		$got = run({ in => $first }, @nobody, 'hisho-db', $action);
		is($got->{status}, 78, "$action is for the owner") or
		    diag $got->{err};
	}
}
done_testing;
