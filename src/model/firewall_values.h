// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "doc/schema.h"
#include "model/firewall.h"

/* The values of the firewall section as types for its tables (language_firewall.c). */

/* One value of a match or of a set, as written. */
struct fw_written {
    struct fw_value value;
    enum fw_type type; /* of an address what it is; else what was asked for */
    uint32_t mask;     /* of marks and TCP flags; 0: none */
    bool named;        /* TEXT is a name for it: see load_fw_names.c */
    const char *text;
    const char *help; /* where it could not be read: what to do, or NULL */
    struct pos pos;
};

/* Reads TEXT as a value of TYPE; an address may be of either family, as RET->type says. Texts in
 * RET->help are from ARENA. */
bool fw_value_parse(struct arena *arena, enum fw_type type, const char *text,
                    struct fw_written *ret);

/* "a port from 1 to 65535, or a range like 1024-65535" */
const char *fw_value_expects(enum fw_type type);

/* What stands at a match's key: "@SET", or values. */
struct match_value {
    const char *set; /* without its @; NULL: values */
    struct fw_written *v;
    uint32_t n;
    struct pos pos;
};
extern const struct type match_types[FW_KEY_COUNT];

/* 5/second, 10kB/second, {rate: 5/second, burst: 10} */
struct limit_value {
    struct fw_limit limit;
    struct pos pos;
};
extern const struct type type_limit;

/* A prefix, or true for one made from the rule's place; false: none. */
struct log_value {
    bool on;
    const char *prefix; /* NULL: made from the place */
    struct pos pos;
};
extern const struct type type_log;

/* A[:PORT], an IPv6 address with a port in brackets. */
struct nat_value {
    struct addr addr;
    const char *name; /* NODE or NODE:INTERFACE, which stands for the address; else NULL */
    uint16_t port;    /* 0: none */
    struct pos pos;
};
extern const struct type type_nat;

struct priority_value {
    int32_t priority;
    struct pos pos;
};
extern const struct type type_chain_priority;

/* struct text_value: names of chains and sets; elements of a set, as they stand; "ipv4_addr . mark"
 */
extern const struct type type_fw_name, type_set_element, type_set_type;

/* struct int_value */
extern const struct type type_policy, type_reject, type_mss, type_port, type_set_mark,
    type_set_size;

/* Of the words of type_reject. */
struct fw_reject_word {
    const char *word;
    enum fw_reject reject;
    uint8_t code, code4, code6; /* code4, code6: of ICMP and ICMPv6, for ICMPX */
};
extern const struct fw_reject_word fw_reject_words[];

/* Reads "ipv4_addr . inet_service" into TYPES; their number, 0 where it is wrong. */
uint32_t fw_types_parse(const char *text, enum fw_type types[FW_PARTS_MAX]);

/* Copies the next part of a concatenation ("10.0.0.1 . 80") at *TEXT into the arena and moves on;
 * NULL at the end. */
const char *fw_next_part(struct arena *arena, const char **text);

/* Whether nft can read C between quotes, in a log prefix or a comment. */
bool fw_char_quotable(char c);
