// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "doc/schema.h"

/* A command: a list is taken as it is; a text is split into words as a shell would, without running
 * one. What only a shell could do is an error that says how to have one. Words live as long as the
 * diagnostics do. */
struct words_value {
    char *const *argv; /* NULL-terminated, never empty; NULL: not given */
    struct pos pos;
};

/* With nothing beside it, and where `expand: true` may stand beside it. */
extern const struct type type_words, type_command;

/* For types that take a command or something else. */
read_fn read_command;
json_t *describe_word(const char *pattern); /* a command that is one text */
#define COMMAND_EXPECTS                                                                            \
    "a command: a text like `sleep 5`, which is split into words, or a list of its words"

/* R for what stands in map N, which may say `expand: true`. */
struct reader reader_beside(const struct reader *r, const struct doc_node *n);
