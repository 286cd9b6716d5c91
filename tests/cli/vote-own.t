#!/usr/bin/perl
# One's own mail, and what comes back of it, is not for voting.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Hisho;
use Vote;
use Test::More;

my $me = 'taro.yamada@example.jp';
my @judging = qw(trust distrust receive delete permit report);
my $servers = "[route]\nown-hosts=mx.example.jp\n" .
    "authserv-ids=mx.example.jp\n";

sub configure { spew("$ENV{XDG_CONFIG_HOME}/hisho/hisho.conf",
    "[dns]\nask=no\n[user]\naddresses=$me\n" . join '', @_) }

# Each vote on MAIL is refused, as /WHY/, and changes nothing.
sub refused {
	my ($mail, $why, @options) = @_;
	my $before = dump_all();
	for my $action (@judging) {
		my $got = vote($mail, $action, '--despite-warnings', @options);
		is($got->{status}, 65, "$action is refused");
		like($got->{err}, $why, 'and told why');
	}
	is(dump_all(), $before, 'nothing is changed');
}

sub allowed {
	my ($mail, @options) = @_;
	for my $action (@judging) {
		is(vote($mail, $action, '--despite-warnings', @options)->{status},
		    $action eq 'permit' && $mail && $mail =~ /^From: \Q$me/m ?
		    65 : 0, $action);
	}
}

configure($servers);
chapter('made here');
my $link = 'https://evil.example.net/a';
my $mine = letter($me, undef, $link);
my $digest = received($mine);
refused($mine, qr/this is your own mail, from '\Q$me\E'/);
refused(undef, qr/this is your own mail/, "--digest=$digest");
my $o = judge($mine);
is("$o->{advice} $o->{advice_reason}", 'unrated not-applicable', 'the advice');
like(filter($mine, 'hisho-score', '--no-dns', '--format=report'),
    qr/because  It is your own mail/, 'and why');
is(vote($mine, $_)->{status}, 0, "$_ is no vote")
    for qw(show undo forbid unreport unblock allow-link);
refused($mine =~ s/^From: \K.*$/"T" <TARO.yamada\@EXAMPLE.jp>/mr, qr/own mail/);

chapter('my From, from outside');
my $forged = letter($me, '203.0.113.9', $link);
received($forged);
allowed($forged);
is(judge($forged)->{advice}, 'distrusted', 'the next one is distrusted');
like(dump_all(), qr/^report evil\.example\.net/m, 'its link is reported');
$digest = judge($forged)->{digest};
is(vote(undef, $_, "--digest=$digest")->{status}, 0, "$_ by digest")
    for qw(distrust report);
chapter('a header that tells no host');
received($mine, '--client-ip=203.0.113.10');
is(vote(undef, 'distrust', "--digest=" . judge($mine)->{digest})->{status}, 0,
    'what a server took from outside is not mine, whatever the header hides');

chapter('proven to be mine');
my $proven = "Authentication-Results: mx.example.jp;\n" .
    "\tdmarc=pass header.from=example.jp\n" . letter($me, '203.0.113.9', $link);
$digest = received($proven);
refused($proven, qr/this is your own mail/);
refused(undef, qr/this is your own mail/, "--digest=$digest");
is(judge($proven)->{advice_reason}, 'not-applicable', 'the advice');
chapter('proven by nobody of ours');
my $claimed = $proven =~ s/mx\.example\.jp;/mx.evil.example;/r;
received($claimed);
is(vote($claimed, 'distrust')->{status}, 0, 'it is not');

chapter('a bounce of mine');
my $bounce = mail('bounce') =~ s/^(The mail to)/$link\n$1/mr;
$digest = received($bounce);
refused($bounce, qr/this returns a mail of your own, from '\Q$me\E'/);
refused(undef, qr/this returns a mail of your own/, "--digest=$digest");
is(judge($bounce)->{advice_reason}, 'not-applicable', 'the advice');
like(vote($bounce, 'show')->{out}, qr/returns a mail of your own/, 'show');
is_deeply(judge($bounce)->{bounce}, { of => '<20230712.143140.77@example.jp>',
	from => $me, recipient => 'nobody@example.net', status => '5.1.1' },
    'what it is, in JSON');
my %forms = (
	'by a null sender' => $bounce =~ s/^From: \KMAILER-DAEMON/it/mr,
	'by MAILER-DAEMON' => $bounce =~ s/^Return-Path: \K<>/<x\@y.example>/r,
	'with the whole mail' => $bounce =~ s/text\/rfc822-headers/message\/rfc822/r,
	'that says no more' => $bounce =~ s/^Received: from mx\.ex.*?^(?=Date)//msr,
	'without MIME' => $bounce =~ s/^MIME.*?^$/\n/msr =~
	    s/^--D0A1(?:(?!^--D0A1).)*?(?=^Received: from mx\.ex)/
	    --- Below this line is a copy of the message.\n\n/msr,
);
for my $form (sort keys %forms) {
	is(vote($forms{$form}, 'distrust')->{status}, 65, "one $form");
}

chapter('a bounce that is none of mine');
my %fakes = (
	'of another' => $bounce =~ s/^From: \K\Q$me/hanako\@b.example/mr,
	'of two at once' => $bounce =~ s/^(From: \Q$me\E)$/$1, x\@b.example/mr,
	'of nobody' => $bounce =~ s/^From: \Q$me\E\n//mr,
	'of a mail that our servers did not send' => $bounce =~
	    s/^Received: from mx\.ex\S+ .*$/Received: from x (x.b.example [203.0.113.7])/mr,
	'by somebody' => $bounce =~ s/^From: \KMAILER-DAEMON/it/mr =~
	    s/^Return-Path: <>/Return-Path: <it\@b.example>/r,
	'as an attachment' => $bounce =~ s/report; report-type=delivery-status/mixed/r
	    =~ s/^From: \KMAILER-DAEMON/it/mr,
);
for my $fake (sort keys %fakes) {
	received($fakes{$fake});
	my $got = vote($fakes{$fake}, 'distrust');
	is($got->{status}, 0, "one $fake") or diag $got->{err};
}
allowed($fakes{'of another'});
configure();
is(vote($fakes{'of a mail that our servers did not send'}, 'distrust')
    ->{status}, 65, 'without servers that are known, nobody can tell');
configure($servers);

chapter('one of many');
my $line = "From x\@example.com Tue Jul 11 04:27:30 2023\n";
my $file = spew("$scratch/mbox", join '', map { "$line$_\n" }
    letter('a@b.example', '192.0.2.1'), $mine, letter('c@d.example',
    '192.0.2.2'), $bounce);
my $got = vote(undef, 'distrust', '-M', $file);
is($got->{status}, 65, 'is refused');
is(() = $got->{out} =~ /^voted distrust/mg, 2, 'the others are voted on');
like($got->{err}, qr/mail 2: this is your own.*mail 4: this returns/s,
    'each is told');

chapter('an address that became mine later');
configure();
spew("$ENV{XDG_CONFIG_HOME}/hisho/hisho.conf", "[dns]\nask=no\n");
$digest = received($bounce);
is(vote($bounce, 'distrust')->{status}, 0, 'it was voted on');
configure($servers);
is(judge($bounce)->{advice}, 'distrusted', 'and stands until it is taken back');
is(vote(undef, 'trust', "--digest=$digest")->{status}, 65, 'nor again');
is(vote($bounce, 'undo')->{status}, 0, 'it can be taken back');
unlike(dump_all(), qr/"vote"/, 'for good');
is(judge($bounce)->{advice_reason}, 'not-applicable', 'and nothing is left');
done_testing;
