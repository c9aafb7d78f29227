// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * Diagnostics read like a compiler's, because people know how to read those:
 *
 *   lab.yaml:7:12: error: unknown key 'adresses' in an interface
 *       7 |     eth0: {adresses: [10.0.0.1/24]}
 *         |            ^~~~~~~~
 *         = help: did you mean 'addresses'?
 */
#include "base/diag.h"

#include <string.h>

#define EXCERPT_MAX 110 /* columns of the source line shown */

void diags_init(struct diags *d, struct arena *arena, const char *file, const char *source)
{
    *d = (struct diags){.arena = arena, .file = file, .source = source};
}

/* What is said again of a file may hold anything; a terminal obeys control characters. */
static void blank_controls(char *text)
{
    for (size_t n; *text; text += n ? n : 1) {
        n = *text == '\n' ? 0 : str_control(text);
        memset(text, '?', n);
    }
}

static char *print_visible(struct arena *arena, const char *fmt, va_list ap)
{
    char *text = arena_vprintf(arena, fmt, ap);
    blank_controls(text);
    return text;
}

/* The one like NEW that is listed. */
static struct diag *diag_find(const struct diags *d, const struct diag *new)
{
    VEC_EACH (struct diag, it, &d->list) {
        if (it->level != new->level || it->pos.line != new->pos.line || it->pos.col != new->pos.col)
            continue;
        if ((d->about && it->fmt == new->fmt) || strcmp(it->text, new->text) == 0)
            return it;
    }
    return NULL;
}

static void diag_add(struct diags *d, enum diag_level level, struct pos pos, const char *fmt,
                     va_list ap)
{
    unsigned *count = level == DIAG_ERROR ? &d->errors : &d->warnings;
    d->last = NULL;
    if (d->list.n == DIAG_LISTED_MAX) {
        ++*count;
        return;
    }
    char *text = arena_vprintf(d->arena, fmt, ap);
    if (d->about && !strstr(text, d->about))
        text = arena_printf(d->arena, "%s (in %s)", text, d->about);
    blank_controls(text);
    const struct diag new = {.level = level, .pos = pos, .fmt = fmt, .text = text};
    struct diag *like = diag_find(d, &new);
    if (like) {
        like->more += strcmp(like->text, text) != 0;
        return;
    }
    d->last = vec_add(d->arena, &d->list);
    *d->last = new;
    ++*count;
}

void diag_verror(struct diags *d, struct pos pos, const char *fmt, va_list ap)
{
    diag_add(d, DIAG_ERROR, pos, fmt, ap);
}

void diag_error(struct diags *d, struct pos pos, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    diag_verror(d, pos, fmt, ap);
    va_end(ap);
}

void diag_warning(struct diags *d, struct pos pos, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    diag_add(d, DIAG_WARNING, pos, fmt, ap);
    va_end(ap);
}

void diag_help(struct diags *d, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    if (d->last)
        d->last->help = print_visible(d->arena, fmt, ap);
    va_end(ap);
}

void diag_note(struct diags *d, struct pos pos, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    if (d->last) {
        d->last->note = print_visible(d->arena, fmt, ap);
        d->last->note_pos = pos;
    }
    va_end(ap);
}

bool diag_help_nearest(struct diags *d, const char *word, const char *const *words, size_t n)
{
    const char *nearest = str_nearest(word, words, n);
    if (nearest)
        diag_help(d, "did you mean '%s'?", nearest);
    return nearest != NULL;
}

static int diag_order(const void *a, const void *b)
{
    const struct diag *x = a, *y = b;
    if (x->pos.line != y->pos.line)
        return x->pos.line < y->pos.line ? -1 : 1;
    if (x->pos.col != y->pos.col)
        return x->pos.col < y->pos.col ? -1 : 1;
    return strcmp(x->text, y->text);
}

void diags_sort(struct diags *d)
{
    d->last = NULL;
    if (d->list.n)
        qsort(d->list.v, d->list.n, sizeof(*d->list.v), diag_order);
    VEC_EACH (struct diag, it, &d->list) {
        if (it->more)
            it->text = arena_printf(d->arena, "%s, and %u more like it", it->text, it->more);
        it->more = 0;
    }
}

/* Line number LINE of TEXT, from 1; *RET_LEN its length in bytes. */
static const char *source_line(const char *text, uint32_t line, size_t *ret_len)
{
    for (; line > 1 && *text; line--) {
        text += strcspn(text, "\n");
        if (*text)
            text++;
    }
    size_t len = strcspn(text, "\n");
    while (len && text[len - 1] == '\r')
        len--;
    *ret_len = len;
    return text;
}

