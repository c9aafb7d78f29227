// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "base/err.h"
#include "model/wireguard.h"

/*
 * The keys of a lab's WireGuard interfaces while it is built: those of the file, and those that are
 * drawn for it. Afterwards they are in the kernel alone.
 */
struct keyring;

/* The keys of TOPO. *RET stays NULL where there are none. The calling thread is moved into a
 * network namespace that is thrown away, and back into that of HOME. */
int keyring_new(const struct topo *topo, int home, struct keyring **ret, struct err *err);
void keyring_free(struct keyring *ring); /* NULL is fine; nothing of them stays in memory */

/* The number of generic netlink's family. */
uint16_t keyring_family(const struct keyring *ring);

/* SECRET itself; the public key that belongs to it, which is no shared one. WG_KEY_LEN bytes. */
const uint8_t *keyring_secret(const struct keyring *ring, const struct wg_secret *secret);
const uint8_t *keyring_public(const struct keyring *ring, const struct wg_secret *secret);
