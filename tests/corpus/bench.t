#!/usr/bin/perl
# hisho-links takes no more than ten times what a bare GMime does; how much
# less is for "make bench-links" to say, on a machine that does nothing else.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Hisho;
use Test::More;

corpus() or plan skip_all => 'no corpus on this machine';
plan skip_all => 'sanitizers take their time' if $build =~ /sanitize/;

my $out = filter('', $^X, "$root/tests/bench/links.pl", 3);
note($_) for split /\n/, $out;
my ($ratio) = sort { $a <=> $b } $out =~ /^seconds.* ratio ([\d.]+)$/mg;
# Two is what it is today, three where others keep the processors busy.
cmp_ok($ratio, '<', 10, "it takes $ratio times as long");
done_testing;
