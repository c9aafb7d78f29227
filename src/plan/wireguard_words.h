// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "base/str.h"
#include "model/wireguard.h"

/*
 * WireGuard's interfaces in the words of wg(8), without their keys: these are nowhere but in the
 * script, which reads them from files.
 */

/* " endpoint 10.0.0.2:51820 persistent-keepalive 25 allowed-ips 10.9.0.2/32,fd09::2/128" */
void wireguard_words_peer(struct str *s, const struct wg_peer *peer);

/* "drawn", or "written". */
const char *wireguard_words_secret(const struct wg_secret *secret);
