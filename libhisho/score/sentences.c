#include "libhisho/score/sentences.h"

#include <stdbool.h>
#include <string.h>

/* In the order in which they are told: dangers, cautions, notes.  A code with
 * a reason behind it is another sentence of that code. */
static const struct {
	const char *code;
	const char *level;
	const char *en;
	const char *ja;
} sentences[] = {
	{ "link-reported", "danger",
	    "The link {link} is on the shared list of malicious links: "
	    "reported by {users} user(s), first on {first}, last on {last}. "
	    "Do not follow it unless you know better than they did; "
	    "\"hisho-vote allow-link\" then lifts it for you.",
	    "リンク先 {link} は共用のブラックリストに登録されています"
	    "({users} 人が登録、初回 {first}、最終 {last})。確かでない限り"
	    "開かないでください。問題がないと分かっていれば "
	    "hisho-vote allow-link で自分だけ許可できます。" },
	{ "link-reported/own", "danger",
	    "You reported the link {link} as malicious yourself. It is on the "
	    "shared list, reported by {users} user(s), first on {first}, last "
	    "on {last}; \"hisho-vote unreport\" takes yours back.",
	    "リンク先 {link} はあなた自身がブラックリストに登録しています"
	    "({users} 人が登録、初回 {first}、最終 {last})。取り消すには "
	    "hisho-vote unreport を使います。" },
	{ "permit-forged", "danger",
	    "{from} is on your permit list, but this mail came by {ip}, which "
	    "has never been proven for that sender. The From may be forged.",
	    "{from} は受信許可に登録されていますが、このメールは実績のない "
	    "{ip} を経由しています。差出人を詐称している恐れがあります。" },
	{ "permit-forged/host-unknown", "danger",
	    "{from} is on your permit list, but the header does not tell by "
	    "which host this mail came. The From may be forged.",
	    "{from} は受信許可に登録されていますが、どのホストから届いたか"
	    "ヘッダーからは分かりません。差出人を詐称している恐れがあります"
	    "。" },
	{ "self-forged", "danger",
	    "This mail gives your own address {from} as its sender, but it "
	    "came from outside, by {ip}.",
	    "差出人はあなた自身のアドレス {from} ですが、外部の {ip} から届いて"
	    "います。" },
	{ "auth-failed", "danger",
	    "Your mail server could not confirm that this mail is from "
	    "{domain}, which asks that such mail be refused (DMARC). The "
	    "sender {from} is probably forged.",
	    "このメールが本当に {domain} から来たことを、受信サーバーは確認"
	    "できませんでした。{domain} はそのようなメールの受信拒否を求めて"
	    "います (DMARC)。差出人 {from} はおそらく詐称です。" },
	{ "auth-failed/quarantine", "danger",
	    "Your mail server could not confirm that this mail is from "
	    "{domain}, which asks that such mail be kept apart (DMARC). The "
	    "sender {from} is probably forged.",
	    "このメールが本当に {domain} から来たことを、受信サーバーは確認"
	    "できませんでした。{domain} はそのようなメールの隔離を求めていま"
	    "す (DMARC)。差出人 {from} はおそらく詐称です。" },
	{ "auth-failed/direct", "danger",
	    "{domain} says that it does not send by {ip} (SPF), but this mail "
	    "came straight from there, with no signature that holds. The "
	    "sender {from} is probably forged.",
	    "{domain} は {ip} からメールを送らないと公表しています (SPF)。"
	    "それなのにこのメールは {ip} から直接届き、有効な署名もありませ"
	    "ん。差出人 {from} はおそらく詐称です。" },
	{ "helo-forged", "danger",
	    "The host {ip} calls itself {helo}, but that name does not lead "
	    "to it: it says that it is what it is not.",
	    "ホスト {ip} は {helo} を名乗っていますが、その名前はこのホストの"
	    "ものではありません。送信元を騙っている恐れがあります。" },
	{ "from-lookalike", "danger",
	    "The sender {from} looks like {imitates}, which it is not.",
	    "差出人 {from} は {imitates} に似せた別のアドレスです。" },
	{ "link-lookalike", "danger",
	    "A link leads to {host}, which looks like {imitates} but is not.",
	    "リンク先 {host} は {imitates} に見せかけた別のサイトです。" },
	{ "link-text-differs", "danger",
	    "A link that reads \"{text}\" leads to {host} instead.",
	    "「{text}」と書かれたリンクの行き先は {host} です。" },
	{ "form-password", "danger",
	    "The mail holds a form that asks for a password or another secret. "
	    "Hardly an honest sender does that; do not fill it in.",
	    "パスワードなどの秘密を入力させるフォームが含まれています。"
	    "正当な差出人はまずこのようなことをしません。入力しないでください"
	    "。" },
	{ "attachment-dangerous", "danger",
	    "The attachment \"{name}\" can do harm when it is opened ({why}).",
	    "添付ファイル「{name}」は開くと危険な種類です ({why})。" },
	{ "not-analysed", "caution",
	    "The mail could not be analysed ({reason}). Nothing here vouches "
	    "for it.",
	    "このメールは解析できませんでした ({reason})。内容の確認はされて"
	    "いません。" },
	{ "not-analysed/reputation-unavailable", "caution",
	    "The database could not be read: what you and others have said "
	    "of this sender is not known here.",
	    "データベースを読めませんでした。この差出人についての評価は分か"
	    "りません。" },
	{ "limit-reached", "caution",
	    "The mail is larger than what is looked at (limit: {limit}); the "
	    "rest was not examined.",
	    "確認できる上限 ({limit}) を超えています。残りは調べていません。" },
	{ "route-new", "caution",
	    "This is a new route: {from} has written to you {messages} "
	    "time(s), but never by {ip} or a host near it.",
	    "今までと違う新しいルートです。{from} からは {messages} "
	    "通届いていま"
	    "すが、{ip} を経由したことはありません。" },
	{ "received-forged", "caution",
	    "The header says that your own server {by} had taken this mail "
	    "before, but it came from {ip}. The sender wrote that line.",
	    "ヘッダーには自分のサーバー {by} "
	    "がすでに受け取ったと書かれていますが、"
	    "実際には {ip} から届いています。差出人による偽の記録です。" },
	{ "permit-unproven", "caution",
	    "{from} is on your permit list, but {ip} is shared by many senders "
	    "and proves nothing.",
	    "{from} は受信許可に登録されていますが、{ip} は多くの差出人が共用"
	    "するホストなので証明になりません。" },
	{ "dns-reverse-failed", "caution",
	    "The DNS gives the host {ip} the name {ptr}, but that name does "
	    "not lead back to it.",
	    "ホスト {ip} の DNS 逆引きは失敗です。得られた名前 {ptr} は別の"
	    "ホストを指しています。" },
	{ "dns-reverse-failed/no-name", "caution",
	    "The DNS has no name for the host {ip}.",
	    "ホスト {ip} の DNS 逆引きは失敗です。名前がありません。" },
	{ "dns-forward-failed", "caution",
	    "The host {ip} calls itself {helo}, but the DNS does not know it "
	    "by that name.",
	    "ホスト {ip} が名乗る {helo} の DNS 正引きは失敗です。" },
	{ "host-unrelated", "caution",
	    "The mail came by {host}, which has nothing to do with {from}.",
	    "このメールを送ってきたホスト {host} は、差出人 {from} と関係が"
	    "ありません。" },
	{ "sender-domain-dead", "caution",
	    "Nobody at {domain} can receive mail, so no answer will arrive.",
	    "差出人のドメイン {domain} はメールを受け取れません。返信は届き"
	    "ません。" },
	{ "country-contradiction", "caution",
	    "The sender is of {domain}, but the host {ip} is in another "
	    "country ({country}), and does not say truly who it is.",
	    "差出人のドメインは {domain} ですが、ホスト {ip} は別の国 "
	    "({country}) にあり、正しく名乗っていません。" },
	{ "from-multiple", "caution",
	    "The mail does not have exactly one sender in From, so nobody can "
	    "vouch for it.",
	    "差出人 (From) "
	    "が一つに定まりません。誰のメールか確かめられません。" },
	{ "from-name-differs", "caution",
	    "The sender calls itself \"{name}\", but its address is {address}.",
	    "差出人名は「{name}」ですが、実際のアドレスは {address} です。" },
	{ "link-hidden", "caution",
	    "A link to {host} cannot be seen by the reader ({reason}).",
	    "画面に表示されないリンク {host} が含まれています ({reason})。" },
	{ "link-address", "caution",
	    "A link leads to a bare IP address, {host}.",
	    "リンク先がホスト名ではなく IP アドレス {host} です。" },
	{ "link-userinfo", "caution",
	    "A link hides its target behind an @: it leads to {host}.",
	    "@ の前に別の名前を書いて行き先を隠したリンクがあります。行き先は "
	    "{host} です。" },
	{ "link-redirect", "caution",
	    "A link to {host} only passes by there: it leads on to {target}.",
	    "{host} へのリンクに見えますが、そこから {target} "
	    "に転送されます。" },
	{ "link-mixed-script", "caution",
	    "The host {host} mixes letters of different scripts, as "
	    "look-alikes "
	    "do.",
	    "{host} "
	    "は異なる文字種が混ざっています。似せた名前かもしれません。" },
	{ "link-shortener", "note",
	    "A link goes by {host}, which hides where it leads.",
	    "短縮 URL ({host}) "
	    "のリンクがあります。本当の行き先は分かりません。" },
	{ "form", "note",
	    "The mail holds a form; what you write in it goes to {host}.",
	    "入力フォームが含まれています。入力した内容は {host} "
	    "に送られます。" },
	{ "reply-to-differs", "note",
	    "A reply would go to {reply-to}, not to {from}.",
	    "返信は {from} ではなく {reply-to} に送られます。" },
	{ "route-plaintext", "note",
	    "The mail came from {ip} unencrypted, or nearly so (TLS: {tls}); "
	    "{messages} of this sender came encrypted by there before. It may "
	    "have been read, or written, on its way.",
	    "これまで {ip} から暗号化されて届いていた ({messages} 通) "
	    "メールが、今回は暗号化されていないか、弱い暗号で届きました "
	    "(TLS: {tls})。途中で読まれたり書き換えられたりしたかもしれま"
	    "せん。" },
	{ "no-to", "note", "No recipient is named in To or Cc.",
	    "宛先 (To、Cc) が書かれていません。" },
	{ "password-words", "note",
	    "The mail wants a password, or an account to be confirmed "
	    "(\"{words}\"). Many forgeries ask that. Unless you have just "
	    "asked for this mail, go there by your own way, not by a link "
	    "in it.",
	    "パスワードの入力やアカウントの確認を求めています (「{words}」)。"
	    "詐欺メールによくある文面です。ご自分の操作で届いたものでなければ、"
	    "このメールのリンクからではなく、いつもの方法で確かめてください"
	    "。" },
	{ "money-words", "note",
	    "The mail speaks of money (\"{words}\"). Ask the sender by another "
	    "way, for instance by telephone, before you pay.",
	    "お金に関わる文言があります (「{words}」)。支払う前に、電話など別の"
	    "方法で相手に確かめてください。" },
	{ "upstream-marked", "note",
	    "Another filter marked this mail as spam ({field}).",
	    "他のフィルターが迷惑メールと判定しています ({field})。" },
};

