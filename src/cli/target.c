// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * From words to what they mean. A word for a lab is taken for a file when it looks like one (a
 * slash, or .yaml or .yml at the end), or when there is a file of that name and no lab.
 */
#include "target.h"

#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int target_file(const char *word, const char **ret)
{
    static const char *const names[] = {"nslab.yaml", "topology.yaml"};
    if (word) {
        *ret = word;
        return 0;
    }
    for (size_t i = 0; i < COUNT(names); i++) {
        if (!access(names[i], F_OK)) {
            *ret = names[i];
            return 0;
        }
    }
    return fail(NSLAB_WRONG, "which topology? There is no nslab.yaml or topology.yaml here; "
                             "name the FILE");
}

int target_topology(const struct args *args, const char *file, nslab_topology **ret)
{
    struct nslab_error error;
    CLEAN_TOPOLOGY nslab_topology *topology = NULL;
    const struct nslab_read_options options = {args->values[OPT_NAME], args->set};
    int status = nslab_topology_read(file, &options, &topology, &error);
    if (status)
        return fail_error(status, file, &error);

    bool valid = nslab_topology_valid(topology);
    if (!valid || !args_has(args, OPT_QUIET)) {
        CLEAN_TEXT char *text = nslab_topology_diagnostics(topology, wants_colour(stderr));
        fputs(text, stderr);
    }
    if (!valid)
        return NSLAB_WRONG;
    *ret = topology;
    topology = NULL;
    return 0;
}

static bool ends_with(const char *text, const char *end)
{
    size_t n = strlen(text), m = strlen(end);
    return n >= m && !strcmp(text + n - m, end);
}

static bool looks_like_file(const char *word)
{
    return strchr(word, '/') || ends_with(word, ".yaml") || ends_with(word, ".yml");
}

static bool is_file(const char *word)
{
    struct stat st;
    return !stat(word, &st) && !S_ISDIR(st.st_mode);
}

static int list_labs(json_t **ret)
{
    struct nslab_error error;
    CLEAN_TEXT char *text = NULL;
    int status = nslab_list(&text, &error);
    if (status)
        return fail_error(status, NULL, &error);
    *ret = parse_json(text);
    return 0;
}

static bool lab_runs(const json_t *labs, const char *name)
{
    size_t i;
    json_t *lab;
    json_array_foreach(labs, i, lab)
    {
        if (!strcmp(get_text(lab, "name"), name))
            return true;
    }
    return false;
}

static int name_in_file(const char *file, char **ret)
{
    struct nslab_error error;
    int status = nslab_topology_peek_name(file, ret, &error);
    return status ? fail_error(status, file, &error) : 0;
}

static int only_lab(char **ret)
{
    CLEAN_JSON json_t *labs = NULL;
    int status = list_labs(&labs);
    if (status)
        return status;
    size_t n = json_array_size(labs);
    if (n == 1) {
        *ret = given(strdup(get_text(json_array_get(labs, 0), "name")));
        return 0;
    }
    if (!n)
        return fail(NSLAB_FAILED, "no lab runs (nslab up FILE brings one up)");

    fail(NSLAB_WRONG,
         "which lab? %zu run; name one (exec, shell, ps: -l LAB), or set NSLAB_LAB:", n);
    for (size_t i = 0; i < n; i++)
        fprintf(stderr, "  %s\n", get_text(json_array_get(labs, i), "name"));
    return NSLAB_WRONG;
}

int target_lab(const char *word, char **ret)
{
    if (!word) {
        const char *preset = getenv("NSLAB_LAB");
        word = preset && *preset ? preset : NULL;
    }
    if (!word)
        return only_lab(ret);
    if (looks_like_file(word))
        return name_in_file(word, ret);
    if (is_file(word)) {
        CLEAN_JSON json_t *labs = NULL;
        int status = list_labs(&labs);
        if (status)
            return status;
        if (!lab_runs(labs, word))
            return name_in_file(word, ret);
    }
    *ret = given(strdup(word));
    return 0;
}

int target_lab_option(const struct args *args, char **ret)
{
    return target_lab(args->values[OPT_LAB], ret);
}

bool target_is_pattern(const char *text)
{
    return strpbrk(text, ",*?[") != NULL;
}

static bool contains(const json_t *names, const char *name)
{
    size_t i;
    json_t *item;
    json_array_foreach(names, i, item)
    {
        if (!strcmp(json_string_value(item), name))
            return true;
    }
    return false;
}

/* Adds the nodes that ITEM stands for to NAMES. */
static int add_matches(const char *lab, const json_t *nodes, const char *item, json_t *names)
{
    size_t n = json_array_size(nodes), matches = 0;
    const char **known = given(calloc(n + 1, sizeof(*known)));
    for (size_t i = 0; i < n; i++) {
        known[i] = get_text(json_array_get(nodes, i), "name");
        if (fnmatch(item, known[i], 0))
            continue;
        matches++;
        if (!contains(names, known[i]))
            json_array_append_new(names, json_string(known[i]));
    }
    const char *near = matches ? NULL : nearest_word(item, known, n);
    free(known);
    if (matches)
        return 0;
    if (target_is_pattern(item))
        return fail(NSLAB_WRONG, "lab %s has no node that fits '%s'", lab, item);
    if (near)
        return fail(NSLAB_WRONG, "lab %s has no node '%s'; did you mean '%s'?", lab, item, near);
    return fail(NSLAB_WRONG, "lab %s has no node '%s' (nslab status -q %s lists them)", lab, item,
                lab);
}

int target_nodes(const char *lab, const char *text, json_t **ret)
{
    struct nslab_error error;
    CLEAN_TEXT char *described = NULL;
    int status = nslab_describe(lab, &described, &error);
    if (status)
        return fail_error(status, NULL, &error);

    CLEAN_JSON json_t *root = parse_json(described);
    CLEAN_JSON json_t *names = json_array();
    CLEAN_TEXT char *list = given(strdup(text));
    char *left = list;
    for (char *item = strsep(&left, ","); item; item = strsep(&left, ",")) {
        status = add_matches(lab, json_object_get(root, "nodes"), item, names);
        if (status)
            return status;
    }
    *ret = names;
    names = NULL;
    return 0;
}
