#!/usr/bin/perl
# The shared list of malicious links as several users live with it, and the
# personal list of blocked senders.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Hisho;
use Vote;
use Test::More;

plan skip_all => 'only root can speak for several users' if $> != 0;

sub configure {
	mkdir "$ENV{XDG_CONFIG_HOME}/hisho";
	spew("$ENV{XDG_CONFIG_HOME}/hisho/hisho.conf", $_[0]);
}

sub with { return letter('a@shop.example', '192.0.2.9', @_) }

# What USER finds of a mail with LINKS: its folder, and the reports.
sub seen {
	my ($user, @links) = @_;
	my $o = judge(with(@links), '-u', $user);
	my $n = join ',', map { $_->{reports} } @{ $o->{links} };
	return "$o->{folder} $n";
}

sub done {
	my ($what, @arguments) = @_;
	my $got = vote(undef, @arguments);
	is($got->{status}, 0, $what) or diag $got->{err};
	return $got->{out};
}

chapter('one voice per user, own at once, others at the quorum');
configure("[score]\nothers-red=2\n");
my $link = 'https://www.evil.example/login';
is(seen('ann', $link), 'gray 0', 'nothing yet');
done('ann reports', qw(report --host=evil.example -u ann));
is(seen('ann', $link), 'spam 1', 'hers acts for her');
is(seen('bob', $link), 'gray 1', 'but one is not enough for bob');
done('she says it again', qw(report --host=evil.example -u ann));
is(seen('bob', $link), 'gray 1', 'which is no second voice');
done('cec reports', qw(report --host=evil.example -u cec));
is(seen('bob', $link), 'spam 2', 'two are');
my ($warning) = grep { $_->{code} eq 'link-reported' }
    @{ judge(with($link), '-u', 'bob')->{warnings} };
is($warning->{level}, 'danger', 'a danger');
like($warning->{text}, qr/evil\.example.*shared.list.*by.2.user\(s\),
    .first.on.2023-07-13,.last.on.2023-07-13.*allow-link/x, 'told in full');
is_deeply([@{ $warning->{evidence} }{qw(link users first last)}],
    ['evil.example', '2', '2023-07-13', '2023-07-13'], 'and by parts');
done('ann takes hers back', qw(unreport --host=evil.example -u ann));
is(seen('bob', $link), 'gray 1', 'which leaves one');
is(seen('ann', $link), 'gray 1', 'for her, too');
configure('');

chapter('what an entry covers');
for my $case (
	['--host=b.example', 'spam', 'http://b.example/', 'http://a.b.example/',
	    'https://x.a.b.example:8443/q', 'http://B.EXAMPLE./',
	    'http://user@b.example/'],
	['--host=b.example', 'gray', 'http://bb.example/',
	    'http://b.example.net/'],
	['--host=a.b.example', 'spam', 'http://x.a.b.example/',
	    'http://a.b.example/'],
	['--host=a.b.example', 'gray', 'http://b.example/',
	    'http://c.b.example/'],
	['--host=日本.example', 'spam', 'http://xn--wgv71a.example/'],
	['--host=203.0.113.7', 'spam', 'http://203.0.113.7/a',
	    'http://0xcb007107/'],
	['--host=evil[.]example', 'spam', 'http://evil.example/'],
	['--host=*.b.example', 'spam', 'http://a.b.example/'],
	['--url=https://sites.google.com/view/evil', 'spam',
	    'https://sites.google.com/view/evil',
	    'http://sites.google.com/view/evil/home',
	    'https://sites.google.com/view/%65vil?authuser=0',
	    'https://sites.google.com/x/../view//evil#a'],
	['--url=https://sites.google.com/view/evil', 'gray',
	    'https://sites.google.com/view/evils',
	    'https://sites.google.com/view/good',
	    'https://sites.google.com/'],
	['--url=hxxps://a[.]example/x', 'spam', 'https://a.example/x/y'],
	['--url=a.example/x', 'spam', 'https://a.example/x/y'],
	['--url=http://a.example:81/', 'gray', 'http://a.example/'],
) {
	my ($option, $folder, @links) = @$case;
	chapter($option);
	done("report $option", 'report', $option);
	for my $url (@links) {
		my $o = judge(with($url));
		is($o->{folder}, $folder, "$url is for $folder");
	}
	done('unreport', 'unreport', $option);
	is(judge(with($links[0]))->{folder}, 'gray', 'and no more');
}

