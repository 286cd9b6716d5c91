#include "libhisho/mail/domain.h"

#include <idn2.h>
#include <libpsl.h>
#include <string.h>

#define NAME_MAX_BYTES 253 /* RFC 1035 2.3.4, without the root */
#define LABEL_MAX_BYTES 63

/* No name that fits is longer in any encoding. */
#define INPUT_MAX_BYTES (NAME_MAX_BYTES * 16)

/* Suffixes below which a provider's customers live and that the Public Suffix
 * List of libpsl 0.21.2 lacks; "*." stands for one label, as there. */
static const char *const tenancies[] = {
	/* A company's own account at a service, which also sends mail. */
	"onmicrosoft.com", "sharepoint.com", "my.salesforce.com", "my.site.com",
	"zendesk.com", "freshdesk.com", "service-now.com", "atlassian.net",
	"cybozu.com", "kintone.com", "backlog.com", "backlog.jp",
	"powerappsportals.com", "microsoftcrmportals.com",
	/* Japanese web and mail hosting: the first address of a customer. */
	"sakura.ne.jp", "vs.sakura.ne.jp", "sakura.tv", "xsrv.jp", "wpx.jp",
	"wpxblog.jp", "php.xdomain.jp", "html.xdomain.jp", "wp.xdomain.jp",
	"starfree.jp", "lolipop.jp", "heteml.jp", "conohawing.com",
	"kagoya.net", "secure.ne.jp", "*.xrea.com", "*.coreserver.jp",
	"*.valueserver.jp",
	/* Japanese access providers: mail and web of customers, their lines. */
	"ocn.ne.jp", "so-net.ne.jp", "plala.or.jp", "asahi-net.or.jp",
	"dion.ne.jp", "dti.ne.jp", "eonet.ne.jp", "wakwak.com", "infoweb.ne.jp",
	"mesh.ad.jp", "bbtec.net",
	/* Reverse names of rented machines. */
	"vultrusercontent.com", "*.*.*.bc.googleusercontent.com",
	"*.cloudapp.azure.com", "contaboserver.net", "ip.secureserver.net",
	"hostwindsdns.com", "colocrossing.com", "hwsrv.net", "vps.ovh.net",
	"mydns.jp", "ddo.jp",
	/* Storage and pages of cloud providers. */
	"blob.core.windows.net", "*.web.core.windows.net", "azureedge.net",
	"azurefd.net", "s3.ap-northeast-1.amazonaws.com",
	"s3.us-west-2.amazonaws.com", "s3.eu-west-1.amazonaws.com",
	"amplifyapp.com", "*.aliyuncs.com", "*.*.myqcloud.com", "replit.app",
	"surge.sh", "ngrok-free.app",
	/* Sites, shops and blogs anybody can have for nothing. */
	"weebly.com", "wordpress.com", "webflow.io", "godaddysites.com",
	"square.site", "my.canva.site", "notion.site", "gitbook.io",
	"webnode.com", "webnode.jp", "webnode.page", "mystrikingly.com",
	"jimdofree.com", "jimdosite.com", "mybluehost.me",
	"websitebuilder.online", "myfreesites.net", "hubspotpagebuilder.com",
	"hs-sites.com", "clickfunnels.com", "mailchimpsites.com",
	"zohosites.com", "softr.app", "bubbleapps.io", "typeform.com",
	"myportfolio.com", "tilda.ws", "000webhostapp.com", "atwebpages.com",
	"infinityfreeapp.com", "epizy.com", "rf.gd", "tumblr.com",
	"substack.com", "livejournal.com", "typepad.com", "tistory.com",
	"hatenablog.com", "livedoor.blog", "blog.jp", "doorblog.jp",
	"exblog.jp", "cocolog-nifty.com", "seesaa.net", "sblo.jp",
	"blog.fc2.com", "web.fc2.com", "cart.fc2.com", "shop-pro.jp",
	"thebase.in", "stores.jp"
};

/* The length of the dot at P, 0 if there is none.  UTS 46 maps the three
 * others to the full stop. */
