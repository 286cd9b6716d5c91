#!/usr/bin/perl
# A database for people who trust each other: the members of a group.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Hisho;
use Users;
use POSIX ();
use Test::More;

alone();
install_tools(0755);
configure("[hisho]\ndatabase=$db\n");
my $mail = mail('bank');

sub modes {
	return map { sprintf '%s %o %d', $_, (stat "$db/$_")[2] & 07777,
	    (stat _)[5] } qw(gate reputation.db log.0000000001);
}

for my $umask (0, 0022, 0777) {
	shared(02770);
	for my $name (qw(alice bob carol)) {
		is(member($name, { in => $mail, before => sub { umask $umask } },
		    'hisho-score')->{status}, 0, "$name gets a mail");
		my $vote = member($name, { in => $mail,
		    before => sub { umask $umask } }, 'hisho-vote', 'trust');
		is($vote->{status}, 0, "$name votes") or diag($vote->{err});
	}
	is_deeply([ modes() ], [ map { "$_ 660 $uid{group}" }
	    qw(gate reputation.db log.0000000001) ],
	    sprintf('under umask %o all files are the group\'s', $umask));
}
is(count('receipts'), 3, 'three receipts');
is(count('votes'), 3, 'three votes');
is(member('bob', { in => $mail }, 'hisho-vote', 'trust', '-u', 'alice')
    ->{status}, 78, 'who is not the owner speaks for himself');
is(as('owner', { in => $mail }, 'hisho-vote', 'trust', '-u', 'alice')
    ->{status}, 0, 'the owner speaks for all');

note 'The keys of the seal are private, each of them';
for my $name (qw(alice bob)) {
	my ($mode, $owner) = (stat "$db/keys/uid:$uid{$name}")[2, 4];
	is(sprintf('%o', $mode & 07777), '600', "$name has a key");
	is($owner, $uid{$name}, 'of his own');
}

note 'A stranger';
my $stranger = as('mallory', { in => $mail }, 'hisho-score');
is($stranger->{status}, 0, 'his mail passes');
is(strip($stranger->{out}), $mail, 'unchanged');
like(value($stranger->{out}, 'Status'), qr/reputation-unavailable/,
    'without reputation');
my $told = qr/reputation unavailable: \Q$db\E: Permission denied: it is for (?#
    )members of the group 'hisho', who may have to log in anew/;
like($stranger->{err}, $told, 'and he is told what to do');
for my $action ('trust', 'show') {
	my $result = as('mallory', { in => $mail }, 'hisho-vote', $action);
	is($result->{status}, 75, "$action: 75");
	like($result->{err}, $told, "$action: he is told what to do");
}
like(as('mallory', 'hisho-db', 'stat')->{err}, $told, 'hisho-db, too');

note 'Without the set-gid bit';
shared(0770);
for my $name (qw(alice bob)) {
	my $result = member($name, { in => $mail }, 'hisho-vote', 'trust');
	is($result->{status}, 78, "$name does not begin what others cannot read");
	like($result->{err}, qr/chmod g\+s/, 'and is told what to do');
}
is(member('alice', { in => $mail }, 'hisho-score')->{status}, 0, 'mail passes');
ok(!-e "$db/gate", 'nothing was made');
chmod 02770, $db;
is(member('alice', { in => $mail }, 'hisho-vote', 'trust')->{status}, 0,
    'with it she votes');

note 'What was personal becomes the group\'s';
shared(0700);
is(as('owner', { in => $mail }, 'hisho-vote', 'trust')->{status}, 0, 'alone');
chmod 02770, $db;
my $denied = member('alice', { in => $mail }, 'hisho-vote', 'trust');
is($denied->{status}, 75, 'his files are still his');
my ($command) = $denied->{err} =~ /(chgrp -R \w+, chmod -R g\+rwX)/;
ok($command, 'it is told how to open them') or diag($denied->{err});
system("chgrp -R hisho $db && chmod -R g+rwX $db && chmod g+s $db") == 0 or die;
is(member('alice', { in => $mail }, 'hisho-vote', 'trust')->{status}, 0,
    'then she votes');
is(count('votes'), 2, 'beside him');

note 'Root leaves nothing of its own behind';
shared(02770);
is(run({ in => $mail }, tool_of('hisho-score'), '-u', 'bob')->{status}, 0,
    'root delivers');
is(join(' ', (stat "$db/$_")[4, 5]), "$uid{owner} $uid{group}",
    "$_ is the owner's") for qw(gate reputation.db log.0000000001),
    "keys/uid:$uid{bob}";
is(member('alice', { in => $mail }, 'hisho-vote', 'trust')->{status}, 0,
    'members go on');

note 'Nobody follows a link that a member put there';
my $elsewhere = "$house/elsewhere";
mkdir $elsewhere, 0700;
shared(02770);
rmdir "$db/keys";
symlink $elsewhere, "$db/keys";
is(run({ in => $mail }, tool_of('hisho-score'))->{status}, 0,
    'keys is a link: mail passes');
# Berkeley DB never frees what it has given up.
$ENV{ASAN_OPTIONS} = 'detect_leaks=0';
is_deeply([ glob "$elsewhere/*" ], [], 'no key is where it leads');
unlink "$db/keys";
chown $uid{owner}, $uid{owner}, $elsewhere;
for my $name (qw(reputation.db gate log.0000000001)) {
	for my $content (undef, '', 'A letter, half written.') {
		shared(02770);
		member('alice', { in => $mail }, 'hisho-vote', 'trust');
		unlink "$db/$name", "$elsewhere/letter";
		symlink "$elsewhere/letter", "$db/$name";
		spew("$elsewhere/letter", $content) if defined $content;
		chown $uid{owner}, $uid{owner}, "$elsewhere/letter";
		for my $run (sub { run({ in => $mail }, tool_of('hisho-score')) },
		    sub { as('owner', { in => $mail }, 'hisho-score') }) {
			is($run->()->{status}, 0, "$name is a link: mail passes");
			is(-e "$elsewhere/letter" ? slurp("$elsewhere/letter")
			    : undef, $content, 'where it leads all is as it was');
		}
	}
	unlink "$db/$name";
	POSIX::mkfifo("$db/$name", 0660);
	chown 0, $uid{group}, "$db/$name";
	my $result = as('owner', { in => $mail, timeout => 20 }, 'hisho-score');
	is($result->{status}, 0, "$name is a FIFO: mail passes");
	like($result->{out}, qr/reputation-unavailable/, 'without reputation');
}
done_testing;
