#!/usr/bin/perl
# The same mail is the same wherever it lies, and no other mail is it.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Hisho;
use Vote;
use Test::More;

my $from = 'hanako@b.example';
my $line = "From $from Tue Jul 11 04:27:30 2023\n";
my $mail = letter($from, '192.0.2.1') .
    "From here on,\n>From there on,\n>>From afar.\n\xe3\x81\x82\n";

sub crlf { return $_[0] =~ s/\n/\r\n/gr }
sub add { my ($bytes, $fields) = @_; return $bytes =~ s/^(?=Date:)/$fields/mr }
sub quoted { return $line . $_[0] =~ s/^(>*From )/>$1/mgr . "\n" }

# The votes by host, as "192.0.2.1=trust", in order.
sub votes {
	return join ' ', map { /^ledger \S+ \S+ ?(\S*)\t.*"vote":"(\w+)"/ ?
	    "$1=$2" : () } split /\n/, dump_all();
}
sub ledger { return scalar(() = dump_all() =~ /^ledger /mg) }

chapter('what the filter passed on');
my $passed = filter($mail, 'hisho-score', '--no-dns', @now);
like($passed, qr/^X-Hisho-Advice: unrated/m, 'with fields of ours');
my $received = dump_all();
my %there = (
	'as it came' => $mail,
	'as the filter passed it on' => $passed,
	'in an IMAP store' => crlf($passed),
	'there, read and answered' => add(crlf($passed),
	    "Status: RO\r\nX-Status: AF\r\nX-Keywords: \$Junk\r\n" .
	    "X-UID: 17\r\n"),
	'with our fields at another place' => $mail =~
	    s/^(?=Subject:)/X-Hisho-Advice: trusted\nX-Hisho-Seal: x\n/mr,
	'with fields of those who keep it' => "Return-Path: <$from>\n" .
	    "Delivered-To: taro\@example.jp\n$passed",
	'behind its From_ line' => $line . $passed,
	'without its last line end' => $mail =~ s/\n\z//r,
	'with empty lines behind it' => "$mail\n\n",
	'with its fields folded otherwise' => $mail =~
	    s/^(Subject:) /$1\n /mr,
	'in old line ends' => $mail =~ s/\n/\r/gr,
);
for my $place (sort keys %there) {
	is(vote($there{$place}, 'trust')->{status}, 0, $place);
	is(votes(), '192.0.2.1=trust', 'it is voted on');
	is(vote($mail, 'undo')->{status}, 0, 'undo');
	is(dump_all(), $received, 'and was this very mail');
}
my $other = letter('x@y.example', '192.0.2.9');
my $folder = "$scratch/Maildir";
mkdir for $folder, map { "$folder/$_" } qw(new cur tmp);
spew("$folder/cur/1.host:2,RS", crlf($passed));
my $length = length crlf($mail =~ s/.*?\n\n//sr);
my %files = (
	'in an mbox, quoted' => ['-M', '--nth=2', spew("$scratch/rd",
	    quoted($other) . quoted($passed))],
	'in one that quotes once' => ['-M', '--nth=2', spew("$scratch/o",
	    quoted($other) . $line . $passed =~ s/^From here/>$&/mr . "\n")],
	'in one with lengths and CRLF' => ['-M', '--nth=1',
	    spew("$scratch/cl2", crlf($line . add($mail,
	    "Content-Length: $length\n") . "\n" . quoted($other)))],
	'in a Maildir' => [$folder],
);
for my $place (sort keys %files) {
	is(vote(undef, 'distrust', @{ $files{$place} })->{status}, 0, $place);
	is(votes(), '192.0.2.1=distrust', 'it is voted on');
	vote(undef, 'undo', @{ $files{$place} });
	is(dump_all(), $received, 'and was this very mail');
}

chapter('the same Message-ID on two mails');
my %twins = (
	'another text' => $mail =~ s/Hello/Hallo/r,
	'another From' => $mail =~ s/^From: \Q$from/From: other\@b.example/mr,
	'another subject' => $mail =~ s/^Subject: \K/Re: /mr,
	'another date' => $mail =~ s/^(Date: .*):27 /$1:28 /mr,
	'another recipient' => $mail =~ s/^To: \K/x\@y.example, /mr,
	'another reply' => $mail =~ s/^(?=To:)/Reply-To: x\@y.example\n/mr,
);
my $digest = received($mail);
vote($mail, 'trust');
my $before = dump_all();
for my $twin (sort keys %twins) {
	isnt(received($twins{$twin}), $digest, "$twin: another mail");
	is(votes(), '192.0.2.1=trust', 'which has no vote');
	vote($twins{$twin}, 'distrust');
	is(votes() =~ tr/=//, 2, 'but may have its own');
	like(votes(), qr/=trust/, 'the first keeps its');
	vote($twins{$twin}, 'undo');
}
is(ledger(), 1 + keys %twins, 'each is kept');

chapter('a verbatim copy, resent by another host');
is(received($mail), $digest, 'came first');
vote($mail, 'trust');
my $first = (grep { /^ledger/ } split /\n/, dump_all())[0];
my $resent = $mail =~ s/192\.0\.2\.1\b/203.0.113.66/r;
is(received($resent), $digest, 'it is the same mail');
is(ledger(), 2, 'and another receipt');
is(votes(), '192.0.2.1=trust', 'without a vote');
isnt(judge($resent)->{advice}, 'trusted', 'nor trusted');
is(vote($resent, 'distrust')->{status}, 0, 'it can be distrusted');
is(votes(), '192.0.2.1=trust 203.0.113.66=distrust', 'by itself');
is((grep { /^ledger/ } split /\n/, dump_all())[0], $first,
    'the first is untouched');
is(judge($mail)->{route}{ip}, '192.0.2.1', 'which is still told from it');
vote(undef, 'undo', '-M', spew("$scratch/both", quoted($mail)));
is(votes(), '', 'undo takes back what I said of the mail');
done_testing;
