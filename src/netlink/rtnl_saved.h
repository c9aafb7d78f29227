// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "base/str.h"
#include "netlink/rtnl.h"

/*
 * An interface as it was, for the time after it was somewhere else: that costs it its addresses and
 * routes. What the kernel told of it is kept as it came, and said to it again.
 */

/* Appends to RET what there is of link INDEX in the socket's namespace: the link, its addresses,
 * its routes that did not come by themselves (with an address, or from a router). Netlink messages,
 * one behind the other; bytes, not text. */
int rtnl_save(struct nl *nl, uint32_t index, struct str *ret, struct err *err);

/* The link in SAVED (LEN bytes); its texts point in there. False where SAVED is nothing like it. */
bool rtnl_saved_link(const char *saved, size_t len, struct rtnl_link *ret);

/* Makes LINK, of the socket's namespace, what SAVED says, whatever its index was then: name, MAC,
 * MTU, alias, addresses, up or down, routes. What the kernel refuses by now is left out. */
void rtnl_restore(struct nl *nl, const struct rtnl_link *link, const char *saved, size_t len);
