#!/usr/bin/perl
# A set-gid installation: users outside of the group share a database that
# none of them can touch.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Hisho;
use Users;
use Test::More;

alone();
install_tools(02755);
my $mail = mail('bank');
my $host = '192.0.2.25';
my $system = "[hisho]\ndatabase=$db\n";

sub chapter {
	note $_[0];
	configure($system);
	shared(02770);
}

sub score {
	my ($name, @options) = @_;
	my $result = as($name, { in => $mail }, 'hisho-score', @options);
	is($result->{status}, 0, "$name, @options: 0") or diag($result->{err});
	return $result->{out};
}

sub json {
	my ($name, @options) = @_;
	return json_of(score($name, '--no-record', '--format=json', @options));
}

chapter('Two users, one database');
for my $name (qw(alice bob carol)) {
	is(strip(score($name)), $mail, "$name receives it");
}
is(count('receipts'), 3, 'so three receipts are kept');
for my $name (qw(alice bob)) {
	is(as($name, { in => $mail }, 'hisho-vote', 'trust')->{status}, 0,
	    "$name trusts it");
}
my $seen = json('carol');
my ($row) = grep { $_->{scope} eq 'others' && $_->{axis} eq 'route' }
    @{ $seen->{score}{rows} };
is($row->{users_trusted}, 2, 'carol, who has no name, sees what they think');
is($seen->{advice}, 'trusted', 'and is advised by it');

note 'Who made the files cannot touch them';
for my $name (qw(alice bob mallory)) {
	for my $path (glob("$db/* $db/keys/*"), $db, "$db/keys", "$db/new") {
		my $tried = run({ before => sub {
			Users::become($uid{$name}, $uid{$name});
		} }, $^X, '-e', 'exit 1 if open $f, "<", $ARGV[0];
		    exit 2 if opendir $d, $ARGV[0];
		    exit 3 if open $f, ">>", $ARGV[0];
		    exit 4 if chmod 0666, $ARGV[0];
		    exit 5 if unlink $ARGV[0]; exit 6 if rename $ARGV[0], "/tmp/x"',
		    $path);
		is($tried->{status}, 0, "$name cannot touch $path");
	}
	is(as($name, $_, "$db/reputation.db")->{status}, 75,
	    "$_ does not read it for $name") for qw(hisho-parse hisho-score);
}
my $secret = spew("$house/secret", $mail);
chown 0, $uid{group}, $secret;
chmod 0640, $secret;
for my $tool (@stages) {
	is(as('alice', $tool, $secret)->{status}, 75,
	    "$tool reads no file by the group's right");
}
is(as('alice', 'hisho-vote', 'trust', $secret)->{status}, 75, 'nor hisho-vote');
my $open = spew("$house/open", $mail);
for my $command ([ 'hisho-score', '--jobs=1' ], [ 'hisho-vote', 'trust' ]) {
	my $result = as('alice', @$command, ($open) x 40, $secret, $open);
	is($result->{status}, 75, "@$command: nor behind other mails");
	like($result->{err}, qr/\Q$secret\E: .*Permission denied/, 'it is named');
}

chapter('Modes of files, whatever the umask');
for my $umask (0, 0777) {
	shared(02770);
	my $result = as('alice', { in => $mail, before => sub { umask $umask } },
	    'hisho-score');
	is($result->{status}, 0, 'a mail comes');
	for my $file (qw(gate reputation.db log.0000000001)) {
		my ($mode, $group) = (stat "$db/$file")[2, 5];
		is(sprintf('%o', $mode & 07777), '660', "$file is the group's");
		is($group, $uid{group}, "and nobody else's");
	}
	is(sprintf('%o', (stat "$db/keys/uid:$uid{alice}")[2] & 07777), '600',
	    'the key is private');
	is(as('bob', { in => $mail }, 'hisho-vote', 'trust')->{status}, 0,
	    'bob writes on');
}

chapter('Options that lead elsewhere');
mkdir "$house/trap";
chmod 0777, "$house/trap";
spew("$house/trap/own.conf", "[hisho]\ndatabase=$house/trap/db\n");
for (['--database', "$house/trap/db"], ['--config', "$house/trap/own.conf"],
    ['--user', 'bob']) {
	my ($option, $value) = @$_;
	my $result = as('mallory', { in => $mail }, 'hisho-score',
	    "$option=$value");
	is($result->{status}, 0, "$option: the mail passes");
	like($result->{err}, qr/^hisho-score: $option is ignored: /,
	    "$option: is said to be ignored");
}
ok(!-e "$house/trap/db", 'no database is made elsewhere');
is(count('receipts'), 1, 'what was received is recorded');
like(owner_says('dump'), qr/uid:$uid{mallory}/, 'as received by the real user');
is(as('mallory', { in => $mail }, 'hisho-vote', 'trust', '-u', 'bob')->{status},
    0, 'a vote');
unlike(owner_says('dump'), qr/uid:$uid{bob}/, 'is his own');

