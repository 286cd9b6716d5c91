#!/usr/bin/perl
# hisho-score --evaluate: what it counts is known by hand.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Dns;
use Hisho;
use POSIX qw(mkfifo);
use Test::More;

$ENV{HISHO_DATABASE} = "$scratch/nobodys";
$ENV{TMPDIR} = "$scratch/tmp";
mkdir $ENV{TMPDIR}, 0700;
my ($known, $evil) = ('192.0.2.1', '198.51.100.1');
my $number = 0;

# A mail from FROM by IP, received on DAY of May 2023 (undef: no date at all),
# DATE of May by its own word, with BODY.
sub letter {
	my ($from, $ip, $day, %with) = @_;
	my $when = defined $day ? "; $day May 2023 12:00:00 +0000" : '';
	my $date = $with{date} ? "Date: $with{date} May 2023 12:00:00 +0000\n" : '';
	$number++;
	return "Received: from mail.invalid (mail.invalid [$ip])\n" .
	    "\tby mx.example.jp (Postfix) with ESMTP id 4R0W$when\n" . $date .
	    "From: $from\nTo: taro\@example.jp\nSubject: $number\n\n" .
	    ($with{body} // "Hello.\n");
}

sub mbox {
	my ($name, @mails) = @_;
	return spew("$scratch/$name", join '', map {
		"From x\@y Mon Jan  1 00:00:00 2001\n" .
		    s/^(>*From )/>$1/mgr . "\n"
	} @mails);
}

sub evaluate {
	my ($good, $bad, @options) = @_;
	return json_of(filter('', 'hisho-score', '--evaluate', '--format=json',
	    @options, $good, $bad));
}

# "right/wrong/silent of mails" of NAME in the list KEY, on good and on bad.
sub hits {
	my ($found, $key, $name, $level) = @_;
	my ($line) = grep { $_->{name} eq $name && ($_->{level} // '') eq
	    ($level // '') } @{ $found->{$key} };
	return 'none' unless $line;
	return join ', ', map {
		"$_->{right}/$_->{wrong}/$_->{silent} of $_->{mails}"
	} @$line{qw(good bad)};
}

# A known sender, one who sends by an evil host, and between them the order of
# time alone decides who is known when.
my @good = (letter('hanako@b.example', $known, 1),
    letter('hanako@b.example', $known, 3), letter('new@c.example', $evil, 6));
my @bad = (letter('x@evil.example', $evil, 2), letter('x@evil.example', $evil, 4),
    letter('hanako@b.example', $evil, 5));
my @files = (mbox('good', @good), mbox('bad', @bad));
my $found = evaluate(@files);

note('what is known by hand');
is("@{$found->{good}}{qw(mails judged undated copies disputed damaged)}",
    '3 3 0 0 0 0', 'all good mails');
is("@{$found->{bad}}{qw(mails judged undated copies disputed damaged)}",
    '3 3 0 0 0 0', 'all bad mails');
is(hits($found, 'verdicts', 'advice'), '1/1/1 of 3, 2/0/1 of 3', 'advice');
is(hits($found, 'verdicts', 'folder'), '0/0/3 of 3, 0/0/3 of 3', 'folder');
is(hits($found, 'rows', 'own-route', 'exact'), '1/0/2 of 3, 1/0/2 of 3',
    'a route knows only its own');
is(hits($found, 'rows', 'own-host', 'exact'), '1/1/1 of 3, 2/0/1 of 3',
    'a host is blamed for a stranger');
is(hits($found, 'rows', 'own-from', 'exact'), '1/0/2 of 3, 1/0/2 of 3',
    'a forged From is not trusted');
is((grep { $_->{name} eq 'own-from' } @{ $found->{rows} })[0]{bad}{held}, 1,
    '... though votes were for it');
is(hits($found, 'deciders', 'own-route', 'exact'), '1/0/0 of 1, 1/0/0 of 1',
    'the route decided once on each side');
is(hits($found, 'deciders', 'own-host', 'exact'), '0/1/0 of 1, 1/0/0 of 1',
    'the host, too, once wrong');
is(scalar(grep { $_->{name} =~ /^others/ } @{ $found->{rows} }), 0,
    'others have no voice');
is_deeply([ map { $_->{name} } @{ $found->{warnings} } ], [ 'route-new' ],
    'one warning');
is(hits($found, 'warnings', 'route-new', 'caution'), '0/0/3 of 3, 1/0/2 of 3',
    'of the forger');

note('the order of time');
is_deeply(evaluate(mbox('good', reverse @good), mbox('bad', reverse @bad)), $found,
    'that of the files does not matter');
my $early = letter('new@c.example', $evil, 1);
is(hits(evaluate(mbox('good', @good[0, 1], $early), mbox('bad', @bad)), 'verdicts',
    'advice'), '1/0/2 of 3, 2/0/1 of 3', 'nothing is known of the future');
my $dated = letter('x@evil.example', $evil, 4, date => 28);
is(hits(evaluate(mbox('good', @good[0, 1]), mbox('bad', $bad[0], $dated,
    letter('x@evil.example', $evil, 5))), 'deciders', 'own-route', 'exact'),
    '1/0/0 of 1, 2/0/0 of 2', 'the receiving server is asked for the time');
my $written = letter('x@evil.example', $evil, undef, date => 1);
is(hits(evaluate(mbox('good', @good[0, 1]), mbox('bad', $bad[0], $written)),
    'verdicts', 'advice'), '1/0/1 of 2, 1/0/1 of 2',
    'else the mail itself');
$found = evaluate(mbox('good', letter('late@d.example', $evil, undef), @good),
    mbox('bad', @bad));
is($found->{good}{undated}, 1, 'a mail without date is counted');
is(hits($found, 'verdicts', 'advice'), '1/2/1 of 4, 2/0/1 of 3',
    '... and comes last');
my $tie = letter('t@d.example', '203.0.113.1', 9);
is(hits(evaluate(mbox('good', $tie), mbox('bad', letter('t@d.example',
    '203.0.113.1', 9))), 'verdicts', 'advice'), '0/0/1 of 1, 0/1/0 of 1',
    'at the same time good comes first');

note('who is known, and may be imitated');
my $friend = letter('info@kawasemi-shoji.example', $known, 2);
my @imitators = map { letter('x@kawasemi-shojl.example', "203.0.113.$_", $_) } 1, 3;
is(hits(evaluate(mbox('good', $friend), mbox('bad', @imitators)), 'warnings',
    'from-lookalike', 'danger'), '0/0/1 of 1, 1/0/1 of 2',
    'as soon as he is trusted');
my @doubts = map { letter('info@kawasemi-shoji.example', '203.0.113.9', $_) } 4, 5;
is(hits(evaluate(mbox('good', $friend), mbox('bad', @imitators, @doubts,
    letter('y@kawasemi-shojl.example', '203.0.113.7', 6))), 'warnings',
    'from-lookalike', 'danger'), '0/0/1 of 1, 1/0/4 of 5',
    'and as long');

note('the same mail again');
$found = evaluate(mbox('good', @good, $good[0], $bad[1]), mbox('bad', @bad));
is("@{$found->{good}}{qw(mails judged copies disputed)}", '5 3 1 1',
    'a copy and what is on both sides are left out');
is("@{$found->{bad}}{qw(mails judged copies disputed)}", '3 2 0 1',
    '... on both sides');
is(evaluate(mbox('good', @good), mbox('bad', @bad, $good[0] =~
    s/\Q$known\E/$evil/r))->{bad}{judged}, 4, 'by another host it is another');

note('where mails lie');
my $quoted = letter('hanako@b.example', $known, 7, body => "\nFrom here on\n");
$found = evaluate(mbox('good', $quoted, @good), mbox('bad', @bad));
is("@{$found->{good}}{qw(mails judged)}", '4 4',
    'quoted From_ lines part no mails');
mkdir "$scratch/maildir$_" for '', '/cur', '/new';
spew("$scratch/maildir/cur/$_.x:2,S", $bad[$_]) for 0 .. $#bad;
spew("$scratch/maildir/new/9.x", $quoted);
$found = evaluate(mbox('good', @good, $quoted), "$scratch/maildir");
is("@{$found->{bad}}{qw(mails judged disputed)}", '4 3 1',
    'a Maildir, and the same mail in both');
is(hits($found, 'verdicts', 'advice'), '1/1/1 of 3, 2/0/1 of 3', 'judged alike');

note('one result');
mbox('good', @good); mbox('bad', @bad);
my $page = filter('', 'hisho-score', '--evaluate', @files);
for my $jobs (1, 3) {
	is(filter('', 'hisho-score', '--evaluate', "-j$jobs", '-M', @files), $page,
	    "with $jobs workers");
}
like($page, qr/^advice +good +3 +1  33 % +1  33 % +1  33 % +0\n +bad +3 +2  67 %/m,
    'the table');
like($page, qr/^route-new +caution +0   0 % +1  33 %$/m, 'the warnings');
like($page, qr/trusted \(33 %\) and 1\s+distrusted/, 'the sentences');
is((grep { length > 80 || / $/ } split /\n/, $page), 0, 'no line is too long');
my $told = run('hisho-score', '--evaluate', '-v', @files);
like($told->{err}, qr{^\Q$files[0]\E:3: good, but distrusted \(own-host\), gray$}m,
    '-v names what was wrong');

note('what is not touched');
ok(! -e $ENV{HISHO_DATABASE}, 'no database was made');
ok(! -e "$ENV{XDG_DATA_HOME}/hisho", 'not even a place for it');
mbox('many', map { letter("a$_\@b.example", "192.0.2.$_", 1) } 1 .. 200);
run('timeout', '-s', 'KILL', $_, 'hisho-score', '--evaluate', "$scratch/many",
    $files[1]) for 0.05, 0.1, 0.2;
is(join(' ', glob "$ENV{TMPDIR}/*"), '', 'nothing is left, killed or not');

note('DNS');
my $port = silent_server();
my @ask = ("--dns-server=127.0.0.1:$port", '--dns-timeout=100');
is(filter('', 'hisho-score', '--evaluate', @ask, @files), $page, 'without it');
is(heard($port), 0, 'nobody is asked');
is(filter('', 'hisho-score', '--evaluate', '--again', @ask, @files), $page,
    'what it says today is told of no old mail');
cmp_ok(heard($port), '>', 0, '... though it was asked');

note('what is wrong');
sub refused {
	my ($why, @arguments) = @_;
	my $result = run({ timeout => 10 }, 'hisho-score', '--evaluate', @arguments);
	is($result->{status}, 75, "status 75: @arguments" =~ s/\Q$scratch\E/./gr);
	like($result->{err}, $why, "$why");
}
refused(qr/two files/, $files[0]);
refused(qr/two files/, @files, $files[0]);
refused(qr/--is asks/, '--is=main', @files);
refused(qr/--database/, "--database=$scratch/db", @files);
refused(qr/--record/, '--record', @files);
refused(qr/--now/, '--now=2023-01-01T00:00:00Z', @files);
refused(qr/--client-ip/, '--client-ip=192.0.2.1', @files);
refused(qr/report or json/, '--format=list', @files);
refused(qr/No such file/, "$scratch/missing", $files[1]);
refused(qr/not a Maildir/, $scratch, $files[1]);
mkfifo("$scratch/fifo", 0600);
open my $held, '+<', "$scratch/fifo";
refused(qr/cannot be read twice/, "$scratch/fifo", $files[1]);
spew("$scratch/damaged", "no mbox\n");
refused(qr/damaged: not an mbox/, "$scratch/damaged", $files[1]);
my $damaged = run('hisho-score', '--evaluate', '--format=json',
    "$scratch/damaged", $files[1]);
is(json_of($damaged->{out})->{bad}{judged}, 3, 'but what can be read is judged');
my $full = run({ to => '/dev/full' }, 'hisho-score', '--evaluate', @files);
is($full->{status}, 75, 'a full disk is told');
like(filter('', 'hisho-score', '--evaluate', spew("$scratch/empty", ''),
    $files[1]), qr/^advice +bad +3 /m, 'no good mail at all is no failure');
done_testing;
