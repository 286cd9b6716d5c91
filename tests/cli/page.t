#!/usr/bin/perl
# The advisor's page and the screen of folders, as people read them.
use strict;
use warnings;
use utf8;
use Encode qw(decode_utf8);
use FindBin;
use lib "$FindBin::Bin/../lib";
use Hisho;
use Test::More;

my @options = qw(--no-dns --lang=en --now=2023-07-13T09:00:00+09:00);
my $chapters = 0;

# A new chapter begins with an empty database.
sub chapter {
	$ENV{HISHO_DATABASE} = "$scratch/db" . ++$chapters;
	mkdir $ENV{HISHO_DATABASE}, 0700; # whose owner may speak for others
	note $_[0];
}

sub receive { filter($_[0], 'hisho-score', @options, @_[1 .. $#_]) }

sub page {
	my ($mail, @more) = @_;
	return decode_utf8(filter($mail, 'hisho-score', @options,
	    '--format=report', @more));
}

sub vote {
	my $result = run('hisho-vote', '--now=2023-07-13T09:00:00+09:00', @_);
	die "hisho-vote @_: $result->{err}" if $result->{status};
}

# A mail with these links, shown as they are.
sub linked {
	return "Received: from a.example (a.example [192.0.2.1]) by mx.example" .
	    " with ESMTP id 1;\n\tTue, 11 Jul 2023 08:09:16 +0900\n" .
	    "From: Ann <ann\@a.example>\nSubject: links\n" .
	    "Message-ID: <links\@a.example>\n\n" .
	    join('', map { "$_\n" } @_);
}

# The line on HOST in the section of links.
sub host_line {
	my ($page, $host) = @_;
	$host =~ s/\./[.]/g;
	my ($line) = grep { s/[{}]//gr =~ / \Q$host\E(?: |$)/ }
	    split /\n/, $page =~ s/.*It leads to//sr =~ s/\n {14}/  /gr;
	return $line // 'none';
}

chapter('links that were reported');
my $mail = linked(qw(http://www.bad.example/x http://good.example/p/q?r=1
    http://fine.example/));
vote('report', '--host=bad.example');
vote('report', '--url=http://good.example/p');
my $page = page($mail);
like(host_line($page, 'www.bad.example'), qr/\*\*.*reported by 1 user\(s\)/,
    'a host below a reported one is marked');
like(host_line($page, 'good.example'), qr/\*\*.*reported by 1 user\(s\)/,
    'and one of a reported URL');
unlike(host_line($page, 'fine.example'), qr/\*\*|reported/, 'but no other');

chapter('warnings about links');
sub codes {
	return join ' ', map { $_->{code} } @{ json_of(filter($_[0],
	    'hisho-score', @options, '--format=json'))->{warnings} };
}
sub html {
	return linked() =~ s/^(?=Subject)/Content-Type: text\/html\n/mr .
	    join '', map { "<p>$_</p>\n" } @_;
}
my $differs =
    '<a href="http://evil.example/a.html">http://www.bank.example/in.</a>';
is(codes(html($differs)) =~ s/ ?no-to//r, 'link-text-differs',
    'a host that an anchor names is not hidden');
is(codes(html($differs, $differs)) =~ s/ ?no-to//r, 'link-text-differs',
    'and the same warning is told once');
like(codes(html('<a href="http://evil.example/"></a>')), qr/link-hidden/,
    'a link that nobody sees is hidden');
vote('report', '--url=http://evil.example/a.html');
$page = page(html($differs));
unlike($page, qr/https?:|\w\.example\/|evil\.example/, 'nothing can be clicked');
like($page =~ s/\s+/ /gr, qr/"hxxp:\/\/www\[\.\]bank\[\.\]example\/in\."/,
    'what the anchor says can still be read');

chapter('the host, and why it');
sub traced { return page(join('', map { "Received: $_\n" } @_) .
    "From: a\@b.example\nTo: taro\@example.jp\nSubject: hello\n\nHello.\n") }
my $there = 'from b.example (b.example [192.0.2.1]) by mx.example.jp (Postfix)'
    . ' with ESMTP id 1';
for my $case (
    [ 'Received field 1: the topmost with a public address\n.*medium', $there ],
    [ 'Received field 1: it spoke to google, where your mailbox is\n.*high',
	$there =~ s/mx\.example\.jp/mx.google.com/r ],
    [ 'known: the mail was made here', $there =~ s/192\.0\.2\.1/127.0.0.1/r ],
    [ 'known: your server does not say by whom it came',
	'from b.example by mx.example.jp with SMTP id 1', $there ],
    [ 'origin +\[198\.51\.100\.1\] is where it claims to come from', $there,
	$there =~ s/192\.0\.2\.1/198.51.100.1/r ]) {
	my ($words, @trace) = @$case;
	like(traced(@trace), qr/$words/, $words);
}

chapter('commands');
sub commands { join '|', page(@_) =~ /^  (hisho-vote .*)/mg }
spew("$scratch/one.eml", $mail);
spew("$scratch/it's one.eml", $mail);
spew("$scratch/a\e[31mb.eml", $mail);
spew("$scratch/mbox", "From a Mon Jan  2 03:04:05 2023\n$mail");
like(commands('', "$scratch/one.eml"),
    qr/^hisho-vote trust \Q$scratch\E\/one\.eml\|/,
    'what was never received is named by its file');
my ($quoted) = commands('', "$scratch/it's one.eml") =~ /trust ([^|]*)/;
is(run('sh', '-c', "cat $quoted")->{out}, $mail, 'quoted for the shell');
my ($picked) = commands('', '--mbox', "$scratch/mbox") =~ /(.*?)\|/;
like($picked, qr/^hisho-vote trust --mbox --digest=[0-9a-f]{16} /,
    'in an mbox, by its digest there');
is(run('sh', '-c', $picked)->{status}, 0, 'which works');
run('sh', '-c', $picked =~ s/trust/undo/r);
my $own = "$scratch/own.conf";
spew($own, "[dns]\nask=no\n[user]\naddresses=taro.yamada\@example.jp\n");
unlike(page(mail('bounce'), '-c', $own), qr/hisho-vote/,
    'of a bounce of my own nothing can be said');
like(page(mail('bounce')), qr/hisho-vote distrust/, 'of another');
for my $case ([ $mail ], [ '', "$scratch/a\e[31mb.eml" ]) {
	is(commands(@$case), join('|', map { "hisho-vote $_ < the message" }
	    qw(trust distrust report)), 'or not at all');
}
receive($mail);
like(commands($mail), qr/^hisho-vote trust --digest=[0-9a-f]{16}\|/,
    'what was received, by its digest');
like(commands($mail, '-u', 'bob'), qr/^hisho-vote -u bob trust < /,
    'of another user, with his name');
receive($mail, '-u', 'bob');
my ($command) = commands($mail, '-u', 'bob') =~ /(.*?)\|/;
is(run('sh', '-c', $command)->{status}, 0, 'and the command works');

chapter('the score table');
my @users = qw(ann bob cec);
receive($mail, '-u', $_) for @users;
vote('-u', $_, $_ eq 'ann' ? 'distrust' : 'trust', "$scratch/one.eml")
    for @users;
receive($mail);
$page = page($mail);
like($page, qr/^> others route .* 2:1$/m, 'others are counted by users');
unlike($page, qr/^. own .*:/m, 'my own voice is not');
like($page, qr/^  by this host   1 mail\(s\) to you, on \d{4}-\d\d-\d\d
                 4 in all, on \d{4}-\d\d-\d\d
                 of 4: 2 trusted \(50 %\), 1 distrusted \(25 %\), 1 unrated \(25 %\)$/m,
    'what the host sent to me and in all is told, and what is thought of it');
vote('distrust', "$scratch/one.eml");
$page = page($mail);
like($page, qr/^> own route /m, 'the deciding row is marked');
my ($table) = $page =~ /^(Score.*?)\n\n/ms;
is((grep { length > 78 } split /\n/, $table), 0, 'it is 78 columns wide');
my %ends = map { /^(. (?:own|others) .*? \d+ +\d+ +\d+)(?:  |$)/
    ? (length $1 => 1) : () } split /\n/, $table;
is(keys %ends, 1, 'in columns') or diag $table;

chapter('the screen of folders');
sub labels {
	my $screen = decode_utf8(filter('', 'hisho-score', @options,
	    '--format=list', @_));
	return $screen =~ /^(\S+) +- +unrated/mg;
}
my $long = 'a-name-that-begins-like-all-the-others-and-ends-with';
mkdir "$scratch/$_" for qw(one two box box/cur box/new box/tmp);
spew("$scratch/$_", $mail) for "$long-1.eml", "$long-2.eml", 'one/a.eml',
    'two/a.eml', 'two/b.eml';
spew("$scratch/box/cur/168903054$_.M2P3.a-long-name.of-a-host.example:2,S",
    $mail) for 1, 2;
my @labels = labels("$scratch/$long-1.eml", "$scratch/$long-2.eml");
like($labels[0], qr/^….*and-ends-with-1\.eml$/, 'a long name shows its end');
is(length $labels[0], 32, 'and is cut');
like($labels[1], qr/-2\.eml$/, 'so names can be told apart');
@labels = labels(map { "$scratch/$_.eml" } qw(one/a two/a two/b));
like($labels[0], qr/one\/a\.eml$/, 'equal names show their folder');
like($labels[1], qr/two\/a\.eml$/, 'each its own');
is($labels[2], 'b.eml', 'others do not');
@labels = labels("$scratch/box");
is(join(' ', map { substr $_, 0, 15 } @labels),
    '1689030541.M2P3 1689030542.M2P3', 'a Maildir name shows its beginning');

chapter('who is trusted in an archive');
my $old = linked('http://a.example/');
vote('trust', spew("$scratch/old", $old));
$page = page($old =~ s/192\.0\.2\.1\]/203.0.113.9]/r =~ s/^Subject: /$&new /mr);
like($page, qr/A NEW ROUTE for this From/, 'is no stranger');
like($page =~ s/\s+/ /gr, qr/has written to you 1 time\(s\), but never by 203/,
    'the warning says so');
like($page, qr/of this From +none received; you voted on 1: 1 trusted, 0 dis/,
    'and what was not received is not counted as if it were');
done_testing;
