#!/usr/bin/perl
# What people try who want to be trusted in the name of others, as a table.
# tests/lib/Story.pm says how to read it.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Hisho;
use Dns;
use Story;
use Vote;
use Test::More;

kinds(<<'END');
# KIND      FROM                    HOST
friend      friend@good.example     192.0.2.1
list        writer@good.example     192.0.2.7       list=<talk.lists.example> envelope=talk-bounces@lists.example
dan         dan@gmail.com           209.85.220.41   auth=dmarc=pass_header.from=gmail.com
house       boss@house.example      203.0.113.1
mapped      friend@good.example     IPv6:::ffff:192.0.2.1

# All below is by somebody else.
forged      friend@good.example     198.51.100.66
sender      mallory@evil.example    198.51.100.66   envelope= sender=friend@good.example
envelope    mallory@evil.example    198.51.100.66   envelope=friend@good.example
verp        mallory@evil.example    198.51.100.66   envelope=friend+taro=example.jp@good.example
colleague   nobody@good.example     198.51.100.66   envelope=friend@good.example sender=friend@good.example
reply       mallory@evil.example    198.51.100.66   head=Reply-To:_friend@good.example
listed      mallory@evil.example    198.51.100.66   list=<talk.lists.example>
listed-host mallory@evil.example    192.0.2.7       list=<talk.lists.example> envelope=talk-bounces@lists.example
listed-ok   mallory@evil.example    192.0.2.7       list=<talk.lists.example> auth=dmarc=pass_header.from=evil.example
listed-far  mallory@evil.example    198.51.100.66   list=<talk.lists.example> auth=dmarc=pass_header.from=evil.example
sender-ok   mallory@evil.example    198.51.100.66   envelope= sender=friend@good.example auth=dmarc=pass_header.from=evil.example
tenant      dan@gmail.com           209.85.220.41
tenant-ok   mallory@gmail.com       209.85.220.41   auth=dmarc=pass_header.from=gmail.com
tenant-as   dan@gmail.com           209.85.220.41   auth=spf=pass_smtp.mailfrom=evil.example envelope=x@evil.example
tenant-evil dan@gmail.com           209.85.220.41   auth=dkim=pass_header.d=evil.example
neighbour   friend@good.example     209.85.220.41
me          me@example.jp           198.51.100.66
me-case     Me@EXAMPLE.jp           198.51.100.66
me-host     me@example.jp           192.0.2.1
two         friend@good.example     192.0.2.1       shown=friend@good.example,_mallory@evil.example
two-after   friend@good.example     192.0.2.1       shown=mallory@evil.example,_friend@good.example
two-fields  friend@good.example     192.0.2.1       shown=friend@good.example\nFrom:_mallory@evil.example
two-group   friend@good.example     192.0.2.1       shown=Friends:_friend@good.example,_mallory@evil.example;
two-odd     friend@good.example     192.0.2.1       shown=friend@good.example_a..b@docomo.ne.jp
named       mallory@evil.example    198.51.100.66   shown="friend@good.example"_<mallory@evil.example>
named-host  mallory@evil.example    192.0.2.1       shown="friend@good.example"_<mallory@evil.example>
encoded     mallory@evil.example    198.51.100.66   shown==?utf-8?q?friend=40good.example?=_<mallory@evil.example>
encoded-all mallory@evil.example    198.51.100.66   shown==?utf-8?q?friend=40good.example?=
encoded-two mallory@evil.example    198.51.100.66   shown==?utf-8?q?Friend_=3Cfriend=40good.example=3E?=_<mallory@evil.example>
comment     mallory@evil.example    198.51.100.66   shown=mallory@evil.example_(friend@good.example)
quoted      mallory@evil.example    198.51.100.66   shown="friend@good.example"@evil.example
routed      mallory@evil.example    198.51.100.66   shown=<@good.example:mallory@evil.example>
case        FRIEND@Good.Example     198.51.100.66
plus        friend+x@good.example   192.0.2.1
dots        f.riend@good.example    192.0.2.1
dot-end     friend.@good.example    192.0.2.1
percent     friend%good.example@evil.example 192.0.2.1
digit       fr1end@good.example     192.0.2.1
below       friend@mail.good.example 192.0.2.1
above       friend@good.example.evil.example 192.0.2.1
wide        friend@good.example     198.51.100.66   shown=friend＠good.example
dotless     friend@good.example     198.51.100.66   shown=friend@good。example
helo        friend@good.example     198.51.100.66   helo=mx.good.example
helo-ip     friend@good.example     198.51.100.66   helo=[192.0.2.1]
helo-mapped friend@good.example     198.51.100.66   helo=[IPv6:::ffff:192.0.2.1]
helo-comma  friend@good.example     198.51.100.66   helo=x([192.0.2.1])
below-line  friend@good.example     198.51.100.66   head=Received:_from_a_(a_[192.0.2.1])_by_mx.example.jp;_Tue,_11_Jul_2023_13:27:30_+0900
results     friend@good.example     198.51.100.66   head=Authentication-Results:_mx.example.jp;_dmarc=pass_header.from=good.example
fields      friend@good.example     198.51.100.66   head=X-Hisho-Advice:_trusted\nX-Hisho-Folder:_main\nX-Hisho-Route:_v=1;_ip=192.0.2.1
name-host   boss@house.example      203.0.113.66    helo=mx1.house.example
spam        x@spam.example          203.0.113.99
spam2       y@spam.example          203.0.113.98
org1        a@one.example           192.0.2.1
org2        a@two.example           192.0.2.1
org3        a@three.example         192.0.2.1
org4        a@four.example          192.0.2.1
org5        a@five.example          192.0.2.1
END

