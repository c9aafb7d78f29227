// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * nslab completion: scripts for shells, made from the tables, so that they cannot miss an option.
 *
 * Each script is a fixed part, which knows how nslab's words go, and a part printed from the
 * tables. Labs and nodes are asked for when they are needed: `nslab ls -q`, `nslab status -q LAB`.
 */
#include <string.h>

#include "args.h"
#include "cli.h"
#include "completion.h"

static const char *const shells[] = {"bash", "zsh", "fish", NULL};

static void (*const printers[])(FILE *out) = {
    completion_print_bash,
    completion_print_zsh,
    completion_print_fish,
};

void completion_print_words(FILE *out, const char *const *words, const char *between)
{
    for (size_t i = 0; words[i]; i++)
        fprintf(out, "%s%s", i ? between : "", words[i]);
}

void completion_print_names(FILE *out, const struct command *command, const char *between)
{
    const char *const names[] = {command->name, command->alias, NULL};
    completion_print_words(out, names, between);
}

static int run_completion(const struct args *args)
{
    const char *shell = args->words[0];
    for (size_t i = 0; shells[i]; i++) {
        if (!strcmp(shells[i], shell)) {
            printers[i](stdout);
            return NSLAB_OK;
        }
    }
    return wrong_usage(args->command, "bash, zsh or fish, not '%s'", shell);
}

const struct command command_completion = {
    .name = "completion",
    .summary = "print a completion script for a shell",
    .usage = "bash|zsh|fish",
    .about = "bash: eval \"$(nslab completion bash)\" in ~/.bashrc\n"
             "zsh:  source <(nslab completion zsh) in ~/.zshrc, after compinit\n"
             "fish: nslab completion fish > ~/.config/fish/completions/nslab.fish\n",
    .operand = OPERAND_WORDS,
    .words = shells,
    .min = 1,
    .max = 1,
    .run = run_completion,
};
