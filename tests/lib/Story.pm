# Story.pm - tables of who did what, and what each user then sees
#
# A mail is named KIND or KIND.NUMBER: mails of a kind differ in Message-ID and
# subject.  kinds() reads a table, a line for each kind:
#
#   KIND  FROM  HOST  [NAME=VALUE]...
#
# where NAME is shown (From as it is written), envelope, sender, list, helo,
# auth (results by our own server), link or head (more fields); "_" stands for a
# blank, "\n" for a line end, and HOST may be "-" for none.  tell() reads a table, a line for each step:
#
#   WHO  DEED[,DEED]  MAIL  [WORD]...
#
# WHO are users, with commas between.  A DEED is "gets" (the filter records
# it), or an action of hisho-vote, with its options as WORDs.  "sees" is no
# deed but a question: WORDs are then what is expected,
#
#   trusted REASON [BY] | distrusted ... | unrated ...
#   main|gray|spam  !WARNING (is told)  no!WARNING (is not)
#   SCOPE-AXIS=TRUSTED/DISTRUSTED/MESSAGES[~FOR:AGAINST][/LEVEL] (the row)
#
# Other lines: "chapter TITLE" (with an empty database), "with SETTING..."
# ([score] of the configuration for the rest of the chapter), "remember NAME"
# and "as NAME" (the ledger and its sums are as they were then).  A "#" begins
# a comment.
package Story;
use strict;
use warnings;
use Exporter qw(import);
use FindBin;
use lib $FindBin::Bin;
use Hisho;
use Vote;
use Test::More;

our @EXPORT = qw(kinds mail_of tell ask_names);

my (%kind, %remembered, @settings, @names);

sub lines_of {
	return grep { length } map { s/(?:^|\s)#.*|^\s+|\s+$//gr } split /\n/,
	    $_[0];
}

sub kinds {
	for (lines_of($_[0])) {
		my ($name, $from, $host, @more) = map { tr/_/ /r =~ s/\\n/\n/gr } split;
		$kind{$name} = { from => $from, host => $host,
		    map { split /=/, $_, 2 } @more };
	}
}

# From now on DNS is asked at PORT, of 127.0.0.1.
sub ask_names { @names = "--dns-server=127.0.0.1:$_[0]" }

sub trace_of {
	my ($kind) = @_;
	return '' if $kind->{host} eq '-';
	my $helo = $kind->{helo} // 'out.sender.example';
	return "Received: from $helo (unknown [$kind->{host}])\n" .
	    "\tby mx.example.jp (Postfix) with ESMTPS id 4R0W1\n" .
	    "\tfor <taro\@example.jp>; Tue, 11 Jul 2023 13:27:30 +0900\n";
}

# The bytes of the mail NAME.
sub mail_of {
	my ($name, $number) = split /\./, $_[0];
	my $kind = $kind{$name} // die "no kind of mail: $name\n";
	my %field = (Sender => $kind->{sender}, 'List-Id' => $kind->{list});
	my $shown = $kind->{shown} // $kind->{from};
	return join '', 'Return-Path: <', $kind->{envelope} // $kind->{from},
	    ">\n", $kind->{auth} ? 'Authentication-Results: mx.example.jp; ' .
	    "$kind->{auth}\n" : '', trace_of($kind), "From: $shown\n",
	    (map { $field{$_} ? "$_: $field{$_}\n" : () } sort keys %field),
	    $kind->{head} ? "$kind->{head}\n" : '',
	    "To: taro\@example.jp\nDate: Tue, 11 Jul 2023 13:27:27 +0900\n",
	    'Message-ID: <', $number // 0, ".$name\@sender.example>\n",
	    'Subject: ', $number // 0, "\n\nHello.\n",
	    $kind->{link} ? "$kind->{link}\n" : '';
}

sub options_of { return (@now, '-u', $_[0], '-c', "$scratch/story.conf") }

sub dns_options { return @names ? @names : '--no-dns' }

sub gets {
	my ($who, $mail) = @_;
	filter(mail_of($mail), 'hisho-score', options_of($who), dns_options());
}

sub act {
	my ($who, $deed, $mail, @words) = @_;
	return gets($who, $mail) if $deed eq 'gets';
	my $result = run({ in => mail_of($mail) }, 'hisho-vote',
	    options_of($who), $deed, @words);
	is($result->{status}, 0, "$who: $deed $mail") or diag($result->{err});
}

sub seen_by {
	my ($who, $mail) = @_;
	return json_of(filter(mail_of($mail), 'hisho-score', options_of($who),
	    dns_options(), '--no-record', '--format=json'));
}

sub row_text {
	my ($object, $scope, $axis, $wanted) = @_;
	my ($row) = grep { $_->{scope} eq $scope && $_->{axis} eq $axis }
	    @{ $object->{score}{rows} };
	return 'none' unless $row;
	my $text = join '/', @$row{qw(trusted distrusted messages)};
	$text .= "~$row->{users_trusted}:$row->{users_distrusted}"
	    if $wanted =~ /~/;
	return $text . ($row->{level} eq 'exact' ? '' : "/$row->{level}");
}

# What of OBJECT the WORD is about, in the words of the table.
sub answer_to {
	my ($object, $word) = @_;
	return $object->{advice} if $word =~ /^(?:un|dis)?(?:rated|trusted)$/;
	return $object->{folder} if $word =~ /^(?:main|gray|spam)$/;
	if ($word =~ /^(?:no)?!(.*)/) {
		return (grep { $_ eq $1 } codes($object)) ? "!$1" : "no!$1";
	}
	return "$1-$2=" . row_text($object, $1, $2, $word)
	    if $word =~ /^(own|others)-([\w-]+)=/;
	return $object->{score}{by} // 'none' if $word =~ /^(?:own|others)-|^none$/;
	return $object->{folder_reason} if $word =~ /^(?:permitted|safe-rule|
	    blocked-sender|reported-link|permit-unproven|unknown)$/x;
	return $object->{advice_reason};
}

sub sees {
	my ($who, $mail, @words) = @_;
	my $object = seen_by($who, $mail);
	my @answers = map { answer_to($object, $_) } @words;
	is("@answers", "@words", "$who sees $mail: @words") or
	    diag(join ' ', map { "$_->{scope}-$_->{axis}=" . row_text($object,
	    $_->{scope}, $_->{axis}, '~') } @{ $object->{score}{rows} });
}

sub configure {
	spew("$scratch/story.conf", join "\n", '[route]',
	    'authserv-ids=mx.example.jp', '[dns]',
	    @names ? () : 'ask=no', '[user]', 'addresses=me@example.jp',
	    '[score]', @settings, '');
}

my %line = (
	chapter => sub { @settings = %remembered = (); configure();
	    chapter("@_") },
	with => sub { push @settings, @_; configure() },
	remember => sub { $remembered{$_[0]} = dump_all() },
	as => sub { is(dump_all(), $remembered{$_[0]}, "all is as $_[0]") },
);

sub tell {
	for (lines_of($_[0])) {
		my ($who, $deeds, $mail, @words) = split;
		if ($line{$who}) {
			$line{$who}->(grep { defined } $deeds, $mail, @words);
			next;
		}
		for my $user (split /,/, $who) {
			sees($user, $mail, @words), next if $deeds eq 'sees';
			act($user, $_, $mail, $_ eq 'gets' ? () : @words)
			    for split /,/, $deeds;
		}
	}
}

1;
