#!/usr/bin/perl
# A real procmail files real mails by examples/procmailrc: each into the
# folder that hisho-score names, and none of them altered.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Hisho;
use Test::More;

my $corpus = corpus() or plan skip_all => 'no corpus on this machine';
my ($procmail) = grep { -x } map { "$_/procmail" } split /:/, $ENV{PATH};
plan skip_all => 'there is no procmail here' unless $procmail;
$ENV{HISHO_DATABASE} = "$scratch/db";
my $home = "$scratch/home";
mkdir "$home/Mail";

# Every 20th mail with LF line ends; of the others procmail keeps the bytes,
# too, but a test would have to know where it sees their header end.
my @all = map { (split /\t/)[0] } split /\n/, slurp("$corpus/manifest.tsv");
my @files = grep { slurp($_) !~ /\r/ }
    map { "$corpus/$all[$_ * 20]" } 1 .. int($#all / 20);

# Some senders are permitted and some links reported, so that there is
# something for each folder.
my @judged = json_of(filter('', qw(hisho-score -n --no-dns --format=json),
    @files));
my @known = grep { $judged[$_]{has_one_from} } 0 .. $#files;
for my $i (@known[0 .. 9]) {
	run('hisho-vote', 'permit', '--despite-warnings', $files[$i]);
}
for my $i (@known[10 .. $#known]) {
	run('hisho-vote', 'report', $files[$i]) if $i % 2;
}
@judged = json_of(filter('', qw(hisho-score -n --no-dns --format=json),
    @files));

my (%count, @misfiled, @altered);
for my $i (0 .. $#files) {
	system 'rm', '-rf', map { "$home/Mail/$_" } qw(main gray spam);
	my $mail = slurp($files[$i]);
	my $result = run({ in => $mail }, $procmail, "HOME=$home",
	    "PATH=$ENV{PATH}", "DEFAULT=$home/default", "ORGMAIL=$home/default",
	    "LOGFILE=$scratch/log", "HISHO_DATABASE=$ENV{HISHO_DATABASE}",
	    "XDG_DATA_HOME=$ENV{XDG_DATA_HOME}", "$root/examples/procmailrc");
	my @filed = glob "$home/Mail/*/new/*";
	my ($folder) = @filed == 1 ? $filed[0] =~ m{Mail/(\w+)/new/} : 'nowhere';
	$count{$folder}++;
	push @misfiled, "$files[$i]: $folder, not $judged[$i]{folder}"
	    if $folder ne $judged[$i]{folder};
	next unless @filed == 1;
	# procmail puts a From_ line on top and a newline at the end, and sets
	# a Content-Length right.
	my ($delivered, $sent) = map {
		s/\AFrom .*\n//r =~ s/\n+\z//r =~ s/^Content-Length: .*\n//mgr
	} strip(slurp($filed[0])), $mail;
	push @altered, $files[$i] if $delivered ne $sent;
}
note join ', ', map { "$_: $count{$_}" } sort keys %count;
is("@misfiled", '', scalar(@files) . ' mails: each in the folder it is judged to');
is("@altered", '', 'and none is altered');
cmp_ok($count{$_} // 0, '>', 0, "there is mail in $_") for qw(main gray spam);
done_testing();
