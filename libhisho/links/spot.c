#include "libhisho/links/spot.h"

#include <string.h>

/* As long as a link is told. */
#define LINK_MAX_BYTES 300

/* Percent-encoded and in letters, no host of DNS is longer. */
#define HOST_MAX_BYTES 1024

/* What a byte is to a link. */
enum {
	MARK = 1,    /* may begin one */
	ENDS = 2,    /* what stands before the path ends there */
	PLAIN = 4,   /* stands in most hosts */
	STRANGE = 8, /* stands in others */
	GOES_ON = 16 /* stands in a path */
};

static guint8
classify(guchar c)
{
	guint8 class = 0;

	if (c <= ' ' || strchr("/\\?#\"'<>`", c) != NULL)
		class |= ENDS;
	if (g_ascii_isalnum(c) || (c != '\0' && strchr("-._", c) != NULL))
		class |= PLAIN;
	if (c >= 0x80 || (c != '\0' && strchr("%[]:", c) != NULL))
		class |= STRANGE;
	if (c != '\0' && strchr(":/\\wW%", c) != NULL)
		class |= MARK;
	if (g_ascii_isgraph(c) && strchr("\"'<>`", c) == NULL)
		class |= GOES_ON;
	return class;
}

static const guint8 *
get_classes(void)
{
	static guint8 classes[256];
	static gsize started;

	if (g_once_init_enter(&started)) {
		for (guint c = 0; c < G_N_ELEMENTS(classes); c++)
			classes[c] = classify((guchar)c);
		g_once_init_leave(&started, 1);
	}
	return classes;
}

static bool
is_word(const HishoSpotScan *scan, size_t at, const char *word)
{
	size_t n = strlen(word);

	return scan->length - at >= n &&
	    g_ascii_strncasecmp(scan->text + at, word, n) == 0;
}

/* The length of the scheme that ends before AT; 0 if it is none of the Web. */
static size_t
scheme_length(const HishoSpotScan *scan, size_t at)
{
	static const char *const schemes[] = { "http", "https", "ftp" };

	for (size_t i = 0; i < G_N_ELEMENTS(schemes); i++) {
		size_t n = strlen(schemes[i]);
		if (at >= n && is_word(scan, at - n, schemes[i]))
			return n;
	}
	return 0;
}

/* Behind the slashes, of either kind, that begin at AT. */
static size_t
skip_slashes(const HishoSpotScan *scan, size_t at)
{
	while (at < scan->length &&
	    (scan->text[at] == '/' || scan->text[at] == '\\'))
		at++;
	return at;
}

/* Behind the percent-encoded colon and slashes at AT, encoded once or twice;
 * AT if there are none. */
static size_t
skip_encoded(const HishoSpotScan *scan, size_t at)
{
	static const char *const marks[] = { "%3a%2f%2f", "%253a%252f%252f",
		"%2f%2f", "%3a//" };

	bool could_be =
	    at + 1 < scan->length && strchr("23", scan->text[at + 1]) != NULL;

	for (size_t i = 0; could_be && i < G_N_ELEMENTS(marks); i++)
		if (is_word(scan, at, marks[i]))
			return at + strlen(marks[i]);
	return at;
}

/* Where the host begins whose mark stands at AT; AT itself for none.  Fills in
 * what is known of SPOT by the mark. */
static size_t
find_host(const HishoSpotScan *scan, size_t at, HishoSpot *spot)
{
	char c = scan->text[at];
	size_t scheme = scheme_length(scan, at);
	size_t host = at;

	if (c == '/' || c == '\\')
		host = skip_slashes(scan, at);
	else if (c == '%')
		host = skip_encoded(scan, at);
	else if (c == ':' && scheme > 0)
		host = skip_slashes(scan, at + 1);
	spot->has_scheme = scheme > 0 && host > at;
	spot->text = scan->text + at - (spot->has_scheme ? scheme : 0);
	return host - at == 1 && c != ':' ? at : host;
}

/* Finds where the authority ends that begins at HOST, and its last '@'. */
static void
find_authority(HishoSpotScan *scan, size_t host)
{
	const guint8 *classes = get_classes();
	const guchar *text = (const guchar *)scan->text;
	size_t end = host;

	if (host < scan->authority_end)
		return;
	scan->userinfo_end = 0;
	for (; end < scan->length && !(classes[text[end]] & ENDS); end++)
		if (text[end] == '@')
			scan->userinfo_end = end + 1;
	scan->authority_end = end;
}

/* Whether the last label of LENGTH bytes of HOST can be a number. */
static bool
ends_in_number(const char *host, size_t length)
{
	const char *dot = memrchr(host, '.', length);

	return dot != NULL && (size_t)(dot + 1 - host) < length &&
	    g_ascii_isdigit(dot[1]);
}

