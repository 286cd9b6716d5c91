#!/usr/bin/perl
# What makes a mail green, red or warned about, and what never may.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Hisho;
use Test::More;

my @now = ('--now=2023-07-13T09:00:00+09:00');
spew("$ENV{XDG_CONFIG_HOME}/hisho/hisho.conf",
    "[dns]\nask=no\n[route]\nauthserv-ids=mx.example.jp\n");
my ($chapters, $mails) = (0, 0);

# A new chapter begins with an empty database.
sub chapter {
	$ENV{HISHO_DATABASE} = "$scratch/db" . ++$chapters;
	note $_[0];
}

# A mail of FROM by the host IP, each another one.  OTHER may name sender (the
# envelope's), auth (our server's results) and head (more fields).
sub letter {
	my ($from, $ip, %other) = @_;
	my $name = $other{name} // 'out.sender.example';
	my $sender = $other{sender} // $from;
	$mails++;
	return join '', "Return-Path: <$sender>\n", $other{auth} ?
	    "Authentication-Results: mx.example.jp; $other{auth}\n" : '',
	    "Received: from $name ($name [$ip])\n",
	    "\tby mx.example.jp (Postfix) with ESMTPS id 4R0W$mails\n",
	    "\tfor <taro\@example.jp>; Tue, 11 Jul 2023 13:27:30 +0900 (JST)\n",
	    'From: ', $other{shown} // $from, "\n", $other{head} // '',
	    "To: taro\@example.jp\n",
	    "Date: Tue, 11 Jul 2023 13:27:27 +0900\n",
	    "Message-ID: <$mails\@sender.example>\nSubject: $mails\n\nbody\n";
}

sub receive {
	my ($mail, @options) = @_;
	return filter($mail, 'hisho-score', '--no-dns', @now, @options);
}

sub judge {
	my ($mail, @options) = @_;
	return json_of(filter($mail, 'hisho-score', '--no-dns', '--no-record',
	    @now, '--format=json', @options));
}

# Receives a new mail and votes on it.
sub vote {
	my ($action, $mail, @options) = @_;
	receive($mail, @options);
	my $result = run({ in => $mail }, 'hisho-vote', @now, @options, $action);
	return is($result->{status}, 0, "$action is taken")
	    || diag($result->{err});
}

sub advice { return judge(@_)->{advice} }
sub codes { return join ' ', sort map { $_->{code} } @{ $_[0]{warnings} } }

sub row {
	my ($object, $scope, $axis) = @_;
	my ($row) = grep { $_->{scope} eq $scope && $_->{axis} eq $axis }
	    @{ $object->{score}{rows} };
	return 'none' unless $row;
	return join '/', @$row{qw(trusted distrusted messages)};
}

chapter('services that send for others');
my %ses = map { $_ => "0100018d7a2b3c4d-1a2b3c4d-5e6f-7a8b-9c0d-00000$_\@" .
    'amazonses.com' } 1, 2;
vote('distrust', letter('spam@spam.example', '192.0.2.1', sender => $ses{1}));
is(advice(letter('shop@shop.example', '198.51.100.2', sender => $ses{2})),
    'unrated', 'one customer is not the other');
is(advice(letter('spam@spam.example', '198.51.100.2', sender => $ses{2})),
    'distrusted', 'but stays what he is');

chapter('a list is the sender');
my @talk = (head => "List-Id: Talk <Talk.lists.example>\n");
vote('distrust', letter('a@a.example', '192.0.2.1', @talk,
    sender => 'talk-return-1-taro=example.jp@lists.example'));
my $posted = judge(letter('b@b.example', '198.51.100.1', @talk,
    sender => 'talk-bounces@other.example'));
is($posted->{score}{by}, 'own-sender', 'whoever writes to it');
is((grep { $_->{axis} eq 'sender' } @{ $posted->{score}{rows} })[0]{key},
    'talk.lists.example', 'by its List-Id');

chapter('public mail providers');
vote('distrust', letter('mallory@gmail.com', '198.51.100.1'));
my $o = judge(letter('alice@gmail.com', '192.0.2.1'));
is($o->{advice}, 'unrated', 'one bad user of a provider says nothing of others');
is(row($o, $_, 'from-domain'), 'none', "$_: its domain has no row")
    for qw(own others);
is(row($o, 'own', 'sender-domain'), 'none', 'as a sender neither');
is(advice(letter('mallory@gmail.com', '192.0.2.1')), 'distrusted',
    'the address itself has');
