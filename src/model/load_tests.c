// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * Tests: what they name becomes nodes, and addresses where the file gives some. What can be seen to
 * be wrong without a lab is said here: a test that could never hold, or that could not fail.
 */
#include <arpa/inet.h>
#include <string.h>

#include "model/load.h"
#include "model/tests.h"

#define PAIRS_MAX (1u << 20)

/* The test that is being worked out. */
struct job {
    struct loader *l;
    struct diags *d;
    const struct probe_input *in;
    struct test *test;
    bool bad;
};

__attribute__((format(printf, 3, 4))) static void wrong(struct job *j, struct pos pos,
                                                        const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    diag_verror(j->d, pos, fmt, ap);
    va_end(ap);
    j->bad = true;
}

/* --- Ends ------------------------------------------------------------------------------------- */

static bool is_bridge(const struct node *node)
{
    return node->kind->bridges;
}

static bool has_addr(const struct test_end *end)
{
    return end->addrs[0].family || end->addrs[1].family;
}

static struct test_end end_of(const struct node *node, const struct iface *iface)
{
    struct test_end end = {.text = node->name, .node = node, .iface = iface};
    const struct named named = {node, iface};
    for (int i = 0; i < 2; i++) {
        const struct ifaddr *addr = named_addr(&named, i ? AF_INET6 : AF_INET);
        end.addrs[i] = addr ? addr->prefix.addr : (struct addr){0};
    }
    return end;
}

static bool addr_end(struct job *j, const char *text, const struct addr *addr, struct pos pos,
                     struct test_end *ret)
{
    *ret = (struct test_end){.text = text};
    if (addr_is_multicast(addr) || addr_is_unspecified(addr)) {
        wrong(j, pos, "%s is nobody's address", text);
        return false;
    }
    if (addr_is_link_local(addr)) {
        wrong(j, pos, "%s means nothing without its link", text);
        diag_help(j->d, "NODE:INTERFACE says which is meant");
        return false;
    }
    ret->addrs[addr->family == AF_INET6] = *addr;
    VEC_EACH (struct node *, node, &j->l->topo->nodes) {
        const struct iface *iface = node_find_addr(*node, addr);
        if (!iface)
            continue;
        ret->node = *node;
        ret->iface = iface;
        break;
    }
    return true;
}

/* What one name means; `all` is no such. */
static bool find_end(struct job *j, const char *text, struct pos pos, struct test_end *ret)
{
    struct named named;
    struct addr addr;
    if (addr_parse(text, &addr))
        return addr_end(j, text, &addr, pos, ret);
    if (!is_name_for_address(text)) {
        wrong(j, pos, "expected a node, NODE:INTERFACE, an address, or all, not '%s'", text);
        if (strchr(text, ':'))
            diag_help(j->d, "only tcp and udp take a port");
        else
            help_pattern(j->d, text);
        return false;
    }
    if (!load_named(j->l, text, pos, &named)) {
        j->bad = true;
        return false;
    }
    *ret = end_of(named.node, named.iface);
    ret->text = text;
    return true;
}

static void add_all(struct job *j, struct pos pos, uint16_t port, test_ends *ret)
{
    uint32_t before = ret->n;
    VEC_EACH (struct node *, node, &j->l->topo->nodes) {
        struct test_end end = end_of(*node, NULL);
        end.port = port;
        end.of_all = true;
        if (!(*node)->hidden && !is_bridge(*node) && has_addr(&end))
            vec_push(j->l->r.arena, ret, end);
    }
    if (ret->n == before)
        wrong(j, pos, "all: no host and no router of this lab has an address");
}

