// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <sys/socket.h>
// cmocka wants the four above first
#include <cmocka.h>

#include <netinet/in.h>
#include <signal.h>
#include <sys/stat.h>

#include "base/shell_words.h"
#include "base/signals.h"
#include "model/programs.h"
#include "plan/plan.h"

static int set_up(void **state)
{
    *state = arena_new();
    return 0;
}

static int tear_down(void **state)
{
    arena_free(*state);
    return 0;
}

static struct topo *load_file(void **state, const char *file, const char *text)
{
    struct diags *d = arena_new_of(*state, struct diags);
    diags_init(d, *state, file, text);
    struct topo *topo = topo_load(d, NULL);
    if (!topo) {
        struct str s CLEAN_STR = {0};
        diags_print_text(d, false, &s);
        fail_msg("%s", s.text);
    }
    return topo;
}

static struct topo *load(void **state, const char *text)
{
    return load_file(state, "t.yaml", text);
}

static const char *error_of(void **state, const char *text)
{
    struct diags *d = arena_new_of(*state, struct diags);
    diags_init(d, *state, "t.yaml", text);
    assert_null(topo_load(d, NULL));
    assert_int_equal(d->errors, 1);
    return d->list.v[0].text;
}

static const struct programs *of(const struct topo *topo, const char *node)
{
    return node_programs(topo_find_node(topo, node));
}

/* The words joined with '|'. */
static void assert_words(void **state, const char *text, const char *expected)
{
    struct str s CLEAN_STR = {0};
    const char *bad;
    char **words = shell_words(*state, text, &bad);
    if (!words)
        fail_msg("%s: %s", text, bad);
    str_add(&s, "");
    for (char **it = words; *it; it++)
        str_addf(&s, "%s%s", it == words ? "" : "|", *it);
    assert_string_equal(s.text, expected);
}

static void texts_are_split_as_a_shell_does(void **state)
{
    assert_words(state, "", "");
    assert_words(state, " \n ", "");
    assert_words(state, "ls", "ls");
    assert_words(state, "  ip\tlink  show ", "ip|link|show");
    assert_words(state, "ip link\n", "ip|link");
    assert_words(state, "\nip link\n\n", "ip|link");
    assert_words(state, "vtysh -c 'show ip route'", "vtysh|-c|show ip route");
    assert_words(state, "a'b c'd\"e f\"g", "ab cde fg");
    assert_words(state, "a '' \"\" b", "a|||b");
    assert_words(state, "'|&;<>$*`' \"|&;<>*\"", "|&;<>$*`||&;<>*");
    assert_words(state, "\\$HOME \\* a\\ b \\'", "$HOME|*|a b|'");
    assert_words(state, "\"\\$ \\` \\\" \\\\ \\n\"", "$ ` \" \\ \\n");
    assert_words(state, "'\\n'", "\\n");
    assert_words(state, "a\\\nb \"c\\\nd\"", "ab|cd");
    assert_words(state, "\"a\\\\\nb\"", "a\\\nb");
    assert_words(state, "sleep 5 # no", "sleep|5|#|no");
    assert_words(state, "x=~/y {a,b} [c] ?!", "x=~/y|{a,b}|[c]|?!");
}

static void what_only_a_shell_can_do_is_found(void **state)
{
    static const struct {
        const char *text;
        size_t at;
    } cases[] = {
        {"a | b", 2},    {"a&", 1},    {"a;b", 1}, {"a <b", 2}, {"a 2>&1", 3}, {"echo $x", 5},
        {"ls *", 3},     {"`a`", 0},   {"(a)", 0}, {"a\nb", 1}, {"a 'b", 2},   {"a \"b", 2},
        {"\"a $x\"", 3}, {"\"`\"", 1}, {"a\\", 1}, {"$(a)", 0}, {"a \n b", 2}, {"'a' \"b\" '", 8},
    };
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        const char *bad = NULL;
        assert_null(shell_words(*state, cases[i].text, &bad));
        assert_int_equal(bad - cases[i].text, cases[i].at);
    }
}

/* What is quoted for a shell is one word here, too. */
static void quoted_words_come_back(void **state)
{
    uint32_t random = 1;
    for (unsigned round = 0; round < 500; round++) {
        char word[12] = "";
        struct str s CLEAN_STR = {0};
        const char *bad;
        for (size_t i = 0; i < sizeof(word) - 1; i++) {
            random = random * 1103515245 + 12345;
            word[i] = " '\"\\$`|&;<>*\n\tab(~#="[random >> 16 & 15];
        }
        str_add_shell_word(&s, word);
        char **words = shell_words(*state, s.text, &bad);
        assert_non_null(words);
        assert_string_equal(words[0], word);
        assert_null(words[1]);
    }
}

