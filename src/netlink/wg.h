// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "model/wireguard.h"
#include "netlink/nl.h"

/*
 * WireGuard's interfaces by generic netlink. NL is of NETLINK_GENERIC, opened in the namespace that
 * they are in; FAMILY is what wg_find_family found, the same in all namespaces of a machine.
 */

/* STATUS_LACKING where the kernel has no WireGuard, or has not loaded it. */
int wg_find_family(struct nl *nl, uint16_t *ret_family, struct err *err);

/* Queues: the interface with INDEX has private key KEY, and listens at PORT (0: as it does). */
void wg_set_key(struct nl *nl, uint16_t family, uint32_t index, const uint8_t *key, uint16_t port,
                uint32_t cookie);

/* Queues: it has PEER, with the public key KEY; PRESHARED is NULL where there is none. */
void wg_add_peer(struct nl *nl, uint16_t family, uint32_t index, const struct wg_peer *peer,
                 const uint8_t *key, const uint8_t *preshared, uint32_t cookie);

/* The public key of the interface with INDEX, as the kernel makes it of the private one. */
int wg_get_public(struct nl *nl, uint16_t family, uint32_t index, uint8_t *ret_key,
                  struct err *err);
