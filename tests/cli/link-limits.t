#!/usr/bin/perl
# No limit of what is listed hides a link that was reported.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Hisho;
use Vote;
use MIME::Base64;
use Test::More;

my $evil = '<a href="http://www.evil.example.net/x">y</a>';
my $head = letter('a@shop.example', '192.0.2.25') =~ s/\n\n.*//sr . "\n";
my $html = "Content-Type: text/html\n";

sub multipart { # PART... in DEPTH multiparts
	my ($depth, @parts) = @_;
	my $body = join '', map { "--b0\n$_\n" } @parts;
	for my $i (0 .. $depth - 1) {
		my $part = "Content-Type: multipart/mixed; boundary=b$i\n\n" .
		    "$body--b$i--\n";
		$body = "--b" . ($i + 1) . "\n$part";
		return $part if $i == $depth - 1;
	}
}

my %mail = (
	'after 5,000 links' => "$html\n" .
	    join('', map { "<a href='//a$_.example'>x</a>\n" } 1 .. 5000) . $evil,
	'behind 2 MB of HTML' => "$html\n" . "<p>some text</p>\n" x 140_000 . $evil,
	'behind 2 MB of HTML in base64' =>
	    "${html}Content-Transfer-Encoding: base64\n\n" .
	    encode_base64("<p>some text</p>\n" x 140_000 . $evil),
	'in an attribute too many' =>
	    "$html\n<a " . join(' ', map { "a$_" } 1 .. 1001) . substr($evil, 2),
	'in part 1,200' => multipart(1, map { "$html\n$_" } ('x') x 1200, $evil),
	'80 levels deep' => multipart(80, "$html\n$evil"),
	'in a mail beyond all parsing' => "Content-Type: text/plain\n\n" .
	    "some words in a line\n" x 250_000 . "http://www.evil.example.net/x\n",
	'in such a mail in base64' =>
	    "${html}Content-Transfer-Encoding: base64\n\n" .
	    encode_base64("<p>some text</p>\n" x 250_000 . $evil),
	'in page 300 of pages' => "$html\n" .
	    "<iframe srcdoc='<a href=//b.example>'></iframe>" x 300 .
	    "<iframe srcdoc='$evil'></iframe>",
);

# What is too large for the parser need not be so large here.
my $config = "$scratch/limits.conf";
# Sanitizers take ten times as long for each byte that is read.
my $html_bytes = $build =~ /sanitize/ ? 1 << 18 : 2 << 20;
# It is about limits of room, so that time may be as long as it can.
spew($config, "[limits]\ncell-ms=4000\nmail-bytes=4194304\nhtml-bytes=$html_bytes\n");

for my $by ('--host=evil.example.net', '--url=http://www.evil.example.net/x') {
	chapter("reported $by");
	is(vote(undef, 'report', $by)->{status}, 0, 'report');
	for my $name (sort keys %mail) {
		my $got = judge($head . $mail{$name}, "--config=$config");
		is(join(' ', grep { /reported/ } codes($got)), 'link-reported',
		    "$name it is found");
		is($got->{folder}, 'spam', "$name: spam");
		ok(scalar @{ $got->{limits} }, "$name: a limit is told");
	}
}

chapter('a host alone');
vote(undef, 'report', '--host=evil.example.net');
my $bare = judge("$head$html\n" .
    join('', map { "<a href='//a$_.com'>x</a>\n" } 1 .. 5000) .
    '<a href="http://www.evil.example.net">y</a>');
is(join(' ', grep { /reported/ } codes($bare)), 'link-reported',
    'is found without a page');

chapter('what even so is lost is told');
my $flood = "$head$html\n" .
    join('', map { "<a href='http://a$_.com'>" } 1 .. 230_000);
my $got = judge($flood, "--config=$config");
is($got->{status}, 'degraded', 'degraded');
is($got->{status_reason}, 'links-lost', 'and why');
ok(scalar(grep { $_ eq 'hosts' } @{ $got->{limits} }), 'as a limit');
isnt($got->{folder}, 'main', 'and not in main');
sub asked { # STATUS that hisho-TOOL has for --is=WORD
	return run({ in => $flood }, "hisho-$_[0]", @now, "--is=$_[1]",
	    "--config=$config")->{status};
}
is(asked('links', 'reported'), 75, 'whether one is reported is not known');
is(asked('score', 'spam'), 75, 'nor whether it is spam');
vote(undef, 'report', '--host=a7.com');
is(asked('links', 'reported'), 0, 'unless one was found that is');
is(asked('score', 'spam'), 0, 'and makes it spam');
is(asked('score', 'gray'), 75, 'for nothing else it is known');

done_testing();
