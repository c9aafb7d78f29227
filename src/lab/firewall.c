// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * Rules as the file has them, and beside them what the kernel has counted. The rules are written
 * down when the lab is made, in lines, as a thousand nodes' must not be felt; a rule in the kernel
 * names the one that it came from by a number (two may have one, where a rule is for both
 * families).
 */
#include "lab/firewall.h"

#include <inttypes.h>
#include <string.h>

#include "base/memory.h"
#include "lab/find.h"
#include "lab/lab.h"
#include "lab/look.h"
#include "lab/roster.h"
#include "model/firewall.h"
#include "model/firewall_values.h"
#include "model/model.h"
#include "netlink/nft.h"
#include "plan/nft_words.h"

/* --- Writing down: a line each, its parts behind tabs ---------------------------------------- */

static int by_id(const void *a, const void *b)
{
    const struct fw_rule *const *x = a, *const *y = b;
    return (*x)->id < (*y)->id ? -1 : (*x)->id > (*y)->id;
}

/* The rules of chains FIRST to LAST - 1, in the order of the file, each once. */
static void describe_rules(const struct firewall *fw, uint32_t first, uint32_t last,
                           struct str *out)
{
    CLEAN_FREE const struct fw_rule **rules = memory_zeroed(fw->rules, sizeof(*rules));
    uint32_t n = 0;
    for (uint32_t i = first; i < last; i++) {
        VEC_EACH (struct fw_rule, rule, &fw->chains.v[i]->rules)
            rules[n++] = rule;
    }
    if (last - first > 1)
        qsort(rules, n, sizeof(const struct fw_rule *), by_id);
    for (uint32_t i = 0; i < n; i++) {
        const struct fw_rule *rule = rules[i];
        if (!i || rule->id != rules[i - 1]->id)
            str_addf(out, "rule\t%" PRIu32 "\t%" PRIu32 "\t%s\t%s\n", rule->id, rule->pos.line,
                     rule->place, rule->text);
    }
}

/* Chains FIRST to LAST - 1: one of the user's, or all those of one hook. */
static void describe_chain(const struct firewall *fw, uint32_t first, uint32_t last,
                           struct str *out)
{
    const struct fw_chain *chain = fw->chains.v[first];
    const char *policy = chain->base ? "accept" : "";
    for (uint32_t i = first; i < last; i++)
        policy = fw->chains.v[i]->drop ? "drop" : policy;
    str_addf(out, "chain\t%s\t%s\n", chain->base ? fw_hook_name(chain->hook) : chain->name, policy);
    describe_rules(fw, first, last, out);
}

/* Hooks, or own chains. */
static void describe_chains(const struct firewall *fw, bool base, struct str *out)
{
    for (uint32_t i = 0, end; i < fw->chains.n; i = end) {
        const struct fw_chain *chain = fw->chains.v[i];
        for (end = i + 1;
             chain->base && end < fw->chains.n && fw->chains.v[end]->hook == chain->hook;)
            end++;
        if (chain->base == base)
            describe_chain(fw, i, end, out);
    }
}

static void describe_set(const struct fw_set *set, struct str *out)
{
    str_addf(out, "set\t%s\t", set->name);
    for (uint32_t i = 0; i < set->n_types; i++)
        str_addf(out, "%s%s", i ? " . " : "", fw_type_name(set->types[i]));
    str_add(out, "\n");
    if (!set->interval)
        return; /* the kernel is asked */
    VEC_EACH (const struct fw_element, element, &set->elements) {
        str_add(out, "element\t");
        nft_words_element(out, set, element);
        str_add(out, "\n");
    }
}

static void describe_firewall(const struct firewall *fw, struct str *out)
{
    describe_chains(fw, true, out);
    describe_chains(fw, false, out);
    VEC_EACH (struct fw_set *, set, &fw->sets)
        describe_set(*set, out);
}

