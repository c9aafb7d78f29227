// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "base/units.h"
#include "doc/schema.h"

/* Times in a topology, as types for its tables. */

struct duration_value {
    uint64_t us;
    struct pos pos;
};

/* A struct duration_value: a multiple of TYPE->min us, at most TYPE->max us, not 0. */
bool read_time(struct reader *r, const struct type *type, const struct doc_node *n, void *out);

/* The members of a type of such times, in steps of STEP_US, up to MOST_US. */
#define TIME(words, step_us, most_us)                                                              \
    .expects = (words), .read = read_time, .describe = describe_text, .pattern = TIME_PATTERN,     \
    .min = (step_us), .max = (most_us)

/* From 1ms on. */
extern const struct type type_timeout;

/* A struct int_value: whole seconds, written as such, from TYPE->min us to TYPE->max us. */
bool read_seconds(struct reader *r, const struct type *type, const struct doc_node *n, void *out);
#define SECONDS_PATTERN "^[0-9]+(s|min|h)$"

/* From 1s to 65535s. */
extern const struct type type_seconds;
