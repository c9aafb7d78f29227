// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * Any bytes as a topology file: read, checked, planned, printed in all ways, and written down as
 * a lab's directory has it. Whatever the bytes are, the answer is a model or a list of errors, one
 * of the two and not both.
 */
#include <ctype.h>
#include <jansson.h>

#include "fuzz.h"
#include "lab/cables.h"
#include "lab/describe.h"
#include "lab/firewall.h"
#include "lab/tests.h"
#include "model/model.h"
#include "plan/plan.h"

/* A range of a hundred names is as good as one of sixty thousand, which takes its time. */
static bool is_large(const char *source)
{
    for (const char *p = source; (p = strstr(p, "..")); p += 2) {
        const char *end = p + 2 + strspn(p + 2, " $(");
        size_t digits = strspn(end, "0123456789");
        if (digits > 2 || isalpha((unsigned char)*end) || strpbrk(end, "*") == end + digits)
            return true;
    }
    return false;
}

static void print(const struct plan *plan, enum plan_format format)
{
    char *text = plan_print(plan, format);
    HOLDS(text && *text);
    if (format == PLAN_JSON) {
        json_t *json = json_loads(text, 0, NULL);
        HOLDS(json_is_object(json));
        json_decref(json);
    }
    free(text);
}

/* Each operation has its place in the file, or none. */
static void check_plan(const struct diags *diags, const struct plan *plan)
{
    struct arena *arena = diags->arena;
    VEC_EACH (const struct op, op, &plan->ops) {
        fuzz_place(diags, op_pos(plan, op));
        HOLDS(*op_text(arena, plan, op));
    }
    print(plan, PLAN_TEXT);
    print(plan, PLAN_SH);
    print(plan, PLAN_JSON);
}

static void describe(const struct topo *topo)
{
    struct str text CLEAN_STR = {0};
    char *tests = tests_describe(topo);
    json_t *json = tests ? json_loads(tests, 0, NULL) : NULL;
    HOLDS(!tests || json_is_array(json));
    cables_describe(topo, &text);
    firewall_describe(topo, &text);
    json_decref(json);
    free(tests);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct diags diags;
    char *source = fuzz_text(data, size);
    if (is_large(source)) {
        free(source);
        return -1;
    }
    struct arena *arena = arena_new();
    diags_init(&diags, arena, "fuzz.yaml", source);
    const struct topo *topo = topo_load(&diags, NULL);
    HOLDS(!topo == (diags.errors > 0));
    fuzz_diags(&diags);
    if (topo) {
        check_plan(&diags, plan_new(topo));
        describe(topo);
    }
    arena_free(arena);
    free(source);
    return 0;
}