vote('distrust', letter('mallory@sender.example', '198.51.100.1'));
is(advice(letter('alice@sender.example', '192.0.2.1')), 'distrusted',
    'other domains answer for their users');
is(run(qw(hisho-db verify))->{status}, 0, 'and the sums are right');
chapter('a network of one organisation');
vote('trust', letter('alice@sender.example', '203.0.113.10'));
is(advice(letter('alice@sender.example', '203.0.113.10')), 'trusted',
    'the route is proven');
is(advice(letter('alice@sender.example', '203.0.113.99')), 'trusted',
    'so is its network');
is(advice(letter('alice@sender.example', '198.51.100.99')), 'unrated',
    'another is not');

chapter('a network of many organisations');
receive(letter("x\@tenant$_.example", "203.0.113.$_")) for 1 .. 4;
vote('trust', letter('alice@sender.example', '203.0.113.10'));
is(advice(letter('alice@sender.example', '203.0.113.10')), 'trusted',
    'the host proves its route');
$o = judge(letter('alice@sender.example', '203.0.113.99'));
is($o->{advice}, 'unrated', 'its neighbour does not');
is($o->{advice_reason}, 'unproven-route', 'and that is the reason');
is($o->{route}{new}, 'pool', 'many share its network');
vote('permit', letter('bob@sender.example', '203.0.113.10'));
isnt(advice(letter('bob@sender.example', '203.0.113.99')), 'trusted',
    'nor does a permit by its neighbour');

chapter('a provider that everybody sends by');
my @gmail = (name => 'mail-sor-f41.google.com', auth =>
    'dkim=pass header.d=gmail.com; dmarc=pass header.from=gmail.com');
vote('trust', letter('alice@gmail.com', '209.85.220.41', @gmail));
is(advice(letter('alice@gmail.com', "209.85.220.$_")), 'unrated',
    "by $_ anybody could write this") for 41, 69;
is(advice(letter('alice@gmail.com', "209.85.220.69", @gmail)), 'trusted',
    'unless our server says that it is authentic');
is(advice(letter('bob@gmail.com', "209.85.220.41", @gmail)), 'unrated',
    'for bob nobody has voted');
vote('trust', letter('carol@gmail.com', '209.85.220.41', @gmail), '-u', $_)
    for qw(ann bob);
is(advice(letter('carol@gmail.com', '209.85.220.41')), 'unrated',
    'others prove nothing there either');
chapter('distrust in a network');
vote('distrust', letter('mallory@bad.example', '203.0.113.66'));
is(advice(letter('alice@sender.example', '203.0.113.99')), 'distrusted',
    'a bad network is bad');
receive(letter("x\@tenant$_.example", "203.0.113.$_")) for 1 .. 4;
is(advice(letter('alice@sender.example', '203.0.113.99')), 'unrated',
    'but for a shared one');
is(advice(letter('alice@sender.example', '203.0.113.66')), 'distrusted',
    'in which the bad host is bad');
is(advice(letter('mallory@bad.example', '203.0.113.99')), 'distrusted',
    'and so is the bad sender');
vote('distrust', letter('spammer@gmail.com', '209.85.220.41', @gmail));
is(advice(letter('alice@gmail.com', "209.85.220.$_", @gmail)), 'unrated',
    "one bad customer does not turn all mail by $_ red") for 41, 69;
chapter('permits and their routes');
spew("$scratch/strict.conf", "[score]\nstrict-permit=yes\n");
my @strict = ('-c', "$scratch/strict.conf");
vote('permit', letter('alice@sender.example', '203.0.113.10'));
is(codes(judge(letter('alice@sender.example', '203.0.113.99'))), '',
    'the neighbour of a permitted host may do');
receive(letter("x\@tenant$_.example", "203.0.113.$_")) for 1 .. 4;
my $stranger = letter('alice@sender.example', '203.0.113.99');
is(codes(judge($stranger)), 'permit-unproven', 'in a shared network it may not');
is(judge($stranger)->{folder}, 'main', 'but stays in main');
is(judge($stranger, @strict)->{folder}, 'gray', 'unless permits are strict');
is(codes(judge(letter('alice@sender.example', '209.85.220.41'))),
    'permit-unproven', 'nor may a host of Google');
