/* scheme.h - the schemes of URLs, as far as they matter here */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

typedef enum {
	HISHO_URL_RELATIVE, /* no scheme; //host/ has a host, /x has none */
	HISHO_URL_WEB,	    /* http, https, ws, wss */
	HISHO_URL_FTP,
	HISHO_URL_MAILTO,
	HISHO_URL_TEL, /* tel, sms, facetime */
	HISHO_URL_DATA,
	HISHO_URL_SCRIPT, /* javascript, vbscript */
	HISHO_URL_CID,	  /* cid, mid: another part of this mail; clsid: a
			   * program that is there */
	HISHO_URL_OTHER,
} HishoUrlScheme;

/* What is known of a scheme. */
typedef struct {
	const char *name;
	HishoUrlScheme scheme;
	bool special; /* '\' is '/', and slashes may be left out */
	guint port;   /* the usual one, 0 for none */
} HishoScheme;

/* The scheme called NAME (lower case); HISHO_URL_OTHER for any other. */
const HishoScheme *hisho_scheme_find(const char *name);

/* The length of the scheme TEXT begins with, 0 without one. */
size_t hisho_scheme_length(const char *text);
