#!/usr/bin/perl
# What the fields look like: recipes read them by plain patterns.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Hisho;
use Test::More;

my @options = qw(--no-dns --no-record);
sub fields_of { return filter($_[0], 'hisho-score', @options) }

my $out = fields_of(mail('forged-amazon'));
my $told = '';
is_deeply([ grep { $_ ne $told && ($told = $_) }
	block($out) =~ /^(X-Hisho-[^:]*):/mg ],
    [ map { "X-Hisho-$_" } qw(Parse Links Route Safe Score Warning Advice
	Folder Seal) ],
    'the fields in the order of the table');
like(value($out, 'Route'), qr/^v=1; hop=1; ip=173\.82\.212\.131; helo=mail0\.amazon\.co\.jp; /,
    'names of hosts are in small letters');
is(value($out, 'Advice'), 'unrated', 'a verdict is one word');
like(value($out, 'Score'), qr{; own-route=0/0/0; }, 'trusted/distrusted/messages');

my @mails = map { slurp($_) } glob "$root/tests/mails/*.eml";
for my $mail (@mails, 'x', "Subject: \xff\n\n",
    "From: =?UTF-8?B?44GC?= <=?x?=\@\xe3\x81\x82.example>\n\n") {
	my $block = block(fields_of($mail));
	unlike($block, qr/[^\n\x20-\x7e]/, 'fields are ASCII');
	# A value is never broken: a long one has a line of its own.
	unlike($block, qr/^(?!\s\S+$).{79}/m, 'lines are folded at 78');
	unlike($block, qr/^\s*$/m, 'no line is empty');
}

my $hostile = "Received: from evil;folder=main ([192.0.2.9]) by mx;" .
    " Tue, 11 Jul 2023 08:09:16 +0900\n" .
    "From: \"a; v=2\" <a;b=c\@example.net>\nReply-To: \"x\ny\"\@example.net\n\n";
$out = fields_of($hostile);
unlike(block($out), qr/folder=main|b=c/, 'no item of a sender\'s making');

my $many = "From: a\@example.net\nContent-Type: text/html\n\n" .
    join '', map { "<a href=http://host-number-$_.example/>x</a>\n" } 1 .. 900;
$out = fields_of($many);
cmp_ok(length(value($out, 'Links')), '<', 4096, 'a field stays below 4 kB');
like(value($out, 'Links'), qr/; more=\d+$/, 'and says how much is missing');
is(pipeline($many, @options) =~ s/^X-Hisho-Seal.*(?:\R[ \t].*)*//mr,
    $out =~ s/^X-Hisho-Seal.*(?:\R[ \t].*)*//mr,
    'which the next stage finds for itself');
my $crlf = block(fields_of(mail('bank') =~ s/\n/\r\n/gr));
is(scalar(() = $crlf =~ /(?<!\r)\n/g), 0, 'CRLF in a mail with CRLF');
done_testing;
