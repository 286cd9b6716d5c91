#!/usr/bin/perl
# What DNS says of a host and of a sender: by a real name server behind a real
# resolver, by dead ones and by liars.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Hisho;
use Dns;
use Test::More;
use Time::HiRes qw(time);

my $reason = why_no_servers();
plan skip_all => $reason if $reason;

my $port = start_resolver(slurp("$root/tests/cases/dns.zone"));
my @now = ('--now=2023-07-11T13:30:00+09:00');
my @ask = (@now, "--dns-server=127.0.0.1:$port");

# A mail that the host IP handed over as HELO, from FROM.
sub letter {
	my ($ip, $helo, $from, $more) = @_;
	return "Received: from $helo (unknown [$ip])\n" .
	    "\tby mx.example.jp (Postfix) with ESMTP id 4R0W\n" .
	    "\tfor <taro\@example.jp>; Tue, 11 Jul 2023 13:27:30 +0900\n" .
	    "Date: Tue, 11 Jul 2023 13:27:27 +0900\nFrom: $from\n" .
	    "To: taro\@example.jp\nSubject: hello\n" .
	    ($more // '') . "Message-ID: <1.$from>\n\nHello.\n";
}

sub route_of {
	my ($mail, @options) = @_;
	return json_of(filter($mail, 'hisho-route', '--format=json',
	    @options))->{route};
}

# "forward reverse name from-mail" as hisho-route finds them.
sub results {
	my $route = route_of(@_);
	my $dns = $route->{dns} // {};
	return join ' ', $route->{forward}, $route->{reverse},
	    $dns->{ptr} // '-', $dns->{from_mail} // '-';
}

my $from = 'a@good.example';
my @cases = (
	['a host as it should be', '192.0.2.1', 'mx.good.example', $from,
	    'pass pass mx.good.example pass'],
	['the same by IPv6', '2001:db8::1', 'mx6.good.example', $from,
	    'pass pass mx6.good.example pass'],
	['the name of another', '192.0.2.2', 'mx.good.example', $from,
	    'fail fail mx.good.example pass'],
	['no name at all', '192.0.2.3', 'mail0.bank.example', $from,
	    'fail none - pass'],
	['twenty names, which take TCP', '192.0.2.4', 'nowhere.example', $from,
	    'fail pass host.customer-number-17.example pass'],
	['nobody tells of it', '192.0.2.5', 'host.silent.example', $from,
	    'temperror temperror host.silent.example pass'],
	['aliases', '192.0.2.6', 'alias.good.example', $from,
	    'pass pass alias.good.example pass'],
	['names that no host has', '192.0.2.7', 'under_score.example', $from,
	    'fail fail invalid pass'],
	['a name server in trouble', '192.0.2.8', 'host.servfail.example',
	    'a@servfail.example',
	    'temperror temperror host.servfail.example temperror'],
	['aliases without an end', '192.0.2.3', 'loop.example', $from,
	    'temperror none - pass'],
	['an address as name', '192.0.2.3', '[192.0.2.3]', $from,
	    'none none - pass'],
	['a single label', '192.0.2.3', 'localhost', $from, 'fail none - pass'],
	['a domain that takes no mail', '192.0.2.3', 'x.example',
	    'a@null.example', 'fail none - fail'],
	['a domain with an address', '192.0.2.3', 'x.example',
	    'a@plain.example', 'fail none - pass'],
	['a domain with an IPv6 address', '192.0.2.3', 'x.example',
	    'a@plain6.example', 'fail none - pass'],
	['a domain that is dead', '192.0.2.3', 'x.example', 'a@dead.example',
	    'fail none - none'],
	['a domain that is not there', '192.0.2.3', 'x.example',
	    'a@nowhere.example', 'fail none - none'],
	['a host of a private network', '10.0.0.1', 'x.example',
	    'a@plain.example', 'not-checked not-checked - pass'],
);
for my $case (@cases) {
	my ($name, $ip, $helo, $address, $expected) = @$case;
	my @client = ("--client-ip=$ip", "--helo=$helo");
	my $mail = "From: $address\nDate: Tue, 11 Jul 2023 13:27:27 +0900\n\nx\n";
	is(results($mail, @ask, @client), $expected, $name);
}
ok(unpack('x2n', ask_raw($port, '4.2.0.192.in-addr.arpa', 12)) & 0x200,
    'the twenty do not fit into a datagram');
my @asked = questions();
is_deeply([grep { !/^[A-Za-z0-9.-]+ (?:A|AAAA|MX|PTR)$/ } @asked], [],
    'only names of hosts are asked for');
is_deeply([grep { /localhost|10\.in-addr|invalid|score/ } @asked], [],
    'nor what nobody else has to know');

# The whole of one message.
my $mail = letter('192.0.2.1', 'mx.good.example', $from,
    "Reply-To: b\@dead.example\n");
my $conf = spew("$scratch/dns.conf",
    "[dns]\nservers=127.0.0.1:$port\norigin-zone=origin.example\n");
my $dns = route_of($mail, '-c', $conf, @now,
    '--envelope-from=c@null.example')->{dns};
is_deeply([@$dns{qw(reply_mail envelope_mail asn country)}],
    ['none', 'fail', '64500', 'JP'], 'other domains, and the origin');
like(value(filter($mail, 'hisho-route', '-c', $conf, @now), 'Route'),
    qr/forward=pass; reverse=pass; ptr=mx\.good\.example; from-mail=pass;/,
    'the field says so');

# Who asks, and who does not.
sub asks {
	my $before = questions();
	run({ in => letter('192.0.2.1', 'mx.good.example', $from) }, @_);
	return questions() - $before;
}
is(asks("hisho-$_", '-n', @ask), 0, "hisho-$_ asks nobody")
    for qw(parse links safe);
is(asks('hisho-score', '-n', @ask, '--no-dns'), 0, '--no-dns asks nobody');
is(asks(qw(hisho-vote trust), @now), 0, 'a vote asks nobody');
is(asks('hisho-score', '-n', @now), 0,
    'ask=no in the configuration asks nobody');
# PTR, A; MX, A, AAAA.
is(asks('hisho-score', '-n', @ask), 5, 'hisho-score asks five questions');

# Earlier stages are believed; recorded answers too, until told otherwise.
my $deaf = '--dns-server=127.0.0.1:' . deaf_port();
my $lie = letter('192.0.2.2', 'mx.good.example', $from);
my $routed = filter($lie, 'hisho-route', '-n', @ask);
$ENV{HISHO_DATABASE} = "$scratch/receipts";
my $piped = filter($lie, 'hisho-parse', '-n', @ask);
$piped = filter($piped, "hisho-$_", '-n', @ask) for qw(links route);
$piped = filter($piped, "hisho-$_", '-n', @now, $deaf) for qw(safe score);
my $once = filter($lie, 'hisho-score', '-n', @ask);
is(scalar value($piped, $_), scalar value($once, $_),
    "the pipeline asks once: $_") for qw(Route Score Folder);
is_deeply([value($piped, 'Warning')], [value($once, 'Warning')],
    'the pipeline asks once: Warning');
filter($lie, 'hisho-score', @ask);
my @later = ('--now=2026-07-11T13:30:00+09:00', $deaf);
is(results($lie, @later), 'fail fail mx.good.example pass',
    'what was recorded is not asked again');
is(route_of($lie, @later)->{measured}, 'receipt', 'it says when it was');
is(results($lie, '--no-dns'), 'fail fail mx.good.example pass',
    'nor with --no-dns');
is(results($lie, @later, '--again'), 'temperror temperror - temperror',
    '--again asks again');
is(route_of($lie, @later, '--again')->{measured}, 'now', 'which is now');
is(results(letter('192.0.2.3', 'mx.good.example', $from), @later),
    'temperror temperror - temperror', 'of another host nothing was recorded');

# What it gives rise to.
my $forged = letter('192.0.2.3', 'mail0.bank.example', 'info@bank.example');
sub codes {
	return join ' ', map { $_->{code} } @{ json_of(filter($_[0],
	    'hisho-score', '-n', '--format=json', @_[1 .. $#_]))->{warnings} };
}
is(codes($forged, @ask), 'helo-forged dns-reverse-failed',
    'a host that lies is told of');
is((value(filter($forged, 'hisho-score', '-n', @ask), 'Warning'))[0],
    'helo-forged; ip=192.0.2.3; helo=mail0.bank.example', 'in its field');
is(codes($forged, "--dns-server=127.0.0.1:$port",
    '--now=2023-08-11T13:30:00+09:00'), '',
    'not of an old mail that nothing was recorded of');
is(codes($forged, @now, $deaf), '', 'nor if nobody can tell');
is(codes(letter('192.0.2.1', 'mx.good.example', 'a@null.example'), @ask),
    'sender-domain-dead', 'a sender that takes no mail');
filter($forged, 'hisho-score', @ask);
isnt(run({ in => $forged }, qw(hisho-vote trust), @now)->{status}, 0,
    'nobody trusts it unawares');
is(codes($forged, @later), 'helo-forged dns-reverse-failed',
    'what was found at the receipt is told years later');
like(filter($forged, 'hisho-score', '-n', '--format=report', '--lang=en',
    @later), qr/DNS forward: fail, reverse: none/, 'the page shows both');

like(filter($mail, 'hisho-score', '-n', '--format=report', '-c', $conf, @now),
    qr/\[192\.0\.2\.1\]  DNS forward: pass, reverse: pass
(?:.*\n)* +DNS name +mx\.good\.example\n +country +JP\n/, 'and more if there is');

my $few = spew("$scratch/few.conf",
    "[dns]\nservers=127.0.0.1:$port\n[limits]\ndns-names=4\n");
my $crowd = letter('192.0.2.4', 'host.customer-number-20.example', $from);
is(codes($crowd, '-c', $few, @now), 'limit-reached',
    'more names than may be asked for');
is(results(letter('192.0.2.4', 'nowhere.example', $from), '-c', $few, @now),
    'fail temperror host.customer-number-01.example pass',
    'of which nobody knows');

# Hosts go by their names, where these hold.
$ENV{HISHO_DATABASE} = "$scratch/names";
sub grade {
	my ($ip, $helo) = @_;
	return json_of(filter(letter($ip, $helo, $from, "X-Host: $helo\n"),
	    'hisho-score', '-n', '--format=json', @ask))->{route}{new};
}
is(grade('192.0.2.1', 'mx.good.example'), 'first', 'the first mail');
filter($mail, 'hisho-score', @ask);
is(grade('198.51.100.7', 'mx2.good.example'), 'same-organization',
    'another host of the same name');
is(grade('203.0.113.8', 'mx3.good.example'), 'unrelated',
    'not one that says so');
is(grade('203.0.113.7', 'o7.sendgrid.net'), 'pool', 'a pool by its name');
is(run('hisho-db', 'verify')->{status}, 0, 'the sums know them, too');

# Servers that are not there, or do not answer, or lie.
$ENV{HISHO_DATABASE} = "$scratch/servers";
sub timed {
	my @arguments = @_;
	my $start = time;
	return (results(@arguments), time - $start);
}
my $nothing = 'temperror temperror - temperror';
my ($result, $seconds) = timed($mail, @now, '--dns-server=127.0.0.1:' .
    silent_server());
is($result, $nothing, 'a server that is silent');
cmp_ok($seconds, '<', 2.5, 'takes no more than the deadline');
($result, $seconds) = timed($mail, @now, '--dns-timeout=200',
    '--dns-server=127.0.0.1:' . silent_server());
is($result, $nothing, 'a shorter deadline');
cmp_ok($seconds, '<', 1.2, 'is kept');
($result, $seconds) = timed($mail, @now, '--dns-timeout=60000',
    '--dns-server=127.0.0.1:' . silent_server());
cmp_ok($seconds, '<', 5, "a longer one is not the filter's");
($result, $seconds) = timed($mail, @now, '--dns-timeout=300',
    '--dns-server=127.0.0.1:' . cutting_server());
is($result, $nothing, 'a server that cuts answers and speaks no TCP');
cmp_ok($seconds, '<', 1.5, 'is not waited for either');
is(results($mail, @now, '--dns-server=127.0.0.1:' . cutting_server($port)),
    'pass pass mx.good.example pass', 'one that is slow by TCP is asked again');
($result, $seconds) = timed($mail, @now, $deaf);
is($result, $nothing, 'a server that is not there');
cmp_ok($seconds, '<', 1, 'is soon known');
is(results($mail, @now, '--dns-timeout=1500', $deaf,
    "--dns-server=127.0.0.1:$port"), 'pass pass mx.good.example pass',
    'the second server answers');
is(results($mail, @now, '--dns-server=127.0.0.1:' . liar($port, 0.1)),
    'pass pass mx.good.example pass', 'lies are passed over');
is(results($mail, @now, '--dns-timeout=300',
    '--dns-server=127.0.0.1:' . liar($port)), $nothing,
    'and are not believed for want of the truth');

# Options that make no sense.
for my $option (qw(--dns-server=ns.example --dns-server=127.0.0.1:0
    --dns-timeout=0 --dns-timeout=x)) {
	my $run = run({ in => $mail }, 'hisho-route', $option);
	is("$run->{status} $run->{out}", '75 ', "$option is refused");
}

# Few are on their way at a time, so that no server drops them.
is(run("$build/tests/bench/dns-names", $port,
    map { "n$_.many.example" } 1 .. 450)->{status}, 0, 'hundreds of names');

my $silent = silent_server();
run('timeout', '1', "$build/tests/bench/dns-names", $silent,
    map { "n$_.many.example" } 1 .. 200);
cmp_ok(heard($silent), '<=', 100, 'no more than a hundred at a time');

# Many mails: every question once, and a dead server is soon known.
my $mbox = join '', map { "From a\@b Tue Jul 11 13:27:30 2023\n" .
    letter('192.0.2.1', 'mx.good.example', $from, "X-Number: $_\n") .
    "\n" } 1 .. 8;
my $path = spew("$scratch/mbox", $mbox);
my $before = questions();
my @objects = json_of(filter('', 'hisho-route', '--format=json', '--mbox',
    @ask, $path));
is_deeply([map { "$_->{route}{forward} $_->{route}{reverse}" } @objects],
    [('pass pass') x 8], 'many mails');
is(questions() - $before, 5, 'ask the same once');
my $start = time;
@objects = json_of(filter('', 'hisho-route', '--format=json', '--mbox',
    @now, '--dns-server=127.0.0.1:' . silent_server(), $path));
is_deeply([map { $_->{route}{reverse} } @objects], [('temperror') x 8],
    'many mails and a silent server');
cmp_ok(time - $start, '<', 4, 'which is waited for once');
$path = spew("$scratch/mbox", "From a\@b Tue Jul 11 13:27:30 2023\n" .
    letter('192.0.2.9', 'host.silent.example', 'a@silent.example') . "\n$mbox");
@objects = json_of(filter('', 'hisho-route', '--format=json', '--mbox',
    @now, '--dns-timeout=400', "--dns-server=127.0.0.1:$port", $path));
is_deeply([map { $_->{route}{reverse} } @objects],
    ['temperror', ('pass') x 8], 'a mail full of dead names harms no other');

done_testing;
