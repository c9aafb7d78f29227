// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/* Named sets, and what holds for the values of sets with a name and without one. */
#include <string.h>
#include <sys/socket.h>

#include "model/load_firewall.h"

/* --- Values ---------------------------------------------------------------------------------- */

static bool is_number(enum fw_type type)
{
    return type >= FW_TYPE_PROTO;
}

static int compare_datum(enum fw_type type, const struct fw_datum *a, const struct fw_datum *b)
{
    if (is_number(type))
        return a->number < b->number ? -1 : a->number > b->number;
    return memcmp(a->bytes, b->bytes, sizeof(a->bytes));
}

static int compare_written(const void *a, const void *b)
{
    const struct fw_written *x = a, *y = b;
    if (x->type != y->type)
        return x->type < y->type ? -1 : 1;
    return compare_datum(x->type, &x->value.first, &y->value.first);
}

/* Adds one to the number or the address; false where it was the last. */
static bool datum_next(enum fw_type type, struct fw_datum *datum)
{
    if (is_number(type))
        return ++datum->number != 0;
    for (unsigned i = fw_type_size(type); i-- > 0;) {
        if (++datum->bytes[i])
            return true;
    }
    return false;
}

static bool touch(const struct fw_written *a, const struct fw_written *b)
{
    struct fw_datum next = a->value.last;
    return a->type == b->type && datum_next(a->type, &next) &&
           compare_datum(a->type, &next, &b->value.first) == 0;
}

static void report_overlap(struct fw_loader *f, const struct fw_written *a,
                           const struct fw_written *b)
{
    bool same = strcmp(a->text, b->text) == 0;
    bool in_order =
        a->pos.line < b->pos.line || (a->pos.line == b->pos.line && a->pos.col < b->pos.col);
    const struct fw_written *first = in_order ? a : b, *second = in_order ? b : a;
    if (same)
        diag_error(f->d, second->pos, "'%s' stands here twice", second->text);
    else
        diag_error(f->d, second->pos, "'%s' overlaps '%s'", second->text, first->text);
    diag_note(f->d, first->pos, "the other one");
}

bool fw_check_values(struct fw_loader *f, struct fw_written *v, uint32_t *n, bool merge)
{
    bool ok = true, interval = false;
    struct fw_written *sorted = arena_alloc(f->arena, (*n + 1) * sizeof(*sorted));
    memcpy(sorted, v, *n * sizeof(*v));
    qsort(sorted, *n, sizeof(*sorted), compare_written);
    for (uint32_t i = 0; i < *n; i++)
        interval = interval || sorted[i].value.form != FW_SINGLE;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < *n; i++) {
        struct fw_written *last = kept ? &sorted[kept - 1] : NULL;
        if (last && last->type == sorted[i].type &&
            compare_datum(last->type, &last->value.last, &sorted[i].value.first) >= 0) {
            report_overlap(f, last, &sorted[i]);
            ok = false;
        } else if (last && merge && interval && touch(last, &sorted[i])) {
            last->value.last = sorted[i].value.last;
            last->value.form = FW_RANGE;
        } else {
            sorted[kept++] = sorted[i];
        }
    }
    if (merge && kept < *n) {
        memcpy(v, sorted, kept * sizeof(*v));
        *n = kept;
    }
    return ok;
}

bool fw_check_iface(struct fw_loader *f, const struct fw_value *value, struct pos pos, bool in_set)
{
    const char *name = (const char *)value->first.bytes;
    if (value->form == FW_PREFIX || strcmp(name, "lo") == 0)
        return true;
    f->of_node = true;
    if (node_find_iface(f->node, name))
        return true;
    if (!load_report_iface(f->l, f->node, name, pos) && !in_set && !strchr(name, '*'))
        diag_help(f->d, "for one that is made later: %s*, which matches all names that begin so",
                  name);
    return false;
}

/* --- Sets ------------------------------------------------------------------------------------ */

