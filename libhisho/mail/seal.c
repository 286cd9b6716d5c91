#include "libhisho/mail/seal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "libhisho/base/error.h"
#include "libhisho/mail/field.h"

#define OWN_PREFIX "X-Hisho-"

/* A clock set back between two stages of one pipeline. */
#define CLOCK_STEP_S 5

/* Writes a new key under a name of its own and links it to PATH, so that
 * nobody ever reads half a key.  Another process may have been faster; one
 * that was killed may have had our number. */
static bool
make_key(const char *path, GError **error)
{
	guint8 key[HISHO_SEAL_KEY_BYTES];
	g_autofree char *draft = g_strdup_printf(
	    "%s.%ld.%08x", path, (long)getpid(), g_random_int());

	int fd = open(
	    draft, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	bool ok = fd >= 0 && getrandom(key, sizeof key, 0) == sizeof key &&
	    write(fd, key, sizeof key) == sizeof key && fsync(fd) == 0;
	int reason = errno;
	if (fd >= 0 && close(fd) != 0 && ok) {
		reason = errno;
		ok = false;
	}
	if (ok && link(draft, path) != 0 && errno != EEXIST) {
		reason = errno;
		ok = false;
	}
	if (fd >= 0)
		unlink(draft);
	explicit_bzero(key, sizeof key);
	if (!ok)
		g_set_error(error, HISHO_ERROR, HISHO_ERROR_TEMPORARY,
		    "cannot make the key '%s': %s", path, g_strerror(reason));
	return ok;
}

static bool
is_private_file(int fd, const char *path, GError **error)
{
	struct stat st;

	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) &&
	    (st.st_mode & 077) == 0 && st.st_size == HISHO_SEAL_KEY_BYTES)
		return true;
	g_set_error(error, HISHO_ERROR, HISHO_ERROR_CONFIG,
	    "'%s' is no private key file (mode 0600, %d bytes); remove it and"
	    " a new one is made",
	    path, HISHO_SEAL_KEY_BYTES);
	return false;
}

GBytes *
hisho_seal_load_key(const char *path, GError **error)
{
	guint8 key[HISHO_SEAL_KEY_BYTES];
	const int flags = O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK;

	int fd = open(path, flags);
	if (fd < 0 && errno == ENOENT) {
		if (!make_key(path, error))
			return NULL;
		fd = open(path, flags);
	}
	if (fd < 0) {
		g_set_error(error, HISHO_ERROR, HISHO_ERROR_TEMPORARY,
		    "cannot open the key '%s': %s", path, g_strerror(errno));
		return NULL;
	}
	bool is_fit = is_private_file(fd, path, error);
	ssize_t got = is_fit ? read(fd, key, sizeof key) : 0;
	close(fd);
	if (is_fit && got != (ssize_t)sizeof key)
		g_set_error(error, HISHO_ERROR, HISHO_ERROR_TEMPORARY,
		    "cannot read the key '%s'", path);
	return got == (ssize_t)sizeof key ? g_bytes_new(key, sizeof key) : NULL;
}

static void
cover(GHmac *mac, const char *text, size_t length)
{
	g_hmac_update(mac, (const guchar *)text, (gssize)length);
	g_hmac_update(mac, (const guchar *)"", 1);
}

/* What the facts and the route were found in, beside what the digest has: a
 * resent mail has a new Received on top. */
static void
cover_header(GHmac *mac, const HishoWire *wire)
{
	static const char *const names[] = { "Received", "Return-Path",
		"Authentication-Results", "List-Id", "MIME-Version",
		"Content-Type", "Content-Transfer-Encoding",
		"Content-Disposition" };

	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		const HishoWireField *field = NULL;
		while ((field = hisho_wire_next(wire, names[i], field))) {
			size_t length;
			const char *value =
			    hisho_wire_value(wire, field, &length);
			cover(mac, names[i], strlen(names[i]));
			cover(mac, value, length);
		}
	}
}

