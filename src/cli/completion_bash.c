// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * Completion for bash, without the bash-completion package. bash takes "--format=json" for three
 * words, so a lone "=" is passed over.
 */
#include "completion.h"

static const char head[] = "# Completion of nslab for bash.\n"
                           "# shellcheck shell=bash disable=SC2034\n"
                           "\n";

static const char tail[] =
    "# Those lines of stdin that begin as $1, into COMPREPLY. Names are the labs', so they are "
    "never\n"
    "# expanded, as compgen -W would do, and quoted for the command line that they are put into.\n"
    "_nslab_names() {\n"
    "    local name quoted\n"
    "    while IFS= read -r name; do\n"
    "        printf -v quoted %q \"$name\"\n"
    "        [[ $name == \"$1\"* || $quoted == \"$1\"* ]] && COMPREPLY+=(\"$done$quoted\")\n"
    "    done\n"
    "    return 0\n"
    "}\n"
    "\n"
    "# What may stand for KIND, into COMPREPLY.\n"
    "_nslab_reply() {\n"
    "    local kind=$1 done=''\n"
    "    shift\n"
    "    case $kind in\n"
    "    lab) _nslab_names \"$cur\" < <(\"$nslab\" ls -q 2>/dev/null) ;;\n"
    "    node)\n"
    "        [[ $cur == *,* ]] && done=${cur%,*},\n"
    "        _nslab_names \"${cur##*,}\" < <(\"$nslab\" status -q ${lab:+\"$lab\"} 2>/dev/null) "
    ";;\n"
    "    log) _nslab_names \"$cur\" < <(\"$nslab\" logs -q ${lab:+-l \"$lab\"} 2>/dev/null) ;;\n"
    "    service) _nslab_names \"$cur\" < <(\"$nslab\" ps -q ${lab:+-l \"$lab\"} 2>/dev/null) ;;\n"
    "    link)\n"
    "        [[ $cur == : || ${COMP_WORDS[COMP_CWORD - 1]} == : ]] && return 0\n"
    "        _nslab_names \"$cur\" < <(\"$nslab\" link -q ${lab:+-l \"$lab\"} 2>/dev/null) ;;\n"
    "    command) mapfile -t COMPREPLY < <(compgen -W \"$_nslab_commands\" -- \"$cur\") ;;\n"
    "    words) mapfile -t COMPREPLY < <(compgen -W \"$*\" -- \"$cur\") ;;\n"
    "    program) mapfile -t COMPREPLY < <(compgen -c -- \"$cur\") ;;\n"
    "    esac\n"
    "    case $kind in\n"
    "    file | lab)\n"
    "        local files\n"
    "        mapfile -t files < <(compgen -f -X '!*.yaml' -- \"$cur\"\n"
    "            compgen -f -X '!*.yml' -- \"$cur\"\n"
    "            compgen -d -- \"$cur\")\n"
    "        COMPREPLY+=(\"${files[@]}\")\n"
    "        compopt -o filenames 2>/dev/null ;;\n"
    "    any)\n"
    "        mapfile -t COMPREPLY < <(compgen -f -- \"$cur\")\n"
    "        compopt -o filenames 2>/dev/null ;;\n"
    "    esac\n"
    "    return 0\n"
    "}\n"
    "\n"
    "_nslab() {\n"
    "    local nslab=${COMP_WORDS[0]} cur=${COMP_WORDS[COMP_CWORD]}\n"
    "    local command='' options='' operand='' first='' rest='' kind='' lab='' dashes='' flag='' "
    "word n=0 "
    "i\n"
    "    COMPREPLY=()\n"
    "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
    "        word=${COMP_WORDS[i]}\n"
    "        if [[ $word == = ]]; then\n"
    "            continue\n"
    "        elif [[ -z $command ]]; then\n"
    "            command=$word\n"
    "            _nslab_command \"$command\"\n"
    "        elif [[ -n $kind ]]; then\n"
    "            [[ $flag == -l || $flag == --lab ]] && lab=$word\n"
    "            kind=\n"
    "        elif [[ $rest == word && $n -ge 1 && $word != -* ]]; then\n"
    "            ((n++))\n"
    "        elif [[ $word == -- ]]; then\n"
    "            dashes=1\n"
    "            [[ $rest == dashes ]] && n=1\n"
    "        elif [[ -z $dashes && $word == -* ]]; then\n"
    "            flag=$word\n"
    "            _nslab_value \"$command\" \"$word\"\n"
    "        else\n"
    "            ((n++))\n"
    "        fi\n"
    "    done\n"
    "    [[ $cur == = ]] && cur=\n"
    "\n"
    "    if [[ -n $kind ]]; then\n"
    "        # shellcheck disable=SC2086\n"
    "        _nslab_reply $kind\n"
    "    elif [[ -z $command ]]; then\n"
    "        _nslab_reply words \"$_nslab_commands\" --help --version\n"
    "    elif [[ -z $dashes && $cur == -* && ! ($rest == word && $n -ge 2) ]]; then\n"
    "        _nslab_reply words \"$options\"\n"
    "    elif [[ ($rest == word || -n $dashes) && $n -eq 1 && -n $rest ]]; then\n"
    "        _nslab_reply program\n"
    "    elif [[ ($rest == word || -n $dashes) && $n -ge 2 && -n $rest ]]; then\n"
    "        _nslab_reply any\n"
    "    elif [[ -n $first && $n -eq 0 ]]; then\n"
    "        _nslab_reply words \"$first\"\n"
    "    else\n"
    "        # shellcheck disable=SC2086\n"
    "        _nslab_reply $operand\n"
    "    fi\n"
    "}\n"
    "\n"
    "complete -F _nslab nslab\n";