static void signals_have_names_and_numbers(void **state)
{
    (void)state;
    assert_int_equal(signal_parse("TERM"), SIGTERM);
    assert_int_equal(signal_parse("sigint"), SIGINT);
    assert_int_equal(signal_parse("9"), 9);
    assert_int_equal(signal_parse("0"), 0);
    assert_int_equal(signal_parse("65"), 0);
    assert_int_equal(signal_parse("SIG"), 0);
    assert_int_equal(signal_parse("15x"), 0);
    assert_string_equal(signal_name(SIGHUP), "HUP");
    assert_null(signal_name(40));
    for (size_t i = 0; signal_names[i]; i++)
        assert_string_equal(signal_name(signal_parse(signal_names[i])), signal_names[i]);
}

static void services_start_behind_what_they_wait_for(void **state)
{
    struct topo *topo = load(state, "nodes:\n"
                                    "  a:\n"
                                    "    services:\n"
                                    "      web: {command: web, after: [queue, b/db]}\n"
                                    "      queue: {command: queue, after: b/db}\n"
                                    "      free: free\n"
                                    "  b: {services: {db: {command: db, after: [a/free]}}}\n");
    static const char *const order[] = {"free", "db", "queue", "web"};
    assert_int_equal(topo->services.n, ARRAY_SIZE(order));
    for (uint32_t i = 0; i < topo->services.n; i++) {
        const struct service *service = topo->services.v[i];
        assert_string_equal(service->name, order[i]);
        assert_int_equal(service->id, i);
        VEC_EACH (const struct service *, it, &service->after)
            assert_true((*it)->id < i);
    }
    assert_string_equal(of(topo, "a")->services.v[0]->name, "web");
}

static void a_long_circle_is_said_shortly(void **state)
{
    struct str s CLEAN_STR = {0};
    str_add(&s, "nodes: {n: {services: {first: first");
    for (unsigned i = 0; i < 3000; i++)
        str_addf(&s, ", s%u: {command: x, after: [s%u, first]}", i, (i + 1) % 3000);
    str_add(&s, "}}}");
    const char *text = error_of(state, s.text);
    assert_non_null(strstr(text, "n/s0 waits for n/s1, which waits for n/s2"));
    assert_non_null(strstr(text, "3000 services in all"));
    assert_true(strlen(text) < 400);
}

static void all_of_it_merges(void **state)
{
    struct topo *topo =
        load(state, "defaults:\n"
                    "  node:\n"
                    "    env: {A: 1, B: 2}\n"
                    "    exec: [first]\n"
                    "    files: {/etc/x: one, /etc/y: two}\n"
                    "profiles:\n"
                    "  web:\n"
                    "    services:\n"
                    "      web: {command: nginx, ready: {listen: 80}, after: [init], env: {C: 3}}\n"
                    "      init: {command: init, oneshot: true}\n"
                    "      more: more\n"
                    "nodes:\n"
                    "  h(1..2): {profile: web, exec+: [[second, $1]], env: {B: $1, A: ~}}\n"
                    "  h2:\n"
                    "    services: {web: {restart: always, within: 1500ms}, more: none}\n"
                    "    files: {/etc/x: none, /etc/z: {content: z$1, expand: true}}\n"
                    "    exec+: [{command: third $1 $(node), expand: true}]\n");
    const struct programs *h1 = of(topo, "h1"), *h2 = of(topo, "h2");
    assert_int_equal(h1->exec.n, 2);
    assert_string_equal(h1->exec.v[0].argv[0], "first");
    assert_string_equal(h1->exec.v[1].argv[1], "$1");
    assert_int_equal(h2->exec.n, 3);
    assert_string_equal(h2->exec.v[2].argv[1], "2");
    assert_string_equal(h2->exec.v[2].argv[2], "h2");
    assert_int_equal(h1->env.n, 1);
    assert_string_equal(h1->env.v[0].name, "B");
    assert_string_equal(h1->env.v[0].value, "1");
    assert_int_equal(h1->services.n, 3);
    assert_int_equal(h2->services.n, 2);
    const struct service *web = h2->services.v[0];
    assert_string_equal(web->command.argv[0], "nginx");
    assert_int_equal(web->restart, RESTART_ALWAYS);
    assert_int_equal(web->within_ms, 1500);
    assert_int_equal(h1->services.v[0]->within_ms, 30000);
    assert_int_equal(web->ready.n, 1);
    assert_ptr_equal(web->after.v[0], h2->services.v[1]);
    assert_string_equal(web->env.v[0].value, "3");
    assert_int_equal(h2->files.n, 2);
    assert_string_equal(h2->files.v[0].path, "/etc/y");
    assert_string_equal(h2->files.v[1].content, "z2");
    assert_true(node_has_files(topo_find_node(topo, "h1")));
}

