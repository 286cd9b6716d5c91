#!/usr/bin/perl
# Who asks for passwords or money, by words or forms: seldom honest mail.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Hisho;
use Test::More;

my $corpus = corpus() or plan skip_all => 'no corpus on this machine';
my %kind;
for my $line (split /\n/, slurp("$corpus/manifest.tsv")) {
	my ($file, undef, undef, $kind) = split /\t/, $line;
	$kind{$file} = $kind if $file =~ /\.eml$/;
}

my (%mails, %told, %words);
{
	chdir $corpus or die "$corpus: $!\n";
	my $out = filter('', qw(hisho-score --no-dns --no-record
	    --format=json), sort keys %kind);
	for my $mail (json_of($out)) {
		my $kind = $kind{ $mail->{file} };
		$mails{$kind}++;
		for my $warning (@{ $mail->{warnings} }) {
			$told{ $warning->{code} }{$kind}{ $mail->{file} } = 1;
			push @{ $words{ $warning->{code} } },
			    $warning->{evidence}{words} // ();
		}
	}
}
sub share { # of the mails of these kinds, in per cent
	my ($code, @kinds) = @_;
	my ($told, $all) = (0, 0);
	$told += keys %{ $told{$code}{$_} // {} } for @kinds;
	$all += $mails{$_} for @kinds;
	diag(sprintf '%s: %d of %d (%s)', $code, $told, $all, "@kinds");
	return 100 * $told / $all;
}

my @honest = qw(ham ham-fixture);
cmp_ok(share('password-words', @honest), '<=', 0.5,
    'honest mail hardly asks for passwords');
cmp_ok(share('money-words', @honest), '<=', 1,
    'nor does its talk of money often come with another oddity');
is(share('form-password', @honest), 0, 'no form of it does');
cmp_ok(share('form', @honest), '<=', 0.5, 'its forms search and subscribe');
cmp_ok(share('password-words', 'phishing-nc'), '>=', 3,
    'forged mail asks more often');
cmp_ok(share('password-words', 'japanese-synthetic'), '>=', 50,
    'and so it does in Japanese');

for my $code (qw(password-words money-words)) {
	my @odd = grep { /[\p{C}]/ || !/\S/ || length > 500 }
	    @{ $words{$code} };
	is("@odd", '', "$code: the words are shown, and can be");
}
done_testing;
