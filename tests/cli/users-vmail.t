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
