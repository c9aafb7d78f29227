// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include <stdbool.h>
#include <stddef.h>

/*
 * What a command is: data. The parser, the help, the completions and the tests that hold the man
 * page against the program all read these same tables.
 */
enum option_id {
    OPT_HELP,
    OPT_QUIET,
    OPT_VERBOSE,
    OPT_JSON,
    OPT_NAME,
    OPT_SET,
    OPT_FORMAT,
    OPT_ALL,
    OPT_GRACE,
    OPT_LAB,
    OPT_FOLLOW,
    OPT_LINES,
    OPT_EVERY,
    OPT_FOR,
    OPT_JOBS,
    OPT_OUTPUT,
    OPT_KEEP_FAILED,
    OPT_FILTER,
    OPT_BUNDLE,
    OPT_IPV4,
    OPT_IPV6,
    OPT_PACKETS,
    OPT_TIMEOUT,
    OPT_SIGNAL,
    OPT_COUNT,
};

/* What a word is, so that a shell can complete it. */
enum operand {
    OPERAND_NONE,
    OPERAND_TEXT,    /* anything: nothing to complete */
    OPERAND_FILE,    /* a topology file */
    OPERAND_LAB,     /* a lab that runs, or its file */
    OPERAND_NODE,    /* a node of the lab */
    OPERAND_LOG,     /* what a node of the lab logs */
    OPERAND_LINK,    /* a link of the lab */
    OPERAND_SERVICE, /* a service of the lab */
    OPERAND_COMMAND, /* a command of nslab */
    OPERAND_WORDS,   /* one of a fixed list */
};

struct option {
    enum option_id id;
    char letter;              /* 'q', or 0 */
    const char *name;         /* "quiet" */
    const char *value;        /* what it takes: "DURATION"; NULL: nothing */
    enum operand completes;   /* how VALUE is completed */
    const char *const *words; /* the only values there are, NULL-terminated; NULL: any */
    const char *summary;      /* one line, no capital, no full stop */
};

/* Which words are a program to run, and are left alone from there on. */
enum rest {
    REST_NONE,
    REST_AFTER_WORD,   /* all after the first word (and a "--" behind it) */
    REST_AFTER_DASHES, /* all after "--" */
};

struct args;

struct command {
    const char *name;
    const char *alias;            /* or NULL */
    const char *summary;          /* one line, no capital, no full stop */
    const char *usage;            /* the words it takes: "[FILE]"; "" for none */
    const char *about;            /* some lines for its help, each ended by a newline; or NULL */
    const struct option *options; /* N of them, without --help, which all have */
    size_t n;
    enum operand operand;     /* what its words are */
    const char *const *words; /* of OPERAND_WORDS, else of the first alone; NULL-terminated */
    unsigned min, max;        /* how many words */
    enum rest rest;
    int (*run)(const struct args *args); /* gives the exit status */
};

#define OPTIONS(table) .options = (table), .n = sizeof(table) / sizeof((table)[0])

#define OPTION_JSON(what)                                                                          \
    {                                                                                              \
        OPT_JSON, 0, "json", .summary = (what)                                                     \
    }
#define OPTION_QUIET(what)                                                                         \
    {                                                                                              \
        OPT_QUIET, 'q', "quiet", .summary = (what)                                                 \
    }
#define OPTION_VERBOSE(what)                                                                       \
    {                                                                                              \
        OPT_VERBOSE, 'v', "verbose", .summary = (what)                                             \
    }
#define OPTION_NAME                                                                                \
    {                                                                                              \
        OPT_NAME, 0, "name", "NAME", OPERAND_TEXT,                                                 \
            .summary = "name the lab NAME, whatever the file says"                                 \
    }
#define OPTION_SET                                                                                 \
    {                                                                                              \
        OPT_SET, 0, "set", "KEY=VALUE", OPERAND_TEXT,                                              \
            .summary = "set a variable of the topology; again for another"                         \
    }
#define OPTION_LAB                                                                                 \
    {                                                                                              \
        OPT_LAB, 'l', "lab", "LAB", OPERAND_LAB,                                                   \
            .summary = "the lab (default: $NSLAB_LAB, or the only one that runs)"                  \
    }

/* Every command, NULL at the end, in the order that help shows them. */
extern const struct command *const commands[];

extern const struct option option_help;

/* By name or alias; NULL if there is none. */
const struct command *command_find(const char *name);

/* Says that there is no command WORD, and the nearest there is; gives NSLAB_WRONG. */
int command_unknown(const char *word);

/* A command's option, --help too; NULL if it has none of that name or letter. */
const struct option *command_find_option(const struct command *command, const char *name,
                                         size_t len);
const struct option *command_find_letter(const struct command *command, char letter);
