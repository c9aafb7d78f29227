// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "model/firewall_values.h"
#include "model/times.h"

/* The firewall section as it is written. */

/* The matches of a rule, or of its `not`. */
struct matches_input {
    struct match_value keys[FW_KEY_COUNT];
    struct limit_value limit;
};

enum action_word { /* places in the words of type_action */
                   ACTION_ACCEPT,
                   ACTION_DROP,
                   ACTION_REJECT,
                   ACTION_MASQUERADE,
                   ACTION_RETURN,
                   ACTION_NOTRACK,
};

/* Either WORD, or one of the others. */
struct action_input {
    struct int_value word, reject, redirect, set_mark, set_mss;
    struct nat_value snat, dnat;
    struct text_value jump, go_to, add_to;
    struct pos pos;
};

struct fw_rule_input {
    struct matches_input is, is_not;
    struct action_input action;
    struct log_value log;
    struct int_value counter;
    const struct doc_node *node;
    struct pos pos;
    bool bad; /* errors in it were reported */
};

struct chain_input {
    struct list_value rules; /* of fw_rule_input */
    struct int_value policy; /* 0 accept, 1 drop */
    struct priority_value priority;
    struct pos pos;
};

struct set_input {
    struct text_value type;
    struct list_value elements; /* of text_value */
    struct duration_value timeout;
    struct int_value size;
    struct pos pos;
};

struct firewall_input {
    struct map_value sets;   /* of set_input */
    struct map_value chains; /* of chain_input, rules alone */
    struct chain_input hooks[NF_INET_NUMHOOKS];
    struct doc_value nft;
    struct int_value expand; /* of NFT */
    const struct doc_node *node;
    struct pos pos;
    bool bad; /* errors in it were reported */
};

extern const struct type type_firewall; /* struct firewall_input */
