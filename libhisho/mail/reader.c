#include "libhisho/mail/reader.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "libhisho/base/error.h"
#include "libhisho/mail/mbox.h"
#include "libhisho/mail/window.h"

/* Far more empty lines than any mbox begins with. */
#define START_BYTES ((size_t)64 << 10)

struct HishoReader {
	bool is_mbox;
	HishoWindow window;
	guint64 n_mails;
	char *path;	  /* NULL: standard input */
	char *maildir;	  /* NULL: it is none */
	GPtrArray *names; /* of its files, as in "new/1234.host" */
	guint next_name;
};

void
hisho_raw_mail_free(HishoRawMail *mail)
{
	if (mail == NULL)
		return;
	g_free(mail->path);
	g_clear_pointer(&mail->before, g_bytes_unref);
	g_clear_pointer(&mail->raw, g_bytes_unref);
	g_clear_pointer(&mail->mail, g_bytes_unref);
	g_free(mail);
}

/* Always false; SUBJECT is what errno is about. */
static bool
set_error(GError **error, const char *subject)
{
	g_set_error(error, HISHO_ERROR, HISHO_ERROR_TEMPORARY, "%s: %s",
	    subject, g_strerror(errno));
	return false;
}

static HishoRawMail *
new_mail(HishoReader *reader)
{
	HishoRawMail *mail = g_new0(HishoRawMail, 1);

	mail->index = ++reader->n_mails;
	mail->offset = reader->window.offset;
	return mail;
}

static HishoRawMail *
read_whole(HishoReader *reader, GError **error)
{
	HishoWindow *window = &reader->window;

	while (!window->at_end)
		if (!hisho_window_read(window, error))
			return NULL;
	HishoRawMail *mail = new_mail(reader);
	mail->raw = hisho_window_steal(window);
	mail->mail = g_bytes_ref(mail->raw);
	return mail;
}

/* How many bytes of empty lines the mbox begins with. */
static size_t
leading_lines(const char *data, size_t length)
{
	size_t lines = 0;

	while (lines < length) {
		if (data[lines] == '\n')
			lines += 1;
		else if (length - lines > 1 && data[lines] == '\r' &&
		    data[lines + 1] == '\n')
			lines += 2;
		else
			break;
	}
	return lines;
}

/* Sees to it that an mbox begins with a From_ line; BEFORE becomes the empty
 * lines in front of it, or NULL.  All of them must lie within START_BYTES. */
static bool
read_start(HishoWindow *window, GBytes **before, GError **error)
{
	size_t length;

	*before = NULL;
	while (!window->at_end && window->end < START_BYTES)
		if (!hisho_window_read(window, error))
			return false;
	const char *data = hisho_window_data(window, &length);
	size_t lines = leading_lines(data, length);
	if (length > 0 && !hisho_mbox_is_from(data + lines, length - lines)) {
		g_set_error(error, HISHO_ERROR, HISHO_ERROR_INPUT,
		    "not an mbox: no \"From \" at byte %zu", lines);
		return false;
	}
	if (lines > 0)
		*before = hisho_window_pass(window, lines);
	return true;
}

static HishoRawMail *
read_mbox(HishoReader *reader, GError **error)
{
	HishoWindow *window = &reader->window;
	HishoMboxScan scan = { 0 };
	g_autoptr(GBytes) before = NULL;
	size_t length;

	if (window->offset == 0 && !read_start(window, &before, error))
		return NULL;
	for (;;) {
		const char *data = hisho_window_data(window, &length);
		if (length == 0 && window->at_end)
			return NULL;
		if (length > 0 &&
		    hisho_mbox_scan(&scan, data, length, window->at_end))
			break;
		if (!hisho_window_read(window, error))
			return NULL;
	}
	HishoRawMail *mail = new_mail(reader);
	mail->before = g_steal_pointer(&before);
	mail->raw = hisho_window_pass(window, scan.raw_length);
	mail->mail = hisho_mbox_text(&scan, mail->raw);
	return mail;
}

/* The mail, or NULL at the end, of what is open, which stays open as long as
 * there may be more. */
static HishoRawMail *
read_one(HishoReader *reader, GError **error)
{
	HishoRawMail *mail = reader->is_mbox ? read_mbox(reader, error)
					     : read_whole(reader, error);

	if (mail == NULL || !reader->is_mbox)
		hisho_window_close(&reader->window);
	return mail;
}

static int
by_name(gconstpointer a, gconstpointer b)
{
	const char *const *left = a, *const *right = b;

	/* Behind "cur/" or "new/". */
	return strcmp(*left + 4, *right + 4);
}

/* Notes the files in FOLDER, "cur" or "new", if there is one, which FOUND then
 * says. */
