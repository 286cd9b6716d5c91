#include "libhisho/links/run.h"

#include <string.h>

#include "libhisho/links/datalink.h"
#include "libhisho/links/source.h"
#include "libhisho/links/textlink.h"

#define TEXT_RUN_MAX 65536 /* bytes; a link cut there is two */
#define JOINT 512	   /* on either side of such a cut */

HishoRun *
hisho_run_new(HishoCatalog *catalog)
{
	HishoRun *run = g_new0(HishoRun, 1);

	run->catalog = catalog;
	run->text = g_string_new(NULL);
	run->tail = g_string_new(NULL);
	run->stretches = g_array_new(FALSE, FALSE, sizeof(HishoStretch));
	return run;
}

void
hisho_run_free(HishoRun *run)
{
	if (run == NULL)
		return;
	g_string_free(run->text, TRUE);
	g_string_free(run->tail, TRUE);
	g_array_unref(run->stretches);
	g_free(run);
}

/* The stretch that holds PLACE, from *I on; places only grow. */
static const HishoStretch *
find_stretch(const GArray *stretches, size_t place, guint *i)
{
	while (*i + 1 < stretches->len &&
	    g_array_index(stretches, HishoStretch, *i + 1).start <= place)
		++*i;
	return &g_array_index(stretches, HishoStretch, *i);
}

/* Whether a link written in the text need not be listed: scripts and disabled
 * markup are full of names with a dot; a style has its url() listed already;
 * an anchor may well say where it leads. */
static bool
is_idle(const HishoRun *run, const char *text, bool bare,
    const HishoStretch *stretch)
{
	bool prose = run->kind == HISHO_RUN_PROSE && !run->is_disabled;
	const char *host;

	if (!prose && bare)
		return true;
	if (run->kind != HISHO_RUN_STYLE && stretch->anchor == NULL)
		return false;
	g_autoptr(HishoUrl) url = hisho_url_parse(text, strlen(text), NULL);
	host = url != NULL ? hisho_url_host(url) : NULL;
	if (run->kind == HISHO_RUN_STYLE)
		return host == NULL ||
		    hisho_catalog_has_host(run->catalog, host);
	return g_strcmp0(host, stretch->anchor->host) == 0;
}

/* Lists a link that FOUND in the run is.  One in the wording of an anchor
 * cannot be followed. */
static void
add_written_link(
    HishoRun *run, const HishoTextlink *found, const HishoStretch *stretch)
{
	static const char *const places[] = { "text", "style.text",
		"script.text" };
	g_autofree char *text = hisho_textlink_dup_url(run->text->str, found);
	HishoCandidate candidate = {
		.text = text,
		.length = strlen(text),
		.kind = "text",
		.where = places[run->kind],
		.offset = stretch->offset + found->start - stretch->start,
		.reason = stretch->reason,
		.visible = stretch->reason == NULL,
	};

	if (is_idle(run, text, found->bare, stretch))
		return;
	if (stretch->in_anchor) {
		candidate.where = "a.text";
		candidate.visible = false;
		if (candidate.reason == NULL)
			candidate.reason = "anchor";
	}
	hisho_catalog_add(run->catalog, &candidate);
}

/* Gathers what of the run is shown. */
static void
show(const HishoRun *run)
{
	for (guint i = 0; i < run->stretches->len; i++) {
		const HishoStretch *stretch =
		    &g_array_index(run->stretches, HishoStretch, i);
		size_t end = i + 1 < run->stretches->len ? stretch[1].start
							 : run->text->len;
		if (!stretch->is_hidden)
			hisho_shown_add_flowed(run->catalog->shown,
			    run->text->str + stretch->start,
			    end - stretch->start);
	}
}

/* Keeps a script that may write other links than those written in it. */
static void
nest_script(HishoRun *run)
{
	guint i = 0;
	const HishoCandidate script = {
		.text = run->text->str,
		.length = run->text->len,
		.where = "script.text",
		.offset = find_stretch(run->stretches, 0, &i)->offset,
		.reason = "script",
	};

	if (hisho_datalink_is_veiled(script.text, script.length))
		hisho_catalog_nest(run->catalog, &script, true);
}

/* Notes what stands where a run was cut. */
static void
join(HishoRun *run)
{
	if (run->tail->len == 0)
		return;
	g_string_append_len(
	    run->tail, run->text->str, (gssize)MIN(run->text->len, JOINT));
	hisho_further_read(
	    run->catalog->further, run->tail->str, run->tail->len);
	g_string_truncate(run->tail, 0);
}

/* Ends the run in the midst of its text. */
static void
cut(HishoRun *run)
{
	g_autoptr(GString) tail =
	    g_string_new_len(run->text->str + run->text->len - JOINT, JOINT);

	hisho_run_end(run);
	g_string_append_len(run->tail, tail->str, (gssize)tail->len);
}

void
hisho_run_end(HishoRun *run)
{
	size_t at = 0;
	guint i = 0;
	HishoTextlink found;

	if (run->text->len == 0)
		return;
	join(run);
	if (run->kind == HISHO_RUN_STYLE) {
		const HishoCandidate style = {
			.text = run->text->str,
			.length = run->text->len,
			.base = run->base,
			.kind = "resource",
			.where = "style.url",
			.offset = find_stretch(run->stretches, 0, &i)->offset,
		};
		hisho_source_add_css(run->catalog, &style);
	}
	if (run->kind == HISHO_RUN_PROSE && run->is_shown)
		show(run);
	if (run->kind == HISHO_RUN_SCRIPT)
		nest_script(run);
	/* Markup after a style that is never closed is text of it, too. */
	while (hisho_textlink_find(run->text->str, run->text->len, &at, &found))
		add_written_link(
		    run, &found, find_stretch(run->stretches, found.start, &i));
	g_string_truncate(run->text, 0);
	g_array_set_size(run->stretches, 0);
}

/* Whether two stretches are one. */
static bool
continues(const HishoStretch *last, const HishoStretch *next)
{
	return last->reason == next->reason && last->anchor == next->anchor &&
	    last->in_anchor == next->in_anchor &&
	    last->is_hidden == next->is_hidden &&
	    next->offset - last->offset == next->start - last->start;
}

void
hisho_run_add(
    HishoRun *run, const HishoStretch *from, const char *text, size_t length)
{
	HishoStretch next = *from;
	guint n = run->stretches->len;

	next.start = run->text->len;
	if (n == 0 ||
	    !continues(
		&g_array_index(run->stretches, HishoStretch, n - 1), &next))
		g_array_append_val(run->stretches, next);
	g_string_append_len(run->text, text, length);
	if (run->text->len > TEXT_RUN_MAX)
		cut(run);
}
