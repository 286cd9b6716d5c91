#!/usr/bin/perl
# HTML falls into the tokens that html5lib's cases ask for.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Hisho;
use JSON::PP ();
use Test::More;

my $folder = ($ENV{HISHO_VECTORS} // "$root/../shared/vectors") .
    '/html5lib-tokenizer';
my @files = glob "$folder/*.test";
plan skip_all => 'no html5lib cases on this machine' unless @files;

# As in HishoHtmlModel.
my %model = ('Data state' => 0, 'RCDATA state' => 1, 'RAWTEXT state' => 2,
    'Script data state' => 3, 'PLAINTEXT state' => 4,
    'CDATA section state' => 5);
# After their start tags the tree builder tells a tokenizer to read otherwise;
# these cases know of no tree builder, but ours does that by itself.
my $raw = qr/^(?:title|textarea|style|xmp|iframe|noembed|noframes|script|plaintext)$/;

sub unescape { # one more time, for doubleEscaped
	my ($value) = @_;
	return [ map { unescape($_) } @$value ] if ref $value eq 'ARRAY';
	return { map { unescape($_) } %$value } if ref $value eq 'HASH';
	$value =~ s/\\u([0-9A-Fa-f]{4})/chr hex $1/ge
	    if defined $value && !ref $value;
	return $value;
}

sub hex_of {
	my ($text) = @_;
	utf8::encode($text);
	return unpack 'H*', $text;
}

# A token of theirs as tests/drive/html-tokens writes it.
sub token {
	my ($kind, $name, $attributes, $closing) = @{ $_[0] };
	return 'text:' . hex_of($name) if $kind eq 'Character';
	return 'comment:' . hex_of($name) if $kind eq 'Comment';
	return 'end:' . hex_of($name) if $kind eq 'EndTag';
	return 'doctype:' . join(';', hex_of($name // ''),
	    map { defined $_ ? hex_of($_) : '-' } @{ $_[0] }[2, 3]) .
	    ($_[0][4] ? '' : '!') if $kind eq 'DOCTYPE';
	return join ',', 'start:' . hex_of($name) . ($closing ? '/' : ''),
	    sort map { hex_of($_) . '=' . hex_of($attributes->{$_}) }
	    keys %$attributes;
}

# Our tokens in the same form: pieces of text joined, attributes in order, and
# comments, which are kept as written (they are read once more), normalized.
sub normal {
	my ($line) = @_;
	1 while $line =~ s/(text:[0-9a-f]*) text:/$1/;
	return join ' ', map {
		my ($head, @attributes) = split /,/;
		if ($head =~ /^comment:(.*)/) {
			my $text = pack 'H*', $1;
			$text =~ s/\r\n?/\n/g;
			$text =~ s/\0/\xEF\xBF\xBD/g;
			$head = 'comment:' . unpack 'H*', $text;
		}
		join ',', $head, sort @attributes;
	} split / /, $line;
}

# Why a case does not concern us; undef if it does.
sub reason {
	my ($file, $case) = @_;
	return 'asks for an XML infoset' if $file =~ /xmlViolation/;
	return 'surrogates, which UTF-8 cannot hold'
	    if JSON::PP->new->encode([ $case->{input}, $case->{output} ]) =~
	    /[\x{D800}-\x{DFFF}]/;
	my @tokens = @{ $case->{output} };
	pop @tokens;
	return 'goes on after an element that the tree builder reads otherwise'
	    if grep { $_->[0] eq 'StartTag' && $_->[1] =~ $raw } @tokens;
	return;
}

my (@cases, %left_out);
for my $file (@files) {
	my $json = JSON::PP->new->utf8->decode(slurp($file));
	for my $case (@{ $json->{tests} // $json->{xmlViolationTests} }) {
		$case = { %$case, map { $_ => unescape($case->{$_}) }
			qw(input output) } if $case->{doubleEscaped};
		my @states = @{ $case->{initialStates} // ['Data state'] };
		my $reason = reason($file, $case);
		$left_out{$reason} += @states, next if $reason;
		push @cases, map { { %$case, state => $_,
		    file => $file =~ s{.*/}{}r } } @states;
	}
}
my @unknown = grep { !exists $model{ $_->{state} } } @cases;
is(scalar @unknown, 0, 'every state they begin in is known');

my $input = join '', map { join(' ', $model{ $_->{state} },
    $_->{lastStartTag} // '-', hex_of($_->{input})) . "\n" } @cases;
my @found = split /\n/, filter($input, "$build/tests/drive/html-tokens"), -1;
pop @found;
is(scalar @found, scalar @cases, 'an answer for every case');

my $same = 0;
for my $i (0 .. $#cases) {
	my $case = $cases[$i];
	my $expected = normal(join ' ', map { token($_) } @{ $case->{output} });
	my $found = normal($found[$i] // '');
	$same++, next if $found eq $expected;
	diag("$case->{file}: $case->{description}, $case->{state}: ",
	    JSON::PP->new->ascii->allow_nonref->encode($case->{input}),
	    "\n  found    $found\n  expected $expected");
}
is($same, scalar @cases, "all of $same cases give the same tokens");
note("$left_out{$_} left out: $_") for sort keys %left_out;
done_testing;
