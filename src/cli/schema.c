// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * nslab schema: the language, for editors.
 */
#include "args.h"
#include "cli.h"

static int run_schema(const struct args *args)
{
    (void)args;
    CLEAN_TEXT char *text = nslab_schema();
    return print_text(text);
}

const struct command command_schema = {
    .name = "schema",
    .summary = "print the JSON Schema of topology files",
    .usage = "",
    .run = run_schema,
};