chapter('an entry expires');
my @later = ('--now=2024-07-20T09:00:00+09:00');
sub folder_later {
	my ($user, @more) = @_;
	return json_of(filter(with($link), 'hisho-score', '--no-dns',
	    '--no-record', @later, '--format=json', '-u', $user, @more))
	    ->{folder};
}
done('ann reports', qw(report --host=evil.example -u ann));
is(seen('ann', $link), 'spam 1', 'it counts');
is(folder_later('ann'), 'gray', 'a year later no longer');
is(folder_later('bob'), 'gray', 'for nobody');
like(done('show', 'show', '--host=www.evil.example', '-u', 'bob', @later),
    qr/evil\.example: reported by 1 others.*2023-07-13; expired/,
    'show tells of it');
configure("[score]\nreport-days=0\n");
is(folder_later('bob'), 'spam', 'unless it is for ever');
configure('');
done('bob reports it, too', qw(report --host=evil.example -u bob), @later);
is(folder_later('ann'), 'spam', 'the last registration counts');
like(done('show', 'show', '--host=evil.example', '-u', 'ann', @later),
    qr/by you and 1 others, first on 2023-07-13, last on 2024-07-20$/m,
    'with both dates');
done('bob takes it back', qw(unreport --host=evil.example -u bob));
is(folder_later('ann'), 'gray', 'then it has expired again');
is(done('ann says so again', 'report', '--host=evil.example', '-u', 'ann',
    @later), "reported: evil.example\n", 'which is news');
is(folder_later('bob'), 'spam', 'and counts anew');

chapter('allowed by one');
my $digest = received(with($link), '-u', 'bob');
done('ann reports', qw(report --host=evil.example -u ann));
is(seen('bob', $link), 'spam 1', 'a shared list');
is(done('bob allows it by digest', 'allow-link', "--digest=$digest", '-u',
    'bob'), "allowed for you: evil.example\n", 'what was reported');
is(seen('bob', $link), 'gray 0', 'is lifted for him');
is(seen('cec', $link), 'spam 1', 'for him alone');
is(seen('bob', $link, 'http://evil.example/'), 'gray 0,0',
    'wherever the entry leads');
like(vote(with($link), 'show', '-u', 'bob')->{out},
    qr/by 1 others.*allowed by you$/m, 'show tells of it');
like(filter(with($link), qw(hisho-score --no-dns --no-record -f report -u bob),
    @now), qr/evil.*allowed by you/s, 'so does the page');
like(done('again', 'allow-link', '--host=evil.example', '-u', 'bob'),
    qr/^already allowed for you: evil\.example$/, 'is no change');
done('taken back', 'allow-link', '--withdraw', "--digest=$digest", '-u', 'bob');
is(seen('bob', $link), 'spam 1', 'and it is reported again');
like(done('again', qw(allow-link --withdraw --host=evil.example -u bob)),
    qr/^was not allowed/, 'is no change');
done('he allows it', qw(allow-link --host=evil.example -u bob));
done('and reports it', qw(report --host=evil.example -u bob));
is(seen('bob', $link), 'spam 2', 'the last word holds');
like(done('and allows it', qw(allow-link --host=evil.example -u bob)),
    qr/^report withdrawn: evil\.example$/m, 'again');
is(seen('bob', $link), 'gray 0', 'so it does');
is(seen('ann', $link), 'spam 1', 'and his voice is gone');
done('withdrawn', qw(allow-link --withdraw --host=evil.example -u bob));
is(seen('bob', $link), 'spam 1', 'all is as it was');
like(vote(with('http://good.example/'), 'allow-link')->{out},
    qr/^no link of this mail is reported/, 'nothing to allow');

