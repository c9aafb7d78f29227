// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * The public API: a thin coat over the layers. It turns their errors into exit statuses and texts
 * that stand alone, their JSON into text, and owns the one arena in which a topology's document,
 * model and plan live and die together.
 */
#include "nslab.h"

#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>

#include "base/memory.h"
#include "base/signals.h"
#include "check/reach.h"
#include "check/tests.h"
#include "kernel/probe.h"
#include "lab/lab.h"
#include "model/model.h"
#include "model/names.h"
#include "plan/plan.h"
#include "report.h"

#define SOURCE_MAX (16u << 20) /* bytes of a topology file */

struct nslab_topology {
    struct arena *arena;
    struct diags diags;
    struct topo *topo; /* NULL: not valid */
};

_Static_assert(NSLAB_FAILED == (int)STATUS_FAILED && NSLAB_WRONG == (int)STATUS_WRONG &&
                   NSLAB_LACKING == (int)STATUS_LACKING,
               "the exit statuses are the library's");

static void say(struct nslab_error *error, const char *text)
{
    if (error)
        snprintf(error->text, sizeof(error->text), "%s", text);
}

/* What the failure ERR is to a caller of the library. */
static int give(const struct err *err, struct nslab_error *error)
{
    say(error, err->text);
    return err->status == STATUS_OK ? NSLAB_FAILED : (int)err->status;
}

/* JSON (which is given back) as text, or the failure of R. */
static int give_json(int r, json_t *json, const struct err *err, char **ret,
                     struct nslab_error *error)
{
    if (r >= 0 && ret)
        *ret = json_dumps(json, JSON_COMPACT);
    json_decref(json);
    return r < 0 ? give(err, error) : NSLAB_OK;
}

const char *nslab_version(void)
{
    return NSLAB_VERSION;
}

/* --- Topologies --------------------------------------------------------------------------- */

/* All of FD, NUL-terminated, into ARENA. */
static int read_all(int fd, struct arena *arena, char **ret, size_t *ret_len)
{
    size_t len = 0, cap = 64u << 10;
    char *text = arena_alloc(arena, cap);
    for (;;) {
        ssize_t n = read(fd, text + len, cap - len - 1);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return -errno;
        if (n == 0)
            break;
        len += (size_t)n;
        if (len > SOURCE_MAX)
            return -EFBIG;
        if (cap - len > 1)
            continue;
        cap *= 2;
        char *larger = arena_alloc(arena, cap);
        text = memcpy(larger, text, len);
    }
    *ret = text;
    *ret_len = len;
    return 0;
}

/* FILE into T's arena and diagnostics. */
static int open_source(struct nslab_topology *t, const char *file, struct err *err)
{
    bool is_stdin = strcmp(file, "-") == 0;
    CLEAN_FD int fd =
        is_stdin ? fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3) : open(file, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return err_sys(err, -errno, "%s", file);
    char *text = NULL;
    size_t len = 0;
    int r = read_all(fd, t->arena, &text, &len);
    if (r == -EFBIG)
        return err_set(err, r, "%s: too large a file: 16 MiB is the limit", file);
    if (r < 0)
        return err_sys(err, r, "%s", file);
    if (memchr(text, '\0', len))
        return err_set(err, -EINVAL, "%s: not a text file (it holds a zero byte)", file);
    diags_init(&t->diags, t->arena, is_stdin ? "-" : arena_strdup(t->arena, file), text);
    return 0;
}

static struct nslab_topology *topology_new(void)
{
    struct arena *arena = arena_new();
    struct nslab_topology *t = arena_new_of(arena, struct nslab_topology);
    t->arena = arena;
    return t;
}

void nslab_topology_free(nslab_topology *t)
{
    if (t)
        arena_free(t->arena);
}

static void topology_clean(struct nslab_topology **t)
{
    nslab_topology_free(*t);
}

/* SET in ARENA; NULL stays NULL. */
static const char *const *copy_settings(struct arena *arena, const char *const *set)
{
    VEC(const char *) copy = {0};
    for (; set && *set; set++)
        vec_push(arena, &copy, arena_strdup(arena, *set));
    vec_push(arena, &copy, NULL);
    return copy.v;
}

static bool check_name(const char *name, struct err *err)
{
    if (lab_name_valid(name))
        return true;
    err_wrong(err, -EINVAL,
              "'%s' cannot be a lab's name: a letter or digit, then letters, digits, _ and -, "
              "at most 32",
              name);
    return false;
}

