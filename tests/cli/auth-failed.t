#!/usr/bin/perl
# Our own server found that From is not authentic: when that is a danger, and
# how often it is nothing.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Hisho;
use Test::More;

my @now = ('--now=2024-02-06T12:00:00+09:00');
my $config = "[dns]\nask=no\n[route]\nauthserv-ids=mx.example.jp\n";
my $conf = spew("$ENV{XDG_CONFIG_HOME}/hisho/hisho.conf", $config);
my $ours = spew("$scratch/ours", $config .
    "trusted-networks=198.51.100.7\n");

sub received {
	my ($ip, $by, $with) = @_;
	return "Received: from out.example (out.example [$ip])\n" .
	    "\tby $by (Postfix) with " . ($with // 'ESMTPS') . " id 1\n" .
	    "\tfor <taro\@example.jp>; Tue, 6 Feb 2024 10:20:30 +0900\n";
}

my $here = received('192.0.2.66', 'mx.example.jp');
my $google = "Received: from out.example (out.example. [192.0.2.66])\n" .
    "\tby mx.google.com with ESMTPS id 3; Tue, 6 Feb 2024 10:20:30 +0900\n";
my $microsoft = "Received: from out.example (192.0.2.66) by\n" .
    " VE1EUR01FT025.mail.protection.outlook.com (10.152.2.232) with Microsoft\n" .
    " SMTP Server id 15.20.1; Tue, 6 Feb 2024 01:20:30 +0000\n";
my $before = received('203.0.113.5', 'relay.example');

sub results { return "Authentication-Results: $_[0]\n" }
sub checked { return results("mx.example.jp; $_[0]") . $here }

# A mail of FROM below the fields in HEAD.
sub letter {
	my ($head, $from, $more) = @_;
	return $head . 'From: ' . ($from // 'info@bank.example') . "\n" .
	    ($more // '') . "To: taro\@example.jp\nSubject: hello\n" .
	    "Date: Tue, 6 Feb 2024 10:20:27 +0900\n" .
	    "Message-ID: <1\@bank.example>\n\nHello.\n";
}

sub judge {
	my ($mail, @options) = @_;
	return json_of(filter($mail, 'hisho-score', '--no-dns', '--no-record',
	    @now, '--format=json', @options));
}

sub told {
	my ($told) = grep { $_->{code} eq 'auth-failed' }
	    @{ judge(@_)->{warnings} };
	return $told;
}

sub reason { return (told(@_) // { evidence => { reason => '' } })
    ->{evidence}{reason} }

my $refused = 'spf=none smtp.mailfrom=evil.example; dkim=none; ' .
    'dmarc=fail (p=reject dis=none) header.from=bank.example';
my $disowned = 'spf=fail smtp.mailfrom=info@bank.example; dkim=none';

my $warning = told(letter(checked($refused)));
is($warning->{level}, 'danger', 'what the domain wants refused is a danger');
is_deeply($warning->{evidence}, { from => 'info@bank.example',
	domain => 'bank.example', ip => '192.0.2.66', by => 'mx.example.jp',
	spf => 'none', dkim => 'none', dmarc => 'fail', reason => 'reject' },
    'with all that is known of it');
like($warning->{text}, qr/could not confirm that this mail is from bank\.ex/,
    'in words');
like(told(letter(checked($refused)), '--lang=ja')->{text},
    qr/\x{8a50}\x{79f0}/, 'Japanese too');
my $field = value(filter(letter(checked($refused)), 'hisho-score', '--no-dns',
    '--no-record', @now), 'Warning');
is($field, 'auth-failed; from=info@bank.example; domain=bank.example; ' .
    'ip=192.0.2.66; by=mx.example.jp; spf=none; dkim=none; dmarc=fail; ' .
    'reason=reject', 'and in the field');
like(told(letter(checked($disowned)))->{text}, qr/does not send by 192\.0\.2\.66/,
    'what it does not send is one');

# Forms of verifiers, and what they come to.
my @forms = (
	[ 'quarantine' => checked('dmarc=fail (p=quarantine dis=none) ' .
	    'header.from=bank.example'), 'OpenDMARC' ],
	[ '' => checked('dmarc=fail (p=none dis=none) ' .
	    'header.from=bank.example'), 'OpenDMARC, a domain that looks on' ],
	[ 'reject' => checked('dmarc=fail reason="SPF not aligned (relaxed)" ' .
	    'header.from=bank.example (policy=reject)'), 'rspamd' ],
	[ '' => checked('dmarc=fail header.from=bank.example'),
	    'Exim, who does not tell the policy' ],
	[ 'reject' => $google . results('mx.google.com; spf=softfail ' .
	    '(google.com: x) smtp.mailfrom=a@bank.example; dmarc=fail ' .
	    '(p=REJECT sp=REJECT dis=REJECT) header.from=bank.example'), 'Gmail' ],
	[ '' => $google . results('mx.google.com; dmarc=fail (p=REJECT ' .
	    'sp=REJECT dis=NONE) header.from=bank.example'),
	    'Gmail, which knows better' ],
	[ 'reject' => results('spf=none (sender IP is 192.0.2.66) ' .
	    'smtp.mailfrom=evil.example; dkim=none (message not signed) ' .
	    'header.d=none;dmarc=fail action=oreject header.from=bank.example;' .
	    'compauth=fail reason=000') . $microsoft, 'Microsoft' ],
	[ '' => results('dmarc=fail action=oreject header.from=bank.example;' .
	    'compauth=pass reason=130') . $microsoft,
	    'Microsoft, which knows the forwarder' ],
	[ '' => results('dmarc=fail action=none header.from=bank.example;' .
	    'compauth=fail reason=001') . $microsoft,
	    'Microsoft, and a domain that looks on' ],
);
for (@forms) {
	my ($reason, $head, $name) = @$_;
	is(reason(letter($head)), $reason, $name);
}

# Mail as it comes every day.
my @daily = (
	[ 'forwarded by somebody, SPF broken', checked('dkim=pass ' .
	    'header.d=bank.example; spf=fail smtp.mailfrom=info@bank.example; ' .
	    'dmarc=pass (p=reject) header.from=bank.example') . $before ],
	[ 'forwarded, and never signed', checked($disowned) . $before ],
	[ 'of a mailing list', checked($refused), undef,
	    "List-Id: <talk.lists.example>\n" ],
	[ 'forwarded with a seal', checked("arc=pass (i=1); $refused") . $before ],
	[ 'by a server of ours, forwarded', results("mx.example.jp; $refused") .
	    received('198.51.100.7', 'mx.example.jp') . $before, undef, undef,
	    '-c', $ours ],
	[ 'of a colleague on his way', results("mx.example.jp; $disowned") .
	    received('192.0.2.66', 'mx.example.jp', 'ESMTPSA') ],
	[ 'while the DNS was away', checked('spf=fail ' .
	    'smtp.mailfrom=info@bank.example; dkim=temperror; dmarc=fail ' .
	    '(p=reject)') ],
	[ 'of a domain without SPF', checked('spf=none ' .
	    'smtp.mailfrom=info@bank.example; dkim=none; dmarc=none') ],
	[ 'softfail', checked('spf=softfail smtp.mailfrom=info@bank.example; ' .
	    'dkim=none; dmarc=fail (p=none)') ],
	[ 'sent by a service under its own name', checked('spf=fail ' .
	    'smtp.mailfrom=b@service.example; dkim=none; dmarc=none') ],
	[ 'the results of a stranger', results("evil.example; $refused") . $here ],
	[ 'results that the sender wrote', $here .
	    results("mx.example.jp; $refused") ],
	[ 'two authors', checked($refused), 'a@bank.example, b@bank.example' ],
	[ 'nothing was tested', $here ],
);
for (@daily) {
	my ($name, $head, $from, $more, @options) = @$_;
	is(reason(letter($head, $from, $more), @options), '', "nothing: $name");
}
is(reason(letter(results("mx.example.jp; $refused") .
    received('198.51.100.7', 'mx.example.jp') . $before)), 'reject',
    'a forwarder that nobody said is ours');

# It holds up a trust, and is not told where that was given all the same.
my $mail = letter(checked($refused));
filter($mail, 'hisho-score', '--no-dns', @now);
isnt(run({ in => $mail }, 'hisho-vote', @now, 'trust')->{status}, 0,
    'trust asks back');
is(run({ in => $mail }, 'hisho-vote', @now, 'trust', '--despite-warnings')
    ->{status}, 0, 'and can be given');
is(reason($mail), '', 'then it is known by that host');
is(reason(letter(results("mx.example.jp; $refused") .
    received('203.0.113.9', 'mx.example.jp'))), 'reject',
    'by another it is not');
done_testing;
