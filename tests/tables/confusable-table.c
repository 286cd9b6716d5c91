/* confusable-table.c - writes libhisho/links/confusable-table.h
 *
 * Not part of the build; with libicu-dev:
 *
 *	cc -o table confusable-table.c -licui18n -licuuc && ./table */
#include <stdbool.h>
#include <stdio.h>
#include <unicode/uchar.h>
#include <unicode/uidna.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/uspoof.h>
#include <unicode/ustring.h>

#define SHORT 64
#define COLUMNS 4

/* What a single letter violates anywhere but in its word. */
#define BY_ITSELF                                                              \
	(UIDNA_ERROR_LEADING_COMBINING_MARK | UIDNA_ERROR_BIDI |               \
	    UIDNA_ERROR_CONTEXTJ | UIDNA_ERROR_CONTEXTO_PUNCTUATION |          \
	    UIDNA_ERROR_CONTEXTO_DIGITS)

/* Whether C may stand in a host name and stays what it is there. */
static bool
is_kept_in_hosts(const UIDNA *idna, UChar32 c)
{
	UChar letter[2], out[SHORT];
	int length = 0;
	UIDNAInfo info = UIDNA_INFO_INITIALIZER;
	UErrorCode error = U_ZERO_ERROR;

	U16_APPEND_UNSAFE(letter, length, c);
	int n = uidna_labelToUnicode(
	    idna, letter, length, out, SHORT, &info, &error);
	return U_SUCCESS(error) && (info.errors & ~BY_ITSELF) == 0 &&
	    n == length && u_memcmp(out, letter, n) == 0;
}

static bool
is_plain(const char *text)
{
	for (; *text != '\0'; text++)
		if (!(*text >= 'a' && *text <= 'z') &&
		    !(*text >= '0' && *text <= '9') && *text != '-')
			return false;
	return true;
}

/* Kana and kanji have look-alikes of their own; signs that C looks like are
 * in no host. */
static bool
is_japanese(UChar32 c, const char *text)
{
	UErrorCode error = U_ZERO_ERROR;
	UScriptCode script = uscript_getScript(c, &error);

	return u_isalpha(c) && (*text & 0x80) != 0 &&
	    (script == USCRIPT_HIRAGANA || script == USCRIPT_KATAKANA ||
		script == USCRIPT_HAN);
}

/* The skeleton of C in lower case, without diacritics; false if C is its own,
 * or is taken apart by decomposition. */
static bool
find_skeleton(const USpoofChecker *checker, UChar32 c, char *text, int size)
{
	UChar letter[2], skeleton[SHORT], bare[SHORT];
	int length = 0, n = 0, at = 0;
	UErrorCode error = U_ZERO_ERROR;
	const UNormalizer2 *nfd = unorm2_getNFDInstance(&error);

	U16_APPEND_UNSAFE(letter, length, c);
	if (!unorm2_isNormalized(nfd, letter, length, &error))
		return false;
	int end = uspoof_getSkeleton(
	    checker, 0, letter, length, skeleton, SHORT, &error);
	while (at < end) {
		UChar32 part;
		U16_NEXT(skeleton, at, end, part);
		if (part < 0x300 || part > 0x36f)
			U16_APPEND_UNSAFE(bare, n, u_tolower(part));
	}
	u_strToUTF8(text, size, NULL, bare, n, &error);
	return U_SUCCESS(error) &&
	    (n != length || u_memcmp(bare, letter, n) != 0);
}

int
main(void)
{
	UErrorCode error = U_ZERO_ERROR;
	USpoofChecker *checker = uspoof_open(&error);
	UIDNA *idna = uidna_openUTS46(UIDNA_NONTRANSITIONAL_TO_UNICODE, &error);
	int n = 0;

	printf("/* From Unicode " U_UNICODE_VERSION ". */\n");
	for (UChar32 c = 0x80; c <= UCHAR_MAX_VALUE; c++) {
		char text[SHORT];
		if (U_IS_SURROGATE(c) || !is_kept_in_hosts(idna, c) ||
		    !find_skeleton(checker, c, text, SHORT) || *text == '\0' ||
		    !(is_plain(text) || is_japanese(c, text)))
			continue;
		printf("%s{ 0x%X, \"%s\" },", n % COLUMNS == 0 ? "\n\t" : " ",
		    (unsigned)c, text);
		n++;
	}
	printf("\n");
	uidna_close(idna);
	uspoof_close(checker);
	return 0;
}