/* What TEXT would be an element of, where nobody says. */
static enum fw_type guess_type(struct fw_loader *f, const char *text)
{
    static const enum fw_type types[] = {FW_TYPE_ETHER, FW_TYPE_IPV4, FW_TYPE_PORT};
    struct fw_written value = {0};
    for (size_t i = 0; i < ARRAY_SIZE(types); i++) {
        if (fw_value_parse(f->arena, types[i], text, &value))
            return value.type;
    }
    /* an address or prefix with a mistake in it is not an interface */
    return strpbrk(text, ":/")                  ? (strchr(text, '.') ? FW_TYPE_IPV4 : FW_TYPE_IPV6)
           : text[strspn(text, "0123456789.-")] ? FW_TYPE_IFNAME
           : strchr(text, '.')                  ? FW_TYPE_IPV4
                                                : FW_TYPE_PORT;
}

static void guess_types(struct fw_loader *f, struct fw_set *set, const char *element)
{
    const char *part;
    while (set->n_types < FW_PARTS_MAX && (part = fw_next_part(f->arena, &element)))
        set->types[set->n_types++] = guess_type(f, part);
}

static const char *types_text(struct fw_loader *f, const struct fw_set *set)
{
    struct str text CLEAN_STR = {0};
    for (uint32_t i = 0; i < set->n_types; i++)
        str_addf(&text, "%s%s", i ? " . " : "", fw_type_name(set->types[i]));
    return arena_strdup(f->arena, text.text);
}

static bool wrong_element(struct fw_loader *f, const struct fw_set *set, const struct set_input *in,
                          const struct fw_written *part)
{
    diag_error(f->d, part->pos, "'%s' is no element of a set of %s", part->text,
               types_text(f, set));
    if (part->help)
        diag_help(f->d, "%s", part->help);
    else if (!in->type.text)
        diag_help(f->d, "its type follows from its first element; one set holds one type");
    return false;
}

/* Part I of an element. */
static bool load_part(struct fw_loader *f, const struct fw_set *set, const struct set_input *in,
                      struct fw_written *part, uint32_t i)
{
    const char *text = part->text;
    if (!fw_value_parse(f->arena, set->types[i], text, part) || part->type != set->types[i] ||
        part->mask)
        return wrong_element(f, set, in, part);
    if (part->type == FW_TYPE_IFNAME && part->value.form == FW_PREFIX) {
        diag_error(f->d, part->pos, "'%s': a name with a `*` cannot be in a set", text);
        return false;
    }
    if (part->type != FW_TYPE_IFNAME || fw_check_iface(f, &part->value, part->pos, true))
        return true;
    if (!in->type.text && fw_word_named(fw_type_words(FW_TYPE_PROTO, 0), text))
        diag_help(f->d, "for protocols, say so: {type: inet_proto, elements: […]}");
    return false;
}

/* TEXT's parts, or NULL after an error. */
static struct fw_written *load_element(struct fw_loader *f, struct fw_set *set,
                                       const struct set_input *in, const struct text_value *text)
{
    struct fw_written *parts = arena_alloc(f->arena, set->n_types * sizeof(*parts));
    const char *rest = text->text, *part;
    uint32_t n = 0;
    for (; (part = fw_next_part(f->arena, &rest)) && n < set->n_types; n++) {
        parts[n].pos = text->pos;
        parts[n].text = part;
        if (!load_part(f, set, in, &parts[n], n))
            return NULL;
        set->interval = set->interval || parts[n].value.form != FW_SINGLE;
    }
    if (n == set->n_types && !part)
        return parts;
    parts[0] = (struct fw_written){.text = text->text, .pos = text->pos};
    wrong_element(f, set, in, &parts[0]);
    return NULL;
}

static bool elements_overlap(const struct fw_set *set, const struct fw_written *a,
                             const struct fw_written *b)
{
    for (uint32_t i = 0; i < set->n_types; i++) {
        if (compare_datum(set->types[i], &a[i].value.last, &b[i].value.first) < 0 ||
            compare_datum(set->types[i], &b[i].value.last, &a[i].value.first) < 0)
            return false;
    }
    return true;
}

