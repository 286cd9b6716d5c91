# Gate.pm - who is in a database at this moment
package Gate;
use strict;
use warnings;
use Exporter qw(import);
use Fcntl qw(:seek F_RDLCK F_WRLCK);

our @EXPORT = qw(is_in is_held);

# Whether the process PID holds the lock of a gate, READ or WRITE.
sub is_in {
	my ($pid, $how) = @_;
	for my $path (glob "/proc/$pid/fdinfo/*") {
		open my $info, '<', $path or next;
		local $/;
		my $text = <$info> // '';
		# A writer has the turnstile, too: the next byte.
		return 1 if $text =~ /^lock:.*OFDLCK +ADVISORY +$how .* 0 [01]$/m;
	}
	return 0;
}

# Whether anybody is in the database in the folder PATH.
sub is_held {
	my ($path) = @_;
	open my $gate, '+<', "$path/gate" or return 0;
	# F_OFD_GETLK: who would hinder a writer?
	my $lock = pack 'ss x4 q q i x4', F_WRLCK, SEEK_SET, 0, 1, 0;
	fcntl($gate, 36, $lock) or die "gate: $!\n";
	return (unpack 's', $lock)[0] != Fcntl::F_UNLCK();
}

1;
