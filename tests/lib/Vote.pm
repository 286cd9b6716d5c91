# Vote.pm - mails received, judged and voted on, for the tests of hisho-vote
package Vote;
use strict;
use warnings;
use Exporter qw(import);
use FindBin;
use lib $FindBin::Bin;
use Hisho;
use Test::More;

our @EXPORT = qw(@now chapter received judge vote letter dump_all codes);

our @now = ('--now=2023-07-13T09:00:00+09:00');
my $chapters = 0;

# A new chapter begins with an empty database.
sub chapter {
	$ENV{HISHO_DATABASE} = "$scratch/db" . ++$chapters;
	mkdir $ENV{HISHO_DATABASE}, 0700; # whose owner may speak for others
	note $_[0];
}

# BYTES come by the filter; yields the digest.
sub received {
	my ($bytes, @options) = @_;
	filter($bytes, 'hisho-score', '--no-dns', @now, @options);
	return judge($bytes, @options)->{digest};
}

sub judge {
	my ($bytes, @options) = @_;
	return json_of(filter($bytes, 'hisho-score', '--no-dns', '--no-record',
	    @now, '--format=json', @options));
}

# vote(BYTES, ARGUMENT...): undef for no mail.  As run().
sub vote {
	my ($bytes, @arguments) = @_;
	return run({ in => $bytes // '' }, 'hisho-vote', @now, @arguments);
}

# A mail from FROM by the host IP, none if that is undef, with LINKS.
sub letter {
	my ($from, $ip, @links) = @_;
	my $name = "mail.invalid";
	my $trace = $ip ? "Received: from $name ($name [$ip])\n" .
	    "\tby mx.example.jp (Postfix) with ESMTP id 4R0W\n" .
	    "\tfor <taro\@example.jp>; Tue, 11 Jul 2023 13:27:30 +0900\n" : '';
	return $trace . "Date: Tue, 11 Jul 2023 13:27:27 +0900\n" .
	    "From: $from\nTo: taro\@example.jp\nSubject: hello\n" .
	    "Message-ID: <1.$from>\n\n" . join('', map { "$_\n" } 'Hello,',
	    @links);
}

# The records of the database, without the lines around them.
sub dump_all {
	return join '', grep { /\t/ } split /^/, filter('', 'hisho-db', 'dump');
}

sub codes { return map { $_->{code} } @{ $_[0]{warnings} } }

1;
