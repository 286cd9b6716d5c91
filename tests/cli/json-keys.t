#!/usr/bin/perl
# The JSON of every stage has the promised keys, and one object a mail.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Hisho;
use Test::More;

my @options = qw(--no-dns --no-record --format=json);
my $party = [qw(name address domain organization)];
my %keys = ( # stage => { key => the keys of the object or objects in it }
	'hisho-parse' => {
		hisho => undef, file => undef, index => undef, digest => undef,
		message_id => undef, date => undef, subject => undef,
		from => $party, sender => $party, reply_to => $party,
		to => $party, cc => $party, return_path => undef,
		attachments => [qw(name type sniffed size sha256 findings)],
		bounce => [qw(of from recipient status)], status => undef,
	},
	'hisho-links' => {
		links => [qw(url host domain kind where offset text visible
		    reason relation reports findings)],
	},
	'hisho-route' => {
		route => [qw(ip rdns helo by with tls hop why confidence
		    origin forward reverse measured dns hops auth new messages
		    routes seen_route seen_host seen_from)],
	},
	'hisho-safe' => { safe => [qw(rule kind matched)] },
	'hisho-score' => {
		score => [qw(by rows)], warnings => [qw(code level text evidence)],
		advice => undef, advice_reason => undef, folder => undef,
		folder_reason => undef,
	},
);

sub missing_keys {
	my ($object, @names) = @_;
	return grep { !exists $object->{$_} } @names;
}

my %expected;
my @mails = qw(forged-amazon colleague newsletter attachment groups bec
    bounce);
for my $stage (@stages) {
	%expected = (%expected, %{ $keys{$stage} });
	for my $name (@mails) {
		my $out = filter(mail($name), $stage, @options);
		is(scalar(() = $out =~ /\n/g), 1, "$stage, $name: one line");
		my $object = json_of($out);
		my @wrong = missing_keys($object, keys %expected);
		for my $key (grep { $expected{$_} } keys %expected) {
			my $value = $object->{$key} // next;
			my @inner = ref $value eq 'ARRAY' ? @$value : $value;
			push @wrong, map { "$key.$_" }
			    missing_keys($_, @{ $expected{$key} }) for @inner;
		}
		is("@wrong", '', "$stage, $name: no key is missing");
	}
}

# The manual names every key that is printed.
my ($manual) = slurp("$root/man/hisho.7") =~ /^\.SH JSON\n(.*?)^\.SH/ms;
my %printed;
sub note_keys {
	my ($value) = @_;
	note_keys($_) for ref $value eq 'ARRAY' ? @$value : ();
	return unless ref $value eq 'HASH';
	$printed{$_} = 1 for keys %$value;
	note_keys($value->{$_}) for grep { $_ ne 'evidence' } keys %$value;
}
note_keys(json_of(filter(mail($_), 'hisho-score', @options))) for @mails;
is(join(' ', grep { $manual !~ /\b\Q$_\E\b/ } sort keys %printed), '',
    'the manual names every key');

# What the keys say of one mail, from end to end.
my $o = json_of(filter(mail('forged-amazon'), 'hisho-score', @options));
is($o->{hisho}, 1, 'the version of the schema');
is($o->{file}, undef, 'no file: it came by stdin');
like($o->{digest}, qr/^[0-9a-f]{64}$/, 'the digest');
is($o->{message_id}, '<20230711070902731415@Amazon.co.jp>', 'the Message-ID');
is($o->{subject},
    "Amazon\x{30d7}\x{30e9}\x{30a4}\x{30e0}\x{306e}\x{304a}\x{652f}" .
    "\x{6255}\x{3044}\x{306b}\x{3054}\x{6307}\x{5b9a}\x{306e}\x{30af}" .
    "\x{30ec}\x{30b8}\x{30c3}\x{30c8}\x{30ab}\x{30fc}\x{30c9}\x{3092}" .
    "\x{66f4}\x{65b0}\x{3057}\x{3066}\x{304f}\x{3060}\x{3055}\x{3044}",
    'the Subject, decoded');
is_deeply([ map { lc $_->{address} } @{ $o->{from} } ], ['info@amazon.co.jp'],
    'From');
is($o->{from}[0]{organization}, 'amazon.co.jp', 'its organisation');
is($o->{route}{ip}, '173.82.212.131', 'the connecting host');
is(lc $o->{route}{helo}, 'mail0.amazon.co.jp', 'what it called itself');
is_deeply([ sort map { $_->{host} } @{ $o->{links} } ],
    [qw(fonts.googleapis.com g-ecx.images-amazon.com www.amazon-jp.zydmrou.cn)],
    'the hosts of the links');