int nslab_topology_read(const char *file, const struct nslab_read_options *options,
                        nslab_topology **ret, struct nslab_error *error)
{
    struct err err = {0};
    const char *name = options ? options->name : NULL;
    CLEANUP(topology_clean) struct nslab_topology *t = topology_new();
    if (name && !check_name(name, &err))
        return give(&err, error);
    if (open_source(t, file, &err) < 0)
        return give(&err, error);
    const struct topo_options with = {.name = name ? arena_strdup(t->arena, name) : NULL,
                                      .set =
                                          copy_settings(t->arena, options ? options->set : NULL)};
    t->topo = topo_load(&t->diags, &with);
    diags_sort(&t->diags);
    *ret = TAKE(t);
    return NSLAB_OK;
}

bool nslab_topology_valid(const nslab_topology *t)
{
    return t->topo != NULL;
}

unsigned nslab_topology_errors(const nslab_topology *t)
{
    return t->diags.errors;
}

unsigned nslab_topology_warnings(const nslab_topology *t)
{
    return t->diags.warnings;
}

const char *nslab_topology_name(const nslab_topology *t)
{
    return t->topo->name;
}

unsigned nslab_topology_nodes(const nslab_topology *t)
{
    unsigned n = 0;
    VEC_EACH (struct node *, node, &t->topo->nodes)
        n += !(*node)->hidden;
    return n;
}

/* A LAN counts as one, whatever it takes to make it. */
unsigned nslab_topology_links(const nslab_topology *t)
{
    unsigned n = t->topo->lans.n;
    VEC_EACH (struct link *, link, &t->topo->links)
        n += !(*link)->ends[0]->node->hidden && !(*link)->ends[1]->node->hidden;
    return n;
}

int nslab_topology_peek_name(const char *file, char **ret, struct nslab_error *error)
{
    struct err err = {0};
    CLEANUP(topology_clean) struct nslab_topology *t = topology_new();
    if (open_source(t, file, &err) < 0)
        return give(&err, error);
    const char *name = topo_peek_name(&t->diags);
    if (!name) {
        err_wrong(&err, -EINVAL, "%s: it has no name that a lab can have", file);
        return give(&err, error);
    }
    *ret = memory_text(name);
    return NSLAB_OK;
}

int nslab_topology_tests(const nslab_topology *t, const char *filter, unsigned *ret,
                         struct nslab_error *error)
{
    struct err err = {0};
    return tests_count(t->topo, filter, ret, &err) < 0 ? give(&err, error) : NSLAB_OK;
}

char *nslab_topology_diagnostics(const nslab_topology *t, bool colour)
{
    struct str out = {0};
    diags_print_text(&t->diags, colour, &out);
    return str_take(&out);
}

char *nslab_report(nslab_topology *const topologies[], size_t n, enum nslab_report format)
{
    static char *(*const writers[])(const struct diags *const files[], size_t n) = {
        [NSLAB_REPORT_JSON] = report_json,
        [NSLAB_REPORT_GITHUB] = report_github,
        [NSLAB_REPORT_SARIF] = report_sarif,
    };
    CLEAN_FREE const struct diags **files = calloc(n + 1, sizeof(*files));
    if (!files)
        return NULL;
    for (size_t i = 0; i < n; i++)
        files[i] = &topologies[i]->diags;
    return writers[format](files, n);
}

char *nslab_plan(const nslab_topology *t, enum nslab_plan_format format)
{
    static const enum plan_format formats[] = {
        [NSLAB_PLAN_TEXT] = PLAN_TEXT,
        [NSLAB_PLAN_SH] = PLAN_SH,
        [NSLAB_PLAN_JSON] = PLAN_JSON,
    };
    return plan_print(plan_new(t->topo), formats[format]);
}

char *nslab_schema(void)
{
    return topo_schema_text();
}

/* --- Labs --------------------------------------------------------------------------------- */

/* A failure that a line of the file caused is shown with that line. */
static int give_placed(const nslab_topology *t, const struct err *err, struct nslab_error *error)
{
    if (!err->pos.line)
        return give(err, error);
    struct str out CLEAN_STR = {0};
    diag_print_err(&t->diags, err, false, &out);
    while (out.len && out.text[out.len - 1] == '\n')
        out.text[--out.len] = '\0';
    int status = give(err, error);
    say(error, out.text);
    return status;
}