static size_t
dot_length(const char *p)
{
	static const char *const dots[] = {
		".", "\u3002", /* ideographic full stop */
		"\uff0e",      /* full-width full stop */
		"\uff61",      /* half-width ideographic full stop */
	};

	for (guint i = 0; i < G_N_ELEMENTS(dots); i++)
		if (g_str_has_prefix(p, dots[i]))
			return strlen(dots[i]);
	return 0;
}

/* Browsers take what IDNA 2008 refuses but UTS 46 does not: emoji, a hyphen at
 * the third and fourth place.  What is no single A-label then is refused. */
static char *
label_to_ascii_leniently(const char *label)
{
	g_autofree char *ascii = g_hostname_to_ascii(label);

	if (ascii == NULL || !g_str_has_prefix(ascii, "xn--") ||
	    strchr(ascii, '.') != NULL)
		return NULL;
	return g_steal_pointer(&ascii);
}

/* LABEL as A-label, or NULL.  Not of the locale: it is UTF-8 already. */
static char *
label_to_ascii(const char *label)
{
	char *converted = NULL;

	if (g_str_is_ascii(label))
		return g_ascii_strdown(label, -1);
	int status = idn2_to_ascii_8z(label, &converted, IDN2_NONTRANSITIONAL);
	if (status == IDN2_OK) {
		char *ascii = g_strdup(converted);
		idn2_free(converted);
		return ascii;
	}
	if (status == IDN2_DISALLOWED || status == IDN2_UNASSIGNED ||
	    status == IDN2_2HYPHEN || status == IDN2_HYPHEN_STARTEND)
		return label_to_ascii_leniently(label);
	return NULL;
}

/* Whether C may stand in a name: letters, digits and hyphen, and whatever
 * cannot be taken for the end of one in an address, a URL or a field. */
static bool
is_name_byte(char c)
{
	return g_ascii_isalnum(c) ||
	    (g_ascii_isgraph(c) && strchr("\"#%(),/:;<>?@[\\]^`|", c) == NULL);
}

/* The last label of an IPv4 address in any of the spellings of inet_aton(). */
static bool
ends_in_number(const char *ascii)
{
	const char *dot = strrchr(ascii, '.');
	const char *last = dot == NULL ? ascii : dot + 1;
	const char *digits = "0123456789";

	if (g_str_has_prefix(last, "0x")) {
		last += 2;
		digits = "0123456789abcdef";
	}
	return last[strspn(last, digits)] == '\0';
}

static bool
is_name(const char *ascii)
{
	size_t label_length = 0;
	const char *p;

	for (p = ascii; *p != '\0'; p++) {
		if (*p == '.' ? label_length == 0 : !is_name_byte(*p))
			return false;
		label_length = *p == '.' ? 0 : label_length + 1;
		if (label_length > LABEL_MAX_BYTES)
			return false;
	}
	return label_length > 0 && p - ascii <= NAME_MAX_BYTES &&
	    !ends_in_number(ascii);
}

/* Where the label that begins at P ends. */
static const char *
find_label_end(const char *p)
{
	while (*p != '\0' && dot_length(p) == 0)
		p++;
	return p;
}

/* The one spelling of a DOMAIN that has other letters than ASCII in it. */
static char *
labels_to_ascii(const char *domain)
{
	g_autoptr(GString) ascii = g_string_new(NULL);
	const char *p = domain;

	while (*p != '\0') {
		const char *end = find_label_end(p);
		g_autofree char *label = g_strndup(p, (gsize)(end - p));
		g_autofree char *converted = label_to_ascii(label);

		if (converted == NULL)
			return NULL;
		g_string_append(ascii, converted);
		p = end + dot_length(end);
		if (*p != '\0')
			g_string_append_c(ascii, '.');
	}
	return g_string_free(g_steal_pointer(&ascii), FALSE);
}

