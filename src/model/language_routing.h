// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "model/times.h"
#include "model/values.h"

/* `routing` as it is written: a word, or a map of what daemons are to speak. */
enum routing_word { /* the first three are places in its words */
                    ROUTING_NONE,
                    ROUTING_SHORTEST_PATH,
                    ROUTING_DEFAULT,
                    ROUTING_DAEMON,
};

enum protocol_id {
    PROTOCOL_OSPF,
    PROTOCOL_BGP,
    PROTOCOL_RIP,
    PROTOCOL_ISIS,
    PROTOCOL_BABEL,
    PROTOCOLS,
};

enum routing_daemon { DAEMON_BIRD, DAEMON_FRR };

/* What is said of one protocol. Spoken where POS.line is not 0. */
struct protocol_input {
    const void *in; /* what the protocol's own table fills */
    struct pos pos;
};

struct protocols_input {
    struct int_value daemon; /* enum routing_daemon */
    struct addr_value router_id;
    struct duration_value within;
    struct int_value wait;       /* up waits for it to converge: true where not given */
    struct int_value own_routes; /* `static` */
    struct protocol_input own[PROTOCOLS];
};

struct routing_input {
    struct int_value word;                   /* enum routing_word */
    const struct protocols_input *protocols; /* of ROUTING_DAEMON */
};

extern const struct type type_routing; /* struct routing_input */

/* For types of protocols, whose table fills SIZE bytes: nothing will do. */
bool read_protocol(struct reader *r, const struct type *type, const struct doc_node *n, void *out);

/* protocols/: struct protocol_input */
extern const struct type type_ospf, type_bgp, type_rip, type_isis, type_babel;
