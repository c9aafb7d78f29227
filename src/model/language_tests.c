// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/* The tables of `tests`, as in language.c. */
#include "model/language_tests.h"

#include <string.h>

#include "base/units.h"
#include "model/language_programs.h"
#include "model/names.h"
#include "model/values.h"

#define FIELDS(array) .fields = (array), .n = ARRAY_SIZE(array)

/* --- Values ----------------------------------------------------------------------------------- */

static bool read_duration(struct reader *r, const struct type *type, const struct doc_node *n,
                          void *out)
{
    struct quantity_value *value = out;
    if (doc_is_nothing(n))
        return true;
    if (n->kind != DOC_SCALAR || !duration_parse_ns(n->text, &value->value) ||
        value->value < (uint64_t)type->min || value->value > (uint64_t)type->max)
        return type_mismatch(r, type, n);
    value->pos = n->pos;
    return true;
}

static bool read_rate(struct reader *r, const struct type *type, const struct doc_node *n,
                      void *out)
{
    struct quantity_value *value = out;
    if (doc_is_nothing(n))
        return true;
    if (n->kind != DOC_SCALAR || !rate_parse(n->text, &value->value) || !value->value)
        return type_mismatch(r, type, n);
    value->pos = n->pos;
    return true;
}

static bool read_share(struct reader *r, const struct type *type, const struct doc_node *n,
                       void *out)
{
    struct quantity_value *value = out;
    uint32_t share;
    if (doc_is_nothing(n))
        return true;
    if (n->kind != DOC_SCALAR || !share_parse(n->text, &share))
        return type_mismatch(r, type, n);
    *value = (struct quantity_value){share, n->pos};
    return true;
}

#define MS 1000000L /* in ns */

/* Of numbers of ms, and of those in which a time is not 0. */
#define DURATION_PATTERN "^(?![0.]+[a-z]+$)" DECIMAL_PATTERN "(us|ms|s|min|h)$"

static const struct type type_within = {
    .expects = "a time with its unit from 1ms to 1h, like 10s",
    .read = read_duration,
    .describe = describe_text,
    .pattern = DURATION_PATTERN,
    .min = MS,
    .max = 3600 * 1000 * MS,
};
static const struct type type_interval = {
    .expects = "a time with its unit from 1ms to 1min, like 20ms",
    .read = read_duration,
    .describe = describe_text,
    .pattern = DURATION_PATTERN,
    .min = MS,
    .max = 60 * 1000 * MS,
};
static const struct type type_time = {
    .expects = "a time with its unit, like 20ms, up to 1min",
    .read = read_duration,
    .describe = describe_text,
    .pattern = DURATION_PATTERN,
    .min = 1,
    .max = 60 * 1000 * MS,
};
static const struct type type_long = {
    .expects = "a time with its unit from 100ms to 10min, like 5s",
    .read = read_duration,
    .describe = describe_text,
    .pattern = DURATION_PATTERN,
    .min = 100 * MS,
    .max = 600 * 1000 * MS,
};
static const struct type type_rate = {
    .expects = "a rate with its unit, like 10mbit",
    .read = read_rate,
    .describe = describe_text,
    .pattern = BITRATE_PATTERN,
};
static const struct type type_share = {
    .expects = "a share up to 100%, like 2%",
    .read = read_share,
    .describe = describe_text,
    .pattern = SHARE_PATTERN,
};

/* Patterns are looked at when they are worked out, so what is no pattern is, too. */
#define ADDRESS_PATTERN IPV4_PATTERN "|" IPV6_PATTERN
#define NAME_PATTERN "(?![0-9]*[.][0-9.]*$)[A-Za-z0-9][A-Za-z0-9_.-]{0,62}(:" IFACE_PATTERN ")?"
#define NODE_PORT_PATTERN                                                                          \
    "^([A-Za-z0-9][A-Za-z0-9_.-]{0,62}(:[^/:%\\s]{1,15})?|" IPV4_PATTERN "|\\[" IPV6_PATTERN       \
    "\\]):0*" PORT_PATTERN "$"

