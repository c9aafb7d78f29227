// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#include "base/str.h"

#include <ctype.h>
#include <string.h>

#include "base/memory.h"

void str_done(struct str *s)
{
    free(s->text);
    *s = (struct str){0};
}

/* Room for LEN more bytes and the NUL. */
static void str_reserve(struct str *s, size_t len)
{
    if (s->len + len + 1 <= s->cap)
        return;
    size_t cap = s->cap ? s->cap * 2 : 128;
    while (cap < s->len + len + 1)
        cap *= 2;
    s->text = memory_resize(s->text, cap);
    s->cap = cap;
}

void str_addn(struct str *s, const char *text, size_t len)
{
    str_reserve(s, len);
    memcpy(s->text + s->len, text, len);
    s->len += len;
    s->text[s->len] = '\0';
}

void str_add_hex(struct str *s, const void *bytes, size_t len)
{
    for (size_t i = 0; i < len; i++)
        str_addf(s, "%02x", ((const unsigned char *)bytes)[i]);
}

bool str_add_unhex(struct str *s, const char *hex)
{
    for (; hex[0] && hex[1]; hex += 2) {
        if (!isxdigit((unsigned char)hex[0]) || !isxdigit((unsigned char)hex[1]))
            return false;
        const char digits[] = {hex[0], hex[1], '\0'};
        str_addn(s, (const char[]){(char)strtoul(digits, NULL, 16)}, 1);
    }
    return !*hex;
}

void str_add(struct str *s, const char *text)
{
    str_addn(s, text, strlen(text));
}

void str_addvf(struct str *s, const char *fmt, va_list ap)
{
    va_list again;
    va_copy(again, ap);
    int len = vsnprintf(NULL, 0, fmt, again);
    va_end(again);
    if (len < 0)
        memory_exhausted();
    str_reserve(s, (size_t)len);
    vsnprintf(s->text + s->len, (size_t)len + 1, fmt, ap);
    s->len += (size_t)len;
}

void str_addf(struct str *s, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    str_addvf(s, fmt, ap);
    va_end(ap);
}

char *str_take(struct str *s)
{
    str_reserve(s, 0);
    s->text[s->len] = '\0';
    char *text = s->text;
    *s = (struct str){0};
    return text;
}

#define WORD_MAX 64

/* Damerau-Levenshtein (optimal string alignment), case ignored; both at most WORD_MAX long. */
static unsigned edit_distance(const char *a, size_t n, const char *b, size_t m)
{
    unsigned d[3][WORD_MAX + 1];
    for (size_t j = 0; j <= m; j++)
        d[0][j] = (unsigned)j;
    for (size_t i = 1; i <= n; i++) {
        unsigned *row = d[i % 3], *above = d[(i + 2) % 3], *before = d[(i + 1) % 3];
        row[0] = (unsigned)i;
        for (size_t j = 1; j <= m; j++) {
            int x = tolower((unsigned char)a[i - 1]), y = tolower((unsigned char)b[j - 1]);
            unsigned best = above[j - 1] + (x != y);
            if (above[j] + 1 < best)
                best = above[j] + 1;
            if (row[j - 1] + 1 < best)
                best = row[j - 1] + 1;
            if (i > 1 && j > 1 && x == tolower((unsigned char)b[j - 2]) &&
                tolower((unsigned char)a[i - 2]) == y && before[j - 2] + 1 < best)
                best = before[j - 2] + 1;
            row[j] = best;
        }
    }
    return d[n % 3][m];
}

const char *str_nearest(const char *word, const char *const *words, size_t n)
{
    const char *nearest = NULL;
    size_t len = strlen(word);
    unsigned best = (unsigned)len / 3 + 1;
    if (len > WORD_MAX)
        return NULL;
    for (size_t i = 0; i < n; i++) {
        size_t other = words[i] ? strlen(words[i]) : WORD_MAX + 1;
        if (other > WORD_MAX)
            continue;
        unsigned distance = edit_distance(word, len, words[i], other);
        if (distance < best || (distance == best && !nearest && distance < len)) {
            best = distance;
            nearest = words[i];
        }
    }
    return nearest;
}

size_t str_control(const char *s)
{
    const unsigned char *p = (const unsigned char *)s;
    if (p[0] == 0xc2 && p[1] >= 0x80 && p[1] < 0xa0)
        return 2;
    return (p[0] && p[0] < ' ') || p[0] == 0x7f;
}

bool str_starts(const char *s, const char *prefix)
{
    return strncmp(s, prefix, strlen(prefix)) == 0;
}

bool str_ends(const char *s, const char *suffix)
{
    size_t len = strlen(s), tail = strlen(suffix);
    return len >= tail && strcmp(s + len - tail, suffix) == 0;
}

void str_add_shell_word(struct str *s, const char *word)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                "@%+=:,./_-";
    if (*word && !word[strspn(word, plain)]) {
        str_add(s, word);
        return;
    }
    str_add(s, "'");
    for (; *word; word++) {
        if (*word == '\'')
            str_add(s, "'\\''");
        else
            str_addn(s, word, 1);
    }
    str_add(s, "'");
}
