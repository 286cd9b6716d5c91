/* confusable-table.h - letters that look like others
 *
 * Source: Unicode 15.0 confusables (UTS 39) as in ICU 72, by
 * tests/tables/confusable-table.c: all but ASCII that may stand in a host name
 * (UTS 46) and looks like ASCII, or is kana or kanji and looks like another.
 * Lower case, without diacritics.  So it is a modified part of data under
 * these terms:
 *
 * COPYRIGHT AND PERMISSION NOTICE
 *
 * Copyright (c) 1991-2022 Unicode, Inc.  All rights reserved.  Distributed
 * under the Terms of Use in https://www.unicode.org/copyright.html.
 *
 * Permission is hereby granted, free of charge, to any person obtaining a copy
 * of the Unicode data files and any associated documentation (the "Data
 * Files") or Unicode software and any associated documentation (the
 * "Software") to deal in the Data Files or Software without restriction,
 * including without limitation the rights to use, copy, modify, merge,
 * publish, distribute, and/or sell copies of the Data Files or Software, and
 * to permit persons to whom the Data Files or Software are furnished to do so,
 * provided that either (a) this copyright and permission notice appear with
 * all copies of the Data Files or Software, or (b) this copyright and
 * permission notice appear in associated Documentation.
 *
 * THE DATA FILES AND SOFTWARE ARE PROVIDED "AS IS", WITHOUT WARRANTY OF ANY
 * KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF
 * MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT OF
 * THIRD PARTY RIGHTS.  IN NO EVENT SHALL THE COPYRIGHT HOLDER OR HOLDERS
 * INCLUDED IN THIS NOTICE BE LIABLE FOR ANY CLAIM, OR ANY SPECIAL INDIRECT OR
 * CONSEQUENTIAL DAMAGES, OR ANY DAMAGES WHATSOEVER RESULTING FROM LOSS OF USE,
 * DATA OR PROFITS, WHETHER IN AN ACTION OF CONTRACT, NEGLIGENCE OR OTHER
 * TORTIOUS ACTION, ARISING OUT OF OR IN CONNECTION WITH THE USE OR PERFORMANCE
 * OF THE DATA FILES OR SOFTWARE.
 *
 * Except as contained in this notice, the name of a copyright holder shall not
 * be used in advertising or otherwise to promote the sale, use or other
 * dealings in these Data Files or Software without prior written authorization
 * of the copyright holder. */
#pragma once

#include <glib.h>

typedef struct {
	gunichar letter;
	char like[8];
} Confusable;