static const struct type type_end = {
    .name = "test-end",
    .expects = "a node, NODE:INTERFACE, an address, or all",
    .read = read_text,
    .describe = describe_text,
    .pattern = "^(" NAME_PATTERN "|" ADDRESS_PATTERN ")$",
    .looks = LOOKS_NATURAL,
    .names = true,
    .verbatim = true,
};
static const struct type type_ends = {
    .expects = "a node, NODE:INTERFACE, an address, or all; or a list of them",
    .read = read_list,
    .describe = describe_list,
    .of = &type_end,
    .size = sizeof(struct text_value),
    .min = 1,
};
static const struct type type_port_at = {
    .name = "test-service",
    .expects = "NODE:PORT, NODE:INTERFACE:PORT, 10.0.0.1:80 or [fd00::1]:80",
    .read = read_text,
    .describe = describe_text,
    .pattern = NODE_PORT_PATTERN,
    .names = true,
    .verbatim = true,
};
static const struct type type_ports_at = {
    .expects = "NODE:PORT, NODE:INTERFACE:PORT, 10.0.0.1:80 or [fd00::1]:80; or a list of them",
    .read = read_list,
    .describe = describe_list,
    .of = &type_port_at,
    .size = sizeof(struct text_value),
    .min = 1,
};
static const struct type type_stop = {
    .name = "test-stop",
    .expects = "a node, or several of which any will do: spine(1..4)",
    .read = read_text,
    .describe = describe_text,
    .pattern = NODE_NAME_PATTERN,
    .looks = LOOKS_DECIMAL,
    .names = true,
    .verbatim = true,
};
static const struct type type_stops = {
    .expects = "a list of nodes, like [r1, spine(1..4)]",
    .read = read_list,
    .describe = describe_list,
    .of = &type_stop,
    .size = sizeof(struct text_value),
    .min = 1,
};
static const struct type type_node_ends = {
    .expects = "a node, all, or a list of nodes",
    .read = read_list,
    .describe = describe_list,
    .of = &type_end,
    .size = sizeof(struct text_value),
    .min = 1,
};
static const char *const families[] = {"ipv4", "ipv6", NULL};
static const struct type type_family = {
    .expects = "one of ipv4, ipv6",
    .read = read_enum,
    .describe = describe_enum,
    .words = families,
};
static const char *const tcp_words[] = {"open", "refused", "timeout", NULL};
static const struct type type_tcp_expect = {
    .expects = "one of open, refused, timeout",
    .read = read_enum,
    .describe = describe_enum,
    .words = tcp_words,
};
static const char *const udp_words[] = {"answer", "refused", "timeout", NULL};
static const struct type type_udp_expect = {
    .expects = "one of answer, refused, timeout",
    .read = read_enum,
    .describe = describe_enum,
    .words = udp_words,
};

static const struct type type_size = {
    .expects = "how many bytes of data, from 0 to 65507",
    .read = read_int,
    .describe = describe_int,
    .max = 65507,
};
static const struct type type_count = {
    .expects = "how many, from 1 to 100000",
    .read = read_int,
    .describe = describe_int,
    .min = 1,
    .max = 100000,
};
static const struct type type_exit = {
    .expects = "an exit status, from 0 to 255",
    .read = read_int,
    .describe = describe_int,
    .max = 255,
};
static const struct type type_verbatim_text = {
    .expects = "a text",
    .read = read_text,
    .describe = describe_text,
    .verbatim = true,
};

/* --- Probes ----------------------------------------------------------------------------------- */

#define AT(member) offsetof(struct probe_input, member)
#define FROM                                                                                       \
    {                                                                                              \
        "from", "where from: nodes, NODE:INTERFACE, their addresses, all", &type_ends, AT(from),   \
            FIELD_REQUIRED                                                                         \
    }
#define TO                                                                                         \
    {                                                                                              \
        "to", "where to: nodes, NODE:INTERFACE, addresses, all", &type_ends, AT(to),               \
            FIELD_REQUIRED                                                                         \
    }
#define TO_PORT                                                                                    \
    {                                                                                              \
        "to", "where to, with its port: h2:80", &type_ports_at, AT(to), FIELD_REQUIRED             \
    }
#define FAMILY                                                                                     \
    {                                                                                              \
        "family", "ipv4 or ipv6; every one that both ends have where not given", &type_family,     \
            AT(family)                                                                             \
    }

static const struct field loss_fields[] = {
    {"max", "how many may be lost, like 2%", &type_share, AT(loss_max), FIELD_REQUIRED},
};
static const struct table loss_table = {
    .name = "test-loss",
    .what = "loss",
    FIELDS(loss_fields),
};

