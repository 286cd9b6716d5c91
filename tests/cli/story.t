#!/usr/bin/perl
# The story of some users of one database, as a table: what each did, and what
# each then sees.  tests/lib/Story.pm says how to read it.
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
shop        shop@shop.example       192.0.2.1
shop-next   shop@shop.example       192.0.2.2       # in its network
shop-far    shop@shop.example       198.51.100.1
clerk       clerk@shop.example      192.0.2.1
clerk-far   clerk@shop.example      198.51.100.1
agent       agent@shop.example      198.51.100.7    envelope=a@agency.example
rival       x@rival.example         192.0.2.1       # by the same host
rival-far   x@rival.example         203.0.113.1
rival-next  x@rival.example         203.0.113.2
other       y@other.example         203.0.113.2
tenant1     a@tenant1.example       203.0.113.2
tenant2     a@tenant2.example       203.0.113.2
tenant3     a@tenant3.example       203.0.113.2
tenant4     a@tenant4.example       203.0.113.2
mallory     mallory@gmail.com       198.51.100.1
dan         dan@gmail.com           203.0.113.60
isp1        one@isp.example         198.51.100.1
isp2        two@isp.example         203.0.113.70
google1     x@one.example           209.85.220.41
google2     y@two.example           209.85.220.41
google2-ok  y@two.example           209.85.220.41 auth=dmarc=pass_header.from=two.example
list1       one@one.example         192.0.2.7   list=<talk.lists.example>
list2       two@two.example         192.0.2.8   list=<talk.lists.example>
sent        news@shop.example       192.0.2.9   envelope=bounce@mailer.example
sent-far    x@third.example         198.51.100.9 envelope=bounce@mailer.example
sent-dom    y@fourth.example        198.51.100.8 envelope=else@mailer.example
local       me@localhost            -
friend      friend@good.example     192.0.2.1
friend-next friend@good.example     192.0.2.2
friend-far  friend@good.example     198.51.100.1
friend-link friend@good.example     192.0.2.1   link=http://evil.example.org/x
far-link    friend@good.example     198.51.100.1 link=http://evil.example.org/x
spam-link   spam@spam.example       203.0.113.9 link=http://evil.example.org/x
spam-mine   spam@spam.example       203.0.113.9
other-far   y@other.example         198.51.100.1
other-house y@other.example         192.0.2.3
other-next  y@other.example         192.0.2.99
other-lie   y@other.example         203.0.113.1
friend-far9 friend@good.example     198.51.100.9
friend-lie  friend@good.example     203.0.113.1
END

tell(<<'END');
chapter nobody voted
alice         sees                shop.1   unrated no-votes gray unknown none
alice         gets                shop.1
alice         sees                shop.1   unrated no-votes own-route=0/0/1 others-route=0/0/0
alice         sees                local.1  unrated not-applicable none

chapter own beats others
bob,carol,dave gets,trust         shop.1
alice         sees                shop.2   trusted voted others-route others-route=3/0/3~3:0
alice         gets,distrust       shop.3
alice         sees                shop.4   distrusted voted own-route
alice         sees                shop-far.1 distrusted own-sender
bob           sees                shop.4   trusted voted own-route others-route=2/1/3~2:1
erin          sees                shop.4   trusted voted others-route others-route=3/1/4~3:1
bob,carol,dave distrust           shop.1
alice         trust               shop.3
alice         sees                shop.4   trusted voted own-route others-route=0/3/3~0:3
erin          sees                shop.4   distrusted voted others-route others-route=1/3/4~1:3
# A row of mine that stands last goes before their first.
chapter own beats others, on the last of its axes
bob,carol     gets,trust          shop.1
alice         sees                shop.1   trusted others-route
alice         gets,distrust       agent.1
alice         sees                shop.1   distrusted own-from-domain own-from-domain=0/1/1
alice         trust               agent.1
alice         sees                shop.1   trusted own-from-domain own-from-domain=1/0/1
bob,carol     distrust            shop.1
alice         sees                shop.1   distrusted others-route own-from-domain=1/0/1
alice         gets,trust          shop.2
alice         sees                shop.1   trusted own-route

