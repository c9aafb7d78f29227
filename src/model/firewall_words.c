// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/* The words of the firewall: nft's names for numbers, both ways (nft(8), and `nft describe`). */
#include <linux/if_packet.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "model/firewall.h"

#define END                                                                                        \
    {                                                                                              \
        NULL, 0                                                                                    \
    }

static const struct fw_word proto_words[] = {
    {"icmp", 1},       {"igmp", 2},    {"ipip", 4},      {"tcp", 6},
    {"udp", 17},       {"dccp", 33},   {"gre", 47},      {"esp", 50},
    {"ah", 51},        {"icmpv6", 58}, {"ospf", 89},     {"pim", 103},
    {"ipv6-icmp", 58}, {"sctp", 132},  {"udplite", 136}, END,
};

static const struct fw_word pkttype_words[] = {
    {"host", PACKET_HOST},           {"unicast", PACKET_HOST},    {"broadcast", PACKET_BROADCAST},
    {"multicast", PACKET_MULTICAST}, {"other", PACKET_OTHERHOST}, END,
};

static const struct fw_word dscp_words[] = {
    {"cs0", 0},   {"cs1", 8},   {"cs2", 16},  {"cs3", 24},  {"cs4", 32},  {"cs5", 40},
    {"cs6", 48},  {"cs7", 56},  {"be", 0},    {"af11", 10}, {"af12", 12}, {"af13", 14},
    {"af21", 18}, {"af22", 20}, {"af23", 22}, {"af31", 26}, {"af32", 28}, {"af33", 30},
    {"af41", 34}, {"af42", 36}, {"af43", 38}, {"ef", 46},   END,
};

static const struct fw_word tcp_flag_words[] = {
    {"fin", 0x01}, {"syn", 0x02}, {"rst", 0x04}, {"psh", 0x08}, {"ack", 0x10},
    {"urg", 0x20}, {"ecn", 0x40}, {"cwr", 0x80}, END,
};

static const struct fw_word icmp_type_words[] = {
    {"echo-reply", 0},           {"destination-unreachable", 3},
    {"source-quench", 4},        {"redirect", 5},
    {"echo-request", 8},         {"router-advertisement", 9},
    {"router-solicitation", 10}, {"time-exceeded", 11},
    {"parameter-problem", 12},   {"timestamp-request", 13},
    {"timestamp-reply", 14},     {"info-request", 15},
    {"info-reply", 16},          {"address-mask-request", 17},
    {"address-mask-reply", 18},  END,
};

static const struct fw_word icmpv6_type_words[] = {
    {"destination-unreachable", 1}, {"packet-too-big", 2},
    {"time-exceeded", 3},           {"parameter-problem", 4},
    {"echo-request", 128},          {"echo-reply", 129},
    {"mld-listener-query", 130},    {"mld-listener-report", 131},
    {"mld-listener-done", 132},     {"mld-listener-reduction", 132},
    {"nd-router-solicit", 133},     {"nd-router-advert", 134},
    {"nd-neighbor-solicit", 135},   {"nd-neighbor-advert", 136},
    {"nd-redirect", 137},           {"router-renumbering", 138},
    {"ind-neighbor-solicit", 141},  {"ind-neighbor-advert", 142},
    {"mld2-listener-report", 143},  END,
};

static const struct fw_word icmp_code_words[] = {
    {"net-unreachable", 0},  {"host-unreachable", 1},  {"prot-unreachable", 2},
    {"port-unreachable", 3}, {"frag-needed", 4},       {"net-prohibited", 9},
    {"host-prohibited", 10}, {"admin-prohibited", 13}, END,
};

static const struct fw_word icmpv6_code_words[] = {
    {"no-route", 0},
    {"admin-prohibited", 1},
    {"addr-unreachable", 3},
    {"port-unreachable", 4},
    {"policy-fail", 5},
    {"reject-route", 6},
    END,
};

/* NF_CT_STATE_*_BIT of the kernel's nf_conntrack.h, as nft_ct gives them. */
static const struct fw_word ct_state_words[] = {
    {"invalid", 1}, {"established", 2}, {"related", 4}, {"new", 8}, {"untracked", 64}, END,
};

/* IPS_* of linux/netfilter/nf_conntrack_common.h */
static const struct fw_word ct_status_words[] = {
    {"expected", 1}, {"seen-reply", 2}, {"assured", 4}, {"confirmed", 8},
    {"snat", 16},    {"dnat", 32},      {"dying", 512}, END,
};

static const struct {
    const char *name;
    unsigned size;
    const struct fw_word *words;
} types[FW_TYPE_COUNT] = {
    [FW_TYPE_IFNAME] = {"ifname", 16, NULL},
    [FW_TYPE_ETHER] = {"ether_addr", 6, NULL},
    [FW_TYPE_IPV4] = {"ipv4_addr", 4, NULL},
    [FW_TYPE_IPV6] = {"ipv6_addr", 16, NULL},
    [FW_TYPE_PROTO] = {"inet_proto", 1, proto_words},
    [FW_TYPE_PORT] = {"inet_service", 2, NULL},
    [FW_TYPE_MARK] = {"mark", 4, NULL},
    [FW_TYPE_PKTTYPE] = {NULL, 1, pkttype_words},
    [FW_TYPE_DSCP] = {NULL, 1, dscp_words},
    [FW_TYPE_TTL] = {NULL, 1, NULL},
    [FW_TYPE_LENGTH] = {NULL, 4, NULL},
    [FW_TYPE_TCP_FLAGS] = {NULL, 1, tcp_flag_words},
    [FW_TYPE_ICMP_TYPE] = {NULL, 1, icmp_type_words},
    [FW_TYPE_ICMPV6_TYPE] = {NULL, 1, icmpv6_type_words},
    [FW_TYPE_ICMP_CODE] = {NULL, 1, icmp_code_words},
    [FW_TYPE_CT_STATE] = {NULL, 4, ct_state_words},
    [FW_TYPE_CT_STATUS] = {NULL, 4, ct_status_words},
};

