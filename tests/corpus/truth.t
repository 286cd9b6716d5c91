#!/usr/bin/perl
# What hisho-parse finds in real mail = what two other programs agree on.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Hisho;
use Test::More;

my $corpus = corpus() or plan skip_all => 'no corpus on this machine';
my @expected = json_of(slurp("$corpus/expected_all.jsonl"));
my %found;
{
	chdir $corpus or die "$corpus: $!\n";
	my $out = filter('', qw(hisho-parse --no-dns --no-record --format=json),
	    map { $_->{file} } @expected);
	$found{ $_->{file} } = $_ for json_of($out);
}

sub plain { # white space and case do not matter here
	my ($text) = @_;
	return '' unless defined $text;
	$text =~ s/\s+/ /g;
	$text =~ s/^ | $//g;
	return lc $text;
}
sub first_address { return $_[0] && @{ $_[0] } ? $_[0][0]{address} : undef }
sub names {
	return join ' | ', sort map { plain($_) } grep { defined } @_;
}

# Names are compared where the other program could read them; the generated
# mails have their own truth, below.
sub readable_names {
	my ($mail) = @_;
	return if $mail->{kind} eq 'japanese-synthetic';
	return grep { defined && !/\x{fffd}/ }
	    map { $_->{name} } @{ $mail->{attachments} };
}

# Those of NAMES that hisho-parse found too: it counts more as attachments.
sub found_names {
	my ($object, $mail) = @_;
	my %found = map { plain($_->{name}) => 1 } @{ $object->{attachments} };
	return grep { $found{ plain($_) } } readable_names($mail);
}

# Why hisho may well say HAD where the others say something else.
sub reason {
	my ($what, $had) = @_;
	return 'bytes that are no text are shown as such' if $had =~ /\x{fffd}/;
	return 'a first author without @ is an author too'
	    if $what eq 'From' && $had !~ /@/;
	return 'UNEXPLAINED';
}

my %compare = ( # what => [ is it to be compared, expected, found ]
	'From' => [ sub { $_[0]{agree}{from_addr} },
	    sub { plain($_[0]{from_addr}) },
	    sub { plain(first_address($_[0]{from})) } ],
	'Reply-To' => [ sub { $_[0]{agree}{reply_to} },
	    sub { plain($_[0]{reply_to}) },
	    sub { plain(first_address($_[0]{reply_to})) } ],
	'Subject' => [ sub { $_[0]{agree}{subject} },
	    sub { plain($_[0]{subject}) }, sub { plain($_[0]{subject}) } ],
	'Return-Path' => [ sub { defined $_[0]{return_path} },
	    sub { plain($_[0]{return_path}) },
	    sub { plain($_[0]{return_path} // 'null') } ],
	'attachment names' =>
	    [ sub { scalar readable_names($_[0]) },
	    sub { names(readable_names($_[0])) },
	    sub { names(found_names(@_)) } ],
);

is(scalar keys %found, scalar @expected, 'an object for every mail');
for my $what (sort keys %compare) {
	my ($counts, $want, $have) = @{ $compare{$what} };
	my ($n, $same) = (0, 0);
	for my $mail (grep { $counts->($_) } @expected) {
		my $object = $found{ $mail->{file} } // {};
		my ($wanted, $had) = ($want->($mail), $have->($object, $mail));
		$n++;
		$same++, next if $wanted eq $had;
		my $reason = reason($what, $had);
		utf8::encode($_) for $wanted, $had;
		diag("$what: $mail->{file}: '$had', expected '$wanted': $reason");
	}
	cmp_ok($same, '>=', 0.995 * $n, "$what: $same of $n");
}

# The generated Japanese mails: true by construction, so all of them.
my ($truth) = json_of(slurp("$corpus/synthetic_truth.json") =~ s/\n//gr);
my ($n, $same) = (0, 0);
for my $name (sort keys %$truth) {
	my ($file) = grep { m{\Q$name\E$} } keys %found;
	my ($true, $object) = ($truth->{$name}, $found{$file});
	my %pair = (
		subject => [ $true->{subject}, $object->{subject} ],
		from => [ $true->{from_addr}, $object->{from}[0]{address} ],
		name => [ $true->{from_name}, $object->{from}[0]{name} ],
		reply_to => [ $true->{reply_to}, first_address($object->{reply_to}) ],
		return_path => [ $true->{return_path}, $object->{return_path} ],
		attachments => [ names(map { ref ? $_->{name} : $_ }
		    @{ $true->{attachments} }),
		    names(map { $_->{name} } @{ $object->{attachments} }) ],
	);
	my @wrong = grep { plain($pair{$_}[0]) ne plain($pair{$_}[1]) } sort keys %pair;
	$n++;
	$same++, next unless @wrong;
	for my $key (@wrong) {
		my ($wanted, $had) = map { $_ // 'null' } @{ $pair{$key} };
		utf8::encode($_) for $wanted, $had;
		diag("$name: $key: '$had', true is '$wanted'");
	}
}
cmp_ok($n, '>', 0, "there are $n generated mails");
is($same, $n, 'all generated mails are read right');
done_testing;
