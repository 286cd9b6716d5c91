#!/usr/bin/perl
# No link that gumbo's tree of HTML shows is missing.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Hisho;
use Test::More;

my $driver = "$build/tests/drive/gumbo-links";

# One mail that has all of what the mails of the project have not.
sub disguised {
	return <<'END';
MIME-Version: 1.0
Content-Type: text/html; charset=UTF-8

<base href="http://base.example/x/"><A
HREF = 'one' hReF=two><img src=//three.example/a?b&copy=1&amp;c><b><p>
<svg><title><a href="http://four.example/"></title><a xlink:href=/five></svg>
<select><option><a href=http://six.example></select><table><a href=seven>
<![CDATA[ <a href="http://eight.example/"> ]]><!-- --!><a href=nine>
<form action=ten><button formaction=x><isindex action=eleven><noscript><img
src=twelve></noscript><frameset><frame src=thirteen></frameset><math><mi><img
src="four&#116;een"></math><p/title="<"src='fif
teen'><template><a href=sixteen></template><a href=seventeen
END
}

sub compare {
	my ($what, $least, @files) = @_;
	my $out = filter('', $driver, @files);
	my ($seen, $missing) = $out =~ /^seen (\d+), missing (\d+)$/m;
	diag($_) for grep { /^missing/ } split /\n/, $out;
	cmp_ok($seen, '>=', $least, "gumbo sees $seen links in $what");
	is($missing, 0, 'all of them are listed');
}

compare('the mails of the project', 5, glob "$root/tests/mails/*.eml");
compare('disguise', 11, spew("$scratch/disguised.eml", disguised()));
SKIP: {
	my $corpus = corpus() or skip 'no corpus on this machine', 2;
	my @mails = slurp("$corpus/manifest.tsv") =~ /^(\S+\.eml)\t/mg;
	chdir $corpus or die "$corpus: $!\n";
	compare('the corpus', 1000, @mails);
}
done_testing;
