// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * Rules as the file has them, and beside them what the kernel has counted. The rules are written
 * down when the lab is made; a rule in the kernel names the one that it came from by a number (two
 * may have one, where a rule is for both families).
 */
#include "lab/firewall.h"

#include <inttypes.h>
#include <string.h>

#include "lab/find.h"
#include "lab/lab.h"
#include "lab/look.h"
#include "lab/roster.h"
#include "model/firewall.h"
#include "model/firewall_values.h"
#include "model/model.h"
#include "netlink/nft.h"
#include "plan/nft_words.h"

/* --- Writing down ---------------------------------------------------------------------------- */

static json_t *describe_rule(const struct fw_rule *rule)
{
    return json_pack("{s:I, s:s, s:I, s:s}", "id", (json_int_t)rule->id, "place", rule->place,
                     "line", (json_int_t)rule->pos.line, "rule", rule->text);
}

static int by_id(const void *a, const void *b)
{
    const struct fw_rule *const *x = a, *const *y = b;
    return (*x)->id < (*y)->id ? -1 : (*x)->id > (*y)->id;
}

/* The rules of chains FIRST to LAST - 1, in the order of the file, each once. */
static json_t *describe_rules(const struct firewall *fw, uint32_t first, uint32_t last)
{
    CLEAN_FREE const struct fw_rule **rules = calloc(fw->rules + 1, sizeof(*rules));
    json_t *list = json_array();
    uint32_t n = 0;
    if (!rules)
        return list;
    for (uint32_t i = first; i < last; i++) {
        VEC_EACH (struct fw_rule, rule, &fw->chains.v[i]->rules)
            rules[n++] = rule;
    }
    qsort(rules, n, sizeof(const struct fw_rule *), by_id);
    for (uint32_t i = 0; i < n; i++) {
        if (!i || rules[i]->id != rules[i - 1]->id)
            json_array_append_new(list, describe_rule(rules[i]));
    }
    return list;
}

/* Chains FIRST to LAST - 1: one of the user's, or all those of one hook. */
static json_t *describe_chain(const struct firewall *fw, uint32_t first, uint32_t last)
{
    const struct fw_chain *chain = fw->chains.v[first];
    const char *policy = chain->base ? "accept" : NULL;
    for (uint32_t i = first; i < last; i++)
        policy = fw->chains.v[i]->drop ? "drop" : policy;
    return json_pack("{s:s, s:b, s:s?, s:o}", "chain",
                     chain->base ? fw_hook_name(chain->hook) : chain->name, "hook", chain->base,
                     "policy", policy, "rules", describe_rules(fw, first, last));
}

/* Hooks, then own chains: those come first in the kernel. */
static json_t *describe_chains(const struct firewall *fw)
{
    json_t *hooks = json_array(), *own = json_array();
    for (uint32_t i = 0, end; i < fw->chains.n; i = end) {
        const struct fw_chain *chain = fw->chains.v[i];
        for (end = i + 1;
             chain->base && end < fw->chains.n && fw->chains.v[end]->hook == chain->hook;)
            end++;
        json_array_append_new(chain->base ? hooks : own, describe_chain(fw, i, end));
    }
    json_array_extend(hooks, own);
    json_decref(own);
    return hooks;
}

static json_t *describe_elements(const struct fw_set *set)
{
    json_t *list = json_array();
    VEC_EACH (const struct fw_element, element, &set->elements) {
        struct str text CLEAN_STR = {0};
        nft_words_element(&text, set, element);
        json_array_append_new(list, json_pack("{s:s}", "element", text.text));
    }
    return list;
}

static json_t *describe_set(const struct fw_set *set)
{
    struct str type CLEAN_STR = {0};
    for (uint32_t i = 0; i < set->n_types; i++)
        str_addf(&type, "%s%s", i ? " . " : "", fw_type_name(set->types[i]));
    return json_pack("{s:s, s:s, s:b, s:o}", "set", set->name, "type", type.text, "intervals",
                     set->interval, "elements", describe_elements(set));
}

static json_t *describe_firewall(const struct firewall *fw)
{
    json_t *sets = json_array();
    VEC_EACH (struct fw_set *, set, &fw->sets)
        json_array_append_new(sets, describe_set(*set));
    return json_pack("{s:o, s:o, s:I}", "chains", describe_chains(fw), "sets", sets, "nft",
                     (json_int_t)fw->raw.pos.line);
}

char *firewall_describe(const struct topo *topo)
{
    json_t *nodes = NULL;
    VEC_EACH (struct node *, node, &topo->nodes) {
        if (!(*node)->firewall)
            continue;
        nodes = nodes ? nodes : json_object();
        json_object_set_new(nodes, (*node)->name, describe_firewall((*node)->firewall));
    }
    char *text = nodes ? json_dumps(nodes, JSON_COMPACT) : NULL;
    json_decref(nodes);
    return text;
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

/* A set of intervals is as the file has it: no rule adds to one. */
static int look_at_set(struct nl *nl, json_t *set, struct err *err)
{
    enum fw_type types[FW_PARTS_MAX];
    uint32_t numbers[FW_PARTS_MAX];
    if (json_is_true(json_object_get(set, "intervals")))
        return 0;
    uint32_t n = fw_types_parse(json_string_value(json_object_get(set, "type")), types);
    for (uint32_t i = 0; i < n; i++)
        numbers[i] = types[i];
    json_t *elements = json_array();
    json_object_set_new(set, "elements", elements);
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
    json_object_set_new(firewall, "node", json_string(name));
    r = look_at_rules(nl, firewall, err);
    json_array_foreach(json_object_get(firewall, "sets"), i, set)
    {
        if (!r)
            r = look_at_set(nl, set, err);
        json_object_del(set, "intervals");
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
    *ret = r ? json_object() : json_loads(text.text ? text.text : "", 0, NULL);
    return *ret ? 0 : err_set(err, -EIO, "%s/%s/" STATE_FIREWALLS " is damaged", s->root, s->name);
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
    uint32_t first = 0;
    int r = read_rules(s, &nodes, err);
    struct looking looking = {.roster = roster, .nodes = nodes};
    const struct look look = {.protocol = NETLINK_NETFILTER, .fn = look_into, .arg = &looking};
    while (node && strcmp(roster->nodes[first].name, node) != 0)
        first++;
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
