// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include <sys/socket.h>

#include "base/str.h"
#include "model/language_routing.h"
#include "model/model.h"

/*
 * Routing protocols that daemons speak. A `speaker` is a node with some of them: what follows for
 * it from the graph (load_routing.c). A daemon (daemon_bird.c, daemon_frr.c) makes files and
 * services of a speaker; what it writes of one protocol is in protocols/, one file each, one line
 * each in protocols.c. All of it lives until the model is made.
 */
struct loader; /* model/load.h */

typedef VEC(struct prefix) prefix_list;

/* An interface as one protocol sees it. */
struct port {
    const struct iface *iface;
    uint32_t cost;
    uint32_t area; /* of OSPF; others: 0 */
    bool passive;  /* its subnets are announced, but nobody is spoken to there */
    bool pair;     /* its link has two ends, and both speak: nobody has to be elected */
};

/* Somebody that BGP speaks to, over one family. */
struct peer {
    const char *name;              /* "r2", or the address of one that is no node of the lab */
    const struct speaker *speaker; /* NULL: no node of the lab, or one that its own files rule */
    struct addr local, remote;
    uint32_t asn;
    bool external;      /* of another AS */
    bool adjacent;      /* on a subnet that both share */
    bool client;        /* routes are reflected to it */
    bool next_hop_self; /* it is told to send here what another AS has said */
};

/* One protocol of a speaker; PROTOCOL is NULL where it does not speak that. */
struct talk {
    const struct protocol *protocol;
    const void *in; /* what its type has read */
    VEC(struct port) ports;
    VEC(struct peer) peers;
    prefix_list networks; /* what it announces */
    prefix_list heard_of; /* of networks: those that others hear of from the start */
    prefix_list expected; /* what it brings when it has converged, or enough of that */
    prefix_list unrouted; /* of networks: those that the node may have no route to */
    prefix_list of_as;    /* what all speakers of BGP in its AS announce, where it tells others */
};

struct speaker {
    const struct node *node;
    const struct protocols_input *in;
    struct pos pos; /* of the `routing` that says so */
    enum routing_daemon daemon;
    struct addr router_id;
    bool has[2]; /* IPv4, IPv6: whether an interface or lo has an address of it */
    VEC(const struct iface *) ifaces; /* that have addresses; not lo, not an uplink */
    prefix_list subnets;              /* of these, and loopbacks */
    prefix_list running;              /* of subnets: those of interfaces that run from the start */
    prefix_list statics; /* routes of its own that it announces; length 0: the default route */
    struct talk talks[PROTOCOLS];
};

static const int routing_families[] = {AF_INET, AF_INET6};

static inline bool speaks(const struct speaker *s, int family)
{
    return s->has[family == AF_INET6];
}

/* The default route of FAMILY is among what S announces. */
bool speaker_has_default(const struct speaker *s, int family);

/* A daemon of FRR that speaks a protocol. */
struct frr_daemon {
    const char *name; /* "ospfd" */
    int family;       /* that it is for; 0: both */
    void (*write)(const struct speaker *s, struct str *out);
};

struct protocol {
    const char *name;
    uint32_t max_hops; /* how far what it announces is carried; 0: any way */

    /* What is said in its own words of S's ports; NULL: nothing. Reports what does not fit. */
    void (*prepare)(struct loader *l, struct speaker *s, struct talk *talk);

    void (*bird)(const struct speaker *s, struct str *out); /* NULL: BIRD does not speak it */
    struct frr_daemon frr[2];                               /* none: FRR does not */
};

extern const struct protocol protocol_ospf, protocol_bgp, protocol_rip, protocol_isis,
    protocol_babel;
extern const struct protocol *const protocols[PROTOCOLS]; /* by enum protocol_id */

/* A file that NODE is to have, at PATH, which is CONTENT (NULL: a directory). */
struct daemon_file {
    const char *path, *content;
    uint32_t mode;
};

/* A program that NODE is to run. ARGV is NULL-terminated. */
struct daemon_service {
    const char *name;
    const char *const *argv;
    const char *after;                    /* one made before it, or NULL */
    const char *there;                    /* a path: it is ready when that is there; or NULL */
    const char *package;                  /* what brings the program */
    const prefix_list *routes[PROTOCOLS]; /* it is ready when these are there; NULL: none */
    int family;                           /* of these routes; 0: of both */
};

/* load_routing.c: taken into what S's node has and runs, unless it has its own of that path or
 * name. False: it has such a file. */
bool routing_add_file(struct loader *l, const struct speaker *s, const struct daemon_file *file);
void routing_add_service(struct loader *l, const struct speaker *s,
                         const struct daemon_service *service);

/* What S's PROTOCOL brings, beside what it has itself: what others announce is added, each prefix
 * once; then it is done. */
struct expectation;
struct expectation *routing_expectation(struct loader *l, struct speaker *s,
                                        enum protocol_id protocol);
void routing_expect(struct expectation *e, const prefix_list *list, int family);
void routing_expectation_done(struct expectation *e);

/* Adds PREFIX to LIST, of L's scratch, unless it is there. */
void routing_add_once(struct loader *l, prefix_list *list, const struct prefix *prefix);

/* Everything that S's node needs to run its daemon. */
void bird_make(struct loader *l, const struct speaker *s);
void frr_make(struct loader *l, const struct speaker *s);

/* load_bgp.c: whom each of the speakers (by node id; NULL: none) speaks BGP to, and what that
 * brings. */
void load_bgp(struct loader *l, struct speaker *const *speakers);

/* --- Text that protocols have in common -------------------------------------------------------
 */

/* "10.0.0.0/24, 10.0.1.0/24": those of LIST that are of FAMILY. */
void add_prefixes(struct str *out, const prefix_list *list, int family);
bool has_family(const prefix_list *list, int family);

/* BIRD: "  ipv4 {\n    import all;\n    export where source ~ [ SOURCES ];\n  };\n" */
void bird_add_channel(struct str *out, int family, const char *sources);

/* FRR: LINE, a `redistribute kernel`, where S announces routes of its own, and those alone. */
void frr_add_redistribute(struct str *out, const struct speaker *s, int family, const char *line);

/* FRR: the route-map that such lines name. */
#define FRR_OWN_ROUTES "OWN-ROUTES"
void frr_add_own_routes(struct str *out, const struct speaker *s, int family);
