// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/* The tables of the firewall section: a key is one line here, as in language.c. */
#include "model/language_firewall.h"

#define FIELDS(array) .fields = (array), .n = ARRAY_SIZE(array)

/* --- Actions --------------------------------------------------------------------------------- */

static const struct field action_fields[] = {
    {"reject", "refuse the packet with this answer: tcp-reset, port-unreachable, …", &type_reject,
     offsetof(struct action_input, reject)},
    {"snat", "give it this source address, and port", &type_nat,
     offsetof(struct action_input, snat)},
    {"dnat", "send it to this address, and port", &type_nat, offsetof(struct action_input, dnat)},
    {"redirect", "send it to this port of the node itself", &type_port,
     offsetof(struct action_input, redirect)},
    {"jump", "go on in this chain, and come back", &type_fw_name,
     offsetof(struct action_input, jump)},
    {"goto", "go on in this chain for good", &type_fw_name, offsetof(struct action_input, go_to)},
    {"set-mark", "give the packet this mark", &type_set_mark,
     offsetof(struct action_input, set_mark)},
    {"set-mss", "give a TCP handshake this maximum segment size, or the path's: pmtu", &type_mss,
     offsetof(struct action_input, set_mss)},
    {"add-to", "add where it comes from to this set", &type_fw_name,
     offsetof(struct action_input, add_to)},
};
static const char *const action_needs[] = {"reject", "snat",     "dnat",    "redirect", "jump",
                                           "goto",   "set-mark", "set-mss", "add-to",   NULL};
static const struct table action_table = {
    .name = "firewall-action",
    .what = "an action",
    FIELDS(action_fields),
    .needs_one_of = action_needs,
};

static const char *const action_words[] = {
    [ACTION_ACCEPT] = "accept",         [ACTION_DROP] = "drop",     [ACTION_REJECT] = "reject",
    [ACTION_MASQUERADE] = "masquerade", [ACTION_RETURN] = "return", [ACTION_NOTRACK] = "notrack",
    [ACTION_NOTRACK + 1] = NULL,
};

/* An action that takes a value, written as a word alone. */
static const struct field *find_action(const char *word)
{
    for (size_t i = 0; i < ARRAY_SIZE(action_fields); i++) {
        if (strcmp(action_fields[i].key, word) == 0)
            return &action_fields[i];
    }
    return NULL;
}

static bool read_action(struct reader *r, const struct type *type, const struct doc_node *n,
                        void *out)
{
    struct action_input *action = out;
    if (doc_is_nothing(n))
        return true;
    action->pos = n->pos;
    if (n->kind == DOC_MAP)
        return table_read(r, &action_table, n, out);
    const struct field *field = n->kind == DOC_SCALAR ? find_action(n->text) : NULL;
    if (!field || strcmp(field->key, "reject") == 0)
        return read_enum(r, type, n, &action->word);
    type_mismatch(r, type, n);
    diag_help(r->diags, "it takes a value: action: {%s: …}", field->key);
    return false;
}

static json_t *describe_action(const struct type *type, struct schema *s)
{
    return describe_either(describe_enum(type, s), schema_ref(s, &action_table));
}

static const struct type type_action = {
    .expects = "accept, drop, reject, masquerade, return, notrack, or a map like {dnat: 10.0.0.1}",
    .read = read_action,
    .describe = describe_action,
    .words = action_words,
};

/* --- Rules ----------------------------------------------------------------------------------- */

#define MATCH(word, key, of, member, what)                                                         \
    {                                                                                              \
        word, what, &match_types[key], offsetof(of, member keys[key])                              \
    }
