#include <string.h>

#include "libhisho/parse/mark.h"

static void
test_marks_are_read_as_they_are_meant(void)
{
	static const struct {
		const char *name, *value, *verdict, *score;
	} cases[] = {
		{ "X-Spam-Flag", "YES", "spam", NULL },
		{ "x-spam-flag", " no\r", "ham", NULL },
		{ "X-Spam-Flag", "", "unknown", NULL },
		{ "X-Spam-Status", "No, score=-0.8 required=5.0 tests=A,\n\tB",
		    "ham", "-0.8" },
		{ "X-Spam-Status", "Yes,\r\n hits=14.4 required=5.0", "spam",
		    "14.4" },
		{ "X-Spam-Level", "*****", "unknown", "5" },
		{ "X-Spam-Level", "\r", "unknown", "0" },
		{ "X-Spam-Score", "3.1 (+++)", "unknown", "3.1" },
		{ "X-Spam-Score", "+3", "unknown", "3" },
		{ "X-Spam-Score", "none", "unknown", NULL },
		{ "X-Spam-Bar", "++", "unknown", "2" },
		{ "X-Spam", "Yes", "spam", NULL },
		{ "X-Spamd-Result",
		    "default: False [-1.31 / 15.00];\n\t A(1)[]", "ham",
		    "-1.31" },
		{ "X-Spamd-Result", "default: True [18.43 / 15.00]; A(1)[]",
		    "spam", "18.43" },
		{ "X-Spamd-Bar", "---", "unknown", "-3" },
		{ "X-Spamd-Bar", "/", "unknown", "0" },
		{ "X-Rspamd-Action", "no action", "ham", NULL },
		{ "X-Rspamd-Action", "add header", "spam", NULL },
		{ "X-Rspamd-Action", "soft reject", "unknown", NULL },
		{ "X-Bogosity",
		    "Spam, tests=bogofilter, spamicity=0.999987, "
		    "version=1.2",
		    "spam", "0.999987" },
		{ "X-Bogosity", "Unsure, tests=bogofilter, spamicity=0.5",
		    "unknown", "0.5" },
		{ "X-SpamProbe", "GOOD 0.0000012 0123456789abcdef", "ham",
		    "0.0000012" },
		{ "X-DSPAM-Result", "Innocent", "ham", NULL },
		{ "X-CRM114-Status", "SPAM ( pR: -10.5 )", "spam", "-10.5" },
		{ "X-Spambayes-Classification", "spam; 0.98", "spam", "0.98" },
		{ "X-IMAIL-SPAM-DNSBL", "(spamcop,0a,127.0.0.2)", "spam",
		    NULL },
		{ "X-MS-Exchange-Organization-SCL", "5\r", "spam", "5" },
		{ "X-MS-Exchange-Organization-SCL", "1", "ham", "1" },
		{ "X-MS-Exchange-Organization-SCL", "-1", "ham", "-1" },
		{ "X-MS-Exchange-Organization-SCL", "?", "unknown", NULL },
		{ "X-Forefront-Antispam-Report",
		    "CIP:192.0.2.1;CTRY:;LANG:de;SCL:9;SRV:;SFV:SPM;CAT:PHSH;",
		    "spam", "9" },
		{ "X-Forefront-Antispam-Report-Untrusted",
		    "SFV:NSPM;SFS:(10019020)", "ham", NULL },
		{ "X-Forefront-Antispam-Report", "EFV:NLI;", "unknown", NULL },
		{ "X-Barracuda-Spam-Status",
		    "Yes, SCORE=7.5 using global scores of TAG_LEVEL=3.5",
		    "spam", "7.5" },
		{ "X-Proofpoint-Spam-Details",
		    "rule=notspam policy=default\n score=0 spamscore=9", "ham",
		    "0" },
		{ "X-Proofpoint-Spam-Details",
		    "rule=spam policy=default "
		    "ndrscore=1 score=100",
		    "spam", "100" },
		{ "X-MailScanner-SpamCheck",
		    "not spam, SpamAssassin (score=1.87, required 4,\r\n A)",
		    "ham", "1.87" },
		{ "X-CSI-MailScanner-SpamCheck", "spam, ORDB-RBL", "spam",
		    NULL },
		{ "X-CSI-MailScanner-SpamScore", "sss", "unknown", "3" },
		{ "X-TM-AS-Result", "No--9.797-5.0-31-1", "ham", "-9.797" },
		{ "X-TM-AS-Result", "Yes-15.9-5.0-31-1", "spam", "15.9" },
		{ "X-VadeSecure-Status", "LEGIT", "ham", NULL },
		{ "X-Virus-Status", "Clean", "unknown", NULL },
		{ "X-Virus-Status", "Infected (Eicar)", "spam", NULL },
		{ "X-YahooFilteredBulk", "192.0.2.1", "spam", NULL },
		{ "X-UI-FilterResults", "notjunk:1;V01:K0:x", "ham", "1" },
		{ "X-GMX-Antispam", "0 (Mail was not recognized as spam)",
		    "ham", "0" },
		{ "X-PM-Spam-Action", "phishing", "spam", NULL },
		{ "X-MailScanner-SpamCheck", "not checked", "unknown", NULL },
		/* The word is "nothing", not "no". */
		{ "X-Spam-Status", "nothing", "unknown", NULL },
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		size_t length = strlen(cases[i].value);
		g_autofree char *copy =
		    g_memdup2(cases[i].value, MAX(length, 1));
		g_autoptr(HishoMark) mark =
		    hisho_mark_read(cases[i].name, copy, length);

		g_test_message("%s: %s", cases[i].name, cases[i].value);
		g_assert_nonnull(mark);
		g_assert_true(
		    g_ascii_strcasecmp(mark->name, cases[i].name) == 0);
		g_assert_cmpstr(mark->verdict, ==, cases[i].verdict);
		g_assert_cmpstr(mark->score, ==, cases[i].score);
	}
}

