// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * From a file's bytes to a model, or to a list of what is wrong with it. Inheritance (defaults,
 * profiles) is done on the document, where positions are; then the tables read what results.
 */
#include "model/load.h"

#include <string.h>

#include "base/memory.h"
#include "model/names.h"

void load_about(struct loader *l, const struct node *node)
{
    l->r.diags->about = node && node->ranged ? node->name : NULL;
}

static void load_root(struct loader *l, const struct topo_options *options)
{
    const struct doc_node *root = NULL;
    struct diags *d = l->r.diags;
    doc_read(d->source, strlen(d->source), d, &root);
    if (root) {
        load_vars(l, root, options->set);
        struct reader r = load_reader(l);
        table_read(&r, &root_table, root, &l->root);
    } else if (!d->errors) {
        diag_error(d, (struct pos){1, 1, 1}, "the file is empty: a topology needs 'nodes'");
    }
}

/* The file's name without folder and ending. */
static const char *name_of_file(struct arena *arena, const char *file)
{
    const char *slash = strrchr(file, '/');
    const char *base = slash ? slash + 1 : file;
    const char *dot = strrchr(base, '.');
    return arena_strndup(arena, base, dot && dot > base ? (size_t)(dot - base) : strlen(base));
}

static const char *choose_name(struct loader *l)
{
    struct diags *d = l->r.diags;
    if (l->root.name.text)
        return l->root.name.text;
    const char *name = name_of_file(l->r.arena, d->file);
    if (!lab_name_valid(name)) {
        diag_error(d, (struct pos){1, 1, 1}, "the file's name does not make a lab's name: '%s'",
                   name);
        diag_help(d, "write `name: …` in the file, or give --name: a letter or digit, then "
                     "those, '_' and '-', at most 32");
    }
    return name;
}

static void load_graph(struct loader *l)
{
    load_nodes(l);
    load_links(l);
    load_devices(l);
    load_uplinks(l);
    load_segments(l);
    bool sound = !l->r.diags->errors; /* else next hops would be missed that are only misspelt */
    load_sysctls(l);
    load_finish_devices(l);
    if (sound) {
        load_routes(l);
        load_uplink_routes(l);
        load_firewalls(l);
        load_programs(l);
        load_service_order(l);
        load_tests(l);
    }
    if (!l->r.diags->errors)
        load_paths(l);
    load_check(l);
}

/* What grew while the file was read goes where the model is. */
static void settle(struct loader *l)
{
    struct topo *topo = l->topo;
    map_settle(&topo->by_name, topo->arena);
    vec_settle(topo->arena, &topo->nodes);
    vec_settle(topo->arena, &topo->links);
    VEC_EACH (struct node *, it, &topo->nodes)
        vec_settle(topo->arena, &(*it)->ifaces);
}

static const struct topo_options no_options;

struct topo *topo_load(struct diags *diags, const struct topo_options *options)
{
    struct arena *arena = diags->arena;
    struct loader l = {.r = {.diags = diags, .arena = arena}, .scratch = arena_new()};
    options = options ? options : &no_options;
    l.topo = arena_new_of(arena, struct topo);
    *l.topo = (struct topo){.arena = arena, .file = diags->file};
    map_init(&l.topo->by_name, l.scratch);
    map_init(&l.memory, l.scratch);
    map_init(&l.lent, l.scratch);
    map_init(&l.sources, l.scratch);
    map_init(&l.services, l.scratch);
    l.r.memory = &l.memory;
    load_root(&l, options);
    if (l.root.nodes.node) {
        l.topo->name = options->name ? options->name : choose_name(&l);
        l.topo->description = l.root.description.text;
        load_graph(&l);
        settle(&l);
    }
    arena_free(l.scratch);
    diags_sort(diags);
    return diags->errors ? NULL : l.topo;
}

const char *topo_peek_name(struct diags *diags)
{
    struct loader l = {.r = {.diags = diags, .arena = diags->arena}, .scratch = diags->arena};
    const struct doc_node *root = NULL;
    doc_read(diags->source, strlen(diags->source), diags, &root);
    const struct doc_node *name = doc_get(root, "name");
    if (name) {
        load_vars(&l, root, NULL);
        name = reader_expand(&l.r, name);
    }
    const char *text = name && name->kind == DOC_SCALAR && !doc_is_nothing(name)
                           ? name->text
                           : name_of_file(diags->arena, diags->file);
    return lab_name_valid(text) ? text : NULL;
}

char *topo_schema_text(void)
{
    json_t *schema =
        schema_describe(&root_table, "urn:nslab:topology:1", "nslab topology, version 1");
    char *text = json_dumps(schema, JSON_INDENT(2) | JSON_PRESERVE_ORDER);
    json_decref(schema);
    return strcat(memory_resize(text, strlen(text) + 2), "\n");
}