/* Cuts the port off TEXT, which is NAME:PORT, 10.0.0.1:80 or [fd00::1]:80. */
static const char *cut_port(struct job *j, const char *text, struct pos pos, uint16_t *ret)
{
    const char *colon = strrchr(text, ':');
    size_t digits = colon ? strspn(colon + 1, "0123456789") : 0;
    unsigned long port =
        digits && digits < 6 && !colon[1 + digits] ? strtoul(colon + 1, NULL, 10) : 0;
    if (!port || port > UINT16_MAX || strchr(text, ':') == text) {
        wrong(j, pos, "expected a port from 1 to 65535 behind '%s'",
              digits ? arena_strndup(j->l->scratch, text, (size_t)(colon - text)) : text);
        diag_help(j->d, "like %s:80", strchr(text, ':') ? "h2" : text);
        return NULL;
    }
    *ret = (uint16_t)port;
    bool in_brackets = text[0] == '[' && colon > text + 1 && colon[-1] == ']';
    size_t len = (size_t)(colon - text);
    return in_brackets ? arena_strndup(j->l->r.arena, text + 1, len - 2)
                       : arena_strndup(j->l->r.arena, text, len);
}

static void add_end(struct job *j, const char *text, struct pos pos, bool has_port, test_ends *ret)
{
    struct test_end end;
    uint16_t port = 0;
    const char *name = has_port ? cut_port(j, text, pos, &port) : text;
    if (!name)
        return;
    if (strcmp(name, "all") == 0) {
        add_all(j, pos, port, ret);
        return;
    }
    if (!find_end(j, name, pos, &end))
        return;
    end.port = port;
    vec_push(j->l->r.arena, ret, end);
}

/* All that LIST (of text_value, patterns too) names. */
static void add_ends(struct job *j, const struct list_value *list, bool has_port, test_ends *ret)
{
    const struct text_value *v = list->v;
    for (uint32_t i = 0; i < list->n; i++) {
        made_list made = {0};
        if (!expand_pattern(j->d, &j->l->vars, v[i].text, v[i].pos, &made))
            j->bad = true;
        VEC_EACH (const struct made, it, &made)
            add_end(j, it->name, v[i].pos, has_port, ret);
    }
}

static struct pos pos_of(const struct list_value *list)
{
    return list->n ? ((const struct text_value *)list->v)[0].pos : list->pos;
}

/* A node that nothing could reach: the ends of addresses are looked at by who uses them. */
static void check_addressed(struct job *j, const test_ends *ends, struct pos pos)
{
    VEC_EACH (const struct test_end, end, ends) {
        if (has_addr(end) || !is_bridge(end->node))
            continue;
        wrong(j, pos, "%s has no address, being a %s", end->text, end->node->kind->name);
        diag_help(j->d, "give its br0 one: interfaces: {br0: {addresses: [10.0.0.9/24]}}");
        return;
    }
}

static void check_families(struct job *j, const test_ends *ends, struct pos pos)
{
    int other = j->test->family == AF_INET ? 1 : 0;
    struct addr addr;
    if (!j->test->family)
        return;
    VEC_EACH (const struct test_end, end, ends) {
        if (!addr_parse(end->text, &addr) || addr.family == j->test->family)
            continue;
        wrong(j, pos, "%s is no %s address", end->text, other ? "IPv4" : "IPv6");
        return;
    }
}

/* Where from: something of a node's. */
static void load_from(struct job *j)
{
    add_ends(j, &j->in->from, false, &j->test->from);
    struct pos pos = pos_of(&j->in->from);
    VEC_EACH (const struct test_end, end, &j->test->from) {
        if (end->node)
            continue;
        wrong(j, pos, "no node has the address %s", end->text);
        diag_help(j->d, "a node's name, or NODE:INTERFACE, says where to start");
        return;
    }
    check_addressed(j, &j->test->from, pos);
    check_families(j, &j->test->from, pos);
}

static void check_pairs(struct job *j)
{
    const struct test *test = j->test;
    uint64_t pairs = (uint64_t)test->from.n * test->to.n;
    struct addr from, to;
    if (pairs > PAIRS_MAX)
        wrong(j, j->in->pos, "%llu pairs are too many: at most %u", (unsigned long long)pairs,
              PAIRS_MAX);
    if (j->bad || test->from.n != 1 || test->to.n != 1 ||
        !addr_parse(test->from.v[0].text, &from) || !addr_parse(test->to.v[0].text, &to))
        return;
    if (from.family != to.family)
        wrong(j, pos_of(&j->in->to), "%s and %s are of different families", test->from.v[0].text,
              test->to.v[0].text);
}

