// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * Any bytes as a topology file: read, checked, planned and printed in all ways. Whatever the bytes
 * are, the answer is a model or a list of errors, never a crash, a leak or a hang.
 */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "model/model.h"
#include "plan/plan.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void plan_it(const struct topo *topo)
{
    static const enum plan_format formats[] = {PLAN_TEXT, PLAN_SH, PLAN_JSON};
    const struct plan *plan = plan_new(topo);
    for (size_t i = 0; i < ARRAY_SIZE(formats); i++) {
        char *text = plan_print(plan, formats[i]);
        if (!text || !*text)
            abort();
        free(text);
    }
}

/* A model or errors, one of the two and not both. */
static void load_it(const char *source, struct arena *arena)
{
    struct diags diags;
    struct str said CLEAN_STR = {0};
    diags_init(&diags, arena, "fuzz.yaml", source);
    const struct topo *topo = topo_load(&diags, NULL);
    if ((topo == NULL) != (diags.errors > 0))
        abort();
    diags_print_text(&diags, true, &said);
    if (topo)
        plan_it(topo);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *source = malloc(size + 1);
    struct arena *arena = arena_new();
    if (!source)
        abort();
    memcpy(source, data, size);
    source[size] = '\0';
    load_it(source, arena);
    arena_free(arena);
    free(source);
    return 0;
}