/* How many bytes the first N characters (UTF-8) of a line of LEN bytes take. */
static size_t char_bytes(const char *line, size_t len, size_t n)
{
    size_t i = 0;
    while (i < len && (n || ((unsigned char)line[i] & 0xc0) == 0x80)) {
        if (((unsigned char)line[i] & 0xc0) != 0x80)
            n--;
        i++;
    }
    return i;
}

static size_t line_chars(const char *line, size_t len)
{
    size_t n = 0;
    for (size_t i = 0; i < len; i++)
        n += ((unsigned char)line[i] & 0xc0) != 0x80;
    return n;
}

static void add_coloured(struct str *out, bool colour, const char *code, const char *text)
{
    if (colour)
        str_addf(out, "\033[%sm%s\033[0m", code, text);
    else
        str_add(out, text);
}

/* LEN bytes of a source line: a tab is one blank, a control character one question mark, so that
 * columns stay true; bytes that are not UTF-8 are the terminal's to show. */
static void add_visible(struct str *out, const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)text[i];
        bool c1 = c == 0xc2 && i + 1 < len && (unsigned char)text[i + 1] < 0xa0;
        if (c == '\t')
            str_add(out, " ");
        else if (c < ' ' || c == 0x7f || c1)
            str_add(out, "?");
        else
            str_addn(out, &text[i], 1);
        i += c1;
    }
}

/* The source line, cut to a window around the place where it is long, and the caret below it. */
static void print_excerpt(const struct diags *d, struct pos pos, bool colour, struct str *out)
{
    if (!d->source || !pos.line)
        return;
    size_t len, skip = 0;
    const char *line = source_line(d->source, pos.line, &len);
    size_t col = pos.col ? pos.col - 1u : 0, chars = line_chars(line, len);
    if (chars > EXCERPT_MAX && col > EXCERPT_MAX / 2)
        skip = col - EXCERPT_MAX / 2;
    size_t from = char_bytes(line, len, skip);
    size_t shown = char_bytes(line + from, len - from, EXCERPT_MAX);
    str_addf(out, "%5u | %s", pos.line, skip ? "…" : "");
    add_visible(out, line + from, shown);
    str_addf(out, "%s\n      | %*s", from + shown < len ? "…" : "",
             (int)(col - skip + (skip ? 1 : 0)), "");
    struct str caret CLEAN_STR = {0};
    str_add(&caret, "^");
    for (size_t i = 1; i < pos.len && col + i < skip + EXCERPT_MAX && col + i < chars; i++)
        str_add(&caret, "~");
    add_coloured(out, colour, "1;32", caret.text);
    str_add(out, "\n");
}

static void print_place(const struct diags *d, struct pos pos, bool colour, struct str *out)
{
    struct str place CLEAN_STR = {0};
    if (pos.line)
        str_addf(&place, "%s:%u:%u:", d->file, pos.line, pos.col);
    else
        str_addf(&place, "%s:", d->file);
    add_coloured(out, colour, "1", place.text);
    str_add(out, " ");
}

static void print_one(const struct diags *d, const struct diag *diag, bool colour, struct str *out)
{
    print_place(d, diag->pos, colour, out);
    if (diag->level == DIAG_ERROR)
        add_coloured(out, colour, "1;31", "error:");
    else
        add_coloured(out, colour, "1;35", "warning:");
    str_addf(out, " %s\n", diag->text);
    print_excerpt(d, diag->pos, colour, out);
    if (diag->help)
        str_addf(out, "      = help: %s\n", diag->help);
    if (diag->note) {
        print_place(d, diag->note_pos, colour, out);
        add_coloured(out, colour, "1;36", "note:");
        str_addf(out, " %s\n", diag->note);
        print_excerpt(d, diag->note_pos, colour, out);
    }
}

void diags_print_text(const struct diags *d, bool colour, struct str *out)
{
    for (uint32_t i = 0; i < d->list.n && i < DIAG_SHOWN_MAX; i++)
        print_one(d, &d->list.v[i], colour, out);
    if (d->list.n > DIAG_SHOWN_MAX)
        str_addf(out, "%s: and %u more\n", d->file, d->errors + d->warnings - DIAG_SHOWN_MAX);
}

void diag_print_err(const struct diags *d, const struct err *err, bool colour, struct str *out)
{
    struct diag diag = {.level = DIAG_ERROR, .pos = err->pos, .text = err->text};
    print_one(d, &diag, colour, out);
}
