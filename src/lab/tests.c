// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/* Tests as the lab's directory has them: the model's, in JSON, by the names of nodes. */
#include "lab/tests.h"

#include <string.h>
#include <sys/socket.h>

#include "base/units.h"
#include "model/tests.h"

static void set_text(json_t *object, const char *key, const char *text)
{
    if (text)
        json_object_set_new(object, key, json_string(text));
}

static json_t *end_json(const struct test_end *end)
{
    json_t *json = json_object();
    struct addr addr;
    bool literal = addr_parse(end->text, &addr);
    set_text(json, "name", end->text);
    set_text(json, "node", end->node ? end->node->name : NULL);
    set_text(json, "interface", end->iface && !literal ? end->iface->name : NULL);
    set_text(json, "address", literal ? end->text : NULL);
    if (end->of_all)
        json_object_set_new(json, "all", json_true());
    if (end->port)
        json_object_set_new(json, "port", json_integer(end->port));
    return json;
}

static json_t *ends_json(const test_ends *ends)
{
    json_t *list = json_array();
    VEC_EACH (const struct test_end, end, ends)
        json_array_append_new(list, end_json(end));
    return list;
}

static json_t *stops_json(const struct test *test)
{
    json_t *list = json_array();
    VEC_EACH (const struct test_stop, stop, &test->through) {
        json_t *nodes = json_array();
        VEC_EACH (const char *, node, &stop->nodes)
            json_array_append_new(nodes, json_string(*node));
        json_array_append_new(list, json_pack("{s:s, s:o}", "name", stop->text, "nodes", nodes));
    }
    return list;
}

static void add_ping(json_t *json, const struct test *test)
{
    json_t *more = json_pack("{s:i, s:b, s:i, s:i, s:f}", "size", (int)test->size, "df", test->df,
                             "count", (int)test->count, "interval", (int)test->interval_ms, "loss",
                             (double)test->loss_max / SHARE_WHOLE);
    json_object_update(json, more);
    json_decref(more);
}

static void add_route(json_t *json, const struct test *test)
{
    char buf[ADDR_TEXT_MAX];
    if (!test->to.n)
        set_text(json, "prefix",
                 test->prefix.addr.family ? prefix_text(&test->prefix, buf) : "default");
    if (test->via.text)
        json_object_set_new(json, "via", end_json(&test->via));
    set_text(json, "dev", test->dev);
}

static void add_bounds(json_t *json, const struct test *test)
{
    json_object_set_new(json, "min", json_integer((json_int_t)test->min));
    json_object_set_new(json, "max", json_integer((json_int_t)test->max));
    if (test->kind == TEST_RTT)
        json_object_set_new(json, "count", json_integer(test->count));
    else
        json_object_set_new(json, "for", json_integer(test->for_ms));
}

static void add_run(json_t *json, const struct test *test)
{
    json_t *words = json_array();
    for (char *const *word = test->argv; *word; word++)
        json_array_append_new(words, json_string(*word));
    json_object_set_new(json, "command", words);
    json_object_set_new(json, "exit", json_integer(test->exit));
    set_text(json, "output", test->output);
}

static void add_probe(json_t *json, const struct test *test)
{
    switch (test->kind) {
    case TEST_PING:
        add_ping(json, test);
        break;
    case TEST_TCP:
    case TEST_UDP:
        set_text(json, "expect", test_expect_name(test));
        set_text(json, "send", test->send);
        break;
    case TEST_PATH:
        json_object_set_new(json, "through", stops_json(test));
        break;
    case TEST_ROUTE:
        add_route(json, test);
        break;
    case TEST_RTT:
    case TEST_THROUGHPUT:
        add_bounds(json, test);
        break;
    case TEST_RUN:
        add_run(json, test);
        break;
    case TEST_KINDS:
        break;
    }
}

static json_t *test_json(const struct test *test)
{
    json_t *json =
        json_pack("{s:s, s:s, s:i, s:i, s:i, s:b, s:o, s:o}", "test", test_kind_name(test->kind),
                  "words", test->words, "line", (int)test->pos.line, "column", (int)test->pos.col,
                  "within", (int)test->within_ms, "not", test->inverted, "from",
                  ends_json(&test->from), "to", ends_json(&test->to));
    set_text(json, "name", test->name);
    if (test->family)
        json_object_set_new(json, "family", json_integer(test->family == AF_INET ? 4 : 6));
    add_probe(json, test);
    return json;
}

char *tests_describe(const struct topo *topo)
{
    if (!topo->tests.n)
        return NULL;
    json_t *list = json_array();
    VEC_EACH (const struct test *, test, &topo->tests)
        json_array_append_new(list, test_json(*test));
    char *text = json_dumps(list, JSON_COMPACT);
    json_decref(list);
    return text;
}

int tests_read(const struct state *s, json_t **ret, struct err *err)
{
    CLEAN_STR struct str text = {0};
    int r = state_read(s, STATE_TESTS, &text);
    if (r && r != -ENOENT)
        return err_sys(err, r, "reading the tests of lab '%s'", s->name);
    json_t *tests = r ? json_array() : json_loadb(text.text, text.len, 0, NULL);
    if (json_is_array(tests)) {
        *ret = tests;
        return 0;
    }
    json_decref(tests);
    return err_set(err, -EBADMSG, "the tests of lab '%s' cannot be read", s->name);
}

const char *tests_title(const char *name, const char *words)
{
    return name && *name ? name : words;
}
