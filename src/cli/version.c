// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * nslab version.
 */
#include "args.h"
#include "cli.h"

static int run_version(const struct args *args)
{
    if (args_has(args, OPT_JSON)) {
        CLEAN_JSON json_t *json = json_pack("{s:s}", "version", nslab_version());
        return print_json(json);
    }
    printf("nslab %s\n", nslab_version());
    return NSLAB_OK;
}

static const struct option options[] = {
    OPTION_JSON("print JSON"),
};

const struct command command_version = {
    .name = "version",
    .summary = "print the version",
    .usage = "",
    OPTIONS(options),
    .run = run_version,
};