note 'Variables';
my %trap = (HISHO_DATABASE => "$house/trap/db", HOME => "$house/trap",
    XDG_CONFIG_HOME => "$house/trap", XDG_DATA_HOME => "$house/trap",
    TMPDIR => "$house/trap", DB_HOME => "$house/trap",
    HOSTALIASES => $secret, LD_PRELOAD => "$house/trap/evil.so",
    LD_LIBRARY_PATH => "$house/trap", GCONV_PATH => "$house/trap",
    GIO_EXTRA_MODULES => "$house/trap", G_MESSAGES_DEBUG => 'all',
    GLIBC_TUNABLES => 'glibc.malloc.check=3', MALLOC_TRACE => "$house/trap/t",
    LOCPATH => "$house/trap", NLSPATH => "$house/trap", TZ => ":$secret",
    TZDIR => "$house/trap", RES_OPTIONS => 'ndots:9',
    LOCALDOMAIN => 'evil.example');
mkdir "$house/trap/hisho";
spew("$house/trap/hisho/hisho.conf", "[hisho]\ndatabase=$house/trap/db\n");
for my $name (sort keys %trap) {
	my $result = as('alice', { in => $mail,
	    before => sub { $ENV{$name} = $trap{$name} } }, 'hisho-score');
	is($result->{status} . strip($result->{out}), "0$mail", "$name: passes");
	unlike($result->{out}, qr/degraded/, "$name: changes nothing");
}
is_deeply([ glob "$house/trap/*" ], [ "$house/trap/hisho",
    "$house/trap/own.conf" ], 'nothing is left where they lead to');
is(count('receipts'), 2, 'the one receipt of alice is there');

chapter('The configuration of the user');
mkdir "$house/home/alice/.config";
mkdir "$house/home/alice/.config/hisho";
my $own = "$house/home/alice/.config/hisho/hisho.conf";
spew($own, "[hisho]\nlang=ja\ndatabase=$house/trap/db\nowner=alice\n" .
    "[route]\ntrusted-networks=$host\nown-hosts=mail2.midori-bank.example\n" .
    "[user]\naddresses=notice\@midori-bank.example\n[limits]\nlinks=1\n" .
    "[score]\nothers-green=1\n");
$seen = json('alice');
is($seen->{route}{ip}, $host, 'his networks are not those of the server');
like($seen->{warnings}[0]{text}, qr/[^\0-\x7f]/, 'he is told in Japanese');
is($seen->{warnings}[0]{code}, 'self-forged', 'his address is known');
score('alice');
is(count('receipts'), 1, 'it is recorded where all is');
ok(!-e "$house/trap/db", 'and nowhere else');
unlink $own;
symlink $secret, $own;
is(as('alice', { in => $mail }, 'hisho-score')->{status}, 75,
    "it is not read by the group's right");
unlink $own;

chapter('What options make up');
my %made_up = ('--hop' => 1, '--now' => '2020-01-01T00:00:00Z',
    '--dns-server' => '127.0.0.1:9', '--client-ip' => '203.0.113.9',
    '--helo' => 'evil.example', '--client-name' => 'evil.example',
    '--envelope-from' => 'a@evil.example', '--again' => undef);
for my $option (sort keys %made_up) {
	my @options = defined $made_up{$option}
	    ? "$option=$made_up{$option}" : $option;
	for my $record ([], ['--record']) {
		my $out = score('mallory', '--no-dns', @options, @$record);
		is(strip($out), $mail, "$option: the mail passes");
		like(value($out, 'Folder'), qr/^\w+$/, "$option: it is judged");
		is(value($out, 'Seal'), undef, "$option: it is not sealed");
	}
}
is(count('receipts'), 0, 'nothing is recorded');
my $routed = as('mallory', { in => $mail }, 'hisho-route',
    '--client-ip=203.0.113.9');
is(as('mallory', { in => $routed->{out} }, 'hisho-score')->{status}, 0,
    'a pipeline');
unlike(owner_says('dump'), qr/203\.0\.113\.9/, 'hands nothing on, either');
for (['hisho-vote', 'trust'], ['hisho-db', 'stat']) {
	my $result = as('mallory', { in => $mail }, @$_,
	    '--now=2020-01-01T00:00:00Z');
	is($result->{status}, 78, "@$_ takes no time from a user");
	like($result->{err}, qr/--now: /, 'and says so');
}
is(as('mallory', { in => $mail }, 'hisho-vote', 'show',
    '--now=2020-01-01T00:00:00Z')->{status}, 0, 'but shows');
is(count('votes'), 0, 'no vote is there');

note 'What is about all users is for their keeper';
for my $action ('dump', 'rebuild', "backup $house/trap/all",
    "restore $house/trap/all", 'load') {
	my $result = as('mallory', 'hisho-db', split / /, $action);
	is($result->{status}, 78, "$action is not for users");
	is($result->{out}, '', 'nor is anything told');
	is(as('owner', 'hisho-db', $action)->{status}, 0, "but for the owner")
	    if $action =~ /^(dump|rebuild)$/;
}
for my $action (qw(stat verify)) {
	is(as('mallory', 'hisho-db', $action)->{status}, 0, "$action is for all");
}

note 'The pipeline';
my $passed = $mail;
for my $tool (@stages) {
	$passed = as('alice', { in => $passed }, $tool)->{out};
	like(value($passed, 'Seal'), qr/user=uid:$uid{alice};/, "$tool seals");
}
is(strip($passed), $mail, 'the mail is unchanged');

done_testing;
