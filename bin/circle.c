#include "bin/circle.h"

#include <string.h>

#include "libhisho/mail/domain.h"
#include "libhisho/store/acquaintances.h"

struct Circle {
	const Tool *tool;
	HishoKnown *known;
	bool is_asked;
};

/* Adds the domain of ADDRESS, or that it is. */
static void
add(Circle *circle, const char *address, HishoKnownRank rank)
{
	const char *at = strrchr(address, '@');
	g_autofree char *domain =
	    hisho_domain_to_ascii(at != NULL ? at + 1 : address);

	if (domain != NULL)
		hisho_known_add(circle->known, domain, rank);
}

Circle *
circle_new(const Tool *tool)
{
	Circle *circle = g_new0(Circle, 1);

	circle->tool = tool;
	return circle;
}

void
circle_free(Circle *circle)
{
	if (circle == NULL)
		return;
	hisho_known_free(circle->known);
	g_free(circle);
}

/* What is there without any database, made when it is first needed. */
static void
begin(Circle *circle)
{
	const HishoConfig *config = circle->tool->config;

	if (circle->known != NULL)
		return;
	circle->known = hisho_known_new();
	hisho_known_set_providers(
	    circle->known, hisho_config_providers(config));
	for (char **own = config->addresses; *own != NULL; own++)
		add(circle, *own, HISHO_KNOWN_TRUSTED);
	for (char **name = config->protected_domains; *name != NULL; name++)
		add(circle, *name, HISHO_KNOWN_PROTECTED);
}

void
circle_ask(Circle *circle, int wait_ms)
{
	if (circle->is_asked)
		return;
	begin(circle);
	g_autoptr(HishoDatabase) database = hisho_database_open_for_reading(
	    circle->tool->database, wait_ms, NULL);
	circle->is_asked = database != NULL &&
	    hisho_acquaintances_read(
		database, circle->tool->user, circle->known, NULL);
}

void
circle_ask_in(Circle *circle, HishoDatabase *database)
{
	if (circle->is_asked)
		return;
	begin(circle);
	circle->is_asked = hisho_acquaintances_read(
	    database, circle->tool->user, circle->known, NULL);
}

void
circle_learn(Circle *circle, const char *domain, HishoKnownRank before,
    HishoKnownRank now)
{
	begin(circle);
	if (now > before)
		hisho_known_add(circle->known, domain, now);
	if (now >= before)
		return;
	g_clear_pointer(&circle->known, hisho_known_free);
	circle->is_asked = false;
}

const HishoKnown *
circle_known(Circle *circle)
{
	begin(circle);
	return circle->known;
}
