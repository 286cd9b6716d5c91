#!/usr/bin/perl
# One mail by several hosts, by none, and what is said of it in vain.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Hisho;
use Vote;
use Test::More;

my $from = 'hanako@b.example';
my ($one, $two, $none) = map { letter($from, $_) }
    '192.0.2.1', '198.51.100.2', undef;

# Votes by host, as "192.0.2.1=trust", in order.
sub votes {
	return join ' ', map { /^ledger \S+ \S+ ?(\S*)\t.*"vote":"(\w+)"/ ?
	    "$1=$2" : () } split /\n/, dump_all();
}

chapter('one digest, two hosts');
my $digest = received($one);
is(received($two), $digest, 'the same mail');
for my $action (qw(trust distrust receive delete permit)) {
	my $got = vote(undef, $action, "--digest=$digest");
	is($got->{status}, 65, "$action: which of the two?");
	like($got->{err}, qr/192\.0\.2\.1, 198\.51\.100\.2/, 'names both');
	like($got->{err}, qr/message itself/, 'asks for the message');
	unlike($got->{err}, qr/several mails/, 'it is one mail');
}
is(vote($_, 'trust')->{status}, 0, 'the message tells') for $one, $two;
is(votes(), '192.0.2.1=trust 198.51.100.2=trust', 'which is meant');
my $shown = vote(undef, 'show', '--digest=' . substr $digest, 0, 12);
like($shown->{out}, qr/192\.0\.2\.1.*trust.*198\.51\.100\.2.*trust/s,
    'show lists both');
is(vote(undef, 'undo', "--digest=$digest")->{status}, 0, 'undo');
is(votes(), '', 'takes back both');

chapter('one received, one voted on');
received($one);
vote($two, 'distrust');
is(votes(), '198.51.100.2=distrust', 'a copy by another host is its own');
my $said = vote($two, 'trust');
like($said->{out}, qr/by 198\.51\.100\.2/, 'which is said');
like($said->{out}, qr/no receipt/, 'with what it counts for');
is(judge($one)->{advice}, 'unrated', 'the received one is not voted on');
is(vote(undef, 'trust', "--digest=$digest")->{status}, 0, 'by digest');
is(votes(), '192.0.2.1=trust 198.51.100.2=trust', 'the received one');

chapter('a mail that tells no host');
received($none, '--client-ip=192.0.2.7');
is(vote($none, 'trust')->{status}, 0, 'is the only one received');
is(votes(), '192.0.2.7=trust', 'as the server said');
received($none, '--client-ip=192.0.2.8');
is(vote($none, 'distrust')->{status}, 65, 'or it is not clear which');

chapter('an explicit vote stands');
received($one);
for my $case (['trust', 'delete', 'distrust'], ['trust', 'receive',
    'distrust'], ['distrust', 'receive', 'trust']) {
	my ($vote, $later, $instead) = @$case;
	vote($one, $vote);
	my $got = vote($one, $later);
	is($got->{status}, 0, "$later after $vote is no error");
	is($got->{out}, "your explicit vote '$vote' stands; say $instead to " .
	    "change it\n", 'and changes nothing, as it says');
	is(votes(), "192.0.2.1=$vote", 'indeed');
}
vote($one, 'undo');
vote($one, 'delete');
like(vote($one, 'delete')->{out}, qr/^already voted delete/, 'a repetition');

chapter('permitting mail by no host');
my $got = vote($none, 'permit');
is($got->{status}, 0, 'works');
like($got->{out}, qr/pinned to no route/, 'and says so');
is(judge($one)->{folder}, 'main', 'her mail is in main');

chapter('dangers that arose after receipt');
my $phish = letter('a@phish.example', '203.0.113.9',
    'https://evil.example.net/');
$digest = received($phish);
vote(undef, 'report', '--host=evil.example.net', '-u', 'ann');
for my $action (qw(trust permit)) {
	$got = vote(undef, $action, "--digest=$digest");
	is($got->{status}, 65, "$action by digest is asked back");
	like($got->{err}, qr/link-reported.*--despite-warnings/, 'why');
}
spew("$scratch/two.conf", "[score]\nothers-red=2\n");
is(vote(undef, 'trust', "--digest=$digest", '-c', "$scratch/two.conf")
    ->{status}, 0, 'one report of two is none');
vote(undef, 'undo', "--digest=$digest");
vote(undef, 'unreport', '--host=evil.example.net', '-u', 'ann');
is(vote(undef, 'trust', "--digest=$digest")->{status}, 0,
    'a report withdrawn is none');
vote(undef, 'undo', "--digest=$digest");
vote(undef, 'report', '--host=example.net');
is(vote(undef, 'trust', "--digest=$digest")->{status}, 65,
    'my own report of the whole domain');
is(vote(undef, 'trust', "--digest=$digest", '--despite-warnings')->{status},
    0, 'unless it is meant');

chapter('a permit that came after the forgery');
$digest = received(mail('bec'));
received(mail('colleague'));
is(vote(mail('colleague'), 'permit')->{status}, 0, 'permit her');
$got = vote(undef, 'trust', "--digest=$digest");
is($got->{status}, 65, 'trust in who writes in her name is asked back');
like($got->{err}, qr/permit-forged/, 'why');

chapter('a relay of our own stands in between');
my $conf = spew("$scratch/relay.conf",
    "[route]\ntrusted-networks=203.0.113.0/24\n");
my $relayed = 'Received: from relay.example.jp (relay.example.jp'
    . ' [203.0.113.5]) by mx.example.jp with ESMTP id 1;'
    . " Tue, 11 Jul 2023 09:00:01 +0900\n$one";
filter($relayed, qw(hisho-score --no-dns -c), $conf);
is(vote($relayed, 'trust', '-c', $conf)->{status}, 0, 'trust it');
is(votes(), '192.0.2.1=trust', 'the vote is on the host beyond the relay');
done_testing;
