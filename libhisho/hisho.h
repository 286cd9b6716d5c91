/* hisho.h - all of libhisho, from the ground floor up
 *
 * A module may include those above it, never those below;
 * tests/cli/architecture.t keeps it so. */
#pragma once

#include "libhisho/base/error.h"   /* failures, by what to do about them */
#include "libhisho/base/limits.h"  /* how much of a mail is looked at */
#include "libhisho/base/json.h"    /* JSON values (jansson lives here) */
#include "libhisho/base/record.h"  /* structs by table: to and from JSON */
#include "libhisho/base/pack.h"    /* records as bytes, and back */
#include "libhisho/base/pattern.h" /* regular expressions (PCRE2) */
#include "libhisho/base/network.h" /* IP addresses and networks */
#include "libhisho/base/edits.h"   /* what is changed in a list of ours */
#include "libhisho/base/setting.h" /* one value of a configuration */
#include "libhisho/base/config.h"  /* the configuration files */

#include "libhisho/mail/charset.h"   /* the charsets of mail (iconv) */
#include "libhisho/mail/japanese.h"  /* ISO-2022-JP; unlabelled bytes */
#include "libhisho/mail/text.h"      /* charsets, width, kana, terminals */
#include "libhisho/mail/word.h"      /* encoded-words (RFC 2047) */
#include "libhisho/mail/parameter.h" /* MIME parameters (RFC 2045, 2231) */
#include "libhisho/mail/domain.h"    /* A-labels, organisations */
#include "libhisho/mail/freemail.h"  /* where anybody has an address */
#include "libhisho/mail/mailbox.h"   /* a name and an address */
#include "libhisho/mail/lexeme.h"    /* the words of an address field */
#include "libhisho/mail/phrase.h"    /* names, local parts, domains */
#include "libhisho/mail/address.h"   /* mailboxes as people write them */
#include "libhisho/mail/lines.h"     /* where lines end */
#include "libhisho/mail/wire.h"      /* raw bytes, header index */
#include "libhisho/mail/digest.h"    /* the same mail everywhere */
#include "libhisho/mail/splice.h"    /* our fields out, and in */
#include "libhisho/mail/field.h"     /* X-Hisho-* values */
#include "libhisho/mail/seal.h"      /* which X-Hisho-* are our own */
#include "libhisho/mail/window.h"    /* a file, read piece by piece */
#include "libhisho/mail/mbox.h"      /* where a mail of an mbox ends */
#include "libhisho/mail/reader.h"    /* mails from stdin, mbox, Maildir */
#include "libhisho/mail/mimeline.h"  /* parts, counted beforehand */
#include "libhisho/mail/transfer.h" /* transfer encodings */
#include "libhisho/mail/reduced.h"  /* what of a mail GMime gets to see */
#include "libhisho/mail/message.h"   /* the MIME tree (GMime lives here) */

#include "libhisho/parse/identity.h"   /* who speaks, to whom */
#include "libhisho/parse/sniff.h"      /* what a file really is */
#include "libhisho/parse/attachment.h" /* what is attached */
#include "libhisho/parse/mark.h"       /* what other filters said */
#include "libhisho/parse/bounce.h"     /* what a delivery report returns */
#include "libhisho/parse/fold.h"       /* text to look phrases up in */
#include "libhisho/parse/askwords.h"   /* words that ask, as data */
#include "libhisho/parse/asking.h"     /* what a text asks for */
#include "libhisho/parse/letter.h"     /* all facts of the letter itself */