static void
test_other_fields_are_no_marks(void)
{
	static const char *const names[] = { "Subject", "X-Spam-Flagged",
		"X-Spam-Checker-Version", "X-Gmail-Labels", "X-Virus-Scanned",
		"X-Rspamd-Server", "X-MailScanner", "X-MailScanner-From",
		"XMailScanner-SpamCheck", "X-IMAIL-SPAM",
		"Not-X-MailScanner-SpamCheck", "X-Hisho-Folder", "X-", "" };

	for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
		g_test_message("%s", names[i]);
		g_assert_null(hisho_mark_read(names[i], "yes", 3));
	}
}

static void
test_hostile_marks_are_bounded(void)
{
	g_autofree char *nines = g_strnfill(100000, '9');
	g_autofree char *name = g_strconcat("X-IMAIL-SPAM-", nines, NULL);
	g_autoptr(HishoMark) mark =
	    hisho_mark_read("X-Spam-Score", nines, strlen(nines));
	g_autoptr(HishoMark) raw = hisho_mark_read(
	    "X-\xa4\xa2-MailScanner-SpamCheck", "spam\0x\xff", 7);

	g_assert_cmpstr(mark->score, ==, "9999999999999999");
	g_assert_null(hisho_mark_read(name, "", 0));
	g_assert_true(g_utf8_validate(raw->name, -1, NULL));
	g_assert_cmpstr(raw->verdict, ==, "spam");
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/mark/marks-are-read-as-they-are-meant",
	    test_marks_are_read_as_they_are_meant);
	g_test_add_func(
	    "/mark/other-fields-are-no-marks", test_other_fields_are_no_marks);
	g_test_add_func(
	    "/mark/hostile-marks-are-bounded", test_hostile_marks_are_bounded);
	return g_test_run();
}
