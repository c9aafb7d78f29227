// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include <stdbool.h>
#include <sys/types.h>
#include <termios.h>

/* The terminal that a program in a node is given, and that comes back. */
struct terminal {
    int fd; /* -1: none, the program stays in the caller's process group */
    bool given;
    pid_t program;        /* its process group */
    struct termios modes; /* as they were found */
};

/* IN where IN and OUT are the controlling terminal and the caller is in the foreground. */
struct terminal terminal_find(int in, int out);

/* The program's part, in the program: a process group of its own, in the foreground. */
void terminal_enter(int fd);

/* It was given to process group PROGRAM, by terminal_enter; or is given to it again, where the
 * caller is in the foreground now. */
void terminal_given(struct terminal *t, pid_t program);
void terminal_give_again(struct terminal *t);
void terminal_take_back(struct terminal *t);

/* Stops the caller's process group, as Ctrl-Z would have, until it is continued. */
void terminal_stop(const struct terminal *t);

/* The program was ended by SIG: does for the caller's process group what the terminal would have
 * done had all been one, and puts the modes back. */
void terminal_program_killed(const struct terminal *t, int sig);
