// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include <jansson.h>

#include "check/book.h"
#include "check/probe.h"
#include "lab/cables.h"
#include "model/tests.h"

/*
 * A test of a lab that runs, and what became of it. It is a test of every pair of its ends in every
 * family: it holds where all of them do, with `not` where none of them does. Each pair is a shot.
 */
struct range { /* what trials look things up in */
    const struct state *state;
    const struct roster *roster;
    const struct book *book;
    const struct cables *cables;
    struct arena *arena;
};

struct shot {
    struct probe probe;
    const char *from, *to; /* as they are named; TO may be "" */
    const char *lacking;   /* why it cannot be asked; NULL: it can */
    const char *seen;      /* set by trial_judge */
    bool held;             /* so it was to be */
};

struct trial {
    const json_t *spec; /* as in lab/tests.h */
    enum test_kind kind;
    uint32_t within_ms;
    VEC(struct shot) shots; /* of the last try */
    int64_t slowest_ms;     /* of these, -1: they were not asked together */
    unsigned tries;
    int64_t started; /* procs_now_ms() of the first try */
    int64_t took_ms;
    bool held, over;
};

/* Of SPEC, one of tests_read's. */
void trial_init(struct trial *trial, const json_t *spec);

/* What has to be asked, by what RANGE knows now; not for runs. */
void trial_aim(struct trial *trial, const struct range *range);

/* Shot SHOT by what was answered; the others in their turn, and trial_count then. */
void trial_judge(struct trial *trial, struct shot *shot, const struct probe_outcome *outcome,
                 const struct range *range);

/* A shot that the caller judged, of node NAME. SEEN is in the arena. */
void trial_add_shot(struct trial *trial, const struct range *range, const char *name, bool held,
                    const char *seen);

/* Whether it holds, of the shots of this try. */
void trial_count(struct trial *trial);

/*
 * {"name" (absent: none), "test", "words", "file", "line", "column", "ok", "seconds", "tries",
 *  "pairs", and where it is not ok "expected", "seen" (both in words), "failed": [{"from", "to",
 *  "seen"}], "nodes": [those concerned]}. New reference.
 */
json_t *trial_json(const struct trial *trial, const char *file);