chapter the order of the rows
alice         gets,distrust       sent.1
alice         sees                sent.2      distrusted own-route
alice         sees                sent-far.1  distrusted own-sender
alice         sees                sent-dom.1  distrusted own-sender-domain
alice         sees                clerk-far.1 distrusted own-from-domain
alice         sees                shop-far.1  distrusted own-from-domain
alice         gets,trust          clerk-far.1
alice         gets,trust          clerk-far.2
alice         sees                clerk-far.3 trusted own-route own-from-domain=2/1/3
bob           sees                clerk-far.3 unrated none others-route=2/0/2~1:0 others-from-domain=2/1/3~1:0
chapter the host before the domains
alice         gets,distrust       rival.1
alice         gets,trust          clerk-far.1
alice         sees                clerk.1     distrusted own-host own-from-domain=1/0/1

chapter a majority of users, not of votes
bob           gets,trust          shop.1
bob           gets,trust          shop.2
bob           gets,trust          shop.3
bob           gets,trust          shop.4
carol,dave    gets,distrust       shop.5
alice         sees                shop.6   distrusted others-route others-route=4/2/6~1:2
erin,frank    gets,trust          shop.5
alice         sees                shop.6   trusted others-route others-route=6/2/8~3:2
# Each stands where most of his own votes are.
carol         gets,trust          shop.7
carol         gets,trust          shop.8
alice         sees                shop.9   trusted others-route=8/2/10~4:1
carol         gets,distrust       shop.10
alice         sees                shop.9   trusted others-route=8/3/11~3:1

chapter a vote without a receipt counts for its voter only
bob,carol     trust               shop.1
dave          distrust            rival-far.1
alice         sees                shop.2      unrated no-votes others-route=0/0/0
alice         sees                rival-far.2 unrated no-votes others-route=0/0/0
bob           sees                shop.2      trusted own-route own-route=1/0/0
dave          sees                rival-far.2 distrusted own-route
# The receipt may come later.
bob,carol     gets                shop.1
alice         sees                shop.2      trusted others-route others-route=2/0/2~2:0

chapter red from one, green from two
bob           gets,trust          shop.1
alice         sees                shop.2      unrated no-votes others-route=1/0/1~1:0
carol         gets,trust          shop.3
alice         sees                shop.2      trusted voted others-route
dave          gets,distrust       rival-far.1
alice         sees                rival-far.2 distrusted voted others-route
chapter others have to say it of the very route
bob           gets,trust          shop.1
carol         gets,trust          shop-next.1
alice         sees                shop.2      unrated unproven-route others-from=2/0/2~2:0
alice         sees                shop-far.2  unrated unproven-route

chapter how many others it takes is configured
with others-green=3 others-red=2
bob,carol     gets,trust          shop.1
dave          gets,distrust       rival-far.1
alice         sees                shop.2      unrated no-votes
alice         sees                rival-far.2 unrated no-votes
erin          gets,trust          shop.2
frank         gets,distrust       rival-far.2
alice         sees                shop.2      trusted others-route
alice         sees                rival-far.2 distrusted others-route
with others-green=1 others-red=1
grace         gets,trust          friend.1
alice         sees                friend.2    trusted others-route

chapter habits make nothing green for others
bob,carol,dave gets,receive       shop.1
alice         sees                shop.2      unrated no-votes others-route=0/0/3~0:0
bob           sees                shop.2      trusted own-route
bob,carol     trust               shop.1
alice         sees                shop.2      trusted others-route others-route=2/0/3~2:0
dave          gets,delete         rival-far.1
alice         sees                rival-far.2 distrusted others-route
# What was said stands against what is done.
bob,carol     delete              shop.1
alice         sees                shop.2      trusted others-route

chapter undo restores, and a change replaces
alice,bob     gets                shop.1
remember      before
alice         trust               shop.1
alice         sees                shop.2   trusted own-route own-route=1/0/1
alice         trust               shop.1
alice         sees                shop.2   trusted own-route own-route=1/0/1
alice         undo                shop.1
as            before
alice         undo                shop.1
as            before
alice         distrust            shop.1
remember      distrusted
alice         trust               shop.1
alice         distrust            shop.1
as            distrusted
bob           sees                shop.2   distrusted others-route
alice         undo                shop.1
bob           sees                shop.2   unrated no-votes
bob           trust               shop.3
alice         trust               shop.3
bob,alice     undo                shop.3
as            before

