#!/usr/bin/perl
# A real Sieve of Dovecot delivers by examples/hisho.sieve, the file itself.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Hisho;
use Test::More;

my $unpacked = "$root/build/mta/root/usr";
plan skip_all => 'no Dovecot was unpacked: make deps, as root'
    unless -x "$unpacked/bin/sieve-test";

# Root gets no mail there; what nobody has to reach may be out of his reach.
my ($user, $group) = $> == 0 ? (65534, 65534) : ($>, $) =~ /^(\d+)/);
my $home = "$scratch/home";
my $programs = "$home/programs";
mkdir $_ for $home, $programs;
system 'cp', '-r', "$unpacked/lib/dovecot/modules/sieve", "$home/plugins";
system 'cp', "$ENV{BUILD}/bin/hisho-score", "$root/examples/hisho.sieve",
    "$root/examples/vmail.sieve", $home;
system 'cp', '-r', "$root/tests/mails", "$home/mails";
my $libraries = join ':', "$unpacked/lib/dovecot", "$unpacked/lib",
    glob "$unpacked/lib/*-linux-gnu";
my $conf = spew("$home/dovecot.conf", <<"");
ssl = no
mail_uid = $user
mail_gid = $group
first_valid_uid = 1
first_valid_gid = 0
mail_home = $home
base_dir = $home/run
log_path = /dev/stderr
namespace inbox {
  inbox = yes
}
plugin {
  sieve_plugins = sieve_extprograms
  sieve_plugin_dir = $home/plugins
  sieve_extensions = +vnd.dovecot.filter +vnd.dovecot.environment
  sieve_filter_bin_dir = $programs
}

# What the Sieve calls; the database is there for what is voted, too.
sub install {
	my ($script) = @_;
	spew("$programs/hisho-score", "#!/bin/sh\nunset LD_LIBRARY_PATH\n" .
	    "HISHO_DATABASE=$home/db XDG_DATA_HOME=$home\n" .
	    "XDG_CONFIG_HOME=$home PATH=/usr/bin:/bin\n" .
	    "export HISHO_DATABASE XDG_DATA_HOME XDG_CONFIG_HOME\n$script\n");
	chmod 0755, "$programs/hisho-score";
}

sub give_away {
	system 'chown', '-R', "$user:$group", $scratch if $> == 0;
}

# Delivers MAIL by SIEVE; yields the folder it is in, and its bytes there.
sub deliver {
	my ($mail, $sieve) = (@_, 'hisho.sieve');
	system 'rm', '-rf', "$home/Maildir";
	my $file = spew("$home/mail", $mail);
	give_away();
	my $result = run({}, 'env', "LD_LIBRARY_PATH=$libraries",
	    "HOME=$home", 'USER=Taro@example.jp', "$unpacked/bin/doveconf", '-f', 'service=sieve-test',
	    '-c', $conf, '-m', 'mail', '-e', "$unpacked/bin/sieve-test", '-e',
	    '-l', "maildir:$home/Maildir", '-x', '+vnd.dovecot.filter +vnd.dovecot.environment',
	    "$home/$sieve", $file);
	my @files = glob "$home/Maildir/{.*/,}new/*";
	diag "$result->{out}$result->{err}" if @files != 1;
	return ('nowhere', '') if @files != 1;
	my ($folder) = $files[0] =~ m{Maildir/\.(\w+)/new/};
	return ($folder // 'INBOX', slurp($files[0]) =~ s/\r\n/\n/gr);
}

sub goes_to {
	my ($expected, $mail, $name) = @_;
	my ($folder, $delivered) = deliver($mail);
	is($folder, $expected, "$name: $expected");
	is(strip($delivered) =~ s/\AFrom .*\n//r =~ s/\n+\z//r,
	    $mail =~ s/\AFrom .*\n//r =~ s/\r\n/\n/gr =~ s/\n+\z//r,
	    "$name: unchanged");
}

# As the user whose mail it is.
sub vote {
	my (@vote) = @_;
	give_away();
	my $run = run({}, 'setpriv', "--reuid=$user", "--regid=$group",
	    '--clear-groups', 'env', "HISHO_DATABASE=$home/db",
	    "XDG_DATA_HOME=$home", "XDG_CONFIG_HOME=$home",
	    "$home/hisho-vote", @vote);
	is($run->{status}, 0, "hisho-vote $vote[0]") or diag $run->{err};
}
system 'cp', "$ENV{BUILD}/bin/hisho-vote", $home;
$ENV{LC_ALL} = 'C';

my $score = "exec $home/hisho-score --no-dns";
install($score);
goes_to('gray', mail('bank'), 'a mail from nobody we know');
SKIP: {
	skip 'votes are given as another user, by root', 6 if $> != 0;
	vote('permit', "$home/mails/colleague.eml");
	goes_to('main', mail('colleague'), 'a mail from somebody permitted');
	vote('report', "$home/mails/forged-amazon.eml");
	goes_to('spam', mail('forged-amazon'), 'a mail with a reported link');
}

# One user of the system for many: each has permits of his own.
install("exec $home/hisho-score --no-dns \"\$@\"");
SKIP: {
	skip 'votes are given as another user, by root', 3 if $> != 0;
	vote('permit', '-u', 'taro@example.jp', "$home/mails/newsletter.eml");
	my ($virtual) = deliver(mail('newsletter'), 'vmail.sieve');
	is($virtual, 'main', 'vmail.sieve asks for the user whose mail it is');
	($virtual) = deliver(mail('colleague'), 'vmail.sieve');
	is($virtual, 'gray', 'not for the one who delivers');
}
install($score);

my $claim = "X-Hisho-Folder: main\n";
my $plain = "From: mallory\@example.net\nSubject: let me in\n\nbody\n";
goes_to('gray', "$plain$claim\nmore\n" =~ s/\n/\r\n/gr,
    'a claim in the body of a CRLF mail');
goes_to('gray', $plain . $claim, 'a claim in the body');
my ($folder) = deliver("Subject: x\n${claim}From: a\@b\n\nbody\n");
is($folder, 'gray', 'a claim in the header: gray');

# A filter that fails: gray, and its fields are not read.
for my $case ([ 'that ends with 75', 'cat >/dev/null; exit 75' ],
	[ 'that is killed', 'kill -9 $$' ],
	[ 'that writes half and fails', 'head -c 40; exit 75' ]) {
	my ($name, $script) = @$case;
	install($script);
	my ($where, $delivered) = deliver($claim . $plain);
	is($where, 'gray', "a filter $name: gray");
	is($delivered, $claim . $plain, "a filter $name: the mail is as it came");
}
unlink "$programs/hisho-score";
($folder) = deliver($claim . $plain);
is($folder, 'gray', 'no filter at all: gray');
done_testing;