#define MATCH_FIELDS(of, member)                                                                   \
    MATCH("iif", FW_IIF, of, member, "packets that came in by this interface"),                    \
        MATCH("oif", FW_OIF, of, member, "packets that leave by this interface"),                  \
        MATCH("from", FW_FROM, of, member, "packets from this address, prefix, range or set"),     \
        MATCH("to", FW_TO, of, member, "packets to this address, prefix, range or set"),           \
        MATCH("proto", FW_PROTO, of, member, "packets of this protocol: tcp, udp, icmp, …"),       \
        MATCH("sport", FW_SPORT, of, member, "packets from this port; needs proto"),               \
        MATCH("dport", FW_DPORT, of, member, "packets to this port; needs proto"),                 \
        MATCH("icmp-type", FW_ICMP_TYPE, of, member, "ICMP packets of this type (IPv4)"),          \
        MATCH("icmp-code", FW_ICMP_CODE, of, member, "ICMP or ICMPv6 packets of this code"),       \
        MATCH("icmpv6-type", FW_ICMPV6_TYPE, of, member, "ICMPv6 packets of this type"),           \
        MATCH("ct", FW_CT, of, member, "packets whose connection is in this state"),               \
        MATCH("ct-status", FW_CT_STATUS, of, member, "packets of connections of this status"),     \
        MATCH("mark", FW_MARK, of, member, "packets with this mark, or MARK/MASK"),                \
        MATCH("dscp", FW_DSCP, of, member, "packets with this differentiated services field"),     \
        MATCH("length", FW_LENGTH, of, member, "packets of this many bytes, IP header and all"),   \
        MATCH("ttl", FW_TTL, of, member, "packets with this TTL (IPv6: hop limit)"),               \
        MATCH("tcp-flags", FW_TCP_FLAGS, of, member, "TCP packets with one of these flags"),       \
        MATCH("mac-from", FW_MAC_FROM, of, member, "packets from this MAC address"),               \
        MATCH("pkttype", FW_PKTTYPE, of, member, "packets that came as host, broadcast, …"),       \
    {                                                                                              \
        "limit", "as many packets as this, then no more: 5/second", &type_limit,                   \
            offsetof(of, member limit)                                                             \
    }

static const struct field not_fields[] = {MATCH_FIELDS(struct matches_input, )};
static const struct table not_table = {
    .name = "firewall-not",
    .what = "`not`",
    FIELDS(not_fields),
};
static const struct type type_not = {
    .expects = "matches that are not to hold, like {from: 10.0.0.0/8}",
    .read = read_table,
    .describe = describe_table,
    .table = &not_table,
};

static const struct field rule_fields[] = {
    MATCH_FIELDS(struct fw_rule_input, is.),
    {"not", "matches that are not to hold", &type_not, offsetof(struct fw_rule_input, is_not)},
    {"action", "what to do with such a packet", &type_action,
     offsetof(struct fw_rule_input, action)},
    {"log", "log such packets with this prefix (nslab logs NODE/firewall)", &type_log,
     offsetof(struct fw_rule_input, log)},
    {"counter", "false: do not count such packets (nslab firewall)", &type_bool,
     offsetof(struct fw_rule_input, counter)},
};
static const char *const rule_needs[] = {"action", "log", "counter", NULL};

#define NEEDS_PROTO(key)                                                                           \
    "{\"if\": {\"properties\": {\"" key "\": {\"not\": {\"enum\": [null, \"none\"]}}}, "           \
    "\"required\": [\"" key "\"]}, \"then\": {\"anyOf\": [{\"required\": [\"proto\"]}, "           \
    "{\"required\": [\"tcp-flags\"]}]}}"
static const struct table rule_table = {
    .name = "firewall-rule",
    .what = "a firewall rule",
    FIELDS(rule_fields),
    .needs_any_of = rule_needs,
    .keywords = "{\"allOf\": [" NEEDS_PROTO("sport") ", " NEEDS_PROTO("dport") "]}",
};

static bool read_rule(struct reader *r, const struct type *type, const struct doc_node *n,
                      void *out)
{
    struct fw_rule_input *rule = out;
    rule->pos = n->pos;
    rule->node = n;
    rule->bad = !read_table(r, type, n, out);
    return !rule->bad;
}

