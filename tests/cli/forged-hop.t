#!/usr/bin/perl
# A sender's lie about our own server is told, and an honest detour is not.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Hisho;
use Test::More;

my $letter = "From: info\@bank.example\nTo: taro\@example.jp\n" .
    "Subject: hello\n\nHello.\n";

sub hop { # from [IP] by SERVER, MINUTE of the hour
	my ($name, $ip, $by, $minute) = @_;
	return "Received: from $name ($name [$ip])\n\tby $by (Postfix) with " .
	    "ESMTP id 1; Tue, 6 Feb 2024 10:$minute:00 +0900\n";
}
sub judge {
	return json_of(filter(join('', @_, $letter), qw(hisho-score --no-dns
	    --no-record --format=json)));
}
sub warned {
	return grep { $_->{code} eq 'received-forged' } @{ $_[0]{warnings} };
}

my $lie = judge(hop('evil.example', '192.0.2.40', 'mx.example.jp', 20),
    hop('bank.example', '198.51.100.1', 'mx.example.jp', 15));
my ($warning) = warned($lie);
is_deeply($warning->{evidence}, { by => 'mx.example.jp',
    ip => '192.0.2.40' }, 'a lie is told');
is($lie->{route}{ip}, '192.0.2.40', 'and not believed');
is($lie->{route}{confidence}, 'medium', 'as far as addresses tell');
is($lie->{route}{origin}, '198.51.100.1', 'what it claims is told apart');
is_deeply([ map { $_->{delay} } @{ $lie->{route}{hops} } ], [ 300, 0 ],
    'with the time each server had it');

my $detour = judge(
    hop('lists.example.org', '192.0.2.42', 'mx.example.jp', 20),
    hop('mx.example.jp', '203.0.113.1', 'lists.example.org', 15),
    hop('pc.example.jp', '203.0.113.2', 'mx.example.jp', 10));
is(scalar warned($detour), 0, 'one\'s own mail may come back from a list');
# SPF was checked for an address, too, and by our own server.
my $spf = "Received-SPF: pass client-ip=%s; receiver=mx.example.jp\n";
my $top = hop('mail.example.com', '192.0.2.43', 'mx.example.jp', 20);
for (['192.0.2.43', 'high'], ['192.0.2.44', 'low'], ['127.0.0.1', 'medium']) {
	my ($ip, $confidence) = @$_;
	is(judge(sprintf($spf, $ip), $top)->{route}{confidence}, $confidence,
	    "SPF for $ip");
}
is(judge($top, sprintf($spf, '192.0.2.43'))->{route}{confidence}, 'medium',
    'what stands below is not asked');
# Mail servers know no client of mail from their own host.
for my $ip ('', 'unknown', 'UNKNOWN') {
	my $route = json_of(filter("$top$letter", qw(hisho-score --no-dns
	    --no-record --format=json), "--client-ip=$ip"))->{route};
	is("$route->{ip} $route->{why}", '192.0.2.43 first-public',
	    "--client-ip=$ip: the header counts");
}
done_testing;
