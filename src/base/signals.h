// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "base/util.h"

/* TERM, SIGTERM (in any case), or a number: the signal; 0 where TEXT is none. */
int signal_parse(const char *text);

/* "TERM", or NULL of one without a name. */
const char *signal_name(int number);

/* The names that there are, NULL-terminated. */
extern const char *const signal_names[];
