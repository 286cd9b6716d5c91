#!/usr/bin/perl
# A mail whose analysis fails comes out as it went in, marked, and soon.
# Only the tools below hooks/ obey an X-Test-Cell field.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Hisho;
use Test::More;

my @options = qw(--no-dns);
my $head = "From: hanako.sato\@example.co.jp\nTo: taro\@example.jp\n" .
    "Subject: what happens in the cell\nX-Test-Cell: HOW\n";
my $body = "\nhttp://www.example.com/\n";
sub mail_that { my ($how) = @_; return ($head =~ s/HOW/$how/r) . $body }

# Sanitizers need address space: under them nothing limits memory.
my @eat = $build =~ /sanitize/ ? () : 'eat';
for my $how (qw(crash loop sleep exit kill junk flood), @eat) {
	my $mail = mail_that($how);
	for my $stage (@stages) {
		my $result = run({ in => $mail, timeout => 20 },
		    "$build/hooks/$stage", @options);
		my $out = $result->{out};
		is($result->{status}, 0, "$how in $stage: exit status 0")
		    or diag($result->{err});
		ok(strip($out) eq $mail, "$how in $stage: the mail is unchanged");
		like(value($out, 'Status') // '', qr/^degraded; reason=\S/,
		    "$how in $stage: marked as degraded");
		cmp_ok($result->{seconds}, '<', 5, "$how in $stage: within 5 s");
		next if $stage ne 'hisho-score';
		is(value($out, 'Folder'), 'gray', "$how: gray");
		is(value($out, 'Advice'), 'unrated', "$how: unrated");
		like(join("\n", value($out, 'Warning')), qr/^not-analysed\b/m,
		    "$how: said as a caution");
	}
}
{
	my $out = filter(mail_that('crash'), 'hisho-score', @options);
	is(value($out, 'Status'), undef, 'the tools for use have no hooks');
}

# A stage that is well takes nothing from one that was not.
my $out = filter(mail_that('crash'), "$build/hooks/hisho-parse", @options);
$out = filter($out, $_, @options) for @stages[1 .. 4];
is(strip($out), mail_that('crash'), 'a pipeline with one ill stage: unchanged');
is(scalar(() = block($out) =~ /^X-Hisho-Folder:/mg), 1, 'and one Folder');

# In an mbox one mail is lost to analysis, and no other.
my $mbox = join '', map {
	"From a\@b Mon Jan  2 03:04:05 2023\n" .
	    mail_that($_ == 3 ? 'kill' : 'nothing') . "\n"
} 0 .. 9;
for my $jobs (1, 2) {
	my $result = run({ in => $mbox, timeout => 30 },
	    "$build/hooks/hisho-score", @options, '--mbox', "-j$jobs",
	    '--format=json');
	my @objects = json_of($result->{out});
	is(scalar @objects, 10, "ten mails, ten objects, with $jobs workers");
	is(join(' ', map { $_->{status} } @objects),
	    join(' ', ('ok') x 3, 'degraded', ('ok') x 6),
	    "one killed worker costs one mail its analysis, with $jobs");
	is(join(' ', map { $_->{index} } @objects), join(' ', 1 .. 10),
	    "the order is kept, with $jobs workers");
}

# Several mails are with each worker at a time: those behind one that kills it
# are read by others, none is lost, and none takes the place of another.
my @ways = qw(crash exit kill junk exec);
my @hows = map { $_ % 6 == 4 ? $ways[$_ / 6 % @ways] : 'nothing' } 0 .. 59;
my @mails = map {
	"From a\@b Mon Jan  2 03:04:05 2023\n" .
	    (mail_that($hows[$_]) =~ s/^Subject: .*/Subject: mail $_/mr) . "\n"
} 0 .. $#hows;
for my $jobs (1, 2, 5) {
	my @how = ({ in => join('', @mails), timeout => 60 },
	    "$build/hooks/hisho-links", @options, '--mbox', "-j$jobs");
	my @objects = json_of(run(@how, '--format=json')->{out});
	is(join(' ', map { $_->{subject} // 'unread' } @objects),
	    join(' ', map { $hows[$_] eq 'nothing' ? "mail $_" : 'unread' }
		0 .. $#hows),
	    "only those that kill are not read, with $jobs workers");
	is(join(' ', map { $_->{status} } @objects),
	    join(' ', map { $_ eq 'nothing' ? 'ok' : 'degraded' } @hows),
	    "and they are marked, with $jobs workers");
	my $out = run(@how)->{out};
	is($out =~ s/^X-Hisho-.*\n(?:[ \t].*\n)*//mgr, join('', @mails),
	    "every byte in its place, with $jobs workers");
}
done_testing;
