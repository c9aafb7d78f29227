// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * `addressing`: numbers for what is not numbered by hand. A segment gets the next free subnet of
 * each pool, in link order; a router an address of each pool of loopbacks.
 *
 * What numbers there are depends on the file alone. All that is written, wherever it stands, is
 * taken out of the pools first, and an end of a link that has anything written of its addresses is
 * left as it is. Where others of its segment have written addresses, those that want numbers get
 * them from the same subnet.
 */
#include <string.h>
#include <sys/socket.h>

#include "model/load.h"
#include "model/pool.h"

#define LAN_LEN_V4 24 /* a LAN's subnet, or a larger one where that does not fit */

struct addresser {
    struct loader *l;
    const struct addressing_input *in;
    VEC(struct prefix) used; /* all that is written, and pools that are done */
    /* By segment: its written subnet of IPv4 and of IPv6, and where that is; family 0: none. */
    struct {
        struct prefix subnet;
        struct pos pos;
    } (*written)[2];
};

/* What a pool is asked for. */
struct demand {
    struct segment *segment;
    unsigned len;
};
typedef VEC(struct demand) demand_list;

/* --- What is taken ---------------------------------------------------------------------------- */

static void use(struct addresser *a, const struct prefix *prefix)
{
    struct prefix network = {prefix_network(prefix), prefix->len};
    vec_push(a->l->scratch, &a->used, network);
}

static int by_prefix(const void *a, const void *b)
{
    return prefix_compare(a, b);
}

static void collect_used(struct addresser *a)
{
    VEC_EACH (struct node *, node, &a->l->topo->nodes) {
        VEC_EACH (const struct ifaddr, it, &(*node)->lo->addrs)
            use(a, &it->prefix);
        VEC_EACH (struct iface *, iface, &(*node)->ifaces) {
            VEC_EACH (const struct ifaddr, it, &(*iface)->addrs)
                use(a, &it->prefix);
        }
    }
}

/* PREFIX as a pool, without what is used. */
static void open_pool(struct addresser *a, const struct prefix *prefix, struct pool *ret)
{
    if (a->used.n)
        qsort(a->used.v, a->used.n, sizeof(*a->used.v), by_prefix);
    pool_init(ret, a->l->scratch, prefix, a->used.v, a->used.n);
}

static void report_room(struct addresser *a, const struct prefix_value *pool, const char *needs,
                        const char *has)
{
    char buf[ADDR_TEXT_MAX];
    diag_error(a->l->r.diags, pool->pos, "%s is too small: %s wanted, room for %s",
               prefix_text(&pool->prefix, buf), needs, has);
    diag_help(a->l->r.diags,
              "take a larger one, or say with `prefix` that smaller subnets will do; "
              "what is written in the file is not given out again");
}

/* --- Segments --------------------------------------------------------------------------------- */

static bool wants_numbers(const struct iface *iface)
{
    return iface->link && !iface->master && !iface->unnumbered && !iface->addressed;
}

/* One link between two routers. */
static bool is_point_to_point(const struct segment *segment)
{
    if (segment->ifaces.n != 2)
        return false;
    const struct iface *a = segment->ifaces.v[0], *b = segment->ifaces.v[1];
    return a->node->kind->forwards && b->node->kind->forwards;
}

/* Notes the subnets that written addresses give to segments: of each family the first. */
static void collect_written(struct addresser *a)
{
    a->written = arena_alloc(a->l->scratch, (a->l->segments.n + 1) * sizeof(*a->written));
    for (uint32_t i = 0; i < a->l->segments.n; i++) {
        VEC_EACH (struct iface *, iface, &a->l->segments.v[i].ifaces) {
            VEC_EACH (const struct ifaddr, it, &(*iface)->addrs) {
                const struct prefix *p = &it->prefix;
                bool v6 = p->addr.family == AF_INET6;
                if (a->written[i][v6].subnet.addr.family || addr_is_link_local(&p->addr) ||
                    p->len == addr_bits(&p->addr))
                    continue;
                a->written[i][v6].subnet = (struct prefix){prefix_network(p), p->len};
                a->written[i][v6].pos = it->pos;
            }
        }
    }
}

/* The length that is written for such segments, 0: none. */
static unsigned wished_len(const struct addresser *a, const struct segment *segment, int family)
{
    const struct list_value *lens = is_point_to_point(segment) ? &a->in->p2p : &a->in->lan;
    const struct int_value *v = lens->v;
    uint32_t place = family == AF_INET ? 0 : 1;
    return place < lens->n ? v[place].value : 0;
}

/* The smallest subnet for the hosts of SEGMENT: a /24, or what they need. */
static unsigned fitting_len(const struct segment *segment)
{
    uint32_t n = count_wanting(segment, wants_numbers);
    unsigned len = LAN_LEN_V4;
    while (len > 1 && (1ull << (32 - len)) - 2 < n)
        len--;
    return len;
}

static unsigned subnet_len(const struct addresser *a, const struct segment *segment, int family)
{
    unsigned len = wished_len(a, segment, family);
    if (len)
        return len;
    if (family == AF_INET6)
        return 64;
    return is_point_to_point(segment) ? 30 : fitting_len(segment);
}

