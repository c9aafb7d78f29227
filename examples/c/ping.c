// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * nslab from C: reads a topology, builds it, pings from one of its nodes, takes it down, and says
 * how long it took.
 *
 *     make run
 *     ./ping FILE NODE ADDRESS
 */
#define _POSIX_C_SOURCE 200809L
#include <nslab.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static int fail(const struct nslab_error *error)
{
    fprintf(stderr, "ping: %s\n", error->text);
    return EXIT_FAILURE;
}

/* What is wrong with FILE goes to stderr; NULL then. */
static nslab_topology *read_topology(const char *file)
{
    nslab_topology *topology;
    struct nslab_error error;
    char lab[32];
    snprintf(lab, sizeof(lab), "c-example-%d", (int)getpid());
    const struct nslab_read_options options = {.name = lab};
    if (nslab_topology_read(file, &options, &topology, &error)) {
        fail(&error);
        return NULL;
    }
    if (nslab_topology_valid(topology))
        return topology;
    char *text = nslab_topology_diagnostics(topology, false);
    fputs(text, stderr);
    free(text);
    nslab_topology_free(topology);
    return NULL;
}

/* Builds it, tied to this process: should we die, the lab dies with us. */
static int ping(const nslab_topology *topology, char *node, char *address)
{
    const char *lab = nslab_topology_name(topology);
    struct nslab_error error;
    double start = now();
    int tie, status;
    if (nslab_up(topology, &(struct nslab_up_options){.tied = true}, &tie, &error))
        return fail(&error);
    printf("%u nodes and %u links up in %.0f ms\n", nslab_topology_nodes(topology),
           nslab_topology_links(topology), (now() - start) * 1000);
    fflush(stdout);

    char *argv[] = {"ping", "-c", "1", "-W", "2", address, NULL};
    if (nslab_exec(lab, node, argv, NULL, &status, &error))
        status = fail(&error);

    start = now();
    if (nslab_down(lab, 1000, NULL, &error))
        status = fail(&error);
    close(tie);
    printf("down in %.0f ms\n", (now() - start) * 1000);
    return status;
}

int main(int argc, char **argv)
{
    if (argc != 4) {
        fprintf(stderr, "usage: %s FILE NODE ADDRESS\n", argv[0]);
        return EXIT_FAILURE;
    }
    nslab_topology *topology = read_topology(argv[1]);
    if (!topology)
        return EXIT_FAILURE;
    int status = ping(topology, argv[2], argv[3]);
    nslab_topology_free(topology);
    return status;
}