chapter('permitted, but with a reported link');
my $mail = with($link);
received($mail);
vote($mail, 'permit');
done('ann reports', qw(report --host=evil.example -u ann));
my $o = judge($mail);
is($o->{folder}, 'main', 'stays in main');
ok((grep { $_ eq 'link-reported' } codes($o)), 'with the warning');
isnt(vote($mail, 'trust')->{status}, 0, 'which must be meant to be ignored');

chapter('asked of hisho-links');
sub links_of {
	my ($bytes, @options) = @_;
	return run({ in => $bytes }, 'hisho-links', @now, @options);
}
my $bare = with($link, 'http://good.example/');
is(links_of($bare, '--is=reported')->{status}, 1, 'no database: nothing is');
done('ann reports', qw(report --host=evil.example -u ann));
is(links_of($bare, '--is=reported')->{status}, 0, 'a hit');
is(links_of($bare, '--is=reported')->{out}, '', 'says nothing');
is(links_of(with('http://good.example/'), '--is=reported')->{status}, 1,
    'no hit');
is(links_of($bare, '--is=spam')->{status}, 75, 'not asked so');
my $hosts = links_of($bare, '--format=list')->{out};
like($hosts, qr/^  \*\* text .*evil/m, 'the bad host is marked');
like($hosts, qr/^     text .*good\[\.\]example/m, 'and no other');
like(links_of($bare, '--format=report')->{out},
    qr/^  \*\* text .*\n     leads   hxxps:.*evil.*\n.*reported by 1 user/m,
    'so is the link');
done('bob allows it', qw(allow-link --host=evil.example -u bob));
is(links_of($bare, '--is=reported', '-u', 'bob')->{status}, 1,
    'not for him who allows it');

