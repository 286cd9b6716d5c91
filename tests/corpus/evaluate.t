#!/usr/bin/perl
# What hisho is worth on real mail, replayed in the order of time: no bad mail
# may ever be trusted, and hardly any that is good distrusted.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Hisho;
use Test::More;

my $corpus = corpus() or plan skip_all => 'no corpus on this machine';
my (%files, %mails);
for my $line (split /\n/, slurp("$corpus/manifest.tsv")) {
	my ($file, undef, undef, $kind) = split /\t/, $line;
	push @{ $files{$kind} }, $file if $file =~ m{/};
}

# All mails of KIND as an mbox, quoted.
sub mbox {
	my ($kind) = @_;
	$mails{$kind} //= spew("$scratch/$kind", join '', map {
		my $mail = slurp("$corpus/$_") =~ s/\AFrom .*\n//r;
		"From x\@y Mon Jan  1 00:00:00 2001\n" .
		    $mail =~ s/^(>*From )/>$1/mgr . "\n"
	} @{ $files{$kind} });
	return $mails{$kind};
}

sub evaluate {
	my ($good, $bad, @options) = @_;
	return filter('', 'hisho-score', '--evaluate', @options, mbox($good),
	    mbox($bad));
}

sub verdict {
	my ($found, $name, $level) = @_;
	return (grep { $_->{name} eq $name && ($_->{level} // '') eq
	    ($level // '') } @{ $found->{verdicts} })[0];
}

for my $bad (qw(phishing-nc spam)) {
	my $found = json_of(evaluate('ham', $bad, '--format=json'));
	my $advice = verdict($found, 'advice');
	my $danger = verdict($found, 'warning', 'danger');
	diag("ham and $bad: ", join '; ', map {
		my $hits = $advice->{$_};
		"$_ " . join ' ', map { "$_ $hits->{$_}" } sort keys %$hits
	} qw(good bad));
	for my $side ([ good => 'ham' ], [ bad => $bad ]) {
		my ($name, $kind) = @$side;
		my $counts = $found->{$name};
		is($counts->{mails}, scalar @{ $files{$kind} }, "$kind: all found");
		is($counts->{judged} + $counts->{copies} + $counts->{disputed} +
		    $counts->{damaged}, $counts->{mails}, "$kind: all accounted for");
		is($counts->{damaged}, 0, "$kind: all analysed");
	}
	is($advice->{bad}{wrong}, 0, "$bad: none is trusted");
	cmp_ok($advice->{bad}{right}, '>', $advice->{bad}{mails} / 5,
	    "$bad: votes find one in five");
	cmp_ok($advice->{good}{wrong}, '<=', $advice->{good}{mails} / 25,
	    'ham: hardly any is distrusted');
	cmp_ok($danger->{good}{wrong}, '<=', $danger->{good}{mails} / 100,
	    'ham: hardly any looks dangerous');
	is(evaluate('ham', $bad, '-j1'), evaluate('ham', $bad, '-j3'),
	    "ham and $bad: the same with any number of workers");
}
done_testing;
