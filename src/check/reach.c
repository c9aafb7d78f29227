// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * Who reaches whom. All pairs of a large LAN are asked in rounds: every node asks its next one,
 * then the one behind that. So no node is asked by all at once, and of two that ask each other the
 * second knows the first by then.
 */
#include "check/reach.h"

#include <fnmatch.h>
#include <string.h>
#include <sys/socket.h>

#include "base/vec.h"
#include "check/book.h"
#include "check/probe.h"
#include "lab/find.h"
#include "lab/list.h"
#include "lab/neighbours.h"

enum {
    TRIES = 4,
    FAMILIES = 2,
    PAIRS_MAX = 200000, /* some hundred MB of outcomes */
};

static const int families[FAMILIES] = {AF_INET, AF_INET6};
static const char *const family_words[FAMILIES] = {"ipv4", "ipv6"};

/* One who asks or is asked. */
struct member {
    const char *name; /* as it was said */
    uint32_t node;    /* UINT32_MAX: an address that was written */
    struct addr addrs[FAMILIES];
    bool exact; /* an interface's address, or a written one: that is the one to ask from */
};

typedef VEC(struct member) members;

/* A question; without a family there is none, and REASON says why. */
struct pair {
    const struct member *from, *to;
    int family; /* its place in FAMILIES, or -1 */
    const char *reason;
    uint32_t probe;
};

struct reach {
    struct arena *arena;
    const struct reach_options *options;
    struct state state;
    struct roster roster;
    struct book *book;
    json_t *lab; /* as lab_describe has it */
    members from, to;
    VEC(struct pair) pairs;
    VEC(struct probe) probes;
    struct probe_outcome *outcomes;
};

/* --- Who takes part ------------------------------------------------------------------------- */

static bool has_family(const struct member *m, int family)
{
    return m->addrs[family].family != AF_UNSPEC;
}

static bool has_any(const struct member *m)
{
    return has_family(m, 0) || has_family(m, 1);
}

/* Switches and hubs have addresses for those that look after them, at best. */
static bool is_asked(const struct reach *r, uint32_t node)
{
    const json_t *j = json_array_get(json_object_get(r->lab, "nodes"), node);
    const char *kind = json_string_value(json_object_get(j, "kind"));
    return !kind || (strcmp(kind, "switch") != 0 && strcmp(kind, "hub") != 0);
}

static void add_member(struct reach *r, members *list, uint32_t node, const char *iface)
{
    struct member *m = vec_add(r->arena, list);
    const char *name = r->roster.nodes[node].name;
    m->name = iface ? arena_printf(r->arena, "%s:%s", name, iface) : name;
    m->node = node;
    m->exact = iface != NULL;
    for (int f = 0; f < FAMILIES; f++)
        book_find(r->book, node, iface, families[f], &m->addrs[f]);
}

static void add_all(struct reach *r, members *list)
{
    for (uint32_t i = 0; i < r->roster.n; i++) {
        if (is_asked(r, i))
            add_member(r, list, i, NULL);
    }
}

static bool add_address(struct reach *r, members *list, const char *text)
{
    struct addr addr;
    if (list != &r->to || !addr_parse(text, &addr))
        return false;
    struct member *m = vec_add(r->arena, list);
    m->name = arena_strdup(r->arena, text);
    m->node = UINT32_MAX;
    m->addrs[addr.family == AF_INET6] = addr;
    return true;
}

/* "NODE" or "NODE:INTERFACE", or a pattern of NODE. */
static int add_matches(struct reach *r, members *list, char *item, struct err *err)
{
    char *colon = strchr(item, ':');
    uint32_t before = list->n;
    if (colon)
        *colon = '\0';
    for (uint32_t i = 0; i < r->roster.n; i++) {
        if (fnmatch(item, r->roster.nodes[i].name, 0) == 0)
            add_member(r, list, i, colon ? colon + 1 : NULL);
    }
    if (list->n > before)
        return 0;
    if (strpbrk(item, "*?["))
        return err_wrong(err, -ENOENT, "lab %s has no node that fits '%s'", r->state.name, item);
    return roster_check(&r->roster, &r->state, item, err);
}

static int add_members(struct reach *r, members *list, const char *text, struct err *err)
{
    if (!text || !strcmp(text, "all")) {
        add_all(r, list);
        return 0;
    }
    char *left = arena_strdup(r->arena, text);
    int code = 0;
    for (char *item = strsep(&left, ","); item && !code; item = strsep(&left, ",")) {
        if (!add_address(r, list, item))
            code = add_matches(r, list, item, err);
    }
    return code;
}

/* --- What is asked -------------------------------------------------------------------------- */

