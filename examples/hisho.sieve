# hisho.sieve - sort mail into main, gray and spam by what hisho says
#
# For Dovecot with Pigeonhole. Its configuration has to allow the filter:
#
#	plugin {
#		sieve_plugins = sieve_extprograms
#		sieve_extensions = +vnd.dovecot.filter
#		sieve_filter_bin_dir = /usr/local/lib/sieve-filter
#	}
#
# In that folder has to be a program hisho-score: a link to the one in
# /usr/local/bin, or a script that calls it with options.

require ["vnd.dovecot.filter", "fileinto", "mailbox"];

# If hisho-score fails or is not there, the mail is as it came: an X-Hisho
# field in it may be forged, so it is filed without looking at them.
if not filter "hisho-score" {
	fileinto :create "gray";
} elsif header :is "X-Hisho-Folder" "main" {
	fileinto :create "main";
} elsif header :is "X-Hisho-Folder" "spam" {
	fileinto :create "spam";
} else {
	# Unknown senders, and whatever could not be judged.
	fileinto :create "gray";
}
