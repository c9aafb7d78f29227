// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * One item of `links` may stand for many links: its endpoints are patterns, or it is a shape. Here
 * it becomes the documents of these links, one each, as if they had been written out: two endpoints
 * (or the members of a LAN), everything that refers to a part of a name in its place. Nothing
 * behind this file knows of patterns.
 *
 * What a link's attributes refer to are the parts of its first endpoint, in a LAN those of the
 * member that they stand beside.
 */
#include <string.h>

#include "model/load.h"

#define LINKS_MAX (1u << 17)
#define EXPANDED_MAX (2u << 20) /* values in the documents of links */

/* One end of a link to be: a name that a pattern makes. */
struct end {
    const char *text;            /* NODE or NODE:INTERFACE */
    const struct doc_node *item; /* as written: a text, or a map with `node` */
    const struct scope *scope;   /* of its name's parts */
    uint32_t place;              /* of ITEM among those written */
};
typedef VEC(struct end) end_list;

/* The item that is being worked out. */
struct job {
    struct loader *l;
    struct diags *d;
    struct arena *arena;
    const struct doc_node *item;
    const char *key; /* endpoints, lan, chain, … */
    link_docs *ret;
};

/* Whether N more values are not too many. */
static bool count(const struct job *j, uint64_t n)
{
    j->l->expanded += n;
    if (j->l->expanded <= EXPANDED_MAX)
        return true;
    diag_error(j->d, j->item->pos, "too large: the links have more than 2 million values");
    return false;
}

/* --- Ends ------------------------------------------------------------------------------------- */

/* The pattern of an endpoint; NULL where it is none that could be read. */
static const struct doc_node *pattern_of(const struct doc_node *item)
{
    const struct doc_node *node = item->kind == DOC_MAP ? doc_get(item, "node") : item;
    return node && node->kind == DOC_SCALAR ? node : NULL;
}

static const struct scope *scope_of(const struct job *j, const struct made *made)
{
    struct scope *scope = arena_new_of(j->arena, struct scope);
    *scope = (struct scope){.outer = &j->l->vars,
                            .parts = made->parts,
                            .n = made->n,
                            .node = arena_strndup(j->arena, made->name, strcspn(made->name, ":"))};
    return scope;
}

/* Appends the ends that ITEM makes in SCOPE. A name without parts takes INHERITED as its scope,
 * where there is one. */
static bool make_ends(const struct job *j, const struct scope *scope, const struct doc_node *item,
                      const struct scope *inherited, end_list *ret)
{
    const struct doc_node *pattern = pattern_of(item);
    made_list made = {0};
    if (!pattern) {
        vec_push(j->arena, ret, ((struct end){.item = item, .scope = &j->l->vars}));
        return true; /* the reader will say what is wrong with it */
    }
    if (!count(j, 0) || !expand_pattern(j->d, scope, pattern->text, pattern->pos, &made) ||
        !count(j, made.n))
        return false;
    VEC_EACH (const struct made, it, &made) {
        const struct scope *own = inherited && !it->n ? inherited : scope_of(j, it);
        vec_push(j->arena, ret, ((struct end){.text = it->name, .item = item, .scope = own}));
    }
    return true;
}

/* All that LIST (a list, or one text in its place) makes. */
static bool make_all_ends(const struct job *j, const struct doc_node *list, end_list *ret)
{
    bool ok = true;
    for (uint32_t i = 0; i < (list->kind == DOC_LIST ? list->n : 1); i++)
        ok = make_ends(j, &j->l->vars, list->kind == DOC_LIST ? list->items[i] : list, NULL, ret) &&
             ok;
    return ok;
}

/* --- Documents of links ----------------------------------------------------------------------- */

static const struct doc_node *text_node(const struct job *j, const char *text, struct pos pos)
{
    struct doc_node *node = arena_new_of(j->arena, struct doc_node);
    *node = (struct doc_node){
        .kind = DOC_SCALAR, .quoted = true, .weight = 1, .pos = pos, .text = text};
    return node;
}

/* END's item with its name in the place of the pattern; NULL after an error. */
static const struct doc_node *end_doc(const struct job *j, const struct end *end,
                                      const struct scope *scope)
{
    const struct doc_node *pattern = pattern_of(end->item);
    if (!pattern)
        return end->item;
    const struct doc_node *name =
        is_pattern(pattern->text) ? text_node(j, end->text, pattern->pos) : pattern;
    if (end->item->kind == DOC_SCALAR)
        return name;
    struct doc_node *map = arena_new_of(j->arena, struct doc_node);
    struct doc_entry *entries = arena_alloc(j->arena, end->item->n * sizeof(*entries));
    memcpy(entries, end->item->entries, end->item->n * sizeof(*entries));
    for (uint32_t i = 0; i < end->item->n; i++) {
        if (strcmp(entries[i].key, "node") == 0)
            entries[i].value = name;
    }
    *map = doc_map_of(entries, end->item->n, end->item->pos);
    return expand_doc(j->d, scope, map);
}

