#include "libhisho/links/brand.h"

#include <stddef.h>

#define NEAR HISHO_BRAND_NEAR
#define TOPIC HISHO_BRAND_TOPIC
#define COUNTRY HISHO_BRAND_COUNTRY
#define OUTSIDE HISHO_BRAND_OUTSIDE
#define PURSE HISHO_BRAND_PURSE

/* Of each every domain that is known to be its own, so that none of them
 * passes for a forgery: shops abroad, mail, pictures, short links, cards. */
const HishoBrand hisho_brands[] = {
	/* Shops and markets. */
	{ "amazon", NEAR | COUNTRY,
	    "amazon.co.jp amazon.com amazonaws.com amazon.in amazon.dev "
	    "media-amazon.com ssl-images-amazon.com images-amazon.com "
	    "amazonpay.com amazonses.com amazontrust.com amazon-adsystem.com "
	    "amazonmusic.com amazonvideo.com amazon.jobs amazon.science "
	    "amazon.careers amazongames.com amazonbusiness.com amazon.work "
	    "amazonappservices.com amazoncognito.com amazonworkspaces.com "
	    "amazonrobotics.com amazonsmile.com amazonalexa.com "
	    "amazon-corp.com "
	    "amazonauthor.com amazonbrowserapp.com amazonfresh.com "
	    "amazonstudios.com amazonsupply.com awsapps.com amzn.to amzn.com "
	    "amzn.asia a2z.com primevideo.com audible.co.jp audible.com "
	    "aboutamazon.com aboutamazon.jp" },
	{ "rakuten", NEAR | COUNTRY,
	    "rakuten.co.jp rakuten.com rakuten.ne.jp rakuten.jp rakuten.today "
	    "rakuten-card.co.jp rakuten-bank.co.jp rakuten-sec.co.jp "
	    "rakuten-sec.net rakuten-edy.co.jp rakuten-insurance.co.jp "
	    "rakuten-life.co.jp rakuten-static.com rakuten-mobile.jp "
	    "rakuten-trade.co.jp rakuten-wallet.co.jp rakuten-pay.co.jp "
	    "rakuten-toto.jp rakuten-ssi.co.jp rakuten-drone.co.jp "
	    "rakuten-kc.co.jp rakuten-iflife.co.jp rakuten-med.com "
	    "rakuteneagles.jp rakutenkobo.com rakutenmarketing.com "
	    "rakutenadvertising.com rakutenadvertising.io rakuten.tv "
	    "rakuten-toushin.co.jp rakuten-securities.co.jp r10s.jp r10s.com "
	    "rakuten-communications.co.jp rakuten-energy.co.jp "
	    "rakutentravel.com rakutenpay.co.jp rakuten-id.co.jp" },
	{ "mercari", NEAR | COUNTRY,
	    "mercari.com mercari.jp mercari-shops.com mercaristatic.com "
	    "merpay.com mercari.tw" },
	{ "yodobashi", NEAR, "yodobashi.com" },
	{ "biccamera", NEAR, "biccamera.com biccamera.co.jp" },
	{ "aeon", 0,
	    "aeon.co.jp aeoncard.co.jp aeonbank.co.jp aeon.info aeon.jp "
	    "aeonsquare.net aeonretail.jp aeonmall.com aeon-mall.jp "
	    "aeonmarket.co.jp aeonnetshop.com aeoncinema.com aeonpet.com "
	    "aeonshop.com aeoncredit.co.jp aeoncredit.com.my aeon-hokkaido.jp "
	    "aeonfinancial.co.jp aeonproduct.co.jp aeonpay.jp aeontown.co.jp "
	    "aeonet.co.jp" },
	{ "ebay", TOPIC | COUNTRY,
	    "ebay.com ebayimg.com ebaystatic.com ebayinc.com ebay.co.jp "
	    "ebaydesc.com ebayrtm.com ebaymainstreet.com" },
	{ "alibaba", NEAR,
	    "alibaba.com alibaba-inc.com alibabacloud.com "
	    "alibabagroup.com aliexpress.com alicdn.com" },
	/* Payment and cards. */
	{ "paypal", NEAR | COUNTRY | PURSE,
	    "paypal.com paypalobjects.com paypal.me paypalcorp.com "
	    "paypal-communication.com paypal-community.com paypal.co.jp "
	    "paypal-mktg.com paypal-search.com paypal-brandcentral.com "
	    "paypal-business.com paypal-gifts.com paypal-experience.com "
	    "paypal-prepaid.com paypal-marketing.com paypal-exchanges.com "
	    "paypal-corp.com paypalinc.com paypal-labs.com" },
	{ "paypay", NEAR | PURSE,
	    "paypay.ne.jp paypay-bank.co.jp paypay-card.co.jp paypay-sec.co.jp "
	    "paypayfleamarket.yahoo.co.jp paypay.jp paypay-corp.co.jp "
	    "paypay-am.co.jp paypay-insurance.co.jp" },
	{ "jcb", PURSE,
	    "jcb.co.jp jcb.jp jcbcorporate.com jcbusa.com jcb.com "
	    "jcb.global jcbcard.com jcbbrandvisit.com jcbeurope.eu" },
	{ "visa", TOPIC | PURSE, "visa.co.jp visa.com visaeurope.com" },
	{ "mastercard", NEAR | COUNTRY | PURSE,
	    "mastercard.com mastercard.co.jp "
	    "mastercardservices.com mastercardbiz.com mastercardcenter.org" },
	{ "americanexpress aexp", NEAR | COUNTRY | PURSE,
	    "americanexpress.com americanexpress.co.jp aexp.com amex.co.jp "
	    "aexp-static.com amexmail.com amextravel.com membershiprewards.com "
	    "americanexpress-news.com" },
	{ "saisoncard", NEAR | PURSE,
	    "saisoncard.co.jp saisoncard.com saison.co.jp" },
	{ "eposcard", NEAR | PURSE, "eposcard.co.jp eposcard.com" },
	{ "orico", PURSE, "orico.co.jp orico.jp oricofoundation.or.jp" },
	{ "cedyna", NEAR | PURSE, "cedyna.co.jp" },
	{ "viewcard", NEAR | PURSE, "viewcard.co.jp viewsnet.jp" },
	{ "smbc vpass", PURSE,
	    "smbc-card.com smbc.co.jp vpass.ne.jp smbcnikko.co.jp "
	    "smbcgroup.com "
	    "smbcfs.co.jp smbc-cf.com smbcaim.co.jp smbctb.co.jp smbc-fs.co.jp "
	    "smbcgp.co.jp smbc-gp.co.jp smbcdi.co.jp smbc-cashcard.jp "
	    "smbc-consumerfinance.co.jp smbc-mobit.co.jp promise.co.jp "
	    "smbc-comics.com smbcnikkosec.co.jp smbcmobit.co.jp smfg.co.jp "
	    "smbcgroup.co.jp smbcrewards.jp smbc.com smbcindiacredit.com "
	    "smbcbank.com.cn smbctrust.co.jp smbcleasing.com "
	    "smbcmanubank.com" },
	/* Banks and securities. */
	{ "mufg", PURSE,
	    "mufg.jp mufgcard.com mufgamericas.com mufgbank.com mufg-gf.com "
	    "mufgsec.com mufgemea.com mufgunionbank.com mufg-jp.com mun.co.jp "
	    "mufg.co.jp mufginvestorservices.com mufgtrustbank.co.jp" },
	{ "ufjcard", PURSE, "cr.mufg.jp mufgcard.com ufjcard.com" },
	{ "mizuhobank", NEAR | PURSE, "mizuhobank.co.jp mizuhobank.com" },
	{ "mizuho", PURSE,
	    "mizuho-fg.co.jp mizuhobank.co.jp mizuho-sc.com mizuho-tb.co.jp "
	    "mizuhogroup.com mizuho-ls.co.jp mizuho-ir.co.jp mizuho-rt.co.jp "
	    "mizuho-msusa.com mizuho.com mizuhoamericas.com mizuhobank.com "
	    "mizuhoemea.com mizuho-re.co.jp mizuhoosi.com mizuho-fg.com" },
	{ "resonabank", NEAR | PURSE,
	    "resonabank.co.jp resona-gr.co.jp resona-card.co.jp" },
	{ "jibunbank", NEAR | PURSE, "jibunbank.co.jp" },
	{ "netbk", PURSE, "netbk.co.jp" },
	{ "shinseibank", NEAR | PURSE, "shinseibank.com sbishinseibank.co.jp" },
	{ "sevenbank", NEAR | PURSE, "sevenbank.co.jp" },
	{ "sbisec", PURSE, "sbisec.co.jp sbigroup.co.jp sbisec.com" },
	{ "nomura", TOPIC | PURSE,
	    "nomura.co.jp nomura.com nomuraholdings.com nomura-am.co.jp "
	    "nomura-re.co.jp nomura-trust.co.jp nomuranow.com" },
	{ "daiwa", TOPIC | PURSE,
	    "daiwa.jp daiwa.co.jp daiwatv.jp daiwa-grp.jp" },
	{ "monex", PURSE, "monex.co.jp monex.com monexgroup.jp" },
	{ "matsui", TOPIC | PURSE, "matsui.co.jp" },
	{ "bitflyer", NEAR | PURSE, "bitflyer.com bitflyer.jp" },
	{ "coincheck", NEAR | PURSE, "coincheck.com coincheck.jp" },
	{ "binance", PURSE,
	    "binance.com binance.org binance.us binance.je binance.vision "
	    "binance.cloud binance.info binance.charity binancezh.com "
	    "binancefuture.com bnbstatic.com binance.co.jp" },
	{ "coinbase", NEAR | PURSE,
	    "coinbase.com coinbasepro.com coinbase.cloud" },
	{ "metamask", NEAR | PURSE, "metamask.io metamask.zendesk.com" },
	{ "trustwallet", NEAR | PURSE, "trustwallet.com" },
	{ "bankofamerica", NEAR | PURSE,
	    "bankofamerica.com bofa.com bac.com "
	    "bofaml.com bofasecurities.com bankofamericaimages.com" },
	{ "wellsfargo", NEAR | PURSE,
	    "wellsfargo.com wf.com wellsfargoemail.com "
	    "wellsfargoadvisors.com wellsfargorewards.com" },
	{ "hsbc", PURSE,
	    "hsbc.com hsbc.co.uk hsbc.com.hk hsbcnet.com "
	    "hsbcprivatebank.com hsbc.co.jp hsbc.fr hsbc.ca hsbc.com.mx" },
	{ "santander", TOPIC | COUNTRY | PURSE,
	    "santander.com santander.co.uk "
	    "santanderbank.com santanderconsumer.de bancosantander.es" },
	{ "bradesco", NEAR | PURSE,
	    "bradesco.com.br bradescoseguros.com.br "
	    "bradescobank.com banco.bradesco bradescocartoes.com.br" },
	{ "itau", PURSE, "itau.com.br itau.com itau-unibanco.com.br" },
	{ "barclays", COUNTRY | PURSE,
	    "barclays.co.uk barclays.com "
	    "barclaycard.co.uk barclaycardus.com barclaysus.com" },
	{ "chase", TOPIC | PURSE,
	    "chase.com jpmorganchase.com "
	    "chasepaymentech.com jpmorgan.com" },
	{ "citibank", NEAR | COUNTRY | PURSE,
	    "citibank.com citi.com "
	    "citicards.com citigroup.com citibankonline.com" },
	{ "capitalone", NEAR | PURSE,
	    "capitalone.com capitaloneshopping.com "
	    "capitalonetravel.com capitalonebooking.com" },
	{ "natwest", NEAR | PURSE, "natwest.com natwestgroup.com" },
	{ "rabobank", NEAR | COUNTRY | PURSE, "rabobank.nl rabobank.com" },
	{ "abnamro", NEAR | COUNTRY | PURSE, "abnamro.nl abnamro.com" },
	{ "sparkasse", TOPIC | PURSE, "sparkasse.de sparkasse.at s-fp.de" },
	{ "commerzbank", NEAR | COUNTRY | PURSE,
	    "commerzbank.de "
	    "commerzbank.com" },
	{ "revolut", NEAR | PURSE, "revolut.com revolut.me" },
	{ "mercadopago mercadolivre mercadolibre", NEAR | COUNTRY | PURSE,
	    "mercadopago.com mercadolibre.com mercadolivre.com "
	    "mercadopago.com.br mercadolivre.com.br mercadolibre.com.ar "
	    "mlstatic.com mercadoshops.com mercadolibre.com.mx" },
	{ "ledger", TOPIC | PURSE, "ledger.com ledgerwallet.com" },
	{ "trezor", PURSE, "trezor.io satoshilabs.com" },
	{ "kraken", TOPIC | PURSE, "kraken.com krakenfx.com" },
	{ "ripple", TOPIC | PURSE, "ripple.com xrpl.org" },
	/* Posts and parcels. */
	{ "correios", 0, "correios.com.br" },
	{ "chronopost", NEAR, "chronopost.fr chronopost.com" },
	{ "laposte", NEAR,
	    "laposte.fr laposte.net laposte.com "
	    "lapostemobile.fr lapostegroupe.com" },
	{ "royalmail", NEAR,
	    "royalmail.com royalmail.co.uk "
	    "royalmailgroup.com" },
	{ "bpost", 0, "bpost.be bpost.com" },
	{ "postnl", 0, "postnl.nl postnl.com postnl.be" },
	{ "japanpost jppost", NEAR,
	    "japanpost.jp japanpost.co.jp jp-bank.japanpost.jp japanpost.com "
	    "jppost.jp japanpost-holdings.co.jp jp-life.japanpost.jp "
	    "jp-network.japanpost.jp" },
	{ "sagawa", 0,
	    "sagawa-exp.co.jp sagawa-sgx.com sagawa-fin.co.jp sagawa.co.jp "
	    "sagawa-mov.co.jp sagawa-exp.com sagawa-logi.com sagawa-gl.com" },
	{ "kuronekoyamato", NEAR,
	    "kuronekoyamato.co.jp yamato-hd.co.jp yamatofinancial.jp "
	    "kuroneko.asia yamatosysdev.co.jp kuronekoyamato.com" },
	{ "yamato", TOPIC,
	    "kuronekoyamato.co.jp yamato-hd.co.jp "
	    "yamato-credit-finance.co.jp yamatofinancial.jp" },
	{ "fedex", COUNTRY,
	    "fedex.com fedex.jp fedexinmotion.com "
	    "fedexfield.com fedexoffice.com fedexforum.com" },
	{ "dhl", COUNTRY,
	    "dhl.com dhl.de dhlparcel.co.uk dhl.co.jp "
	    "dhlparcel.nl dhlecommerce.com dhl-news.com dhlglobalmail.com" },
	{ "usps", 0, "usps.com usps.gov usps.org" },
	{ "correos", TOPIC, "correos.es correos.com correos.cl correos.go.cr" },
	/* Telephone and networks. */
	{ "docomo", NEAR,
	    "docomo.ne.jp nttdocomo.co.jp nttdocomo.com docomo.jp "
	    "docomo-cs.co.jp "
	    "docomo-cycle.jp docomopro.com docomo-de.net docomo.com "
	    "docomo-insurance.co.jp docomopacific.com docomo-dx.jp "
	    "docomobusiness.com mydocomo.com docomodigital.com "
	    "smt.docomo.ne.jp "
	    "docomo-systems.co.jp docomo-sys.co.jp docomo-mirai.co.jp" },
	{ "kddi auone", 0,
	    "kddi.com au.com auone.jp kddi.jp ezweb.ne.jp au-payment.co.jp "
	    "kddi-web.com kddi-research.jp kddievolva.com kddimatomete.com "
	    "kddi-fs.com kddi-sonpo.co.jp au-sonpo.co.jp kddi.ne.jp "
	    "kddi-dx.com "
	    "kddicf.jp kddia.com kddi-dl.co.jp kddi-tech.com kddi-sangyo.co.jp "
	    "auone-net.jp aupay.co.jp" },
	{ "softbank", NEAR,
	    "softbank.jp softbank.ne.jp softbank.co.jp softbankhawks.co.jp "
	    "softbanktech.co.jp softbankpaymentservice.co.jp sbpayment.jp "
	    "softbankrobotics.com softbankselection.jp softbankbb.co.jp "
	    "softbank-ir.com softbankvisionfund.com softbanktelecom.co.jp "
	    "softbank.com softbankgroup.com softbankmobile.co.jp" },
	{ "eki-net ekinet", NEAR,
	    "eki-net.com jreast.co.jp eki-net.ne.jp ekinet.com" },
	{ "smart-ex smartex", 0, "smart-ex.jp expy.jp" },
	{ "etc-meisai", NEAR, "etc-meisai.jp" },
	{ "nhk", TOPIC,
	    "nhk.or.jp nhk.jp nhk-ep.co.jp nhk-ondemand.jp nhk-sc.or.jp "
	    "nhk-book.co.jp nhkworld.jp nhk-cs.jp nhk-p.co.jp nhkspg.co.jp" },
	{ "tepco", 0, "tepco.co.jp tepco-ep.co.jp tepcosystems.co.jp" },
	/* The state. */
	{ "e-tax etax", PURSE, "nta.go.jp" },
	{ "mynumbercard mynaportal", NEAR | PURSE,
	    "myna.go.jp kojinbango-card.go.jp "
	    "mynumbercard.point.soumu.go.jp soumu.go.jp" },
	/* Computers and accounts. */
	{ "apple", TOPIC | COUNTRY,
	    "apple.com icloud.com me.com mac.com apple.news apple.co "
	    "icloud-content.com cdn-apple.com applemusic.com appleid.com "
	    "apple-mapkit.com apple-cloudkit.com apple-dns.net apple-pay.com "
	    "applepay.com mzstatic.com itunes.com aaplimg.com beatsbydre.com "
	    "apple-livephotoskit.com apple-relay.com appleinsider.com "
	    "applestore.com applecard.com applecard.apple" },
	{ "icloud", 0, "icloud.com icloud-content.com icloud.com.cn" },
	{ "microsoft", NEAR | TOPIC | COUNTRY,
	    "microsoft.com microsoftonline.com microsoft.net live.com "
	    "office.com office365.com outlook.com windows.net windows.com "
	    "microsoftonline-p.com microsoftonline-p.net microsoftstream.com "
	    "microsoft365.com microsoftemail.com microsoftstore.com "
	    "onmicrosoft.com microsofttranslator.com microsoftadvertising.com "
	    "microsofticm.com microsoftcrmportals.com microsoftedge.com "
	    "microsoftlinc.com microsoftsqlserver.com microsoft.jp msn.com "
	    "microsoftalumni.com microsoftevents.com sharepoint.com bing.com "
	    "microsoft-int.com microsoftedu.com microsoftusercontent.com "
	    "microsoftedgeinsider.com microsoftazuread-sso.com xbox.com "
	    "hotmail.com skype.com azure.com linkedin.com "
	    "microsoft365insider.com "
	    "microsoftteams.com" },
	{ "office365", NEAR,
	    "office365.com office.com microsoft.com "
	    "office365.us" },
	{ "onedrive", NEAR | TOPIC, "onedrive.com live.com" },
	{ "sharepoint", TOPIC,
	    "sharepoint.com sharepointonline.com "
	    "microsoft.com sharepoint.cn" },
	{ "outlook", OUTSIDE | TOPIC | COUNTRY,
	    "outlook.com office.com outlookmobile.com "
	    "outlookgroups.com" },
	{ "google", NEAR | TOPIC | COUNTRY,
	    "google.com googleapis.com gstatic.com googleusercontent.com "
	    "googlemail.com gmail.com google.dev google.org google.ai goo.gl "
	    "googlegroups.com googlevideo.com googleadservices.com youtube.com "
	    "googlesyndication.com googletagmanager.com googleblog.com "
	    "google-analytics.com googletagservices.com googlesource.com "
	    "googleweblight.com googlebot.com googlecode.com googledomains.com "
	    "googleplay.com googlestore.com googleoptimize.com googlefiber.net "
	    "googlecommerce.com googledrive.com googleearth.com google.net "
	    "googleplex.com googlezip.net withgoogle.com googlehosted.com "
	    "googlecloud.com googlecapital.com googlepress.com googlers.com "
	    "googlescholar.com googlepages.com googlelabs.com googlemaps.com" },
	{ "gmail", TOPIC, "gmail.com googlemail.com google.com" },
	{ "yahoo", TOPIC | COUNTRY,
	    "yahoo.co.jp yahoo.com yimg.jp yimg.com yahooapis.jp yahooinc.com "
	    "yahoo.net yahoodns.net yahoosandbox.com yahooapis.com "
	    "yahoo-inc.com yahoo-mail.jp yahoo-email.com yahoobrandcenter.com "
	    "yahoogroups.com yahoogroups.jp yahooshopping.com yahoomail.com "
	    "yahoo-leb.net yahoo-net.jp yahoo.ne.jp yahoofs.jp yjtag.jp "
	    "yahoocdn.com yahoonewsdigest.com yahoogames.com yahoobb.jp "
	    "yahoo-help.jp" },
	{ "adobe", TOPIC,
	    "adobe.com adobe.io adobelogin.com adobesign.com "
	    "adobecc.com adobedtm.com adobess.com adobeprojectm.com "
	    "adobeexchange.com adobe-campaign.com adobe-services.com" },
	{ "protonmail", NEAR,
	    "protonmail.com proton.me protonmail.ch "
	    "proton.ch pm.me" },
	{ "docusign", NEAR | COUNTRY,
	    "docusign.com docusign.net "
	    "docusign.jp" },
	{ "dropbox", NEAR | TOPIC,
	    "dropbox.com dropboxusercontent.com dropboxstatic.com "
	    "dropboxmail.com dropboxapi.com dropbox.tech dropboxforum.com "
	    "dropboxbusiness.com dropboxpartners.com dropboxcaptcha.com" },
	{ "mcafee", NEAR,
	    "mcafee.com mcafee-mail.com mcafeesecure.com "
	    "mcafeeemail.com" },
	{ "norton", TOPIC,
	    "norton.com nortonlifelock.com nortonrose.com "
	    "norton360.com" },
	/* Films, music, people. */
	{ "netflix", NEAR,
	    "netflix.com netflix.net nflximg.com nflximg.net nflxext.com "
	    "nflxso.net nflxvideo.net netflix.shop netflixinvestor.com "
	    "netflixtechblog.com netflixhouse.com netflixpartners.com "
	    "netflixjunkie.com netflixprize.com" },
	{ "spotify", NEAR | TOPIC,
	    "spotify.com scdn.co spotifycdn.com byspotify.com spotify.link "
	    "spotifyforbrands.com spotifycharts.com atspotify.com" },
	{ "disneyplus", NEAR, "disneyplus.com disneyplus.jp" },
	{ "facebook", NEAR | TOPIC,
	    "facebook.com facebookmail.com fb.com fb.me fbcdn.net fbsbx.com "
	    "facebook.net facebookbrand.com meta.com facebookblueprint.com "
	    "facebookrecruiting.com facebookcareers.com facebook.design "
	    "facebookincubator.com facebookconnect.com facebookstudio.com" },
	{ "instagram", NEAR | TOPIC,
	    "instagram.com cdninstagram.com ig.me "
	    "instagram-press.com instagram-engineering.com" },
	{ "whatsapp", NEAR | TOPIC, "whatsapp.com whatsapp.net wa.me" },
	{ "telegram", TOPIC, "telegram.org telegram.me t.me telegram.dog" },
	{ "linkedin", NEAR | TOPIC,
	    "linkedin.com licdn.com lnkd.in "
	    "linkedin.cn linkedin-ei.com linkedinlabs.com" },
	{ "twitter", NEAR | TOPIC,
	    "twitter.com twimg.com t.co x.com "
	    "twitter.jp twittercommunity.com twitterinc.com" },
	{ "line", TOPIC,
	    "line.me line-apps.com line.naver.jp line-scdn.net "
	    "line.biz linecorp.com lycorp.co.jp linepay.jp line-works.com" },
	/* Others who only happen to be spelled nearly so. */
	{ "", 0,
	    "amazone.de amazone.com amazone.fr mastercam.com "
	    "prontomail.com" },
	{ NULL, 0, NULL },
};
