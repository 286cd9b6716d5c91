#!/usr/bin/perl
# One user of the system keeps the mail of many, who are users by name only.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Hisho;
use Users;
use Test::More;

alone();
install_tools(0755);
configure("[hisho]\ndatabase=$db\nowner=owner\n");
shared(0700);
my $mail = mail('bank');

sub rows { return owner_says('dump') =~ /^ledger (\S+)/mg }

for my $name ('taro@example.jp', 'hanako+list@example.jp', 'Taro@Example.JP') {
	is(as('owner', { in => $mail }, 'hisho-score', '--user', $name)->{status},
	    0, "a mail for $name");
	is(as('owner', { in => $mail }, 'hisho-vote', 'trust', '-u', $name)
	    ->{status}, 0, 'on which he votes');
}
is(join(' ', sort(rows())),
    'name:hanako+list@example.jp name:taro@example.jp',
    'who is who is told by name, in any case');
for my $name ('bob', 'BOB') {
	is(as('owner', { in => $mail }, 'hisho-score', '-u', $name)->{status},
	    0, "a mail for $name, who has an account");
}
is(join(' ', grep { !/@/ } rows()), "uid:$uid{bob}", 'is one mail for one');
my $long = join '.', ('a' x 60) x 3;
is(as('owner', { in => $mail }, 'hisho-score', '-u', "a\@$long")->{status}, 0,
    'a long address');
for my $name ('', '../taro', '-taro', "taro\n", 'a b', 'a' x 201, 'uid:1',
    'taro/x', "taro\@ex\xc3\xa4mple") {
	my $result = as('owner', { in => $mail }, 'hisho-vote', 'trust',
	    '--user', $name);
	is($result->{status}, 78, 'what cannot be a name: 78');
	like($result->{err}, qr/--user: .* is no user name/, 'with a sentence');
	is(as('owner', { in => $mail }, 'hisho-score', "--user=$name")->{status},
	    75, 'a filter defers');
}
is(sprintf('%o', (stat "$db/$_")[2] & 07777), '600', "$_ is private")
    for qw(gate reputation.db);

note 'Postfix delivers by examples/vmail-deliver';
mkdir "$house/$_" for qw(lda tmp);
chmod 01777, "$house/tmp";
spew("$house/lda/dovecot-lda", "#!/bin/sh\necho \"\$@\"; cat\n");
chmod 0755, "$house/lda/dovecot-lda";
system('cp', "$root/examples/vmail-deliver", $house) == 0 or die;
sub deliver {
	my ($for, @told) = @_;
	return run({ in => $mail, before => sub {
		$ENV{PATH} = "$house/bin:$house/lda:/usr/bin:/bin";
		$ENV{TMPDIR} = "$house/tmp";
		Users::become($uid{owner}, $uid{group});
	} }, '/bin/sh', "$house/vmail-deliver", $for, @told);
}
my @told = ('203.0.113.7', 'mx.sender.example', 'unknown', 'a@sender.example');
for my $for ('jiro@example.jp', 'jiro+list@example.jp') {
	my $result = deliver($for, @told);
	is($result->{status}, 0, "a mail for $for") or diag($result->{err});
	my ($called, $passed) = split /\n/, $result->{out}, 2;
	is($called, "-d jiro\@example.jp -a $for -f $told[3]", 'goes to Dovecot');
	is(strip($passed), $mail, 'unchanged');
	like(value($passed, 'Route'), qr/ip=203\.0\.113\.7; .*why=client-ip/,
	    'with what Postfix told');
}
is(scalar(grep { $_ eq 'name:jiro@example.jp' } rows()), 1,
    'one user, one receipt');
is(deliver('-x', @told)->{status}, 75, 'who is no user has to wait');
is(deliver('jiro@example.jp', 'no-address', @told[1 .. 3])->{status}, 75,
    'as has what hisho does not take');
is_deeply([ glob "$house/tmp/*" ], [], 'nothing is left behind');

note 'Nobody else speaks for them';
for my $name (qw(alice carol)) {
	my $result = as($name, { in => $mail }, 'hisho-vote', 'trust', '-u',
	    'taro@example.jp');
	is($result->{status}, 78, "$name may not");
	like($result->{err}, qr/only root and the owner/, 'and is told so');
	like(as($name, { in => $mail }, 'hisho-vote', 'trust')->{err},
	    qr/reputation unavailable: .*: it belongs to 'owner' alone/,
	    'nor is it a database for all');
}

note 'The owner by the configuration, who does not own the directory';
shared(02770);
configure("[hisho]\ndatabase=$db\nowner=alice\n");
is(member('alice', { in => $mail }, 'hisho-vote', 'trust', '-u', 'x@example.jp')
    ->{status}, 0, 'speaks for all');
configure("[hisho]\ndatabase=$db\nowner=$uid{carol}\n");
is(member('carol', { in => $mail }, 'hisho-vote', 'trust', '-u', 'y@example.jp')
    ->{status}, 0, 'may be told by number');
is(member('bob', { in => $mail }, 'hisho-vote', 'trust', '-u', 'x@example.jp')
    ->{status}, 78, 'and nobody else');

note 'Root writes as the owner of the directory';
shared(0700);
is(run({ in => $mail }, tool_of('hisho-score'), '-u', 'taro@example.jp')
    ->{status}, 0, 'root delivers');
is((stat "$db/$_")[4], $uid{owner}, "$_ is the owner's")
    for qw(gate reputation.db log.0000000001);
is(as('owner', { in => $mail }, 'hisho-vote', 'trust', '-u', 'taro@example.jp')
    ->{status}, 0, 'who goes on');
done_testing;
