// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * What nslab adds to reading YAML: FILE is read, checked and planned, beside libyaml's bare event
 * loop over the same bytes. Prints seconds, and the bytes that model and plan hold beyond the
 * document.
 *
 *     bench-load FILE
 */
#include <stdio.h>
#include <time.h>
#include <yaml.h>

#include "doc/doc.h"
#include "plan/plan.h"

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

/* The document alone, or all of it; seconds, and *RET_BYTES of the arena. */
static double read_file_as(const char *file, const char *text, bool all, size_t *ret_bytes)
{
    struct diags diags;
    const struct doc_node *root;
    diags_init(&diags, arena_new(), file, text);
    double start = now();
    const struct topo *topo = all ? topo_load(&diags, NULL) : NULL;
    if (topo)
        plan_new(topo);
    else
        doc_read(text, strlen(text), &diags, &root);
    double took = now() - start;
    *ret_bytes = arena_size(diags.arena);
    arena_free(diags.arena);
    return all && !topo ? -1 : took;
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
    const char *text = argc == 2 ? read_file(argv[1]) : NULL;
    size_t document_bytes, all_bytes;
    if (!text) {
        fprintf(stderr, "usage: %s FILE\n", argv[0]);
        return 2;
    }
    double start = now();
    bool ok = read_events(text, strlen(text));
    double events = now() - start;
    double document = read_file_as(argv[1], text, false, &document_bytes);
    double plan = read_file_as(argv[1], text, true, &all_bytes);
    if (!ok || plan < 0) {
        fprintf(stderr, "%s: not a valid topology\n", argv[1]);
        return 1;
    }
    printf("events %.5f\ndocument %.5f\nplan %.5f\nbytes %zu\n", events, document, plan,
           all_bytes - document_bytes);
    return 0;
}
