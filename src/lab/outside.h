// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "base/err.h"
#include "base/str.h"

enum outside_kind {
    OUTSIDE_LINK,      /* WHAT is a symbolic link to WANT, made by us */
    OUTSIDE_DIRECTORY, /* WHAT is a directory, made by us */
    OUTSIDE_KIND_COUNT,
};

/* The journal of a lab: what is about to be changed, then what was. */
struct outside {
    int fd;
    struct str pending; /* noted, not yet written */
};

#define CLEAN_OUTSIDE CLEANUP(outside_done)

/* Opens FILE in directory DIR, making it where it is missing. */
int outside_open(int dir, const char *file, struct outside *ret);
void outside_done(struct outside *o);

/* Notes a change to come; WANT may be "". Neither may hold a tab or a newline. */
void outside_note(struct outside *o, enum outside_kind kind, const char *what, const char *want);

/* Writes down what was noted. Only then may it be done. */
int outside_commit(struct outside *o);

/* Whether the journal FILE in DIR holds this change. */
bool outside_holds(int dir, const char *file, enum outside_kind kind, const char *what);

/* Puts back all that the journal in FD tells of, the last change first, wherever it still is as
 * it was left. Harmless when done twice, or when the changes never came about. */
void outside_undo(int fd);