#include "libhisho/links/entity-table.h" /* their names, as data */
#include "libhisho/links/entity.h" /* HTML character references */
#include "libhisho/links/scan.h"     /* a text on its way into tokens */
#include "libhisho/links/tag.h"      /* names and attributes of tags */
#include "libhisho/links/markup.h"   /* tags, comments, doctypes */
#include "libhisho/links/doctype.h"  /* what a DOCTYPE says */
#include "libhisho/links/html.h"     /* HTML tokenizer */
#include "libhisho/links/percent.h"  /* percent-encoding */
#include "libhisho/links/scheme.h"   /* the schemes of URLs */
#include "libhisho/links/host.h"     /* their hosts in one spelling */
#include "libhisho/links/urlpath.h"  /* their paths without detours */
#include "libhisho/links/url.h"      /* URLs in normal form */
#include "libhisho/links/datalink.h" /* pages written in links */
#include "libhisho/links/wrapper.h"  /* how wrappers write targets */
#include "libhisho/links/redirect.h" /* where links say they lead on to */
#include "libhisho/links/confusable-table.h" /* letters alike, as data */
#include "libhisho/links/skeleton.h" /* what a name looks like */
#include "libhisho/links/spelling.h" /* how nearly words are the same */
#include "libhisho/links/brand.h"    /* names often forged, as data */
#include "libhisho/links/lure.h"     /* words that lend names weight */
#include "libhisho/links/service.h"  /* hosts in the service of others */
#include "libhisho/links/known.h"    /* the names a reader knows */
#include "libhisho/links/guise.h"    /* whose name a sender goes by */
#include "libhisho/links/lookalike.h" /* hosts that pass for others */
#include "libhisho/links/shortener.h" /* links that say nothing */
#include "libhisho/links/commonhost.h" /* hosts that serve everybody */
#include "libhisho/links/link.h"     /* one link, and all, as records */
#include "libhisho/links/bare.h"     /* hosts that stand by themselves */
#include "libhisho/links/defang.h"   /* links that nobody may follow */
#include "libhisho/links/wide.h"     /* links in full-width letters */
#include "libhisho/links/wrap.h"     /* links over several lines */
#include "libhisho/links/linkend.h"  /* where links in text end */
#include "libhisho/links/textlink.h" /* links as people write them */
#include "libhisho/links/element.h"  /* the elements of HTML, as data */
#include "libhisho/links/color-table.h" /* their names, as data */
#include "libhisho/links/color.h"    /* colours, and which are alike */
#include "libhisho/links/css.h"      /* CSS undisguised, and its URLs */
#include "libhisho/links/value.h"    /* lengths and colours of CSS */
#include "libhisho/links/style.h"    /* what holds for each property */
#include "libhisho/links/shape.h"    /* what cuts off or moves away */
#include "libhisho/links/coat.h"     /* colours among other values */
#include "libhisho/links/keyword.h"  /* the words of CSS, as data */
#include "libhisho/links/property.h" /* what a declaration says */
#include "libhisho/links/declaration.h" /* declarations in a style */
#include "libhisho/links/look.h"     /* how an element looks */
#include "libhisho/links/shown.h"    /* the text that is shown */
#include "libhisho/links/stack.h"    /* the elements that are open */
#include "libhisho/links/selector.h" /* which elements a rule is for */
#include "libhisho/links/media.h"    /* on what screens it holds */
#include "libhisho/links/rules.h"    /* the rules in a text of CSS */
#include "libhisho/links/sheet.h"    /* the rules of a page */
#include "libhisho/links/scope.h"    /* which of them a tag means */
#include "libhisho/links/nesting.h"  /* which of them a tag ends */
#include "libhisho/links/hint.h"     /* what attributes say of style */
#include "libhisho/links/cascade.h"  /* what style an element has */
#include "libhisho/links/sight.h"    /* what hides from a reader */
#include "libhisho/links/spot.h"     /* what looks like a link */
#include "libhisho/links/further.h"  /* links for the blacklist only */
#include "libhisho/links/trawl.h"    /* those of a mail left whole */
#include "libhisho/links/catalog.h"  /* the list of links as it grows */
#include "libhisho/links/source.h"   /* attributes that hold links */
#include "libhisho/links/form.h"     /* what fields of forms want */
#include "libhisho/links/script.h"   /* links that scripts write */
#include "libhisho/links/mend.h"     /* wrong transfer encodings */
#include "libhisho/links/flow.h"     /* lines to be joined again */
#include "libhisho/links/card.h"     /* links of calendars and cards */
#include "libhisho/links/pdf.h"      /* links of PDF (GIO) */
#include "libhisho/links/run.h"      /* links in text across elements */
#include "libhisho/links/anchor.h"   /* what an anchor shows */
#include "libhisho/links/imagemap.h" /* which areas are seen */
#include "libhisho/links/page.h"     /* every link of an HTML part */
#include "libhisho/links/links.h"    /* every link of a mail */
#include "libhisho/links/version.h"  /* which parts are shown */
#include "libhisho/links/reading.h"  /* what a part is to be read as */
#include "libhisho/links/parts.h"    /* each part as what it is */

