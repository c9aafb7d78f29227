// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "lab/outside.h"
#include "lab/state.h"
#include "model/model.h"

/* The entries that a lab of TOPO usually has at most in the machine's neighbour tables, where that
 * is too much for the tables as they are and they can be looked at; else 0. */
uint32_t neighbours_lacking(const struct topo *topo);

/* Whether this process may write to the tables' sizes, as far as files say. */
bool neighbours_can_raise(void);

/* The commands that make room for NEED more entries, for people. */
void neighbours_remedy(uint32_t need, struct str *ret);

/* Makes room for all that TOPO may have, in the host's network namespace; journaled in JOURNAL,
 * which is lab S's. What may not be written is left as it is. 0 or a negative errno. */
int neighbours_raise(const struct state *s, const struct topo *topo, struct outside *journal);
