// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include <netinet/in.h>

#include <linux/netfilter.h> /* after in.h: it brings the kernel's own otherwise */

#include "base/addr.h"
#include "base/err.h"
#include "base/vec.h"

/*
 * A node's firewall as plain structs, resolved and checked: one table `inet nslab`, of sets, own
 * chains and base chains, each with its rules in the order in which the kernel gets them. Both
 * ways out of here, into words of nft(8) and into expressions of libnftnl, read only this.
 *
 *   1. A rule's matches stand in the order of enum fw_key, whatever order they are written in, at
 *      most one of a key that is not negated and one that is. `limit` follows them; then log,
 *      counter, action.
 *   2. A rule has one family, or none. One that is written for both with different words becomes
 *      two rules, IPv4 first, with the same ID.
 *   3. Rules of one hook lie in several chains, by what they do (enum fw_sort).
 */
#define FW_TABLE "nslab"
#define FW_LOG_GROUP 100      /* the NFLOG group of every `log` */
#define FW_LOG_PREFIX_MAX 127 /* bytes; NF_LOG_PREFIXLEN with its NUL is 128 */
#define FW_NAME_MAX 64        /* bytes of a chain's or set's name */
#define FW_PARTS_MAX 5        /* of a concatenation */

/* What a match looks at, in the order in which matches are tested. */
enum fw_key {
    FW_IIF,      /* meta iifname */
    FW_OIF,      /* meta oifname */
    FW_PKTTYPE,  /* meta pkttype */
    FW_MAC_FROM, /* ether saddr */
    FW_FROM,     /* ip saddr, ip6 saddr */
    FW_TO,       /* ip daddr, ip6 daddr */
    FW_DSCP,     /* ip dscp, ip6 dscp */
    FW_TTL,      /* ip ttl, ip6 hoplimit */
    FW_LENGTH,   /* meta length: bytes of the packet from its IP header on */
    FW_PROTO,    /* meta l4proto */
    FW_SPORT,    /* tcp sport, …; th sport where the protocol is one of several */
    FW_DPORT,
    FW_TCP_FLAGS,   /* tcp flags */
    FW_ICMP_TYPE,   /* icmp type */
    FW_ICMPV6_TYPE, /* icmpv6 type */
    FW_ICMP_CODE,   /* icmp code, icmpv6 code */
    FW_CT,          /* ct state */
    FW_CT_STATUS,   /* ct status */
    FW_MARK,        /* meta mark */
    FW_KEY_COUNT,
};

/* What a value is, as nft's data types. Says how a struct fw_datum is read. */
enum fw_type {
    FW_TYPE_IFNAME,      /* text: 1 to 15 bytes; with FW_PREFIX the part before `*` */
    FW_TYPE_ETHER,       /* bytes: 6 */
    FW_TYPE_IPV4,        /* bytes: 4 */
    FW_TYPE_IPV6,        /* bytes: 16 */
    FW_TYPE_PROTO,       /* number, 8 bits */
    FW_TYPE_PORT,        /* number, 16 bits */
    FW_TYPE_MARK,        /* number, 32 bits */
    FW_TYPE_NAMED_COUNT, /* those before this one are types of named sets */
    FW_TYPE_PKTTYPE = FW_TYPE_NAMED_COUNT, /* number: PACKET_HOST, … */
    FW_TYPE_DSCP,                          /* number, 6 bits */
    FW_TYPE_TTL,                           /* number, 8 bits */
    FW_TYPE_LENGTH,                        /* number, 32 bits */
    FW_TYPE_TCP_FLAGS,                     /* number: the bits or'd together, a single value */
    FW_TYPE_ICMP_TYPE,                     /* number, 8 bits */
    FW_TYPE_ICMPV6_TYPE,
    FW_TYPE_ICMP_CODE, /* number, 8 bits; ICMP or ICMPv6 by the rule's family */
    FW_TYPE_CT_STATE,  /* number: the bit of one state */
    FW_TYPE_CT_STATUS,
    FW_TYPE_COUNT,
};

struct fw_datum {
    uint32_t number;   /* of numbers: host byte order */
    uint8_t bytes[16]; /* of addresses and MACs: network byte order; of names: zero-padded text */
};

enum fw_form { FW_SINGLE, FW_RANGE, FW_PREFIX };

struct fw_value {
    enum fw_form form;
    uint8_t prefix_len;          /* bits of a prefix, 1 to all but one (a full one is FW_SINGLE) */
    struct fw_datum first, last; /* the same where single; both ends of a prefix too */
};

/* One element of a set: a value for each part of the set's type. */
struct fw_element {
    const struct fw_value *parts;
    struct pos pos;
};

/* A named set. */
struct fw_set {
    const char *name;
    enum fw_type types[FW_PARTS_MAX];
    uint32_t n_types;
    bool interval;                   /* flags interval: an element is a range or a prefix */
    bool dynamic;                    /* flags dynamic: a rule adds to it */
    uint64_t timeout_ms;             /* 0: elements stay */
    uint32_t size;                   /* 0: not limited */
    VEC(struct fw_element) elements; /* intervals do not overlap */
    struct pos pos;
};

struct fw_match {
    enum fw_key key;
    enum fw_type type;
    bool negate;
    /* Either a named set; a concatenated one stands in the first match that has a part in it, and
     * KEYS are all of them in the order of its types (N_KEYS 1 where it is plain) … */
    const struct fw_set *set;
    enum fw_key keys[FW_PARTS_MAX];
    uint32_t n_keys;
    /* … or values: one, or several that make an anonymous set. They do not overlap. */
    VEC(struct fw_value) values;
    /* Of marks and TCP flags, 0: none. (key & mask) is compared. TCP flags without one match where
     * any of the bits is set. */
    uint32_t mask;
    struct pos pos;
};

