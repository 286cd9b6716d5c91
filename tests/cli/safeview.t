#!/usr/bin/perl
# --format=text: a mail to be read where nothing can happen.
use strict;
use warnings;
use utf8;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Hisho;
use Encode qw(decode_utf8 encode_utf8);
use Test::More;

my @options = qw(--no-dns --no-record --format=text);
sub view {
	my ($mail, @more) = @_;
	return decode_utf8(scalar filter(encode_utf8($mail), 'hisho-parse',
	    @options, @more));
}
my $head = "From: Taro <taro\@example.com>\nTo: me\@example.org\n" .
    "Subject: news of http://evil.example/\n";
my $html = "${head}Content-Type: text/html; charset=utf-8\n\n";

my $page = view("$head\nSee http://evil.example/a.b, 3.14 of it.\n");
like($page, qr/^From: Taro <taro\@example\.com>\nTo: <me\@example\.org>\n/,
    'who wrote to whom');
like($page, qr/^Subject: news of hxxp:\/\/evil\[\.\]example\/$/m,
    'no link in the subject');
like($page, qr/^See hxxp:\/\/evil\[\.\]example\/a\[\.\]b, 3\.14 of it\.$/m,
    'none in the text, whose other dots stay');
like($page, qr/^\[Links and attachments are disabled here/m,
    'the notice that all is disabled');
like(view("$head\nx\n", '--lang=ja'), qr/^\[ここではリンクと添付ファイルは無効/m,
    'the same in Japanese');

$page = view("$html<title>t</title><p>One\n  <b>two</b> three<p>four<br>" .
    "five<div hidden>never</div><!-- never --><script>never</script>" .
    "<a href='http://evil.example/x'>www.bank.example</a>");
like($page, qr/^One two three\n\nfour\nfive\n\nwww\[\.\]bank\[\.\]example\n/m,
    'paragraphs and lines of HTML, as they are shown');
unlike($page, qr/never/, 'and not what is hidden');
like($page, qr{^  www\[\.\]bank\[\.\]example: hxxp://evil\[\.\]example/x$}m,
    'where its links lead');

my $parts = "${head}Content-Type: multipart/mixed; boundary=b\n\n--b\n" .
    "Content-Type: multipart/alternative; boundary=c\n\n" .
    "--c\n\nthe plain one\n--c\nContent-Type: text/html\n\nthe other one\n" .
    "--c--\n--b\nContent-Type: text/plain; name=a.txt\n" .
    "Content-Disposition: attachment\n\nan attached one\n" .
    "--b\nContent-Type: text/html; name=a.html\n" .
    "Content-Disposition: attachment\n\na page\n--b\n\nthe last one\n--b--\n";
$page = view($parts);
like($page, qr/^the other one\n\nthe last one\n/m,
    'of alternatives the last, and all that follows');
unlike($page, qr/plain one|attached one|a page/, 'and no attachment');
like($page, qr/^  a\.txt  text\/plain, \d+ bytes\n  a\.html  text\/html/m,
    'whose names are told');

like(view("$html<img src=x.png>"), qr/^\(the mail shows no text\)$/m,
    'a mail of pictures has no text');
$page = view("$head\n\e[31mred \x{202e}txt.exe \x{9b}0m\r\n" .
    "あ" x 100 . "\n");
unlike($page, qr/[\x00-\x09\x0b-\x1f\x7f-\x9f\x{202e}]/,
    'nothing that steers a terminal');
is(scalar(grep { length > 39 } grep { /^あ/ } split /\n/, $page), 0,
    'no line is wider than 78 columns');
like(view($html . "<p>x" x 200_000), qr/^x$/m, 'of a huge mail the beginning');

like(run(qw(hisho-links --format=text x.eml))->{err},
    qr/--format: hisho-links does not print 'text'/, 'not all stages print it');
is(scalar(() = filter($parts, 'hisho-score', @options) =~ /the other one/g), 1,
    'hisho-score shows it as well');
done_testing;
