#!/usr/bin/perl
# Over real mail: bytes unchanged, pipeline = one process, twice = once.
#
# All mails pass through as files, in one process a stage; every so many
# also pass one by one through pipes (each one with HISHO_THOROUGH=1).
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Hisho;
use File::Find;
use Test::More;

my $corpus = corpus() or plan skip_all => 'no corpus on this machine';
my @options = qw(--no-dns --no-record --now=2026-01-01T00:00:00Z);
$ENV{HISHO_DATABASE} = "$scratch/db";
filter(mail('colleague'), 'hisho-score', '--no-dns'); # makes key and database

my (@files, %original);
find({ no_chdir => 1, wanted => sub { push @files, $_ if /\.eml$/ } }, $corpus);
@files = sort @files;
$original{$_} = slurp($files[$_]) for 0 .. $#files;
cmp_ok(scalar @files, '>', 1000, scalar(@files) . ' mails');

sub unsealed { return $_[0] =~ s/^X-Hisho-Seal:.*(?:\R[ \t].*)*//mr }

# The outputs of STAGE for PATHS, apart; dies where a byte is not the mail's.
sub passed {
	my ($stage, @paths) = @_;
	my $out = filter('', $stage, @options, @paths);
	my @outputs;
	for my $i (0 .. $#files) {
		my $passed = next_mail(\$out, $original{$i});
		die "$stage changes $files[$i]\n" unless defined $passed;
		push @outputs, $passed;
	}
	die "$stage writes more than its mails\n" if pos($out) != length $out;
	return @outputs;
}

# OUTPUTS as files below NAME.
sub keep {
	my ($name, @outputs) = @_;
	mkdir "$scratch/$name";
	return map { spew("$scratch/$name/$_.eml", $outputs[$_]) } 0 .. $#outputs;
}

# Names of the mails for which ONE and OTHER, but for their seals, differ.
sub differing {
	my ($one, $other) = @_;
	return map { substr $files[$_], 1 + length $corpus }
	    grep { unsealed($one->[$_]) ne unsealed($other->[$_]) } 0 .. $#files;
}

sub none {
	my ($name, @wrong) = @_;
	is(scalar @wrong, 0, $name);
	diag($_) for @wrong[0 .. ($#wrong < 20 ? $#wrong : 20)];
}

my (@paths, @score) = @files;
for my $stage (@stages) {
	my @alone = passed($stage, @files);
	my @twice = passed($stage, keep('alone', @alone));
	none("$stage: every byte of every mail, and twice is once",
	    differing(\@alone, \@twice));
	@paths = keep($stage, passed($stage, @paths));
	@score = @alone;
}
my @piped = map { slurp($_) } @paths;
none('the pipeline says what hisho-score says', differing(\@piped, \@score));
none('one Folder in every mail', map { $files[$_] }
    grep { 1 != (() = value($score[$_], 'Folder')) } 0 .. $#files);
my @json = map { [ map { s/^.*?"digest"/"digest"/r } split /\n/, filter('',
    'hisho-score', @options, '--format=json', @$_) ] } \@files, \@paths;
is(scalar @{ $json[0] }, scalar @files, 'one object for every mail');
none('the same JSON before and after the pipeline',
    map { $files[$_] } grep { $json[0][$_] ne $json[1][$_] } 0 .. $#files);

# One by one, each stage a process of its own at the end of a pipe.
my $shell = join ' | ', map { "$_ @options" } @stages;
sub differs {
	my ($i) = @_;
	my $mail = $original{$i};
	my $piped = filter($mail, 'sh', '-c', $shell);
	my $alone = filter($mail, 'hisho-score', @options);
	my @wrong;
	push @wrong, 'changed' if strip($piped) ne $mail || strip($alone) ne $mail;
	push @wrong, 'pipeline and score differ' if unsealed($piped) ne unsealed($alone);
	push @wrong, 'a file gives something else'
	    if unsealed($alone) ne unsealed($score[$i]);
	push @wrong, 'the JSON differs'
	    if filter($mail, 'sh', '-c', "$shell --format=json") ne
	    filter($mail, 'hisho-score', @options, '--format=json');
	return map { substr($files[$i], 1 + length $corpus) . ": $_" } @wrong;
}
my $step = $ENV{HISHO_THOROUGH} ? 1 : 25;
none('the same through pipes',
    in_parallel(\&differs, grep { $_ % $step == 0 } 0 .. $#files));
done_testing;