static bool wants_family(const struct reach_options *o, int family)
{
    return family ? o->ipv6 || !o->ipv4 : o->ipv4 || !o->ipv6;
}

static void add_probe(struct reach *r, struct pair *pair)
{
    const struct reach_options *o = r->options;
    pair->probe = r->probes.n;
    struct probe *p = vec_add(r->arena, &r->probes);
    *p = (struct probe){.kind = PROBE_PING,
                        .node = pair->from->node,
                        .to = pair->to->addrs[pair->family],
                        .count = o->packets,
                        .tries = o->packets ? 1 : TRIES,
                        .timeout_ms = o->timeout_ms ? o->timeout_ms : REACH_TIMEOUT_MS};
    if (pair->from->exact)
        p->from = pair->from->addrs[pair->family];
}

static const char *word_of_families(const struct reach_options *o)
{
    return o->ipv4 == o->ipv6 ? "address" : o->ipv4 ? "IPv4 address" : "IPv6 address";
}

/* Why there is nothing to ask FROM about TO. */
static const char *why_not(struct reach *r, const struct member *from, const struct member *to)
{
    const struct reach_options *o = r->options;
    const struct member *both[] = {from, to};
    for (size_t i = 0; i < ARRAY_SIZE(both); i++) {
        bool any = false;
        for (int f = 0; f < FAMILIES; f++)
            any |= wants_family(o, f) && has_family(both[i], f);
        if (!any)
            return arena_printf(r->arena, "%s has no %s", both[i]->name, word_of_families(o));
    }
    return "one has IPv4 addresses only, the other IPv6";
}

static void add_pair(struct reach *r, const struct member *from, const struct member *to)
{
    bool any = false;
    for (int f = 0; f < FAMILIES; f++) {
        bool can = has_family(to, f) && (has_family(from, f) || to->node == UINT32_MAX);
        if (!wants_family(r->options, f) || !can)
            continue;
        any = true;
        vec_push(r->arena, &r->pairs, ((struct pair){.from = from, .to = to, .family = f}));
    }
    bool said = r->options->from && r->options->to; /* else they are left out */
    if (!any && said)
        vec_push(
            r->arena, &r->pairs,
            ((struct pair){.from = from, .to = to, .family = -1, .reason = why_not(r, from, to)}));
}

static void add_pairs(struct reach *r)
{
    bool one = r->from.n == 1 && r->to.n == 1;
    VEC_EACH (const struct member, from, &r->from) {
        VEC_EACH (const struct member, to, &r->to) {
            if (one || from->node != to->node)
                add_pair(r, from, to);
        }
    }
}

/* How far it is from FROM to TO, around the list of nodes. */
static uint32_t distance(const struct reach *r, const struct member *from, const struct member *to)
{
    uint32_t n = r->roster.n, node = to->node == UINT32_MAX ? 0 : to->node;
    return (node + n - from->node) % n;
}

/* Its round, and in that the two that ask each other side by side. */
struct place {
    uint32_t round, first, pair;
};

static int by_place(const void *a, const void *b)
{
    const struct place *x = a, *y = b;
    if (x->round != y->round)
        return x->round < y->round ? -1 : 1;
    if (x->first != y->first)
        return x->first < y->first ? -1 : 1;
    return x->pair < y->pair ? -1 : x->pair > y->pair;
}

static struct place place_of(const struct reach *r, uint32_t pair)
{
    const struct pair *p = &r->pairs.v[pair];
    uint32_t there = distance(r, p->from, p->to), back = r->roster.n - there;
    bool forth = there <= back || p->to->node == UINT32_MAX;
    return (struct place){
        .round = forth ? there : back, .first = forth ? p->from->node : p->to->node, .pair = pair};
}

static void add_probes(struct reach *r)
{
    uint32_t n = 0;
    struct place *places = arena_alloc(r->arena, r->pairs.n * sizeof(*places));
    for (uint32_t i = 0; i < r->pairs.n; i++) {
        if (r->pairs.v[i].family >= 0)
            places[n++] = place_of(r, i);
    }
    qsort(places, n, sizeof(*places), by_place);
    for (uint32_t i = 0; i < n; i++)
        add_probe(r, &r->pairs.v[places[i].pair]);
}

/* --- What came of it ------------------------------------------------------------------------ */

static json_t *milliseconds(uint64_t ns)
{
    uint64_t us = ns / 1000;
    return json_real((double)us / 1000);
}

