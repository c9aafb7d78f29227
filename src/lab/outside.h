// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "base/err.h"
#include "base/str.h"
#include "lab/state.h"

struct lent_doors; /* lent.h */

enum outside_kind {
    OUTSIDE_LINK,      /* WHAT is a symbolic link to WANT, made by us */
    OUTSIDE_DIRECTORY, /* WHAT is a directory, made by us */
    OUTSIDE_TABLE,     /* WHAT is a table of the host's firewall, of family inet, made by us */
    OUTSIDE_ENDS,      /* the host's ends of veth pairs whose alias is WHAT */
    OUTSIDE_LENT,      /* the interface WHAT is in a node; see lent.c */
    OUTSIDE_NUMBER,    /* the file WHAT holds the number WANT, written by us over WAS */
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
void outside_note_was(struct outside *o, enum outside_kind kind, const char *what, const char *want,
                      const char *was);
void outside_note_number(struct outside *o, const char *what, uint64_t want, uint64_t was);

/* Writes down what was noted. Only then may it be done. */
int outside_commit(struct outside *o);

/* The same, and then writes the numbers that were noted. Those that may not be written stay. */
int outside_commit_numbers(struct outside *o);

/* Whether the journal FILE in DIR holds this change: 1, 0, or what there was too little of to look
 * (err_is_shortage). */
int outside_holds(int dir, const char *file, enum outside_kind kind, const char *what);

/* A line of a journal. */
struct outside_line {
    char *kind, *what, *want, *was;
};

/* Calls FN for each line of KIND in the journal open as FD, the last first; a value other than 0
 * ends it and is returned. */
typedef int outside_line_fn(void *arg, const struct outside_line *line);
int outside_each(int fd, enum outside_kind kind, outside_line_fn *fn, void *arg);

/* Numbers are shared between labs, and so is /run/netns. Who looks at one or writes it, and its
 * line in a journal, holds this lock on ROOT, the labs' directory: a descriptor to be closed, or -1
 * where it is not to be had. */
int outside_lock(const char *root);

/* Whether another lab than S set the file WHAT to WANT, and over what: 1, 0 or a negative errno. */
int outside_find_number(const struct state *s, const char *what, uint64_t want, uint64_t *ret_was);

/* Puts back all that the journal of lab S, open as FD, tells of, the last change first, wherever it
 * still is as it was left, and takes the journal away. A number that another lab needs too is left
 * to that one to put back. Harmless when done twice, or when the changes never came about. What was
 * lent is fetched first (lent.h). Where that does not come back, or something runs out, the journal
 * stays, for a second try. */
int outside_undo(const struct state *s, int fd, const struct lent_doors *doors, struct err *err);
