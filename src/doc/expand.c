// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * A text is walked through once, from left to right. What stands behind a dollar is looked up in
 * the scope or worked out by a parser for whole numbers, one function a level of precedence. A
 * pattern is cut into pieces first, each with its alternatives; then all combinations are written
 * down, as an odometer counts.
 */
#include "doc/expand.h"

#include <ctype.h>
#include <inttypes.h>
#include <string.h>

#include "base/memory.h"

#define NESTED_MAX 32
#define WIDTH_MAX 18 /* digits of a number */
#define TEXT_MAX (64u << 10)
#define VALUE_MAX 1000000000000000000
#define NAME_CHARS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"
#define WORD_CHARS NAME_CHARS ".-"

/* A text that is being walked through. */
struct walk {
    struct diags *d; /* NULL: nothing is reported, what is unknown counts as 1 */
    const struct scope *scope;
    const char *text, *at;
    struct pos pos;
    unsigned depth;
    bool failed;
    bool refers; /* to a part of SCOPE itself */
};

static void fail(struct walk *w, const char *fmt, ...) PRINTF(2, 3);

static void fail(struct walk *w, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    if (!w->failed && w->d)
        diag_verror(w->d, w->pos, fmt, ap);
    va_end(ap);
    w->failed = true;
}

static void help(struct walk *w, const char *text)
{
    if (w->d)
        diag_help(w->d, "%s", text);
}

static bool take(struct walk *w, char c)
{
    bool there = *w->at == c;
    w->at += there;
    return there;
}

bool part_name_valid(const char *name)
{
    return isalpha((unsigned char)name[0]) && !name[strspn(name, NAME_CHARS)] &&
           strcmp(name, "node") != 0;
}

/* --- Looking up ------------------------------------------------------------------------------ */

static const char *find_named(const struct scope *scope, const char *name)
{
    if (scope->node && strcmp(name, "node") == 0)
        return scope->node;
    for (uint32_t i = 0; i < scope->n; i++) {
        if (scope->parts[i].name && strcmp(scope->parts[i].name, name) == 0)
            return scope->parts[i].text;
    }
    return NULL;
}

static void report_unknown(struct walk *w, const char *name)
{
    const char *words[64];
    size_t n = 0;
    fail(w, "unknown name '%s' in '%s'", name, w->text);
    if (!w->d)
        return;
    for (const struct scope *s = w->scope; s; s = s->outer) {
        for (uint32_t i = 0; i < s->n && n + 1 < ARRAY_SIZE(words); i++)
            words[n++] = s->parts[i].name;
        if (s->node && n < ARRAY_SIZE(words))
            words[n++] = "node";
    }
    if (!diag_help_nearest(w->d, name, words, n))
        diag_help(w->d,
                  "it would be a variable (vars: {%s: …}) or a named part of the name, like "
                  "r(%s=1..4)",
                  name, name);
}

/* A variable, a named part, or `node`. */
static const char *look_up(struct walk *w, const char *name)
{
    for (const struct scope *s = w->scope; s; s = s->outer) {
        const char *text = find_named(s, name);
        w->refers |= text && s == w->scope;
        if (text)
            return text;
    }
    report_unknown(w, name);
    return "1";
}

/* Part NUMBER of the name, from 1. */
static const char *look_up_place(struct walk *w, unsigned long number)
{
    const struct scope *s = w->scope;
    w->refers = true;
    if (s && s->node && number >= 1 && number <= s->n)
        return s->parts[number - 1].text;
    if (!s || !s->node || !s->n) {
        fail(w, "'$%lu' in '%s': there is no name with parts here", number, w->text);
        help(w, "it is part of a node's name like r(1..4); in a link, of its first endpoint's");
    } else {
        fail(w, "'$%lu' in '%s': the name has %u part%s", number, w->text, s->n,
             s->n == 1 ? "" : "s");
    }
    return "1";
}

static char *take_word(struct walk *w)
{
    size_t len = strspn(w->at, NAME_CHARS);
    char *word = memory_textn(w->at, len);
    w->at += len;
    return word;
}

/* --- Whole numbers --------------------------------------------------------------------------- */

static int64_t take_sum(struct walk *w);

static void skip_space(struct walk *w)
{
    w->at += strspn(w->at, " ");
}

static int64_t number_of(struct walk *w, const char *text)
{
    size_t len = strspn(text, "0123456789");
    if (len && len <= WIDTH_MAX && !text[len])
        return strtoll(text, NULL, 10);
    fail(w, "'%s' in '%s' is not a whole number", text, w->text);
    return 1;
}