#include "libhisho/safe/rules.h" /* which rule lets a mail pass */

#include "libhisho/route/token.h"    /* trace fields in words and comments */
#include "libhisho/route/date.h"     /* dates of trace fields */
#include "libhisho/route/remark.h"   /* comments on TLS and login */
#include "libhisho/route/peer.h"     /* the client of one hop */
#include "libhisho/route/clauses.h"  /* a Received field by its clauses */
#include "libhisho/route/received.h" /* Received in every dialect */
#include "libhisho/route/provider.h" /* hosted mailboxes from inside */
#include "libhisho/route/party.h"    /* names of one server or house */
#include "libhisho/route/boundary.h" /* the host that spoke to us */
#include "libhisho/route/chain.h"    /* what is odd about claimed hops */
#include "libhisho/route/authwords.h" /* the words of a results field */
#include "libhisho/route/authpolicy.h" /* what a domain wants of it */
#include "libhisho/route/statement.h" /* one of its results */
#include "libhisho/route/authres.h"  /* SPF, DKIM, DMARC by our boundary */
#include "libhisho/route/witness.h"  /* what else names the host */
#include "libhisho/route/sender.h"   /* the party behind an envelope sender */
#include "libhisho/route/dns.h"      /* names and measurements of the DNS */
#include "libhisho/route/answer.h"   /* answers of the DNS, read */
#include "libhisho/route/questions.h" /* asked once, kept for a time */
#include "libhisho/route/resolver.h" /* questions to the DNS (c-ares) */
#include "libhisho/route/inquiry.h"  /* what the DNS is asked, and means */
#include "libhisho/route/track.h"    /* how often and when it was seen */
#include "libhisho/route/route.h"    /* the route of one mail */

#include "libhisho/cell/facts.h"   /* all that is found in the cell */
#include "libhisho/cell/sandbox.h" /* limits, Landlock, seccomp */
#include "libhisho/cell/line.h"    /* mails down, answers up */
#include "libhisho/cell/worker.h"  /* answers one mail after the other */
#include "libhisho/cell/keeper.h"  /* forks the workers */
#include "libhisho/cell/job.h"     /* a mail inside */
#include "libhisho/cell/crew.h"    /* the workers and their mails */
#include "libhisho/cell/cell.h"    /* the locked room, one or several */

