// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/* From a test to probes, and from their outcomes to a verdict in words. */
#include "check/trial.h"

#include <linux/rtnetlink.h>
#include <string.h>
#include <sys/socket.h>

#include "base/json_text.h"
#include "base/units.h"

enum { SHOWN_MAX = 5 }; /* pairs that SEEN tells of */

static const char *text_of(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

static long long int_of(const json_t *object, const char *key)
{
    return json_integer_value(json_object_get(object, key));
}

static bool is_inverted(const struct trial *trial)
{
    return json_is_true(json_object_get(trial->spec, "not"));
}

void trial_init(struct trial *trial, const json_t *spec)
{
    *trial = (struct trial){.spec = spec, .within_ms = (uint32_t)int_of(spec, "within")};
    while (trial->kind < TEST_RUN &&
           strcmp(test_kind_name(trial->kind), text_of(spec, "test")) != 0)
        trial->kind++;
}

/* --- Aiming ----------------------------------------------------------------------------------- */

/* An end of a pair, with what the lab knows of it. */
struct aim {
    const json_t *spec;
    const char *name, *node, *iface;
    uint32_t number; /* of the node; UINT32_MAX: none */
    struct addr literal;
};

static struct aim aim_at(const json_t *end, const struct range *range)
{
    struct aim aim = {.spec = end,
                      .name = text_of(end, "name"),
                      .node = text_of(end, "node"),
                      .iface = text_of(end, "interface")};
    const char *address = text_of(end, "address");
    aim.number = aim.node ? roster_number(range->roster, aim.node) : UINT32_MAX;
    if (address)
        addr_parse(address, &aim.literal);
    return aim;
}

static bool find_addr(const struct aim *aim, const struct range *range, int family,
                      struct addr *ret)
{
    if (aim->literal.family) {
        *ret = aim->literal;
        return aim->literal.family == family;
    }
    return aim->number != UINT32_MAX &&
           book_find(range->book, aim->number, aim->iface, family, ret);
}

/* "h2 (10.0.2.2)", "h2:80 ([fd00::2]:80)" */
static const char *name_target(const struct range *range, const struct aim *to,
                               const struct probe *probe)
{
    char buf[ADDR_TEXT_MAX];
    bool v6 = probe->to.family == AF_INET6;
    const char *addr = addr_text(&probe->to, buf);
    if (!probe->port)
        return to->literal.family ? to->name
                                  : arena_printf(range->arena, "%s (%s)", to->name, addr);
    const char *whole =
        arena_printf(range->arena, v6 ? "[%s]:%u" : "%s:%u", addr, (unsigned)probe->port);
    return to->literal.family
               ? whole
               : arena_printf(range->arena, "%s:%u (%s)", to->name, (unsigned)probe->port, whole);
}

static void set_payload(struct probe *probe, const json_t *spec)
{
    const char *send = text_of(spec, "send");
    if (send) {
        probe->payload = send;
        probe->len = strlen(send);
    }
}

static struct probe probe_of(const struct trial *trial, const struct aim *from,
                             const struct aim *to)
{
    const json_t *spec = trial->spec;
    static const enum probe_kind kinds[TEST_KINDS] = {
        [TEST_PING] = PROBE_PING,   [TEST_TCP] = PROBE_TCP,  [TEST_UDP] = PROBE_UDP,
        [TEST_PATH] = PROBE_PATH,   [TEST_RTT] = PROBE_PING, [TEST_THROUGHPUT] = PROBE_STREAM,
        [TEST_ROUTE] = PROBE_ROUTE,
    };
    struct probe probe = {.kind = kinds[trial->kind], .node = from->number};
    probe.count = (uint32_t)int_of(spec, "count");
    probe.interval_ms = (uint32_t)int_of(spec, "interval");
    probe.size = (uint16_t)int_of(spec, "size");
    probe.empty = trial->kind == TEST_PING && !probe.size;
    probe.df = json_is_true(json_object_get(spec, "df"));
    probe.duration_ms = (uint32_t)int_of(spec, "for");
    probe.port = (uint16_t)int_of(to->spec, "port");
    probe.peer = to->number;
    set_payload(&probe, spec);
    return probe;
}

static struct shot *add_shot(struct trial *trial, const struct range *range, const char *from,
                             const char *to)
{
    struct shot *shot = vec_add(range->arena, &trial->shots);
    shot->from = from;
    shot->to = to;
    return shot;
}

/* False where one of both has no address of FAMILY. */
static bool aim_family(struct trial *trial, const struct range *range, const struct aim *from,
                       const struct aim *to, int family)
{
    struct addr source, target;
    if (!find_addr(from, range, family, &source) || !find_addr(to, range, family, &target))
        return false;
    struct shot *shot = add_shot(trial, range, from->name, NULL);
    shot->probe = probe_of(trial, from, to);
    shot->probe.to = target;
    if (from->iface || from->literal.family)
        shot->probe.from = source;
    shot->to = name_target(range, to, &shot->probe);
    if (trial->kind == TEST_THROUGHPUT && to->number == UINT32_MAX)
        shot->lacking = "no node of the lab has this address, and one has to receive";
    return true;
}

/* Why a pair has no common family. */
static const char *lacking(const struct range *range, const struct aim *from, const struct aim *to,
                           int wanted)
{
    struct addr addr;
    for (int i = 0; i < 2; i++) {
        const struct aim *aim = i ? to : from;
        bool v4 = find_addr(aim, range, AF_INET, &addr);
        bool v6 = find_addr(aim, range, AF_INET6, &addr);
        if (wanted ? !(wanted == AF_INET ? v4 : v6) : !v4 && !v6)
            return arena_printf(range->arena, "%s has no %saddress", aim->name,
                                !wanted             ? ""
                                : wanted == AF_INET ? "IPv4 "
                                                    : "IPv6 ");
    }
    return arena_printf(range->arena, "%s and %s have no addresses of one family", from->name,
                        to->name);
}

static bool is_of_all(const struct aim *aim)
{
    return json_is_true(json_object_get(aim->spec, "all"));
}

static int wanted_family(const struct trial *trial)
{
    long long family = int_of(trial->spec, "family");
    return !family ? AF_UNSPEC : family == 4 ? AF_INET : AF_INET6;
}

static void aim_pair(struct trial *trial, const struct range *range, const struct aim *from,
                     const struct aim *to)
{
    int wanted = wanted_family(trial);
    bool any = false;
    for (int i = 0; i < 2; i++) {
        int family = i ? AF_INET6 : AF_INET;
        if (!wanted || wanted == family)
            any = aim_family(trial, range, from, to, family) || any;
    }
    if (!any && !is_of_all(from) && !is_of_all(to))
        add_shot(trial, range, from->name, to->name)->lacking = lacking(range, from, to, wanted);
}

static void aim_pairs(struct trial *trial, const struct range *range)
{
    const json_t *froms = json_object_get(trial->spec, "from");
    const json_t *tos = json_object_get(trial->spec, "to");
    bool many = json_array_size(froms) > 1 || json_array_size(tos) > 1;
    for (size_t i = 0; i < json_array_size(froms); i++) {
        struct aim from = aim_at(json_array_get(froms, i), range);
        for (size_t k = 0; k < json_array_size(tos); k++) {
            struct aim to = aim_at(json_array_get(tos, k), range);
            if (!many || from.number != to.number || to.number == UINT32_MAX)
                aim_pair(trial, range, &from, &to);
        }
    }
}

/* --- Routes: of a node, to a prefix or to what has a name ------------------------------------- */

static void aim_route_family(struct trial *trial, const struct range *range, const struct aim *node,
                             const struct prefix *prefix)
{
    char buf[ADDR_TEXT_MAX];
    const char *to = prefix->len ? arena_strdup(range->arena, prefix_text(prefix, buf))
                     : prefix->addr.family == AF_INET ? "0.0.0.0/0"
                                                      : "::/0";
    struct shot *shot = add_shot(trial, range, node->name, to);
    shot->probe = (struct probe){
        .kind = PROBE_ROUTE, .node = node->number, .prefix = *prefix, .to = prefix->addr};
}

/* The families that `default` is about: those of the next hop, or of the node itself. */
static void aim_default(struct trial *trial, const struct range *range, const struct aim *node)
{
    const json_t *via_spec = json_object_get(trial->spec, "via");
    struct aim via = via_spec ? aim_at(via_spec, range) : *node;
    int wanted = wanted_family(trial);
    uint32_t before = trial->shots.n;
    struct addr own, other;
    for (int i = 0; i < 2; i++) {
        int family = i ? AF_INET6 : AF_INET;
        struct prefix prefix = {.addr.family = (uint8_t)family};
        if (wanted ? wanted == family
                   : find_addr(&via, range, family, &other) && find_addr(node, range, family, &own))
            aim_route_family(trial, range, node, &prefix);
    }
    if (trial->shots.n == before && !is_of_all(node))
        add_shot(trial, range, node->name, "default")->lacking = lacking(range, node, &via, wanted);
}

static void aim_route(struct trial *trial, const struct range *range, const struct aim *node)
{
    const char *text = text_of(trial->spec, "prefix");
    struct prefix prefix;
    bool bare;
    if (!text) {
        struct aim to = aim_at(json_array_get(json_object_get(trial->spec, "to"), 0), range);
        aim_pair(trial, range, node, &to);
    } else if (strcmp(text, "default") == 0) {
        aim_default(trial, range, node);
    } else if (prefix_parse(text, &prefix, &bare)) {
        aim_route_family(trial, range, node, &prefix);
    }
}

void trial_aim(struct trial *trial, const struct range *range)
{
    const json_t *froms = json_object_get(trial->spec, "from");
    trial->shots.n = 0;
    if (trial->kind != TEST_ROUTE) {
        aim_pairs(trial, range);
        return;
    }
    for (size_t i = 0; i < json_array_size(froms); i++) {
        struct aim node = aim_at(json_array_get(froms, i), range);
        aim_route(trial, range, &node);
    }
}

/* --- Judging ---------------------------------------------------------------------------------- */

static const char *reason(const struct shot *shot, const struct probe_outcome *o,
                          const struct range *range)
{
    CLEAN_STR struct str text = {0};
    probe_reason(&shot->probe, o, range->book, &text);
    return text.len ? arena_strdup(range->arena, text.text) : "an answer";
}

static const char *time_text(const struct range *range, double ns)
{
    return ns < 1e6 ? arena_printf(range->arena, "%.0f us", ns / 1e3)
                    : arena_printf(range->arena, "%.3g ms", ns / 1e6);
}

static const char *rate_text(const struct range *range, double bits)
{
    static const char *const units[] = {"bit", "kbit", "mbit", "gbit"};
    size_t i = 0;
    for (; bits >= 1000 && i + 1 < ARRAY_SIZE(units); i++)
        bits /= 1000;
    return arena_printf(range->arena, "%.3g%s", bits, units[i]);
}

static bool judge_ping(const struct trial *trial, struct shot *shot, const struct probe_outcome *o,
                       const struct range *range)
{
    double loss = o->sent ? 1 - (double)o->received / o->sent : 1;
    double max = json_number_value(json_object_get(trial->spec, "loss"));
    if (o->received == o->sent && o->sent)
        shot->seen = o->sent > 1 ? arena_printf(range->arena, "all %u came back", o->sent)
                                 : arena_printf(range->arena, "an answer after %s",
                                                time_text(range, (double)o->rtt_min));
    else if (o->sent > 1)
        shot->seen = arena_printf(range->arena, "%.3g%% of %u lost (%s)", loss * 100, o->sent,
                                  o->received ? "others came back" : reason(shot, o, range));
    else
        shot->seen = reason(shot, o, range);
    return o->received && loss <= max + 1e-9;
}

static bool judge_port(const struct trial *trial, struct shot *shot, const struct probe_outcome *o,
                       const struct range *range)
{
    static const struct {
        const char *word;
        enum probe_verdict verdict;
    } words[] = {{"open", PROBE_ANSWERED},
                 {"answer", PROBE_ANSWERED},
                 {"refused", PROBE_REFUSED},
                 {"timeout", PROBE_SILENT}};
    const char *expect = text_of(trial->spec, "expect");
    bool held = false;
    for (size_t i = 0; i < ARRAY_SIZE(words); i++)
        held = held || (strcmp(words[i].word, expect) == 0 && words[i].verdict == o->verdict);
    shot->seen = o->verdict != PROBE_ANSWERED ? reason(shot, o, range)
                 : trial->kind == TEST_TCP    ? "open"
                                              : "an answer";
    return held;
}

static const char *owner_of(const struct range *range, const struct addr *addr)
{
    uint32_t number;
    char buf[ADDR_TEXT_MAX];
    if (!addr->family)
        return "?";
    if (book_owner(range->book, addr, &number))
        return range->roster->nodes[number].name;
    return arena_strdup(range->arena, addr_text(addr, buf));
}

static bool has_text(const json_t *list, const char *text)
{
    size_t i;
    json_t *item;
    json_array_foreach(list, i, item)
    {
        if (strcmp(json_string_value(item), text) == 0)
            return true;
    }
    return false;
}

/* Every stop is on the way, behind the one before. */
static bool judge_path(const struct trial *trial, struct shot *shot, const struct probe_outcome *o,
                       const struct range *range)
{
    const json_t *stops = json_object_get(trial->spec, "through");
    CLEAN_STR struct str way = {0};
    size_t stop = 0;
    for (uint32_t i = 0; i < o->n_hops; i++) {
        const char *name = owner_of(range, &o->hops[i]);
        str_addf(&way, "%s%s", i ? ", " : "by ", name);
        const json_t *at = json_array_get(stops, stop);
        stop += at && has_text(json_object_get(at, "nodes"), name);
    }
    if (o->verdict != PROBE_ANSWERED)
        str_addf(&way, "%s%s", way.len ? "; then " : "", reason(shot, o, range));
    shot->seen = arena_strdup(range->arena, way.text ? way.text : "nobody on the way");
    return o->verdict == PROBE_ANSWERED && stop == json_array_size(stops);
}

/* The node at the other end of interface DEV of NODE, where it is a link. */
static const char *neighbour_at(const struct range *range, const char *node, const char *dev)
{
    const char *name = arena_printf(range->arena, "%s:%s", node, dev);
    for (uint32_t i = 0; i < range->cables->n; i++) {
        const struct cable *cable = &range->cables->v[i];
        for (int end = 0; end < 2; end++) {
            if (strcmp(cable->ends[end].name, name) == 0)
                return cable->ends[!end].node_name;
        }
    }
    return "";
}

/* Whether NEXT leads to VIA. A link-local next hop is known by its link. */
static bool leads_to(const struct range *range, const struct shot *shot,
                     const struct probe_next *next, const struct aim *via)
{
    uint32_t number;
    struct addr addr;
    if (via->literal.family)
        return addr_equal(&via->literal, &next->via);
    if (via->iface && find_addr(via, range, next->via.family, &addr))
        return addr_equal(&addr, &next->via);
    if (next->via.family && book_owner(range->book, &next->via, &number))
        return number == via->number;
    return addr_is_link_local(&next->via) &&
           strcmp(neighbour_at(range, range->roster->nodes[shot->probe.node].name, next->dev),
                  via->node) == 0;
}

static const char *route_text(const struct range *range, const struct probe_outcome *o)
{
    CLEAN_STR struct str text = {0};
    char buf[ADDR_TEXT_MAX];
    for (uint32_t i = 0; i < o->n_next && i < PROBE_NEXT_MAX; i++) {
        const struct probe_next *next = &o->next[i];
        str_add(&text, i ? ", " : "");
        if (next->via.family) {
            const char *owner = owner_of(range, &next->via);
            addr_text(&next->via, buf);
            str_addf(&text, strcmp(owner, buf) ? "via %s (%s) " : "via %s ", owner, buf);
        }
        str_addf(&text, "dev %s", next->dev);
    }
    return arena_strdup(range->arena, text.len ? text.text : "a route that leads nowhere");
}

static bool judge_route(const struct trial *trial, struct shot *shot, const struct probe_outcome *o,
                        const struct range *range)
{
    const json_t *via_spec = json_object_get(trial->spec, "via");
    const char *dev = text_of(trial->spec, "dev");
    bool found = !via_spec && !dev;
    if (o->verdict != PROBE_ANSWERED) {
        shot->seen = reason(shot, o, range);
        return false;
    }
    shot->seen = route_text(range, o);
    struct aim via = via_spec ? aim_at(via_spec, range) : (struct aim){0};
    for (uint32_t i = 0; i < o->n_next && i < PROBE_NEXT_MAX; i++)
        found = found || ((!dev || strcmp(dev, o->next[i].dev) == 0) &&
                          (!via_spec || leads_to(range, shot, &o->next[i], &via)));
    return found;
}

static bool in_bounds(const struct trial *trial, double value)
{
    double min = (double)int_of(trial->spec, "min"), max = (double)int_of(trial->spec, "max");
    return value >= min && (max == 0 || value <= max);
}

/* The mean, the longest left out: it had to find a neighbour's address first, or a busy machine. */
static bool judge_rtt(const struct trial *trial, struct shot *shot, const struct probe_outcome *o,
                      const struct range *range)
{
    if (!o->received) {
        shot->seen = reason(shot, o, range);
        return false;
    }
    double rtt = (double)o->rtt_avg;
    if (o->received > 1)
        rtt = (rtt * o->received - (double)o->rtt_max) / (o->received - 1);
    shot->seen = time_text(range, rtt);
    return in_bounds(trial, rtt);
}

static bool judge_stream(const struct trial *trial, struct shot *shot,
                         const struct probe_outcome *o, const struct range *range)
{
    bool done = o->verdict == PROBE_ANSWERED;
    shot->seen = done ? rate_text(range, (double)o->bits_per_second) : reason(shot, o, range);
    return done && in_bounds(trial, (double)o->bits_per_second);
}

typedef bool judge_fn(const struct trial *trial, struct shot *shot, const struct probe_outcome *o,
                      const struct range *range);

void trial_judge(struct trial *trial, struct shot *shot, const struct probe_outcome *outcome,
                 const struct range *range)
{
    static judge_fn *const judges[TEST_KINDS] = {
        [TEST_PING] = judge_ping,         [TEST_TCP] = judge_port,    [TEST_UDP] = judge_port,
        [TEST_PATH] = judge_path,         [TEST_ROUTE] = judge_route, [TEST_RTT] = judge_rtt,
        [TEST_THROUGHPUT] = judge_stream,
    };
    bool holds = false;
    if (shot->lacking || outcome->verdict == PROBE_FAILED || outcome->verdict == PROBE_UNDONE)
        shot->seen = shot->lacking ? shot->lacking : reason(shot, outcome, range);
    else
        holds = judges[trial->kind](trial, shot, outcome, range);
    /* what could not be asked is no proof of the contrary */
    bool asked =
        !shot->lacking && outcome->verdict != PROBE_FAILED && outcome->verdict != PROBE_UNDONE;
    shot->held = asked && holds != is_inverted(trial);
}

void trial_add_shot(struct trial *trial, const struct range *range, const char *name, bool held,
                    const char *seen)
{
    struct shot *shot = add_shot(trial, range, name, "");
    shot->seen = seen;
    shot->held = held != is_inverted(trial);
}

void trial_count(struct trial *trial)
{
    trial->held = trial->shots.n > 0;
    VEC_EACH (const struct shot, shot, &trial->shots)
        trial->held = trial->held && shot->held;
}

/* --- Telling ---------------------------------------------------------------------------------- */

static void add_bounds(struct str *out, const struct trial *trial)
{
    long long min = int_of(trial->spec, "min"), max = int_of(trial->spec, "max");
    void (*add)(struct str *, uint64_t) =
        trial->kind == TEST_RTT ? units_add_duration : units_add_rate;
    if (min) {
        str_add(out, "at least ");
        add(out, (uint64_t)min);
    }
    str_add(out, min && max ? ", " : "");
    if (max) {
        str_add(out, "at most ");
        add(out, (uint64_t)max);
    }
}

static void add_route(struct str *out, const struct trial *trial)
{
    const char *via = text_of(json_object_get(trial->spec, "via"), "name");
    const char *dev = text_of(trial->spec, "dev");
    str_add(out, "a route");
    if (via)
        str_addf(out, " via %s", via);
    if (dev)
        str_addf(out, " dev %s", dev);
}

static void add_way(struct str *out, const struct trial *trial)
{
    size_t i;
    json_t *stop;
    json_array_foreach(json_object_get(trial->spec, "through"), i, stop)
        str_addf(out, "%s%s", i ? ", then " : "a way through ", text_of(stop, "name"));
}

static void add_ping(struct str *out, const struct trial *trial)
{
    double loss = json_number_value(json_object_get(trial->spec, "loss"));
    long long count = int_of(trial->spec, "count");
    if (count == 1)
        str_add(out, "an answer");
    else
        str_addf(out, "at most %.3g%% of %lld lost", loss * 100, count);
}

static void add_run(struct str *out, const struct trial *trial)
{
    const char *output = text_of(trial->spec, "output");
    str_addf(out, "exit status %lld", int_of(trial->spec, "exit"));
    if (output)
        str_addf(out, ", output that fits '%s'", output);
}

static char *expected_text(const struct trial *trial)
{
    struct str out = {0};
    str_add(&out, is_inverted(trial) ? "not: " : "");
    switch (trial->kind) {
    case TEST_PING:
        add_ping(&out, trial);
        break;
    case TEST_TCP:
    case TEST_UDP:
        str_add(&out, text_of(trial->spec, "expect"));
        break;
    case TEST_PATH:
        add_way(&out, trial);
        break;
    case TEST_ROUTE:
        add_route(&out, trial);
        break;
    case TEST_RTT:
    case TEST_THROUGHPUT:
        add_bounds(&out, trial);
        break;
    case TEST_RUN:
        add_run(&out, trial);
        break;
    case TEST_KINDS:
        break;
    }
    if (trial->within_ms) {
        str_add(&out, ", within ");
        units_add_duration(&out, trial->within_ms * 1000000ULL);
    }
    return str_take(&out);
}

static void add_seen(struct str *out, const struct shot *shot)
{
    const char *of = *shot->to ? " to " : "";
    str_addf(out, "%s%s%s%s: %s", out->len ? "\n" : "", shot->from, of, shot->to, shot->seen);
}

static char *seen_text(const struct trial *trial)
{
    struct str out = {0};
    uint32_t n = 0;
    VEC_EACH (const struct shot, shot, &trial->shots) {
        if (!shot->held && n++ < SHOWN_MAX)
            add_seen(&out, shot);
    }
    if (n > SHOWN_MAX)
        str_addf(&out, "\nand %u more, of %u pairs in all", n - SHOWN_MAX, trial->shots.n);
    if (!trial->shots.n)
        str_add(&out, "nothing to ask: no pair has addresses of one family");
    return str_take(&out);
}

static json_t *failed_json(const struct trial *trial)
{
    json_t *list = json_array();
    VEC_EACH (const struct shot, shot, &trial->shots) {
        if (!shot->held)
            json_array_append_new(list, json_pack("{s:s, s:s, s:o}", "from", shot->from, "to",
                                                  shot->to, "seen", json_text(shot->seen)));
    }
    return list;
}

static void add_nodes(json_t *nodes, const json_t *ends)
{
    size_t i;
    json_t *end;
    json_array_foreach(ends, i, end)
    {
        const char *node = text_of(end, "node");
        if (node && !has_text(nodes, node))
            json_array_append_new(nodes, json_string(node));
    }
}

static json_t *nodes_json(const struct trial *trial)
{
    json_t *nodes = json_array(), *via = json_object_get(trial->spec, "via");
    size_t i, k;
    json_t *stop, *node;
    add_nodes(nodes, json_object_get(trial->spec, "from"));
    add_nodes(nodes, json_object_get(trial->spec, "to"));
    json_array_foreach(json_object_get(trial->spec, "through"), i, stop)
        json_array_foreach(json_object_get(stop, "nodes"), k, node)
    {
        if (!has_text(nodes, json_string_value(node)))
            json_array_append(nodes, node);
    }
    const char *next = via ? text_of(via, "node") : NULL;
    if (next && !has_text(nodes, next))
        json_array_append_new(nodes, json_string(next));
    return nodes;
}

json_t *trial_json(const struct trial *trial, const char *file)
{
    json_t *json = json_pack("{s:s, s:s, s:s, s:O, s:O, s:b, s:f, s:i, s:i}", "test",
                             test_kind_name(trial->kind), "words", text_of(trial->spec, "words"),
                             "file", file, "line", json_object_get(trial->spec, "line"), "column",
                             json_object_get(trial->spec, "column"), "ok", trial->held, "seconds",
                             (double)trial->took_ms / 1000, "tries", (int)trial->tries, "pairs",
                             (int)trial->shots.n);
    const char *name = text_of(trial->spec, "name");
    if (name)
        json_object_set_new(json, "name", json_string(name));
    if (trial->held)
        return json;
    char *expected = expected_text(trial), *seen = seen_text(trial);
    json_object_set_new(json, "expected", json_string(expected));
    json_object_set_new(json, "seen", json_text(seen));
    json_object_set_new(json, "failed", failed_json(trial));
    json_object_set_new(json, "nodes", nodes_json(trial));
    free(expected);
    free(seen);
    return json;
}
