// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include <jansson.h>

#include "base/err.h"
#include "lab/roster.h"

/*
 * Writes what lab NAME looks like into FOLDER, which is made with those above it: what failed of
 * RESULTS (as tests_run's), in words and as JSON; the lab's status, links, firewalls, all logs; and
 * of each node concerned what ip, ss, nft and tc show, as far as they are installed. What cannot be
 * had is left out. An error is one of writing.
 */
int bundle_write(const char *name, const struct roster *roster, const json_t *results,
                 const char *folder, struct err *err);
