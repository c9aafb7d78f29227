// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include <sys/resource.h>

#include "model/programs.h"

/* A program that the keeper starts in a node. All of it is borrowed. */
struct program {
    const char *lab, *node;
    int mnt, net;               /* the node's namespaces */
    char *const *argv;          /* NULL-terminated */
    const env_list *env[2];     /* the second over the first; NULL: none */
    const char *user;           /* NULL: root */
    const char *directory;      /* NULL: / */
    int out;                    /* in place of its stdout and stderr; -1: thrown away */
    const struct rlimit *files; /* its limit of open files */
};

/* Moves the calling process, which has one thread, into the namespaces of NODE (mount and network;
 * -1: it stays in its own), and gives it the node's name. */
int program_enter(int mnt, int net, const char *node, struct err *err);

/*
 * Starts it as leader of a session of its own, with nothing of the keeper's: signals, limit of open
 * files, umask, environment and standard input (/dev/null) are as a program expects them. Gives its
 * number, or a negative errno. *RET_STARTED is to be polled for reading, and then to be handed to
 * program_started; it is the caller's to close.
 */
pid_t program_start(const struct program *p, int *ret_started, struct err *err);

/* Whether it became the program: 0, or why it did not, in ERR. -EAGAIN: not known yet. */
int program_started(int started, struct err *err);

/* "COMMAND WORD …" with the quotes that a shell needs. */
void program_text(char *const *argv, struct str *out);

/* How it ended, in words: "ended with 1", "was killed by SIGSEGV". */
#define PROGRAM_END_MAX 48
const char *program_end(int status, char buf[PROGRAM_END_MAX]);