static char *
compute(const GPtrArray *fields, const HishoSealedMail *mail,
    const HishoSealer *sealer, const char *time)
{
	gsize length;
	const guint8 *key = g_bytes_get_data(sealer->key, &length);
	GHmac *mac = g_hmac_new(G_CHECKSUM_SHA256, key, length);

	cover(mac, sealer->user, strlen(sealer->user));
	cover(mac, time, strlen(time));
	cover(mac, mail->digest, strlen(mail->digest));
	cover_header(mac, mail->wire);
	for (guint i = 0; i < fields->len; i++) {
		const char *name = hisho_field_name(fields->pdata[i]);
		g_autofree char *value =
		    hisho_field_dup_value(fields->pdata[i]);
		cover(mac, name, strlen(name));
		cover(mac, value, strlen(value));
	}
	char *hex = g_strdup(g_hmac_get_string(mac));
	g_hmac_unref(mac);
	return hex;
}

void
hisho_seal_add(
    GPtrArray *fields, const HishoSealedMail *mail, const HishoSealer *sealer)
{
	if (sealer->key == NULL)
		return;
	g_autofree char *time =
	    g_strdup_printf("%" G_GINT64_FORMAT, sealer->now);
	hisho_field_sort(fields);
	g_autofree char *mac = compute(fields, mail, sealer, time);
	HishoField *seal = hisho_field_new("Seal");
	hisho_field_add_number(seal, "v", 1);
	hisho_field_add(seal, "user", sealer->user);
	hisho_field_add(seal, "time", time);
	hisho_field_add(seal, "mac", mac);
	g_ptr_array_add(fields, seal);
}

/* All fields of WIRE that call themselves ours. */
static GPtrArray *
read_own(const HishoWire *wire)
{
	GPtrArray *fields = g_ptr_array_new_with_free_func(
	    (GDestroyNotify)(void (*)(void))hisho_field_free);
	const HishoWireField *field = NULL;
	size_t prefix = strlen(OWN_PREFIX);

	while ((field = hisho_wire_next(wire, NULL, field)) != NULL) {
		const char *name = hisho_wire_name(wire, field);
		if (field->name_length <= prefix ||
		    g_ascii_strncasecmp(name, OWN_PREFIX, prefix) != 0)
			continue;
		g_autofree char *own =
		    g_strndup(name + prefix, field->name_length - prefix);
		size_t length;
		const char *value = hisho_wire_value(wire, field, &length);
		g_ptr_array_add(fields, hisho_field_parse(own, value, length));
	}
	return fields;
}

static bool
is_equal(const char *a, const char *b)
{
	size_t length = strlen(a);
	guint difference = 0;

	if (strlen(b) != length)
		return false;
	for (size_t i = 0; i < length; i++)
		difference |= (guint)(a[i] ^ b[i]);
	return difference == 0;
}

static bool
is_genuine(const GPtrArray *fields, const HishoField *seal,
    const HishoSealedMail *mail, const HishoSealer *sealer)
{
	const char *user = hisho_field_get(seal, "user");
	const char *time = hisho_field_get(seal, "time");
	const char *mac = hisho_field_get(seal, "mac");

	if (user == NULL || time == NULL || mac == NULL ||
	    strcmp(user, sealer->user) != 0)
		return false;
	gint64 made = g_ascii_strtoll(time, NULL, 10);
	if (made > sealer->now + CLOCK_STEP_S ||
	    made < sealer->now - HISHO_SEAL_LIFETIME_S)
		return false;
	g_autofree char *expected = compute(fields, mail, sealer, time);
	return is_equal(mac, expected);
}

GPtrArray *
hisho_seal_read(const HishoSealedMail *mail, const HishoSealer *sealer)
{
	if (sealer->key == NULL)
		return NULL;
	g_autoptr(GPtrArray) fields = read_own(mail->wire);
	if (fields->len == 0)
		return NULL;
	HishoField *seal = g_ptr_array_steal_index(fields, fields->len - 1);
	bool is_own = strcmp(hisho_field_name(seal), "Seal") == 0 &&
	    is_genuine(fields, seal, mail, sealer);
	g_ptr_array_add(fields, seal);
	return is_own ? g_steal_pointer(&fields) : NULL;
}