like(codes(judge(letter('alice@sender.example', '198.51.100.1'))),
    qr/permit-forged/, 'any other is said to be forged');
my $local = letter('alice@sender.example', '127.0.0.1') =~
    s/^Received:.*?\n(?=\S)//mrs;
$o = judge($local, @strict);
is($o->{route}{why}, 'local', 'mail that came by no host');
is(codes($o), '', 'is not forged by one');
is($o->{folder}, 'main', 'and permitted, strictly too');
my $unreadable = $local =~ s/^(?=From:)/"Received: from x by mx.example.jp with " .
    "ESMTP id 1;\n\tTue, 11 Jul 2023 13:27:30 +0900\n"/mer;
$o = judge($unreadable, @strict);
is($o->{route}{why}, 'unreadable', 'a server that does not say by which host');
is(codes($o), 'permit-forged', 'does not prove that there is none');
like($o->{warnings}[0]{text}, qr/does not tell by which host/, 'it says so');
is($o->{folder}, 'gray', 'and strict permits hold such mail');

chapter('a database that cannot be read');
vote('trust', letter('alice@sender.example', '203.0.113.10'));
my $broken = "$scratch/broken";
mkdir $broken;
spew("$broken/reputation.db", "\xff" x 8192);
my $mail = letter('alice@sender.example', '203.0.113.10');
$o = judge($mail, '-d', $broken);
is($o->{advice}, 'unrated', 'nothing is advised');
is($o->{advice_reason}, 'not-applicable', 'which is not for want of votes');
is($o->{folder}, 'gray', 'the mail is in gray');
is(codes($o), 'not-analysed', 'with a caution');
is($o->{warnings}[0]{level}, 'caution', 'that is one');
is($o->{warnings}[0]{evidence}{reason}, 'reputation-unavailable', 'says why');
like($o->{warnings}[0]{text}, qr/database could not be read/, 'in words');
like(judge($mail, '-d', $broken, '--lang=ja')->{warnings}[0]{text},
    qr/\x{30c7}\x{30fc}\x{30bf}\x{30d9}\x{30fc}\x{30b9}/, 'Japanese too');
like(block(filter($mail, 'hisho-score', '--no-dns', @now, '-d', $broken)),
    qr/^X-Hisho-Warning:\s+not-analysed;\s+reason=reputation-unavailable/m,
    'and in the field');

# Alice, whom I trust, permit and have had mail from, writes by $home; so
# does her company's list.  Everything below is by somebody else.
chapter('a forged From is never green');
my $alice = 'alice@sender.example';
my ($home, $away) = ('203.0.113.10', '198.51.100.66');
my @list = (sender => 'owner@lists.example', head =>
    "List-Id: <talk.lists.example>\n");
spew("$scratch/own.conf", "[user]\naddresses=taro\@example.jp\n");
my @own = ('-c', "$scratch/own.conf");
for my $user (undef, qw(ann bob)) {
	my @user = $user ? ('-u', $user) : ();
	vote($_, letter($alice, $home), @user) for qw(trust permit);
	vote('trust', letter('bob@sender.example', '203.0.113.11'), @user);
	vote('trust', letter('carol@lists.example', '192.0.2.50', @list), @user);
	vote('trust', letter('dan@gmail.com', '209.85.220.41', @gmail), @user);
	vote('trust', letter('taro@example.jp', '192.0.2.77'), @user);
	vote('trust', letter('eve@tenant1.example', '192.0.2.129'), @user);
	vote('trust', letter('eve@tenant1.example', '2001:db8:1::1'), @user);
}
for my $net ('192.0.2.', '2001:db8:1::') {
	receive(letter("x\@tenant$_.example", "${net}13$_")) for 2 .. 6;
}
receive(letter($alice, $away)) for 1 .. 3; # a forger can send, too
is(advice(letter($alice, $home)), 'trusted', 'alice is trusted');
is(advice(letter($alice, $home, shown => $_)), 'trusted', "as $_, too")
    for 'ALICE@Sender.EXAMPLE', '"alice"@sender.example (Alice)';
is(advice(letter('carol@lists.example', '192.0.2.50', @list)), 'trusted',
    'so is the list');
is(advice(letter($alice, $home), '-u', 'cec'), 'trusted',
    'for who heard of her from two others, too');
my $received = 'Received: from out.sender.example (out.sender.example ' .
    "[$home])\n\tby mx.example.jp (Postfix) with ESMTPS id 1;\n" .
    "\tTue, 11 Jul 2023 13:27:30 +0900\n";
