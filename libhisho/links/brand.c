#include "libhisho/links/brand.h"

#include <stddef.h>

#define NEAR HISHO_BRAND_NEAR
#define TOPIC HISHO_BRAND_TOPIC
#define COUNTRY HISHO_BRAND_COUNTRY
#define OUTSIDE HISHO_BRAND_OUTSIDE
#define PURSE HISHO_BRAND_PURSE
#define SURNAME HISHO_BRAND_SURNAME
#define PLACE HISHO_BRAND_PLACE

/* Of each every domain that is known to be its own, so that none of them
 * passes for a forgery: shops abroad, mail, pictures, short links, cards. */
/* clang-format off */
const HishoBrand hisho_brands[] = {
	/* Shops and markets. */
	{ "amazon アマゾン", NEAR | COUNTRY, "amazon.co.jp amazon.com "
	    "amazonaws.com amazon.dev media-amazon.com ssl-images-amazon.com "
	    "images-amazon.com amazonpay.com amazonses.com amazontrust.com "
	    "amazon-adsystem.com amazonmusic.com amazonvideo.com amazon.jobs "
	    "amazon.science amazongames.com amazonappservices.com "
	    "amazoncognito.com amazonrobotics.com amazonalexa.com "
	    "amazonbrowserapp.com amazonfresh.com amazonstudios.com "
	    "awsapps.com amzn.to amzn.com amzn.asia a2z.com primevideo.com "
	    "audible.co.jp audible.com aboutamazon.com aboutamazon.jp" },
	{ "rakuten 楽天 楽天市場 楽天カード 楽天銀行 楽天証券 "
	    "楽天ペイ", NEAR | COUNTRY, "rakuten.co.jp rakuten.com "
	    "rakuten.ne.jp rakuten.jp rakuten.today rakuten-card.co.jp "
	    "rakuten-bank.co.jp rakuten-sec.co.jp rakuten-edy.co.jp "
	    "rakuten-static.com rakuten-med.com rakuteneagles.jp "
	    "rakutenmarketing.com rakutenadvertising.com rakutenadvertising.io "
	    "rakuten.tv r10s.jp" },
	{ "mercari メルカリ メルペイ", NEAR | COUNTRY, "mercari.com mercari.jp "
	    "mercari-shops.com mercaristatic.com merpay.com" },
	{ "yodobashi ヨドバシカメラ", NEAR, "yodobashi.com" },
	{ "biccamera ビックカメラ", NEAR, "biccamera.com biccamera.co.jp" },
	{ "aeon イオンカード イオン銀行", 0, "aeon.co.jp aeoncard.co.jp "
	    "aeonbank.co.jp aeon.info aeon.jp aeonretail.jp aeonmall.com "
	    "aeon-mall.jp aeonnetshop.com aeoncredit.co.jp aeoncredit.com.my "
	    "aeonfinancial.co.jp" },
	{ "ebay", TOPIC | COUNTRY, "ebay.com ebayimg.com ebaystatic.com "
	    "ebayinc.com ebay.co.jp ebaydesc.com ebayrtm.com" },
	{ "alibaba", NEAR, "alibaba.com alibaba-inc.com alibabacloud.com "
	    "alibabagroup.com aliexpress.com alicdn.com" },
	/* Payment and cards. */
	{ "paypal", NEAR | COUNTRY | PURSE, "paypal.com paypalobjects.com "
	    "paypal-notify.com paypal.net paypal.me paypalcorp.com "
	    "paypal-communication.com paypal-community.com paypal-mktg.com "
	    "paypal-search.com paypal-brandcentral.com paypal-prepaid.com" },
	{ "paypay ペイペイ paypay銀行 paypayカード", NEAR | PURSE,
	    "paypay.ne.jp paypay-bank.co.jp paypay-card.co.jp "
	    "paypay-sec.co.jp" },
	{ "jcb jcbカード", PURSE, "jcb.co.jp jcb.jp jcbcorporate.com "
	    "jcbusa.com jcb.com jcb.global" },
	{ "visa", TOPIC | PURSE, "visa.co.jp visa.com visaeurope.com" },
	{ "mastercard マスターカード", NEAR | COUNTRY | PURSE,
	    "mastercard.com mastercardcenter.org" },
	{ "americanexpress aexp "
	    "アメリカン・エキスプレス", NEAR | COUNTRY | PURSE,
	    "americanexpress.com aexp.com aexp-static.com amextravel.com "
	    "membershiprewards.com" },
	{ "saisoncard セゾンカード", NEAR | PURSE, "saisoncard.co.jp" },
	{ "eposcard エポスカード", NEAR | PURSE, "eposcard.co.jp" },
	{ "orico オリコカード", PURSE, "orico.co.jp orico.jp" },
	{ "cedyna", NEAR | PURSE, "cedyna.co.jp" },
	{ "viewcard ビューカード", NEAR | PURSE, "viewcard.co.jp viewsnet.jp" },
	{ "smbc vpass 三井住友カード 三井住友銀行 smbc日興証券", PURSE,
	    "smbc-card.com smbc.co.jp vpass.ne.jp smbcnikko.co.jp "
	    "smbcgroup.com smbcfs.co.jp smbctb.co.jp promise.co.jp smfg.co.jp "
	    "smbc.com" },
	/* Banks and securities. */
	{ "mufg 三菱ufj銀行 三菱ufjニコス", PURSE, "mufg.jp mufgcard.com "
	    "mufgamericas.com mufgsec.com mufgunionbank.com mun.co.jp" },
	{ "ufjcard", PURSE, "mufgcard.com" },
	{ "mizuhobank", NEAR | PURSE, "mizuhobank.co.jp" },
	{ "mizuho みずほ銀行 みずほ証券", PURSE, "mizuho-fg.co.jp "
	    "mizuhobank.co.jp mizuho-sc.com mizuho-tb.co.jp mizuhogroup.com "
	    "mizuho-ls.co.jp mizuho-ir.co.jp mizuho-rt.co.jp mizuho-msusa.com "
	    "mizuhoamericas.com mizuhoemea.com" },
	{ "resonabank りそな銀行", NEAR | PURSE, "resonabank.co.jp "
	    "resona-gr.co.jp" },
	{ "jibunbank", NEAR | PURSE, "jibunbank.co.jp" },
	{ "netbk", PURSE, "netbk.co.jp" },
	{ "shinseibank", NEAR | PURSE, "shinseibank.com sbishinseibank.co.jp" },
	{ "sevenbank セブン銀行", NEAR | PURSE, "sevenbank.co.jp" },
	{ "sbisec sbi証券", PURSE, "sbisec.co.jp sbigroup.co.jp" },
	{ "nomura 野村證券 野村証券", TOPIC | PURSE | SURNAME, "nomura.co.jp "
	    "nomura.com nomuraholdings.com nomura-am.co.jp nomura-re.co.jp" },
	{ "daiwa 大和証券", TOPIC | PURSE | SURNAME, "daiwa.jp daiwa-grp.jp" },
	{ "monex マネックス証券", PURSE, "monex.co.jp monexgroup.jp" },
	{ "matsui 松井証券", TOPIC | PURSE | SURNAME, "matsui.co.jp" },
	{ "bitflyer", NEAR | PURSE, "bitflyer.com bitflyer.jp" },
	{ "coincheck", NEAR | PURSE, "coincheck.com coincheck.jp" },
	{ "binance", PURSE, "binance.com binance.org binance.us "
	    "bnbstatic.com" },
	{ "coinbase", NEAR | PURSE, "coinbase.com" },
	{ "metamask", NEAR | PURSE, "metamask.io" },
	{ "trustwallet", NEAR | PURSE, "trustwallet.com" },
	{ "bankofamerica", NEAR | PURSE, "bankofamerica.com bofa.com bac.com "
	    "bofaml.com bofasecurities.com" },
	{ "wellsfargo", NEAR | PURSE, "wellsfargo.com wf.com "
	    "wellsfargoemail.com wellsfargorewards.com" },
	{ "hsbc", PURSE, "hsbc.com hsbc.co.uk hsbc.com.hk hsbcnet.com "
	    "hsbc.co.jp hsbc.fr hsbc.ca hsbc.com.mx" },
	{ "santander", TOPIC | COUNTRY | PURSE | SURNAME, "santander.com "
	    "santander.co.uk santanderconsumer.de bancosantander.es" },
	{ "bradesco", NEAR | PURSE, "bradesco.com.br bradescoseguros.com.br "
	    "banco.bradesco" },
	{ "itau", PURSE, "itau.com.br itau.com itau-unibanco.com.br" },
	{ "barclays", COUNTRY | PURSE, "barclays.co.uk barclays.com "
	    "barclaycard.co.uk" },
	{ "chase", TOPIC | PURSE | SURNAME, "chase.com jpmorganchase.com "
	    "jpmorgan.com" },
	{ "citibank", NEAR | COUNTRY | PURSE, "citibank.com citi.com "
	    "citicards.com citibankonline.com citigroup.com" },
	{ "capitalone", NEAR | PURSE, "capitalone.com capitaloneshopping.com "
	    "capitalone360.com capitaloneemail.com capitaloneonline.co.uk "
	    "capitalonetravel.com" },
	{ "natwest", NEAR | PURSE, "natwest.com natwestgroup.com" },
	{ "rabobank", NEAR | COUNTRY | PURSE, "rabobank.nl rabobank.com" },
	{ "abnamro", NEAR | COUNTRY | PURSE, "abnamro.nl abnamro.com" },
	{ "sparkasse", TOPIC | PURSE, "sparkasse.de sparkasse.at "
	    "service-sparkasse.de s-fp.de" },
	{ "commerzbank", NEAR | COUNTRY | PURSE, "commerzbank.de "
	    "commerzbank.com" },
	{ "revolut", NEAR | PURSE, "revolut.com revolut.me" },
	{ "mercadopago mercadolivre mercadolibre", NEAR | COUNTRY | PURSE,
	    "mercadopago.com mercadolibre.com mercadolivre.com "
	    "mercadopago.com.br mercadolivre.com.br mercadolibre.com.ar "
	    "mlstatic.com mercadoshops.com mercadolibre.com.mx" },
	{ "ledger", TOPIC | PURSE | SURNAME, "ledger.com ledgerwallet.com" },
	{ "trezor", PURSE, "trezor.io satoshilabs.com" },
	{ "kraken", TOPIC | PURSE | SURNAME, "kraken.com krakenfx.com" },
	{ "ripple", TOPIC | PURSE, "ripple.com xrpl.org" },
	/* Posts and parcels. */
	{ "correios", SURNAME, "correios.com.br" },
	{ "chronopost", NEAR, "chronopost.fr chronopost.com" },
	{ "laposte", NEAR, "laposte.fr laposte.net lapostemobile.fr" },
	{ "royalmail", NEAR, "royalmail.com" },
	{ "bpost", 0, "bpost.be bpostbank.be bpost.com" },
	{ "postnl", 0, "postnl.nl postnl.com postnl.be" },
	{ "japanpost jppost 日本郵便 ゆうちょ銀行", NEAR, "japanpost.jp" },
	{ "sagawa 佐川急便", SURNAME, "sagawa-exp.co.jp" },
	{ "kuronekoyamato ヤマト運輸 クロネコヤマト", NEAR,
	    "kuronekoyamato.co.jp yamato-hd.co.jp" },
	{ "yamato", TOPIC | SURNAME, "kuronekoyamato.co.jp yamato-hd.co.jp" },
	{ "fedex", COUNTRY, "fedex.com fedexoffice.com" },
	{ "dhl", COUNTRY, "dhl.com dhl.de dhlparcel.co.uk dhlparcel.nl "
	    "dhlecommerce.com" },
	{ "usps", 0, "usps.com" },
	{ "correos", TOPIC, "correos.es correos.cl correos.go.cr" },
	/* Telephone and networks. */
	{ "docomo ドコモ nttドコモ", NEAR, "docomo.ne.jp nttdocomo.co.jp "
	    "nttdocomo.com docomo-cs.co.jp" },
	{ "kddi auone", 0, "kddi.com au.com auone.jp kddi.jp ezweb.ne.jp "
	    "au-payment.co.jp kddievolva.com au-sonpo.co.jp auone-net.jp" },
	{ "softbank ソフトバンク", NEAR, "softbank.jp softbank.ne.jp "
	    "softbank.co.jp softbankhawks.co.jp softbanktech.co.jp "
	    "softbankpaymentservice.co.jp softbankrobotics.com "
	    "softbankselection.jp softbank.com softbankgroup.com" },
	{ "eki-net ekinet えきねっと", NEAR, "eki-net.com jreast.co.jp" },
	{ "smart-ex smartex", 0, "smart-ex.jp expy.jp" },
	{ "etc-meisai etc利用照会サービス", NEAR, "etc-meisai.jp" },
	{ "nhk 日本放送協会", TOPIC, "nhk.or.jp nhk.jp" },
	{ "tepco 東京電力", 0, "tepco.co.jp tepco-ep.co.jp" },
	/* The state. */
	{ "e-tax etax 国税庁", PURSE, "nta.go.jp" },
	{ "mynumbercard mynaportal", NEAR | PURSE, "myna.go.jp "
	    "kojinbango-card.go.jp soumu.go.jp" },
	/* Computers and accounts. */
	{ "apple アップル", TOPIC | COUNTRY, "apple.com icloud.com me.com "
	    "mac.com apple.news apple.co icloud-content.com cdn-apple.com "
	    "applepay.com applemusic.com apple-mapkit.com apple-cloudkit.com "
	    "apple-dns.net mzstatic.com aaplimg.com beatsbydre.com "
	    "apple-livephotoskit.com" },
	{ "appleid", 0, "apple.com icloud.com" },
	{ "icloud", 0, "icloud.com icloud-content.com icloud.com.cn" },
	{ "microsoft", NEAR | TOPIC | COUNTRY, "microsoft.com "
	    "microsoftonline.com microsoft.net live.com office.com "
	    "office365.com outlook.com windows.net windows.com "
	    "microsoftonline-p.com microsoftonline-p.net microsoft365.com "
	    "microsoftrewards.com microsoftemail.com microsoftstore.com "
	    "onmicrosoft.com microsoftadvertising.com microsoftcrmportals.com "
	    "msn.com sharepoint.com bing.com microsoftusercontent.com "
	    "microsoftedgeinsider.com xbox.com hotmail.com skype.com azure.com "
	    "linkedin.com microsoftteams.com" },
	{ "office365", NEAR, "office365.com office.com microsoft.com" },
	{ "onedrive", NEAR | TOPIC, "onedrive.com live.com" },
	{ "sharepoint", TOPIC, "sharepoint.com sharepointonline.com "
	    "microsoft.com" },
	{ "outlook", OUTSIDE | TOPIC | COUNTRY | SURNAME, "outlook.com "
	    "office.com" },
	{ "google", NEAR | TOPIC | COUNTRY, "google.com googleapis.com "
	    "gstatic.com googleusercontent.com googlemail.com gmail.com "
	    "google.dev google.org google.ai goo.gl googlegroups.com "
	    "googlevideo.com googleadservices.com googlesyndication.com "
	    "googletagmanager.com googleblog.com google-analytics.com "
	    "googletagservices.com googlesource.com googlecode.com "
	    "googledomains.com googleplex.com withgoogle.com googlecloud.com" },
	{ "gmail", TOPIC, "gmail.com googlemail.com google.com" },
	{ "yahoo ヤフー", TOPIC | COUNTRY, "yahoo.co.jp yahoo.com yimg.jp "
	    "yimg.com yahooapis.jp yahooinc.com yahoo.net yahoodns.net "
	    "yahooapis.com yahoo-inc.com yahoogroups.com yahoomail.com "
	    "yahoo.ne.jp yjtag.jp yahoo-help.jp" },
	{ "adobe", TOPIC, "adobe.com adobe.io adobedtm.com adobeexchange.com "
	    "adobe-campaign.com" },
	{ "protonmail", NEAR, "protonmail.com proton.me protonmail.ch "
	    "proton.ch pm.me" },
	{ "docusign", NEAR | COUNTRY, "docusign.com docusign.net" },
	{ "dropbox", NEAR | TOPIC, "dropbox.com dropboxusercontent.com "
	    "dropboxstatic.com dropboxmail.com dropboxapi.com dropbox.tech" },
	{ "mcafee", NEAR, "mcafee.com mcafeesecure.com" },
	{ "norton", TOPIC | SURNAME, "norton.com nortonlifelock.com" },
	/* Films, music, people. */
	{ "youtube", TOPIC | COUNTRY | PLACE, "youtube.com youtu.be "
	    "ytimg.com" },
	{ "netflix ネットフリックス", NEAR, "netflix.com netflix.net "
	    "nflximg.com nflximg.net nflxext.com nflxso.net nflxvideo.net "
	    "netflix.shop netflixinvestor.com netflixtechblog.com" },
	{ "spotify", NEAR | TOPIC | PLACE, "spotify.com scdn.co spotifycdn.com "
	    "byspotify.com spotify.link atspotify.com" },
	{ "disneyplus", NEAR, "disneyplus.com disney-plus.net" },
	{ "facebook", NEAR | TOPIC | PLACE, "facebook.com facebookmail.com "
	    "fb.com fb.me fbcdn.net fbsbx.com facebook.net facebookbrand.com "
	    "meta.com" },
	{ "instagram", NEAR | TOPIC | PLACE, "instagram.com cdninstagram.com "
	    "ig.me instagram-press.com" },
	{ "whatsapp", NEAR | TOPIC | PLACE, "whatsapp.com whatsapp.net wa.me" },
	{ "telegram", TOPIC | SURNAME | PLACE, "telegram.org telegram.me t.me "
	    "telegram.dog" },
	{ "linkedin", NEAR | TOPIC | PLACE, "linkedin.com licdn.com lnkd.in "
	    "linkedin-ei.com" },
	{ "twitter", NEAR | TOPIC | PLACE, "twitter.com twimg.com t.co x.com" },
	{ "line", TOPIC | SURNAME, "line.me line-apps.com line.naver.jp "
	    "line-scdn.net line.biz linecorp.com lycorp.co.jp line-works.com" },
	/* Others who only happen to be spelled nearly so. */
	{ "", 0, "amazone.de amazone.com amazone.fr mastercam.com civibank.com "
	    "civibank.it metamark.net prontomail.com" },
	{ NULL, 0, NULL },
};
/* clang-format on */
