# Smtp.pm - a client that sends a mail, also by STARTTLS
package Smtp;
use strict;
use warnings;
use Exporter qw(import);
use FindBin;
use IO::Handle;
use IO::Socket::IP;
use IPC::Open2;
use MIME::Base64;
use lib $FindBin::Bin;
use Hisho;

our @EXPORT = qw(send_mail);

# A dialogue by READER and WRITER; dies where the server refuses.
sub command {
	my ($link, $line, $expected) = @_;
	print { $link->{writer} } "$line\r\n" if defined $line;
	while (my $answer = readline $link->{reader}) {
		next if $answer =~ /^\d{3}-/;
		return if $answer =~ /^$expected/;
		die +($line // 'greeting') . ": $answer";
	}
	die +($line // 'greeting') . ": no answer\n";
}

sub plain_link {
	my ($host, $port) = @_;
	my $socket = IO::Socket::IP->new(PeerHost => $host, PeerPort => $port)
	    or die "connect: $!\n";
	my $link = { reader => $socket, writer => $socket };
	command($link, undef, 220);
	return $link;
}

# openssl says EHLO and STARTTLS itself.
sub secure_link {
	my ($host, $port, $tls) = @_;
	my $address = $host =~ /:/ ? "[$host]:$port" : "$host:$port";
	my $child = open2(my $reader, my $writer, 'sh', '-c',
	    'exec openssl s_client "$@" 2>>' . "$scratch/client.log", 'sh',
	    qw(-quiet -starttls smtp -name first.example.com -connect),
	    $address, @$tls);
	return { reader => $reader, writer => $writer, child => $child };
}

# Sends MAIL (bytes) to taro@example.jp: send_mail(PORT, MAIL, host => IP,
# tls => ['-tls1_3'], hello => 'EHLO name', login => 1).
sub send_mail {
	my ($port, $mail, %how) = @_;
	my $host = $how{host} // '127.0.0.1';
	local $SIG{PIPE} = 'IGNORE';
	local $SIG{ALRM} = sub { die "the server does not answer\n" };
	alarm 30;
	my $link = $how{tls} ? secure_link($host, $port, $how{tls})
	    : plain_link($host, $port);
	$link->{writer}->autoflush(1);
	command($link, $how{hello} // 'EHLO client.example.com', 250);
	command($link, 'AUTH PLAIN ' . encode_base64("\0taro\0secret", ''), 235)
	    if $how{login};
	command($link, 'MAIL FROM:<hanako@example.com>', 250);
	command($link, 'RCPT TO:<taro@example.jp>', 250);
	command($link, 'DATA', 354);
	command($link, ($mail =~ s/(?<!\r)\n/\r\n/gr) . '.', 250);
	command($link, 'QUIT', 221);
	close $_ for $link->{writer}, $link->{reader};
	waitpid $link->{child}, 0 if $link->{child};
	alarm 0;
}

1;