chapter a tie decides nothing
alice         gets,trust          shop.1
alice         gets,distrust       shop.2
alice         sees                shop.3   unrated tied own-route=1/1/2
bob           sees                shop.3   unrated no-votes others-route=1/1/2~0:0
bob           gets,trust          shop.4
carol         gets,distrust       shop.5
dave          sees                shop.6   unrated tied others-route=2/2/4~1:1
# The next row is asked, and then the others.
alice         gets,distrust       shop-far.1
alice         sees                shop.3   distrusted own-sender
bob           gets,distrust       shop.6
bob           sees                shop.7   distrusted others-route own-route=1/1/2 others-route=1/2/3~0:1

chapter nobody answers for all users of a public provider
alice         gets,distrust       mallory.1
alice,bob     sees                dan.1    unrated no-votes
alice         sees                mallory.2 distrusted own-route
alice         gets,distrust       isp1.1
alice         sees                isp2.1   distrusted own-sender-domain
bob           sees                isp2.1   distrusted others-sender-domain
with public-providers=isp.example not-public-providers=gmail.com
alice,bob     sees                isp2.1   unrated no-votes
alice         sees                dan.1    distrusted own-sender-domain
bob           sees                dan.1    distrusted others-sender-domain
alice         undo                mallory.1
alice,bob     sees                dan.1    unrated no-votes
with not-public-providers=
alice,bob     sees                dan.1    unrated no-votes

chapter a pool is shown and decides nothing
alice         gets,distrust       google1.1
alice         gets,distrust       google1.2
alice,bob     sees                google2.1 unrated no-votes
alice         sees                google2.1 own-host=0/2/2
alice         gets,trust          google2.2
alice         sees                google2.3 unrated unproven-route own-route=1/0/1
alice         sees                google2-ok.1 trusted own-route
with not-pools=209.85.220.0/24
alice         sees                google2.3 trusted own-route
bob           sees                google2.3 distrusted others-host
chapter five organisations make a pool
alice         gets,distrust       rival-next.1
alice         sees                other.1   distrusted own-host
bob           gets                tenant1.1
bob           gets                tenant2.1
bob           gets                tenant3.1
alice         sees                other.1   distrusted own-host
bob           gets                tenant4.1
alice         sees                other.1   unrated no-votes own-host=0/1/1
alice         sees                rival-far.1 distrusted own-route
with not-pools=203.0.113.2
alice         sees                other.1   distrusted own-host
chapter a pool by configuration
alice         gets,distrust       rival-next.1
alice         sees                other.1   distrusted own-host
with pools=203.0.113.0/24
alice         sees                other.1   unrated no-votes own-host=0/1/1
with pools= landlords=203.0.113.0/24
alice         sees                other.1   distrusted own-host

chapter a network stands for its hosts, and makes nothing green
alice         gets,trust          shop.1
alice         sees                shop-next.1 trusted own-sender own-route=1/0/1/net
bob           gets,trust          shop.1
carol         sees                shop-next.1 unrated unproven-route others-route=2/0/2~2:0/net
dave          gets,distrust       rival-far.1
dave          sees                other.1     distrusted own-host own-host=0/1/1/net
erin          sees                other.1     distrusted others-host others-host=0/1/1~0:1/net
dave          sees                rival-next.1 distrusted own-route own-route=0/1/1/net

chapter a list is one sender
alice         gets,distrust       list1.1
alice         sees                list2.1     distrusted own-sender
bob,carol     gets,trust          list1.1
alice         undo                list1.1
alice         sees                list2.1     unrated unproven-route others-sender=2/0/2~2:0

chapter permits and blocks are personal
alice         gets,permit         friend.1
alice         sees                friend.2    main permitted trusted no!permit-forged
bob           sees                friend.2    gray unknown unrated
alice         sees                friend-next.1 main permitted no!permit-forged
alice         sees                friend-far.1 main permitted !permit-forged unrated unproven-route
with strict-permit=yes
alice         sees                friend.2    main permitted
alice         sees                friend-far.1 gray permit-unproven !permit-forged
with strict-permit=no
bob           gets,block          friend.3
bob           sees                friend.4    spam blocked-sender
alice         sees                friend.4    main permitted
alice         block               friend.3
alice         sees                friend.4    main permitted
alice         forbid              friend.3
alice         sees                friend.4    spam blocked-sender
alice         unblock             friend.3
alice         sees                friend.4    gray unknown
carol         gets,permit         friend.5
carol         undo                friend.5
carol         sees                friend-next.2 main permitted no!permit-forged unrated

