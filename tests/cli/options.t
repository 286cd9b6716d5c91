#!/usr/bin/perl
# Every option in --help is in the man page, and the other way round.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Hisho;
use Test::More;

# The argp help of TOOL: "--long" and "-s" of every option.
sub offered {
	my ($tool) = @_;
	my %options;
	for (split /\n/, filter('', $tool, '--help')) {
		next unless /^\s{2,6}(-\S.*?)(?:\s{2,}|$)/;
		$options{$_} = 1 for $1 =~ /(?:^|[\s,])(-[A-Za-z?]|--[a-z][a-z-]*)/g;
	}
	return \%options;
}

# The options that have a paragraph of their own in the page of TOOL.
sub described {
	my ($tool) = @_;
	my %options;
	for (split /\n/, slurp("$root/man/$tool.1")) {
		next unless /^\.B[RI]? +(?:"?\\-)/;
		s/\\f[BIRP]|["\\]//g;
		$options{$_} = 1 for /(?:^|[\s,])(-[A-Za-z?]|--[a-z][a-z-]*)/g;
	}
	return \%options;
}

my @tools = map { m{([^/]+)\.c$} } glob "$root/bin/hisho-*.c";
is(scalar @tools, 7, 'seven tools');
for my $tool (@tools) {
	my ($offered, $described) = (offered($tool), described($tool));
	cmp_ok(scalar keys %$offered, '>', 4, "$tool --help lists options");
	is_deeply([ sort keys %$described ], [ sort keys %$offered ],
	    "$tool: options in the man page = options in --help");
	like(filter('', $tool, '--version'), qr/^hisho \d+\.\d+/,
	    "$tool tells its version");
}
is_deeply([ sort map { m{([^/]+)\.1$} } glob "$root/man/*.1" ],
    [ sort @tools ], 'a man page for every tool');

# The pages are sound, and no line of them is too wide for a terminal.
for my $page (glob "$root/man/*.[17]") {
	my ($name) = $page =~ m{([^/]+)$};
	my $result = run('groff', '-ww', '-z', '-t', '-man', '-Kutf8', '-Tutf8', $page);
	is($result->{err}, '', "$name: no warning of groff");
	my $text = slurp($page);
	like($text, qr/^\.SH NAME\n\Q@{[$name =~ s{\.\d$}{}r]}\E \\- \S/m,
	    "$name has a NAME for whatis");
}
done_testing;
