/* url.h - URLs in normal form
 *
 * After the WHATWG URL standard, because phishing is written for browsers;
 * but where that fails (a bad port), the host is still told.  Pure. */
#pragma once

#include "libhisho/links/scheme.h"

typedef struct HishoUrl HishoUrl;

/* Takes apart LENGTH bytes of TEXT as found in a mail, and resolves them
 * against BASE unless that is NULL.  NULL when nothing but blanks is there. */
HishoUrl *hisho_url_parse(
    const char *text, size_t length, const HishoUrl *base);
void hisho_url_free(HishoUrl *url);

HishoUrlScheme hisho_url_scheme(const HishoUrl *url);

/* A-labels without a final dot, or an IP address in its one spelling (no
 * brackets); NULL where there is none or it can be no host. */
const char *hisho_url_host(const HishoUrl *url);

/* Whether the host is an IP address, however it was written. */
bool hisho_url_has_address(const HishoUrl *url);

/* Whether something stands before an '@' in front of the host. */
bool hisho_url_has_userinfo(const HishoUrl *url);

/* What follows the host up to '?' or '#', without detours. */
const char *hisho_url_path(const HishoUrl *url);

/* Query and fragment with their marks, as written; "" without any. */
const char *hisho_url_rest(const HishoUrl *url);

/* The organisation behind the host, or NULL. */
char *hisho_url_dup_domain(const HishoUrl *url);

/* The whole URL in normal form: ASCII, at most 4,096 bytes of it. */
char *hisho_url_dup_text(const HishoUrl *url);

/* The same for people to read and no program to follow: hxxp://a[.]b/. */
char *hisho_url_dup_defanged(const HishoUrl *url);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(HishoUrl, hisho_url_free)