static const struct doc_node *list_node(const struct job *j, const struct doc_node **items,
                                        uint32_t n, struct pos pos)
{
    struct doc_node *list = arena_new_of(j->arena, struct doc_node);
    *list = doc_list_of(items, n, pos);
    return list;
}

/* `addresses` of a LAN: the item of each written member for all that it makes. */
static const struct doc_node *lan_addresses(const struct job *j, const end_list *ends)
{
    const struct doc_node *written = doc_get(j->item, "addresses");
    const struct doc_node *members = doc_get(j->item, "lan");
    if (!written || written->kind != DOC_LIST || written->n != members->n || strcmp(j->key, "lan"))
        return NULL;
    const struct doc_node **items = arena_alloc(j->arena, (ends->n + 1) * sizeof(*items));
    for (uint32_t i = 0; i < ends->n; i++) {
        items[i] = expand_doc(j->d, ends->v[i].scope, written->items[ends->v[i].place]);
        if (!items[i])
            return NULL;
    }
    return list_node(j, items, ends->n, written->pos);
}

/* All of the item but for its ends and (where there are OWN ones) addresses, then ENDS under NAME.
 */
static const struct doc_node *link_doc(const struct job *j, const struct scope *scope,
                                       const struct doc_node *ends, const struct doc_node *own)
{
    uint32_t n = j->item->kind == DOC_MAP ? j->item->n : 0;
    struct doc_entry *entries = arena_alloc(j->arena, (n + 1) * sizeof(*entries));
    struct doc_node *map = arena_new_of(j->arena, struct doc_node);
    const char *name = strcmp(j->key, "lan") == 0 ? "lan" : "endpoints";
    for (uint32_t i = 0; i < n; i++) {
        entries[i] = j->item->entries[i];
        if (strcmp(entries[i].key, j->key) == 0)
            entries[i] = (struct doc_entry){name, entries[i].key_pos, ends};
        else if (own && strcmp(entries[i].key, "addresses") == 0)
            entries[i].value = own;
    }
    if (!n)
        entries[n++] = (struct doc_entry){name, j->item->pos, ends};
    *map = doc_map_of(entries, n, j->item->pos);
    return count(j, map->weight) ? expand_doc(j->d, scope, map) : NULL;
}

/* The link, or the LAN, of ENDS. What refers to parts means those of SCOPE. */
static void emit(const struct job *j, const struct scope *scope, const end_list *ends)
{
    bool lan = strcmp(j->key, "lan") == 0;
    const struct doc_node **items = arena_alloc(j->arena, (ends->n + 1) * sizeof(*items));
    if (j->l->expanded > EXPANDED_MAX)
        return;
    for (uint32_t i = 0; i < ends->n; i++) {
        items[i] = end_doc(j, &ends->v[i], lan ? ends->v[i].scope : scope);
        if (!items[i])
            return;
    }
    const struct doc_node *doc =
        link_doc(j, scope, list_node(j, items, ends->n, ends->v[0].item->pos),
                 lan ? lan_addresses(j, ends) : NULL);
    if (doc)
        vec_push(j->arena, j->ret, ((struct link_doc){.doc = doc}));
}

static void emit_pair(const struct job *j, const struct end *a, const struct end *b)
{
    end_list ends = {0};
    uint32_t before = j->ret->n;
    vec_push(j->arena, &ends, *a);
    vec_push(j->arena, &ends, *b);
    j->d->about = a->text && b->text ? arena_printf(j->arena, "%s - %s", a->text, b->text) : NULL;
    emit(j, a->scope, &ends);
    if (j->ret->n > before)
        j->ret->v[before].about = j->d->about;
}

/* Whether N more links are not too many. */
static bool has_room(const struct job *j, uint64_t n)
{
    if (j->ret->n + n <= LINKS_MAX)
        return true;
    diag_error(j->d, j->item->pos, "too many links: %u is the limit", LINKS_MAX);
    return false;
}

/* --- Endpoints and LANs ----------------------------------------------------------------------- */