/* Nodes that have one firewall mostly follow each other. */
void firewall_describe(const struct topo *topo, struct str *out)
{
    CLEAN_STR struct str text = {0};
    const struct firewall *last = NULL;
    VEC_EACH (struct node *, node, &topo->nodes) {
        const struct firewall *fw = (*node)->firewall;
        if (!fw)
            continue;
        if (fw != last) {
            str_done(&text);
            describe_firewall(fw, &text);
            last = fw;
        }
        str_addf(out, "node\t%s\t%" PRIu32 "\n", (*node)->name, fw->raw.pos.line);
        str_addn(out, text.text ? text.text : "", text.len);
    }
}

/* --- Reading it ------------------------------------------------------------------------------ */

/* Where what is read belongs. */
struct reading {
    json_t *nodes; /* firewalls by name of node */
    json_t *node, *chain, *set;
};

static const char *take_part(char **line)
{
    const char *part = strsep(line, "\t");
    return part ? part : "";
}

static json_int_t take_number(char **line)
{
    return (json_int_t)strtoul(take_part(line), NULL, 10);
}

static json_t *append_to(json_t *object, const char *key, json_t *item)
{
    json_array_append_new(json_object_get(object, key), item);
    return item;
}

static void read_node(struct reading *r, char *line)
{
    const char *name = take_part(&line);
    r->node = json_pack("{s:s, s:[], s:[], s:I}", "node", name, "chains", "sets", "nft",
                        take_number(&line));
    json_object_set_new(r->nodes, name, r->node);
}

static void read_chain(struct reading *r, char *line)
{
    const char *name = take_part(&line), *policy = take_part(&line);
    r->chain = append_to(r->node, "chains",
                         json_pack("{s:s, s:b, s:s?, s:[]}", "chain", name, "hook", *policy,
                                   "policy", *policy ? policy : NULL, "rules"));
}

static void read_rule(struct reading *r, char *line)
{
    json_int_t id = take_number(&line), number = take_number(&line);
    const char *place = take_part(&line);
    append_to(r->chain, "rules",
              json_pack("{s:I, s:s, s:I, s:s}", "id", id, "place", place, "line", number, "rule",
                        line ? line : ""));
}

static void read_set(struct reading *r, char *line)
{
    const char *name = take_part(&line), *type = take_part(&line);
    r->set = append_to(r->node, "sets",
                       json_pack("{s:s, s:s, s:[]}", "set", name, "type", type, "elements"));
}

static void read_element(struct reading *r, char *line)
{
    append_to(r->set, "elements", json_pack("{s:s}", "element", line ? line : ""));
}

/* TEXT, which it changes. */
static json_t *read_firewalls(char *text)
{
    static const struct {
        const char *word;
        void (*read)(struct reading *r, char *line);
    } words[] = {{"node", read_node},
                 {"chain", read_chain},
                 {"rule", read_rule},
                 {"set", read_set},
                 {"element", read_element}};
    struct reading reading = {.nodes = json_object()};
    for (char *line; text && *(line = strsep(&text, "\n"));) {
        const char *word = take_part(&line);
        for (size_t i = 0; i < ARRAY_SIZE(words); i++) {
            if (strcmp(words[i].word, word) == 0)
                words[i].read(&reading, line);
        }
    }
    return reading.nodes;
}

/* --- Looking --------------------------------------------------------------------------------- */

struct looking {
    const struct roster *roster;
    const json_t *nodes; /* what was written down, by name */
};

/* Sums up rules of one ID. KEY of COUNTS: the ID. */
static void add_count(void *arg, const struct nft_count *count)
{
    json_t *counts = arg;
    char key[16];
    snprintf(key, sizeof(key), "%" PRIu32, count->id);
    json_t *sum = json_object_get(counts, key);
    if (!sum) {
        sum = count->counts ? json_pack("{s:i, s:i}", "packets", 0, "bytes", 0) : json_object();
        json_object_set_new(counts, key, sum);
    }
    json_t *packets = json_object_get(sum, "packets"), *bytes = json_object_get(sum, "bytes");
    json_integer_set(packets, json_integer_value(packets) + (json_int_t)count->packets);
    json_integer_set(bytes, json_integer_value(bytes) + (json_int_t)count->bytes);
}

