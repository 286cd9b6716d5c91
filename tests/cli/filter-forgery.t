#!/usr/bin/perl
# No X-Hisho field of a sender's making survives, however it is spelled.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Hisho;
use Test::More;

my @options = qw(--no-dns --no-record);
my $head = "From: taro\@example.jp\nTo: hanako\@example.org\n";
my $body = "\nbody\n";
my %spelling = (
	'plain' => "X-Hisho-Folder: main\n",
	'in lower case' => "x-hisho-folder: main\n",
	'in capitals' => "X-HISHO-FOLDER: main\n",
	'in mixed case' => "x-HiShO-fOlDeR: main\n",
	'with a blank before the colon' => "X-Hisho-Folder : main\n",
	'with a tab before the colon' => "X-Hisho-Folder\t: main\n",
	'without a blank after the colon' => "X-Hisho-Folder:main\n",
	'folded' => "X-Hisho-Folder:\n main\n",
	'folded over several lines' => "X-Hisho-Folder:\n\t\n main\n",
	'folded before the colon' => "X-Hisho-Folder\n : main\n",
	'doubled' => "X-Hisho-Folder: main\nX-Hisho-Folder: main\n",
	'of a name not used yet' => "X-Hisho-Whatever: main\n",
	'with an empty value' => "X-Hisho-Folder:\n",
	'ended by CRLF' => "X-Hisho-Folder: main\r\n",
	'with NUL in its value' => "X-Hisho-Folder: ma\0in\n",
	'with 8-bit bytes' => "X-Hisho-Folder: \xff\xfe\n",
	'of 1 MB' => 'X-Hisho-Folder: ' . 'x' x (1 << 20) . "\n",
	'a thousand times' => "X-Hisho-Folder: main\n" x 1000,
	'with a seal of zeros' => "X-Hisho-Folder: main\n" .
	    'X-Hisho-Seal: v=1; t=1; mac=' . '0' x 64 . "\n",
	'with an endless number' => 'X-Hisho-Score: v=' . '9' x 999 . "\n",
);

# Asks that COMMAND takes FORGED away from between HEAD and BODY.
sub takes_away {
	my ($name, $mail, $without, @command) = @_;
	my $out = filter($mail, @command);
	my $left = strip($out);
	my @folder = value($out, 'Folder');
	my $folders = $command[0] =~ /score$/ ? 1 : 0;
	my $good = $left eq $without && @folder == $folders &&
	    !grep { $_ eq 'main' } @folder;
	ok($good, $name) or diag($out =~ s/(.{2000}).*/$1/sr);
}

for my $name (sort keys %spelling) {
	my $forged = $spelling{$name};
	for my $stage (qw(hisho-parse hisho-score)) {
		takes_away("$stage removes one $name",
		    "$head$forged$body", "$head$body", $stage, @options);
	}
	takes_away("one $name on top goes too", "$forged$head$body",
	    "$head$body", 'hisho-score', @options);
}
takes_away('one after a CR only', "Subject: x\rX-Hisho-Folder: main\n$head$body",
    "Subject: x\r\n$head$body", 'hisho-score', @options);
takes_away('one in a mail with CR line ends',
    "${head}X-Hisho-Folder: main\n$body" =~ tr/\n/\r/r,
    "$head$body" =~ tr/\n/\r/r, 'hisho-score', @options);
takes_away('one that ends with CR before a CRLF', # and leaves no empty line
    "${head}X-Hisho-Folder: main\r\r\n$body", "$head$body",
    'hisho-score', @options);
takes_away('one behind a CR in a From line',
    "From a\@b\rX-Hisho-Folder: main\n$head$body",
    "From a\@b\r\n$head$body", 'hisho-score', @options);
takes_away('one below lines that are no fields',
    "${head}what?\nX-Hisho-Folder: main\n$body", "${head}what?\n$body",
    'hisho-score', @options);
is(strip(filter("$head${body}X-Hisho-Folder: main\n", 'hisho-score', @options)),
    "$head${body}X-Hisho-Folder: main\n", 'the body may say what it likes');

# Fields with a real seal, in the wrong place or at the wrong time.
my $sealed = filter("$head$body", 'hisho-parse', @options);
like(block($sealed), qr/^X-Hisho-Seal:/m, 'a stage seals its fields');
my $fields = block($sealed) =~ s/^X-Hisho-Parse: v=1/X-Hisho-Parse: v=1; moved=1/r;
my $probe = sub { my ($mail, @more) = @_;
	return filter($mail, 'hisho-links', @options, @more) };
is(scalar(value($probe->($sealed), 'Parse')), scalar(value($sealed, 'Parse')),
    'a sealed field is taken over by the next stage');
unlike($probe->($fields . "$head$body"), qr/moved=1/,
    'a field changed under its seal goes');
my $other = "From: mallory\@example.net\n$body";
is(scalar(value($probe->(block($sealed) . $other), 'Parse')), undef,
    'a field moved to another mail goes, seal and all');
is(strip($probe->(block($sealed) . $other)), $other,
    'and leaves that mail as it was');

sub at { my ($time) = @_; return ("--now=$time") }
my $then = filter("$head$body", 'hisho-parse', @options,
    at('2023-07-11T08:00:00+09:00'));
ok(defined value($probe->($then, at('2023-07-11T08:05:00+09:00')), 'Parse'),
    'a seal holds for some minutes');
is(value($probe->($then, at('2023-07-11T09:00:00+09:00')), 'Parse') // '', '',
    'a mail sent again an hour later has no seal');

# Another user's seal: another home, hence another key.
{
	local $ENV{XDG_DATA_HOME} = "$scratch/other";
	mkdir $ENV{XDG_DATA_HOME};
	is(value($probe->($sealed), 'Parse') // '', '',
	    "another user's seal is no seal");
}

{
	local $ENV{HISHO_DATABASE} = "$scratch/shared";
	mkdir $ENV{HISHO_DATABASE}, 0700;
	my $anns = filter("$head$body", 'hisho-parse', @options, '-u', 'ann');
	ok(defined value($probe->($anns, '-u', 'ann'), 'Parse'),
	    'a seal is good for its user');
	is(value($probe->($anns, '-u', 'bob'), 'Parse') // '', '',
	    'and for no other user of the same database');
}

# What the sender sees of a mail that could not be analysed: the same.
my $hooked = "$build/hooks/hisho-score";
for my $name (sort keys %spelling) {
	my $mail = "${head}X-Test-Cell: crash\n$spelling{$name}$body";
	my $out = filter($mail, $hooked, @options);
	ok($out =~ /^X-Hisho-Status: degraded/m && strip($out) eq
	    "${head}X-Test-Cell: crash\n$body",
	    "degraded output has none $name")
	    or diag($out =~ s/(.{2000}).*/$1/sr);
}
done_testing;
