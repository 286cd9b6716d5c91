#include "libhisho/links/shape.h"

#include <string.h>

#include "libhisho/links/value.h"

#define ARGUMENTS_MAX 16
#define SIZE_KNOWN_TO_NOBODY 500 /* pixels of a side that has any length */
#define SCALE_MIN 0.02

typedef struct {
	double all[ARGUMENTS_MAX]; /* pixels; words are as long as can be */
	bool is_part[ARGUMENTS_MAX];
	size_t n;
} Arguments;

/* The arguments at TEXT, up to the bracket. */
static Arguments
read_arguments(const char *text)
{
	Arguments arguments = { .n = 0 };

	while (arguments.n < ARGUMENTS_MAX) {
		HishoValue value = { .kind = HISHO_VALUE_WORD };
		text += strspn(text, " ,");
		if (*text == '\0' || *text == ')')
			break;
		if (!hisho_value_read_number(&value, &text))
			text += strcspn(text, " ,)");
		arguments.is_part[arguments.n] = value.kind == HISHO_VALUE_PART;
		arguments.all[arguments.n++] =
		    hisho_value_pixels(&value, 16, SIZE_KNOWN_TO_NOBODY);
	}
	return arguments;
}

HishoShape
hisho_shape_of_clip(const char *text)
{
	if (!g_str_has_prefix(text, "rect("))
		return HISHO_SHAPE_SEEN;
	const char *inner = text + strlen("rect(");
	const Arguments a = read_arguments(inner);
	bool starts_auto = g_str_has_prefix(inner, "auto");
	if (a.n != 4)
		return HISHO_SHAPE_SEEN;
	double top = starts_auto ? 0 : a.all[0];
	double left = strstr(inner, "auto)") ? 0 : a.all[3];
	return a.all[1] - left <= 1 || a.all[2] - top <= 1 ? HISHO_SHAPE_NOTHING
							   : HISHO_SHAPE_SEEN;
}

/* inset(): as many sides as a margin has. */
static HishoShape
cut_inset(const Arguments *a)
{
	if (a->n == 0)
		return HISHO_SHAPE_SEEN;
	double top = a->all[0];
	double right = a->n > 1 ? a->all[1] : top;
	double bottom = a->n > 2 ? a->all[2] : top;
	double left = a->n > 3 ? a->all[3] : right;
	bool gone = top + bottom >= SIZE_KNOWN_TO_NOBODY ||
	    left + right >= SIZE_KNOWN_TO_NOBODY;
	return gone ? HISHO_SHAPE_NOTHING : HISHO_SHAPE_SEEN;
}

/* circle() and ellipse(): a radius of nothing. */
static HishoShape
cut_circle(const Arguments *a)
{
	return a->n > 0 && a->all[0] <= 0.5 ? HISHO_SHAPE_NOTHING
					    : HISHO_SHAPE_SEEN;
}

/* polygon(): all of its points are one. */
static HishoShape
cut_polygon(const Arguments *a)
{
	for (size_t i = 2; i < a->n; i++)
		if (a->all[i] != a->all[i % 2])
			return HISHO_SHAPE_SEEN;
	return a->n > 1 ? HISHO_SHAPE_NOTHING : HISHO_SHAPE_SEEN;
}

static HishoShape
scale_by(const Arguments *a)
{
	for (size_t i = 0; i < MIN(a->n, 2); i++)
		if (ABS(a->is_part[i] ? a->all[i] / SIZE_KNOWN_TO_NOBODY
				      : a->all[i]) <= SCALE_MIN)
			return HISHO_SHAPE_NOTHING;
	return HISHO_SHAPE_SEEN;
}

static HishoShape
move_by(const Arguments *a)
{
	for (size_t i = 0; i < MIN(a->n, 2); i++)
		if (a->all[i] <= -HISHO_SHAPE_FAR ||
		    (i == 0 && a->all[i] >= 4 * HISHO_SHAPE_FAR))
			return HISHO_SHAPE_AWAY;
	return HISHO_SHAPE_SEEN;
}

/* Edge on: 90 degrees, whichever way. */
static HishoShape
turn_by(const Arguments *a)
{
	return a->n > 0 && (a->all[0] == 90 || a->all[0] == -90)
	    ? HISHO_SHAPE_NOTHING
	    : HISHO_SHAPE_SEEN;
}

/* a, b, c, d, and how far it is moved. */
static HishoShape
transform_by(const Arguments *a)
{
	const Arguments moved = { { a->all[4], a->all[5] }, { false }, 2 };

	if (a->n != 6)
		return HISHO_SHAPE_SEEN;
	if (ABS(a->all[0] * a->all[3] - a->all[1] * a->all[2]) <=
	    SCALE_MIN * SCALE_MIN)
		return HISHO_SHAPE_NOTHING;
	return move_by(&moved);
}

typedef struct {
	const char *name; /* with its bracket */
	HishoShape (*read)(const Arguments *arguments);
} Function;

/* What the functions of TEXT that are among the N come to. */
static HishoShape
read_functions(const char *text, const Function *functions, size_t n)
{
	HishoShape shape = HISHO_SHAPE_SEEN;

	for (; text != NULL && shape == HISHO_SHAPE_SEEN;
	     text = strchr(text, ')')) {
		text += strspn(text, ") ");
		for (size_t i = 0; i < n; i++) {
			if (!g_str_has_prefix(text, functions[i].name))
				continue;
			const Arguments arguments =
			    read_arguments(text + strlen(functions[i].name));
			shape = functions[i].read(&arguments);
			break;
		}
		if (*text == '\0')
			break;
	}
	return shape;
}

HishoShape
hisho_shape_of_clip_path(const char *text)
{
	static const Function functions[] = { { "inset(", cut_inset },
		{ "circle(", cut_circle }, { "ellipse(", cut_circle },
		{ "polygon(", cut_polygon } };

	return read_functions(text, functions, G_N_ELEMENTS(functions));
}

static HishoShape
move_down(const Arguments *a)
{
	const Arguments both = { { 0, a->n > 0 ? a->all[0] : 0 }, { false },
		2 };

	return move_by(&both);
}

HishoShape
hisho_shape_of_transform(const char *text)
{
	static const Function functions[] = { { "scale(", scale_by },
		{ "scalex(", scale_by }, { "scaley(", scale_by },
		{ "scale3d(", scale_by }, { "translate(", move_by },
		{ "translatex(", move_by }, { "translatey(", move_down },
		{ "translate3d(", move_by }, { "matrix(", transform_by },
		{ "rotatex(", turn_by }, { "rotatey(", turn_by } };

	return read_functions(text, functions, G_N_ELEMENTS(functions));
}

HishoShape
hisho_shape_of_scale(const char *text)
{
	const Arguments arguments = read_arguments(text);

	return g_ascii_isdigit(*text) || *text == '.' ? scale_by(&arguments)
						      : HISHO_SHAPE_SEEN;
}

HishoShape
hisho_shape_of_translate(const char *text)
{
	const Arguments arguments = read_arguments(text);

	return strcmp(text, "none") == 0 ? HISHO_SHAPE_SEEN
					 : move_by(&arguments);
}
