// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/* Variables. Each may refer to those before it; what is said beside the file is taken as it is. */
#include <string.h>

#include "model/load.h"

/* The value of KEY in SET, or NULL. The last one counts. */
static const char *find_setting(const char *const *set, const char *key)
{
    const char *value = NULL;
    size_t len = strlen(key);
    for (; set && *set; set++) {
        if (strncmp(*set, key, len) == 0 && (*set)[len] == '=')
            value = *set + len + 1;
    }
    return value;
}

static void report_unknown(struct loader *l, const char *setting)
{
    size_t len = strcspn(setting, "=");
    const char **words = arena_alloc(l->r.arena, (l->vars.n + 1) * sizeof(*words));
    for (uint32_t i = 0; i < l->vars.n; i++)
        words[i] = l->vars.parts[i].name;
    const char *key = arena_strndup(l->r.arena, setting, len);
    if (!setting[len]) {
        diag_error(l->r.diags, (struct pos){0}, "--set %s: expected KEY=VALUE", setting);
        return;
    }
    diag_error(l->r.diags, (struct pos){0}, "--set %s: the file has no variable '%s'", setting,
               key);
    if (!diag_help_nearest(l->r.diags, key, words, l->vars.n))
        diag_help(l->r.diags, "variables have their value in the file first: vars: {%s: …}", key);
}

static void check_settings(struct loader *l, const char *const *set)
{
    for (; set && *set; set++) {
        size_t len = strcspn(*set, "=");
        bool known = false;
        for (uint32_t i = 0; i < l->vars.n; i++)
            known = known || (strncmp(l->vars.parts[i].name, *set, len) == 0 &&
                              !l->vars.parts[i].name[len] && (*set)[len]);
        if (!known)
            report_unknown(l, *set);
    }
}

void load_vars(struct loader *l, const struct doc_node *root, const char *const *set)
{
    struct map_value vars = {0};
    const struct doc_node *written = doc_get(root, "vars");
    struct reader r = load_reader(l);
    if (written)
        type_read(&r, &type_vars, written, &vars);
    const struct text_value *values = vars.v;
    struct part *parts = arena_alloc(l->scratch, (vars.n + 1) * sizeof(*parts));
    l->vars.parts = parts;
    l->r.scope = &l->vars;
    for (uint32_t i = 0; i < vars.n; i++) {
        const char *name = vars.keys[i].text;
        if (!name || !values[i].text)
            continue;
        const char *text = find_setting(set, name);
        if (!text)
            text = expand_text(l->r.diags, &l->vars, values[i].text, values[i].pos);
        parts[l->vars.n++] = (struct part){name, text ? text : "1"};
    }
    check_settings(l, set);
}
