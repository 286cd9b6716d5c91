#!/usr/bin/perl
# The measure of the database works, and its file is a sound database.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Hisho;
use Test::More;

my $db = "$scratch/db";
mkdir $db, 0700;
my $made = run("$build/tests/bench/db-fill", $db, 2000);
is($made->{status}, 0, 'a database is made') or diag($made->{err});
like($made->{out}, qr/^\d{4,}$/m, 'of so many records');
my $times = run("$build/tests/bench/db-time", $db, 2000, 1);
is($times->{status}, 0, 'it is measured') or diag($times->{err});
like($times->{out}, qr/^\Q$_\E\t[\d.]+\t[\d.]+$/m, $_)
    for 'scoring read', 'vote', 'bare get', 'bare commit';
is(run(qw(hisho-db verify -d), $db)->{status}, 0, 'every page is in order');
like(run(qw(hisho-db rebuild -d), $db)->{out}, qr/^0 sum/m,
    'and the sums are those of the ledger');
done_testing;
