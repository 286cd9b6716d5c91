# Users.pm - several users of one machine, and tools installed for them
#
# A test of several users goes to a mount namespace of its own, where /etc is
# a copy and /var/lib empty: there it may configure what it likes.
package Users;
use strict;
use warnings;
use Exporter qw(import);
use FindBin;
use lib $FindBin::Bin;
use Hisho;
use POSIX ();
use Test::More;

our @EXPORT = qw($house $db %uid alone install_tools configure shared as
    member tool_of count owner_says);

our $house;	# all that users may see, $scratch/house
our $db;	# the shared database
our %uid = (owner => 65000, group => 65002, alice => 65011, bob => 65012,
    carol => 65013, mallory => 65014);

# Skips the test where it cannot be alone.
sub alone {
	plan skip_all => 'only root can act for several users' if $> != 0;
	if (!$ENV{HISHO_TEST_ALONE}) {
		plan skip_all => 'no mount namespace can be had'
		    if system('unshare -m true 2>/dev/null') != 0;
		$ENV{HISHO_TEST_ALONE} = 1;
		sh('rm', '-rf', $scratch);
		exec 'unshare', '-m', '--propagation', 'private', $^X, $0;
	}
	$house = "$scratch/house";
	$db = "$house/db";
	chmod 0755, $scratch;
	mkdir $house;
	sh('mount', '-t', 'tmpfs', '-o', 'mode=755,size=512m', 'hisho', $house);
	sh('cp', '-a', '/etc', "$house/etc");
	mkdir "$house/$_" for qw(etc/hisho bin home lib);
	sh('mount', '--bind', "$house/etc", '/etc');
	sh('mount', '--bind', "$house/lib", '/var/lib');
	delete @ENV{qw(HOME XDG_DATA_HOME XDG_CONFIG_HOME)};
	settle($_) for qw(alice bob mallory);
	entry('passwd', "owner:x:$uid{owner}:$uid{group}::/:/bin/sh");
	entry('group', "hisho:x:$uid{group}:");
	chdir '/';
}

# Files in use cannot be removed.
END {
	my $status = $?;
	system('umount', '-l', '/etc', '/var/lib', $house) if $house;
	$? = $status;
}

sub sh { system(@_) == 0 or die "@_: $?\n" }

# A line more for the copy of passwd or group.
sub entry {
	my ($file, $line) = @_;
	open my $list, '>>', "/etc/$file" or die "$file: $!\n";
	print $list "$line\n";
	close $list or die "$file: $!\n";
}

# Carol has no entry anywhere, as the users of some containers.
sub settle {
	my ($name) = @_;
	my $home = "$house/home/$name";
	entry('passwd', "$name:x:$uid{$name}:$uid{$name}::$home:/bin/sh");
	mkdir $home, 0700;
	chown $uid{$name}, $uid{$name}, $home;
}

# A copy of the tools, with MODE, of the group that shares.
sub install_tools {
	my ($mode) = @_;
	plan skip_all => 'the search for leaks cannot trace what is set-gid'
	    if $mode & 02000 && $build =~ /sanitize/;
	sh('cp', glob("$build/bin/hisho-*"), "$house/bin");
	my @tools = glob "$house/bin/hisho-*";
	chown 0, $uid{group}, @tools;
	chmod $mode, @tools;
}

# The configuration of the system: TEXT, and no DNS.
sub configure { spew('/etc/hisho/hisho.conf', "[dns]\nask=no\n$_[0]") }

# An empty database of the owner and the group, with MODE.
sub shared {
	my ($mode) = @_;
	sh('rm', '-rf', $db);
	for my $directory ($db, "$db/keys") {
		mkdir $directory;
		chown $uid{owner}, $uid{group}, $directory;
		chmod $mode, $directory;
	}
}

sub tool_of { return "$house/bin/$_[0]" }

sub become {
	my ($user, $group, @more) = @_;
	umask 022;
	$) = join ' ', $group, $group, @more;
	$( = $group;
	POSIX::setuid($user) or POSIX::_exit(125);
	POSIX::_exit(125) if $< != $user || $> != $user;
}

sub run_as {
	my ($become, @command) = @_;
	my $how = ref $command[0] ? shift @command : {};
	my $before = $how->{before};
	my $tool = tool_of(shift @command);
	return run({ %$how, before => sub {
		$become->();
		$before->() if $before;
	} }, $tool, @command);
}

# as(NAME, {...}, TOOL, ARGUMENT...) in groups of his own; see run().
sub as {
	my ($name, @command) = @_;
	my $group = $name eq 'owner' ? $uid{group} : $uid{$name};
	return run_as(sub { become($uid{$name}, $group) }, @command);
}

# The same as a member of the group.
sub member {
	my ($name, @command) = @_;
	return run_as(sub { become($uid{$name}, $uid{$name}, $uid{group}) },
	    @command);
}

# What the owner finds: the output of hisho-db ACTION.
sub owner_says { return as('owner', 'hisho-db', @_)->{out} }

# How many WHAT (receipts, votes) are in the shared database.
sub count {
	my ($what) = @_;
	return owner_says('stat') =~ /^$what\t(\d+)/m ? $1 : 'none';
}

1;
