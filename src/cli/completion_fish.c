// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * Completion for fish: one `complete` a command, option and word.
 */
#include "completion.h"

static const char head[] =
    "# Completion of nslab for fish.\n"
    "\n"
    "# The value of -l or --lab so far.\n"
    "function __nslab_lab\n"
    "    set -l words (commandline -opc)\n"
    "    for i in (seq (count $words))\n"
    "        if contains -- $words[$i] -l --lab; and set -q words[(math $i + 1)]\n"
    "            echo $words[(math $i + 1)]\n"
    "        end\n"
    "    end\n"
    "end\n"
    "\n"
    "# Whether fewer than $argv[1] words came after the command.\n"
    "function __nslab_words_below\n"
    "    set -l n 0\n"
    "    set -l skip 0\n"
    "    for word in (commandline -opc)[3..]\n"
    "        if test $skip = 1\n"
    "            set skip 0\n"
    "        else if contains -- $word $__nslab_valued\n"
    "            set skip 1\n"
    "        else if not string match -q -- '-*' $word\n"
    "            set n (math $n + 1)\n"
    "        end\n"
    "    end\n"
    "    test $n -lt $argv[1]\n"
    "end\n"
    "\n"
    "complete -c nslab -f\n";

static const char *const actions[] = {
    [OPERAND_NONE] = "",
    [OPERAND_TEXT] = "",
    [OPERAND_FILE] = "(__fish_complete_suffix .yaml .yml)",
    [OPERAND_LAB] = "(nslab ls -q 2>/dev/null) (__fish_complete_suffix .yaml .yml)",
    [OPERAND_NODE] = "(nslab status -q (__nslab_lab) 2>/dev/null)",
    [OPERAND_LINK] = "(nslab link -q (set -l l (__nslab_lab); and echo --lab=$l) 2>/dev/null)",
    [OPERAND_LOG] = "(nslab logs -q (set -l l (__nslab_lab); and echo --lab=$l) 2>/dev/null)",
    [OPERAND_SERVICE] = "(nslab ps -q (set -l l (__nslab_lab); and echo --lab=$l) 2>/dev/null)",
    [OPERAND_COMMAND] = "",
    [OPERAND_WORDS] = "",
};

static void print_quoted(FILE *out, const char *text)
{
    fputc('\'', out);
    for (; *text; text++) {
        if (*text == '\'' || *text == '\\')
            fputc('\\', out);
        fputc(*text, out);
    }
    fputc('\'', out);
}

static void print_action(FILE *out, enum operand kind, const char *const *words)
{
    fputs(" -a '", out);
    if (words)
        completion_print_words(out, words, " ");
    else if (kind == OPERAND_COMMAND)
        for (const struct command *const *c = commands; *c; c++)
            fprintf(out, "%s ", (*c)->name);
    else
        fputs(actions[kind], out);
    fputc('\'', out);
}

static void print_seen(FILE *out, const struct command *command)
{
    fputs("complete -c nslab -n '__fish_seen_subcommand_from ", out);
    completion_print_names(out, command, " ");
}

static void print_option(FILE *out, const struct command *command, const struct option *option)
{
    print_seen(out, command);
    fputc('\'', out);
    if (option->letter)
        fprintf(out, " -s %c", option->letter);
    fprintf(out, " -l %s", option->name);
    if (option->value) {
        fputs(" -x", out);
        print_action(out, option->completes, option->words);
    }
    fputs(" -d ", out);
    print_quoted(out, option->summary);
    fputc('\n', out);
}

static void print_words(FILE *out, const struct command *command)
{
    bool all = command->operand == OPERAND_WORDS, first = command->words && !all;
    if (!command->max)
        return;
    if (first) {
        print_seen(out, command);
        fputs("; and __nslab_words_below 1'", out);
        print_action(out, OPERAND_WORDS, command->words);
        fputc('\n', out);
    }
    print_seen(out, command);
    fprintf(out, "%s; and __nslab_words_below %u'", first ? "; and not __nslab_words_below 1" : "",
            command->max);
    print_action(out, command->operand, all ? command->words : NULL);
    fputc('\n', out);
    if (command->rest == REST_NONE)
        return;
    print_seen(out, command);
    fputs("; and not __nslab_words_below 1' -F -a '(__fish_complete_command)'\n", out);
}

/* The options that take a value, so that one is not taken for a word. */
static void print_valued(FILE *out)
{
    bool seen[OPT_COUNT] = {false};
    fputs("\nset -g __nslab_valued", out);
    for (const struct command *const *c = commands; *c; c++) {
        for (size_t i = 0; i < (*c)->n; i++) {
            const struct option *option = &(*c)->options[i];
            if (!option->value || seen[option->id])
                continue;
            seen[option->id] = true;
            fprintf(out, " --%s", option->name);
            if (option->letter)
                fprintf(out, " -%c", option->letter);
        }
    }
    fputc('\n', out);
}

void completion_print_fish(FILE *out)
{
    fputs(head, out);
    print_valued(out);
    for (const struct command *const *c = commands; *c; c++) {
        fprintf(out, "\ncomplete -c nslab -n __fish_use_subcommand -a %s -d ", (*c)->name);
        print_quoted(out, (*c)->summary);
        fputc('\n', out);
        for (size_t i = 0; i < (*c)->n; i++)
            print_option(out, *c, &(*c)->options[i]);
        print_option(out, *c, &option_help);
        print_words(out, *c);
    }
}
