# Hisho.pm - what the tests of the tools share
#
# Every test gets a home, a database and a configuration of its own in
# $scratch, and finds the tools of this build first in its PATH.
package Hisho;
use strict;
use warnings;
use Cwd qw(abs_path);
use Exporter qw(import);
use File::Basename qw(dirname);
use File::Temp qw(tempdir);
use JSON::PP ();
use POSIX ();
use Time::HiRes qw(time);

our @EXPORT = qw($root $build $scratch @stages @fields run filter pipeline
    slurp spew mail strip block next_mail value json_of corpus in_parallel);

our $root = dirname(dirname(dirname(abs_path(__FILE__))));
our $build = abs_path($ENV{BUILD} // "$root/build");
our $scratch = tempdir('hisho-test-XXXXXX', TMPDIR => 1, CLEANUP => 1);
our @stages = map { "hisho-$_" } qw(parse links route safe score);
our @fields = map { "X-Hisho-$_" }
    qw(Parse Links Route Safe Score Warning Advice Folder Status Seal);

delete @ENV{qw(HISHO_DATABASE LANG LC_ALL LC_MESSAGES LC_CTYPE LANGUAGE
    NO_COLOR MAKEFLAGS MAKELEVEL MFLAGS)};
$ENV{PATH} = "$build/bin:$ENV{PATH}";
$ENV{HOME} = "$scratch/home";
$ENV{XDG_DATA_HOME} = "$scratch/home/data";
$ENV{XDG_CONFIG_HOME} = "$scratch/home/config";
mkdir for $ENV{HOME}, $ENV{XDG_DATA_HOME}, $ENV{XDG_CONFIG_HOME};
# No test asks this machine's name server: what it says is not ours to know.
mkdir "$ENV{XDG_CONFIG_HOME}/hisho";
spew("$ENV{XDG_CONFIG_HOME}/hisho/hisho.conf", "[dns]\nask=no\n");

sub slurp {
	my ($path) = @_;
	open my $file, '<:raw', $path or die "$path: $!\n";
	local $/;
	return scalar(<$file>) // '';
}

sub spew {
	my ($path, $bytes) = @_;
	open my $file, '>:raw', $path or die "$path: $!\n";
	print $file $bytes;
	close $file or die "$path: $!\n";
	return $path;
}

# A mail written for the project.
sub mail { return slurp("$root/tests/mails/$_[0].eml") }

sub redirect {
	my ($handle, $how, $path) = @_;
	open $handle, $how, $path or POSIX::_exit(126);
}

# Runs a command: run({in => BYTES, to => FILE, timeout => SECONDS}, COMMAND),
# after the CODE of "before", called as "name".
# Yields its exit status (128 and above: killed), out, err and seconds.
sub run {
	my $how = ref $_[0] ? shift : {};
	my @command = @_;
	my $base = "$scratch/run-$$";
	my $in = spew("$base.in", $how->{in} // '');
	my $out = $how->{to} // "$base.out";
	my $start = time;
	my $child = fork // die "fork: $!\n";
	if ($child == 0) {
		setpgrp;
		redirect(*STDIN, '<', $in);
		redirect(*STDOUT, '>', $out);
		redirect(*STDERR, '>', "$base.err");
		$how->{before}->() if $how->{before};
		no warnings 'exec';
		my $program = $command[0];
		$command[0] = $how->{name} // $program;
		exec { $program } @command;
		POSIX::_exit(127);
	}
	my $status = 0;
	eval {
		local $SIG{ALRM} = sub { die "timeout\n" };
		alarm($how->{timeout} // 60);
		waitpid $child, 0;
		$status = $?;
		alarm 0;
	};
	if ($@) {
		kill 'KILL', -$child;
		waitpid $child, 0;
		$status = 9;
	}
	return {
		status => $status & 127 ? 128 + ($status & 127) : $status >> 8,
		out => $how->{to} ? '' : slurp($out),
		err => slurp("$base.err"),
		seconds => time - $start,
	};
}

# BYTES as COMMAND passes them on; dies of a failure.
sub filter {
	my ($bytes, @command) = @_;
	my $result = run({ in => $bytes }, @command);
	die substr("@command", 0, 200) .
	    ": status $result->{status}: " . substr($result->{err}, 0, 500)
	    if $result->{status};
	return $result->{out};
}

# BYTES as the five stages pass them on, each with OPTIONS.
sub pipeline {
	my ($bytes, @options) = @_;
	$bytes = filter($bytes, $_, @options) for @stages;
	return $bytes;
}

my $end = qr/\r\n|\n|\r/;
my $line = qr/[^\r\n]*(?:$end)/;
my $top = qr/(?:From $line)?(?:[ \t]$line)*/;
my $block = qr/(?:X-Hisho-$line(?:[ \t]$line)*)*/;

# MAIL without the one block of fields that hisho puts on top.
sub strip {
	my ($mail) = @_;
	$mail =~ s/\A($top)$block/$1/;
	return $mail;
}

# The block of fields that hisho put on top of MAIL.
sub block {
	my ($mail) = @_;
	return $mail =~ /\A$top($block)/ ? $1 : '';
}

# Goes over the next mail in OUTPUT (a reference, by its pos) if that is
# ORIGINAL with one block of fields on top; yields it with its fields.
sub next_mail {
	my ($output, $original) = @_;
	my ($above) = $original =~ /\A($top)/;
	my $below = substr $original, length $above;
	my $start = pos($$output) // 0;
	pos($$output) = $start;
	return unless $$output =~ /\G\Q$above\E$block/g;
	my $end = pos($$output) + length $below;
	return unless substr($$output, pos $$output, length $below) eq $below;
	pos($$output) = $end;
	return substr $$output, $start, $end - $start;
}

# The values of one X-Hisho field of MAIL, unfolded: value($mail, 'Folder').
sub value {
	my ($mail, $name) = @_;
	my $block = block($mail) =~ s/(?:$end)(?=[ \t])//gr;
	my @values = map { /^X-Hisho-\Q$name\E: *(.*)/ } split $end, $block;
	return wantarray ? @values : $values[0];
}

# The JSON objects in TEXT, one a line.
sub json_of {
	my ($text) = @_;
	my $json = JSON::PP->new->utf8;
	my @objects = map { $json->decode($_) } split /\n/, $text;
	return wantarray ? @objects : $objects[0];
}

# The folder of real mails, if this machine has one.
sub corpus {
	my $folder = $ENV{HISHO_CORPUS} // "$root/../shared/corpus";
	return -e "$folder/manifest.tsv" ? abs_path($folder) : undef;
}

# Calls CODE with each of ITEMS, in as many processes as there are cores;
# yields what it returned (strings), in no order.
sub in_parallel {
	my ($code, @items) = @_;
	chomp(my $cores = `nproc 2>/dev/null` || 2);
	my @pipes;
	for my $turn (0 .. $cores - 1) {
		my $child = open(my $pipe, '-|') // die "fork: $!\n";
		if ($child == 0) {
			for my $i (grep { $_ % $cores == $turn } 0 .. $#items) {
				print map { s/\n/ /gr . "\n" } $code->($items[$i]);
			}
			close STDOUT;
			POSIX::_exit(0);
		}
		push @pipes, $pipe;
	}
	my @results;
	for my $pipe (@pipes) {
		push @results, <$pipe>;
		close $pipe or push @results, "a worker died: $?\n";
	}
	chomp @results;
	return @results;
}

1;