/* The second end is said in terms of the first: once for each of these. */
static void pair_bound(const struct job *j, const end_list *first, const struct doc_node *second)
{
    VEC_EACH (const struct end, a, first) {
        end_list ends = {0};
        if (!make_ends(j, a->scope, second, a->scope, &ends) || !has_room(j, ends.n))
            return;
        VEC_EACH (const struct end, b, &ends)
            emit_pair(j, a, b);
    }
}

static void pair_free(const struct job *j, const end_list *first, const end_list *second)
{
    uint32_t n = first->n > second->n ? first->n : second->n;
    if (first->n != second->n && first->n != 1 && second->n != 1) {
        diag_error(j->d, second->v[0].item->pos, "%u ends on one side and %u on the other",
                   first->n, second->n);
        diag_help(j->d, "equal numbers pair in order, and one goes with all; for every one with "
                        "every other there is `bipartite`");
        return;
    }
    for (uint32_t i = 0; i < n && has_room(j, n - i); i++)
        emit_pair(j, &first->v[first->n == 1 ? 0 : i], &second->v[second->n == 1 ? 0 : i]);
}

static void expand_endpoints(const struct job *j, const struct doc_node *value)
{
    end_list first = {0}, second = {0};
    const struct doc_node *pattern = pattern_of(value->items[1]);
    if (!make_ends(j, &j->l->vars, value->items[0], NULL, &first))
        return;
    if (pattern && pattern_refers_to(pattern->text, first.v[0].scope))
        pair_bound(j, &first, value->items[1]);
    else if (make_ends(j, &j->l->vars, value->items[1], NULL, &second))
        pair_free(j, &first, &second);
}

/* Member I: one that refers to the parts of the first is made once for each of those. */
static bool make_members(const struct job *j, const struct doc_node *value, uint32_t i,
                         end_list *ret)
{
    uint32_t firsts = ret->n, n = ret->n;
    const struct doc_node *pattern = pattern_of(value->items[i]);
    if (!i || !pattern || !pattern_refers_to(pattern->text, ret->v[0].scope))
        return make_ends(j, &j->l->vars, value->items[i], NULL, ret);
    while (firsts && ret->v[firsts - 1].place)
        firsts--;
    for (uint32_t a = 0; a < firsts; a++) {
        const struct scope *scope = ret->v[a].scope;
        if (!make_ends(j, scope, value->items[i], scope, ret))
            return false;
    }
    return ret->n > n;
}

static void expand_lan(const struct job *j, const struct doc_node *value)
{
    end_list ends = {0};
    for (uint32_t i = 0; i < value->n; i++) {
        uint32_t from = ends.n;
        if (!make_members(j, value, i, &ends))
            return;
        for (; from < ends.n; from++)
            ends.v[from].place = i;
    }
    bool one = ends.n < 2 || ends.v[1].place; /* whether the first member is one node */
    uint32_t before = j->ret->n;
    emit(j, one ? ends.v[0].scope : &j->l->vars, &ends);
    if (j->ret->n > before && ends.n > value->n)
        j->ret->v[before].about = ""; /* one place may be that of many members */
}

/* --- Shapes ----------------------------------------------------------------------------------- */

static bool check_count(const struct job *j, const struct doc_node *value, uint32_t n,
                        uint32_t least)
{
    if (n >= least)
        return true;
    diag_error(j->d, value->pos, "a %s needs %u nodes; here %s %u", j->key, least,
               n == 1 ? "is" : "are", n);
    return false;
}

static void expand_chain(const struct job *j, const struct doc_node *value)
{
    end_list ends = {0};
    bool ring = strcmp(j->key, "ring") == 0;
    if (!make_all_ends(j, value, &ends) || !check_count(j, value, ends.n, ring ? 3 : 2) ||
        !has_room(j, ends.n))
        return;
    for (uint32_t i = 0; i + !ring < ends.n; i++)
        emit_pair(j, &ends.v[i], &ends.v[(i + 1) % ends.n]);
}

static void expand_mesh(const struct job *j, const struct doc_node *value)
{
    end_list ends = {0};
    if (!make_all_ends(j, value, &ends) || !check_count(j, value, ends.n, 2) ||
        !has_room(j, (uint64_t)ends.n * (ends.n - 1) / 2))
        return;
    for (uint32_t i = 0; i < ends.n; i++) {
        for (uint32_t k = i + 1; k < ends.n; k++)
            emit_pair(j, &ends.v[i], &ends.v[k]);
    }
}

static void join_all(const struct job *j, const end_list *these, const end_list *those)
{
    if (!has_room(j, (uint64_t)these->n * those->n))
        return;
    VEC_EACH (const struct end, a, these) {
        VEC_EACH (const struct end, b, those)
            emit_pair(j, a, b);
    }
}