/* Into RULE what is in COUNTS of it, in place of its ID. */
static void set_count(json_t *rule, const json_t *counts)
{
    char key[16];
    snprintf(key, sizeof(key), "%" JSON_INTEGER_FORMAT,
             json_integer_value(json_object_get(rule, "id")));
    json_t *count = json_object_get(counts, key);
    json_object_del(rule, "id");
    json_object_set_new(rule, "gone", json_boolean(!count));
    if (count)
        json_object_update(rule, count);
}

static int look_at_rules(struct nl *nl, json_t *firewall, struct err *err)
{
    json_t *counts = json_object(), *chain, *rule;
    size_t i, j;
    int r = nft_each_count(nl, add_count, counts, err);
    json_array_foreach(json_object_get(firewall, "chains"), i, chain)
    {
        json_array_foreach(json_object_get(chain, "rules"), j, rule) set_count(rule, counts);
    }
    json_decref(counts);
    return r;
}

static void add_element(void *arg, const char *text, int64_t expires_ms)
{
    json_t *element = json_pack("{s:s}", "element", text);
    if (expires_ms >= 0)
        json_object_set_new(element, "expires", json_real((double)expires_ms / 1000));
    json_array_append_new(arg, element);
}

/* A set of intervals, which has elements already, is as the file has it: no rule adds to one. */
static int look_at_set(struct nl *nl, json_t *set, struct err *err)
{
    enum fw_type types[FW_PARTS_MAX];
    uint32_t numbers[FW_PARTS_MAX];
    json_t *elements = json_object_get(set, "elements");
    if (json_array_size(elements))
        return 0;
    uint32_t n = fw_types_parse(json_string_value(json_object_get(set, "type")), types);
    for (uint32_t i = 0; i < n; i++)
        numbers[i] = types[i];
    return nft_each_element(nl, json_string_value(json_object_get(set, "set")), numbers, n,
                            add_element, elements, err);
}

static int look_into(struct nl *nl, uint32_t node, void *arg, json_t **ret, struct err *err)
{
    const struct looking *looking = arg;
    const char *name = looking->roster->nodes[node].name;
    json_t *firewall = json_deep_copy(json_object_get(looking->nodes, name));
    size_t i;
    json_t *set;
    int r = 0;
    *ret = firewall ? firewall : json_null();
    if (!firewall)
        return 0;
    r = look_at_rules(nl, firewall, err);
    json_array_foreach(json_object_get(firewall, "sets"), i, set)
    {
        if (!r)
            r = look_at_set(nl, set, err);
    }
    return r;
}

/* What was written down; an empty object where no node has a firewall. */
static int read_rules(const struct state *s, json_t **ret, struct err *err)
{
    struct str text CLEAN_STR = {0};
    int r = state_read(s, STATE_FIREWALLS, &text);
    if (r && r != -ENOENT)
        return err_sys(err, r, "reading %s/%s/" STATE_FIREWALLS, s->root, s->name);
    *ret = read_firewalls(text.text);
    return 0;
}

static void drop_nulls(json_t *list)
{
    for (size_t i = json_array_size(list); i-- > 0;) {
        if (json_is_null(json_array_get(list, i)))
            json_array_remove(list, i);
    }
}

static int look_at_firewalls(const struct state *s, const struct roster *roster, const char *node,
                             json_t **ret, struct err *err)
{
    json_t *nodes = NULL;
    uint32_t first = node ? roster_number(roster, node) : 0;
    int r = read_rules(s, &nodes, err);
    struct looking looking = {.roster = roster, .nodes = nodes};
    const struct look look = {.protocol = NETLINK_NETFILTER, .fn = look_into, .arg = &looking};
    if (!r && json_object_size(nodes))
        r = look_at_nodes(s, &look, first, node ? 1 : roster->n, ret, err);
    else if (!r)
        *ret = json_array();
    if (!r)
        drop_nulls(*ret);
    json_decref(nodes);
    return r;
}

int lab_firewall(const char *name, const char *node, json_t **ret, struct err *err)
{
    CLEAN_STATE struct state s = STATE_NONE;
    CLEAN_ROSTER struct roster roster = {0};
    int r = find_lab(name, &s, err);
    if (!r)
        r = roster_read(&s, &roster, err);
    if (!r && node)
        r = roster_check(&roster, &s, node, err);
    return r ? r : look_at_firewalls(&s, &roster, node, ret, err);
}
