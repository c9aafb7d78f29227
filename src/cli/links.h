// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "args.h"
#include "cli.h"

/* Links as nslab_links tells of them, for people. */

/* A line a link: its state, and what each end does to what it sends. */
void links_print(const json_t *links);

/* A line an end. */
void links_print_ends(const json_t *links);

/* What each is called, as short as is enough to tell it from the others. */
void links_print_names(const json_t *links);

/* What a command prints that has changed links; TEXT is JSON. "2 links down", all with --json,
 * nothing with --quiet. Gives the exit status. */
int links_report(const struct args *args, const char *text, const char *done);
