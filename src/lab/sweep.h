// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "lab/state.h"

/*
 * Waits until lab S, which is on its way out, is gone, and clears away what is left of it.
 * 0: it is gone, S is good for nothing more. -EBUSY, without a word in ERR: it lives (it is being
 * built, it runs; where STOPPING_TOO is false also: its programs have some time to end). Any other
 * error: it does not go away, in a text for the user.
 */
int sweep_lab(struct state *s, bool stopping_too, struct err *err);

/* The same with S's lock held already, all its processes being on their way out. */
int sweep_locked(struct state *s, struct err *err);

/* Clears away what dead labs left in ROOT. What cannot be is left to the next time. */
void sweep_all(const char *root);