static void readiness_is_resolved(void **state)
{
    struct topo *topo =
        load(state, "nodes:\n"
                    "  a:\n"
                    "    services:\n"
                    "      s:\n"
                    "        command: [s]\n"
                    "        stop-signal: SIGINT\n"
                    "        ready:\n"
                    "          - {listen: udp/53, file: /run/s.pid}\n"
                    "          - {route: b:lo}\n"
                    "          - {route: default}\n"
                    "          - {neighbour: b, interface: eth0}\n"
                    "          - {command: \"test -e 'a b'\", every: 1s}\n"
                    "          - {output: 'up$'}\n"
                    "  b: {loopback: [10.255.0.2]}\n"
                    "links: [{endpoints: [a, b], addresses: [10.0.0.1/24, 10.0.0.2/24]}]\n");
    const struct service *s = topo->services.v[0];
    const enum ready_kind kinds[] = {READY_LISTEN,    READY_FILE,      READY_ROUTE,   READY_ROUTE,
                                     READY_NEIGHBOUR, READY_INTERFACE, READY_COMMAND, READY_OUTPUT};
    char buf[ADDR_TEXT_MAX];
    assert_int_equal(s->ready.n, ARRAY_SIZE(kinds));
    for (uint32_t i = 0; i < s->ready.n; i++)
        assert_int_equal(s->ready.v[i].kind, kinds[i]);
    assert_int_equal(s->stop_signal, SIGINT);
    assert_int_equal(s->ready.v[0].protocol, IPPROTO_UDP);
    assert_int_equal(s->ready.v[0].port, 53);
    assert_string_equal(prefix_text(&s->ready.v[2].prefix, buf), "10.255.0.2/32");
    assert_string_equal(prefix_text(&s->ready.v[3].prefix, buf), "0.0.0.0/0");
    assert_string_equal(addr_text(&s->ready.v[4].addr, buf), "10.0.0.2");
    assert_string_equal(s->ready.v[6].command.argv[2], "a b");
    assert_int_equal(s->ready.v[6].every_ms, 1000);
}

static void files_come_behind_their_directories(void **state)
{
    struct topo *topo = load(state, "nodes:\n"
                                    "  a:\n"
                                    "    files: {/b/a: x, /b-a: x, /b/a-1: x, /a/z/y: x}\n"
                                    "    directories: {/b: , /a/z: {mode: 700, owner: 5:6}}\n");
    static const char *const order[] = {"/a/z", "/a/z/y", "/b", "/b/a", "/b/a-1", "/b-a"};
    const struct programs *a = of(topo, "a");
    assert_int_equal(a->files.n, ARRAY_SIZE(order));
    for (uint32_t i = 0; i < a->files.n; i++)
        assert_string_equal(a->files.v[i].path, order[i]);
    assert_null(a->files.v[0].content);
    assert_int_equal(a->files.v[0].mode, 0700);
    assert_string_equal(a->files.v[0].owner, "5:6");
    assert_int_equal(a->files.v[1].mode, 0644);
    assert_int_equal(a->files.v[2].mode, 0755);
}

static void sources_are_read_from_the_files_folder(void **state)
{
    char folder[] = "/tmp/nslab-test-XXXXXX";
    assert_non_null(mkdtemp(folder));
    const char *source = arena_printf(*state, "%s/h1.conf", folder);
    FILE *f = fopen(source, "w");
    assert_non_null(f);
    fprintf(f, "I am $(node)\n");
    fclose(f);
    struct topo *topo = load_file(state, arena_printf(*state, "%s/t.yaml", folder),
                                  "nodes:\n"
                                  "  h(1..1):\n"
                                  "    files:\n"
                                  "      /a: {source: $(node).conf}\n"
                                  "      /b: {source: h$1.conf, expand: true, mode: 4755}\n");
    const struct programs *h1 = of(topo, "h1");
    assert_string_equal(h1->files.v[0].content, "I am $(node)\n");
    assert_int_equal(h1->files.v[0].len, 13);
    assert_string_equal(h1->files.v[1].content, "I am h1\n");
    assert_int_equal(h1->files.v[1].mode, 04755);
    unlink(source);
    rmdir(folder);
}

