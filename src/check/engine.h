// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "base/vec.h"
#include "check/probe.h"

/*
 * Many probes at a time, in one thread: what a kind of probe is, and what they share. A kind is
 * told three things: open your sockets, here in the node; your time has come; your socket has
 * something. It says when its time comes next, or that it is done.
 */
struct engine;
struct job;

/* What epoll tells of. First in what has a socket. */
struct source {
    void (*ready)(struct engine *e, struct source *source, uint32_t events);
};

struct probe_ops {
    unsigned fds; /* that a job needs for itself */

    /* In the network namespace of the job's node; of a stream's peer at the second call. A failure
     * ends the job alone. 0 or a negative errno. */
    int (*open)(struct engine *e, struct job *job);
    int (*open_peer)(struct engine *e, struct job *job); /* or NULL */

    /* Its time has come: at the start, too. */
    void (*tick)(struct engine *e, struct job *job);

    /* Its socket FD, registered with engine_watch, is ready. NULL where it has none. */
    void (*ready)(struct engine *e, struct job *job, uint32_t events);

    void (*close)(struct job *job); /* lets go of what is in U; or NULL */
};

extern const struct probe_ops probe_echo, probe_connect, probe_datagram, probe_route, probe_stream;

void echo_close_sockets(struct engine *e);

struct echo_job; /* echo.c */
struct stream_job;

struct job {
    struct source source;
    const struct probe *probe;
    struct probe_outcome *out;
    const struct probe_ops *ops;
    int fd; /* -1: none */
    bool done;
    int64_t when;    /* its time, engine_now; INT64_MAX: none */
    int64_t started; /* the first packet of these tries */
    uint32_t turn;   /* how often time went by */
    uint32_t pressed;
    union {
        struct echo_job *echo;
        struct stream_job *stream;
    };
};

#define SCRATCH_SIZE (256 << 10)

struct timer {
    int64_t when;
    uint32_t job;
};

struct engine {
    struct arena *arena;
    int epoll;
    struct job *jobs;
    uint32_t n, left; /* all of this turn, and those that are not done */
    int64_t began;
    struct timer *heap;
    uint32_t heap_n, heap_cap;
    uint32_t budget;    /* packets that may be sent before others are answered */
    int64_t budget_at;  /* when it was full last */
    int64_t pressed_at; /* when the kernel had no room for another neighbour; 0: never */
    uint32_t front;     /* all jobs before this one are done */
    struct echo_socket *echo_sockets;
    uint8_t *scratch; /* SCRATCH_SIZE bytes, nobody's between two calls */
};

/* Nanoseconds that never run backwards; and those of the day, by which the kernel stamps packets.
 */
int64_t engine_now(void);
int64_t engine_clock(void);

#define MS INT64_C(1000000) /* in nanoseconds */

/* The time of JOB comes at WHEN. */
void engine_set_timer(struct engine *e, struct job *job, int64_t when);
void engine_finish(struct engine *e, struct job *job, enum probe_verdict verdict);

/* A packet was sent; something was answered. */
void engine_sent(struct engine *e);
void engine_answered(struct engine *e);

/*
 * The machine's neighbour tables, which all namespaces share, have no room for what JOB sends. Its
 * time comes again when they may have; or it is done, where that was too often so.
 */
void engine_press(struct engine *e, struct job *job);

/* Whether they had none since JOB began, and it may wait longer: an answer may be missing for want
 * of room at the other end. */
bool engine_was_pressed(const struct engine *e, const struct job *job);

/* JOB is done, as sending brought CODE (negative errno). */
void engine_refused(struct engine *e, struct job *job, int code);

/* Asks epoll for EVENTS of FD. */
int engine_watch(struct engine *e, int fd, struct source *source, uint32_t events);

/* Runs until all jobs are done. KEEPER, a pidfd (-1: none): what must not end meanwhile. */
int engine_run(struct engine *e, int keeper, struct err *err);
