#!/usr/bin/perl
# What a report registers, what it leaves out, and what show tells of it.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Hisho;
use Vote;
use Test::More;

my @bank = ('notice@bank.example', '192.0.2.25',
    'https://www.bank.example/login');
my @phish = ('warn@prize.example', '203.0.113.9',
    'https://evil.example.net/a', 'https://www.bank.example/',
    'https://www.google.com/', 'https://shop.sakura.ne.jp/x',
    'https://www.prize.example/');
my $phish = letter(@phish);

# The hosts that are reported by anybody.
sub reported {
	return join ' ', sort map { /^report (\S+)/ } split /\n/, dump_all();
}

for my $word (qw(trust receive permit)) {
	chapter("what mail with the vote $word links to is not reported");
	received(letter(@bank), '-u', 'ann');
	is(vote(letter(@bank), $word, '-u', 'ann')->{status}, 0, $word);
	received($phish);
	my $got = vote($phish, 'report');
	is($got->{status}, 0, 'report');
	is(reported(), 'evil.example.net shop.sakura.ne.jp',
	    'the rest is reported');
	like($got->{out}, qr/^reported: evil\.example\.net$/m, 'and told');
	like($got->{out}, qr/^left out: www\.bank\.example, .*trust.*--host/m,
	    'the bank is left out, and why');
	like($got->{out}, qr/^left out: www\.google\.com, .*--url/m,
	    'so is what serves everybody');
	like($got->{out}, qr/^left out: www\.prize\.example, .*From/m,
	    'and what From names without proof');
}

chapter('nothing is left to report');
my $common = letter('a@phish.example', '203.0.113.9',
    'https://t.co/a', 'https://www.google.com/b');
is(vote($common, 'report')->{status}, 65, 'is refused');
like(vote($common, 'report')->{err},
    qr/--host or --url; left out: t\.co, [^;]*; left out: www\.google\.com, [^;]*\)$/,
    'in a sentence that tells why');

chapter('named, it is reported all the same');
is(vote(undef, 'report', '--host=www.bank.example')->{status}, 0, 'report');
is(reported(), 'www.bank.example', 'the bank');

chapter('votes that do not protect');
received(letter(@bank), '-u', $_) for qw(ann bob);
vote(letter(@bank), 'distrust', '-u', 'ann');
vote(letter(@bank), 'delete', '-u', 'bob');
vote(letter(@bank), 'trust', '-u', 'cec');
like(vote($phish, 'report')->{out}, qr/^reported: www\.bank\.example$/m,
    'distrust, delete, and trust in what was never received');
my $forged = letter('a@phish.example', '203.0.113.9',
    'https://evil.example.net/');
received($forged);
vote($forged, 'receive');
like(vote($forged, 'report')->{out}, qr/^(?:already )?reported: evil/m,
    'nor does what I said of this mail before');

chapter('by digest, and withdrawn');
my $digest = received($phish);
is(vote(undef, 'report', "--digest=$digest")->{status}, 0, 'report by digest');
is(reported(), 'evil.example.net shop.sakura.ne.jp www.bank.example',
    'finds the links');
my $shown = vote(undef, 'show', "--digest=$digest")->{out};
like($shown, qr/evil\.example\.net: reported by you/, 'show tells of mine');
vote($phish, 'report', '-u', 'ann');
vote($phish, 'report', '-u', 'bob');
like(vote($phish, 'show')->{out},
    qr/evil\.example\.net: reported by you and 2 others/, 'and of others');
like(vote($phish, 'show', '-u', 'cec')->{out},
    qr/evil\.example\.net: reported by 3 others/, 'or of theirs alone');
vote(undef, 'report', '--host=prize.example');
is(vote($phish, 'unreport')->{status}, 0, 'unreport');
unlike(vote($phish, 'show')->{out}, qr/by you/, 'withdraws all of mine');
like(vote($phish, 'unreport')->{out}, qr/no host/, 'and then there is none');

chapter('what nobody may report as a whole');
for my $host (qw(co.jp sakura.ne.jp onmicrosoft.com gmail.com github.io
    www.google.com GMAIL.com. docomo.ne.jp)) {
	my $got = vote(undef, 'report', "--host=$host");
	is($got->{status}, 65, "--host=$host is refused");
	like($got->{err}, qr/--url/, 'and told what to do');
	is(vote(undef, 'report', "--url=http://$host/")->{status}, 65,
	    'nor its front page');
}
is(vote(undef, 'report', "--host=$_")->{status}, 0, "$_ can be reported")
    for qw(tenant.sakura.ne.jp someone.github.io evil.co.jp 203.0.113.66);
is(vote(undef, 'report', '--url=https://sites.google.com/view/evil')
    ->{status}, 0, 'so can a page of a common host');
my $poor = letter('a@gmail.com', '203.0.113.9', 'https://www.google.com/');
is(vote($poor, 'report')->{status}, 65, 'a mail with nothing to report');

chapter('show changes nothing');
my $directory = "$scratch/none";
is(vote($phish, 'show', '-d', $directory)->{status}, 0, 'show');
ok(!-e $directory, 'makes no database');
received($phish);
my %before = map { $_ => join '/', (stat)[1, 7, 9, 10] }
    glob "$ENV{HISHO_DATABASE}/*";
is(vote($phish, 'show')->{status}, 0, 'show again');
is_deeply({ map { $_ => join '/', (stat)[1, 7, 9, 10] }
    glob "$ENV{HISHO_DATABASE}/*" }, \%before, 'touches no file');
done_testing;
