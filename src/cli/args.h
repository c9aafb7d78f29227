// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "command.h"

/* The words of one call of a command, taken apart. All texts are borrowed from argv. */
struct args {
    const struct command *command;
    const char *values[OPT_COUNT]; /* NULL: not given; "": given, takes no value */
    char **words;                  /* N of them, then NULL */
    unsigned n;
    const char **set; /* values of all --set, then NULL */
    unsigned n_set;
    char **rest; /* the program to run, NULL-terminated; NULL: none was given */
};

/*
 * Reads ARGV (NULL-terminated, without the command's own name) by COMMAND's table into *RET.
 * Options may stand before and after words; "--" ends them. 0, or the exit status after saying
 * what is wrong. Give it back with args_done.
 */
int args_parse(const struct command *command, char **argv, struct args *ret);
void args_done(struct args *args);

bool args_has(const struct args *args, enum option_id id);