static bool read_loss(struct reader *r, const struct type *type, const struct doc_node *n,
                      void *out)
{
    return doc_is_nothing(n) || read_table(r, type, n, out);
}

static const struct type type_loss = {
    /* reads into its parent */
    .expects = "how many may be lost: {max: 2%}",
    .read = read_loss,
    .describe = describe_table,
    .table = &loss_table,
};

static const struct field ping_fields[] = {
    FROM,
    TO,
    FAMILY,
    {"size", "bytes of data in each packet (default 56)", &type_size, AT(size)},
    {"df", "true: nobody on the way may fragment it", &type_bool, AT(df)},
    {"count", "how many packets (default 1)", &type_count, AT(count)},
    {"interval", "how long between two of them (default 100ms)", &type_interval, AT(interval)},
    {"loss", "how many may be lost, {max: 2%}; none where not given", &type_loss, 0},
};
static const struct field tcp_fields[] = {
    FROM,
    TO_PORT,
    FAMILY,
    {"expect", "open (default), refused or timeout", &type_tcp_expect, AT(expect)},
};
static const struct field udp_fields[] = {
    FROM,
    TO_PORT,
    FAMILY,
    {"expect", "answer (default), refused or timeout", &type_udp_expect, AT(expect)},
    {"send", "what is sent; a question of the port's protocol where not given", &type_verbatim_text,
     AT(send)},
};
static const struct field path_fields[] = {
    FROM,
    TO,
    FAMILY,
    {"through", "nodes on the way, in this order; of spine(1..4) any one", &type_stops, AT(through),
     FIELD_REQUIRED},
};
static const struct field route_fields[] = {
    {"node", "the nodes whose routes these are, or all", &type_node_ends, AT(from), FIELD_REQUIRED},
    {"to", "where to: default, a prefix, an address, or a node", &type_destination, AT(dest),
     FIELD_REQUIRED},
    FAMILY,
    {"via", "the next hop, or one of them: a node, NODE:INTERFACE, an address", &type_via, AT(via)},
    {"dev", "the interface it leaves by", &type_iface_name, AT(dev)},
};
static const struct field rtt_fields[] = {
    FROM,
    TO,
    FAMILY,
    {"min", "the least that the median may be, like 19ms", &type_time, AT(min)},
    {"max", "the most that the median may be", &type_time, AT(max)},
    {"count", "how many packets (default 5)", &type_count, AT(count)},
};
static const struct field throughput_fields[] = {
    FROM,
    TO,
    FAMILY,
    {"min", "the least that it may be, like 8mbit", &type_rate, AT(min)},
    {"max", "the most that it may be", &type_rate, AT(max)},
    {"for", "how long it is measured (default 1s)", &type_long, AT(time)},
};
static const struct field run_fields[] = {
    {"node", "the nodes to run it in, or all", &type_node_ends, AT(from), FIELD_REQUIRED},
    {"command", "what to run: a text, or a list of its words", &type_words, AT(command),
     FIELD_REQUIRED},
    {"exit", "the exit status that it has to have (default 0)", &type_exit, AT(exit)},
    {"output", "a regular expression (POSIX, extended) that fits something it prints", &type_regex,
     AT(output)},
};

static const char *const bounds[] = {"min", "max", NULL};

#define PROBE(word, sentence) .name = "test-" #word, .what = sentence, FIELDS(word##_fields)
static const struct table probe_tables[TEST_KINDS] = {
    [TEST_PING] = {PROBE(ping, "a ping")},
    [TEST_TCP] = {PROBE(tcp, "a tcp test")},
    [TEST_UDP] = {PROBE(udp, "a udp test")},
    [TEST_PATH] = {PROBE(path, "a path")},
    [TEST_ROUTE] = {PROBE(route, "a route test")},
    [TEST_RTT] = {PROBE(rtt, "an rtt test"), .needs_any_of = bounds},
    [TEST_THROUGHPUT] = {PROBE(throughput, "a throughput test"), .needs_any_of = bounds},
    [TEST_RUN] = {PROBE(run, "a run")},
};

static bool read_probe(struct reader *r, const struct type *type, const struct doc_node *n,
                       void *out)
{
    struct probe_input *probe = out;
    probe->kind = (enum test_kind)(type->table - probe_tables);
    probe->pos = n->pos;
    if (n->kind != DOC_MAP)
        return type_mismatch(r, type, n);
    return read_table(r, type, n, out);
}

