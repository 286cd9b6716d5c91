# Mta.pm - real mail servers on loopback
#
# tests/mta.sh has unpacked Postfix, Exim and OpenSMTPD into build/mta/root.
# Each test gets a copy of that root, in which the servers find their users,
# their queues and a hosts file of the test's own.
package Mta;
use strict;
use warnings;
use Exporter qw(import);
use File::Path qw(make_path);
use File::Temp qw(tempdir);
use FindBin;
use IO::Socket::IP;
use POSIX ();
use Time::HiRes qw(sleep time);
use lib $FindBin::Bin;
use Answer;
use Hisho;

our @EXPORT = qw(@without_certificate why_not start_mta stop_mta
    delivered mta_log);

my $home = "$root/build/mta";
my ($jail, @running);

# Why no server can be started here, or undef.
sub why_not {
	return 'only root can start mail servers' if $>;
	return 'no mail servers were unpacked: make deps'
	    unless -e "$home/done";
	return 'no IPv6 on loopback' unless listener('::1');
	return 'port 53 is taken on all of loopback' unless name_socket();
	return;
}

sub free_port { return listener('127.0.0.1')->sockport }

sub jail_file {
	my ($path, $text) = @_;
	make_path("$jail$path" =~ s{/[^/]*$}{}r);
	return spew("$jail$path", $text);
}

sub jail_folder {
	my ($path, $owner, $mode) = @_;
	make_path("$jail$path");
	my $id = slurp("$jail/etc/passwd") =~ /^$owner:x:(\d+):(\d+)/m
	    ? [ $1, $2 ] : die "no account $owner\n";
	chown @$id, "$jail$path" or die "chown: $!\n";
	chmod $mode // 0755, "$jail$path" or die "chmod: $!\n";
}

# A copy of the root with names for the addresses and a certificate.
sub make_jail {
	$jail = tempdir("$home/run-XXXXXX", CLEANUP => 1);
	system('cp', '-a', "$home/root/.", $jail) == 0 or die "cp: $?\n";
	jail_file('/etc/hosts', join '', map { "$_ $names{$_}\n" }
	    sort keys %names);
	jail_file('/etc/resolv.conf',
	    "nameserver $name_server\nlookup file bind\n");
	jail_file('/etc/nsswitch.conf', "hosts: files\n");
	jail_folder('/var/mail', 'root', 01777);
	jail_folder('/var/log', 'root', 01777);
	jail_folder('/tmp', 'root', 01777);
	my $made = run(qw(openssl req -x509 -newkey rsa:2048 -nodes -days 2
	    -subj /CN=mx.example.jp -keyout), "$jail/etc/key.pem",
	    '-out', "$jail/etc/cert.pem");
	die $made->{err} if $made->{status};
	chmod 0600, "$jail/etc/key.pem";
}

# Runs CODE in a process of its own, which stop_mta ends.
sub in_background {
	my ($code) = @_;
	my $child = fork // die "fork: $!\n";
	return push @running, $child if $child;
	setpgrp;
	$SIG{$_} = 'DEFAULT' for qw(INT TERM HUP);
	$code->();
	POSIX::_exit(0);
}

sub prepare_postfix {
	my ($port) = @_;
	my $logins = listener('127.0.0.1');
	my $login_port = $logins->sockport;
	in_background(sub { answer_logins($logins) });
	jail_folder("/var/spool/postfix", 'root');
	jail_folder("/var/spool/postfix/$_", 'postfix', 0700)
	    for qw(active bounce corrupt defer deferred flush hold incoming
	    private saved trace);
	jail_folder("/var/spool/postfix/$_", 'postfix', 0755)
	    for qw(maildrop public);
	jail_folder('/var/spool/postfix/pid', 'root');
	jail_folder('/var/lib/postfix', 'postfix', 0700);
	jail_file('/etc/postfix/main.cf', <<"");
compatibility_level = 3.6
queue_directory = /var/spool/postfix
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
data_directory = /var/lib/postfix
maillog_file = /var/log/postfix
maillog_file_prefixes = /var
myhostname = mx.example.jp
mydestination = example.jp
mynetworks =
inet_interfaces = 127.0.0.1, [::1]
inet_protocols = all
alias_maps =
local_recipient_maps =
mail_spool_directory = /var/mail/
smtpd_tls_security_level = may
smtpd_tls_cert_file = /etc/cert.pem
smtpd_tls_key_file = /etc/key.pem
smtpd_tls_received_header = yes
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = inet:127.0.0.1:$login_port
smtpd_sasl_authenticated_header = yes
smtpd_recipient_restrictions = reject_unauth_destination

	jail_file('/etc/postfix/master.cf', <<"");
$port inet n - n - - smtpd
postlog unix-dgram n - n - 1 postlogd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
error unix - - n - - error
retry unix - - n - - error
local unix - n n - - local
anvil unix - - n - 1 anvil

	return qw(/usr/lib/postfix/sbin/master -c /etc/postfix -d);
}

