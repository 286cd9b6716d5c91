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
for my $action (qw(trust distrust receive delete undo permit forbid show)) {
	for my $option ('--host=foo.example', '--url=http://foo.example/') {
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
	[@mail, $mail],
	['--host=foo.example', '--host=bar.example'],
	[@mail, @mail],
) {
	for my $action ('report', 'unreport') {
		my $got = vote(undef, $action, @$twice);
		is($got->{status}, 64, "$action @$twice is one too many");
		like($got->{err}, qr/--(?:host|url|digest)\b/, 'and says so');
	}
}
is(vote(undef, 'trust', @mail, $mail)->{status}, 64,
    'a digest and a file are two mails');
ok(!-e $ENV{HISHO_DATABASE}, 'all before anything is opened');
is(vote(undef, 'report', '--host=foo.example')->{status}, 0,
    'report takes a host alone');
is(vote(undef, 'unreport', '--url=http://foo.example/a')->{status}, 0,
    'unreport takes a URL alone');
is(vote(undef, "tr\e[31must")->{err} =~ tr/\e//, 0,
    'no escape comes back from the command line');
done_testing;
