// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "base/err.h"

/*
 * What a lab in the making tells the process that asked for it, over a socket pair, one message a
 * packet. The other end being open is what a tied lab, and any lab that is being built, lives by.
 */
enum talk_kind { TALK_PROGRESS, TALK_READY, TALK_FAILED };

struct talk {
    enum talk_kind kind;
    uint32_t done, all; /* progress */
    char phase[32];
    struct err err; /* failure */
};

/* A pair of ends, ENDS[0] for who asked. */
int talk_open(int ends[2]);

/* Never waits: progress that finds no room is dropped, that in the middle of a phase first. */
void talk_progress(int fd, const char *phase, uint32_t done, uint32_t all);
void talk_ready(int fd);
void talk_failed(int fd, const struct err *err);

/* Where memory runs out in this process, that is what failed. */
void talk_last_words(int fd);

/* Waits for the next one. -EPIPE: there are no more, the other side is gone. */
int talk_read(int fd, struct talk *ret);

/* The one thing said the other way: the lab is to live on by itself. */
void talk_detach(int fd);

/* Reads what came the other way: true for a detach, false for an end that was closed. */
bool talk_detached(int fd);