static void load_between(struct job *j, bool has_port)
{
    load_from(j);
    add_ends(j, &j->in->to, has_port, &j->test->to);
    check_addressed(j, &j->test->to, pos_of(&j->in->to));
    check_families(j, &j->test->to, pos_of(&j->in->to));
    check_pairs(j);
}

/* --- Probes ----------------------------------------------------------------------------------- */

static uint32_t to_ms(const struct quantity_value *value, uint32_t otherwise)
{
    return value->pos.line ? (uint32_t)((value->value + 999999) / 1000000) : otherwise;
}

static void load_ping(struct job *j)
{
    const struct probe_input *in = j->in;
    struct test *test = j->test;
    load_between(j, false);
    test->size = in->size.pos.line ? in->size.value : 56;
    test->df = in->df.value;
    test->count = in->count.pos.line ? in->count.value : TEST_COUNT;
    test->interval_ms = to_ms(&in->interval, TEST_INTERVAL_MS);
    test->loss_max = (uint32_t)in->loss_max.value;
    if (in->interval.pos.line && test->count < 2)
        wrong(j, in->interval.pos, "an interval takes a `count` of 2 or more");
    double may = (double)test->loss_max / SHARE_WHOLE * test->count;
    if (in->loss_max.pos.line && test->loss_max && may < 1 - 1e-6) {
        wrong(j, in->loss_max.pos, "of %u packet%s, one that is lost is more than this already",
              test->count, test->count == 1 ? "" : "s");
        diag_help(j->d, "give a larger `count`, like %u",
                  (unsigned)(10.0 / ((double)test->loss_max / SHARE_WHOLE) + 0.5));
    }
    if (test->loss_max == SHARE_WHOLE)
        wrong(j, in->loss_max.pos, "this test holds whatever happens: all may be lost");
}

static void load_port(struct job *j)
{
    load_between(j, true);
    j->test->expect = (enum test_expect)j->in->expect.value;
    j->test->send = j->in->send.text ? arena_strdup(j->l->r.arena, j->in->send.text) : NULL;
}

static void add_stop_node(struct job *j, struct test_stop *stop, const char *name, struct pos pos)
{
    const struct node *node = load_find_node(j->l, name, pos);
    j->bad = j->bad || !node;
    if (node && is_bridge(node)) {
        wrong(j, pos, "%s is a %s, which no packet names on its way", name, node->kind->name);
        diag_help(j->d, "a path goes by hosts and routers");
    } else if (node) {
        vec_push(j->l->r.arena, &stop->nodes, node->name);
    }
}

static void load_path(struct job *j)
{
    const struct text_value *v = j->in->through.v;
    load_between(j, false);
    for (uint32_t i = 0; i < j->in->through.n; i++) {
        made_list made = {0};
        struct test_stop stop = {.text = arena_strdup(j->l->r.arena, v[i].text)};
        if (!expand_pattern(j->d, &j->l->vars, v[i].text, v[i].pos, &made))
            j->bad = true;
        VEC_EACH (const struct made, it, &made)
            add_stop_node(j, &stop, it->name, v[i].pos);
        vec_push(j->l->r.arena, &j->test->through, stop);
    }
}

/* Where a route leads: a prefix, or what has a name. */
static void load_dest(struct job *j)
{
    const struct prefix_value *dest = &j->in->dest;
    struct test *test = j->test;
    struct test_end end;
    char buf[ADDR_TEXT_MAX];
    if (dest->name) {
        if (find_end(j, dest->name, dest->pos, &end))
            vec_push(j->l->r.arena, &test->to, end);
        return;
    }
    test->prefix = dest->prefix;
    if (test->family && test->prefix.addr.family && test->family != test->prefix.addr.family)
        wrong(j, dest->pos, "%s is no %s prefix", prefix_text(&test->prefix, buf),
              test->family == AF_INET ? "IPv4" : "IPv6");
}