static const struct type type_rule = {
    .expects = "a rule, like {iif: eth0, action: accept}",
    .read = read_rule,
    .describe = describe_table,
    .table = &rule_table,
};
static const struct type type_rules = {
    .expects = "a list of rules, like [{iif: eth0, action: accept}]",
    .read = read_list,
    .describe = describe_list,
    .of = &type_rule,
    .size = sizeof(struct fw_rule_input),
};

/* --- Hooks and chains ------------------------------------------------------------------------ */

static const struct field hook_fields[] = {
    {"policy", "accept (default) or drop: what no rule decides", &type_policy,
     offsetof(struct chain_input, policy)},
    {"priority", "of the filter chain, where other tables have some too (default 0)",
     &type_chain_priority, offsetof(struct chain_input, priority)},
    {"rules", "the rules, the first that decides wins", &type_rules,
     offsetof(struct chain_input, rules)},
};
static const struct table hook_table = {
    .name = "firewall-hook",
    .what = "a hook",
    FIELDS(hook_fields),
};

static bool read_hook(struct reader *r, const struct type *type, const struct doc_node *n,
                      void *out)
{
    struct chain_input *hook = out;
    hook->pos = n->pos;
    if (n->kind == DOC_MAP)
        return table_read(r, &hook_table, n, out);
    return n->kind == DOC_SCALAR && !doc_is_nothing(n) ? type_mismatch(r, type, n)
                                                       : type_read(r, &type_rules, n, &hook->rules);
}

static json_t *describe_hook(const struct type *type, struct schema *s)
{
    (void)type;
    return describe_either(schema_type(s, &type_rules), schema_ref(s, &hook_table));
}

static const struct type type_hook = {
    .name = "firewall-hook-or-rules",
    .expects = "a list of rules, or a map like {policy: drop, rules: […]}",
    .read = read_hook,
    .describe = describe_hook,
};

static bool read_chain(struct reader *r, const struct type *type, const struct doc_node *n,
                       void *out)
{
    struct chain_input *chain = out;
    chain->pos = n->pos;
    if (n->kind != DOC_MAP)
        return type_read(r, &type_rules, n, &chain->rules);
    type_mismatch(r, type, n);
    diag_help(r->diags, "only hooks have more than rules: a policy, a priority");
    return false;
}

static json_t *describe_chain(const struct type *type, struct schema *s)
{
    (void)type;
    return schema_type(s, &type_rules);
}

static const struct type type_chain = {
    .expects = "a list of rules, like [{iif: eth0, action: accept}]",
    .read = read_chain,
    .describe = describe_chain,
};
static const struct type type_chains = {
    .expects = "a map of chains, like {web: [{proto: tcp, dport: 80, action: accept}]}",
    .read = read_map,
    .describe = describe_map,
    .key = &type_fw_name,
    .of = &type_chain,
    .size = sizeof(struct chain_input),
};

/* --- Sets ------------------------------------------------------------------------------------ */

static const struct type type_elements = {
    .expects = "a list of elements, like [10.0.0.0/8, 192.168.0.1]",
    .read = read_list,
    .describe = describe_list,
    .of = &type_set_element,
    .size = sizeof(struct text_value),
};

static const struct field set_fields[] = {
    {"type",
     "ipv4_addr, ipv6_addr, ether_addr, inet_proto, inet_service, mark, ifname, or some "
     "joined by ' . '; follows from the elements where not given",
     &type_set_type, offsetof(struct set_input, type)},
    {"elements", "what is in it from the beginning", &type_elements,
     offsetof(struct set_input, elements)},
    {"timeout", "how long an element stays", &type_timeout, offsetof(struct set_input, timeout)},
    {"size", "how many elements it can hold", &type_set_size, offsetof(struct set_input, size)},
};
static const char *const set_needs[] = {"type", "elements", NULL};
static const struct table set_table = {
    .name = "firewall-set",
    .what = "a set",
    FIELDS(set_fields),
    .needs_any_of = set_needs,
};