/* A number, a name, $1. */
static int64_t take_word_value(struct walk *w)
{
    bool place = take(w, '$');
    CLEAN_FREE char *word = take_word(w);
    if (w->failed)
        return 1;
    if (!*word || (place && word[strspn(word, "0123456789")])) {
        fail(w, "expected a number or a name in '%s'", w->text);
        if (*word)
            help(w, "in parentheses a name has no $ before it");
        return 1;
    }
    if (place)
        return number_of(w, look_up_place(w, strtoul(word, NULL, 10)));
    return number_of(w, isdigit((unsigned char)*word) ? word : look_up(w, word));
}

static int64_t take_value(struct walk *w)
{
    int64_t value = 1;
    skip_space(w);
    if (++w->depth > NESTED_MAX) {
        fail(w, "'%.60s…' is nested too deep", w->text);
    } else if (take(w, '-')) {
        value = -take_value(w);
    } else if (take(w, '(')) {
        value = take_sum(w);
        if (!take(w, ')'))
            fail(w, "expected ')' in '%s'", w->text);
    } else {
        value = take_word_value(w);
    }
    w->depth--;
    return value;
}

static int64_t combine(struct walk *w, char op, int64_t a, int64_t b)
{
    int64_t value = 1;
    bool wrong = false;
    if (b == 0 && strchr("/%", op))
        fail(w, "division by zero in '%s'", w->text);
    else if (op == '+')
        value = a + b;
    else if (op == '-')
        value = a - b;
    else if (op == '*')
        wrong = __builtin_mul_overflow(a, b, &value);
    else
        value = op == '/' ? a / b : a % b;
    if (wrong || value > VALUE_MAX || value < -VALUE_MAX)
        fail(w, "a number in '%s' is too large", w->text);
    return w->failed ? 1 : value;
}

/* Values of the next level, joined by operators of OPS, from left to right. */
static int64_t take_chain(struct walk *w, const char *ops, int64_t (*next)(struct walk *w))
{
    int64_t value = next(w);
    for (skip_space(w); *w->at && strchr(ops, *w->at) && !w->failed; skip_space(w)) {
        char op = *w->at++;
        value = combine(w, op, value, next(w));
    }
    return value;
}

static int64_t take_product(struct walk *w)
{
    return take_chain(w, "*/%", take_value);
}

static int64_t take_sum(struct walk *w)
{
    return take_chain(w, "+-", take_product);
}

/* --- Texts ----------------------------------------------------------------------------------- */

/* What stands in $( … ): one word alone is what it is as written. */
static void expand_parentheses(struct walk *w, struct str *out)
{
    size_t len = strcspn(w->at, "()$+-*/% ");
    if (w->at[len] == ')' && isalpha((unsigned char)w->at[0])) {
        CLEAN_FREE char *word = take_word(w);
        if (*w->at == ')')
            str_add(out, look_up(w, word));
        else
            fail(w, "'%s' is no name, in '%s'", word, w->text);
    } else if (w->at[0] == '$' && strspn(w->at + 1, "0123456789") + 1 == strcspn(w->at, ")")) {
        w->at++;
        str_add(out, look_up_place(w, strtoul(w->at, NULL, 10)));
        w->at += strcspn(w->at, ")");
    } else {
        str_addf(out, "%" PRId64, take_sum(w));
    }
    if (!take(w, ')'))
        fail(w, "expected ')' in '%s'", w->text);
}

/* What stands behind a dollar. */
static void expand_reference(struct walk *w, struct str *out)
{
    if (take(w, '$')) {
        str_add(out, "$");
    } else if (take(w, '(')) {
        expand_parentheses(w, out);
    } else if (isdigit((unsigned char)*w->at)) {
        char *end;
        str_add(out, look_up_place(w, strtoul(w->at, &end, 10)));
        w->at = end;
    } else {
        fail(w, "'$' in '%s' refers to nothing", w->text);
        help(w, "$1 and $(name) refer to something; a '$' itself is $$");
    }
}

/* The line of TEXT that AT is in, to show of a text of many. */
static const char *line_around(struct arena *arena, const char *text, const char *at)
{
    while (at > text && at[-1] != '\n')
        at--;
    return arena_strndup(arena, at, strcspn(at, "\n"));
}

const char *expand_text(struct diags *d, const struct scope *scope, const char *text,
                        struct pos pos)
{
    struct walk w = {.d = d, .scope = scope, .text = text, .at = text, .pos = pos};
    struct str out CLEAN_STR = {0};
    bool many = strchr(text, '\n') != NULL;
    while (*w.at && !w.failed) {
        size_t len = strcspn(w.at, "$");
        str_addn(&out, w.at, len);
        w.at += len;
        if (many && *w.at)
            w.text = line_around(d->arena, text, w.at);
        if (take(&w, '$'))
            expand_reference(&w, &out);
        if (out.len > TEXT_MAX)
            fail(&w, "'%.40s…' becomes too long: 64 KiB is the limit", text);
    }
    return w.failed ? NULL : arena_strdup(d->arena, out.text ? out.text : "");
}