# Alice knows her friend, his list, Dan at Gmail and her own address; Erin has
# heard of them from Alice and Bob.
my $known = <<'END';
alice,bob     gets,trust          friend.1
alice,bob     permit              friend.1
alice,bob     gets,trust          list.1
alice,bob     gets,trust          dan.1
erin          sees                friend.2     trusted others-route
alice         sees                mapped.2     trusted own-route main no!permit-forged
alice         sees                list.2       trusted own-route
alice         sees                dan.2        trusted own-route
END

tell("chapter in the name of others\n$known" . <<'END');
# Having come twice proves nothing.
alice,erin    gets                forged.1
alice,erin    gets                forged.2
alice         sees                forged.3     unrated unproven-route main permitted !permit-forged
erin          sees                forged.3     unrated unproven-route gray
# What stands beside From.
alice,erin    sees                sender.1     unrated unproven-route gray
alice,erin    sees                envelope.1   unrated unproven-route gray
alice,erin    sees                verp.1       unrated unproven-route gray
alice,erin    sees                colleague.1  unrated unproven-route gray
alice,erin    sees                reply.1      unrated no-votes gray
alice,erin    sees                listed.1     unrated unproven-route gray
alice,erin    sees                listed-host.1 unrated unproven-route gray
# His own From is proven, but those that stand beside it are not his.
alice,erin    sees                listed-far.1 unrated unproven-route gray
alice,erin    sees                sender-ok.1  unrated unproven-route gray
# He is who he says, and comes by a host that she trusts.
alice         sees                listed-ok.1  trusted own-host gray
# Where everybody sends.
alice,erin    sees                tenant.1     unrated unproven-route
alice,erin    sees                tenant-ok.1  unrated no-votes
alice,erin    sees                tenant-as.1  unrated unproven-route
alice,erin    sees                tenant-evil.1 unrated unproven-route
alice         sees                neighbour.1  unrated unproven-route main !permit-unproven
# More than one From.
alice         sees                two.1        unrated gray unknown !from-multiple
alice         sees                two-after.1  unrated gray unknown !from-multiple
alice         sees                two-fields.1 unrated gray unknown !from-multiple
alice         sees                two-group.1  unrated gray unknown !from-multiple
alice         sees                two-odd.1    unrated gray unknown !from-multiple
erin          sees                two.1        unrated gray
# What only looks like From.
alice,erin    sees                named.1      unrated gray unknown !from-name-differs
alice,erin    sees                named-host.1 unrated gray unknown !from-name-differs
alice,erin    sees                encoded.1    unrated gray unknown !from-name-differs
alice,erin    sees                encoded-all.1 unrated gray unknown
alice,erin    sees                encoded-two.1 unrated gray unknown !from-name-differs
alice,erin    sees                comment.1    unrated gray unknown
alice,erin    sees                quoted.1     unrated gray unknown
alice,erin    sees                routed.1     unrated gray unknown
alice,erin    sees                wide.1       unrated
alice,erin    sees                dotless.1    unrated
# Another local part is another person, though letters are no matter of case.
alice         sees                case.1       unrated main permitted !permit-forged
alice,erin    sees                plus.1       unrated gray unknown
alice,erin    sees                dots.1       unrated gray unknown
alice,erin    sees                dot-end.1    unrated gray unknown
alice,erin    sees                percent.1    unrated gray unknown
alice,erin    sees                digit.1      unrated gray unknown
alice,erin    sees                below.1      unrated gray unknown
alice,erin    sees                above.1      unrated gray unknown
# Words of the host, and lines below ours.
alice         sees                helo.1       unrated !permit-forged
alice         sees                helo-ip.1    unrated !permit-forged
alice         sees                helo-mapped.1 unrated !permit-forged
alice         sees                helo-comma.1 unrated !permit-forged
alice         sees                below-line.1 unrated !permit-forged
alice         sees                results.1    unrated !permit-forged
alice         sees                fields.1     unrated !permit-forged
erin          sees                fields.1     unrated gray
with strict-permit=yes
alice         sees                forged.3     gray permit-unproven !permit-forged
alice         sees                helo.1       gray permit-unproven
alice         sees                fields.1     gray permit-unproven
alice         sees                neighbour.1  gray permit-unproven !permit-unproven
alice         sees                friend.3     main permitted trusted
alice         sees                mapped.3     main permitted trusted

