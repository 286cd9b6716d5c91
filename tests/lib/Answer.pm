# Answer.pm - who answers the questions of a mail server under test: a name
# server for the addresses of the client, and the keeper of one password
package Answer;
use strict;
use warnings;
use Exporter qw(import);
use IO::Socket::IP;
use MIME::Base64;
use POSIX ();
use Socket qw(AF_INET AF_INET6 SOCK_DGRAM inet_pton);

our @EXPORT = qw(%names $name_server name_socket listener answer_names
    answer_logins);

# The names of the client, for servers that look them up.
our %names = ('127.0.0.1' => 'client.example.com',
    '::1' => 'client6.example.com');
our $name_server = '127.53.53.53';

sub name_socket {
	return IO::Socket::IP->new(LocalHost => $name_server, LocalPort => 53,
	    Proto => 'udp', Type => SOCK_DGRAM);
}

sub listener {
	my ($host) = @_;
	return IO::Socket::IP->new(LocalHost => $host, LocalPort => 0,
	    Listen => 5, Proto => 'tcp');
}

# The data of one record: what the names say, and nothing else.
sub records {
	my ($name, $type) = @_;
	my %answers;
	for my $ip (keys %names) {
		my $raw = inet_pton($ip =~ /:/ ? AF_INET6 : AF_INET, $ip);
		my @parts = $ip =~ /:/ ? split(//, unpack 'H*', $raw)
		    : unpack 'C*', $raw;
		my $zone = $ip =~ /:/ ? 'ip6' : 'in-addr';
		my $reverse = join '.', reverse(@parts), $zone, 'arpa';
		$answers{"$names{$ip} " . ($ip =~ /:/ ? 28 : 1)} = $raw;
		$answers{"$reverse 12"} = join '', map { pack 'C/a', $_ }
		    split(/\./, $names{$ip}), '';
	}
	return $answers{"$name $type"} // ();
}

# Exim believes a name only after it has asked DNS for its address.
sub answer_names {
	my ($socket) = @_;
	while (defined $socket->recv(my $question, 512)) {
		my ($id, $flags, $rest) = unpack 'n2 x8 a*', $question;
		my @labels = unpack '(C/a)*', $rest =~ s/\0.*//sr;
		my $name = lc join '.', @labels;
		my $length = length($name) + 2;
		my ($type) = unpack "x$length n", $rest;
		my @data = records($name, $type);
		$socket->send(pack('n6 a*', $id, 0x8580 | $flags & 0x100, 1,
		    scalar @data, 0, 0, substr $rest, 0, $length + 4) .
		    join '', map { pack 'n3 N n/a*', 0xc00c, $type, 1, 60, $_ }
		    @data);
	}
}

# Who knows whether taro's password is right: Dovecot's protocol, as Postfix
# speaks it.
sub answer_logins {
	my ($socket) = @_;
	$SIG{CHLD} = 'IGNORE';
	while (my $client = $socket->accept) {
		next if fork;
		$client->autoflush(1);
		print $client "VERSION\t1\t1\nMECH\tPLAIN\tplaintext\n" .
		    "SPID\t1\nCUID\t1\nCOOKIE\t00\nDONE\n";
		while (my $line = <$client>) {
			my ($id, $proof) = $line =~ /^AUTH\t(\d+).*\tresp=(\S+)/
			    or next;
			my $right = decode_base64($proof) eq "\0taro\0secret";
			print $client $right ? "OK\t$id\tuser=taro\n"
			    : "FAIL\t$id\n";
		}
		POSIX::_exit(0);
	}
}

1;
