// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * One parser for the options of all commands. It knows what everyone knows: -q, -qv, -lX, -l X,
 * --lab X, --lab=X, and "--". What it does not know is an error with the nearest thing that it
 * does; nothing is passed over.
 */
#include "args.h"

#include <stdlib.h>
#include <string.h>

#include "cli.h"

struct parser {
    struct args *args;
    char **next;  /* the word to look at next */
    bool literal; /* "--" was there: no more options */
};

bool args_has(const struct args *args, enum option_id id)
{
    return args->values[id] != NULL;
}

static int unknown_option(const struct command *command, const char *word, const char *name)
{
    const char *names[OPT_COUNT + 1];
    size_t n = 0;
    for (size_t i = 0; i < command->n; i++)
        names[n++] = command->options[i].name;
    names[n++] = option_help.name;

    const char *near = name ? nearest_word(name, names, n) : NULL;
    if (near)
        return wrong_usage(command, "unknown option %s; did you mean --%s?", word, near);
    return wrong_usage(command, "unknown option %s", word);
}

static int check_value(const struct command *command, const struct option *option,
                       const char *value)
{
    if (!option->words)
        return 0;
    size_t n = 0;
    for (; option->words[n]; n++) {
        if (!strcmp(option->words[n], value))
            return 0;
    }
    char list[128];
    join_words(list, sizeof(list), option->words, " or ");
    const char *near = nearest_word(value, option->words, n);
    if (near)
        return wrong_usage(command, "--%s takes %s, not '%s'; did you mean '%s'?", option->name,
                           list, value, near);
    return wrong_usage(command, "--%s takes %s, not '%s'", option->name, list, value);
}

/* VALUE is what was joined to the option by '=', or NULL. */
static int take_option(struct parser *p, const struct option *option, const char *value)
{
    const struct command *command = p->args->command;
    if (!option->value) {
        if (value)
            return wrong_usage(command, "--%s takes no value", option->name);
        p->args->values[option->id] = "";
        return 0;
    }
    if (!value && *p->next)
        value = *p->next++;
    if (!value)
        return wrong_usage(command, "--%s takes a value: %s", option->name, option->value);
    p->args->values[option->id] = value;
    if (option->id == OPT_SET)
        p->args->set[p->args->n_set++] = value;
    return check_value(command, option, value);
}

/* WORD is "--name" or "--name=value". */
static int take_long(struct parser *p, const char *word)
{
    const char *name = word + 2;
    size_t len = strcspn(name, "=");
    const struct option *option = command_find_option(p->args->command, name, len);
    if (option)
        return take_option(p, option, name[len] ? name + len + 1 : NULL);

    char *bare = given(strndup(name, len));
    int status = unknown_option(p->args->command, word, bare);
    free(bare);
    return status;
}

/* WORD is "-abc", the last of which may take the rest of the word, or the next word, as value. */
static int take_letters(struct parser *p, const char *word)
{
    for (const char *c = word + 1; *c; c++) {
        const struct option *option = command_find_letter(p->args->command, *c);
        if (!option)
            return unknown_option(p->args->command, word, NULL);
        if (option->value)
            return take_option(p, option, c[1] ? c + 1 : NULL);
        int status = take_option(p, option, NULL);
        if (status)
            return status;
    }
    return 0;
}

/* Whether all from the next word on is the program to run. */
static bool rest_begins(const struct parser *p)
{
    switch (p->args->command->rest) {
    case REST_NONE:
        return false;
    case REST_AFTER_DASHES:
        return p->literal;
    case REST_AFTER_WORD:
        return p->args->n == 1 && (p->literal || **p->next != '-' || !(*p->next)[1]);
    }
    return false;
}

static int take_word(struct parser *p)
{
    char *word = *p->next++;
    if (!p->literal && !strcmp(word, "--")) {
        p->literal = true;
        return 0;
    }
    if (!p->literal && !strncmp(word, "--", 2))
        return take_long(p, word);
    if (!p->literal && word[0] == '-' && word[1])
        return take_letters(p, word);
    p->args->words[p->args->n++] = word;
    return 0;
}

static int check_count(const struct args *args)
{
    const struct command *command = args->command;
    if (args->n < command->min)
        return wrong_usage(command, "a word is missing: nslab %s %s", command->name,
                           command->usage);
    if (args->n > command->max && command->rest == REST_AFTER_DASHES)
        return wrong_usage(command, "one word too many: '%s' (a command goes after --)",
                           args->words[command->max]);
    if (args->n > command->max)
        return wrong_usage(command, "one word too many: '%s'", args->words[command->max]);
    return 0;
}

int args_parse(const struct command *command, char **argv, struct args *ret)
{
    size_t n = 0;
    while (argv[n])
        n++;
    *ret = (struct args){.command = command,
                         .words = given(calloc(n + 1, sizeof(char *))),
                         .set = given(calloc(n + 1, sizeof(char *)))};

    struct parser p = {.args = ret, .next = argv};
    while (*p.next && !rest_begins(&p)) {
        int status = take_word(&p);
        if (status)
            return status;
    }
    if (*p.next)
        ret->rest = p.next;
    return args_has(ret, OPT_HELP) ? 0 : check_count(ret);
}

void args_done(struct args *args)
{
    free(args->words);
    free(args->set);
}