static const struct doc_node *expand_scalar(struct diags *d, const struct scope *scope,
                                            const struct doc_node *n)
{
    const char *text = expand_text(d, scope, n->text, n->pos);
    struct doc_node *copy = arena_new_of(d->arena, struct doc_node);
    *copy = *n;
    copy->text = text;
    copy->refers = false;
    return text ? copy : NULL;
}

static const struct doc_node *expand_list(struct diags *d, const struct scope *scope,
                                          const struct doc_node *n)
{
    const struct doc_node **items = arena_alloc(d->arena, n->n * sizeof(*items));
    struct doc_node *copy = arena_new_of(d->arena, struct doc_node);
    for (uint32_t i = 0; i < n->n; i++) {
        items[i] = expand_doc(d, scope, n->items[i]);
        if (!items[i])
            return NULL;
    }
    *copy = doc_list_of(items, n->n, n->pos);
    copy->refers = false;
    return copy;
}

static const struct doc_node *expand_map(struct diags *d, const struct scope *scope,
                                         const struct doc_node *n)
{
    struct doc_entry *entries = arena_alloc(d->arena, n->n * sizeof(*entries));
    struct doc_node *copy = arena_new_of(d->arena, struct doc_node);
    for (uint32_t i = 0; i < n->n; i++) {
        const struct doc_entry *entry = &n->entries[i];
        const char *key = strchr(entry->key, '$')
                              ? expand_text(d, scope, entry->key, entry->key_pos)
                              : entry->key;
        entries[i] = (struct doc_entry){key, entry->key_pos, expand_doc(d, scope, entry->value)};
        if (!key || !entries[i].value)
            return NULL;
    }
    *copy = doc_map_of(entries, n->n, n->pos);
    copy->refers = false;
    return copy;
}

const struct doc_node *expand_doc(struct diags *d, const struct scope *scope,
                                  const struct doc_node *n)
{
    if (!n->refers)
        return n;
    switch (n->kind) {
    case DOC_NULL:
        return n;
    case DOC_SCALAR:
        return expand_scalar(d, scope, n);
    case DOC_LIST:
        return expand_list(d, scope, n);
    case DOC_MAP:
        return expand_map(d, scope, n);
    }
    return n;
}

/* --- Patterns -------------------------------------------------------------------------------- */

/* A piece of a pattern: fixed text, or a part with its alternatives. */
struct piece {
    const char *fixed; /* NULL: a part */
    const char *name;  /* of a part, or NULL */
    VEC(const char *) texts;
};
typedef VEC(struct piece) piece_list;

bool is_pattern(const char *text)
{
    return strpbrk(text, "($") != NULL;
}

/* A bound as written: its width where it is padded. */
static int64_t take_bound(struct walk *w, int *ret_digits, bool *ret_padded)
{
    skip_space(w);
    const char *start = w->at;
    int64_t value = take_sum(w);
    size_t len = (size_t)(w->at - start), digits = strspn(start, "0123456789");
    *ret_digits = digits == len ? (int)len : 0;
    *ret_padded = *ret_digits > 1 && *start == '0';
    return value;
}

static void take_range(struct walk *w, struct arena *arena, struct piece *piece)
{
    int digits[2];
    bool padded[2];
    const char *start = w->at;
    int64_t first = take_bound(w, &digits[0], &padded[0]);
    if (!w->failed && strncmp(w->at, "..", 2) != 0)
        fail(w, "expected FIRST..LAST or A|B|C in the parentheses of '%s'", w->text);
    if (w->failed)
        return;
    w->at += 2;
    int64_t last = take_bound(w, &digits[1], &padded[1]);
    int len = (int)(w->at - start), width = padded[0] || padded[1] ? digits[0] : 0;
    if (!w->failed && (first < 0 || first > last))
        fail(w, "the range %.*s in '%s' %s", len, start, w->text,
             first < 0 ? "begins below 0" : "is empty: it counts upwards");
    if (!w->failed && width != (padded[0] || padded[1] ? digits[1] : 0))
        fail(w, "the bounds of %.*s in '%s' are not of one width", len, start, w->text);
    if (!w->failed && last - first >= MADE_MAX)
        fail(w, "'%s' makes too many names: %u is the limit", w->text, MADE_MAX);
    for (int64_t i = first; i <= last && !w->failed; i++)
        vec_push(arena, &piece->texts, arena_printf(arena, "%0*" PRId64, width, i));
}

static void take_words(struct walk *w, struct arena *arena, struct piece *piece)
{
    do {
        size_t len = strspn(w->at, WORD_CHARS);
        if (!len)
            fail(w, "a word is missing in the parentheses of '%s'", w->text);
        vec_push(arena, &piece->texts, arena_strndup(arena, w->at, len));
        w->at += len;
    } while (!w->failed && take(w, '|'));
}