chapter in my own name
alice         gets                me.1
alice         sees                me.2         unrated gray unknown !self-forged
alice         sees                me-case.2    unrated gray unknown !self-forged
alice         trust               friend.1
alice         sees                me-host.2    unrated gray !self-forged
END

# What a real seal is worth elsewhere: Alice's, over the route of her friend.
sub sealed {
	my ($mail, $stage, @options) = @_;
	return block(filter(mail_of($mail), $stage, @now, qw(--no-dns -u alice),
	    '-c', "$scratch/story.conf", @options));
}
sub judged {
	my ($bytes, @options) = @_;
	return json_of(filter($bytes, qw(hisho-score --no-dns --no-record
	    --format=json -c), "$scratch/story.conf", @options));
}
tell("chapter sealed fields, sent again\n$known");
for my $stage (qw(hisho-route hisho-safe hisho-score)) {
	my @own = (@now, qw(-u alice));
	my $seal = sealed('friend.2', $stage);
	like($seal, qr/^X-Hisho-Seal:/m, "$stage seals");
	my $told = sealed('forged.3', $stage, '--client-ip=192.0.2.1');
	my $changed = mail_of('forged.3') =~ s/Hello/Pay/r;
	my $older = sealed('forged.3', $stage, '--client-ip=192.0.2.1',
	    '--now=2023-07-13T08:00:00+09:00');
	my $others = sealed('forged.3', $stage, '--client-ip=192.0.2.1',
	    qw(-u bob));
	my @cases = (
		[ 'of another mail', $seal . mail_of('forged.3') ],
		[ 'of its own text before that was changed', $told . $changed ],
		[ 'of an hour ago', $older . mail_of('forged.3') ],
		[ 'of another user', $others . mail_of('forged.3') ],
		[ 'with another address in it', $seal =~
		    s/198\.51\.100\.66/192.0.2.1/r . mail_of('forged.3') ],
	);
	for (@cases) {
		my ($name, $bytes) = @$_;
		my $o = judged($bytes, @own);
		is($o->{route}{ip}, '198.51.100.66', "$stage: host, $name");
		is($o->{advice}, 'unrated', "$stage: advice, $name");
		is(join(' ', grep { /permit/ } codes($o)), 'permit-forged',
		    "$stage: warning, $name");
	}
}