static int
find(const char *code)
{
	for (size_t i = 0; i < G_N_ELEMENTS(sentences); i++)
		if (strcmp(sentences[i].code, code) == 0)
			return (int)i;
	return -1;
}

const char *
hisho_sentence_level(const char *code)
{
	int i = find(code);

	return i >= 0 ? sentences[i].level : "note";
}

int
hisho_sentence_rank(const char *code)
{
	int i = find(code);

	return i >= 0 ? i : (int)G_N_ELEMENTS(sentences);
}

static const char *
look_up(const GPtrArray *evidence, const char *name, size_t length)
{
	for (guint i = 0; i + 1 < evidence->len; i += 2) {
		const char *key = evidence->pdata[i];
		if (strlen(key) == length && strncmp(key, name, length) == 0)
			return evidence->pdata[i + 1];
	}
	return "";
}

/* The sentence for the reason in EVIDENCE, else that of CODE; -1 for none. */
static int
choose(const char *code, const GPtrArray *evidence)
{
	const char *reason = look_up(evidence, "reason", strlen("reason"));
	g_autofree char *special = g_strconcat(code, "/", reason, NULL);
	int i = find(special);

	return i >= 0 ? i : find(code);
}

char *
hisho_sentence_dup(
    const char *code, const char *lang, const GPtrArray *evidence)
{
	int i = choose(code, evidence);
	bool is_japanese = g_strcmp0(lang, "ja") == 0;
	const char *at = i < 0 ? code
	    : is_japanese      ? sentences[i].ja
			       : sentences[i].en;
	GString *text = g_string_new(NULL);

	for (; *at != '\0'; at++) {
		const char *close = *at == '{' ? strchr(at, '}') : NULL;
		if (close == NULL) {
			g_string_append_c(text, *at);
			continue;
		}
		g_string_append(
		    text, look_up(evidence, at + 1, (size_t)(close - at) - 1));
		at = close;
	}
	return g_string_free(text, FALSE);
}
