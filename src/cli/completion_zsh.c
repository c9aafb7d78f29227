// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * Completion for zsh: one call of _arguments a command. Works from a folder in $fpath and sourced.
 */
#include "completion.h"

static const char head[] =
    "#compdef nslab\n"
    "# Completion of nslab for zsh.\n"
    "\n"
    "_nslab_file() { _files -g '*.(yaml|yml)' }\n"
    "_nslab_running() { compadd \"$@\" -- ${(f)\"$(nslab ls -q 2>/dev/null)\"} }\n"
    "_nslab_lab() { _alternative 'labs:lab:_nslab_running' 'files:file:_nslab_file' }\n"
    "_nslab_node() {\n"
    "    local lab=${opt_args[-l]:-${opt_args[--lab]}}\n"
    "    compadd \"$@\" -- ${(f)\"$(nslab status -q ${lab:+\"$lab\"} 2>/dev/null)\"}\n"
    "}\n"
    "_nslab_link() {\n"
    "    local lab=${opt_args[-l]:-${opt_args[--lab]}}\n"
    "    compadd \"$@\" -- ${(f)\"$(nslab link -q ${lab:+\"-l$lab\"} 2>/dev/null)\"}\n"
    "}\n"
    "_nslab_service() {\n"
    "    local lab=${opt_args[-l]:-${opt_args[--lab]}}\n"
    "    compadd \"$@\" -- ${(f)\"$(nslab ps -q ${lab:+\"-l$lab\"} 2>/dev/null)\"}\n"
    "}\n"
    "_nslab_log() {\n"
    "    local lab=${opt_args[-l]:-${opt_args[--lab]}}\n"
    "    compadd \"$@\" -- ${(f)\"$(nslab logs -q ${lab:+\"-l$lab\"} 2>/dev/null)\"}\n"
    "}\n";

static const char tail[] = "    esac\n"
                           "}\n"
                           "\n"
                           "if [[ $funcstack[1] == _nslab ]]; then\n"
                           "    _nslab \"$@\"\n"
                           "else\n"
                           "    compdef _nslab nslab\n"
                           "fi\n";

/* Behind "--" stands a program of its own. */
static const char program[] = "        local -i dashes=${words[(i)--]}\n"
                              "        if ((dashes < CURRENT)); then\n"
                              "            shift $dashes words\n"
                              "            ((CURRENT -= dashes))\n"
                              "            _normal\n"
                              "            return\n"
                              "        fi\n";

static const char *const actions[] = {
    [OPERAND_NONE] = " ",
    [OPERAND_TEXT] = " ",
    [OPERAND_FILE] = "_nslab_file",
    [OPERAND_LAB] = "_nslab_lab",
    [OPERAND_NODE] = "_nslab_node",
    [OPERAND_LOG] = "_nslab_log",
    [OPERAND_LINK] = "_nslab_link",
    [OPERAND_COMMAND] = "_nslab_command",
    [OPERAND_SERVICE] = "_nslab_service",
    [OPERAND_WORDS] = " ",
};

/* TEXT within single quotes, with what _arguments and _describe give a meaning to escaped. */
static void print_escaped(FILE *out, const char *text)
{
    for (; *text; text++) {
        if (*text == '\'')
            fputs("'\\'", out);
        else if (*text == '[' || *text == ']' || *text == ':' || *text == '\\')
            fputc('\\', out);
        fputc(*text, out);
    }
}

static void print_action(FILE *out, enum operand kind, const char *const *words)
{
    if (words) {
        fputc('(', out);
        completion_print_words(out, words, " ");
        fputc(')', out);
    } else {
        fputs(actions[kind], out);
    }
}

static void print_option(FILE *out, const struct option *option)
{
    const char *joined = option->value ? "=" : "";
    fputs(" \\\n            ", out);
    if (option->letter)
        fprintf(out, "'(-%c --%s)'{-%c,--%s%s}'[", option->letter, option->name, option->letter,
                option->name, joined);
    else
        fprintf(out, "'--%s%s[", option->name, joined);
    print_escaped(out, option->summary);
    fputc(']', out);
    if (option->value) {
        fprintf(out, ":%s:", option->value);
        print_action(out, option->completes, option->words);
    }
    fputc('\'', out);
}

static void print_operands(FILE *out, const struct command *command)
{
    if (!command->max)
        return;
    bool all = command->operand == OPERAND_WORDS;
    if (command->words && !all) {
        fputs(" \\\n            '1:word:", out);
        print_action(out, OPERAND_WORDS, command->words);
        fputc('\'', out);
    }
    fprintf(out, " \\\n            '%s:word:", command->max > 1 ? "*" : "1");
    print_action(out, command->operand, all ? command->words : NULL);
    fputc('\'', out);
    if (command->rest == REST_AFTER_WORD)
        fputs(" \\\n            '(-)2:program:_command_names -e'"
              " \\\n            '*::arguments:_normal'",
              out);
}

static void print_command(FILE *out, const struct command *command)
{
    fputs("    ", out);
    completion_print_names(out, command, "|");
    fputs(")\n", out);
    if (command->rest == REST_AFTER_DASHES)
        fputs(program, out);
    fputs("        _arguments -s -S", out);
    for (size_t i = 0; i < command->n; i++)
        print_option(out, &command->options[i]);
    print_option(out, &option_help);
    print_operands(out, command);
    fputs(" ;;\n", out);
}

void completion_print_zsh(FILE *out)
{
    fputs(head, out);
    fputs("_nslab_command() {\n    local -a list=(\n", out);
    for (const struct command *const *c = commands; *c; c++) {
        fprintf(out, "        '%s:", (*c)->name);
        print_escaped(out, (*c)->summary);
        fputs("'\n", out);
    }
    fputs("    )\n    _describe command list\n}\n\n_nslab() {\n"
          "    if ((CURRENT == 2)); then\n        _nslab_command\n        return\n    fi\n"
          "    shift words\n    ((CURRENT--))\n    case $words[1] in\n",
          out);
    for (const struct command *const *c = commands; *c; c++)
        print_command(out, *c);
    fputs(tail, out);
}
