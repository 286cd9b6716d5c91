#!/usr/bin/perl
# A real maildrop delivers by examples/mailfilter, the file itself.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Hisho;
use Test::More;

my $unpacked = "$root/build/mta/root/usr";
plan skip_all => 'no maildrop was unpacked: make deps, as root'
    unless -x "$unpacked/bin/maildrop";
# It must not run with the rights of the group mail, nor could it find its
# libraries then.
my $maildrop = "$scratch/maildrop";
spew($maildrop, slurp("$unpacked/bin/maildrop"));
chmod 0755, $maildrop;
my $libraries = join ':', "$unpacked/lib", glob "$unpacked/lib/*-linux-gnu";
my $home = "$scratch/home";
$ENV{HISHO_DATABASE} = "$scratch/db";

# Delivers MAIL; yields the folder it is in, and its bytes there.
sub deliver {
	my ($mail, $path) = @_;
	$path //= $ENV{PATH};
	system 'rm', '-rf', "$home/Mail";
	my $filter = spew("$scratch/filter", <<"");
HOME="$home"
PATH="$path"
HISHO_DATABASE="$ENV{HISHO_DATABASE}"
XDG_DATA_HOME="$ENV{XDG_DATA_HOME}"
XDG_CONFIG_HOME="$ENV{XDG_CONFIG_HOME}"
LD_LIBRARY_PATH=""
include "$root/examples/mailfilter"

	chmod 0600, $filter;
	my $result = run({ in => $mail }, 'env',
	    "LD_LIBRARY_PATH=$libraries", $maildrop, $filter);
	my @files = glob "$home/Mail/*/new/*";
	diag $result->{err} if $result->{status};
	return ('nowhere', '') if $result->{status} || @files != 1;
	my ($folder) = $files[0] =~ m{Mail/(\w+)/new/};
	return ($folder, slurp($files[0]));
}

sub goes_to {
	my ($expected, $mail, $name) = @_;
	my ($folder, $delivered) = deliver($mail);
	is($folder, $expected, "$name: $expected");
	is(strip($delivered) =~ s/\AFrom .*\n//r =~ s/\n+\z//r,
	    $mail =~ s/\AFrom .*\n//r =~ s/\n+\z//r, "$name: unchanged");
}

goes_to('gray', mail('bank'), 'a mail from nobody we know');
filter('', qw(hisho-vote permit), "$root/tests/mails/colleague.eml");
goes_to('main', mail('colleague'), 'a mail from somebody permitted');
goes_to('main', mail('colleague') =~ s/\n/\r\n/gr, 'the same with CRLF');
filter('', qw(hisho-vote report), "$root/tests/mails/forged-amazon.eml");
goes_to('spam', mail('forged-amazon'), 'a mail with a reported link');

my $claim = "X-Hisho-Folder: main\n";
my $plain = "From: mallory\@example.net\nSubject: let me in\n\nbody\n";
goes_to('gray', "$plain$claim\nmore\n" =~ s/\n/\r\n/gr,
    'a claim in the body of a CRLF mail');
goes_to('gray', "From: mallory\@example.net\n\r\n${claim}\nbody\n",
    'a claim below an LF header closed by CRLF');
goes_to('gray', "\n$claim\nbody\n", 'a claim below a first empty line');
goes_to('gray', " indented\n\r\n$claim\nbody\n", 'a claim below a blank line');
goes_to('gray', $plain . $claim, 'a claim in the body');
my ($folder) = deliver("Subject: x\n${claim}From: a\@b\n\nbody\n");
is($folder, 'gray', 'a claim in the header: gray');

# A filter that fails: gray, and its fields are not read.
for my $case ([ 'that ends with 75', 'cat >/dev/null; exit 75' ],
	[ 'that is killed', 'kill -9 $$' ],
	[ 'that writes half and fails', 'head -c 40; exit 75' ]) {
	my ($name, $script) = @$case;
	mkdir "$scratch/broken";
	spew("$scratch/broken/hisho-score", "#!/bin/sh\n$script\n");
	chmod 0755, "$scratch/broken/hisho-score";
	my $mail = $claim . $plain;
	my ($folder, $delivered) =
	    deliver($mail, "$scratch/broken:/usr/bin:/bin");
	is($folder, 'gray', "a filter $name: gray");
	is($delivered, $mail, "a filter $name: the mail is as it came");
}
($folder) = deliver($claim . $plain, '/usr/bin:/bin');
is($folder, 'gray', 'no filter at all: gray');
done_testing;