/* Where bytes: RATE and BURST are bytes; PER in seconds (1, 60, 3600, 86400, 604800). */
struct fw_limit {
    bool given, negate, bytes;
    uint64_t rate;
    uint32_t burst; /* packets: 5 unless given; bytes: 0 unless given */
    uint32_t per;
};

enum fw_verdict {
    FW_NONE, /* only log or counter */
    FW_ACCEPT,
    FW_DROP,
    FW_REJECT,
    FW_JUMP,
    FW_GOTO,
    FW_RETURN,
    FW_NOTRACK,
    FW_SET_MARK,
    FW_SET_MSS,
    FW_ADD_TO,
    FW_DNAT,
    FW_REDIRECT,
    FW_SNAT,
    FW_MASQUERADE,
};

enum fw_reject {                  /* as the kernel's NFT_REJECT_* types */
                 FW_REJECT_ICMPX, /* code: NFT_REJECT_ICMPX_*; for both families */
                 FW_REJECT_ICMP,  /* code: ICMP_*; the rule is IPv4 */
                 FW_REJECT_ICMPV6,
                 FW_REJECT_TCP_RESET,
};

struct fw_action {
    enum fw_verdict verdict;
    enum fw_reject reject;
    uint8_t reject_code;
    const struct fw_chain *chain;   /* of jump, goto */
    const struct fw_set *set;       /* of add-to, and what it adds: */
    enum fw_key keys[FW_PARTS_MAX]; /* one for each of the set's types */
    uint32_t number;                /* mark; MSS, 0: pmtu; redirect: port */
    struct addr addr;               /* of dnat, snat */
    uint16_t port;                  /* 0: kept as it is */
    struct pos pos;
};

struct fw_rule {
    uint32_t id;     /* unique in the node; two rules that one rule in the file made share it */
    uint8_t family;  /* AF_INET, AF_INET6: said by its matches or its action; else AF_UNSPEC */
    bool say_family; /* no match needs the family, so it has to be tested: meta nfproto */
    /* The protocol that ports, flags and ICMP words imply or are written with: IPPROTO_TCP, …; 0:
     * none, or one of several (then `th`). */
    uint8_t proto;
    VEC(struct fw_match) matches;
    struct fw_limit limit;
    const char *log; /* prefix, or NULL: does not log */
    bool counter;
    struct fw_action action;
    const char *place; /* "triangle.yaml:41": its comment in the kernel; at most 127 bytes */
    const char *text;  /* as it stands in the file, on one line */
    struct pos pos;
};

/* Rules of one hook by what they do, in the order of their priorities. */
enum fw_sort {
    FW_SORT_RAW,    /* -300: notrack */
    FW_SORT_MANGLE, /* -150: set-mark; in output a chain of type route */
    FW_SORT_DNAT,   /* -100, type nat: dnat, redirect */
    FW_SORT_FILTER, /* 0 or the hook's `priority`: the rest; has the hook's `policy` */
    FW_SORT_SNAT,   /* 100, type nat: masquerade, snat */
    FW_SORT_COUNT,
};

/* A chain of the kernel's. Base chains are called after their hook, those that are not of the
 * filter sort with "-raw", "-mangle", "-dnat", "-snat" behind. */
struct fw_chain {
    const char *name;
    uint32_t id; /* of own chains: which of them it is in the file */
    bool base;
    uint8_t hook; /* NF_INET_*, of base chains, as the rest */
    enum fw_sort sort;
    int32_t priority;
    bool drop;       /* policy drop */
    bool has_policy; /* the file says which */
    VEC(struct fw_rule) rules;
    struct pos pos; /* of the hook, or of the own chain's name */
};

/* Raw nft text, to load after the rest. */
struct fw_raw {
    const char *text;        /* NULL: none */
    struct pos pos;          /* of the value */
    const struct pos *lines; /* of each line of the text, as doc_text_lines */
    uint32_t n_lines;
};

struct firewall {
    const char *table;         /* its name; NULL: FW_TABLE */
    bool has_table;            /* anything but raw text */
    VEC(struct fw_set *) sets; /* as in the file */
    VEC(struct fw_chain *)
    chains;         /* own ones so that none jumps to a later one, then base chains
                     * by hook (prerouting, input, forward, output, postrouting) and
                     * sort; base chains without a rule only where policy or
                     * priority is given */
    uint32_t rules; /* in all chains */
    bool logs;      /* a rule logs */
    struct fw_raw raw;
    struct pos pos;
};

/* Names of things, both ways. A table ends in a NULL word; where several words have one number,
 * the first is nft's own. */
struct fw_word {
    const char *word;
    uint32_t number;
};

/* The words of TYPE (of FW_TYPE_ICMP_CODE by FAMILY), or NULL: numbers only. */
const struct fw_word *fw_type_words(enum fw_type type, int family);

/* nft's word for NUMBER, or NULL. */
const char *fw_word_of(const struct fw_word *words, uint32_t number);

/* The one of WORDS (NULL: none) that is TEXT, or NULL. */
const struct fw_word *fw_word_named(const struct fw_word *words, const char *text);

/* "ipv4_addr", …; NULL for types that no named set has. */
const char *fw_type_name(enum fw_type type);

/* Bytes that a value takes in a register or payload: 16, 6, 4, 16, 1, 2, 4, … */
unsigned fw_type_size(enum fw_type type);

/* "prerouting", … */
const char *fw_hook_name(unsigned hook);

/* The key as the file has it: "iif", "tcp-flags". */
const char *fw_key_name(enum fw_key key);

/* Whether nft could not read a chain or set of that NAME. */
bool fw_name_reserved(const char *name);