# A letter that says it returns one of Alice's is not praised for it, nor does
# that hide who sent it.
tell("chapter a bounce that is none\n" . <<'END');
alice         gets,distrust       spam.1
END
my $bounce = mail('bounce') =~ s/taro\.yamada\@example/me\@example/gr;
for (['198.51.100.71', 'unrated not-applicable'],
    ['203.0.113.99', 'distrusted voted']) {
	my ($host, $expected) = @$_;
	my $o = judged($bounce =~ s/198\.51\.100\.71/$host/r, @now,
	    qw(-u alice));
	is("$o->{advice} $o->{advice_reason}", $expected, "a bounce by $host");
}

tell(<<'END');
# What a user of the same database can do to the others, and cannot: he can
# let the filter record mails that he wrote himself.
chapter an attacker who is a user
alice,bob     gets,trust          friend.1
eve           gets,trust          forged.1
eve           gets,trust          forged.2
erin          sees                forged.3     unrated unproven-route others-route=2/0/2~1:0
eve           gets,distrust       friend.3
eve           gets,distrust       friend.4
erin          sees                friend.5     trusted others-route others-route=2/2/4~2:1
alice         sees                friend.5     trusted own-route
# Where nobody else has voted one voice makes red, but not for who votes.
eve           gets,distrust       dan.1
erin          sees                dan.2        distrusted others-route
with others-red=2
erin          sees                dan.2        unrated no-votes
with others-red=1
erin          gets,trust          dan.2
erin          sees                dan.3        trusted own-route
# Two who lie together prove a route, for who trusts its From, too.
mallory       gets,trust          forged.1
erin          sees                forged.3     trusted others-route others-route=3/0/3~2:0
alice         sees                forged.3     trusted own-sender others-route=3/0/3~2:0
with others-green=3
alice,erin    sees                forged.3     unrated unproven-route
with others-green=2
erin          gets,distrust       forged.3
erin          sees                forged.4     distrusted own-route
eve,mallory   undo                forged.1
eve           undo                forged.2
frank         sees                forged.4     distrusted others-route
# Votes without a mail of his own are nobody's business.
chapter an attacker who votes on what he never received
eve,mallory   trust               forged.1
eve           distrust            friend.1
alice,erin    sees                forged.2     unrated no-votes
alice,erin    sees                friend.2     unrated no-votes
chapter an attacker who makes a pool
alice         gets,trust          friend.1
eve           gets                org1.1
eve           gets                org2.1
eve           gets                org3.1
alice         sees                friend.2     trusted own-route
eve           gets                org4.1
alice         sees                friend.2     unrated unproven-route
with not-pools=192.0.2.1
alice         sees                friend.2     trusted own-route
END

SKIP: {
	my $reason = why_no_servers();
	skip $reason, 1 if $reason;
	ask_names(start_resolver(<<'END'));
$ORIGIN .
$TTL 300
@ SOA ns.example. admin.example. 1 3600 600 86400 60
@ NS ns.example.
ns.example. A 127.0.0.1
1.113.0.203.in-addr.arpa. PTR mx1.house.example.
mx1.house.example. A 203.0.113.1
; These say so, but the house does not.
66.100.51.198.in-addr.arpa. PTR mx1.house.example.
9.220.85.209.in-addr.arpa. PTR out.own.example.
END
	kinds(<<'END');
house-far   boss@house.example      198.51.100.66   helo=mx1.house.example
pool-name   dan@gmail.com           209.85.220.9    helo=out.own.example
END
	tell(<<'END');
chapter a host by the name of another
alice,bob     gets,trust          house.1
alice         permit              house.1
alice         sees                house.2      trusted own-route main no!permit-forged
alice         sees                house-far.1  unrated unproven-route main !permit-forged own-route=0/0/0
erin          sees                house-far.1  unrated unproven-route others-route=0/0/0
alice         gets,trust          pool-name.1
alice         sees                pool-name.2  unrated unproven-route
END
}
done_testing;
