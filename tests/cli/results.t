#!/usr/bin/perl
# Whose Authentication-Results are believed: our own server's, no others.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Hisho;
use Test::More;

my $config = spew("$scratch/config", "[route]\n" .
    "authserv-ids=mx.example.jp;\nown-hosts=filter.example.jp;\n");
my $milter = spew("$scratch/milter", "[route]\n" .
    "authserv-ids=mx.example.jp;\nauthserv-below=yes\n");

my $nothing = spew("$scratch/nothing", '');

my $pass = 'dkim=pass header.d=bank.example; spf=pass ' .
    'smtp.mailfrom=info@bank.example; dmarc=pass header.from=bank.example';
my $fail = 'dkim=fail header.d=bank.example; dmarc=fail ' .
    'header.from=bank.example';
my $ours = "Received: from evil.example (unknown [192.0.2.66])\n" .
    "\tby mx.example.jp (Postfix) with ESMTP id 1;\n" .
    "\tTue, 6 Feb 2024 10:20:30 +0900\n";
my $inner = "Received: from filter.example.jp " .
    "(filter.example.jp [192.0.2.5])\n" .
    "\tby store.example.jp (Postfix) with ESMTP id 2;\n" .
    "\tTue, 6 Feb 2024 10:20:31 +0900\n";
my $google = "Received: from evil.example (unknown. [192.0.2.66])\n" .
    "\tby mx.google.com with ESMTPS id 3; Tue, 6 Feb 2024 10:20:30 +0900\n";
my $letter = "From: info\@bank.example\nTo: taro\@example.jp\n" .
    "Subject: hello\n\nHello.\n";

sub results { return "Authentication-Results: $_[0]\n" }
sub auth {
	my ($head, @options) = @_;
	@options = ("--config=$config") unless @options;
	return json_of(filter($head . $letter, 'hisho-route', '--no-dns',
	    '--no-record', '--format=json', @options))->{route}{auth};
}

# What our own server wrote, or one of them.
my %true = (
	'above our Received' => [ results("mx.example.jp; $pass") . $ours ],
	'folded, with comments' => [ "Authentication-Results: mx.example.jp\n" .
	    "\t(our own) 1 ; dkim=pass (good; dkim=fail) header.d=bank.example\n" .
	    $ours ],
	'above that of an inner server' =>
	    [ results("mx.example.jp; $pass") . $inner . $ours ],
	'between two servers of ours' =>
	    [ $inner . results("mx.example.jp; $pass") . $ours ],
	'below another filter\'s' => [ results('filter.example; dkim=fail') .
	    results("mx.example.jp; $pass") . $ours ],
	'by a milter, below' => [ $ours . results("mx.example.jp; $pass"),
	    "--config=$milter" ],
	'by Gmail, in its mailbox' =>
	    [ $google . results("mx.google.com; $pass") ],
);
for my $name (sort keys %true) {
	my $auth = auth(@{ $true{$name} });
	ok($auth && $auth->{aligned}, "believed: $name");
}

# What a sender wrote below.
my $forged = results("mx.example.jp; $pass");
my $last = 'mx.example.jp; ' . $pass;
my %below = (
	'plain' => $forged,
	'three times' => $forged x 3,
	'by another server' => results("mx.bank.example; $pass"),
	'name in capitals' => results("MX.EXAMPLE.JP; $pass"),
	'name in quotes' => results("\"mx.example.jp\"; $pass"),
	'name behind a comment' => results("(x) mx.example.jp (y); $pass"),
	'with a version' => results("mx.example.jp 1; $pass"),
	'field in capitals' => "AUTHENTICATION-RESULTS: $last\n",
	'field with a blank' => "Authentication-Results : $last\n",
	'folded at once' => "Authentication-Results:\n $last\n",
	'a field of one CR' => "X: y\rAuthentication-Results: $last\n",
	'with NUL' => results("mx.example.jp\0; $pass"),
	'Gmail\'s' => results("mx.google.com; $pass"),
	'Microsoft\'s' => results($pass),
	'with a forged server of ours' => $forged . $ours =~ s/evil/bank/r .
	    $forged,
	'with a forged local hop' => "Received: from localhost " .
	    "(localhost [127.0.0.1]) by mx.example.jp (Postfix)\n" .
	    "\twith ESMTP id 9; Tue, 6 Feb 2024 10:20:29 +0900\n$forged",
	'with a forged fetch' => "Received: from pop.bank.example " .
	    "[198.51.100.1]\n\tby localhost with POP3 (fetchmail)\n$forged",
	'with a forged Gmail' => $google . results("mx.google.com; $pass"),
	'in another field' => "X-Authentication-Results: $last\n" .
	    "ARC-Authentication-Results: i=1; $last\n" .
	    "Original-Authentication-Results: $last\n",
);
for my $name (sort keys %below) {
	is(auth($ours . $below{$name}), undef, "not believed: $name, below");
}

# What a sender or another filter wrote, in places where ours could stand.
my %other = (
	'the second of two, ours failed' => [ results("mx.example.jp; $fail") .
	    $ours . $forged ],
	'in a comment of ours' => [ results('mx.example.jp; dkim=fail ' .
	    "header.d=x.example (dkim=pass header.d=bank.example; $pass)") .
	    $ours ],
	'in a reason of ours' => [ results('mx.example.jp; dkim=fail ' .
	    "reason=\"; $pass\" header.d=x.example") . $ours ],
	'in the local part of ours' => [ results('mx.example.jp; spf=pass ' .
	    'smtp.mailfrom="; dmarc=pass header.from=bank.example"@x.example')
	    . $ours ],
	'the pass of somebody else' => [ results('mx.example.jp; dkim=pass ' .
	    'header.d=evil.example; spf=pass smtp.mailfrom=evil.example') .
	    $ours ],
	'a name that is longer' =>
	    [ results("mx.example.jp.evil.example; $pass") . $ours ],
	'a name with a dot' => [ results("mx.example.jp.; $pass") . $ours ],
	'a name in another script' =>
	    [ results("mx.ex\xd0\xb0mple.jp; $pass") . $ours ],
	'a name in another case' => [ results("Mx.example.jp; $pass") . $ours ],
	'a name that is encoded' =>
	    [ results("=?utf-8?Q?mx.example.jp?=; $pass") . $ours ],
	'a version nobody knows' => [ results("mx.example.jp 2; $pass") . $ours ],
	'without a name' => [ results($pass) . $ours ],
	'an open comment' => [ results("mx.example.jp; $pass (") . $ours ],
	'an open string' => [ results("mx.example.jp; $pass \"") . $ours ],
	'ours is broken, theirs is not' =>
	    [ results('mx.example.jp; dkim=pass (') . $ours . $forged,
	    "--config=$milter" ],
	'ours by a milter stands above theirs' => [ $ours .
	    results("mx.example.jp; $fail") . $forged, "--config=$milter" ],
	'no Received at all' => [ $forged ],
	'nobody knows by which host' => [ $forged .
	    "Received: from x by mx.example.jp with SMTP id 1\n" ],
	'the MTA names another host' =>
	    [ $ours . $forged, "--config=$config", '--client-ip=192.0.2.1' ],
	'nothing is configured' =>
	    [ $forged . $ours, "--config=$nothing" ],
	'Gmail\'s, where it is not the mailbox' =>
	    [ $ours . $google . results("mx.google.com; $pass") ],
);
for my $name (sort keys %other) {
	my $auth = auth(@{ $other{$name} });
	ok(!$auth || !$auth->{aligned}, "not believed: $name");
}
done_testing;
