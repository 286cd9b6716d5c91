#!/usr/bin/perl
# Three hosts, each with a clock of its own, tell each other what they like.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Hisho;
use Vote;
use List::Util qw(shuffle);
use POSIX qw(strftime);
use Test::More;

my $seed = $ENV{SEED} // 20230713;
srand $seed;
diag "SEED=$seed" if $ENV{SEED};
my %clock = (a => 1689166400, b => 1689206400, c => 1689236400);
my @hosts = sort keys %clock;
mkdir "$scratch/$_", 0700 for @hosts;

sub pick { return $_[rand @_] }

# What the tool NAME says on HOST; a refusal of the input is an answer.
sub on {
	my ($host, $input, $name, @arguments) = @_;
	my $now = strftime('--now=%Y-%m-%dT%H:%M:%SZ', gmtime $clock{$host});
	my $got = run({ in => $input }, $name, '-d', "$scratch/$host", $now,
	    @arguments);
	die "$name @arguments: $got->{status} $got->{err}"
	    if $got->{status} != 0 && $got->{status} != 65;
	return $got->{out};
}

sub export { return on($_[0], '', 'hisho-db', 'export') }

# In whatever order, and at times cut short before.
sub inform {
	my ($from, $to) = @_;
	my ($first, @lines) = split /^/, export($from);
	@lines = shuffle @lines;
	on($to, join('', $first, @lines[0 .. @lines / 2 - 1]), 'hisho-db',
	    'import') if rand() < 0.2;
	my $told = on($to, join('', $first, @lines), 'hisho-db', 'import');
	return $told =~ /, (\d+) of them new/ ? $1 : die $told;
}

my @deeds = (
	([qw(hisho-score --no-dns)]) x 3,
	(map { ['hisho-vote', '--despite-warnings', $_] }
	    qw(trust trust distrust receive delete permit)),
	(map { ['hisho-vote', $_] } qw(undo undo forbid)),
	(map { ['hisho-vote', $_, '--address=x.example'] } qw(block unblock)),
	(map { ['hisho-vote', $_, '--host=y.example'] } qw(report unreport)),
	['hisho-vote', 'allow-link', '--host=z.example'],
	['hisho-vote', 'allow-link', '--host=z.example', '--withdraw'],
	[qw(hisho-db expire --older-than=0)],
);

sub do_deed {
	my ($host) = @_;
	my ($tool, @arguments) = @{ pick(@deeds) };
	my $n = int rand 5;
	my $from = 'a' . $n % 3 . '@b.example';
	my $mail = letter($from, '192.0.2.' . pick(1, 2), "https://l$n.example/");
	push @arguments, '-u', 'ann' if $tool ne 'hisho-db' && rand() < 0.4;
	# One clock in five is put back meanwhile.
	$clock{$host} += rand() < 0.2 ? -int rand 90 : int rand 40;
	on($host, $mail, $tool, @arguments);
}

# Receipts may be folded on one host alone: only votes and lists are equal.
sub said { return export($_[0]) =~ s/"(?:received|again)":\d+,//gr }

sub gossip {
	my ($when) = @_;
	my ($new, $rounds) = (1, 0);
	while ($new && $rounds++ < 6) {
		$new = 0;
		for my $from (@hosts) {
			$new += inform($from, $_) for grep { $_ ne $from } @hosts;
		}
	}
	is($new, 0, "$when: in the end nobody has news");
	my ($first, @others) = map { said($_) } @hosts;
	is($_, $first, "$when: all say the same") for @others;
	like(on($_, '', 'hisho-db', 'rebuild'), qr/^0 sum/,
	    "$when: the sums of $_ are right") for @hosts;
}

for my $round (1 .. 3) {
	for (1 .. 12) {
		my $host = pick(@hosts);
		do_deed($host) for 1 .. 3;
		my $other = pick(grep { $_ ne $host } @hosts);
		inform($other, $host) if rand() < 0.4;
	}
	gossip("round $round");
}

# How each kind of record is taken back.
my %back = (
	vote => sub { ('', 'undo', "--digest=$_[0]{digest}") },
	permit => sub { (letter($_[0]{address}, '192.0.2.1'), 'forbid') },
	block => sub { ('', 'unblock', "--address=$_[0]{entry}") },
	report => sub { ('', 'unreport', "--host=$_[0]{entry}") },
	'allow-link' => sub {
		('', 'allow-link', '--withdraw', "--host=$_[0]{entry}")
	},
);
my (undef, @lines) = split /\n/, export('b');
my @records = grep { $_->{kind} ne 'withdrawn' } map { json_of($_) } @lines;
cmp_ok(scalar @records, '>', 0, 'something was said');
for my $record (@records) {
	my ($mail, @arguments) = $back{ $record->{kind} }->($record);
	push @arguments, '-u', 'ann' if $record->{user} eq 'name:ann';
	on('b', $mail, 'hisho-vote', @arguments);
}
gossip('all taken back');
for my $host (@hosts) {
	unlike(export($host), qr/"kind":"(?!withdrawn)/, "$host has nothing");
	my $dump = on($host, '', 'hisho-db', 'dump');
	unlike($dump, qr/^own .*\t\d+ (?!0 0 0 0$)/m, 'and no sum of votes');
	unlike($dump, qr/^waiting /m, 'nor one that waits');
}
done_testing;
