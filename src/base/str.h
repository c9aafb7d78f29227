// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include <stdarg.h>

#include "base/util.h"

/* A growing text on the heap; TEXT is NUL-terminated, or NULL while nothing was added. */
struct str {
    char *text;
    size_t len, cap;
};

#define CLEAN_STR CLEANUP(str_done)

void str_done(struct str *s);
void str_add(struct str *s, const char *text);
void str_addn(struct str *s, const char *text, size_t len);

/* LEN bytes as two hexadecimal digits each; and back: false where HEX is something else. */
void str_add_hex(struct str *s, const void *bytes, size_t len);
bool str_add_unhex(struct str *s, const char *hex);
void str_addf(struct str *s, const char *fmt, ...) PRINTF(2, 3);
void str_addvf(struct str *s, const char *fmt, va_list ap) PRINTF(2, 0);

/* The text (never NULL), now the caller's to free; S is empty afterwards. */
char *str_take(struct str *s);

/*
 * The nearest of WORDS (N of them, NULLs are passed over) to WORD: at most a third of its letters
 * differ (Damerau-Levenshtein, case ignored); NULL where none is that near.
 */
const char *str_nearest(const char *word, const char *const *words, size_t n);

/* How many bytes the control character has that S begins with, which a terminal would obey (U+0001
 * to U+001F, U+007F to U+009F in UTF-8); 0 where there is none, and at the end. */
size_t str_control(const char *s);

bool str_starts(const char *s, const char *prefix);
bool str_ends(const char *s, const char *suffix);

/* WORD as one word of a POSIX shell: quoted only where it must be. */
void str_add_shell_word(struct str *s, const char *word);
