// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "base/arena.h"
#include "model/model.h"

/*
 * The programs that carry an uplink's packets: pasta(1) and slirp4netns(1). Both stand in the
 * host's network, as any program of the user's, and hold the other end of the uplink's tap.
 */
#define UPLINK_WORDS_MAX 40

/* "pasta", "slirp4netns"; what a plan says where either will do: "pasta or slirp4netns". */
const char *uplink_mode_word(enum uplink_mode mode);

/*
 * The command line, NULL at the end, of MODE's program for UPLINK of the node whose namespace NETNS
 * is a path of. Nothing of the host's own addresses is reached by the gateway's, no port of the
 * host's leads into the lab; what is sent to the name server goes to the host's.
 */
const char **uplink_words(struct arena *arena, const struct uplink *uplink, enum uplink_mode mode,
                          const char *netns);

/* What the machine does for the uplinks of TOPO that are veth pairs, as a table of its firewall,
 * "nslab-LAB": it masquerades what comes from their subnets. NULL where there is none. */
const struct firewall *uplink_host_table(const struct topo *topo);
