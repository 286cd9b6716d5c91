#!/usr/bin/perl
# How many real mails are warned of for their links, by kind: hardly any that
# is honest, and of the phish those that give themselves away.
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
	$kind{$file} = $kind if $file =~ m{/};
}

chdir $corpus or die "$corpus: $!\n";
my @mails = json_of(filter('', qw(hisho-score --no-dns --no-record
    --format=json), sort keys %kind));
is(scalar @mails, scalar keys %kind, 'an object for every mail');

my %is_ham = map { $_ => 1 } qw(ham ham-fixture);
my %is_honest = (%is_ham,
    map { $_ => 1 } qw(japanese bounce not-bounce auth-fixture));
my @columns = (
	[ 'text differs' => qr/^link-text-differs$/ ],
	[ 'lookalike' => qr/^link-lookalike$/ ],
	[ 'either' => qr/^link-(?:text-differs|lookalike)$/ ],
	[ 'From lookalike' => qr/^from-lookalike$/ ],
	[ 'any of links and forms' => qr/^(?:link|form)\b/ ],
);

my (%n, %warned, @alarms);
for my $mail (@mails) {
	my $kind = $kind{ $mail->{file} };
	$n{$kind}++;
	for my $column (@columns) {
		my ($name, $codes) = @$column;
		my @found = grep { $_->{code} =~ $codes } @{ $mail->{warnings} };
		$warned{$kind}{$name}++ if @found;
		push @alarms, map { "$mail->{file}: $_->{text}" } @found
		    if $is_honest{$kind} && $name eq 'either';
	}
}

note(sprintf '%-20s %5s  %s', 'kind', 'mails',
    join '  ', map { $_->[0] } @columns);
for my $kind (sort keys %n) {
	note(sprintf '%-20s %5d  %s', $kind, $n{$kind}, join '  ',
	    map { sprintf '%*d', length $_->[0], $warned{$kind}{ $_->[0] } // 0 }
	    @columns);
}
note("an honest mail: $_") for @alarms;

for ([ 'ham', \%is_ham ], [ 'honest mails', \%is_honest ]) {
	my ($what, $are) = @$_;
	my ($all, $wrong) = (0, 0);
	for my $kind (grep { $are->{$_} } keys %n) {
		$all += $n{$kind};
		$wrong += $warned{$kind}{either} // 0;
	}
	cmp_ok($wrong, '<=', 0.01 * $all, "$wrong of $all $what are alarming");
}

my $phish = $warned{'phishing-nc'}{'any of links and forms'} // 0;
note(sprintf '%d of %d phish have a warning of links or forms: %.0f %%',
    $phish, $n{'phishing-nc'}, 100 * $phish / $n{'phishing-nc'});
cmp_ok($phish, '>', 0, 'some phish is warned of');
done_testing;
