// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "model/impair.h"

#define NETEM_TABLE_SIZE 4096

/* Tables that were asked for, for one thread at a time. */
struct netem_tables {
    int16_t *of[DISTRIBUTION_COUNT];
};

#define CLEAN_NETEM_TABLES CLEANUP(netem_tables_done)
void netem_tables_done(struct netem_tables *tables);

/* NETEM_TABLE_SIZE values that netem draws a packet's share of the jitter from, 8192 being all of
 * it; NULL where netem needs none. */
const int16_t *netem_tables_get(struct netem_tables *tables, enum impair_distribution distribution);