static void expand_star(const struct job *j, const struct doc_node *value)
{
    const struct doc_node *center = doc_get(value, "center");
    end_list one = {0}, leaves = {0};
    if (!make_all_ends(j, center, &one) || !make_all_ends(j, doc_get(value, "leaves"), &leaves))
        return;
    if (one.n == 1)
        join_all(j, &one, &leaves);
    else
        diag_error(j->d, center->pos, "a star has one center; here are %u", one.n);
}

static void expand_bipartite(const struct job *j, const struct doc_node *value)
{
    end_list these = {0}, those = {0};
    if (make_all_ends(j, value->items[0], &these) && make_all_ends(j, value->items[1], &those))
        join_all(j, &these, &those);
}

/* Row by row; of each node the link to the right, then that down. */
static void expand_grid(const struct job *j, const struct doc_node *value)
{
    end_list ends = {0};
    if (!make_all_ends(j, value, &ends) || !has_room(j, 2ull * ends.n))
        return;
    const struct scope *last = ends.v[ends.n - 1].scope;
    if (last->n != 2) {
        diag_error(j->d, value->pos, "a grid has rows and columns: a name of two parts");
        diag_help(j->d, "like g(1..4)-(1..6): 4 rows, 6 columns");
        return;
    }
    uint32_t columns = 0;
    while (columns < ends.n &&
           strcmp(ends.v[columns].scope->parts[0].text, ends.v[0].scope->parts[0].text) == 0)
        columns++;
    for (uint32_t i = 0; i < ends.n; i++) {
        if ((i + 1) % columns)
            emit_pair(j, &ends.v[i], &ends.v[i + 1]);
        if (i + columns < ends.n)
            emit_pair(j, &ends.v[i], &ends.v[i + columns]);
    }
}

/* --- Items ------------------------------------------------------------------------------------ */

static const struct shape {
    const char *key;
    const struct type *type;
    void (*expand)(const struct job *j, const struct doc_node *value);
} shapes[] = {
    {"endpoints", NULL, expand_endpoints},        {"lan", NULL, expand_lan},
    {"chain", &type_shape_ends, expand_chain},    {"ring", &type_shape_ends, expand_chain},
    {"mesh", &type_shape_ends, expand_mesh},      {"star", &type_star, expand_star},
    {"bipartite", &type_sides, expand_bipartite}, {"grid", &type_grid, expand_grid},
};

/* The one shape that ITEM has; NULL where it has none or several, which the reader reports. */
static const struct shape *find_shape(const struct doc_node *item,
                                      const struct doc_node **ret_value)
{
    const struct shape *found = NULL;
    for (size_t i = 0; i < ARRAY_SIZE(shapes); i++) {
        const struct doc_node *value = doc_get(item, shapes[i].key);
        if (!value)
            continue;
        if (found)
            return NULL;
        found = &shapes[i];
        *ret_value = value;
    }
    return found;
}

static bool has_patterns(const struct doc_node *list)
{
    for (uint32_t i = 0; i < list->n; i++) {
        const struct doc_node *pattern = pattern_of(list->items[i]);
        if (pattern && is_pattern(pattern->text))
            return true;
    }
    return false;
}

/* Whether ITEM, with the endpoints or members VALUE, is one plain link already, or is beyond help:
 * the reader says what is wrong with it. */
static bool is_plain(const struct doc_node *item, const struct shape *shape,
                     const struct doc_node *value)
{
    if (!shape || shape->type)
        return !shape || doc_is_nothing(value);
    bool pair = shape->expand == expand_endpoints;
    if (value->kind != DOC_LIST || !value->n || (pair && value->n != 2))
        return true;
    return !item->refers && !has_patterns(value);
}

bool load_link_docs(struct loader *l, const struct doc_node *item, link_docs *ret)
{
    struct job j = {.l = l, .d = l->r.diags, .arena = l->scratch, .item = item, .ret = ret};
    const struct doc_node *value = item;
    static const struct shape *const bare = &shapes[0];
    const struct shape *shape = item->kind == DOC_MAP ? find_shape(item, &value) : bare;
    struct shape_input scratch;
    if (item->kind != DOC_LIST && item->kind != DOC_MAP)
        shape = NULL;
    if (is_plain(item, shape, value)) {
        vec_push(l->scratch, ret, ((struct link_doc){.doc = item}));
        return true;
    }
    j.key = shape->key;
    struct reader r = load_reader(l);
    if (!shape->type || type_read(&r, shape->type, value, &scratch))
        shape->expand(&j, value);
    l->r.diags->about = NULL;
    return l->expanded <= EXPANDED_MAX && ret->n <= LINKS_MAX;
}
