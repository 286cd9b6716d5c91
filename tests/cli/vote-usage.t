#!/usr/bin/perl
# What hisho-vote refuses to understand, and what is no mail.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Hisho;
use Vote;
use Test::More;

chapter('options that do not go together');
my $mail = spew("$scratch/mail", letter('a@b.example', '192.0.2.9'));
my @mail = ('--digest=' . 'a' x 64);
my @links = ('--host=foo.example', '--url=http://foo.example/');
my %strange = (
	(map { $_ => [@links, '--address=a@b.example', '--withdraw',
	    '--lists'] }
	    qw(trust distrust receive delete undo permit)),
	forbid => [@links, '--withdraw', '--lists'],
	(map { $_ => ['--address=a@b.example', '--withdraw'] }
	    qw(report unreport show)),
	'allow-link' => ['--address=a@b.example'],
	(map { $_ => [@links, '--withdraw'] } qw(block unblock)),
);
for my $action (sort keys %strange) {
	for my $option (@{ $strange{$action} }) {
		my $got = vote(undef, $action, $option);
		is($got->{status}, 64, "$action $option is a usage error");
		my ($name) = $option =~ /^(--\w+)/;
		like($got->{err}, qr/\Q$name\E/, 'which names the option');
	}
}
for my $twice (
	['--host=foo.example', '--url=http://foo.example/'],
	['--host=foo.example', @mail],
	['--url=http://foo.example/', @mail],
	['--host=foo.example', $mail],
	['--url=http://foo.example/', $mail],
	['--nth=1', @mail],
	['--nth=1', '--host=foo.example', $mail],
	['--mbox', '--host=foo.example'],
	['--mbox', '--url=http://foo.example/'],
	['--host=foo.example', '--host=bar.example'],
	[@mail, @mail],
) {
	for my $action (qw(report unreport allow-link show)) {
		my $got = vote(undef, $action, @$twice);
		is($got->{status}, 64, "$action @$twice is one too many");
		like($got->{err}, qr/--(?:host|url|digest|nth)\b/,
		    'and says so');
	}
}
for my $nth ('', '0', 'x', '1-', '-1', '3-2', '1,', ',1', '1,,2', '1 2', '1-2-3',
    '0-1', '+1', '1.5') {
	my $got = vote(undef, 'trust', "--nth=$nth", $mail);
	is($got->{status}, 64, "--nth='$nth' is a usage error");
	like($got->{err}, qr/--nth/, 'which names it');
}
is(vote(undef, 'trust', '--nth=1', '--nth=2', $mail)->{status}, 64,
    'numbers are given once');
is(vote(undef, 'trust', '--nth=1', $mail, $mail)->{status}, 64,
    'and of one file');
is(vote(undef, 'trust', "--jobs=$_", $mail)->{status}, 64, "--jobs=$_ is wrong")
    for qw(0 -1 x 1001);
is(vote(undef, 'show', '--lists', '--mbox', $mail)->{status}, 64,
    'lists lie in no mbox');
is(scalar(() = glob "$ENV{HISHO_DATABASE}/*"), 0,
    'all before anything is opened');
is(vote(undef, 'report', '--host=foo.example')->{status}, 0,
    'report takes a host alone');
is(vote(undef, 'unreport', '--url=http://foo.example/a')->{status}, 0,
    'unreport takes a URL alone');
is(vote(undef, 'block', '--address=a@b.example', @mail)->{status}, 64,
    'an address and a digest are one too many');
is(vote(undef, "tr\e[31must")->{err} =~ tr/\e//, 0,
    'no escape comes back from the command line');

chapter('what is no time');
for my $time ('', 'x', '2026-01-31', '2026-02-30T00:00:00Z',
    '1970-01-01T00:00:00Z', '1901-12-13T20:45:52Z') {
	my $got = vote(undef, 'trust', "--now=$time", $mail);
	is($got->{status}, 78, "--now='$time' is refused");
	like($got->{err}, qr/--now: '\Q$time\E'/, 'and named');
}
is(vote(undef, 'trust', '--now=1970-01-01T00:00:01Z', $mail)->{status}, 0,
    'time begins in 1970');

chapter('what is no mail');
for my $empty ('', "\n", "no header at all\n") {
	my $got = vote($empty, 'trust');
	is($got->{status}, 65, 'is refused');
	like($got->{err}, qr/there is no mail in it/, 'and says why');
	filter($empty, 'hisho-score', '--no-dns', @now);
	ok(!-e "$ENV{HISHO_DATABASE}/reputation.db" || dump_all() eq '',
	    'nor is its receipt recorded');
}
is(vote(undef, 'trust', $scratch)->{status}, 65, 'a folder is no mail');

chapter('a Maildir');
my $folder = "$scratch/Maildir";
mkdir for $folder, map { "$folder/$_" } qw(new cur tmp);
is(vote(undef, 'trust', $folder)->{status}, 65, 'without mail');
spew("$folder/new/1", letter('a@one.example', '192.0.2.1'));
spew("$folder/cur/2", letter('a@two.example', '192.0.2.2'));
is(vote(undef, 'distrust', $folder)->{status}, 0, 'all its mails are meant');
is(() = dump_all() =~ /"vote":"distrust"/g, 2, 'each of them');
spew("$folder/cur/0", '');
my $some = vote(undef, 'trust', $folder);
is($some->{status}, 65, 'one of them is none');
like($some->{err}, qr{cur/0: there is no mail}, 'and named');
is(() = dump_all() =~ /"vote":"trust"/g, 2, 'the others are voted on');

chapter('a permit is taken back without the mail');
received(letter('a@b.example', '192.0.2.1'));
vote(letter('a@b.example', '192.0.2.1'), 'permit');
for my $none ('b.example', 'a@b.example,c@d.example', '') {
	my $got = vote(undef, 'forbid', "--address=$none");
	is($got->{status}, 65, "'$none' is no address");
	like($got->{err}, qr/--address/, 'and the option is named');
}
like(dump_all(), qr/^permit /m, 'nothing of it does anything');
my $taken = vote(undef, 'forbid', '--address=A@B.Example');
is($taken->{status}, 0, 'in any case of letters');
is($taken->{out}, "no longer permitted: a\@b.example\n", 'it is said');
unlike(dump_all(), qr/^permit /m, 'and done');
like(vote(undef, 'forbid', '--address=a@b.example')->{out},
    qr/^was not permitted/, 'once');

chapter('names that a terminal would obey');
my $odd = "$scratch/\e]0;owned\a\x{e2}\x{80}\x{ae}x";
like(vote(undef, 'trust', $odd)->{err}, qr/x: /, 'a file is named');
spew($odd, '');
for my $got (vote(undef, 'trust', $odd), vote(undef, 'trust', "$odd.none"),
    vote(letter("\"\e[31m\"\@b.example", '192.0.2.1', ), 'trust'),
    vote(letter("\xe2\x80\xaex\@b.example", '192.0.2.1', ), 'permit'),
    vote(undef, 'report', "--host=\e[31m"),
    vote(undef, 'report', "--url=\e[31m")) {
	unlike($got->{out} . $got->{err}, qr/[\e\a]|\xe2\x80\xae/,
	    'it does not');
}
done_testing;