chapter('by digest, a page, too');
my $shared = with('https://sites.google.com/view/evil/home');
done('ann reports', qw(report --url=https://sites.google.com/view/evil -u ann));
my $known = received($shared);
like(value(filter($shared, 'hisho-links', @now), 'Links'),
    qr{; reported=1; report=sites\.google\.com/view/evil; host=},
    'the field of the links has it');
is(json_of(filter($shared, qw(hisho-links -f json), @now))->{links}[0]{reports},
    1, 'and their JSON');
my $refused = vote(undef, 'trust', "--digest=$known");
is($refused->{status}, 65, 'trust must be meant');
like($refused->{err}, qr/link-reported/, 'for that reason');
like(vote(undef, 'show', "--digest=$known")->{out},
    qr{view/evil: reported by 1 others}, 'show tells of it');
is(done('allowed', 'allow-link', "--digest=$known"),
    "allowed for you: sites.google.com/view/evil\n", 'the page is allowed');
is(vote(undef, 'trust', "--digest=$known")->{status}, 0, 'and trust is given');

chapter('what nobody may report as a whole');
received(letter('pay@bank.example', '192.0.2.25'));
vote(letter('pay@bank.example', '192.0.2.25'), 'trust');
for my $host (qw(bit.ly github.io s3.amazonaws.com wordpress.com co.jp t.co
    www.dropbox.com bank.example login.bank.example)) {
	my $got = vote(undef, 'report', "--host=$host");
	is($got->{status}, 65, "$host is refused");
	like($got->{err}, qr/--url/, 'and why');
}
is(vote(undef, 'report', '--host=bank.example', '-u', 'bob')->{status}, 0,
    'what I trust binds nobody else');
done('a page of it', qw(report --url=https://bit.ly/3xyz));
done('a page of a correspondent', qw(report --url=http://bank.example/hacked));
for my $host (qw(tenant.github.io bucket.s3.amazonaws.com 192.0.2.7)) {
	done("$host", 'report', "--host=$host");
}

chapter('through wrappers');
my $wrapped = with('https://eur01.safelinks.protection.outlook.com/?url=' .
    'https%3A%2F%2Fwww.evil.example%2Fa&data=1',
    'https://jump.example.net/?url=https%3A%2F%2Fwww.realbank.example%2F');
is(vote($wrapped, 'report')->{out},
    "reported: www.evil.example\nreported: jump.example.net\n",
    'the target of a known one, the carrier of any other');
is(judge(with('https://www.evil.example/'))->{folder}, 'spam', 'is reported');

chapter('blocked senders');
my $spammer = letter('Shop <News@Mail.Shop.example>', '192.0.2.9');
for my $case (
	[sub { vote($spammer, 'block') }, 'news@mail.shop.example'],
	[sub { vote(undef, qw(block --address=NEWS@mail.shop.example)) },
	    'news@mail.shop.example'],
	[sub { vote(undef, qw(block --address=shop.example)) },
	    'shop.example'],
	[sub { vote(undef, qw(block --address=@mail.shop.example)) },
	    'mail.shop.example'],
	[sub { vote(undef, qw(block --address=*@mail.shop.example)) },
	    'mail.shop.example'],
	[sub { vote(undef, qw(block --address=*.shop.example)) },
	    'shop.example'],
) {
	my ($block, $entry) = @$case;
	is($block->()->{out}, "blocked: $entry\n", "block $entry");
	is($block->()->{out}, "already blocked: $entry\n", 'again');
	my $got = judge($spammer);
	is("$got->{folder} $got->{folder_reason}", 'spam blocked-sender',
	    'its mail is for spam');
	is(judge($spammer, '-u', 'bob')->{folder}, 'gray', 'for me alone');
	is(judge(letter('a@other.example', '192.0.2.9'))->{folder}, 'gray',
	    'no other mail');
	like(vote($spammer, 'show')->{out}, qr/^  you block \Q$entry\E$/m,
	    'show tells of it');
	is(vote($spammer, 'unblock')->{out}, "no longer blocked: $entry\n",
	    'unblock');
	is(judge($spammer)->{folder}, 'gray', 'and no more');
}
like(vote($spammer, 'unblock')->{out}, qr/^you had blocked no sender/,
    'nothing to unblock');
like(vote(undef, qw(unblock --address=shop.example))->{out},
    qr/^was not blocked/, 'by name neither');
received($spammer);
vote($spammer, 'permit');
like(vote($spammer, 'block')->{out}, qr/^blocked.*permit list/s,
    'a permit stands above it, which is said');
is(judge($spammer)->{folder}, 'main', 'and holds');
for my $bad ('a b@', '@', '*@', "\e[31m", 'x..y', 'a@b.example,c@b.example',
    'a b@b.example') {
	my $got = vote(undef, 'block', "--address=$bad");
	is($got->{status}, 65, 'no address');
	unlike($got->{err}, qr/\e/, 'said safely');
}

chapter('my lists');
is(done('show', qw(show --lists)), "nothing is on your lists\n", 'empty');
my $friend = letter('hanako@friend.example', '192.0.2.30');
received($friend);
vote($friend, 'permit');
done($_->[0], @$_) for [qw(block --address=spam.example)],
	[qw(allow-link --url=https://good.example/a)],
	[qw(report --host=evil.example)],
	[qw(report --host=theirs.example -u ann)];
is(done('show', qw(show --lists)), <<'END', 'all of mine, and nobody else\'s');
permitted hanako@friend.example  since 2023-07-13
blocked   spam.example  since 2023-07-13
allowed   good.example/a  since 2023-07-13
reported  evil.example  since 2023-07-13
END
like(done('later', qw(show --lists), @later),
    qr/^reported  evil\.example  since 2023-07-13; expired/m, 'what expired');

chapter('all taken back is all forgotten');
done($_->[0], @$_) for
	[qw(report --host=evil.example)], [qw(block --address=a@b.example)],
	[qw(allow-link --host=good.example)],
	[qw(unreport --host=evil.example)], [qw(unblock --address=a@b.example)],
	[qw(allow-link --withdraw --host=good.example)];
is(dump_all(), "schema\t1\n", 'the database is empty') or diag dump_all();
done_testing;
