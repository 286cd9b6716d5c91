# Dns.pm - a real name server behind a real resolver, and dishonest ones
#
# tests/nameservers.sh has unpacked nsd and unbound into build/nameservers.
# All run on loopback, on ports that are free, for as long as the test.
package Dns;
use strict;
use warnings;
use Exporter qw(import);
use FindBin;
use IO::Select;
use IO::Socket::IP;
use POSIX ();
use Socket qw(SOCK_DGRAM);
use Time::HiRes qw(sleep time);
use lib $FindBin::Bin;
use Hisho;

our @EXPORT = qw(why_no_servers start_resolver questions silent_server
    heard deaf_port liar relay cutting_server ask_raw);

my $home = "$root/build/nameservers";
my $started_by = $$;
my (@running, @kept);

sub program {
	my ($name) = @_;
	my ($path) = grep { -x } "$home/root/usr/sbin/$name", "/usr/sbin/$name";
	return $path;
}

# Why no server can be started here, or undef.
sub why_no_servers {
	return 'no name servers here: make deps'
	    unless program('nsd') && program('unbound');
	return;
}

sub udp {
	return IO::Socket::IP->new(LocalHost => '127.0.0.1', LocalPort => 0,
	    Proto => 'udp', Type => SOCK_DGRAM, @_) // die "udp: $!\n";
}

# A port on which nothing listens, for TCP nor UDP.
sub deaf_port {
	while (1) {
		my $port = udp()->sockport;
		return $port if IO::Socket::IP->new(LocalPort => $port,
		    LocalHost => '127.0.0.1', Listen => 1, Proto => 'tcp');
	}
}

# A port on which someone listens and never answers.
sub silent_server {
	push @kept, my $socket = udp();
	return $socket->sockport;
}

# How many different questions came to the silent server at PORT.
sub heard {
	my ($port) = @_;
	my ($socket) = grep { $_->sockport == $port } @kept;
	my %ids;
	while (IO::Select->new($socket)->can_read(0)) {
		$socket->recv(my $bytes, 65535);
		$ids{unpack 'n', $bytes}++;
	}
	return scalar keys %ids;
}

# Runs CODE until the test ends.
sub in_background {
	my ($code) = @_;
	my $child = fork // die "fork: $!\n";
	if ($child == 0) {
		$code->();
		POSIX::_exit(127);
	}
	push @running, $child;
}

sub start {
	my ($log, @command) = @_;
	my ($library) = glob "$home/root/usr/lib/*-linux-gnu*";
	in_background(sub {
		$ENV{LD_LIBRARY_PATH} = $library if $library;
		open STDIN, '<', '/dev/null';
		open STDOUT, '>', $log;
		open STDERR, '>&', \*STDOUT;
		exec @command;
	});
}

# A port where every datagram is answered by "too long, use TCP", and where TCP
# is not spoken any further; given an UPSTREAM, not to the first who calls, and
# with the next ones as the server there does.
sub cutting_server {
	my ($upstream) = @_;
	my $port = deaf_port();
	my $socket = udp(LocalPort => $port);
	push @kept, my $listener = IO::Socket::IP->new(LocalPort => $port,
	    Listen => 5, LocalHost => '127.0.0.1', Proto => 'tcp') //
	    die "tcp: $!\n";
	in_background(sub {
		my $first = $listener->accept;
		connect_to($upstream, $listener->accept) while 1;
	}) if $upstream;
	in_background(sub {
		while (defined(my $peer = $socket->recv(my $bytes, 65535))) {
			substr $bytes, 2, 2, pack 'n', 0x8380;
			$socket->send($bytes, 0, $peer);
		}
	});
	return $port;
}

# Passes on what is said on TCP between CLIENT and the server at UPSTREAM.
sub connect_to {
	my ($upstream, $client) = @_;
	my $server = IO::Socket::IP->new(PeerHost => '127.0.0.1',
	    PeerPort => $upstream, Proto => 'tcp') // die "tcp: $!\n";
	my $select = IO::Select->new($client, $server);
	while (1) {
		for my $from ($select->can_read) {
			sysread $from, my $bytes, 65535 or return;
			syswrite $from == $client ? $server : $client, $bytes;
		}
	}
}

# One question for NAME (labels of any bytes) and the type number TYPE.
sub question {
	my ($id, $name, $type) = @_;
	return pack('n6', $id, 0x100, 1, 0, 0, 0) .
	    pack('(C/a)*', split /\./, $name) . pack('Cnn', 0, $type, 1);
}

# What the server at PORT says to it, at most after 0.2 s; undef for nothing.
sub ask_raw {
	my ($port, $name, $type) = @_;
	my $socket = udp(PeerHost => '127.0.0.1', PeerPort => $port);
	$socket->send(question(7, $name, $type));
	return unless IO::Select->new($socket)->can_read(0.2);
	$socket->recv(my $answer, 65535);
	return $answer;
}

