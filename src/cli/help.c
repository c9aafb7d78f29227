// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * nslab help, and --help of every command: printed from the tables. `nslab help --json` is the
 * tables themselves, for tests and for those who write completions.
 */
#include "help.h"

#include "args.h"
#include "cli.h"
#include "table.h"

void help_print_all(FILE *out)
{
    fputs("nslab: networks in a box\n\nusage: nslab COMMAND [OPTIONS] [WORDS]\n\n", out);
    CLEAN_TABLE struct table *table = table_new(3, 2);
    for (const struct command *const *c = commands; *c; c++) {
        table_add(table, "%s", (*c)->name);
        table_add(table, "%s", (*c)->usage);
        table_add(table, "%s", (*c)->summary);
    }
    table_print(table, out);
    fputs(
        "\n'nslab COMMAND --help' says more. Exit status: 0 done, 1 it failed, 2 the words or the\n"
        "topology are wrong, 3 this machine lacks something ('nslab doctor' says what).\n",
        out);
}

static void add_option(struct table *table, const struct option *option)
{
    if (option->letter)
        table_add(table, "-%c, --%s%s%s", option->letter, option->name, option->value ? " " : "",
                  option->value ? option->value : "");
    else
        table_add(table, "    --%s%s%s", option->name, option->value ? " " : "",
                  option->value ? option->value : "");
    table_add(table, "%s", option->summary);
}

void help_print(const struct command *command, FILE *out)
{
    fprintf(out, "usage: nslab %s [OPTIONS]%s%s\n\n%s%s%s%s.\n", command->name,
            *command->usage ? " " : "", command->usage, command->summary,
            command->alias ? " (alias: " : "", command->alias ? command->alias : "",
            command->alias ? ")" : "");
    if (command->about)
        fprintf(out, "\n%s", command->about);
    fputc('\n', out);
    CLEAN_TABLE struct table *table = table_new(2, 2);
    for (size_t i = 0; i < command->n; i++)
        add_option(table, &command->options[i]);
    add_option(table, &option_help);
    table_print(table, out);
}

static json_t *option_json(const struct option *option)
{
    char letter[2] = {option->letter, '\0'};
    return json_pack("{s:s, s:s*, s:s*, s:s}", "name", option->name, "letter",
                     option->letter ? letter : NULL, "value", option->value, "summary",
                     option->summary);
}

static json_t *command_json(const struct command *command)
{
    json_t *options = json_array();
    for (size_t i = 0; i < command->n; i++)
        json_array_append_new(options, option_json(&command->options[i]));
    json_array_append_new(options, option_json(&option_help));
    return json_pack("{s:s, s:s*, s:s, s:s, s:o}", "name", command->name, "alias", command->alias,
                     "usage", command->usage, "summary", command->summary, "options", options);
}

static int print_tables(void)
{
    CLEAN_JSON json_t *list = json_array();
    for (const struct command *const *c = commands; *c; c++)
        json_array_append_new(list, command_json(*c));
    return print_json(list);
}

static int run_help(const struct args *args)
{
    if (args_has(args, OPT_JSON))
        return print_tables();
    if (!args->n) {
        help_print_all(stdout);
        return NSLAB_OK;
    }
    const struct command *command = command_find(args->words[0]);
    if (!command)
        return command_unknown(args->words[0]);
    help_print(command, stdout);
    return NSLAB_OK;
}

static const struct option options[] = {
    OPTION_JSON("print all commands and options as JSON"),
};

const struct command command_help = {
    .name = "help",
    .summary = "print this, or the help of a command",
    .usage = "[COMMAND]",
    OPTIONS(options),
    .operand = OPERAND_COMMAND,
    .max = 1,
    .run = run_help,
};