static void add_outcome(const struct reach *r, const struct pair *pair, json_t *j)
{
    const struct probe_outcome *o = &r->outcomes[pair->probe];
    CLEAN_STR struct str reason = {0};
    json_object_set_new(j, "sent", json_integer(o->sent));
    json_object_set_new(j, "received", json_integer(o->received));
    if (o->received)
        json_object_set_new(j, "rtt",
                            json_pack("{s:o, s:o, s:o}", "min", milliseconds(o->rtt_min), "avg",
                                      milliseconds(o->rtt_avg), "max", milliseconds(o->rtt_max)));
    probe_reason(&r->probes.v[pair->probe], o, r->book, &reason);
    if (o->verdict == PROBE_ANSWERED && o->received < o->sent)
        str_addf(&reason, "%u of %u lost", o->sent - o->received, o->sent);
    if (reason.text)
        json_object_set_new(j, "reason", json_string(reason.text));
}

static bool is_answered(const struct reach *r, const struct pair *pair)
{
    return pair->family >= 0 && r->outcomes[pair->probe].verdict == PROBE_ANSWERED;
}

static json_t *pair_json(const struct reach *r, const struct pair *pair)
{
    char addr[ADDR_TEXT_MAX] = "";
    bool any = pair->family >= 0;
    if (any)
        addr_text(&pair->to->addrs[pair->family], addr);
    json_t *j = json_pack("{s:s, s:s, s:s?, s:s?, s:b}", "from", pair->from->name, "to",
                          pair->to->name, "family", any ? family_words[pair->family] : NULL,
                          "address", any ? addr : NULL, "answered", is_answered(r, pair));
    if (any)
        add_outcome(r, pair, j);
    else
        json_object_set_new(j, "reason", json_string(pair->reason));
    return j;
}

/* The names of those that take part, in the order of the lab, and of those that cannot. */
static void list_names(const struct reach *r, json_t *nodes, json_t *left_out)
{
    bool all = !r->options->from || !r->options->to;
    VEC_EACH (const struct member, m, &r->from) {
        if (has_any(m) || !all)
            json_array_append_new(nodes, json_string(m->name));
    }
    const members *every = r->options->from ? &r->to : &r->from;
    VEC_EACH (const struct member, m, every) {
        if (!has_any(m) && all)
            json_array_append_new(left_out, json_string(m->name));
    }
}

/* Where the machine's neighbour tables were too small for it. */
static void add_remedy(const struct reach *r, json_t *j)
{
    uint32_t crowded = 0;
    CLEAN_STR struct str remedy = {0};
    for (uint32_t i = 0; i < r->probes.n; i++)
        crowded += r->outcomes[i].crowded;
    if (!crowded)
        return;
    neighbours_remedy(r->probes.n, &remedy);
    json_object_set_new(j, "remedy", json_string(remedy.text));
}

static json_t *reach_json(const struct reach *r)
{
    json_t *nodes = json_array(), *left_out = json_array(), *pairs = json_array();
    json_int_t answered = 0;
    list_names(r, nodes, left_out);
    VEC_EACH (const struct pair, pair, &r->pairs) {
        json_array_append_new(pairs, pair_json(r, pair));
        answered += is_answered(r, pair);
    }
    json_t *j = json_pack("{s:s, s:o, s:o, s:o, s:I, s:I}", "lab", r->state.name, "nodes", nodes,
                          "left_out", left_out, "pairs", pairs, "asked", (json_int_t)r->pairs.n,
                          "answered", answered);
    add_remedy(r, j);
    return j;
}

/* --- All of it ------------------------------------------------------------------------------ */

static int ask(struct reach *r, struct err *err)
{
    int code = roster_read(&r->state, &r->roster, err);
    if (!code)
        code = list_describe(&r->state, &r->roster, &r->lab, err);
    if (!code)
        code = book_read(&r->state, &r->roster, &r->book, err);
    if (!code)
        code = add_members(r, &r->from, r->options->from, err);
    if (!code)
        code = add_members(r, &r->to, r->options->to, err);
    if (code)
        return code;
    add_pairs(r);
    if (r->pairs.n > PAIRS_MAX)
        return err_wrong(err, -E2BIG,
                         "%u pairs are too many to ask at once (at most %d): name some of the "
                         "nodes, like `nslab ping 'h1*'`, or one family",
                         r->pairs.n, PAIRS_MAX);
    add_probes(r);
    r->outcomes = arena_alloc(r->arena, r->probes.n * sizeof(*r->outcomes));
    return probes_run(&r->state, r->probes.v, r->probes.n, r->outcomes, err);
}

int lab_reach(const char *name, const struct reach_options *options, json_t **ret, struct err *err)
{
    struct reach r = {.arena = arena_new(), .options = options, .state = STATE_NONE};
    int code = find_lab(name, &r.state, err);
    if (!code)
        code = ask(&r, err);
    if (!code)
        *ret = reach_json(&r);
    json_decref(r.lab);
    book_free(r.book);
    roster_done(&r.roster);
    state_done(&r.state);
    arena_free(r.arena);
    return code;
}
