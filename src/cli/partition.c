// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/* nslab partition, nslab heal: a lab's network in parts, and in one again. */
#include <stdlib.h>
#include <string.h>

#include "args.h"
#include "cli.h"
#include "links.h"
#include "target.h"

/* All words as one: "r1,r2 / r3,r4". */
static char *join(char *const *words)
{
    size_t size = 1;
    for (size_t i = 0; words[i]; i++)
        size += strlen(words[i]) + 1;
    char *text = given(calloc(size, 1)), *at = text;
    for (size_t i = 0; words[i]; i++)
        at += sprintf(at, "%s%s", i ? " " : "", words[i]);
    return text;
}

static int run_partition(const struct args *args)
{
    struct nslab_error error;
    CLEAN_TEXT char *lab = NULL;
    CLEAN_TEXT char *text = NULL;
    CLEAN_TEXT char *groups = join(args->words);
    int status = target_lab_option(args, &lab);
    if (status)
        return status;
    status = nslab_partition(lab, groups, &text, &error);
    return status ? fail_error(status, NULL, &error) : links_report(args, text, "down");
}

static int run_heal(const struct args *args)
{
    struct nslab_error error;
    CLEAN_TEXT char *lab = NULL;
    CLEAN_TEXT char *text = NULL;
    int status = target_lab(args->words[0], &lab);
    if (status)
        return status;
    status = nslab_heal(lab, &text, &error);
    return status ? fail_error(status, NULL, &error) : links_report(args, text, "up");
}

static const struct option partition_options[] = {
    OPTION_LAB,
    OPTION_QUIET("print nothing but errors"),
    OPTION_JSON("print the links that are down as JSON"),
};

const struct command command_partition = {
    .name = "partition",
    .summary = "set down all links between groups of nodes",
    .usage = "NODE,... / NODE,... [/ NODE,...]...",
    .about =
        "NODE may be a pattern ('h*'). A node that is not named stays with those it is linked\n"
        "to; where these are of two groups it must be named. nslab heal undoes it.\n",
    OPTIONS(partition_options),
    .operand = OPERAND_NODE,
    .min = 1,
    .max = (unsigned)-1,
    .run = run_partition,
};

static const struct option heal_options[] = {
    OPTION_QUIET("print nothing but errors"),
    OPTION_JSON("print the links that are up again as JSON"),
};

const struct command command_heal = {
    .name = "heal",
    .summary = "set up again what nslab partition set down",
    .usage = "[LAB|FILE]",
    .about = "What was down before the partition stays down.\n",
    OPTIONS(heal_options),
    .operand = OPERAND_LAB,
    .max = 1,
    .run = run_heal,
};
