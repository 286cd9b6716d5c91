#include "libhisho/links/anchor.h"

#include <string.h>

#include "libhisho/links/redirect.h"
#include "libhisho/links/textlink.h"
#include "libhisho/links/url.h"
#include "libhisho/mail/domain.h"

#define ANCHOR_TEXT_MAX 200   /* characters */
#define ANCHOR_MAX_BYTES 4096 /* of its text, before blanks are collapsed */

typedef struct {
	HishoLink *link; /* NULL if it could not be listed */
	guint number;
	bool shown;
	const char *reason;
	GString *wording; /* what it shows */
} Opened;

struct HishoAnchor {
	GPtrArray *opened; /* of Opened, kept to be used again */
	guint n_open;
	Opened *here; /* NULL outside */
};

static void
opened_free(gpointer data)
{
	Opened *opened = data;

	g_string_free(opened->wording, TRUE);
	g_free(opened);
}

HishoAnchor *
hisho_anchor_new(void)
{
	HishoAnchor *anchor = g_new0(HishoAnchor, 1);

	anchor->opened = g_ptr_array_new_with_free_func(opened_free);
	return anchor;
}

void
hisho_anchor_free(HishoAnchor *anchor)
{
	if (anchor == NULL)
		return;
	g_ptr_array_unref(anchor->opened);
	g_free(anchor);
}

void
hisho_anchor_open(HishoAnchor *anchor, HishoLink *link, guint n)
{
	if (anchor->n_open == anchor->opened->len) {
		Opened *fresh = g_new0(Opened, 1);
		fresh->wording = g_string_new(NULL);
		g_ptr_array_add(anchor->opened, fresh);
	}
	Opened *opened = anchor->opened->pdata[anchor->n_open++];
	opened->link = link;
	opened->number = n;
	opened->shown = false;
	opened->reason = NULL;
	g_string_truncate(opened->wording, 0);
	anchor->here = opened;
}

void
hisho_anchor_enter(HishoAnchor *anchor, guint n)
{
	anchor->here = NULL;
	for (guint i = anchor->n_open; i > 0 && anchor->here == NULL; i--) {
		Opened *opened = anchor->opened->pdata[i - 1];
		if (opened->number == n)
			anchor->here = opened;
	}
}

guint
hisho_anchor_last(const HishoAnchor *anchor)
{
	if (anchor->n_open == 0)
		return 0;
	const Opened *last = anchor->opened->pdata[anchor->n_open - 1];
	return last->number;
}

bool
hisho_anchor_is_open(const HishoAnchor *anchor)
{
	return anchor->here != NULL;
}

const HishoLink *
hisho_anchor_link(const HishoAnchor *anchor)
{
	return anchor->here != NULL ? anchor->here->link : NULL;
}

void
hisho_anchor_show(HishoAnchor *anchor, const char *reason)
{
	Opened *here = anchor->here;

	if (here == NULL)
		return;
	if (reason == NULL)
		here->shown = true;
	else if (here->reason == NULL)
		here->reason = reason;
}

void
hisho_anchor_add_text(HishoAnchor *anchor, const char *text, size_t length)
{
	const Opened *here = anchor->here;

	if (here != NULL && here->wording->len < ANCHOR_MAX_BYTES)
		g_string_append_len(
		    here->wording, text, MIN(length, ANCHOR_MAX_BYTES));
}

/* TEXT with every run of blanks as one space, at most MAX characters. */
static char *
dup_collapsed(const char *text, size_t length, size_t max)
{
	g_autofree char *valid = g_utf8_make_valid(text, (gssize)length);
	GString *out = g_string_new(NULL);
	bool blank = false;
	size_t n = 0;

	for (const char *p = valid; *p != '\0' && n < max;
	     p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);
		if (g_unichar_isspace(c)) {
			blank = out->len > 0;
			continue;
		}
		n += blank ? 2 : 1;
		if (blank)
			g_string_append_c(out, ' ');
		g_string_append_unichar(out, c);
		blank = false;
	}
	return g_string_free(out, FALSE);
}

/* Whether WORDING passes for the address that FOUND in it is: one with scheme
 * or www stands out; "News.com: all about it" is but a name. */
static bool
passes_for_address(const char *wording, const HishoTextlink *found)
{
	const char *rest = wording + found->end;

	return !found->bare ||
	    g_ascii_strncasecmp(wording + found->start, "www.", 4) == 0 ||
	    (found->start == 0 && rest[strspn(rest, ".,;:!? ")] == '\0');
}

/* TEXT as the eye has it: without what leaves no mark between letters, such
 * as soft hyphens and joiners. */
static char *
dup_marks(const char *text)
{
	GString *out = g_string_new(NULL);

	for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p))
		if (g_unichar_type(g_utf8_get_char(p)) != G_UNICODE_FORMAT)
			g_string_append_unichar(out, g_utf8_get_char(p));
	return g_string_free(out, FALSE);
}

/* The host that WORDS give; NULL for none. */
static char *
dup_shown_host(const char *words)
{
	g_autofree char *wording = dup_marks(words);
	size_t at = 0;
	HishoTextlink found;

	if (!hisho_textlink_find(wording, strlen(wording), &at, &found) ||
	    !passes_for_address(wording, &found))
		return NULL;
	g_autofree char *text = hisho_textlink_dup_url(wording, &found);
	g_autoptr(HishoUrl) url = hisho_url_parse(text, strlen(text), NULL);
	return url != NULL ? g_strdup(hisho_url_host(url)) : NULL;
}

/* Whether LINK leads elsewhere than to the organisation of SHOWN, also where
 * a redirector leads on. */
static bool
leads_elsewhere(const HishoLink *link, const char *shown)
{
	g_autofree char *organization = hisho_domain_organization(shown);

	if (organization == NULL || g_strcmp0(organization, link->domain) == 0)
		return false;
	g_autoptr(HishoUrl) url =
	    hisho_url_parse(link->url, strlen(link->url), NULL);
	return url == NULL || !hisho_redirect_ends_at(url, organization);
}

static void
compare_with_target(HishoLink *link)
{
	g_autofree char *shown =
	    link->host != NULL ? dup_shown_host(link->text) : NULL;

	if (shown == NULL || !leads_elsewhere(link, shown))
		return;
	link->shown = g_steal_pointer(&shown);
	hisho_link_add_finding(link, "text-differs");
}

void
hisho_anchor_end(HishoAnchor *anchor)
{
	Opened *last = anchor->opened->pdata[--anchor->n_open];
	HishoLink *link = g_steal_pointer(&last->link);

	if (anchor->here == last)
		anchor->here = NULL;
	if (link == NULL)
		return;
	link->text = dup_collapsed(
	    last->wording->str, last->wording->len, ANCHOR_TEXT_MAX);
	link->visible = last->shown;
	const char *reason = last->reason;
	if (reason == NULL)
		reason = link->reason ? link->reason : "empty";
	char *kept = link->visible ? NULL : g_strdup(reason);
	g_free(link->reason);
	link->reason = kept;
	compare_with_target(link);
}
