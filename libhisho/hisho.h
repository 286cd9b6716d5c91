/* hisho.h - all of libhisho, from the ground floor up
 *
 * A module may include those above it, never those below;
 * tests/cli/architecture.t keeps it so. */
#pragma once

#include "libhisho/base/error.h"   /* failures, by what to do about them */
#include "libhisho/base/limits.h"  /* how much of a mail is looked at */
#include "libhisho/base/json.h"    /* JSON values (jansson lives here) */
#include "libhisho/base/record.h"  /* structs by table: to and from JSON */
#include "libhisho/base/pattern.h" /* regular expressions (PCRE2) */
#include "libhisho/base/network.h" /* IP addresses and networks */
#include "libhisho/base/config.h"  /* the configuration files */

#include "libhisho/mail/charset.h"   /* the charsets of mail (iconv) */
#include "libhisho/mail/japanese.h"  /* ISO-2022-JP; unlabelled bytes */
#include "libhisho/mail/text.h"      /* charsets, width, kana, terminals */
#include "libhisho/mail/word.h"      /* encoded-words (RFC 2047) */
#include "libhisho/mail/parameter.h" /* MIME parameters (RFC 2045, 2231) */
#include "libhisho/mail/domain.h"    /* A-labels, organisations */
#include "libhisho/mail/lexeme.h"    /* the words of an address field */
#include "libhisho/mail/phrase.h"    /* lexemes in a row */
#include "libhisho/mail/mailbox.h"   /* a name, an address, and who answers */
#include "libhisho/mail/address.h"   /* mailboxes as people write them */
#include "libhisho/mail/wire.h"      /* raw bytes, header index, digest */
#include "libhisho/mail/field.h"     /* X-Hisho-* values */
#include "libhisho/mail/seal.h"      /* which X-Hisho-* are our own */
#include "libhisho/mail/reader.h"    /* mails from stdin, mbox, Maildir */
#include "libhisho/mail/message.h"   /* the MIME tree (GMime lives here) */

#include "libhisho/parse/identity.h"   /* who speaks, to whom */
#include "libhisho/parse/sniff.h"      /* what a file really is */
#include "libhisho/parse/attachment.h" /* what is attached */
#include "libhisho/parse/mark.h"       /* what other filters said */
#include "libhisho/parse/letter.h"     /* all facts of the letter itself */

#include "libhisho/links/entity.h" /* HTML character references */
#include "libhisho/links/html.h"   /* HTML tokenizer */
#include "libhisho/links/url.h"    /* URLs in normal form */
#include "libhisho/links/links.h"  /* every link of a mail */

#include "libhisho/safe/rules.h" /* which rule lets a mail pass */

#include "libhisho/route/token.h"    /* trace fields in words and comments */
#include "libhisho/route/date.h"     /* dates of trace fields */
#include "libhisho/route/remark.h"   /* comments on TLS and login */
#include "libhisho/route/peer.h"     /* the client of one hop */
#include "libhisho/route/received.h" /* Received in every dialect */
#include "libhisho/route/provider.h" /* hosted mailboxes from inside */
#include "libhisho/route/boundary.h" /* the host that spoke to us */
#include "libhisho/route/authwords.h" /* Authentication-Results in words */
#include "libhisho/route/authres.h"  /* what our boundary authenticated */
#include "libhisho/route/sender.h"   /* the party behind an envelope sender */
#include "libhisho/route/route.h"    /* the route of one mail */

#include "libhisho/cell/facts.h"   /* all that is found in the cell */
#include "libhisho/cell/sandbox.h" /* limits, Landlock, seccomp */
#include "libhisho/cell/line.h"    /* the line from a cell to a worker */
#include "libhisho/cell/worker.h"  /* who reads the mails */
#include "libhisho/cell/keeper.h"  /* who forks the workers */
#include "libhisho/cell/cell.h"    /* the locked room, one or several */

#include "libhisho/store/database.h" /* Berkeley DB and its lock */
#include "libhisho/store/ledger.h"   /* receipts and the votes on them */
#include "libhisho/store/tally.h"    /* sums over the ledger */
#include "libhisho/store/lists.h"    /* permits, blocks, link reports */

#include "libhisho/score/axes.h"     /* the keys a mail is scored by */
#include "libhisho/score/advice.h"   /* trusted, distrusted, unrated */
#include "libhisho/score/folder.h"   /* main, gray, spam */
#include "libhisho/score/warnings.h" /* what a careful colleague would say */
#include "libhisho/score/score.h"    /* the whole judgement of one mail */

#include "libhisho/report/json.h"    /* one object a mail */
#include "libhisho/report/list.h"    /* one line a mail */
#include "libhisho/report/advisor.h" /* one page a mail */
