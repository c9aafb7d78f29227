// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * The one list of commands. A new command is a file and two lines here.
 */
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "command.h"

extern const struct command command_up, command_down, command_run, command_exec, command_shell,
    command_ls, command_status, command_ps, command_service, command_ping, command_firewall,
    command_logs, command_link, command_partition, command_heal, command_check, command_plan,
    command_test, command_schema, command_doctor, command_completion, command_version, command_help;

const struct command *const commands[] = {
    &command_up,         &command_down,      &command_run,      &command_exec,
    &command_shell,      &command_ls,        &command_status,   &command_ps,
    &command_service,    &command_ping,      &command_firewall, &command_logs,
    &command_link,       &command_partition, &command_heal,     &command_check,
    &command_plan,       &command_test,      &command_schema,   &command_doctor,
    &command_completion, &command_version,   &command_help,     NULL,
};

const struct option option_help = {
    OPT_HELP,
    'h',
    "help",
    .summary = "print this help",
};

const struct command *command_find(const char *name)
{
    for (const struct command *const *c = commands; *c; c++) {
        if (!strcmp((*c)->name, name) || ((*c)->alias && !strcmp((*c)->alias, name)))
            return *c;
    }
    return NULL;
}

const struct option *command_find_option(const struct command *command, const char *name,
                                         size_t len)
{
    for (size_t i = 0; i < command->n; i++) {
        const char *known = command->options[i].name;
        if (strlen(known) == len && !strncmp(known, name, len))
            return &command->options[i];
    }
    bool help = strlen(option_help.name) == len && !strncmp(option_help.name, name, len);
    return help ? &option_help : NULL;
}

const struct option *command_find_letter(const struct command *command, char letter)
{
    for (size_t i = 0; i < command->n; i++) {
        if (command->options[i].letter == letter)
            return &command->options[i];
    }
    return letter == option_help.letter ? &option_help : NULL;
}

int command_unknown(const char *word)
{
    const char *names[2 * COUNT(commands)];
    size_t n = 0;
    for (const struct command *const *c = commands; *c; c++) {
        names[n++] = (*c)->name;
        names[n++] = (*c)->alias;
    }
    const char *near = nearest_word(word, names, n);
    if (near)
        return fail(NSLAB_WRONG, "unknown command '%s'; did you mean '%s'?", word, near);
    return fail(NSLAB_WRONG, "unknown command '%s' ('nslab help' lists them)", word);
}