my $pass = 'dkim=pass header.d=sender.example; dmarc=pass ' .
    'header.from=sender.example';
my @forged = (
	(map { [ "as $_", $alice, $away, shown => $_ ] }
	    $alice, 'ALICE@SENDER.EXAMPLE', '"alice"@sender.example',
	    'alice (x) @ sender.example', '<alice@sender.example>',
	    "Alice\n <alice\@sender.example>", 'alice@sender.example.',
	    'Friends: alice@sender.example;', '<@a.example:alice@sender.example>',
	    "=?UTF-8?Q?alice?=\n <alice\@sender.example>",
	    "alice\@\xef\xbd\x93ender.example", "alice\@sender\xe3\x80\x82example",
	    'alice@sender.example, mallory@evil.example',
	    'mallory@evil.example, alice@sender.example',
	    "alice\@sender.example\nFrom: mallory\@evil.example",
	    "mallory\@evil.example\nFrom: alice\@sender.example"),
	(map { [ "by my friend's host as $_", $alice, $home, shown => $_ ] }
	    'alice@sender.example, mallory@evil.example',
	    "alice\@sender.example\nFrom: mallory\@evil.example",
	    '"alice@sender.example" <mallory@evil.example>'),
	[ 'a neighbour of her company', 'bob@sender.example', $away ],
	[ 'nobody of her company', 'nobody@sender.example', $away ],
	[ 'below her company', 'alice@mail.sender.example', $away ],
	[ 'her as the Sender', 'mallory@evil.example', $away,
	    sender => $alice, head => "Sender: $alice\n" ],
	[ 'her as the envelope sender', $alice, $away, sender => $alice ],
	[ 'a trusted list, from afar', $alice, $away, @list ],
	[ 'a trusted list and its own From', 'carol@lists.example', $away, @list ],
	[ 'her by a trusted list', 'alice@elsewhere.example', '192.0.2.50', @list ],
	[ 'the bank by a trusted list', 'info@bank.example', '192.0.2.50', @list ],
	[ 'her route below ours', $alice, $away, head => $received ],
	[ "her host's name", $alice, $away, name => 'out.sender.example' ],
	[ 'results below ours', $alice, $away,
	    head => "Authentication-Results: mx.example.jp; $pass\n" ],
	[ "another server's results", $alice, $away,
	    auth => "x; dkim=none\nAuthentication-Results: evil.example; $pass" ],
	[ 'results for mallory', $alice, $away, auth =>
	    'dkim=pass header.d=evil.example; spf=pass smtp.mailfrom=evil.example' ],
	[ 'results that failed', $alice, $away, auth =>
	    'dkim=fail header.d=sender.example; dmarc=fail header.from=sender.example' ],
	[ 'our own fields', $alice, $away,
	    head => "X-Hisho-Advice: trusted\nX-Hisho-Folder: main\n" ],
	[ 'a customer of Gmail', 'dan@gmail.com', '209.85.220.41' ],
	[ 'another host of Gmail', 'dan@gmail.com', '209.85.128.9' ],
	[ 'the other family of Gmail', 'dan@gmail.com', '2607:f8b0::9' ],
	[ 'his neighbour at Gmail', 'mallory@gmail.com', '209.85.220.41', @gmail ],
	[ 'his neighbour, himself the Sender', 'mallory@gmail.com',
	    '209.85.220.41', @gmail, sender => 'dan@gmail.com' ],
	[ 'her by Gmail', $alice, '209.85.220.41' ],
	[ 'a tenant in a shared network', 'eve@tenant1.example', '192.0.2.200' ],
	[ 'its IPv6 network', 'eve@tenant1.example', '2001:db8:1::99' ],
	[ 'another tenant on the host', 'eve@tenant2.example', '192.0.2.129' ],
	[ 'my own address', 'taro@example.jp', $away, @own ],
	[ 'my own address in a shared network', 'taro@example.jp', '192.0.2.78' ],
);
for my $user (undef, 'cec') { # who has heard of it all from others
	for (@forged) {
		my ($name, $from, $ip, @how) = @$_;
		isnt(advice(letter($from, $ip, @how), $user ? ('-u', $user) : ()),
		    'trusted', $name =~ s/\n\s*/ | /r . ' does not fool ' .
		    ($user // 'me'));
	}
}

done_testing;
