// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "doc/schema.h"
#include "model/model.h"

/*
 * WireGuard's interfaces as they are to be. Keys that are drawn are no part of the model: whoever
 * builds the lab has them, by the secret's number.
 */
#define WG_KEY_LEN 32

/* A private key, or one that two peers share. */
struct wg_secret {
    uint32_t id;             /* its place in topo.secrets */
    const char *name;        /* whose it is: "r1:wg0", "r1:wg0-r2:wg0" */
    const char *text;        /* as the file has it, in base64; NULL: drawn when the lab is built */
    uint8_t key[WG_KEY_LEN]; /* the same in bytes */
    bool shared;
};

struct wg_peer {
    const struct iface *iface; /* a node's; NULL: it is known by its key alone, */
    const char *public_text;   /* which is this, in base64; and in bytes */
    uint8_t public_key[WG_KEY_LEN];
    const struct wg_secret *preshared; /* or NULL */
    struct addr endpoint;              /* AF_UNSPEC: where it is is not known */
    uint16_t port;
    uint16_t keepalive; /* seconds; 0: none */
    VEC(struct prefix) allowed;
    struct pos pos;

    /* While the file is read: what is written of it, and its name there. */
    const struct wg_peer_input *in;
    const char *name;
};

struct wireguard {
    struct key_value {
        const char *text;
        uint8_t key[WG_KEY_LEN];
        bool drawn; /* `generate` */
        struct pos pos;
    } private_key;
    struct int_value listen_port;
    struct list_value peer_inputs; /* of wg_peer_input */

    /* What follows from these. */
    const struct wg_secret *secret;
    VEC(struct wg_peer) peers;

    /* While the file is read: those that are nodes', by their interfaces. */
    struct map by_iface;
    bool resolved;
};

/* What IFACE, a device of type wireguard, is to be. */
const struct wireguard *wireguard_of(const struct iface *iface);

/* "r2:wg0", or its key. */
const char *wg_peer_label(struct arena *arena, const struct wg_peer *peer);

/* The interface that PEER names, while the file is read; NULL where there is none. */
struct iface *wireguard_find_peer(const struct topo *topo, const struct wg_peer *peer);
