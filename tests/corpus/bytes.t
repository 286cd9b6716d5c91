#!/usr/bin/perl
# Over real mail: bytes unchanged, pipeline = one process, twice = once.
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

my @files;
find({ no_chdir => 1, wanted => sub { push @files, $_ if /\.eml$/ } }, $corpus);
@files = sort @files;
my $shell = join ' | ', map { "$_ @options" } @stages;

sub unsealed { return $_[0] =~ s/^X-Hisho-Seal:.*(?:\R[ \t].*)*//mr }

# A corpus mail may itself hold X-Hisho fields in its header; none does.
sub wrong_with {
	my ($file) = @_;
	my $mail = slurp($file);
	my @wrong;
	my %alone;
	for my $stage (@stages) {
		$alone{$stage} = filter($mail, $stage, @options);
		push @wrong, "$stage changes the mail"
		    if strip($alone{$stage}) ne $mail;
	}
	my $score = $alone{'hisho-score'};
	my $piped = filter($mail, 'sh', '-c', $shell);
	my @folders = value($score, 'Folder');
	push @wrong, scalar(@folders) . ' Folder fields' if @folders != 1;
	push @wrong, 'the pipeline changes the mail' if strip($piped) ne $mail;
	push @wrong, 'the pipeline says something else'
	    if unsealed($piped) ne unsealed($score);
	for my $stage (@stages) {
		push @wrong, "$stage: twice is not once"
		    if unsealed(filter($alone{$stage}, $stage, @options)) ne
		    unsealed($alone{$stage});
	}
	push @wrong, 'hisho-score after the pipeline says something else'
	    if unsealed(filter($piped, 'hisho-score', @options)) ne
	    unsealed($piped);
	return map { substr($file, 1 + length $corpus) . ": $_" } @wrong;
}

my @wrong = in_parallel(\&wrong_with, @files);
cmp_ok(scalar @files, '>', 1000, scalar(@files) . ' mails');
is(scalar @wrong, 0, 'every mail is the same below its new fields');
diag($_) for @wrong[0 .. ($#wrong < 50 ? $#wrong : 50)];

# The JSON of the pipeline = the JSON of hisho-score, for every mail.
sub differs {
	my ($file) = @_;
	my $mail = slurp($file);
	my $piped = filter($mail, 'sh', '-c', "$shell --format=json");
	my $alone = filter($mail, 'hisho-score', @options, '--format=json');
	return $piped eq $alone ? () : substr($file, 1 + length $corpus);
}
my @different = in_parallel(\&differs, @files);
is(scalar @different, 0, 'the same JSON from pipeline and hisho-score');
diag($_) for @different[0 .. ($#different < 50 ? $#different : 50)];
done_testing;
