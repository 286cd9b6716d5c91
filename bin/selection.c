#include "bin/selection.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "bin/ballot.h"
#include "libhisho/base/error.h"
#include "libhisho/mail/digest.h"
#include "libhisho/mail/reader.h"

static gint
by_first(gconstpointer a, gconstpointer b)
{
	const SelectionRange *left = a, *right = b;

	return left->first < right->first ? -1 : left->first > right->first;
}

/* Reads a number from 1 at *TEXT and goes behind it; 0 where there is none. */
static guint64
read_number(const char **text)
{
	size_t length = strspn(*text, "0123456789");
	guint64 number = g_ascii_strtoull(*text, NULL, 10);

	*text += length;
	return length > 0 ? number : 0;
}

static bool
read_range(const char **text, SelectionRange *range)
{
	range->first = range->last = read_number(text);
	if (**text == '-') {
		(*text)++;
		range->last = read_number(text);
	}
	return range->first > 0 && range->first <= range->last;
}

GArray *
selection_parse_ranges(const char *text)
{
	g_autoptr(GArray) ranges =
	    g_array_new(FALSE, FALSE, sizeof(SelectionRange));
	SelectionRange range;

	for (; read_range(&text, &range); text++) {
		g_array_append_val(ranges, range);
		if (*text == '\0') {
			g_array_sort(ranges, by_first);
			return g_steal_pointer(&ranges);
		}
		if (*text != ',')
			return NULL;
	}
	return NULL;
}

/* A pipe can be read only once: what it holds goes into a file that has no
 * name, and that becomes standard input. */
static bool
keep_input(GError **error)
{
	char chunk[65536];
	ssize_t got;
	FILE *file = tmpfile();
	bool ok = file != NULL;

	while (ok && (got = read(STDIN_FILENO, chunk, sizeof chunk)) != 0)
		ok = got < 0
		    ? errno == EINTR
		    : fwrite(chunk, 1, (size_t)got, file) == (size_t)got;
	ok = ok && fflush(file) == 0 && lseek(fileno(file), 0, SEEK_SET) == 0 &&
	    dup2(fileno(file), STDIN_FILENO) == STDIN_FILENO;
	if (!ok)
		g_set_error(error, HISHO_ERROR, HISHO_ERROR_TEMPORARY,
		    "(standard input): cannot be kept: %s", g_strerror(errno));
	if (file != NULL)
		fclose(file);
	return ok;
}

/* A look at all mails, as far as it needs. */
typedef struct {
	const SelectionPlace *place;
	bool (*look)(const HishoRawMail *mail, void *context);
	void *context;
} Look;

static bool
look_into(const Look *look, const char *path, GError **error)
{
	const char *name = path != NULL ? path : "(standard input)";
	GError *reason = NULL;
	g_autoptr(HishoReader) reader =
	    hisho_reader_open(path, look->place->is_mbox, &reason);

	while (reader != NULL) {
		g_autoptr(HishoRawMail) mail =
		    hisho_reader_next(reader, &reason);
		if (mail == NULL || !look->look(mail, look->context))
			break;
	}
	if (reason == NULL)
		return true;
	g_propagate_prefixed_error(error, reason, "%s: ", name);
	return false;
}

static bool
look_at_input(const Look *look, GError **error)
{
	if (lseek(STDIN_FILENO, 0, SEEK_CUR) < 0 && !keep_input(error))
		return false;
	off_t start = lseek(STDIN_FILENO, 0, SEEK_CUR);
	return look_into(look, NULL, error) &&
	    lseek(STDIN_FILENO, start, SEEK_SET) == start;
}

static bool
look_at_all(const Look *look, GError **error)
{
	char **file = look->place->files;

	if (*file == NULL)
		return look_at_input(look, error);
	for (; *file != NULL; file++)
		if (!look_into(look, *file, error))
			return false;
	return true;
}

static const SelectionRange *
last_range(const Selection *selection)
{
	return &g_array_index(
	    selection->ranges, SelectionRange, selection->ranges->len - 1);
}

static bool
refuse_twice(const Selection *selection, GError **error)
{
	for (guint i = 1; i < selection->ranges->len; i++) {
		const SelectionRange *range =
		    &g_array_index(selection->ranges, SelectionRange, i);
		if (range->first <= range[-1].last)
			return !ballot_refuse(error,
			    "--nth: mail %" G_GUINT64_FORMAT " is named twice",
			    range->first);
	}
	return false;
}

typedef struct {
	const Selection *selection;
	guint64 n_mails;
} Counting;

static bool
count(const HishoRawMail *mail, void *context)
{
	Counting *counting = context;

	counting->n_mails = mail->index;
	return selection_goes_on(counting->selection, mail->index);
}

bool
selection_check(
    const Selection *selection, const SelectionPlace *place, GError **error)
{
	Counting counting = { selection, 0 };
	const Look look = { place, count, &counting };

	if (refuse_twice(selection, error) || !look_at_all(&look, error))
		return false;
	guint64 last = last_range(selection)->last;
	if (last <= counting.n_mails)
		return true;
	return ballot_refuse(error,
	    "--nth: there is no mail %" G_GUINT64_FORMAT
	    ", only %" G_GUINT64_FORMAT,
	    last, counting.n_mails);
}

typedef struct {
	const char *prefix;
	const HishoLimits *limits;
	Selection *selection;
	bool is_ambiguous;
} Finding;

static bool
compare(const HishoRawMail *mail, void *context)
{
	Finding *finding = context;
	g_autoptr(HishoWire) wire = hisho_wire_new(mail->mail, finding->limits);
	g_autofree char *digest = hisho_digest_dup(wire);
	char **found = &finding->selection->digest;

	if (!g_str_has_prefix(digest, finding->prefix))
		return true;
	finding->is_ambiguous = *found != NULL && strcmp(*found, digest) != 0;
	if (*found == NULL)
		*found = g_steal_pointer(&digest);
	return !finding->is_ambiguous;
}

bool
selection_find(Selection *selection, const char *prefix,
    const SelectionPlace *place, GError **error)
{
	Finding finding = { prefix, place->limits, selection, false };
	const Look look = { place, compare, &finding };

	if (!look_at_all(&look, error))
		return false;
	if (finding.is_ambiguous)
		return ballot_refuse(error,
		    "--digest: '%s' names several mails; give more digits",
		    prefix);
	if (selection->digest == NULL)
		return ballot_refuse(
		    error, "--digest: '%s' names no mail in it", prefix);
	return true;
}

bool
selection_has(const Selection *selection, guint64 index)
{
	const GArray *ranges = selection->ranges;
	guint first = 0, end = ranges != NULL ? ranges->len : 0;

	while (first < end) {
		guint middle = first + (end - first) / 2;
		const SelectionRange *range =
		    &g_array_index(ranges, SelectionRange, middle);
		if (index >= range->first && index <= range->last)
			return true;
		if (index < range->first)
			end = middle;
		else
			first = middle + 1;
	}
	return ranges == NULL;
}

bool
selection_goes_on(const Selection *selection, guint64 index)
{
	return selection->ranges == NULL || index < last_range(selection)->last;
}

void
selection_clear(Selection *selection)
{
	g_clear_pointer(&selection->ranges, g_array_unref);
	g_clear_pointer(&selection->digest, g_free);
}
