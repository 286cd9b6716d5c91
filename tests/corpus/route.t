#!/usr/bin/perl
# By which host real mail came: what hisho-route finds and what SpamAssassin
# does, with the reason of every difference.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Hisho;
use Test::More;

my $corpus = corpus() or plan skip_all => 'no corpus on this machine';

sub routes {
	my (@files) = @_;
	chdir $corpus or die "$corpus: $!\n";
	my $out = filter('', qw(hisho-route --no-dns --no-record
	    --format=json), @files);
	return map { $_->{file} => $_->{route} } json_of($out);
}

# Differences are no mistakes where the field itself says why.  In PATTERN
# WANT, HELO and IP stand for what SpamAssassin wants, for what hisho found.
my @reasons = ( # what, pattern in the Received field, reason
	[ rdns => qr/^from HELO \(IP\) by \S+\.outlook\.com /,
	    'Exchange Online writes one name, which is the HELO' ],
	[ rdns => qr/\(WANT \[IP\] \(may be forged\)\)/,
	    'Sendmail says that the name may be forged' ],
	[ helo => qr/^from \[/, 'SpamAssassin writes [ and ] as !' ],
	[ '' => qr/^from webnote\.net \(mail\.webnote\.net \[IP\]\) by /,
	    'the other takes this relay for one of our own; nobody said so' ],
);

sub fits {
	my ($pattern, $field, %words) = @_;
	$pattern =~ s{$_}{quotemeta($words{$_} // '')}ge for keys %words;
	return $field =~ /$pattern/i;
}

sub reason {
	my ($key, $want, $route, $fields) = @_;
	my $field = $route->{hop} ? $fields->[ $route->{hop} - 1 ]{raw} : '';
	for (@reasons) {
		my ($what, $pattern, $reason) = @$_;
		next if $what && $what ne $key;
		next if $key eq 'helo' && $what && $want !~ /^!.*!$/;
		return $reason if fits($pattern, $field, WANT => $want,
		    HELO => $route->{helo}, IP => $route->{ip});
	}
	return;
}

# Compares; yields how many there are, the same, and the explained.
sub compare {
	my ($key, $mails, $found) = @_;
	my ($same, %explained) = 0;
	for my $mail (@$mails) {
		my $route = $found->{ $mail->{file} } // {};
		my $want = lc($mail->{connecting_expected}{$key} // '');
		my $have = lc($route->{$key} // '');
		$same++, next if $have eq $want;
		my $reason = reason($key, $want, $route, $mail->{received});
		note "$key: $mail->{file}: '$have', not '$want': " .
		    ($reason // 'UNEXPLAINED');
		diag "$key: $mail->{file}: '$have', not '$want': UNEXPLAINED"
		    unless $reason;
		$explained{ $reason // 'unexplained' }++;
	}
	note "$key: $explained{$_}: $_" for sort keys %explained;
	return ($same, \%explained);
}

my @mails = grep { $_->{connecting_expected} }
    json_of(slurp("$corpus/expected_all.jsonl"));
my %found = routes(map { $_->{file} } @mails);
is(scalar keys %found, scalar @mails, 'a route for every mail');

for (['ip', 0.995], ['helo', 0.99]) {
	my ($key, $share) = @$_;
	my ($same, $explained) = compare($key, \@mails, \%found);
	cmp_ok($same, '>=', $share * @mails, "$key: $same of " . @mails);
	is($explained->{unexplained}, undef, "$key: no difference unexplained");
}
# Where our server vouches for a name; where it does not, there is none.
{
	my ($same, $explained) = compare('rdns', \@mails, \%found);
	my ($one_name, $forged) = map { $explained->{ $_->[2] } // 0 }
	    @reasons[0, 1];
	my $n = @mails - $one_name - $forged;
	cmp_ok($same, '>=', 0.99 * $n, "rdns: $same of $n, apart from " .
	    "$one_name greetings and $forged forged names");
	is($explained->{unexplained}, undef, 'rdns: no difference unexplained');
}

# The generated mails: true by construction, so all of them, though a
# forged hop stands below in most.
my ($truth) = json_of(slurp("$corpus/synthetic_truth.json") =~ s/\n//gr);
my $generated = 0;
my %generated = routes(glob "$corpus/japanese-synthetic/*");
for my $name (sort keys %$truth) {
	my ($file) = grep { /\Q$name\E$/ } keys %generated;
	my ($want, $route) = ($truth->{$name}, $generated{ $file // '' } // {});
	my @wrong = grep { ($route->{$_} // '') ne
	    ($want->{connecting}{$_} // '') } qw(ip helo rdns);
	push @wrong, 'by' if ($route->{by} // '') ne $want->{boundary};
	diag "$name: @wrong" if @wrong;
	$generated++ unless @wrong;
}
cmp_ok($generated, '>', 0, 'there are generated mails');
is($generated, scalar keys %$truth, 'all generated mails are read right');
done_testing;