#include "libhisho/store/dbpage.h"   /* what Berkeley DB may open */
#include "libhisho/store/handle.h"   /* the door to db.h */
#include "libhisho/store/pairs.h"    /* keys and values in a file */
#include "libhisho/store/berkeley.h" /* such files (Berkeley DB) */
#include "libhisho/store/schema.h"   /* which hisho can read it */
#include "libhisho/store/rights.h"   /* whose rights its files need */
#include "libhisho/store/place.h"    /* the directory of a database */
#include "libhisho/store/gate.h"     /* many readers or one writer */
#include "libhisho/store/newfile.h"  /* named when it is whole */
#include "libhisho/store/swap.h"     /* one file in another's place */
#include "libhisho/store/journal.h"  /* what changes while it is copied */
#include "libhisho/store/database.h" /* one file for many processes */
#include "libhisho/store/replace.h"  /* another file for all of them */
#include "libhisho/store/backup.h"   /* a copy to keep, and back */
#include "libhisho/store/dumpline.h" /* a key and a value as a line */
#include "libhisho/store/key.h"      /* keys of several parts */
#include "libhisho/store/sum.h"      /* what mails on one key add up to */
#include "libhisho/store/sums.h"     /* what records add up to */
#include "libhisho/store/seen.h"     /* when it was first and last */
#include "libhisho/store/receipt.h"  /* one record of the ledger */
#include "libhisho/store/summary.h"  /* many receipts in one record */
#include "libhisho/store/folded.h"   /* which receipts went into them */
#include "libhisho/store/withdrawn.h" /* what was taken back */
#include "libhisho/store/opinion.h"  /* a user's votes on one receipt */
#include "libhisho/store/account.h"  /* of two accounts of a mail, one */
#include "libhisho/store/past.h"     /* what else is kept of votes */
#include "libhisho/store/ledger.h"   /* receipts and the votes on them */
#include "libhisho/store/tally.h"    /* what the sums say of a mail */
#include "libhisho/store/pool.h"     /* hosts that many send by */
#include "libhisho/store/routes.h"   /* by which hosts a From came */
#include "libhisho/store/rebuild.h"  /* the sums, computed afresh */
#include "libhisho/store/stroll.h"   /* long work, in small pieces */
#include "libhisho/store/shrink.h"   /* room given back to the disk */
#include "libhisho/store/expire.h"   /* old receipts into summaries */
#include "libhisho/store/slim.h"     /* as much of it as is wished */
#include "libhisho/store/inventory.h" /* how much of what is in it */
#include "libhisho/store/permit.h"   /* one permit and its ways */
#include "libhisho/store/permits.h"  /* whose mail is always wanted */
#include "libhisho/store/load.h"     /* a database as text, and back */
#include "libhisho/store/linkentry.h" /* what a link can be listed under */
#include "libhisho/store/lists.h"    /* blocks, link reports, allowances */
#include "libhisho/store/intake.h"   /* whether texts are what they should be */
#include "libhisho/store/foreign.h"  /* records of other hosts, checked */
#include "libhisho/store/export.h"   /* votes and lists for other hosts */
#include "libhisho/store/import.h"   /* those of others, joined with ours */
#include "libhisho/store/reports.h"  /* what was reported of one link */
#include "libhisho/store/suspects.h" /* which links were reported */
#include "libhisho/store/acquaintances.h" /* whom a user knows */
#include "libhisho/store/memory.h"   /* all that is known of one mail */

#include "libhisho/score/axes.h"     /* the keys a mail is scored by */
#include "libhisho/score/own.h"      /* own mail, and bounces of it */
#include "libhisho/score/pool.h"     /* hosts that many send by */
#include "libhisho/score/advice.h"   /* trusted, distrusted, unrated */
#include "libhisho/score/folder.h"   /* main, gray, spam */
#include "libhisho/score/sentences.h" /* the words of each warning */
#include "libhisho/score/warning.h"  /* one warning and its sentence */
#include "libhisho/score/linkwarn.h" /* what links and forms give away */
#include "libhisho/score/forgery.h"  /* who passes for somebody else */
#include "libhisho/score/dnswarn.h"  /* what the DNS gives away */
#include "libhisho/score/routewarn.h" /* what the way here gives away */
#include "libhisho/score/authwarn.h" /* what our own server found out */
#include "libhisho/score/letterwarn.h" /* what the letter gives away */
#include "libhisho/score/wordwarn.h" /* what the wording gives away */
#include "libhisho/score/warnings.h" /* what a careful colleague would say */
#include "libhisho/score/score.h"    /* the whole judgement of one mail */
#include "libhisho/score/worth.h"    /* how often judgements were right */

#include "libhisho/report/case.h"    /* what a report is made from */
#include "libhisho/report/paint.h"   /* columns, colours, bars */
#include "libhisho/report/shares.h"  /* trusted, distrusted, unrated */
#include "libhisho/report/reason.h"  /* why votes come to this */
#include "libhisho/report/fields.h"  /* what each stage writes into a mail */
#include "libhisho/report/json.h"    /* one object a mail */
#include "libhisho/report/hostline.h" /* the hosts of a mail, summed up */
#include "libhisho/report/linkpage.h" /* where a mail leads, by host */
#include "libhisho/report/linklist.h" /* and link by link */
#include "libhisho/report/list.h"    /* one line a mail */
#include "libhisho/report/routepage.h" /* a route and its past */
#include "libhisho/report/scoretable.h" /* votes in bars and numbers */
#include "libhisho/report/safeview.h" /* a mail where nothing happens */
#include "libhisho/report/commands.h" /* what to say of a mail, and how */
#include "libhisho/report/advisor.h" /* one page a mail */
#include "libhisho/report/worthwords.h" /* and what to do about it */
#include "libhisho/report/worthpage.h" /* what hisho is worth */
