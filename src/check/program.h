// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "base/str.h"
#include "lab/lab.h"

#define PROGRAM_OUTPUT_MAX (256u << 10) /* bytes; what comes then is not kept */

struct program_result {
    int status;        /* as a shell gives it */
    bool late;         /* it was killed, as it did not end in time */
    struct str output; /* what it printed, to stdout and stderr; the caller's */
};

/* Runs ARGV in NODE of LAB, with nothing to read, for LIMIT_MS at most. An error is one of starting
 * it. */
int program_run(const char *lab, const char *node, char *const argv[], unsigned limit_ms,
                struct program_result *ret, struct err *err);
