// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "doc/schema.h"

/* A command: a list is taken as it is; a text is split into words as a shell would, without running
 * one. What only a shell could do is an error that says how to have one. */
struct words_value {
    char *const *argv; /* NULL-terminated, never empty; NULL: not given */
    struct pos pos;
};

extern const struct type type_words;