static void assert_has(const char *text, const char *part)
{
    if (!strstr(text, part))
        fail_msg("'%s' is not in:\n%s", part, text);
}

static const char *const lab =
    "nodes:\n"
    "  a:\n"
    "    env: {A: x y}\n"
    "    exec: [[sh, -c, 'echo $0\n\n  exit']]\n"
    "    services:\n"
    "      web: {command: nginx -g 'daemon off;', ready: {listen: 80}, after: b/db, user: www}\n"
    "  b:\n"
    "    exec: [true]\n"
    "    services: {db: {command: db, restart: always, log: none, ready: {route: 10.0.0.0/8}}}\n"
    "    files: {/etc/f: \"EOF\\n\", /tmp/g: bare, /var/lib/h: \"\"}\n"
    "    directories: {/etc/d: {owner: db}}\n";

static void programs_are_the_last_part_of_the_plan(void **state)
{
    static const enum op_kind wanted[] = {OP_EXEC, OP_EXEC, OP_SERVICE, OP_SERVICE};
    struct plan *p = plan_new(load(state, lab));
    assert_int_equal(p->programs.n, ARRAY_SIZE(wanted));
    assert_int_equal(p->programs.first + p->programs.n, p->ops.n);
    for (uint32_t i = 0; i < p->programs.n; i++)
        assert_int_equal(p->ops.v[p->programs.first + i].kind, wanted[i]);
    assert_int_equal(p->setup[1].n, 5);
    assert_string_equal(op_text(*state, p, &p->ops.v[p->programs.first]),
                        "running `sh -c 'echo $0…` in a");
    assert_string_equal(op_text(*state, p, &p->ops.v[p->ops.n - 1]), "starting service a/web");
    VEC_EACH (struct op, it, &p->ops)
        assert_true(op_pos(p, it).line);
}

static void the_plan_is_printed_with_them(void **state)
{
    struct plan *p = plan_new(load(state, lab));
    char *text = plan_print(p, PLAN_TEXT), *json = plan_print(p, PLAN_JSON);
    char *sh = plan_print(p, PLAN_SH);
    assert_has(text, "    file /etc/f of 4 bytes mode 0644");
    assert_has(text, "    directory /etc/d mode 0755 owner db");
    assert_has(text, "  exec a: A='x y' sh -c 'echo $0…");
    assert_has(text, "  service a/web: A='x y' nginx -g 'daemon off;'");
    assert_has(text, "    after b/db\n    ready when tcp/80 is listened on");
    assert_has(text, "    within 30s restart always log none\n");
    assert_has(json, "\"after\": [\n    \"b/db\"\n   ]");
    assert_has(json, "\"A\": \"x y\"");
    assert_has(json, "\"listen\": \"tcp/80\"");
    assert_has(sh, "own_files t.b /etc /var\n");
    assert_has(sh, "put_file t.b /etc/f 0644 root:root <<'EOF_'\nEOF\nEOF_\n");
    assert_has(sh, "printf %s bare | put_file t.b /tmp/g 0644 root:root\n");
    assert_has(sh, "run_in t.b env NSLAB_LAB=t NSLAB_NODE=b true\n");
    assert_has(sh, "await 30 b/db \\\n    run_in t.b sh -c 'ip route show exact 10.0.0.0/8 | ");
    assert_has(sh, "    stop t.a web TERM\n    stop t.b db TERM\n");
    free(text);
    free(json);
    free(sh);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(texts_are_split_as_a_shell_does),
        TEST(what_only_a_shell_can_do_is_found),
        TEST(quoted_words_come_back),
        TEST(signals_have_names_and_numbers),
        TEST(services_start_behind_what_they_wait_for),
        TEST(a_long_circle_is_said_shortly),
        TEST(all_of_it_merges),
        TEST(readiness_is_resolved),
        TEST(files_come_behind_their_directories),
        TEST(sources_are_read_from_the_files_folder),
        TEST(programs_are_the_last_part_of_the_plan),
        TEST(the_plan_is_printed_with_them),
    };
    return cmocka_run_group_tests_name("programs", tests, NULL, NULL);
}