const struct fw_word *fw_type_words(enum fw_type type, int family)
{
    return type == FW_TYPE_ICMP_CODE && family == AF_INET6 ? icmpv6_code_words : types[type].words;
}

const char *fw_word_of(const struct fw_word *words, uint32_t number)
{
    while (words && words->word && words->number != number)
        words++;
    return words ? words->word : NULL;
}

const struct fw_word *fw_word_named(const struct fw_word *words, const char *text)
{
    while (words && words->word && strcmp(words->word, text) != 0)
        words++;
    return words && words->word ? words : NULL;
}

const char *fw_type_name(enum fw_type type)
{
    return types[type].name;
}

unsigned fw_type_size(enum fw_type type)
{
    return types[type].size;
}

const char *fw_hook_name(unsigned hook)
{
    static const char *const names[] = {
        [NF_INET_PRE_ROUTING] = "prerouting",   [NF_INET_LOCAL_IN] = "input",
        [NF_INET_FORWARD] = "forward",          [NF_INET_LOCAL_OUT] = "output",
        [NF_INET_POST_ROUTING] = "postrouting",
    };
    return names[hook];
}

const char *fw_key_name(enum fw_key key)
{
    static const char *const names[FW_KEY_COUNT] = {
        [FW_IIF] = "iif",
        [FW_OIF] = "oif",
        [FW_PKTTYPE] = "pkttype",
        [FW_MAC_FROM] = "mac-from",
        [FW_FROM] = "from",
        [FW_TO] = "to",
        [FW_DSCP] = "dscp",
        [FW_TTL] = "ttl",
        [FW_LENGTH] = "length",
        [FW_PROTO] = "proto",
        [FW_SPORT] = "sport",
        [FW_DPORT] = "dport",
        [FW_TCP_FLAGS] = "tcp-flags",
        [FW_ICMP_TYPE] = "icmp-type",
        [FW_ICMPV6_TYPE] = "icmpv6-type",
        [FW_ICMP_CODE] = "icmp-code",
        [FW_CT] = "ct",
        [FW_CT_STATUS] = "ct-status",
        [FW_MARK] = "mark",
    };
    return names[key];
}

/* What nft's scanner takes for a word of its own where a name stands, up to nft 1.1; to see it:
 * `nft add chain ip t WORD`. In the order of strcmp. */
static const char *const reserved[] = {
    "accept",    "add",        "ah",       "all",      "and",         "arp",      "bridge",
    "cgroup",    "chain",      "comment",  "comp",     "constant",    "continue", "counter",
    "cpu",       "create",     "ct",       "day",      "dccp",        "define",   "delete",
    "describe",  "destroy",    "device",   "devices",  "dnat",        "drop",     "dst",
    "dup",       "dynamic",    "ecn",      "element",  "elements",    "eq",       "esp",
    "ether",     "exists",     "expires",  "exthdr",   "fib",         "flags",    "flow",
    "flowtable", "flush",      "frag",     "fwd",      "gc-interval", "ge",       "geneve",
    "get",       "goto",       "gre",      "gretap",   "gt",          "handle",   "hook",
    "hour",      "ibriport",   "ibrname",  "icmp",     "icmpv6",      "igmp",     "iif",
    "iifgroup",  "iifname",    "iiftype",  "import",   "include",     "index",    "inet",
    "insert",    "interval",   "ip",       "ip6",      "ipsec",       "jhash",    "jump",
    "last",      "le",         "limit",    "list",     "log",         "lt",       "map",
    "mark",      "masquerade", "meta",     "meter",    "mh",          "missing",  "monitor",
    "mptcp",     "ne",         "netdev",   "nftrace",  "not",         "notrack",  "numgen",
    "obriport",  "obrname",    "offload",  "oif",      "oifgroup",    "oifname",  "oiftype",
    "or",        "osf",        "pkttype",  "policy",   "priority",    "queue",    "quota",
    "random",    "redefine",   "redirect", "reject",   "rename",      "replace",  "reset",
    "return",    "rt",         "rt0",      "rt2",      "rtclassid",   "rule",     "ruleset",
    "sctp",      "secmark",    "set",      "size",     "skgid",       "skuid",    "snat",
    "socket",    "srh",        "symhash",  "synproxy", "table",       "tcp",      "th",
    "time",      "timeout",    "tproxy",   "type",     "typeof",      "udp",      "udplite",
    "undefine",  "update",     "vlan",     "vmap",     "vxlan",       "xor",      "xt",
};

static int compare_words(const void *a, const void *b)
{
    return strcmp(a, *(const char *const *)b);
}

bool fw_name_reserved(const char *name)
{
    return bsearch(name, reserved, ARRAY_SIZE(reserved), sizeof(*reserved), compare_words);
}