static void load_via(struct job *j)
{
    const struct addr_value *via = &j->in->via;
    char buf[ADDR_TEXT_MAX];
    if (!via->pos.line)
        return;
    const char *text = via->name ? via->name : addr_text(&via->addr, buf);
    text = arena_strdup(j->l->r.arena, text);
    find_end(j, text, via->pos, &j->test->via);
}

static void load_route(struct job *j)
{
    const struct probe_input *in = j->in;
    struct test *test = j->test;
    add_ends(j, &in->from, false, &test->from);
    load_dest(j);
    load_via(j);
    test->dev = in->dev.text;
    VEC_EACH (const struct test_end, end, &test->from) {
        if (!end->node)
            wrong(j, pos_of(&in->from), "no node has the address %s", end->text);
        else if (test->dev && !load_find_iface(j->l, end->node, test->dev, in->dev.pos))
            j->bad = true;
    }
}

static void load_bounds(struct job *j)
{
    const struct probe_input *in = j->in;
    load_between(j, false);
    j->test->min = in->min.value;
    j->test->max = in->max.value;
    j->test->count = in->count.pos.line ? in->count.value : TEST_RTT_COUNT;
    j->test->for_ms = to_ms(&in->time, TEST_FOR_MS);
    if (in->min.pos.line && in->max.pos.line && in->min.value > in->max.value) {
        wrong(j, in->max.pos, "max is less than min");
        diag_note(j->d, in->min.pos, "min is given here");
    }
}

static void load_run(struct job *j)
{
    const struct probe_input *in = j->in;
    struct test *test = j->test;
    add_ends(j, &in->from, false, &test->from);
    VEC_EACH (const struct test_end, end, &test->from) {
        if (!end->node)
            wrong(j, pos_of(&in->from), "no node has the address %s", end->text);
    }
    VEC(char *) words = {0};
    for (char *const *word = in->command.argv; *word; word++)
        vec_push(j->l->r.arena, &words, arena_strdup(j->l->r.arena, *word));
    vec_push(j->l->r.arena, &words, NULL);
    test->argv = words.v;
    test->exit = (int)in->exit.value;
    test->output = in->output.text ? arena_strdup(j->l->r.arena, in->output.text) : NULL;
}

static void load_probe(struct job *j)
{
    switch (j->test->kind) {
    case TEST_PING:
        load_ping(j);
        break;
    case TEST_TCP:
    case TEST_UDP:
        load_port(j);
        break;
    case TEST_PATH:
        load_path(j);
        break;
    case TEST_ROUTE:
        load_route(j);
        break;
    case TEST_RTT:
    case TEST_THROUGHPUT:
        load_bounds(j);
        break;
    case TEST_RUN:
        load_run(j);
        break;
    case TEST_KINDS:
        break;
    }
}

static void load_test(struct loader *l, const struct test_input *in)
{
    static const uint8_t families[] = {AF_INET, AF_INET6};
    struct arena *arena = l->r.arena;
    struct test *test = arena_new_of(arena, struct test);
    struct job j = {.l = l, .d = l->r.diags, .in = &in->probe, .test = test};
    *test = (struct test){
        .kind = in->probe.kind,
        .name = in->name.text ? arena_strdup(arena, in->name.text) : NULL,
        .words = arena_printf(arena, "%s%s", in->inverted.value ? "not " : "", in->words),
        .pos = in->pos,
        .within_ms = to_ms(&in->within, 0),
        .inverted = in->inverted.value,
        .family = in->probe.family.pos.line ? families[in->probe.family.value] : AF_UNSPEC,
    };
    load_probe(&j);
    if (!j.bad)
        vec_push(arena, &l->topo->tests, test);
}

void load_tests(struct loader *l)
{
    const struct test_input *v = l->root.tests.v;
    load_about(l, NULL);
    for (uint32_t i = 0; i < l->root.tests.n; i++) {
        if (!v[i].bad)
            load_test(l, &v[i]);
    }
}