sub prepare_exim {
	my ($port) = @_;
	jail_folder('/var/spool/exim', 'Debian-exim', 0750);
	# As -C FILE it would lose its privileges.
	jail_file('/etc/exim4/exim4.conf', <<"");
primary_hostname = mx.example.jp
domainlist local_domains = example.jp
local_interfaces = <; 127.0.0.1 ; ::1
daemon_smtp_ports = $port
spool_directory = /var/spool/exim
log_file_path = /var/log/exim-%s
pid_file_path = /run/exim.pid
keep_environment =
host_lookup = *
tls_advertise_hosts = *
tls_certificate = /etc/cert.pem
tls_privatekey = /etc/key.pem
acl_smtp_rcpt = take
begin acl
take:
  accept domains = +local_domains
begin routers
here:
  driver = accept
  domains = +local_domains
  transport = mailbox
begin transports
mailbox:
  driver = appendfile
  directory = /var/mail/taro
  maildir_format
  user = taro
  group = taro
begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = \${if eq{\$auth2:\$auth3}{taro:secret}}
  server_set_id = \$auth2

	# Its group must be able to read what the password-less owner wrote.
	chmod 0644, "$jail/etc/key.pem";
	return qw(/usr/sbin/exim4 -bdf -q1m);
}

# Debian 12's cannot use its key with the OpenSSL there (OpenSMTPD issue
# 1171), so no certificate is asked for.
our @without_certificate = qw(-tls1_2 -cipher AECDH-AES256-SHA:@SECLEVEL=0);

sub prepare_opensmtpd {
	my ($port) = @_;
	my $secret = crypt 'secret', '$6$hishohisho$';
	my $how = 'tls pki mx.example.jp hostname mx.example.jp ' .
	    'auth-optional <accounts>';
	jail_folder('/var/run', 'root');
	jail_folder('/var/lib/opensmtpd/empty', 'root');
	jail_folder('/var/spool/smtpd', 'root', 0711);
	jail_file('/etc/smtpd.conf', <<"");
smtp ciphers "AECDH-AES256-SHA:\@SECLEVEL=0"
pki mx.example.jp cert "/etc/cert.pem"
pki mx.example.jp key "/etc/key.pem"
table accounts { taro = "$secret" }
listen on 127.0.0.1 port $port $how
listen on ::1 port $port $how
action "mailbox" maildir "/var/mail/taro"
match from any for domain "example.jp" action "mailbox"
match auth from any for domain "example.jp" action "mailbox"

	return qw(/usr/sbin/smtpd -d -f /etc/smtpd.conf);
}

my %prepare = (
	postfix => \&prepare_postfix,
	exim => \&prepare_exim,
	opensmtpd => \&prepare_opensmtpd,
);

sub answers {
	my ($host, $port) = @_;
	my $socket = IO::Socket::IP->new(PeerHost => $host, PeerPort => $port,
	    Timeout => 5) or return;
	my $line = eval {
		local $SIG{ALRM} = sub { die "timeout\n" };
		alarm 10;
		my $line = <$socket>;
		alarm 0;
		print $socket "QUIT\r\n";
		$line;
	};
	return ($line // '') =~ /^220/;
}

# Starts the server NAME; yields its port once it answers on both addresses.
sub start_mta {
	my ($name) = @_;
	make_jail();
	my $port = free_port();
	my @command = $prepare{$name}->($port);
	my $names = name_socket();
	in_background(sub { answer_names($names) });
	in_background(sub {
		open STDIN, '<', '/dev/null';
		open STDOUT, '>', "$jail/var/log/output";
		open STDERR, '>&', \*STDOUT;
		chroot $jail or POSIX::_exit(126);
		chdir '/';
		%ENV = (PATH => '/usr/sbin:/usr/bin:/sbin:/bin');
		no warnings 'exec';
		exec { $command[0] } @command;
		POSIX::_exit(127);
	});
	my $child = $running[-1];
	my $end = time + 30;
	until (answers('127.0.0.1', $port) && answers('::1', $port)) {
		die "$name does not start:\n" . mta_log()
		    if time > $end || waitpid($child, POSIX::WNOHANG()) != 0;
		sleep 0.1;
	}
	return $port;
}

# What the server wrote about itself.
sub mta_log {
	my @lines = map { -f $_ ? split /^/, slurp($_) : () }
	    glob "$jail/var/log/* $scratch/client.log";
	return join '', splice @lines, @lines > 30 ? -30 : 0;
}

sub stop {
	my ($child) = @_;
	kill 'TERM', $child;
	my $end = time + 10;
	until (waitpid($child, POSIX::WNOHANG()) != 0 || time > $end) {
		sleep 0.05;
	}
	kill 'KILL', -$child;
	waitpid $child, 0;
}

sub stop_mta {
	stop($_) for reverse splice @running;
}
$SIG{$_} = sub { exit 1 } for qw(INT TERM HUP);
END {
	my $status = $?;
	stop_mta();
	$? = $status;
}

# The mails that came, once there are COUNT of them.
sub delivered {
	my ($count) = @_;
	my $end = time + 30;
	my @files;
	until (@files >= $count || time > $end) {
		@files = glob "$jail/var/mail/taro/new/*";
		sleep 0.1;
	}
	return map { slurp($_) } @files;
}

1;
