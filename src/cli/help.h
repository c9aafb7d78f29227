// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

#pragma once

#include <stdio.h>

#include "command.h"

/* All commands, or one of them, for people. */
void help_print_all(FILE *out);
void help_print(const struct command *command, FILE *out);