int nslab_up(const nslab_topology *t, const struct nslab_up_options *options, int *ret_tie,
             struct nslab_error *error)
{
    struct err err = {0};
    struct lab_up_options with = {0};
    if (options)
        with = (struct lab_up_options){.tied = options->tied,
                                       .progress = options->progress,
                                       .warn = options->warning,
                                       .arg = options->arg};
    CLEAN_FD int tie = -1;
    if (!t->topo) {
        say(error, "the topology is not valid");
        return NSLAB_WRONG;
    }
    if (options && options->name) {
        if (!check_name(options->name, &err))
            return give(&err, error);
        t->topo->name = arena_strdup(t->arena, options->name);
    }
    if (lab_up(plan_new(t->topo), &with, &tie, &err) < 0)
        return give_placed(t, &err, error);
    if (ret_tie)
        *ret_tie = TAKE_FD(tie);
    return NSLAB_OK;
}

int nslab_keep(const char *lab, int tie, struct nslab_error *error)
{
    struct err err = {0};
    return lab_keep(lab, tie, &err) < 0 ? give(&err, error) : NSLAB_OK;
}

int nslab_down(const char *lab, unsigned grace_ms, char **ret_strangers, struct nslab_error *error)
{
    struct err err = {0};
    json_t *strangers = NULL;
    int r = lab_down(lab, grace_ms, &strangers, &err);
    return give_json(r, strangers, &err, ret_strangers, error);
}

int nslab_list(char **ret_json, struct nslab_error *error)
{
    struct err err = {0};
    json_t *json = NULL;
    int r = lab_list(&json, &err);
    return give_json(r, json, &err, ret_json, error);
}

int nslab_describe(const char *lab, char **ret_json, struct nslab_error *error)
{
    struct err err = {0};
    json_t *json = NULL;
    int r = lab_describe(lab, &json, &err);
    return give_json(r, json, &err, ret_json, error);
}

int nslab_status(const char *lab, char **ret_json, struct nslab_error *error)
{
    struct err err = {0};
    json_t *json = NULL;
    int r = lab_status(lab, &json, &err);
    return give_json(r, json, &err, ret_json, error);
}

int nslab_ps(const char *lab, const char *node, char **ret_json, struct nslab_error *error)
{
    struct err err = {0};
    json_t *json = NULL;
    int r = lab_ps(lab, node, &json, &err);
    return give_json(r, json, &err, ret_json, error);
}

int nslab_services(const char *lab, char **ret_json, struct nslab_error *error)
{
    struct err err = {0};
    json_t *json = NULL;
    int r = lab_services(lab, &json, &err);
    return give_json(r, json, &err, ret_json, error);
}

static int handle_service(const char *lab, const char *which, enum lab_service_action action,
                          int signal, struct nslab_error *error)
{
    struct err err = {0};
    int r = lab_service(lab, which, action, signal, &err);
    return r ? give(&err, error) : NSLAB_OK;
}

int nslab_service_start(const char *lab, const char *which, struct nslab_error *error)
{
    return handle_service(lab, which, LAB_SERVICE_START, 0, error);
}

int nslab_service_stop(const char *lab, const char *which, struct nslab_error *error)
{
    return handle_service(lab, which, LAB_SERVICE_STOP, 0, error);
}

int nslab_service_restart(const char *lab, const char *which, struct nslab_error *error)
{
    return handle_service(lab, which, LAB_SERVICE_RESTART, 0, error);
}

int nslab_service_kill(const char *lab, const char *which, const char *signal,
                       struct nslab_error *error)
{
    struct err err = {0};
    int number = signal ? signal_parse(signal) : SIGKILL;
    if (number)
        return handle_service(lab, which, LAB_SERVICE_KILL, number, error);
    err_wrong(&err, -EINVAL, "there is no signal '%s'", signal);
    return give(&err, error);
}

int nslab_firewall(const char *lab, const char *node, char **ret_json, struct nslab_error *error)
{
    struct err err = {0};
    json_t *json = NULL;
    int r = lab_firewall(lab, node, &json, &err);
    return give_json(r, json, &err, ret_json, error);
}

int nslab_links(const char *lab, const char *which, char **ret_json, struct nslab_error *error)
{
    struct err err = {0};
    json_t *json = NULL;
    int r = lab_links(lab, which, &json, &err);
    return give_json(r, json, &err, ret_json, error);
}

int nslab_link_set(const char *lab, const char *which, const char *const *settings, char **ret_json,
                   struct nslab_error *error)
{
    struct err err = {0};
    json_t *json = NULL;
    int r = lab_link_set(lab, which, settings, &json, &err);
    return give_json(r, json, &err, ret_json, error);
}

