// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "base/err.h"
#include "base/str.h"
#include "base/vec.h"

/*
 * What is wrong with a topology file, collected and shown together: the place, the source line
 * with a caret under the very value, what was expected, and the nearest valid word.
 */
enum diag_level { DIAG_ERROR, DIAG_WARNING };

struct diag {
    enum diag_level level;
    struct pos pos;
    const char *fmt;  /* what it was made from */
    const char *text; /* "…, and 12 more like it" where others came from the same FMT there */
    uint32_t more;    /* how many others */
    const char *help; /* what to do about it, or NULL */
    const char *note; /* a second place that matters, or NULL */
    struct pos note_pos;
};

struct diags {
    struct arena *arena;
    const char *file;   /* as the user named it */
    const char *source; /* the file's bytes, NUL-terminated; NULL where there are none */
    const char *about;  /* what is looked at, where one place is that of many: "r700" of r(1..1000).
                         * Added to texts that do not say it; "": they do. NULL: it is one */
    VEC(struct diag) list;
    struct diag *last; /* what help and note belong to; NULL: to one that is not listed */
    unsigned errors, warnings;
};

#define DIAG_SHOWN_MAX 20
#define DIAG_LISTED_MAX 1000 /* what comes then is counted only */

/* FILE and SOURCE are borrowed. */
void diags_init(struct diags *d, struct arena *arena, const char *file, const char *source);

/* Add one. The very same text at the same place is added once. Where a place is that of many, of
 * those made from one FMT the first is listed, with a count of the others. */
void diag_error(struct diags *d, struct pos pos, const char *fmt, ...) PRINTF(3, 4);
void diag_warning(struct diags *d, struct pos pos, const char *fmt, ...) PRINTF(3, 4);
void diag_verror(struct diags *d, struct pos pos, const char *fmt, va_list ap) PRINTF(3, 0);

/* Add to the one added last, if it is listed. */
void diag_help(struct diags *d, const char *fmt, ...) PRINTF(2, 3);
void diag_note(struct diags *d, struct pos pos, const char *fmt, ...) PRINTF(3, 4);

/* help: did you mean 'X'?, where one of WORDS is near WORD; else nothing. True if it was added. */
bool diag_help_nearest(struct diags *d, const char *word, const char *const *words, size_t n);

/* Sorted by place, with their counts in their texts. Text shows DIAG_SHOWN_MAX, then "and N more";
 * the others show all. */
void diags_sort(struct diags *d);
void diags_print_text(const struct diags *d, bool colour, struct str *out);

/* "FILE:LINE:COL: error: TEXT", the line and the caret, for one error found later (in `up`). */
void diag_print_err(const struct diags *d, const struct err *err, bool colour, struct str *out);
