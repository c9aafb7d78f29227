// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * What nslab adds to reading YAML: a file is read, checked and planned, beside libyaml's bare event
 * loop over the same bytes, several times over in turn. Prints medians and their ratio, and the
 * memory that is in use beyond the document's own, for each node.
 *
 *     bench-load FILE [ROUNDS]
 */
#include <malloc.h>
#include <stdio.h>
#include <time.h>
#include <yaml.h>

#include "doc/doc.h"
#include "plan/plan.h"

#define ROUNDS_MAX 100

/* One round, in seconds; memory in bytes. */
struct round {
    double events, document, plan;
    size_t document_bytes, all_bytes;
    unsigned nodes, links;
};

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static bool read_events(const char *text, size_t len)
{
    yaml_parser_t parser;
    yaml_event_t event;
    bool end = false, ok = yaml_parser_initialize(&parser);
    yaml_parser_set_input_string(&parser, (const unsigned char *)text, len);
    while (ok && !end) {
        ok = yaml_parser_parse(&parser, &event);
        end = ok && event.type == YAML_STREAM_END_EVENT;
        if (ok)
            yaml_event_delete(&event);
    }
    yaml_parser_delete(&parser);
    return ok;
}

static bool run(const char *file, const char *text, struct round *ret)
{
    struct diags diags;
    const struct doc_node *root;
    double start = now();
    if (!read_events(text, strlen(text)))
        return false;
    ret->events = now() - start;

    diags_init(&diags, arena_new(), file, text);
    start = now();
    doc_read(text, strlen(text), &diags, &root);
    ret->document = now() - start;
    ret->document_bytes = arena_size(diags.arena);
    arena_free(diags.arena);

    diags_init(&diags, arena_new(), file, text);
    start = now();
    const struct topo *topo = topo_load(&diags, NULL);
    if (topo)
        plan_new(topo);
    ret->plan = now() - start;
    ret->all_bytes = arena_size(diags.arena);
    ret->nodes = topo ? topo->nodes.n : 0;
    ret->links = topo ? topo->links.n : 0;
    arena_free(diags.arena);
    return topo != NULL;
}

static int by_value(const void *a, const void *b)
{
    const double *x = a, *y = b;
    return *x < *y ? -1 : *x > *y;
}

static double median(const struct round *rounds, int n, size_t offset)
{
    double values[ROUNDS_MAX];
    for (int i = 0; i < n; i++)
        values[i] = *(const double *)((const char *)&rounds[i] + offset);
    qsort(values, (size_t)n, sizeof(*values), by_value);
    return values[n / 2];
}

static char *read_file(const char *file)
{
    static char text[64 << 20];
    FILE *f = fopen(file, "r");
    size_t len = f ? fread(text, 1, sizeof(text) - 1, f) : 0;
    text[len] = '\0';
    if (f)
        fclose(f);
    return len ? text : NULL;
}

int main(int argc, char **argv)
{
    static struct round rounds[ROUNDS_MAX];
    int n = argc > 2 ? atoi(argv[2]) : 7;
    char *text = argc > 1 ? read_file(argv[1]) : NULL;
    if (!text || n < 1 || n > ROUNDS_MAX) {
        fprintf(stderr, "usage: %s FILE [ROUNDS]\n", argv[0]);
        return 2;
    }
    for (int i = 0; i < n; i++) {
        if (!run(argv[1], text, &rounds[i])) {
            fprintf(stderr, "%s: not a valid topology\n", argv[1]);
            return 1;
        }
    }
    double events = median(rounds, n, offsetof(struct round, events));
    double document = median(rounds, n, offsetof(struct round, document));
    double plan = median(rounds, n, offsetof(struct round, plan));
    const struct round *last = &rounds[n - 1];
    printf("%u nodes, %u links, %d rounds, medians in seconds\n", last->nodes, last->links, n);
    printf("  events    %.4f\n  document  %.4f\n  plan      %.4f\n", events, document, plan);
    printf("ratios\n  plan/events                    %.2f  at most 3: %s\n", plan / events,
           plan <= 3 * events ? "met" : "MISSED");
    size_t beyond = (last->all_bytes - last->document_bytes) / last->nodes;
    printf("  bytes a node beyond document   %zu  at most 1024: %s\n", beyond,
           beyond <= 1024 ? "met" : "MISSED");
    return 0;
}