int nslab_link_down(const char *lab, const char *which, char **ret_json, struct nslab_error *error)
{
    struct err err = {0};
    json_t *json = NULL;
    int r = lab_link_down(lab, which, &json, &err);
    return give_json(r, json, &err, ret_json, error);
}

int nslab_link_up(const char *lab, const char *which, char **ret_json, struct nslab_error *error)
{
    struct err err = {0};
    json_t *json = NULL;
    int r = lab_link_up(lab, which, &json, &err);
    return give_json(r, json, &err, ret_json, error);
}

int nslab_partition(const char *lab, const char *groups, char **ret_json, struct nslab_error *error)
{
    struct err err = {0};
    json_t *json = NULL;
    int r = lab_partition(lab, groups, &json, &err);
    return give_json(r, json, &err, ret_json, error);
}

int nslab_heal(const char *lab, char **ret_json, struct nslab_error *error)
{
    struct err err = {0};
    json_t *json = NULL;
    int r = lab_heal(lab, &json, &err);
    return give_json(r, json, &err, ret_json, error);
}

int nslab_ping(const char *lab, const struct nslab_ping_options *options, char **ret_json,
               struct nslab_error *error)
{
    struct err err = {0};
    struct reach_options with = {0};
    json_t *json = NULL;
    if (options)
        with = (struct reach_options){.from = options->from,
                                      .to = options->to,
                                      .ipv4 = options->ipv4,
                                      .ipv6 = options->ipv6,
                                      .packets = options->packets,
                                      .timeout_ms = options->timeout_ms};
    int r = lab_reach(lab, &with, &json, &err);
    return give_json(r, json, &err, ret_json, error);
}

int nslab_logs(const char *lab, char **ret_json, struct nslab_error *error)
{
    struct err err = {0};
    json_t *json = NULL;
    int r = lab_logs(lab, &json, &err);
    return give_json(r, json, &err, ret_json, error);
}

int nslab_log_open(const char *lab, const char *log, nslab_log **ret, struct nslab_error *error)
{
    struct err err = {0};
    struct log_reader *reader = NULL;
    int r = lab_log_open(lab, log, &reader, &err);
    *ret = (nslab_log *)reader;
    return r < 0 ? give(&err, error) : NSLAB_OK;
}

char *nslab_log_next(nslab_log *log, bool *ret_over)
{
    return lab_log_next((struct log_reader *)log, ret_over);
}

void nslab_log_close(nslab_log *log)
{
    lab_log_close((struct log_reader *)log);
}

struct teller {
    nslab_test_fn *result;
    void *arg;
};

static void tell_result(void *arg, const json_t *result)
{
    const struct teller *teller = arg;
    CLEAN_FREE char *text = json_dumps(result, JSON_COMPACT);
    if (text)
        teller->result(teller->arg, text);
}

int nslab_test(const char *lab, const struct nslab_test_options *options, char **ret_json,
               struct nslab_error *error)
{
    struct err err = {0};
    struct teller teller = {0};
    struct tests_options with = {.arg = &teller};
    if (options) {
        teller = (struct teller){options->result, options->arg};
        with.filter = options->filter;
        with.bundle = options->bundle;
        with.result = options->result ? tell_result : NULL;
    }
    json_t *json = NULL;
    int r = tests_run(lab, &with, &json, &err);
    return give_json(r, json, &err, ret_json, error);
}

int nslab_exec(const char *lab, const char *node, char *const argv[],
               const struct nslab_exec_options *options, int *ret_status, struct nslab_error *error)
{
    struct err err = {0};
    struct lab_exec_options with = {.in = -1, .out = -1, .err = -1};
    if (options)
        with =
            (struct lab_exec_options){options->directory, options->in, options->out, options->err};
    int r = lab_exec(lab, node, argv, &with, ret_status, &err);
    return r < 0 ? give(&err, error) : NSLAB_OK;
}

static json_t *probe_json(const struct probe_result *p)
{
    return json_pack("{s:s, s:b, s:b, s:s, s:s}", "check", p->check, "ok", p->ok, "needed",
                     p->needed, "detail", p->detail, "remedy", p->ok ? "" : p->remedy);
}

int nslab_doctor(char **ret_json, struct nslab_error *error)
{
    struct err err = {0};
    CLEAN_FREE struct probe_result *results = NULL;
    size_t n;
    int r = probe_all(&results, &n, &err);
    json_t *list = json_array();
    for (size_t i = 0; r >= 0 && i < n; i++)
        json_array_append_new(list, probe_json(&results[i]));
    return give_json(r, list, &err, ret_json, error);
}
