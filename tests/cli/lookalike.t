#!/usr/bin/perl
# Whom a user knows, and who passes for him.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Hisho;
use Test::More;

my @now = ('--now=2026-11-01T12:00:00+09:00');
my $n = 0;

# A mail of FROM with a link to HOST.
sub letter {
	my ($from, $host) = @_;
	$n++;
	return "Received: from mx.example.net (mx.example.net [192.0.2.7])\n" .
	    "\tby mx.example.jp with ESMTP id $n;\n" .
	    "\tSun, 01 Nov 2026 12:00:00 +0900\n" .
	    "From: $from\nTo: me\@example.jp\n" .
	    "Date: Sun, 01 Nov 2026 12:00:00 +0900\n" .
	    "Message-ID: <$n\@example.net>\n\nhttps://$host/\n";
}

sub warnings_of {
	my ($mail, @options) = @_;
	my $object = json_of(filter($mail, qw(hisho-score --no-dns --no-record
	    --format=json), @now, @options));
	return join ' ', map { "$_->{code}=$_->{evidence}{imitates}" }
	    grep { $_->{code} =~ /lookalike/ } @{ $object->{warnings} };
}

my $forged = letter('a@tanaka-shojl.example', 'www.tanaka-shojl.example');
my $both = 'from-lookalike=tanaka-shoji.example ' .
    'link-lookalike=tanaka-shoji.example';
for my $times (1 .. 3) {
	is(warnings_of($forged), '', "after few mails ($times) nobody is known");
	filter(letter('a@tanaka-shoji.example', 'www.tanaka-shoji.example'),
	    qw(hisho-score --no-dns), @now);
}
is(warnings_of($forged), $both, 'one who wrote several times is');
is(warnings_of($forged, '--user=other'), '', 'but not to others')
    if $> == 0;
is(warnings_of(letter('a@tanaka-shoji.example', 'tanaka-shoji.example')), '',
    'he does not pass for himself');
is(warnings_of(letter('a@b.example', 'www.tanaka-shoji.example')), '',
    'nor does a link to him');

filter($forged, qw(hisho-score --no-dns), @now);
is(run({ in => $forged }, qw(hisho-vote trust), @now)->{status}, 65,
    'trust is not given by mistake');
is(run({ in => $forged }, qw(hisho-vote trust --despite-warnings), @now)
    ->{status}, 0, 'but knowingly');
is(warnings_of($forged), '', 'and who is trusted passes for nobody');

my $config = spew("$scratch/hisho.conf",
    "[links]\nprotected-domains=sato-kogyo.example;\n");
my $kogyo = letter('a@b.example', 'sato-kogyo.example.evil.example');
is(warnings_of($kogyo), '', 'a stranger is not known');
is(warnings_of($kogyo, "--config=$config"),
    'link-lookalike=sato-kogyo.example', 'one that is protected is');

my ($link) = @{ json_of(filter(letter('a@b.example', 'paypa1.com'),
    qw(hisho-links --no-record --format=json)))->{links} };
is("@{ $link->{findings} } $link->{imitates}", 'lookalike paypal.com',
    'hisho-links names the brand that a link imitates');
done_testing;