my %kind = map { $_->{host} => $_->{kind} } @{ $o->{links} };
is($kind{'www.amazon-jp.zydmrou.cn'}, 'click', 'the one to click');
my ($asking) = grep { $_->{code} eq 'password-words' } @{ $o->{warnings} };
like($asking->{evidence}{words},
    qr/^\x{30af}\x{30ec}\x{30b8}\x{30c3}\x{30c8}\x{30ab}\x{30fc}\x{30c9}/,
    'the words that ask for a card to be confirmed');
is($o->{status}, 'ok', 'analysed');
is($o->{folder}, 'gray', 'gray');
is($o->{advice}, 'unrated', 'unrated');

is_deeply([ map { $_->{name} } @{ json_of(filter(mail('attachment'),
    'hisho-parse', @options))->{attachments} } ],
    [ "\x{8acb}\x{6c42}\x{66f8}\x{ff08}\x{4e03}\x{6708}\x{ff09}.pdf",
    "\x{30ed}\x{30b4}\x{2460}.png", "\x{8acb}\x{6c42}\x{66f8}.pdf.exe" ],
    'names of attachments by RFC 2231 and RFC 2047');
is(json_of(filter(mail('enquiry'), 'hisho-parse', @options))->{subject},
    "\x{2460}\x{ff8a}\x{ff9d}\x{ff76}\x{ff78}\x{ff76}\x{ff85}" .
    "\x{306e}\x{304a}\x{554f}\x{3044}\x{5408}\x{308f}\x{305b}" .
    "\x{3231}\x{307f}\x{3069}\x{308a}\x{5546}\x{4f1a}",
    'half-width kana and row 13 in ISO-2022-JP');
is(json_of(filter(mail('enquiry'), 'hisho-parse', @options))->{from}[0]{address},
    'suzuki..ichiro.@keitai.example', 'an address only carriers allow');
is(scalar @{ json_of(filter(mail('two-from'), 'hisho-parse', @options))->{from} },
    2, 'two From fields, two addresses');
is_deeply([ map { $_->{address} } @{ json_of(filter(mail('groups'),
    'hisho-parse', @options))->{cc} } ],
    [qw(taro.yamada@example.jp hanako.sato@example.co.jp
    jiro.suzuki@example.org)], 'the members of a group');
is_deeply(json_of(filter(mail('groups'), 'hisho-parse', @options))->{to}, [],
    'an empty group has no members');
is(json_of(filter(mail('bounce'), 'hisho-parse', @options))->{return_path}, '',
    'the empty envelope sender of a bounce');

# One object a mail, whatever the mail is.
for my $case ([ 'nothing', '' ], [ 'NUL', "\0" ], [ 'junk', "\xff\xfe\n\n\x80" ],
    [ 'a control character', "Subject: a\x1b[31mb\xc2\x9b\xe2\x80\xae\n\n" ]) {
	my ($name, $mail) = @$case;
	my $out = filter($mail, 'hisho-score', @options);
	is(scalar(() = $out =~ /\n/g), 1, "one line for $name");
	ok(json_of($out)->{folder}, "a folder for $name");
	unlike($out, qr/[\x00-\x09\x0b-\x1f]|\xc2[\x80-\x9f]|\xe2\x80\xae/,
	    "nothing that steers a terminal for $name");
}

# Mails of an mbox and of a Maildir are numbered.
my $mbox = join '', map { "From a\@b Mon Jan  2 03:04:05 2023\n" .
    mail($_) . "\n" } @mails;
my @objects = json_of(filter($mbox, 'hisho-score', @options, '--mbox'));
is(join(' ', map { $_->{index} } @objects), join(' ', 1 .. @mails),
    'the mails of an mbox in order');
mkdir "$scratch/$_" for qw(maildir maildir/cur maildir/new maildir/tmp);
spew("$scratch/maildir/cur/$_:2,S", mail($_)) for @mails;
@objects = json_of(filter('', 'hisho-score', @options, "$scratch/maildir"));
is(scalar @objects, scalar @mails, 'all mails of a Maildir');
is_deeply([ map { $_->{message_id} } @objects ], [ map { $_->{message_id} }
    map { json_of(filter(mail($_), 'hisho-score', @options)) } sort @mails ],
    'in the order of their names');
done_testing;
