#!/usr/bin/perl
# A real procmail delivers by examples/procmailrc, the file itself.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Hisho;
use Test::More;

my ($procmail) = grep { -x } map { "$_/procmail" } split /:/, $ENV{PATH};
plan skip_all => 'there is no procmail here' unless $procmail;
$ENV{HISHO_DATABASE} = "$scratch/db";
my $home = "$scratch/home";
mkdir "$home/Mail";

# Delivers MAIL; yields the folder it is in, and its bytes there.
sub deliver {
	my ($mail, $path) = @_;
	system 'rm', '-rf', map { "$home/Mail/$_" } qw(main gray spam);
	unlink "$scratch/log";
	my $result = run({ in => $mail }, $procmail, "HOME=$home",
	    'PATH=' . ($path // $ENV{PATH}), "DEFAULT=$home/default",
	    "ORGMAIL=$home/default", "LOGFILE=$scratch/log",
	    "HISHO_DATABASE=$ENV{HISHO_DATABASE}",
	    "XDG_DATA_HOME=$ENV{XDG_DATA_HOME}", "$root/examples/procmailrc");
	my @files = glob "$home/Mail/*/new/*";
	return ('nowhere', '') if $result->{status} || @files != 1;
	my ($folder) = $files[0] =~ m{Mail/(\w+)/new/};
	return ($folder, slurp($files[0]));
}

# procmail puts a From_ line on top and a newline at the end.
sub same_mail {
	my ($delivered, $mail, $name) = @_;
	$delivered = strip($delivered) =~ s/\AFrom .*\n//r;
	$mail =~ s/\AFrom .*\n//;
	is($delivered =~ s/\n+\z//r, $mail =~ s/\n+\z//r, "$name: unchanged");
}

sub goes_to {
	my ($expected, $mail, $name) = @_;
	my ($folder, $delivered) = deliver($mail);
	is($folder, $expected, "$name: $expected")
	    or diag(-e "$scratch/log" ? slurp("$scratch/log") : 'no log');
	same_mail($delivered, $mail, $name);
	return $delivered;
}

goes_to('gray', mail('bank'), 'a mail from nobody we know');
goes_to('gray', mail('enquiry'), 'an enquiry');
filter('', qw(hisho-vote permit), "$root/tests/mails/colleague.eml");
goes_to('main', mail('colleague'), 'a mail from somebody permitted');
goes_to('main', mail('colleague') =~ s/\n/\r\n/gr, 'the same with CRLF');
filter('', qw(hisho-vote report), "$root/tests/mails/forged-amazon.eml");
goes_to('spam', mail('forged-amazon'), 'a mail with a reported link');

# Second X-Hisho-Folder lines, where procmail takes them for header.
my $claim = "X-Hisho-Folder: main\n";
my $plain = "From: mallory\@example.net\nSubject: let me in\n\nbody\n";
my $crlf = "$plain$claim\nmore\n" =~ s/\n/\r\n/gr;
goes_to('gray', $crlf, 'a claim in the body of a CRLF mail');
goes_to('gray', ($plain =~ s/\n/\r\n/gr) . $claim,
    'a claim with LF in the body of a CRLF mail');
goes_to('gray', "From: mallory\@example.net\n\r\n${claim}\nbody\n",
    'a claim below an LF header closed by CRLF');
goes_to('gray', "\r\n$claim\r\nbody\r\n", 'a claim below a first CRLF');
goes_to('gray', "\n$claim\nbody\n", 'a claim below a first empty line');
goes_to('gray', "\n\n\n$claim\nbody\n", 'a claim below three empty lines');
goes_to('gray', " indented\n\r\n$claim\nbody\n", 'a claim below a blank line');
goes_to('gray', "From a\@b Mon Jan  2 03:04:05 2023\n\r\n$claim\nbody\n",
    'a claim below a From_ line and CRLF');
goes_to('gray', $plain . $claim, 'a claim in the body');

# Those that hisho takes away before procmail can see them.
for my $case (
	[ 'in the header', "Subject: x\n${claim}From: a\@b\n\nbody\n" ],
	[ 'on top', "${claim}From: a\@b\n\nbody\n" ],
	[ 'after a bare CR', "Subject: x\r${claim}From: a\@b\n\nbody\n" ],
	[ 'with CR line ends', "Subject: x\n${claim}\nbody\n" =~ tr/\n/\r/r ],
	[ 'below lines that are no fields', "what?\n${claim}\nbody\n" ],
	[ 'below a second From_ line', "From a\nFrom b\n${claim}\nbody\n" ],
	[ 'after NUL', "Subject: x\0\n${claim}From: a\@b\n\nbody\n" ],
	[ 'folded', "Subject: x\nX-Hisho-Folder:\n main\n\nbody\n" ],
	[ 'without end', 'X-Hisho-Folder: main' ],
) {
	my ($where, $mail) = @$case;
	my ($folder) = deliver($mail);
	is($folder, 'gray', "a claim $where: gray");
}

# A filter that fails: gray, and its fields are not read.
for my $case ([ 'that ends with 75', 'cat >/dev/null; exit 75' ],
	[ 'that is killed', 'kill -9 $$' ],
	[ 'that writes half and fails', 'head -c 40; exit 75' ]) {
	my ($name, $script) = @$case;
	mkdir "$scratch/broken";
	unlink "$scratch/broken/hisho-score";
	spew("$scratch/broken/hisho-score", "#!/bin/sh\n$script\n");
	chmod 0755, "$scratch/broken/hisho-score";
	my $mail = $claim . $plain;
	my ($folder, $delivered) = deliver($mail, "$scratch/broken:/usr/bin:/bin");
	is($folder, 'gray', "a filter $name: gray");
	is($delivered =~ s/\AFrom .*\n//r =~ s/\n+\z//r, $mail =~ s/\n+\z//r,
	    "a filter $name: the mail is as it came");
}
my ($folder) = deliver($claim . $plain, '/usr/bin:/bin');
is($folder, 'gray', 'no filter at all: gray');
done_testing;