chapter a reported link
alice         gets,permit         friend.1
bob           gets,report         spam-link.1
alice         sees                friend-link.1 main permitted !link-reported trusted
carol         sees                friend-link.1 spam reported-link !link-reported
carol         sees                spam-mine.1 gray unknown no!link-reported
alice         sees                far-link.1  main !link-reported !permit-forged
with strict-permit=yes
alice         sees                friend-link.1 main permitted !link-reported
alice         sees                far-link.1  spam reported-link !link-reported !permit-forged
with others-red=2
bob           sees                spam-link.2 spam reported-link
carol         sees                spam-link.2 gray unknown
dave          gets,report         spam-link.3
carol         sees                spam-link.2 spam reported-link
carol         allow-link          spam-link.2 --host=evil.example.org
carol         sees                spam-link.2 gray unknown
chapter a hundred votes of one user are one voice
END
my ($mails, $n) = ("$scratch/mails", 100);
mkdir "$mails$_" for '', qw(/cur /new /tmp);
spew("$mails/cur/$_", mail_of("shop.$_")) for 1 .. $n;
is(run({ timeout => 300 }, 'hisho-score', @now, '--no-dns', '-u', 'bob',
    '--record', '--format=list', $mails)->{status}, 0, "bob gets $n mails");
is(run({ timeout => 300 }, 'hisho-vote', @now, '-u', 'bob', 'trust', $mails)
    ->{status}, 0, 'and trusts them all');
tell(<<'END');
alice         sees                shop.2000   unrated no-votes others-route=100/0/100~1:0
carol         gets,distrust       shop.2001
alice         sees                shop.2000   unrated tied others-route=100/1/101~1:1
dave          gets,distrust       shop.2002
alice         sees                shop.2000   distrusted others-route others-route=100/2/102~1:2
bob           sees                shop.2000   trusted own-route own-route=100/0/100
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
1.2.0.192.in-addr.arpa. PTR mx1.house.example.
mx1.house.example. A 192.0.2.1
3.2.0.192.in-addr.arpa. PTR mx3.house.example.
mx3.house.example. A 192.0.2.3
1.100.51.198.in-addr.arpa. PTR mx2.house.example.
mx2.house.example. A 198.51.100.1
; He says so, but the house does not.
1.113.0.203.in-addr.arpa. PTR mx4.house.example.
END
	tell(<<'END');
chapter an organisation stands for its hosts, and makes nothing green
alice         gets,distrust       shop.1
alice         sees                other-far.1 distrusted own-host own-host=0/1/1/organization
alice         sees                shop-far.1  distrusted own-route own-route=0/1/1/organization
bob           sees                other-far.1 distrusted others-host others-host=0/1/1~0:1/organization
alice         sees                other-lie.1 unrated no-votes own-host=0/0/0
alice         trust               shop.1
alice         sees                shop-far.1  trusted own-sender own-route=1/0/1/organization
bob           gets,trust          shop.1
carol         sees                shop-far.1  unrated unproven-route others-route=2/0/2~2:0/organization
# The network is nearer.
alice         gets,distrust       mallory.1
alice         sees                other-far.1 distrusted own-host=0/1/1
alice         sees                friend-far9.1 distrusted own-host=0/1/1/net

chapter a permit holds for the organisation
alice         gets,permit         friend.1
alice         undo                friend.1
alice         sees                friend-far.1 main permitted no!permit-forged unrated
alice         sees                friend-lie.1 main permitted !permit-forged

# Where many have the network, the name they do not have counts.
chapter a shared network gives way to the organisation
alice         gets,distrust       shop.1
alice         sees                other-house.1 distrusted own-host=0/1/1/net
with landlords=192.0.2.0/24
alice         sees                other-house.1 distrusted own-host=0/1/1/organization
alice         sees                other-next.1 unrated no-votes own-host=0/1/1/net

chapter an organisation that many share
alice         gets,distrust       shop.1
with landlords=house.example
alice         sees                other-far.1 unrated no-votes own-host=0/1/1/organization
alice         trust               shop.1
alice         sees                shop-far.1  unrated unproven-route own-route=1/0/1/organization
with landlords= pools=mx2.house.example
alice         sees                shop-far.1  unrated unproven-route
with not-pools=mx2.house.example
alice         sees                shop-far.1  trusted own-sender
END
}
done_testing;
