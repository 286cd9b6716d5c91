#!/usr/bin/perl
# HTML made to cost time and memory costs a mail neither its links nor its
# status: the cell reads it within its limits and says which it reached.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Hisho;
use Test::More;

# How many bytes of a part are read: sanitizers take ten times as long for each.
my $bytes = $build =~ /sanitize/ ? 1 << 18 : 2 << 20;
my $config = spew("$scratch/limits.conf", "[limits]\nhtml-bytes=$bytes\n");
my $link = '<a href="http://first.example/">first</a>';

# TEXT again and again, with numbers for "%u", until there is more than that.
sub fill {
	my ($text) = @_;
	my ($page, $n) = ($link, 0);
	$page .= $text =~ s/%u/$n++/er while length $page <= $bytes;
	return $page;
}

my @pages = (
	[ 'deep nesting', fill('<b><p><div>') ],
	[ '200,000 attributes', "$link<a " . fill('a%u=x ') . '>' ],
	[ 'an entity flood', fill('&CounterClockwiseContourIntegral;&amp&#9') ],
	[ 'unclosed everything',
	    fill('<!--[if x]><table><td><style><a href="http://a%u.example') ],
	[ '1,000,000 links', $link . '<a href=//x>' x 1_000_000 ],
	[ '100,000 hosts', fill('<a href=//a%u.example>') ],
);

for my $case (@pages) {
	my ($name, $page) = @$case;
	my $mail = "From: a\@a.example\nMIME-Version: 1.0\n" .
	    "Content-Type: text/html; charset=UTF-8\n\n$page\n";
	my $before = (times)[2] + (times)[3];
	my $run = run({ in => $mail },
	    qw(hisho-links --no-dns --no-record --format=json),
	    "--config=$config");
	my $result = $run->{status} ? {} : json_of($run->{out});
	my $processor = (times)[2] + (times)[3] - $before;
	note(sprintf '%s: %.2f s, %.2f s of processor', $name,
	    $run->{seconds}, $processor);
	is($result->{status}, 'ok', "$name: the mail is read");
	is($result->{links}[0]{host}, 'first.example', "$name: its link is there");
	is_deeply($result->{limits}, ['links'],
	    "$name: the limit is named");
	SKIP: {
		skip 'sanitizers take their time', 1 if $build =~ /sanitize/;
		cmp_ok($processor, '<', 2, "$name: it takes no time");
	}
}
done_testing;