sub wait_for {
	my ($what, $port, $log) = @_;
	for (1 .. 100) {
		my $answer = ask_raw($port, 'ns.example', 1);
		return if $answer && ((unpack 'n4', $answer)[3] // 0) == 1;
		sleep 0.1;
	}
	die "$what does not start: ", slurp($log), "\n";
}

sub start_nsd {
	my ($zone, $port) = @_;
	my $folder = "$scratch/nsd";
	mkdir $folder;
	spew("$folder/root.zone", $zone);
	spew("$folder/nsd.conf", <<"");
server:
    ip-address: 127.0.0.1\@$port
    username: ""
    chroot: ""
    zonesdir: "$folder"
    database: ""
    pidfile: "$folder/nsd.pid"
    xfrdfile: "$folder/xfrd"
    xfrdir: "$folder"
    zonelistfile: "$folder/zone.list"
    server-count: 1
    rrl-ratelimit: 0
    rrl-whitelist-ratelimit: 0
remote-control:
    control-enable: no
zone:
    name: "."
    zonefile: root.zone
zone:
    name: servfail.example
    zonefile: missing.zone

	start("$folder/log", program('nsd'), '-d', '-c', "$folder/nsd.conf");
	wait_for('nsd', $port, "$folder/log");
}

# The port of a resolver of ZONE, which is all of the DNS; of silent.example
# nobody ever tells, and of servfail.example that something is wrong.
sub start_resolver {
	my ($zone) = @_;
	my ($port, $nsd, $silent) = (deaf_port(), deaf_port(), silent_server());
	my $folder = "$scratch/unbound";
	start_nsd($zone, $nsd);
	mkdir $folder;
	spew("$folder/unbound.conf", <<"");
server:
    interface: 127.0.0.1\@$port
    do-daemonize: no
    username: ""
    chroot: ""
    directory: "$folder"
    pidfile: ""
    use-syslog: no
    logfile: "$folder/queries"
    log-queries: yes
    module-config: iterator
    num-threads: 1
    do-ip6: no
    do-not-query-localhost: no
    target-fetch-policy: "0 0 0 0 0"
    local-zone: "2.0.192.in-addr.arpa." nodefault
    local-zone: "8.b.d.0.1.0.0.2.ip6.arpa." nodefault
    local-zone: "100.51.198.in-addr.arpa." nodefault
    local-zone: "113.0.203.in-addr.arpa." nodefault
remote-control:
    control-enable: no
stub-zone:
    name: "."
    stub-addr: 127.0.0.1\@$nsd
stub-zone:
    name: silent.example
    stub-addr: 127.0.0.1\@$silent

	start("$folder/log", program('unbound'), '-d', '-c',
	    "$folder/unbound.conf");
	wait_for('unbound', $port, "$folder/log");
	return $port;
}

# What the resolver was asked so far: "NAME TYPE", and by TCP or UDP alike.
sub questions {
	my @lines = slurp("$scratch/unbound/queries") =~
	    /info: 127\.0\.0\.1 (\S+\. \S+) IN$/mg;
	return @lines;
}

# The port of a server between us and the one at UPSTREAM: CODE gets a question
# and yields what is said at once; the true answer follows DELAY seconds after
# the question, unless that is undef.
sub between {
	my ($upstream, $delay, $code) = @_;
	my $front = udp();
	my $port = $front->sockport;
	in_background(sub { pass_on($front, $upstream, $delay, $code) });
	return $port;
}

sub pass_on {
	my ($front, $upstream, $delay, $code) = @_;
	my $back = udp(PeerHost => '127.0.0.1', PeerPort => $upstream);
	my $select = IO::Select->new($front, $back);
	my (%asker, @later);
	while (1) {
		my $pause = @later ? $later[0][0] - time : undef;
		$pause = 0 if defined $pause && $pause < 0;
		for my $socket ($select->can_read($pause)) {
			my $peer = $socket->recv(my $bytes, 65535);
			my $id = unpack 'n', $bytes;
			if ($socket == $back) {
				push @later, [$asker{$id}[0] + $delay, $bytes,
				    $asker{$id}[1]];
				next;
			}
			$asker{$id} = [time, $peer];
			$front->send($_, 0, $peer) for $code->($bytes);
			$back->send($bytes) if defined $delay;
		}
		while (@later && $later[0][0] <= time) {
			my (undef, $bytes, $peer) = @{ shift @later };
			$front->send($bytes, 0, $peer);
		}
	}
}

# Says at once that every name is at 192.0.2.66, but under another id, to
# another question, cut short or in no bytes at all; then the truth after DELAY
# seconds, or nothing more.
sub liar {
	my ($upstream, $delay) = @_;
	return between($upstream, $delay, sub {
		my ($question) = @_;
		my $id = unpack 'n', $question;
		my $rest = substr $question, 12;
		my $answer = pack('nnnNn', 0xc00c, 1, 1, 300, 4) .
		    pack('C4', 192, 0, 2, 66);
		my $header = pack('n5', 0x8180, 1, 1, 0, 0);
		my $other = $rest =~ s/\A(.)(.)/$1 . ($2 eq 'x' ? 'y' : 'x')/ser;
		return (pack('n', $id ^ 1) . $header . $rest . $answer,
		    pack('n', $id) . $header . $other . $answer,
		    pack('n', $id) . substr($header, 0, 5), '');
	});
}

# Passes all on, so that an answer comes DELAY seconds after its question.
sub relay {
	my ($upstream, $delay) = @_;
	return between($upstream, $delay, sub { () });
}

END {
	if ($$ == $started_by && @running) {
		my $status = $?;
		kill 'TERM', @running;
		waitpid $_, 0 for @running;
		$? = $status;
	}
}

1;
