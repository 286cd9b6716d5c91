# vmail.sieve - sort the mail of virtual users into main, gray and spam
#
# As hisho.sieve, for a Dovecot where one user of the system (vmail) keeps the
# mail of all: hisho is told whose mail it is, and every user has votes and
# lists of his own. See SHARED DATABASES in hisho(7) for the database, and
# hisho.sieve for the plugin, which needs one extension more here:
#
#	sieve_extensions = +vnd.dovecot.filter +vnd.dovecot.environment

require ["vnd.dovecot.filter", "vnd.dovecot.environment", "environment",
	"variables", "fileinto", "mailbox"];

if environment :matches "vnd.dovecot.username" "*" {
	set :lower "user" "${1}";
}

# If hisho-score fails or is not there, the mail is as it came: an X-Hisho
# field in it may be forged, so it is filed without looking at them.
if not filter "hisho-score" ["--user", "${user}"] {
	fileinto :create "gray";
} elsif header :is "X-Hisho-Folder" "main" {
	fileinto :create "main";
} elsif header :is "X-Hisho-Folder" "spam" {
	fileinto :create "spam";
} else {
	# Unknown senders, and whatever could not be judged.
	fileinto :create "gray";
}