static bool read_set(struct reader *r, const struct type *type, const struct doc_node *n, void *out)
{
    struct set_input *set = out;
    set->pos = n->pos;
    if (n->kind == DOC_MAP)
        return table_read(r, &set_table, n, out);
    if (doc_is_nothing(n) || (n->kind == DOC_LIST && !n->n)) {
        diag_error(r->diags, n->pos, "a set without elements needs a type");
        diag_help(r->diags, "like {type: ipv4_addr}");
        return false;
    }
    (void)type;
    return type_read(r, &type_elements, n, &set->elements);
}

static json_t *describe_set(const struct type *type, struct schema *s)
{
    (void)type;
    json_t *list = schema_type(s, &type_elements);
    return describe_either(list, schema_ref(s, &set_table));
}

static const struct type type_set = {
    .name = "firewall-set-or-elements",
    .expects = "a list of elements, or a map like {type: ipv4_addr, timeout: 30s}",
    .read = read_set,
    .describe = describe_set,
};
static const struct type type_sets = {
    .expects = "a map of sets, like {admins: [10.0.0.0/24]}",
    .read = read_map,
    .describe = describe_map,
    .key = &type_fw_name,
    .of = &type_set,
    .size = sizeof(struct set_input),
};

/* --- The section ----------------------------------------------------------------------------- */

static json_t *describe_nft(const struct type *type, struct schema *s)
{
    (void)type, (void)s;
    return json_pack("{s:[s,s,s],s:i}", "type", "string", "number", "boolean", "minLength", 1);
}

static bool read_nft(struct reader *r, const struct type *type, const struct doc_node *n, void *out)
{
    if (doc_is_nothing(n))
        return true;
    if (n->kind != DOC_SCALAR || !*n->text)
        return type_mismatch(r, type, n);
    return read_doc(r, type, n, out);
}

static const struct type type_nft = {
    .expects = "text of nft(8), best as a block after `nft: |`",
    .read = read_nft,
    .describe = describe_nft,
    .verbatim = true,
};

#define HOOK(name, number, what)                                                                   \
    {                                                                                              \
        name, what, &type_hook, offsetof(struct firewall_input, hooks[number])                     \
    }
static const struct field firewall_fields[] = {
    {"sets", "named sets, for matches to name as \"@NAME\"", &type_sets,
     offsetof(struct firewall_input, sets)},
    {"chains", "own chains, for jump and goto", &type_chains,
     offsetof(struct firewall_input, chains)},
    HOOK("input", NF_INET_LOCAL_IN, "packets for the node itself"),
    HOOK("forward", NF_INET_FORWARD, "packets that pass through it"),
    HOOK("output", NF_INET_LOCAL_OUT, "packets of its own"),
    HOOK("prerouting", NF_INET_PRE_ROUTING, "all that come in, before a route is looked for"),
    HOOK("postrouting", NF_INET_POST_ROUTING, "all that leave, when the way is known"),
    {"nft", "text of nft(8), loaded as it is after the rest", &type_nft,
     offsetof(struct firewall_input, nft)},
    {"expand", "true: what the nft text refers to ($1, $(name)) is put in its place", &type_bool,
     offsetof(struct firewall_input, expand)},
};
static const struct table firewall_table = {
    .name = "firewall",
    .what = "a firewall",
    FIELDS(firewall_fields),
};

static bool read_firewall(struct reader *r, const struct type *type, const struct doc_node *n,
                          void *out)
{
    struct firewall_input *firewall = out;
    if (doc_is_nothing(n))
        return true;
    firewall->pos = n->pos;
    firewall->node = n;
    firewall->bad = !read_table(r, type, n, out);
    return !firewall->bad;
}

const struct type type_firewall = {
    .expects = "a map of hooks with their rules, like {input: {policy: drop, rules: […]}}",
    .read = read_firewall,
    .describe = describe_table,
    .table = &firewall_table,
    .remembers = true,
    .size = sizeof(struct firewall_input),
};