/* clang-format off */
static const Confusable confusable_table[] = {
	{ 0xA2, "c" }, { 0xA5, "y" }, { 0xD7, "x" }, { 0xE6, "ae" },
	{ 0xF8, "o" }, { 0x111, "d" }, { 0x127, "h" }, { 0x131, "i" },
	{ 0x142, "l" }, { 0x153, "oe" }, { 0x167, "t" }, { 0x180, "b" },
	{ 0x183, "b" }, { 0x18C, "d" }, { 0x18D, "g" }, { 0x192, "f" },
	{ 0x199, "k" }, { 0x19A, "l" }, { 0x19E, "n" }, { 0x1A5, "p" },
	{ 0x1AD, "t" }, { 0x1B4, "y" }, { 0x1B6, "z" }, { 0x1BB, "2" },
	{ 0x1BD, "s" }, { 0x1C0, "l" }, { 0x1C1, "ll" }, { 0x1E5, "g" },
	{ 0x223, "8" }, { 0x225, "z" }, { 0x23C, "c" }, { 0x247, "e" },
	{ 0x249, "j" }, { 0x24D, "r" }, { 0x24F, "y" }, { 0x251, "a" },
	{ 0x253, "b" }, { 0x256, "d" }, { 0x257, "d" }, { 0x260, "g" },
	{ 0x261, "g" }, { 0x263, "y" }, { 0x266, "h" }, { 0x268, "i" },
	{ 0x269, "i" }, { 0x26A, "i" }, { 0x26B, "l" }, { 0x26D, "l" },
	{ 0x26F, "w" }, { 0x271, "rn" }, { 0x273, "n" }, { 0x275, "o" },
	{ 0x27C, "r" }, { 0x27D, "r" }, { 0x282, "s" }, { 0x28B, "u" },
	{ 0x28F, "y" }, { 0x290, "z" }, { 0x2A0, "q" }, { 0x2A3, "dz" },
	{ 0x2A6, "ts" }, { 0x2AA, "ls" }, { 0x2AB, "lz" }, { 0x2D7, "-" },
	{ 0x3B1, "a" }, { 0x3B3, "y" }, { 0x3B7, "n" }, { 0x3B8, "o" },
	{ 0x3B9, "i" }, { 0x3BD, "v" }, { 0x3BF, "o" }, { 0x3C1, "p" },
	{ 0x3C3, "o" }, { 0x3C5, "u" }, { 0x3F3, "j" }, { 0x430, "a" },
	{ 0x431, "6" }, { 0x433, "r" }, { 0x435, "e" }, { 0x43E, "o" },
	{ 0x440, "p" }, { 0x441, "c" }, { 0x443, "y" }, { 0x445, "x" },
	{ 0x455, "s" }, { 0x456, "i" }, { 0x458, "j" }, { 0x45B, "h" },
	{ 0x461, "w" }, { 0x463, "b" }, { 0x473, "o" }, { 0x475, "v" },
	{ 0x48D, "b" }, { 0x493, "r" }, { 0x4AB, "c" }, { 0x4AF, "y" },
	{ 0x4B1, "y" }, { 0x4BB, "h" }, { 0x4BD, "e" }, { 0x4BF, "e" },
	{ 0x4CF, "i" }, { 0x4D5, "ae" }, { 0x4E9, "o" }, { 0x501, "d" },
	{ 0x51B, "q" }, { 0x51D, "w" }, { 0x561, "w" }, { 0x563, "q" },
	{ 0x566, "q" }, { 0x570, "h" }, { 0x578, "n" }, { 0x57C, "n" },
	{ 0x57D, "u" }, { 0x581, "g" }, { 0x584, "f" }, { 0x585, "o" },
	{ 0x5C0, "l" }, { 0x5D5, "l" }, { 0x5D8, "v" }, { 0x5DF, "l" },
	{ 0x5E1, "o" }, { 0x5F0, "ll" }, { 0x627, "l" }, { 0x647, "o" },
	{ 0x661, "l" }, { 0x665, "o" }, { 0x667, "v" }, { 0x6BE, "o" },
	{ 0x6C1, "o" }, { 0x6D4, "-" }, { 0x6D5, "o" }, { 0x6F1, "l" },
	{ 0x6F5, "o" }, { 0x6F7, "v" }, { 0x6FF, "o" }, { 0x7C0, "o" },
	{ 0x7CA, "l" }, { 0x966, "o" }, { 0x9E6, "o" }, { 0x9EA, "8" },
	{ 0x9ED, "9" }, { 0xA66, "o" }, { 0xA67, "9" }, { 0xA6A, "8" },
	{ 0xAE6, "o" }, { 0xB20, "o" }, { 0xB66, "o" }, { 0xB68, "9" },
	{ 0xBE6, "o" }, { 0xC66, "o" }, { 0xCE6, "o" }, { 0xD20, "o" },
	{ 0xD66, "o" }, { 0xD6D, "9" }, { 0xE50, "o" }, { 0xED0, "o" },
	{ 0x101D, "o" }, { 0x1040, "o" }, { 0x10E7, "y" }, { 0x10FF, "o" },
	{ 0x1200, "u" }, { 0x12D0, "o" }, { 0x13A0, "d" }, { 0x13A1, "r" },
	{ 0x13A2, "t" }, { 0x13A5, "i" }, { 0x13A9, "y" }, { 0x13AA, "a" },
	{ 0x13AB, "j" }, { 0x13AC, "e" }, { 0x13B3, "w" }, { 0x13B7, "m" },
	{ 0x13BB, "h" }, { 0x13BD, "y" }, { 0x13BE, "o" }, { 0x13C0, "g" },
	{ 0x13C2, "h" }, { 0x13C3, "z" }, { 0x13CC, "u" }, { 0x13CE, "4" },
	{ 0x13CF, "b" }, { 0x13D2, "r" }, { 0x13D4, "w" }, { 0x13D5, "s" },
	{ 0x13D9, "v" }, { 0x13DA, "s" }, { 0x13DE, "l" }, { 0x13DF, "c" },
	{ 0x13E2, "p" }, { 0x13E6, "k" }, { 0x13E7, "d" }, { 0x13EB, "o" },
	{ 0x13EE, "6" }, { 0x13F2, "h" }, { 0x13F3, "g" }, { 0x13F4, "b" },
	{ 0x142F, "v" }, { 0x144C, "u" }, { 0x146D, "p" }, { 0x146F, "d" },
	{ 0x1472, "b" }, { 0x1473, "b" }, { 0x148D, "j" }, { 0x14AA, "l" },
	{ 0x14BF, "2" }, { 0x1541, "x" }, { 0x157C, "h" }, { 0x157D, "x" },
	{ 0x1587, "r" }, { 0x15AF, "b" }, { 0x15B4, "f" }, { 0x15C5, "a" },
	{ 0x15DE, "d" }, { 0x15EA, "d" }, { 0x15F0, "m" }, { 0x15F7, "b" },
	{ 0x166D, "x" }, { 0x166E, "x" }, { 0x16B7, "x" }, { 0x16C1, "l" },
	{ 0x16D5, "k" }, { 0x16D6, "m" }, { 0x1D04, "c" }, { 0x1D0F, "o" },
	{ 0x1D11, "o" }, { 0x1D1C, "u" }, { 0x1D20, "v" }, { 0x1D21, "w" },
	{ 0x1D22, "z" }, { 0x1D26, "r" }, { 0x1D6B, "ue" }, { 0x1D6E, "f" },
	{ 0x1D6F, "rn" }, { 0x1D70, "n" }, { 0x1D72, "r" }, { 0x1D74, "s" },
	{ 0x1D75, "t" }, { 0x1D76, "z" }, { 0x1D7B, "i" }, { 0x1D7C, "i" },
	{ 0x1D7D, "p" }, { 0x1D7E, "u" }, { 0x1D83, "g" }, { 0x1D8C, "y" },
	{ 0x1E9D, "f" }, { 0x1EFF, "y" }, { 0x2010, "-" }, { 0x2012, "-" },
	{ 0x2013, "-" }, { 0x2016, "ll" }, { 0x2043, "-" }, { 0x20A5, "rn" },
	{ 0x20A9, "w" }, { 0x20AB, "d" }, { 0x20AD, "k" }, { 0x20B6, "lt" },
	{ 0x212E, "e" }, { 0x2212, "-" }, { 0x221E, "oo" }, { 0x2223, "l" },
	{ 0x2225, "ll" }, { 0x2228, "v" }, { 0x222A, "u" }, { 0x2238, "-" },
	{ 0x2296, "o" }, { 0x229D, "o" }, { 0x22A4, "t" }, { 0x22C1, "v" },
	{ 0x22C3, "u" }, { 0x22FF, "e" }, { 0x2361, "t" }, { 0x236C, "o" },
	{ 0x2373, "i" }, { 0x2374, "p" }, { 0x2376, "a" }, { 0x2378, "i" },
	{ 0x237A, "a" }, { 0x23FD, "l" }, { 0x2573, "x" }, { 0x2796, "-" },
	{ 0x27D9, "t" }, { 0x292B, "x" }, { 0x292C, "x" }, { 0x2A29, "-" },
	{ 0x2A2A, "-" }, { 0x2A2F, "x" }, { 0x2A30, "x" }, { 0x2C85, "r" },
	{ 0x2C9F, "o" }, { 0x2CA3, "p" }, { 0x2CA5, "c" }, { 0x2D31, "o" },
	{ 0x2D38, "v" }, { 0x2D39, "e" }, { 0x2D41, "o" }, { 0x2D4F, "l" },
	{ 0x2D54, "o" }, { 0x2D55, "q" }, { 0x2D5D, "x" }, { 0x2E1A, "-" },
	{ 0x3007, "o" }, { 0x304F, "❬" }, { 0x30A4, "亻" }, { 0x30A8, "工" },
	{ 0x30AB, "力" }, { 0x30BF, "夕" }, { 0x30C8, "卜" }, { 0x30CB, "二" },
	{ 0x30CF, "八" }, { 0x30D8, "へ" }, { 0x30ED, "口" }, { 0x39B3, "㘽" },
	{ 0x439B, "㖈" }, { 0x4420, "㬻" }, { 0x4E00, "ー" }, { 0x5002, "併" },
	{ 0x503C, "値" }, { 0x555F, "啓" }, { 0x56D7, "口" }, { 0x586B, "塡" },
	{ 0x58EB, "土" }, { 0x58FF, "墫" }, { 0x5B00, "媯" }, { 0x5E32, "帡" },
	{ 0x5E50, "㬺" }, { 0x6238, "戶" }, { 0x6409, "㩁" }, { 0x6663, "䀿" },
	{ 0x6669, "晚" }, { 0x66F6, "㫚" }, { 0x6726, "䑃" }, { 0x67FF, "杮" },
	{ 0x69E9, "㮣" }, { 0x6A27, "榝" }, { 0x6F59, "溈" }, { 0x784F, "研" },
	{ 0x7D76, "絕" }, { 0x80A6, "朌" }, { 0x80CA, "朐" }, { 0x80D0, "朏" },
	{ 0x80F6, "㬵" }, { 0x8101, "朓" }, { 0x8127, "朘" }, { 0x8141, "胼" },
	{ 0x81A7, "朣" }, { 0x853F, "蒍" }, { 0x8641, "蘷" }, { 0x8A1E, "䚶" },
	{ 0x8A7D, "訮" }, { 0x8B8F, "讆" }, { 0x8C63, "豜" }, { 0x8D86, "赿" },
	{ 0x8DFA, "跥" }, { 0x8E9B, "躗" }, { 0x8F27, "軿" }, { 0x90DE, "郎" },
	{ 0x93AE, "鎭" }, { 0x96B8, "隷" }, { 0x9E43, "鹂" }, { 0x9ED2, "黑" },
	{ 0x9FC3, "䀹" }, { 0xA4D0, "b" }, { 0xA4D1, "p" }, { 0xA4D2, "d" },
	{ 0xA4D3, "d" }, { 0xA4D4, "t" }, { 0xA4D6, "g" }, { 0xA4D7, "k" },
	{ 0xA4D9, "j" }, { 0xA4DA, "c" }, { 0xA4DC, "z" }, { 0xA4DD, "f" },
	{ 0xA4DF, "m" }, { 0xA4E0, "n" }, { 0xA4E1, "l" }, { 0xA4E2, "s" },
	{ 0xA4E3, "r" }, { 0xA4E6, "v" }, { 0xA4E7, "h" }, { 0xA4EA, "w" },
	{ 0xA4EB, "x" }, { 0xA4EC, "y" }, { 0xA4EE, "a" }, { 0xA4F0, "e" },
	{ 0xA4F2, "l" }, { 0xA4F3, "o" }, { 0xA4F4, "u" }, { 0xA647, "i" },
	{ 0xA695, "h" }, { 0xA699, "oo" }, { 0xA6DF, "v" }, { 0xA6EF, "2" },
	{ 0xA731, "s" }, { 0xA733, "aa" }, { 0xA735, "ao" }, { 0xA737, "au" },
	{ 0xA739, "av" }, { 0xA73B, "av" }, { 0xA73D, "ay" }, { 0xA74B, "o" },
	{ 0xA74F, "oo" }, { 0xA761, "w" }, { 0xA777, "tf" }, { 0xA799, "f" },
	{ 0xA79F, "u" }, { 0xAB32, "e" }, { 0xAB35, "f" }, { 0xAB3D, "o" },
	{ 0xAB3E, "o" }, { 0xAB47, "r" }, { 0xAB48, "r" }, { 0xAB4E, "u" },
	{ 0xAB52, "u" }, { 0xAB5A, "y" }, { 0xAB63, "uo" }, { 0x1018E, "n" },
	{ 0x10196, "x" }, { 0x10197, "v" }, { 0x10198, "lls" }, { 0x10199, "ll" },
	{ 0x10282, "b" }, { 0x10286, "e" }, { 0x10287, "f" }, { 0x1028A, "l" },
	{ 0x10290, "x" }, { 0x10292, "o" }, { 0x10295, "p" }, { 0x10296, "s" },
	{ 0x10297, "t" }, { 0x102A0, "a" }, { 0x102A1, "b" }, { 0x102A2, "c" },
	{ 0x102A5, "f" }, { 0x102AB, "o" }, { 0x102B0, "m" }, { 0x102B1, "t" },
	{ 0x102B2, "y" }, { 0x102B4, "x" }, { 0x102CF, "h" }, { 0x102F5, "z" },
	{ 0x10301, "b" }, { 0x10302, "c" }, { 0x10309, "l" }, { 0x10311, "m" },
	{ 0x10315, "t" }, { 0x10317, "x" }, { 0x1031A, "8" }, { 0x10320, "l" },
	{ 0x10322, "x" }, { 0x1042C, "o" }, { 0x1043D, "c" }, { 0x10448, "s" },
	{ 0x104EA, "o" }, { 0x104F6, "u" }, { 0x10513, "n" }, { 0x10516, "o" },
	{ 0x10518, "k" }, { 0x1051C, "c" }, { 0x1051D, "v" }, { 0x10525, "f" },
	{ 0x10526, "l" }, { 0x10527, "x" }, { 0x114C5, "w" }, { 0x114D0, "o" },
	{ 0x11700, "rn" }, { 0x11706, "v" }, { 0x1170A, "w" }, { 0x1170E, "w" },
	{ 0x1170F, "w" }, { 0x118C0, "v" }, { 0x118C1, "s" }, { 0x118C2, "f" },
	{ 0x118C3, "i" }, { 0x118C4, "z" }, { 0x118C6, "7" }, { 0x118C8, "o" },
	{ 0x118CA, "3" }, { 0x118CC, "9" }, { 0x118D5, "6" }, { 0x118D6, "9" },
	{ 0x118D7, "o" }, { 0x118D8, "u" }, { 0x118DC, "y" }, { 0x118E0, "o" },
	{ 0x118E3, "rn" }, { 0x118E5, "z" }, { 0x118E6, "w" }, { 0x118E9, "c" },
	{ 0x118EC, "x" }, { 0x118EF, "w" }, { 0x118F2, "c" }, { 0x16F08, "v" },
	{ 0x16F0A, "t" }, { 0x16F16, "l" }, { 0x16F28, "l" }, { 0x16F35, "r" },
	{ 0x16F3A, "s" }, { 0x16F3B, "3" }, { 0x16F40, "a" }, { 0x16F42, "u" },
	{ 0x16F43, "y" }, { 0x1D206, "3" }, { 0x1D20D, "v" }, { 0x1D212, "7" },
	{ 0x1D213, "f" }, { 0x1D216, "r" }, { 0x1D21A, "o" }, { 0x1D22A, "l" },
	{ 0x1E8C7, "l" }, { 0x1E8CB, "8" }, { 0x1F700, "qe" }, { 0x1F707, "ar" },
	{ 0x1F714, "o" }, { 0x1F74C, "c" }, { 0x1F75C, "sss" }, { 0x1F768, "t" },
	{ 0x1F76B, "mb" }, { 0x1F76C, "vb" }, { 0x21FE8, "❬" },
};
/* clang-format on */