/* (1..3), (i=1..3), (a|b): behind the opening parenthesis. */
static void take_part(struct walk *w, struct arena *arena, struct piece *piece)
{
    size_t len = strcspn(w->at, "=()|");
    if (w->at[len] == '=') {
        piece->name = arena_strndup(arena, w->at, len);
        w->at += len + 1;
        if (!part_name_valid(piece->name))
            fail(w, "'%s' cannot be a part's name, in '%s'", piece->name, w->text);
    }
    const char *dots = strstr(w->at, "..");
    len = strcspn(w->at, "|)");
    if (w->at[len] == '|' ||
        (w->at[len] == ')' && len == strspn(w->at, WORD_CHARS) && !(dots && dots < w->at + len)))
        take_words(w, arena, piece);
    else
        take_range(w, arena, piece);
    if (!take(w, ')'))
        fail(w, "expected ')' in '%s'", w->text);
}

static void cut_pattern(struct walk *w, struct arena *arena, piece_list *ret)
{
    struct str fixed CLEAN_STR = {0};
    while (*w->at && !w->failed) {
        size_t len = strcspn(w->at, "$(");
        str_addn(&fixed, w->at, len);
        w->at += len;
        if (take(w, '$')) {
            expand_reference(w, &fixed);
        } else if (take(w, '(')) {
            vec_push(arena, ret,
                     ((struct piece){.fixed = arena_strdup(arena, fixed.text ? fixed.text : "")}));
            str_done(&fixed);
            take_part(w, arena, vec_add(arena, ret));
        }
    }
    if (fixed.len)
        vec_push(arena, ret, ((struct piece){.fixed = arena_strdup(arena, fixed.text)}));
}

static void check_pieces(struct walk *w, const piece_list *pieces, uint32_t *ret_parts,
                         uint64_t *ret_total)
{
    *ret_parts = 0;
    *ret_total = 1;
    VEC_EACH (const struct piece, it, pieces) {
        if (it->fixed)
            continue;
        *ret_total *= it->texts.n;
        ++*ret_parts;
        if (*ret_total > MADE_MAX)
            fail(w, "'%s' makes too many names: %u is the limit", w->text, MADE_MAX);
        for (const struct piece *before = pieces->v; it->name && before < it; before++) {
            if (before->name && strcmp(before->name, it->name) == 0)
                fail(w, "two parts of '%s' have the name '%s'", w->text, it->name);
        }
        if (w->failed)
            return;
    }
}

/* Name number I of those that PIECES make: the last part varies fastest. */
static void make(struct arena *arena, const piece_list *pieces, uint32_t n_parts, uint64_t i,
                 struct made *ret)
{
    struct part *parts = arena_alloc(arena, n_parts * sizeof(*parts));
    struct str name CLEAN_STR = {0};
    uint32_t at = n_parts;
    for (uint32_t p = pieces->n; p-- > 0;) {
        const struct piece *piece = &pieces->v[p];
        if (piece->fixed)
            continue;
        parts[--at] = (struct part){piece->name, piece->texts.v[i % piece->texts.n]};
        i /= piece->texts.n;
    }
    VEC_EACH (const struct piece, it, pieces)
        str_add(&name, it->fixed ? it->fixed : parts[at++].text);
    *ret = (struct made){arena_strdup(arena, name.text ? name.text : ""), parts, n_parts};
}

void help_pattern(struct diags *d, const char *text)
{
    size_t name = strcspn(text, "[{*");
    if (name && text[name])
        diag_help(d, "several at once: %.*s(1..3), %.*s(a,b)", (int)name, text, (int)name, text);
}

bool expand_pattern(struct diags *d, const struct scope *scope, const char *text, struct pos pos,
                    made_list *ret)
{
    struct walk w = {.d = d, .scope = scope, .text = text, .at = text, .pos = pos};
    piece_list pieces = {0};
    uint32_t parts;
    uint64_t total;
    if (!is_pattern(text)) {
        vec_push(d->arena, ret, (struct made){.name = text});
        return true;
    }
    cut_pattern(&w, d->arena, &pieces);
    if (!w.failed)
        check_pieces(&w, &pieces, &parts, &total);
    for (uint64_t i = 0; !w.failed && i < total; i++)
        make(d->arena, &pieces, parts, i, vec_add(d->arena, ret));
    return !w.failed;
}

bool pattern_refers_to(const char *text, const struct scope *scope)
{
    struct walk w = {.scope = scope, .text = text, .at = text};
    struct arena *arena = arena_new();
    piece_list pieces = {0};
    cut_pattern(&w, arena, &pieces);
    arena_free(arena);
    return w.refers || w.failed; /* in the scope the failure has more to say */
}