/* Of concatenations, each with each. */
static void check_tuples(struct fw_loader *f, const struct fw_set *set,
                         struct fw_written *const *elements, const struct list_value *texts)
{
    const struct text_value *text = texts->v;
    for (uint32_t i = 1; i < texts->n; i++) {
        for (uint32_t j = 0; j < i; j++) {
            if (!elements_overlap(set, elements[i], elements[j]))
                continue;
            struct fw_written a = {.text = text[j].text, .pos = text[j].pos};
            struct fw_written b = {.text = text[i].text, .pos = text[i].pos};
            report_overlap(f, &a, &b);
        }
    }
}

static void check_elements(struct fw_loader *f, const struct fw_set *set,
                           struct fw_written *const *elements, const struct list_value *texts)
{
    uint32_t n = texts->n;
    if (set->n_types > 1) {
        check_tuples(f, set, elements, texts);
        return;
    }
    struct fw_written *plain = arena_alloc(f->arena, (n + 1) * sizeof(*plain));
    for (uint32_t i = 0; i < n; i++)
        plain[i] = *elements[i];
    fw_check_values(f, plain, &n, false);
}

static void add_element(struct fw_loader *f, struct fw_set *set, const struct fw_written *parts)
{
    struct fw_value *values = arena_alloc(f->arena, set->n_types * sizeof(*values));
    for (uint32_t i = 0; i < set->n_types; i++)
        values[i] = parts[i].value;
    vec_push(f->arena, &set->elements, ((struct fw_element){values, parts[0].pos}));
}

/* nft reads and lists marks in such a set with their bytes turned round. */
static void check_intervals(struct fw_loader *f, const struct fw_set *set)
{
    for (uint32_t i = 0; i < set->n_types && set->n_types > 1 && set->interval; i++) {
        if (set->types[i] != FW_TYPE_MARK)
            continue;
        diag_error(f->d, set->pos, "a set of several parts cannot hold marks and ranges both");
        diag_help(f->d, "match the mark beside the set: {mark: 1, from: \"@%s\", …}", set->name);
        return;
    }
}

static void load_elements(struct fw_loader *f, struct fw_set *set, const struct set_input *in)
{
    const struct text_value *texts = in->elements.v;
    struct fw_written **elements =
        arena_alloc(f->arena, (in->elements.n + 1) * sizeof(struct fw_written *));
    bool ok = true;
    for (uint32_t i = 0; i < in->elements.n; i++) {
        elements[i] = texts[i].text ? load_element(f, set, in, &texts[i]) : NULL;
        ok = ok && elements[i];
        if (elements[i])
            add_element(f, set, elements[i]);
    }
    if (ok)
        check_elements(f, set, elements, &in->elements);
    check_intervals(f, set);
    if (set->size && set->elements.n > set->size)
        diag_error(f->d, in->size.pos, "%u elements do not fit into a set of size %u",
                   set->elements.n, set->size);
}

static void load_set(struct fw_loader *f, const struct text_value *name, const struct set_input *in)
{
    const struct text_value *texts = in->elements.v;
    struct fw_set *set = arena_new_of(f->arena, struct fw_set);
    *set = (struct fw_set){
        .name = name->text,
        .timeout_ms = in->timeout.us / 1000,
        .size = in->size.value,
        .pos = name->pos,
    };
    if (in->type.text)
        set->n_types = fw_types_parse(in->type.text, set->types);
    else if (in->elements.n && texts[0].text)
        guess_types(f, set, texts[0].text);
    if (!set->n_types)
        return;
    load_elements(f, set, in);
    map_put_str(&f->sets, set->name, set);
    vec_push(f->arena, &f->fw->sets, set);
}

void fw_load_sets(struct fw_loader *f)
{
    const struct set_input *sets = f->in->sets.v;
    for (uint32_t i = 0; i < f->in->sets.n; i++) {
        const struct text_value *name = &f->in->sets.keys[i];
        if (!name->text)
            continue;
        fw_check_name(f, name);
        load_set(f, name, &sets[i]);
    }
}
