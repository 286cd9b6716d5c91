#!/usr/bin/perl
# Where real mail leads, as two other programs see it and as the generated
# mails are known to.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Hisho;
use Test::More;

my $corpus = corpus() or plan skip_all => 'no corpus on this machine';
my @expected = json_of(slurp("$corpus/expected_all.jsonl"));
my ($truth) = json_of(slurp("$corpus/synthetic_truth.json") =~ s/\n//gr);
my %found;
{
	chdir $corpus or die "$corpus: $!\n";
	my $out = filter('', qw(hisho-links --no-dns --no-record --format=json),
	    map { $_->{file} } @expected);
	$found{ $_->{file} } = $_ for json_of($out);
}
is(scalar keys %found, scalar @expected, 'an object for every mail');

sub true_links { # of a generated mail, none of others
	my ($file) = @_;
	my ($name) = $file =~ /(synth_jp_\w+\.eml)$/ or return;
	return @{ $truth->{$name}{links} };
}

# The links of a mail by host.
sub by_host {
	my ($object) = @_;
	my %links;
	push @{ $links{ $_->{host} } }, $_
	    for grep { defined $_->{host} } @{ $object->{links} };
	return \%links;
}

sub is_in_field { return $_[0]{where} =~ /^header\./ }
sub is_in_comment {
	return is_in_field(@_) ||
	    ($_[0]{reason} // '') =~ /^(comment|conditional)$/;
}
sub is_target { return $_[0]{kind} eq 'redirect' }
sub is_outside { # perhaps named in a field besides
	return is_in_field(@_) || $_[0]{where} =~ m{^(?:preamble|epilogue)/};
}
sub is_attached { return $_[0]{where} =~ m{^(?:attachment|message)/} }
sub is_bare { # or written like that: nothing but a host
	return is_in_comment(@_) || ($_[0]{where} =~ /text$/ &&
	    $_[0]{url} =~ m{^http://[^/]+/?$});
}
sub all_of { my ($is, @links) = @_; return !grep { !$is->($_) } @links }

# Why a host is listed that neither program sees: the first that holds.  The
# others look for links of these kinds not at all, or by another list of
# suffixes; what is left counts against us.
my @classes = (
	[ 'in a Subject or List-* field' => \&is_in_field ],
	[ 'in a comment of HTML' => \&is_in_comment ],
	[ 'where a redirector leads on' => \&is_target ],
	[ 'outside of all parts' => \&is_outside ],
	[ 'in an attachment' => \&is_attached ],
	[ 'a name without scheme in a text' => \&is_bare ],
);

# In which class HOST of MAIL belongs, whose LINKS lead there.
sub class_of {
	my ($mail, $host, $links) = @_;
	my $seen = $mail->{link_hosts};
	for my $who (qw(both python_only spamassassin_only
	    spamassassin_bare_domain)) {
		return "seen: $who" if grep { $_ eq $host } @{ $seen->{$who} };
	}
	return 'seen: true by construction'
	    if grep { $_->{host} eq $host } true_links($mail->{file});
	for my $class (@classes) {
		return $class->[0] if all_of($class->[1], @$links);
	}
	return 'seen by us alone';
}

sub why_missing { # a host that both, or only one of them, see
	my ($mail, $host) = @_;
	my @uris = grep { grep { $_ eq $host } @{ $_->{hosts} // [] } }
	    @{ $mail->{uris_spamassassin} // [] };
	return 'a limit' if @{ $found{ $mail->{file} }{limits} };
	return 'a name without scheme' if @uris &&
	    !grep { !grep { $_ eq 'schemeless' } @{ $_->{types} } } @uris;
	return 'inside of another link' if grep { $_->{uri} =~ /.http/i } @uris;
	return 'not found';
}

my (%class, %missing);
for my $mail (@expected) {
	my $links = by_host($found{ $mail->{file} });
	for my $host (sort keys %$links) {
		my $class = class_of($mail, $host, $links->{$host});
		push @{ $class{$class} }, "$mail->{file}: $host";
	}
	for my $who (qw(both python_only spamassassin_only)) {
		push @{ $missing{"$who: " . why_missing($mail, $_)} },
		    "$mail->{file}: $_"
		    for grep { !$links->{$_} } @{ $mail->{link_hosts}{$who} };
	}
}

# In the same words each time: a class and how many, and all of the doubtful.
sub list {
	my ($title, $lists, $doubtful) = @_;
	for my $class (sort keys %$lists) {
		note("$title $class: ", scalar @{ $lists->{$class} });
		next unless $class =~ $doubtful;
		note("    $_") for @{ $lists->{$class} };
	}
}
list('listed,', \%class, qr/^seen by us|^in a comment/);
list('not listed,', \%missing, qr/^both|not found|limit|inside/);

my $both = @{ $class{'seen: both'} // [] };
my $missed = map { @{ $missing{$_} } } grep { /^both/ } keys %missing;
cmp_ok($both, '>', 1000, "both others see $both hosts that are listed");
cmp_ok($both, '>=', 0.995 * ($both + $missed),
    "recall: $missed of what both see is missing");
my $seen = map { @{ $class{$_} } } grep { /^seen: / } keys %class;
my $alone = @{ $class{'seen by us alone'} // [] };
cmp_ok($seen, '>=', 0.995 * ($seen + $alone),
    "precision: $alone beside $seen are seen by nobody else");

# The generated mails.  What disguises a link without a finding of its own is
# a spelling: there it must lead to the true host, and be seen.
my %finding = ('html-anchor-mismatch' => 'text-differs',
    'html-decimal-ip' => 'address', 'text-userinfo' => 'userinfo');
my ($n, %wrong, %spelling) = (0);
for my $file (grep { true_links($_) } sort keys %found) {
	my $links = by_host($found{$file});
	for my $true (true_links($file)) {
		my @same = @{ $links->{ $true->{host} } // [] };
		my $visible = grep { $_->{visible} } @same;
		my $finding = $finding{ $true->{where} };
		my $name = "$file: $true->{kind} $true->{where} $true->{host}";
		$n++;
		push @{ $wrong{host} }, $name unless @same;
		push @{ $wrong{sight} }, $name
		    if !!$visible ne ($true->{kind} ne 'hidden');
		next if $true->{kind} ne 'disguised';
		$spelling{ $true->{where} }++, next unless defined $finding;
		push @{ $wrong{disguise} }, $name unless grep {
			grep { $_ eq $finding } @{ $_->{findings} } } @same;
	}
}
cmp_ok($n, '>', 0, "there are $n links in the generated mails");
for my $what (qw(host sight disguise)) {
	is_deeply($wrong{$what} // [], [], "the $what of each is true");
}
note("disguised by spelling alone, no finding: $spelling{$_} $_")
    for sort keys %spelling;
done_testing;
