#!/usr/bin/perl
# Every action after every other: repeated it changes nothing, and all of it
# can be taken back.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Hisho;
use Vote;
use Test::More;

my @later = ('--now=2023-07-14T09:00:00+09:00');
my $line = "From x\@example.com Tue Jul 11 04:27:30 2023\n";

# What each action makes of what stands: vote, permitted, blocked, reported,
# allowed.
my %explicit = map { $_ => 1 } qw(trust distrust);
sub vote_for {
	my ($word, $state) = @_;
	$state->{vote} = $word
	    if $explicit{$word} || !$explicit{$state->{vote} // ''};
}
my %actions = (
	(map { my $word = $_; $word => sub { vote_for($word, $_[0]) } }
	    qw(trust distrust receive delete)),
	undo => sub { delete $_[0]{vote} },
	permit => sub { $_[0]{permitted} = 1; vote_for('trust', $_[0]) },
	forbid => sub { delete $_[0]{permitted} },
	block => sub { $_[0]{blocked} = 1 },
	unblock => sub { delete $_[0]{blocked} },
	report => sub { $_[0]{reported} = 1; delete $_[0]{allowed} },
	unreport => sub { delete $_[0]{reported} },
	'allow-link' => sub { $_[0]{allowed} = 1; delete $_[0]{reported} },
	'allow-link --withdraw' => sub { delete $_[0]{allowed} },
);
my @all = sort keys %actions;
my @back = (qw(undo forbid unblock unreport), 'allow-link --withdraw');

# One mail a walk, which shares nothing with the others but its reader: the
# walks of all mails are gone together.
srand 5;
my @walks = map { my $first = $_; map { [$first, $_] } @all } @all;
push @walks, map { [map { $all[rand @all] } 1 .. 3] } 1 .. 60;
my @names = map { sprintf 'n%03d', $_ } 1 .. @walks;
my @mails = map { letter("a\@$_.example", '2001:db8:' . substr($_, 1) . '::1',
    "https://www.$_.invalid/a") } @names;
my $mbox = spew("$scratch/mbox", join '', map { "$line$_\n" } @mails);
my @digests = map { $_->{digest} }
    json_of(filter('', qw(hisho-parse -M --format=json), $mbox));

# What the database says of each mail, without its names.
sub by_mail {
	my ($dump) = @_;
	my %number = map { $digests[$_] => $_ } 0 .. $#digests;
	my @said = map { [] } @mails;
	my @others;
	for (split /^/, $dump) {
		my ($i) = /\bn(\d{3})\b/ ? $1 - 1 :
		    /([0-9a-f]{64})/ ? $number{$1} :
		    /2001:db8:([0-9a-f]+):/ ? $1 - 1 : -1;
		push @others, $_ if $i < 0;
		next if $i < 0;
		my $short = $names[$i] =~ s/^n0*//r;
		s/\Q$digests[$i]\E/DIGEST/;
		s/\b$names[$i]\b/NAME/g;
		s/2001:db8:$short:/2001:db8:N:/g;
		push @{ $said[$i] }, $_;
	}
	return join('', @others), map { join '', sort @$_ } @said;
}

sub key_of {
	my ($state) = @_;
	return join ' ', map { "$_=$state->{$_}" } sort keys %$state;
}

# The same state is the same database, whichever way led there.
my (%known, $others);
sub hold {
	my ($dump, $states, $name) = @_;
	my ($rest, @said) = by_mail($dump);
	my @wrong;
	for my $i (0 .. $#mails) {
		my $key = key_of($states->[$i]);
		$known{$key} //= $said[$i];
		push @wrong, join(', ', @{ $walks[$i] }) . ": $key"
		    if $known{$key} ne $said[$i];
	}
	is(join("\n", @wrong), '', $name);
	$others //= $rest;
	is($rest, $others, 'and no sum is left over');
}

# The step number N of every walk, by all mails that take the same one at once.
sub take_step {
	my ($n, @options) = @_;
	for my $action (@all) {
		my @who = grep { ($walks[$_][$n] // '') eq $action } 0 .. $#walks;
		next unless @who;
		my $got = vote(undef, split(' ', $action), '--despite-warnings',
		    @options, '-M', '--nth=' . join(',', map { $_ + 1 } @who),
		    $mbox);
		is($got->{status}, 0, "$action") or diag $got->{err};
	}
}

sub go_all_ways {
	my @states = map { {} } @mails;
	my $start = dump_all();
	(%known, $others) = ();
	hold($start, \@states, 'the beginning');
	for my $n (0 .. 2) {
		take_step($n);
		for my $i (grep { $walks[$_][$n] } 0 .. $#walks) {
			$actions{$walks[$i][$n]}($states[$i]);
		}
		my $dump = dump_all();
		hold($dump, \@states, 'step ' . ($n + 1));
		take_step($n, @later);
		is(dump_all(), $dump, 'once more, a day later, changes nothing');
	}
	cmp_ok(scalar keys %known, '>', 25, 'they led to many states');
	vote(undef, split(' ', $_), '-M', $mbox) for @back;
	is(dump_all(), $start, 'all of it is taken back');
}

chapter('mails received, their links reported by others');
filter('', qw(hisho-score --no-dns --record --format=json -M), @now, $mbox);
vote(undef, 'report', '-M', $mbox, '-u', $_) for qw(ann bob);
go_all_ways();

chapter('mails never received');
vote(undef, 'report', '-M', $mbox, '-u', $_) for qw(ann bob);
go_all_ways();

chapter('each step named in another way');
my $folder = "$scratch/Maildir";
mkdir for $folder, map { "$folder/$_" } qw(new cur tmp);
spew("$folder/new/$_", $mails[$_]) for 1 .. 3;
sub forms {
	my ($i) = @_;
	my $digits = substr $digests[$i], 0, 16;
	return ([$mails[$i]], [undef, "--digest=$digits"],
	    [undef, '-M', '--nth=' . ($i + 1), $mbox],
	    [$line . $mails[$i], '-M', "--digest=$digits"],
	    [undef, "--digest=$digits", $folder], [undef, "--nth=$i", $folder]);
}
received($mails[$_]) for 1 .. 3;
my $start = dump_all();
for my $turn (1 .. 6) {
	my $mail = 1 + $turn % 3;
	my @forms = forms($mail);
	for my $action (qw(permit block report), @back) {
		my ($bytes, @options) = @{ $forms[rand @forms] };
		my $got = vote($bytes, split(' ', $action),
		    '--despite-warnings', @options);
		is($got->{status}, 0, "$action @options") or diag $got->{err};
	}
	is(dump_all(), $start, 'taken back');
}

chapter('a danger warning');
received($mails[1]);
vote($mails[1], 'report');
my $before = dump_all();
for my $action (qw(trust permit)) {
	for my $form (forms(1)) {
		my ($bytes, @options) = @$form;
		my $got = vote($bytes, $action, @options);
		is($got->{status}, 65, "$action @options is refused");
		like($got->{err}, qr/link-reported.*--despite-warnings/, 'why');
	}
}
is(dump_all(), $before, 'all of it: no permit without its vote');
done_testing;
