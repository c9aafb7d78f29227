// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

#pragma once

#include <stdio.h>

#include "command.h"

/* One script each, made from the tables of commands. */
void completion_print_bash(FILE *out);
void completion_print_zsh(FILE *out);
void completion_print_fish(FILE *out);

/* WORDS (NULL-terminated), or a command's name and alias, with BETWEEN between them. */
void completion_print_words(FILE *out, const char *const *words, const char *between);
void completion_print_names(FILE *out, const struct command *command, const char *between);