static bool
list_folder(
    HishoReader *reader, const char *folder, bool *found, GError **error)
{
	g_autofree char *path = g_build_filename(reader->maildir, folder, NULL);
	DIR *directory = opendir(path);
	const struct dirent *entry;

	if (directory == NULL) {
		if (errno == ENOENT || errno == ENOTDIR)
			return true;
		return set_error(error, folder);
	}
	*found = true;
	while ((errno = 0, entry = readdir(directory)) != NULL)
		if (entry->d_name[0] != '.')
			g_ptr_array_add(reader->names,
			    g_strconcat(folder, "/", entry->d_name, NULL));
	bool ok = errno == 0 || set_error(error, folder);
	closedir(directory);
	return ok;
}

static bool
open_maildir(HishoReader *reader, const char *path, GError **error)
{
	bool found = false;

	reader->is_mbox = false;
	reader->maildir = g_strdup(path);
	reader->names = g_ptr_array_new_with_free_func(g_free);
	if (!list_folder(reader, "cur", &found, error) ||
	    !list_folder(reader, "new", &found, error))
		return false;
	if (!found) {
		g_set_error(error, HISHO_ERROR, HISHO_ERROR_INPUT,
		    "a directory, but not a Maildir");
		return false;
	}
	g_ptr_array_sort(reader->names, by_name);
	return true;
}

/* Opens the file PATH of a Maildir.  True without an open file when there is
 * no regular one any more. */
static bool
open_file(HishoReader *reader, const char *path, GError **error)
{
	/* Not blocked by a FIFO, nor led elsewhere by a link. */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	struct stat facts;

	if (fd < 0 && (errno == ENOENT || errno == ELOOP || errno == ENXIO))
		return true;
	if (fd < 0)
		return set_error(error, "cannot open");
	if (fstat(fd, &facts) == 0 && S_ISREG(facts.st_mode))
		hisho_window_open_take_fd(&reader->window, fd);
	else
		close(fd);
	return true;
}

static HishoRawMail *
read_maildir(HishoReader *reader, GError **error)
{
	while (reader->next_name < reader->names->len) {
		const char *name = reader->names->pdata[reader->next_name++];
		g_autofree char *path =
		    g_build_filename(reader->maildir, name, NULL);
		HishoRawMail *mail = NULL;

		bool ok = open_file(reader, path, error);
		if (ok && reader->window.fd < 0)
			continue;
		if (ok)
			mail = read_one(reader, error);
		if (mail == NULL)
			g_prefix_error(error, "%s: ", name);
		else
			mail->path = g_steal_pointer(&path);
		return mail;
	}
	return NULL;
}

HishoRawMail *
hisho_reader_next(HishoReader *reader, GError **error)
{
	if (reader->maildir != NULL)
		return read_maildir(reader, error);
	if (reader->window.fd < 0)
		return NULL;
	return read_one(reader, error);
}

guint64
hisho_reader_tell(const HishoReader *reader)
{
	return reader->maildir != NULL ? reader->next_name
				       : reader->window.offset;
}

/* A file is closed where it ends. */
static bool
seek_file(HishoReader *reader, guint64 place, GError **error)
{
	HishoWindow *window = &reader->window;
	if (window->fd < 0) {
		int fd = reader->path != NULL
		    ? open(reader->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
		    : dup(STDIN_FILENO);
		if (fd < 0)
			return set_error(error, "cannot open again");
		hisho_window_open_take_fd(window, fd);
	}
	return hisho_window_seek(window, place, error);
}

bool
hisho_reader_seek(HishoReader *reader, guint64 place, GError **error)
{
	if (reader->maildir == NULL)
		return seek_file(reader, place, error);
	hisho_window_close(&reader->window);
	reader->next_name = (guint)place;
	return true;
}

HishoReader *
hisho_reader_open(const char *path, bool is_mbox, GError **error)
{
	g_autoptr(HishoReader) reader = g_new0(HishoReader, 1);
	struct stat facts;

	reader->is_mbox = is_mbox;
	reader->path = g_strdup(path);
	reader->window.fd = -1;
	int fd = path == NULL ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 || fstat(fd, &facts) != 0) {
		g_set_error_literal(error, HISHO_ERROR, HISHO_ERROR_TEMPORARY,
		    g_strerror(errno));
		return NULL;
	}
	hisho_window_open_take_fd(&reader->window, fd);
	if (path != NULL && S_ISDIR(facts.st_mode)) {
		hisho_window_close(&reader->window);
		if (!open_maildir(reader, path, error))
			return NULL;
	}
	return g_steal_pointer(&reader);
}

void
hisho_reader_free(HishoReader *reader)
{
	if (reader == NULL)
		return;
	hisho_window_close(&reader->window);
	g_free(reader->path);
	g_free(reader->maildir);
	g_clear_pointer(&reader->names, g_ptr_array_unref);
	g_free(reader);
}
