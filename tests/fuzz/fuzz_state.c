// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * Any bytes as each file of a lab's directory: what was torn by a full disk or written by another
 * version is an error, or as much as can be made out.
 */
#include <fcntl.h>
#include <sys/mman.h>

#include "fuzz.h"
#include "lab/cables.h"
#include "lab/list.h"
#include "lab/outside.h"
#include "lab/roster.h"
#include "lab/tests.h"
#include "netlink/rtnl_saved.h"

static const struct state *open_state(void)
{
    static struct state state = {.root = "/", .name = "fuzz", .dir = -1, .lock = -1};
    static char folder[] = "/tmp/nslab-fuzz-XXXXXX";
    if (state.dir < 0) {
        HOLDS(mkdtemp(folder));
        state.dir = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        HOLDS(state.dir >= 0);
    }
    return &state;
}

static void check_roster(const struct state *s)
{
    struct err err = {0};
    CLEAN_ROSTER struct roster roster = {0};
    if (roster_read(s, &roster, &err))
        return;
    for (uint32_t i = 0; i < roster.n; i++) {
        HOLDS(*roster.nodes[i].name);
        HOLDS(roster_number(&roster, roster.nodes[i].name) <= i);
        HOLDS(roster_find(&roster, roster.nodes[i].netns));
    }
    roster_check(&roster, s, "r1", &err);
}

static void check_cables(const struct state *s)
{
    struct arena *arena = arena_new();
    struct cables cables;
    struct err err = {0};
    size_t bytes = 0;
    if (cables_read(s, arena, &cables, &err)) {
        arena_free(arena);
        return;
    }
    uint8_t *picked = arena_alloc(arena, cables.n + 1);
    for (uint32_t i = 0; i < cables.n; i++) {
        const struct cable *cable = &cables.v[i];
        bytes += strlen(cable->ends[0].name) + strlen(cable->ends[1].name);
        for (const char *label = cable->labels; *label; label += strlen(label) + 1)
            bytes += strlen(label);
    }
    cables_pick(&cables, "fuzz", "r1-r2,a=b,h*-*", picked, &err);
    HOLDS(bytes < 1 << 24);
    arena_free(arena);
}

static int take_line(void *arg, const struct outside_line *line)
{
    unsigned *n = arg;
    HOLDS(line->kind && line->what && line->want && line->was);
    HOLDS(!strpbrk(line->what, "\t\n") && !strpbrk(line->want, "\t\n"));
    ++*n;
    return 0;
}

static void check_journal(const uint8_t *data, size_t size)
{
    unsigned n = 0;
    CLEAN_FD int fd = memfd_create("journal", MFD_CLOEXEC);
    HOLDS(fd >= 0 && !fd_write_all(fd, (const char *)data, size));
    for (enum outside_kind kind = 0; kind < OUTSIDE_KIND_COUNT; kind++)
        HOLDS(outside_each(fd, kind, take_line, &n) == 0);
    HOLDS(n <= size);
}

static void check_saved(const uint8_t *data, size_t size)
{
    struct rtnl_link link = {0};
    char *saved = aligned_alloc(16, (size + 16) & ~(size_t)15);
    HOLDS(saved);
    memcpy(saved, data, size);
    if (rtnl_saved_link(saved, size, &link))
        HOLDS(!link.name || strlen(link.name) < size);
    free(saved);
}

static void check_json(const struct state *s)
{
    struct err err = {0};
    json_t *json = NULL;
    if (!list_describe(s, NULL, &json, &err))
        HOLDS(json);
    json_decref(json);
    json = NULL;
    if (!tests_read(s, &json, &err))
        HOLDS(json_is_array(json));
    json_decref(json);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const files[] = {STATE_NODES,       STATE_LINKS,  STATE_TESTS,
                                        STATE_DESCRIPTION, STATE_KEEPER, STATE_OUTSIDE};
    const struct state *s = open_state();
    struct proc_id id;
    for (size_t i = 0; i < ARRAY_SIZE(files); i++)
        HOLDS(!state_write(s, files[i], (const char *)data, size, 0600));
    check_roster(s);
    check_cables(s);
    check_json(s);
    check_journal(data, size);
    check_saved(data, size);
    if (!state_read_proc(s, STATE_KEEPER, &id))
        HOLDS(id.pid > 0);
    HOLDS(size || outside_holds(s->dir, STATE_OUTSIDE, OUTSIDE_LINK, "/run/netns/r1") <= 0);
    return 0;
}