#define PROBE_TYPE(id, example)                                                                    \
    [id] = {.expects = example,                                                                    \
            .read = read_probe,                                                                    \
            .describe = describe_table,                                                            \
            .table = &probe_tables[id]}
static const struct type probe_types[TEST_KINDS] = {
    PROBE_TYPE(TEST_PING, "whom to ping, like {from: h1, to: h2}"),
    PROBE_TYPE(TEST_TCP, "a port, like {from: h1, to: h2:80}"),
    PROBE_TYPE(TEST_UDP, "a port, like {from: h1, to: h2:53}"),
    PROBE_TYPE(TEST_PATH, "a path, like {from: h1, to: h2, through: [r1, r2]}"),
    PROBE_TYPE(TEST_ROUTE, "a route, like {node: r1, to: 10.2.0.0/24, via: r2}"),
    PROBE_TYPE(TEST_RTT, "a time, like {from: h1, to: h2, max: 30ms}"),
    PROBE_TYPE(TEST_THROUGHPUT, "a rate, like {from: h1, to: h2, min: 8mbit}"),
    PROBE_TYPE(TEST_RUN, "a command, like {node: h1, command: \"ip route\", output: default}"),
};

/* --- Tests ------------------------------------------------------------------------------------ */

#define PROBE_FIELD(id, word, summary)                                                             \
    {                                                                                              \
        word, summary, &probe_types[id], offsetof(struct test_input, probe)                        \
    }
static const struct field test_fields[] = {
    PROBE_FIELD(TEST_PING, "ping", "echo requests are answered"),
    PROBE_FIELD(TEST_TCP, "tcp", "a TCP port is open, refuses, or is silent"),
    PROBE_FIELD(TEST_UDP, "udp", "a UDP port answers, refuses, or is silent"),
    PROBE_FIELD(TEST_PATH, "path", "packets go by these nodes"),
    PROBE_FIELD(TEST_ROUTE, "route", "a node has this route"),
    PROBE_FIELD(TEST_RTT, "rtt", "how long there and back takes"),
    PROBE_FIELD(TEST_THROUGHPUT, "throughput", "how much TCP carries in a second"),
    PROBE_FIELD(TEST_RUN, "run", "a command in a node ends so, and prints this"),
    {"name", "what it is called in reports; the probe itself where not given", &type_any_text,
     offsetof(struct test_input, name)},
    {"within", "try again until it holds, for so long; one try where not given", &type_within,
     offsetof(struct test_input, within)},
    {"not", "true: it passes once it does not hold", &type_bool,
     offsetof(struct test_input, inverted)},
};
static const char *const probe_words[] = {"ping", "tcp",        "udp", "path", "route",
                                          "rtt",  "throughput", "run", NULL};
static const struct table test_table = {
    .name = "test",
    .what = "a test",
    FIELDS(test_fields),
    .needs_one_of = probe_words,
};

const char *test_kind_name(enum test_kind kind)
{
    return probe_words[kind];
}

const char *test_expect_name(const struct test *test)
{
    return (test->kind == TEST_UDP ? udp_words : tcp_words)[test->expect];
}

/* The probe as it is written, on one line. */
static const char *words_of(struct arena *arena, const struct doc_node *n)
{
    for (const char *const *word = probe_words; *word; word++) {
        const struct doc_node *probe = doc_get(n, *word);
        if (probe)
            return arena_printf(arena, "%s: %s", *word, doc_flow_text(arena, probe));
    }
    return "";
}

static bool read_test(struct reader *r, const struct type *type, const struct doc_node *n,
                      void *out)
{
    struct test_input *test = out;
    test->pos = n->pos;
    test->words = words_of(r->arena, n);
    test->bad = !read_table(r, type, n, out);
    return !test->bad;
}

static const struct type type_test = {
    .expects = "a test, like {ping: {from: h1, to: h2}}",
    .read = read_test,
    .describe = describe_table,
    .table = &test_table,
};
const struct type type_tests = {
    .expects = "a list of tests, like [{ping: {from: h1, to: h2}}]",
    .read = read_list,
    .describe = describe_list,
    .of = &type_test,
    .size = sizeof(struct test_input),
};
