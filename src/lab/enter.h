// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include <signal.h>

#include "lab/door.h"

/* A program that is to run in a node. */
struct enter {
    const struct state *state;
    const struct door *door;
    const char *node;
    char *const *argv;
    const char *directory; /* to start in, or / where it is not there */
    int streams[3];        /* in place of 0, 1 and 2 */
    int terminal;          /* which the program is to have to itself, or -1 */
    const sigset_t *mask;  /* of signals, as the program is to have it */
};

/* What the helper tells. */
enum enter_kind {
    ENTER_STARTED, /* VALUE: its number; also that of its process group, with a terminal */
    ENTER_STOPPED, /* by signal VALUE */
    ENTER_ENDED,   /* with wait status VALUE */
    ENTER_FAILED,  /* ERR says why the program could not be started */
};

struct enter_news {
    enum enter_kind kind;
    int value;
    struct err err;
};

/*
 * Starts a helper that runs the program and sends news through SOCKET, one a packet; sent to it
 * are signals for the program, an int each. The program dies when SOCKET is closed, and the helper
 * then ends. Its end is SOCKET's end; it is a child of the caller, *RET_HELPER.
 */
int enter_start(const struct enter *e, int *ret_socket, pid_t *ret_helper, struct err *err);
