// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * A few threads that share a counter: each takes the next few items until the counter has passed
 * the last. The caller's thread does none of the work, as threads of a crew may leave its network
 * namespace; it waits and tells of the progress, or does what needs no namespace.
 */
#include "lab/crew.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <time.h>

#define PROGRESS_NS 20000000

struct crew {
    const struct crew_job *job;
    atomic_uint next, done;
    pthread_mutex_t lock;
    pthread_cond_t ended; /* a thread has ended: RUNNING changed */
    unsigned running;
};

static void *thread_main(void *arg)
{
    struct crew *crew = arg;
    crew->job->body(crew, crew->job->arg);
    pthread_mutex_lock(&crew->lock);
    crew->running--;
    pthread_cond_signal(&crew->ended);
    pthread_mutex_unlock(&crew->lock);
    return NULL;
}

/* As many threads as the processors and the work ask for. */
static unsigned threads_wanted(const struct crew_job *job)
{
    long cpus = sysconf(_SC_NPROCESSORS_ONLN);
    uint32_t n = (job->items + job->chunk - 1) / job->chunk;
    if (cpus < 1)
        cpus = 1;
    if (n > (uint32_t)cpus)
        n = (uint32_t)cpus;
    return n < CREW_THREADS_MAX ? n : CREW_THREADS_MAX;
}

static void report(const struct crew *crew)
{
    const struct crew_job *job = crew->job;
    if (job->progress)
        job->progress(job->progress_arg, atomic_load(&crew->done));
}

/* Until a thread ends, for PROGRESS_NS at most. */
static void wait_a_while(struct crew *crew)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_nsec += PROGRESS_NS;
    until.tv_sec += until.tv_nsec / 1000000000;
    until.tv_nsec %= 1000000000;
    pthread_cond_clockwait(&crew->ended, &crew->lock, CLOCK_MONOTONIC, &until);
}

static void wait_for_all(struct crew *crew)
{
    const struct crew_job *job = crew->job;
    bool busy = job->aside;
    pthread_mutex_lock(&crew->lock);
    while (crew->running) {
        if (!busy)
            wait_a_while(crew);
        pthread_mutex_unlock(&crew->lock);
        busy = busy && job->aside(job->aside_arg);
        report(crew);
        pthread_mutex_lock(&crew->lock);
    }
    pthread_mutex_unlock(&crew->lock);
}

/* Starts up to WANTED threads; how many there are. */
static unsigned start(struct crew *crew, pthread_t *threads, unsigned wanted, int *ret_code)
{
    unsigned n = 0;
    pthread_mutex_lock(&crew->lock);
    while (n < wanted && *ret_code == 0) {
        *ret_code = -pthread_create(&threads[n], NULL, thread_main, crew);
        n += *ret_code == 0;
    }
    crew->running = n;
    pthread_mutex_unlock(&crew->lock);
    return n;
}

int crew_run(const struct crew_job *job, struct err *err)
{
    struct crew crew = {
        .job = job, .lock = PTHREAD_MUTEX_INITIALIZER, .ended = PTHREAD_COND_INITIALIZER};
    pthread_t threads[CREW_THREADS_MAX];
    int code = 0;
    report(&crew);
    unsigned n = start(&crew, threads, threads_wanted(job), &code);
    wait_for_all(&crew);
    for (unsigned i = 0; i < n; i++)
        pthread_join(threads[i], NULL);
    report(&crew);
    pthread_cond_destroy(&crew.ended);
    pthread_mutex_destroy(&crew.lock);
    return code < 0 && n == 0 ? err_sys(err, code, "starting a thread") : 0;
}

bool crew_take(struct crew *crew, uint32_t *ret_first, uint32_t *ret_n)
{
    const struct crew_job *job = crew->job;
    uint32_t first = atomic_fetch_add(&crew->next, job->chunk);
    if (first >= job->items)
        return false;
    *ret_first = first;
    *ret_n = job->items - first < job->chunk ? job->items - first : job->chunk;
    return true;
}

void crew_done(struct crew *crew, uint32_t n)
{
    atomic_fetch_add(&crew->done, n);
}

void crew_stop(struct crew *crew)
{
    atomic_store(&crew->next, crew->job->items);
}
