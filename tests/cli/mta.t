#!/usr/bin/perl
# What real mail servers write about their client is read right.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Hisho;
use Mta;
use Smtp;
use Test::More;

my $why_not = why_not();
plan skip_all => $why_not if $why_not;

my $v4 = '127.0.0.1';
my $v6 = '::1';
my $tls_1_2 = { tls => ['-tls1_2'] };
my $tls_1_3 = { tls => ['-tls1_3'] };

# What the client does, and what is to be read of it.
my @ways = ( # name, how, address, HELO, protocol, TLS
	[ plain => {}, $v4, 'client.example.com', 'ESMTP' ],
	[ old => { hello => 'HELO client.example.com' },
	    $v4, 'client.example.com', 'SMTP' ],
	[ starttls => $tls_1_3,
	    $v4, 'client.example.com', 'ESMTPS', 'TLSv1.3' ],
	[ 'old-starttls' => $tls_1_2,
	    $v4, 'client.example.com', 'ESMTPS', 'TLSv1.2' ],
	[ ipv6 => { host => $v6, hello => 'EHLO client6.example.com' },
	    $v6, 'client6.example.com', 'ESMTP' ],
	[ 'ipv6-starttls' => { host => $v6, %$tls_1_3 },
	    $v6, 'client.example.com', 'ESMTPS', 'TLSv1.3' ],
	[ login => { login => 1, %$tls_1_3 },
	    $v4, 'client.example.com', 'ESMTPSA', 'TLSv1.3' ],
	[ 'ipv6-login' => { login => 1, host => $v6, %$tls_1_2 },
	    $v6, 'client.example.com', 'ESMTPSA', 'TLSv1.2' ],
	[ address => { hello => 'EHLO [192.0.2.99]' },
	    $v4, '[192.0.2.99]', 'ESMTP' ],
	[ 'ipv6-address' => { host => $v6, hello => 'EHLO [IPv6:2001:db8::9]' },
	    $v6, '[IPv6:2001:db8::9]', 'ESMTP' ],
	[ 'address-login' =>
	    { login => 1, hello => 'EHLO [192.168.1.5]', %$tls_1_3 },
	    $v4, '[192.168.1.5]', 'ESMTPSA', 'TLSv1.3' ],
	[ lie => { hello => 'EHLO mail.bank.example' },
	    $v4, 'mail.bank.example', 'ESMTP' ],
);

# The sender's own Received field never gets in the way.
sub mail_for {
	my ($name) = @_;
	return "Received: from bank.example (bank.example [198.51.100.1])\n" .
	    "\tby mx.example.jp (Postfix) with ESMTPS id 4X;\n" .
	    "\tTue, 6 Feb 2024 10:20:30 +0900\n" .
	    "From: hanako\@example.com\nTo: taro\@example.jp\n" .
	    "Subject: $name\nMessage-ID: <$name\@example.com>\n\nHello.\n";
}

sub send_all {
	my ($server, $port) = @_;
	for (@ways) {
		my ($name, $how) = @$_;
		my %how = %$how;
		$how{tls} = \@without_certificate
		    if $how{tls} && $server eq 'opensmtpd';
		send_mail($port, mail_for($name), %how);
	}
}

sub expected {
	my ($server, $way) = @_;
	my (undef, $how, $ip, $helo, $with, $tls) = @$way;
	return {
		ip => $ip,
		rdns => $ip eq $v6 ? 'client6.example.com'
		    : 'client.example.com',
		helo => $helo,
		by => 'mx.example.jp',
		with => $server eq 'exim' ? lc $with : $with,
		tls => $tls && $server eq 'opensmtpd' ? 'TLSv1.2' : $tls,
		kind => 'smtp',
		authenticated => $how->{login} ? 1 : 0,
		hops => 2,
	};
}

# What hisho-route reads, and whether the rest of it can be true.
sub read_route {
	my ($mail, $start) = @_;
	my $route = json_of(filter($mail, qw(hisho-route --no-dns --no-record
	    --hop=1 --format=json)))->{route};
	my $hop = $route->{hops}[0];
	my %found = map { $_ => $route->{$_} } qw(ip rdns helo by with tls);
	ok($hop->{id} =~ /^[\w-]{6,}$/ && $hop->{time} >= $start &&
	    $hop->{time} <= time, 'its id and its time');
	return { %found, kind => $hop->{kind}, hops => scalar @{ $route->{hops} },
		authenticated => $hop->{authenticated} ? 1 : 0 };
}

for my $server (qw(postfix exim opensmtpd)) {
	my $start = time;
	my $port = start_mta($server);
	send_all($server, $port);
	my %mails = map { /^Subject: (\S+)/m ? ($1 => $_) : () }
	    delivered(scalar @ways);
	is(scalar keys %mails, scalar @ways, "$server delivers") or
	    diag mta_log();
	stop_mta();
	for my $way (@ways) {
		my $mail = $mails{ $way->[0] } // next;
		is_deeply(read_route($mail, $start), expected($server, $way),
		    "$server: $way->[0]") or
		    diag $mail =~ /^(Received:.*?^(?=\S))/ms;
	}
}
done_testing;