static void number(struct addresser *a, const struct segment *segment, struct prefix subnet,
                   struct pos pos)
{
    const struct numbers numbers = {
        .segment = segment, .subnet = subnet, .pos = pos, .of_link = true, .wants = wants_numbers};
    number_by(a->l, &numbers);
}

/* What the segments want of a pool of FAMILY; those that have a written subnet are numbered by it.
 */
static void collect_demands(struct addresser *a, const struct prefix_value *pool, demand_list *ret)
{
    int family = pool->prefix.addr.family;
    bool v6 = family == AF_INET6;
    for (uint32_t i = 0; i < a->l->segments.n; i++) {
        struct segment *segment = &a->l->segments.v[i];
        if (segment->by_subnets || !count_wanting(segment, wants_numbers))
            continue;
        if (a->written[i][v6].subnet.addr.family)
            number(a, segment, a->written[i][v6].subnet, a->written[i][v6].pos);
        else
            vec_push(a->l->scratch, ret,
                     ((struct demand){segment, subnet_len(a, segment, family)}));
    }
}

static void report_demands(struct addresser *a, const struct prefix_value *value,
                           const demand_list *demands)
{
    struct pool pool; /* as it was */
    uint32_t counts[129] = {0};
    struct str needs CLEAN_STR = {0}, has CLEAN_STR = {0};
    open_pool(a, &value->prefix, &pool);
    VEC_EACH (const struct demand, it, demands)
        counts[it->len]++;
    for (unsigned len = 0; len < ARRAY_SIZE(counts); len++) {
        if (!counts[len])
            continue;
        str_addf(&needs, "%s%u subnet%s of /%u", needs.len ? " and " : "", counts[len],
                 counts[len] == 1 ? "" : "s", len);
        str_addf(&has, "%s%u of /%u", has.len ? " or " : "",
                 len < value->prefix.len ? 0 : pool_room(&pool, len), len);
    }
    report_room(a, value, needs.text, has.text);
}

static void number_from(struct addresser *a, const struct prefix_value *value)
{
    struct pool pool;
    demand_list demands = {0};
    collect_demands(a, value, &demands);
    open_pool(a, &value->prefix, &pool);
    VEC_EACH (const struct demand, it, &demands) {
        struct prefix subnet;
        if (!pool_take(&pool, it->len, &subnet)) {
            report_demands(a, value, &demands);
            return;
        }
        number(a, it->segment, subnet, value->pos);
    }
}

/* --- Loopbacks -------------------------------------------------------------------------------- */

static bool wants_loopback(const struct loader *l, const struct node *node, int family)
{
    if (!node->kind->forwards || node->hidden)
        return false;
    const struct list_value *written = &load_input(l, node)->loopback;
    const struct prefix_value *v = written->v;
    for (uint32_t i = 0; i < written->n; i++) {
        if (v[i].prefix.addr.family == family)
            return false;
    }
    return true;
}

static void number_loopbacks(struct addresser *a, const struct prefix_value *value)
{
    struct pool pool;
    struct prefix one;
    int family = value->prefix.addr.family;
    unsigned bits = addr_bits(&value->prefix.addr);
    uint32_t needed = 0, given = 0;
    open_pool(a, &value->prefix, &pool);
    if (value->prefix.len < bits)
        pool_take(&pool, bits, &one); /* the network's own address is nobody's */
    VEC_EACH (struct node *, it, &a->l->topo->nodes) {
        struct node *node = *it;
        if (!wants_loopback(a->l, node, family))
            continue;
        needed++;
        if (!pool_take(&pool, bits, &one))
            continue;
        given++;
        vec_push(a->l->r.arena, &load_lo(a->l, node)->addrs,
                 ((struct ifaddr){.prefix = one, .pos = value->pos}));
    }
    if (given < needed)
        report_room(a, value, arena_printf(a->l->scratch, "%u loopback addresses", needed),
                    arena_printf(a->l->scratch, "%u", given));
}

/* --- The section ------------------------------------------------------------------------------ */

/* `prefix`: the first is of IPv4, the second of IPv6. */
static void check_lens(struct loader *l, const struct list_value *lens)
{
    const struct int_value *v = lens->v;
    if (lens->n && v[0].value > 31)
        diag_error(l->r.diags, v[0].pos,
                   "the first is for IPv4: a link's subnet is a /31 at least");
}

void load_addressing(struct loader *l)
{
    if (!l->root.addressing.pos.line)
        return;
    struct addresser a = {.l = l, .in = &l->root.addressing};
    const struct prefix_value *links = a.in->links.v, *loopbacks = a.in->loopbacks.v;
    check_lens(l, &a.in->p2p);
    check_lens(l, &a.in->lan);
    collect_used(&a);
    collect_written(&a);
    for (uint32_t i = 0; i < a.in->loopbacks.n; i++) {
        number_loopbacks(&a, &loopbacks[i]);
        use(&a, &loopbacks[i].prefix);
    }
    for (uint32_t i = 0; i < a.in->links.n; i++)
        number_from(&a, &links[i]);
}