/* Whether what is no plain name can be a host at all. */
static bool
can_be_host(const char *host, size_t length)
{
	return memchr(host, '.', length) != NULL ||
	    memchr(host, '%', length) != NULL ||
	    memmem(host, length, "\343\200\202", 3) != NULL || *host == '[' ||
	    (g_ascii_isdigit(*host) && length >= 7);
}

/* Whether the '%' at AT begins a byte that no host has. */
static bool
ends_encoded(const HishoSpotScan *scan, size_t at)
{
	const guint8 *classes = get_classes();
	const char *text = scan->text + at;

	if (scan->length - at < 3 || !g_ascii_isxdigit(text[1]) ||
	    !g_ascii_isxdigit(text[2]))
		return true;
	guchar c = (guchar)(g_ascii_xdigit_value(text[1]) * 16 +
	    g_ascii_xdigit_value(text[2]));
	return c != '%' && c < 0x80 && !(classes[c] & PLAIN);
}

/* Where the host ends that begins at HOST; ALL are the classes that all of its
 * bytes are of. */
static size_t
find_host_end(const HishoSpotScan *scan, size_t host, guint8 *all)
{
	const guint8 *classes = get_classes();
	const guchar *text = (const guchar *)scan->text;
	size_t limit = MIN(scan->length, host + HOST_MAX_BYTES);
	bool bracket = host < limit && text[host] == '[';
	size_t end = host;

	*all = PLAIN | STRANGE;
	while (end < limit && (classes[text[end]] & (PLAIN | STRANGE)) &&
	    (bracket || text[end] != ':') &&
	    (text[end] != '%' || !ends_encoded(scan, end))) {
		*all &= classes[text[end]];
		if (text[end++] == ']')
			break;
	}
	return end;
}

/* Reads the host that begins at HOST; false if there is none. */
static bool
read_host(HishoSpotScan *scan, size_t host, HishoSpot *spot)
{
	guint8 all;

	find_authority(scan, host);
	if (spot->has_scheme)
		host = MAX(host, scan->userinfo_end);
	size_t end = find_host_end(scan, host, &all);
	scan->at = MAX(end, scan->at);
	while (end > host && scan->text[end - 1] == '.')
		end--;
	spot->host = scan->text + host;
	spot->host_length = end - host;
	spot->is_plain = (all & PLAIN) &&
	    memchr(spot->host, '.', spot->host_length) != NULL &&
	    !ends_in_number(spot->host, spot->host_length);
	return end > host &&
	    (spot->is_plain || can_be_host(spot->host, spot->host_length));
}

/* How long the link is whose host ends at the place reached. */
static void
read_rest(const HishoSpotScan *scan, HishoSpot *spot)
{
	const guint8 *classes = get_classes();
	const char *text = scan->text;
	size_t start = (size_t)(spot->text - text);
	size_t limit = MIN(scan->length, start + LINK_MAX_BYTES);
	size_t end = scan->at;

	if (end < limit && text[end] == ':')
		for (end++; end < limit && g_ascii_isdigit(text[end]);)
			end++;
	spot->has_path = spot->has_scheme && end + 1 < limit &&
	    text[end] == '/' && !(classes[(guchar)text[end + 1]] & ENDS);
	while (spot->has_path && end < limit &&
	    (classes[(guchar)text[end]] & GOES_ON))
		end++;
	spot->length = MIN(end, limit) - start;
}

/* Whether "www." stands at AT and nothing of a name before it. */
static bool
is_www(const HishoSpotScan *scan, size_t at)
{
	guchar before = at > 0 ? (guchar)scan->text[at - 1] : ' ';

	return is_word(scan, at, "www.") && !g_ascii_isalnum(before) &&
	    strchr("-._@/\\:", before) == NULL;
}

/* Reads what the mark at AT begins; false if that is nothing. */
static bool
read_mark(HishoSpotScan *scan, size_t at, HishoSpot *spot)
{
	char c = scan->text[at];
	size_t host = at;

	*spot = (HishoSpot){ .text = scan->text + at };
	if (c == 'w' || c == 'W') {
		spot->has_scheme = is_www(scan, at);
		if (!spot->has_scheme)
			return false;
	} else {
		host = find_host(scan, at, spot);
		if (host == at)
			return false;
		scan->at = host;
	}
	if (!read_host(scan, host, spot))
		return false;
	read_rest(scan, spot);
	return true;
}

bool
hisho_spot_find(HishoSpotScan *scan, HishoSpot *spot)
{
	const guint8 *classes = get_classes();
	const guchar *text = (const guchar *)scan->text;

	while (scan->at < scan->length) {
		size_t at = scan->at++;
		if ((classes[text[at]] & MARK) && read_mark(scan, at, spot))
			return true;
	}
	return false;
}