static const char *const kinds[] = {
    [OPERAND_NONE] = "none",       [OPERAND_TEXT] = "none", [OPERAND_FILE] = "file",
    [OPERAND_LAB] = "lab",         [OPERAND_NODE] = "node", [OPERAND_LOG] = "log",
    [OPERAND_SERVICE] = "service", [OPERAND_LINK] = "link", [OPERAND_COMMAND] = "command",
    [OPERAND_WORDS] = "words",
};

static const char *const rests[] = {
    [REST_NONE] = "",
    [REST_AFTER_WORD] = "word",
    [REST_AFTER_DASHES] = "dashes",
};

static void print_flags(FILE *out, const struct option *option)
{
    if (option->letter)
        fprintf(out, "-%c ", option->letter);
    fprintf(out, "--%s", option->name);
}

static void print_kind(FILE *out, enum operand kind, const char *const *words)
{
    fprintf(out, "'%s", kinds[kind]);
    if (words) {
        fputc(' ', out);
        completion_print_words(out, words, " ");
    }
    fputc('\'', out);
}

static void print_command(FILE *out, const struct command *command)
{
    fputs("    ", out);
    completion_print_names(out, command, " | ");
    fputs(")\n        options='", out);
    for (size_t i = 0; i < command->n; i++) {
        print_flags(out, &command->options[i]);
        fputc(' ', out);
    }
    print_flags(out, &option_help);
    fputs("'\n        operand=", out);
    bool all = command->operand == OPERAND_WORDS;
    print_kind(out, command->operand, all ? command->words : NULL);
    if (command->words && !all) {
        fputs("\n        first='", out);
        completion_print_words(out, command->words, " ");
        fputc('\'', out);
    }
    fprintf(out, "\n        rest=%s ;;\n", rests[command->rest]);
}

static void print_values(FILE *out, const struct command *command)
{
    for (size_t i = 0; i < command->n; i++) {
        const struct option *option = &command->options[i];
        if (!option->value)
            continue;
        const char *const names[] = {command->name, command->alias, NULL};
        fputs("    ", out);
        for (size_t k = 0; names[k]; k++) {
            fprintf(out, "%s%s:--%s", k ? " | " : "", names[k], option->name);
            if (option->letter)
                fprintf(out, " | %s:-%c", names[k], option->letter);
        }
        fputs(") kind=", out);
        print_kind(out, option->completes, option->words);
        fputs(" ;;\n", out);
    }
}

void completion_print_bash(FILE *out)
{
    fputs(head, out);
    fputs("_nslab_commands='", out);
    for (const struct command *const *c = commands; *c; c++) {
        completion_print_names(out, *c, " ");
        fputs(c[1] ? " " : "'\n\n", out);
    }
    fputs("# What command $1 takes.\n_nslab_command() {\n    case $1 in\n", out);
    for (const struct command *const *c = commands; *c; c++)
        print_command(out, *c);
    fputs(
        "    esac\n}\n\n# What the value of option $2 of command $1 is; nothing if it takes none.\n"
        "_nslab_value() {\n    case $1:$2 in\n",
        out);
    for (const struct command *const *c = commands; *c; c++)
        print_values(out, *c);
    fputs("    esac\n}\n\n", out);
    fputs(tail, out);
}