char *
hisho_domain_to_ascii(const char *domain)
{
	size_t length = strnlen(domain, INPUT_MAX_BYTES + 1);
	g_autofree char *ascii = NULL;

	if (length > INPUT_MAX_BYTES ||
	    !g_utf8_validate(domain, (gssize)length, NULL))
		return NULL;
	if (!g_str_is_ascii(domain))
		ascii = labels_to_ascii(domain);
	else if (g_str_has_suffix(domain, "."))
		ascii = g_ascii_strdown(domain, (gssize)length - 1);
	else
		ascii = g_ascii_strdown(domain, (gssize)length);
	return ascii != NULL && is_name(ascii) ? g_steal_pointer(&ascii) : NULL;
}

/* The U-label of LABEL if it has one, else a copy. */
static char *
label_to_unicode(const char *label)
{
	char *converted = NULL;

	if (!g_str_has_prefix(label, "xn--") ||
	    idn2_to_unicode_8z8z(label, &converted, 0) != IDN2_OK)
		return g_strdup(label);
	g_autofree char *back = label_to_ascii(converted);
	char *unicode =
	    g_strdup(g_strcmp0(back, label) == 0 ? converted : label);
	idn2_free(converted);
	return unicode;
}

char *
hisho_domain_to_unicode(const char *ascii)
{
	g_auto(GStrv) labels = g_strsplit(ascii, ".", -1);

	for (char **label = labels; *label != NULL; label++) {
		char *unicode = label_to_unicode(*label);
		g_free(*label);
		*label = unicode;
	}
	return g_strjoinv(".", labels);
}

/* The end of ASCII that has N labels; NULL if it has fewer. */
static const char *
last_labels(const char *ascii, guint n)
{
	const char *p = ascii + strlen(ascii);

	for (; p > ascii; p--)
		if (p[-1] == '.' && --n == 0)
			return p;
	return n <= 1 ? ascii : NULL;
}

static guint
count_labels(const char *ascii)
{
	guint n = 1;

	for (; *ascii != '\0'; ascii++)
		n += *ascii == '.';
	return n;
}

/* How many labels the organisations below a tenancy have, by its name without
 * the "*.". */
static GHashTable *
tenancy_labels(void)
{
	static GHashTable *table;
	static gsize is_made;

	if (!g_once_init_enter(&is_made))
		return table;
	table = g_hash_table_new(g_str_hash, g_str_equal);
	for (guint i = 0; i < G_N_ELEMENTS(tenancies); i++) {
		const char *name = tenancies[i];
		while (g_str_has_prefix(name, "*."))
			name += 2;
		g_hash_table_insert(table, (void *)(gsize)name,
		    GUINT_TO_POINTER(count_labels(tenancies[i]) + 1));
	}
	g_once_init_leave(&is_made, 1);
	return table;
}

/* The number of labels of the organisation of ASCII; more than ASCII has where
 * it is no organisation's. */
static guint
organization_labels(const char *ascii)
{
	GHashTable *tenants = tenancy_labels();
	const char *registrable = psl_registrable_domain(psl_builtin(), ascii);
	guint n = registrable == NULL ? G_MAXUINT : count_labels(registrable);

	for (const char *name = ascii; name != NULL;) {
		n = MAX(
		    n, GPOINTER_TO_UINT(g_hash_table_lookup(tenants, name)));
		name = strchr(name, '.');
		name = name != NULL ? name + 1 : NULL;
	}
	return n;
}

char *
hisho_domain_organization(const char *ascii)
{
	if (ascii == NULL || strchr(ascii, '.') == NULL || !is_name(ascii))
		return NULL;
	return g_strdup(last_labels(ascii, organization_labels(ascii)));
}

bool
hisho_domain_same_organization(const char *a, const char *b)
{
	g_autofree char *of_a = hisho_domain_organization(a);
	g_autofree char *of_b = hisho_domain_organization(b);

	return of_a != NULL && g_strcmp0(of_a, of_b) == 0;
}

bool
hisho_domain_is_public_suffix(const char *ascii)
{
	return is_name(ascii) &&
	    organization_labels(ascii) > count_labels(ascii);
}

bool
hisho_domain_has_known_suffix(const char *ascii)
{
	const char *last = last_labels(ascii, 1);

	return is_name(ascii) &&
	    psl_is_public_suffix2(psl_builtin(), last,
		PSL_TYPE_ICANN | PSL_TYPE_NO_STAR_RULE) != 0;
}
