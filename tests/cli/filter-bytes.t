#!/usr/bin/perl
# Every stage gives back the very bytes it was given, below its own fields.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Hisho;
use Test::More;

my @options = qw(--no-dns --no-record);
my $head = "From: taro\@example.jp\nSubject: shape\n";
my $junk = join '', map { chr($_ * 7 % 256) } 1 .. 4096;
my %shape = (
	'an empty input' => '',
	'a single newline' => "\n",
	'a single letter' => 'x',
	'one line that never ends' => 'Subject: never',
	'an indented line that never ends' => ' Subject: never',
	'a From_ line that never ends' => 'From a@b Mon Jan  2 03:04:05 2023',
	'a header and nothing else' => $head,
	'a header without its last newline' => substr($head, 0, -1),
	'a body without its last newline' => "$head\nno end",
	'CRLF line ends' => ("$head\nbody\n" =~ s/\n/\r\n/gr),
	'a CRLF header over an LF body' => ($head =~ s/\n/\r\n/gr) . "\r\nx\n",
	'an LF header closed by CRLF' => "$head\r\nbody\n",
	'bare CR line ends' => ("$head\nbody\n" =~ s/\n/\r/gr),
	'a bare CR within a field' => "Subject: one\rtwo\n$head\nbody\n",
	'a CR before the CRLF' => "Subject: one\r\r\n$head\r\nbody\r\n",
	'NUL in header and body' => "Subject: a\0b\n$head\n\0\0body\0\n",
	'NUL before everything' => "\0\0$head\nbody\n",
	'8-bit bytes in the header' => "Subject: \xe5\xff\x80\n$head\n\xe5\xff\n",
	'a first line that is blank' => "\n${head}\nbody\n",
	'a first line of CRLF' => "\r\n${head}\nbody\n",
	'a first line that is indented' => " indented\n$head\nbody\n",
	'three first lines that are indented' =>
	    "\tone\n two\n  three\n$head\nbody\n",
	'a From_ line' => "From a\@b Mon Jan  2 03:04:05 2023\n$head\nbody\n",
	'a From_ line and nothing else' => "From a\@b Mon Jan  2 03:04:05 2023\n",
	'a From_ line over an indented one' =>
	    "From a\@b Mon Jan  2 03:04:05 2023\n indented\n$head\nbody\n",
	'a From_ line with CRLF' =>
	    "From a\@b Mon Jan  2 03:04:05 2023\r\n" .
	    ("$head\nbody\n" =~ s/\n/\r\n/gr),
	'a body full of From_ lines' =>
	    "$head\n" . "From a\@b Mon Jan  2 03:04:05 2023\n\nx\n\n" x 500,
	'>From_ lines in header and body' => ">From a b\n$head\n>From x\n>>From y\n",
	'header lines that are no fields' => "no field at all\n$head: x\n\n:\n",
	'a header line of 1 MB' =>
	    "Subject: " . 'x' x (1 << 20) . "\n$head\nbody\n",
	'a folded field of 1 MB' =>
	    "Subject:" . " fold\n" x 180_000 . "$head\nbody\n",
	'a body line of 1 MB' => "$head\n" . 'y' x (1 << 20) . "\n",
	'a body line of 1 MB that never ends' => "$head\n" . 'y' x (1 << 20),
	'a first line of 1 MB' => 'z' x (1 << 20) . "\n$head\nbody\n",
	'three thousand fields' =>
	    join('', map { "X-Field-$_: $_\n" } 1 .. 3000) . "$head\nbody\n",
	'trailing empty lines' => "$head\nbody\n" . "\n" x 50,
	'binary junk' => $junk,
	'binary junk as body' => "$head\n$junk",
	'a multipart that never closes' =>
	    "${head}MIME-Version: 1.0\nContent-Type: multipart/mixed;" .
	    " boundary=b\n\n--b\n\n--b\nContent-Type: text/html\n\n<a href=",
);
for my $path (glob "$root/tests/mails/*.eml") {
	my ($name) = $path =~ m{([^/]+)\.eml$};
	$shape{"the mail '$name'"} = mail($name);
	$shape{"the mail '$name' with CRLF"} = mail($name) =~ s/\n/\r\n/gr;
}
my $fieldless = qr/^(?:an indented|a From_) line that never ends/;

# What is wrong with OUT as the passing on of IN, in words.
sub wrong {
	my ($in, $out, $folders) = @_;
	return 'the mail was changed' if strip($out) ne $in;
	my @folder = value($out, 'Folder');
	return @folder . ' Folder fields' if @folder != $folders;
	return '';
}

for my $name (sort keys %shape) {
	my $mail = $shape{$name};
	my $folders = $name =~ $fieldless ? 0 : 1;
	my (@wrong, %once);
	my $passed = $mail;
	for my $stage (@stages) {
		my $last = $stage eq 'hisho-score' ? $folders : 0;
		my $alone = filter($mail, $stage, @options);
		my $wrong = wrong($mail, $alone, $last);
		push @wrong, "$stage: $wrong" if $wrong;
		my $twice = filter($alone, $stage, @options);
		push @wrong, "$stage: twice is not once"
		    if $twice =~ s/^X-Hisho-Seal.*(?:\R[ \t].*)*//mr ne
		    $alone =~ s/^X-Hisho-Seal.*(?:\R[ \t].*)*//mr;
		$passed = filter($passed, $stage, @options);
		$wrong = wrong($mail, $passed, $last);
		push @wrong, "pipeline to $stage: $wrong" if $wrong;
		$once{$stage} = $alone;
	}
	for my $field (@fields[0 .. 8]) {
		my $name = $field =~ s/^X-Hisho-//r;
		push @wrong, "$field differs between pipeline and score"
		    if join("\n", value($passed, $name)) ne
		    join("\n", value($once{'hisho-score'}, $name));
	}
	ok(!@wrong, "unchanged: $name") or diag(join "\n", @wrong);
}
done_testing;
