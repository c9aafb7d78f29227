// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include <stdlib.h>
#include <string.h>

#include "base/diag.h"

/* What all fuzz targets share. A target takes any bytes; what has to be so whatever they are it
 * says with HOLDS. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define HOLDS(x)                                                                                   \
    do {                                                                                           \
        if (!(x)) {                                                                                \
            fprintf(stderr, "%s:%d: does not hold: %s\n", __FILE__, __LINE__, #x);                 \
            abort();                                                                               \
        }                                                                                          \
    } while (0)

/* The bytes with a NUL behind them; the caller's to free. */
static inline char *fuzz_text(const uint8_t *data, size_t size)
{
    char *text = malloc(size + 1);
    HOLDS(text);
    memcpy(text, data, size);
    text[size] = '\0';
    return text;
}

static inline void fuzz_place(const struct diags *d, struct pos pos)
{
    uint32_t lines = 1;
    for (const char *p = d->source; (p = strpbrk(p, "\r\n")); p++)
        lines++;
    for (const char *p = d->source; (p = strstr(p, "\xe2\x80")); p++) /* U+2028, U+2029 */
        lines++;
    for (const char *p = d->source; (p = strstr(p, "\xc2\x85")); p++)
        lines++;
    HOLDS(pos.line <= lines + 1);
    HOLDS(!pos.line == !pos.col);
}

/* Nothing that a terminal would obey. */
static inline void fuzz_printable(const char *text)
{
    for (const unsigned char *p = (const unsigned char *)text; *p; p++) {
        HOLDS(*p >= ' ' || *p == '\n');
        HOLDS(*p != 0x7f);
        HOLDS(*p != 0xc2 || p[1] < 0x80 || p[1] >= 0xa0);
    }
}

/* All that D has to say: places in the file, and texts that can be shown. */
static inline void fuzz_diags(struct diags *d)
{
    struct str said CLEAN_STR = {0};
    diags_sort(d);
    VEC_EACH (const struct diag, it, &d->list) {
        HOLDS(*it->text);
        fuzz_place(d, it->pos);
        if (it->note)
            fuzz_place(d, it->note_pos);
    }
    diags_print_text(d, false, &said);
    HOLDS(!said.len == !(d->errors + d->warnings));
    if (said.len)
        fuzz_printable(said.text);
}
