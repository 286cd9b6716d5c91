#!/usr/bin/perl
# Votes and what they change, told as their users live it.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Hisho;
use Test::More;

my @now = ('--now=2023-07-13T09:00:00+09:00');
my %path = map { $_ => "$root/tests/mails/$_.eml" }
    qw(forged-amazon bank colleague newsletter enquiry bec two-from);
my $chapters = 0;

# A new chapter begins with an empty database, which is mine: its owner may
# speak for others.
sub chapter {
	$ENV{HISHO_DATABASE} = "$scratch/db" . ++$chapters;
	mkdir $ENV{HISHO_DATABASE}, 0700;
	note $_[0];
}

sub receive {
	my ($name, @options) = @_;
	filter($path{$name} ? slurp($path{$name}) : $name, 'hisho-score',
	    '--no-dns', @now, @options);
}

sub judge {
	my ($name, @options) = @_;
	my $mail = $path{$name} ? slurp($path{$name}) : $name;
	return json_of(filter($mail, 'hisho-score', '--no-dns', '--no-record',
	    @now, '--format=json', @options));
}

sub vote {
	my ($action, $name, @options) = @_;
	my $result = run('hisho-vote', @now, @options, $action,
	    $name ? $path{$name} // $name : ());
	return $result->{status};
}

sub dump_all { return filter('', 'hisho-db', 'dump') }

sub row {
	my ($object, $scope, $axis) = @_;
	my ($row) = grep { $_->{scope} eq $scope && $_->{axis} eq $axis }
	    @{ $object->{score}{rows} };
	return 'none' unless $row;
	return join '/', @$row{qw(trusted distrusted messages)};
}

sub codes { return map { $_->{code} } @{ $_[0]{warnings} } }

# The same sender, by the same host, with another mail.
sub another {
	my ($name) = @_;
	return slurp($path{$name}) =~ s/^(Message-ID: <)/$1another./mr;
}

chapter('distrusting a forged mail');
receive('forged-amazon');
my $received = dump_all();
my $o = judge('forged-amazon');
is($o->{advice}, 'unrated', 'nobody has voted');
is($o->{advice_reason}, 'no-votes', 'and that is the reason');
is(row($o, 'own', 'route'), '0/0/1', 'one receipt, no vote');
is(vote('distrust', 'forged-amazon'), 0, 'distrust it');
$o = judge('forged-amazon');
is($o->{advice}, 'distrusted', 'now it is distrusted');
is(row($o, 'own', 'route'), '0/1/1', 'by one of one');
is($o->{folder}, 'gray', 'votes do not choose the folder');
is(judge(another('forged-amazon'))->{advice}, 'distrusted',
    'so is the next mail by this route');
my $distrusted = dump_all();
is(vote('distrust', 'forged-amazon'), 0, 'the same vote again is no error');
is(dump_all(), $distrusted, 'and changes nothing');
is(vote('trust', 'forged-amazon'), 65, 'trust? it passes for another');
is(vote('trust', 'forged-amazon', '--despite-warnings'), 0,
    'change my mind');
is(row(judge('forged-amazon'), 'own', 'route'), '1/0/1', 'that replaces');
is(vote('distrust', 'forged-amazon'), 0, 'and back');
is(dump_all(), $distrusted, 'the way there leaves no trace');
is(vote('undo', 'forged-amazon'), 0, 'take it back');
is(dump_all(), $received, 'undo restores every count');
is(judge('forged-amazon')->{advice}, 'unrated', 'nobody has voted');
is(vote('undo', 'forged-amazon'), 0, 'nothing to undo is no error');
receive('forged-amazon') for 1 .. 3;
is(dump_all(), $received, 'a receipt counts once, however often it is seen');

chapter('trusting, by digest too');
receive('bank');
is(vote('trust', 'bank'), 0, 'trust the bank');
$o = judge(another('bank'));
is($o->{advice}, 'trusted', 'its next mail is trusted');
like($o->{score}{by}, qr/^own/, 'because of my own votes');
is(run('hisho-vote', @now, 'distrust', "--digest=$o->{digest}")->{status} == 0
    ? 'voted' : 'refused', 'refused', 'no vote on a digest never received');
my $digest = judge('bank')->{digest};
is(run('hisho-vote', @now, 'distrust', "--digest=$digest")->{status}, 0,
    'a receipt can be named by its digest');
is(judge('bank')->{advice}, 'distrusted', 'and is voted on');

chapter('a vote without a receipt');
is(vote('distrust', 'bank'), 0, 'it is taken');
is(judge('bank')->{advice}, 'distrusted', 'it counts for its voter');
is(judge('bank', '-u', 'bob')->{advice}, 'unrated', 'and for nobody else');

chapter('permitting a colleague');
receive('colleague');
is(judge('colleague')->{folder}, 'gray', 'unknown: gray');
my $before = dump_all();
is(vote('permit', 'colleague'), 0, 'permit');
$o = judge(another('colleague'));
is($o->{folder}, 'main', 'her next mail is in main');
is($o->{advice}, 'trusted', 'and trusted');
ok(!grep({ /^permit-/ } codes($o)), 'without a warning about the permit');
receive('bec');
$o = judge('bec');
is($o->{folder}, 'main', 'her address by another route is in main too');
ok((grep { /^permit-(?:forged|unproven)$/ } codes($o)),
    'with a warning: the permit is pinned to her route');
isnt($o->{advice}, 'trusted', 'and not trusted');
spew("$scratch/strict.conf", "[score]\nstrict-permit=yes\n");
is(judge('bec', '-c', "$scratch/strict.conf")->{folder}, 'gray',
    'under strict-permit it is gray');
is(judge('two-from')->{folder}, 'gray', 'two From fields are permitted nowhere');
is(judge(slurp($path{colleague}) =~
    s/^From: .*?</From: "hanako.sato\@example.co.jp" <x/mrs)->{folder}, 'gray',
    'her address as a name is not her address');

chapter('permits, undone');
receive('colleague');
$before = dump_all();
vote('permit', 'colleague');
is(vote('undo', 'colleague'), 0, 'undo');
is(judge('colleague')->{advice}, 'unrated', 'the vote is gone');

chapter('a forger who came later');
receive('colleague');
vote('permit', 'colleague');
receive('bec');
$o = judge('colleague');
is($o->{route}{new}, 'same', 'what I vouched for is no new route');
ok(!grep({ $_ eq 'route-new' } codes($o)), 'and no warning says so');
ok((grep { $_ eq 'route-new' } codes(judge('bec'))), 'the forger is new');

chapter('reporting a link');
receive('forged-amazon');
is(vote('report', 'forged-amazon'), 0, 'report');
$o = judge('forged-amazon');
is($o->{folder}, 'spam', 'my own report acts at once');
ok((grep { $_ eq 'link-reported' } codes($o)), 'and warns');
my %reports = map { $_->{host} => $_->{reports} } @{ $o->{links} };
is($reports{'www.amazon-jp.zydmrou.cn'}, 1, 'the host to click is reported');
is($reports{'fonts.googleapis.com'}, 0, 'the resources are not');
is(judge(slurp($path{newsletter}) =~ s/click\.mailer/www.amazon-jp.zydmrou.cn/r)
    ->{folder}, 'gray', 'other mails are as before');
isnt(run('hisho-vote', @now, 'report', '--host=www.google.com')->{status}, 0,
    'a common host is refused without a path');
is(vote('report', 'forged-amazon'), 0, 'twice is no error');
is({ map { $_->{host} => $_->{reports} }
    @{ judge('forged-amazon')->{links} } }->{'www.amazon-jp.zydmrou.cn'}, 1,
    'and counts once');

chapter('what others say');
for my $user (qw(ann bob cec)) {
	receive('forged-amazon', '-u', $user);
	receive('bank', '-u', $user);
}
is(vote('distrust', 'forged-amazon', '-u', 'ann'), 0, 'ann distrusts');
$o = judge('forged-amazon', '-u', 'cec');
is($o->{advice}, 'distrusted', 'red comes from one other user');
like($o->{score}{by}, qr/^others/, 'and says so');
is(row($o, 'own', 'route'), '0/0/1', 'my own row is empty');
is(vote('trust', 'bank', '-u', 'ann'), 0, 'ann trusts the bank');
is(judge('bank', '-u', 'cec')->{advice}, 'unrated', 'green takes more than one');
is(vote('trust', 'bank', '-u', 'bob'), 0, 'bob does too');
is(judge('bank', '-u', 'cec')->{advice}, 'trusted', 'green comes from two');
is(vote('distrust', 'bank', '-u', 'cec'), 0, 'cec distrusts it');
is(judge('bank', '-u', 'cec')->{advice}, 'distrusted', 'my own vote goes first');

chapter('show, and mistakes');
receive('bank');
vote('trust', 'bank');
my $shown = run('hisho-vote', 'show', $path{bank});
is($shown->{status}, 0, 'show');
like($shown->{out}, qr/trust/, 'says what I voted');
is(vote('praise', 'bank'), 64, 'an unknown action is a usage error');
is(vote('trust', "$scratch/none.eml"), 75, 'a missing file may come back');
is(run({ in => slurp($path{bank}) }, 'hisho-vote', @now, 'distrust')->{status},
    0, 'the mail can come by stdin');
is(judge('bank')->{advice}, 'distrusted', 'and is voted on');

chapter('stat, dump, verify');
receive($_) for sort keys %path;
my $dump = dump_all();
is($dump, join('', sort { $a cmp $b } split /^/, $dump), 'the dump is sorted');
is(dump_all(), $dump, 'and the same each time');
is(run(qw(hisho-db verify))->{status}, 0, 'a sound database is sound');
like(filter('', qw(hisho-db stat)), qr/\b7\b/, 'stat counts seven receipts');
is(run('hisho-db', '-d', "$scratch/none", 'verify')->{status}, 0,
    'no database is an empty one, and in order');
my $copy = "$scratch/broken";
mkdir $copy;
my $bytes = slurp("$ENV{HISHO_DATABASE}/reputation.db");
substr($bytes, 4096, 2048) = "\xff" x 2048;
spew("$copy/reputation.db", $bytes);
spew("$copy/gate", '');
isnt(run('hisho-db', '-d', $copy, 'verify')->{status}, 0,
    'a damaged database is found out');
is(run(qw(hisho-db polish))->{status}, 64, 'an unknown action is a usage error');
done_testing;
