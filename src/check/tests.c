// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * The tests of a lab, from first to last.
 *
 * Probes change nothing, so those that stand together are asked all at once: a *batch*. What may
 * change something, or be disturbed, is a batch of its own: a command, a measurement. Those with
 * `within` wait for something to come, which those behind them build on: they end a batch, together
 * with others of their sort. So tests take effect as if they were tried one by one.
 */
#include "check/tests.h"

#include <string.h>
#include <time.h>

#include "base/regexp.h"
#include "check/bundle.h"
#include "check/program.h"
#include "check/trial.h"
#include "lab/find.h"
#include "lab/lab.h"
#include "lab/deadline.h"
#include "lab/tests.h"

enum {
    RETRY_MS = 200,
    RUN_MS = 60000, /* for a command to end, without `within` */
    LINES_SHOWN = 10,
};

struct run {
    const struct tests_options *options;
    const char *file;
    struct state state;
    struct roster roster;
    struct cables cables;
    struct arena *arena;
    json_t *specs, *results;
    VEC(struct trial) trials;
};

/* --- Which ------------------------------------------------------------------------------------ */

struct filter {
    regex_t regex;
    bool any;
};

static int filter_open(struct filter *filter, const char *text, struct err *err)
{
    char why[REGEX_WHY_MAX];
    filter->any = !text;
    int r = text ? regex_compile(&filter->regex, text, 0, why) : 0;
    if (!r)
        return 0;
    if (r == -E2BIG)
        return err_wrong(err, r, "'%s' is too large for a regular expression", text);
    return err_wrong(err, -EINVAL, "'%s' is no regular expression (POSIX, extended): %s", text,
                     why);
}

static void filter_close(struct filter *filter)
{
    if (!filter->any)
        regfree(&filter->regex);
}

static bool fits(struct filter *filter, const char *name, const char *words)
{
    return filter->any || regex_fits(&filter->regex, tests_title(name, words));
}

int tests_count(const struct topo *topo, const char *text, unsigned *ret, struct err *err)
{
    struct filter filter;
    int r = filter_open(&filter, text, err);
    if (r)
        return r;
    *ret = 0;
    VEC_EACH (const struct test *, test, &topo->tests)
        *ret += fits(&filter, (*test)->name, (*test)->words);
    filter_close(&filter);
    return 0;
}

static int choose(struct run *run, struct err *err)
{
    struct filter filter;
    size_t i;
    json_t *spec;
    int r = filter_open(&filter, run->options->filter, err);
    if (r)
        return r;
    json_array_foreach(run->specs, i, spec)
    {
        if (fits(&filter, json_string_value(json_object_get(spec, "name")),
                 json_string_value(json_object_get(spec, "words"))))
            trial_init(vec_add(run->arena, &run->trials), spec);
    }
    filter_close(&filter);
    return 0;
}

static struct range range_of(const struct run *run, const struct book *book)
{
    return (struct range){.state = &run->state,
                          .roster = &run->roster,
                          .book = book,
                          .cables = &run->cables,
                          .arena = run->arena};
}

/* --- Commands --------------------------------------------------------------------------------- */

/* The last lines of OUTPUT, each indented. */
static void add_last_lines(struct str *out, const struct str *output)
{
    size_t len = output->len;
    while (len && output->text[len - 1] == '\n')
        len--;
    size_t start = len;
    for (int lines = 0; start; start--) {
        if (output->text[start - 1] == '\n' && ++lines == LINES_SHOWN)
            break;
    }
    for (size_t i = start; i < len; i++) {
        if (i == start || output->text[i - 1] == '\n')
            str_add(out, "\n    ");
        if (output->text[i] != '\n')
            str_addn(out, output->text + i, 1);
    }
}

static bool output_fits(const json_t *spec, const struct str *output)
{
    const char *wanted = json_string_value(json_object_get(spec, "output"));
    regex_t regex;
    char why[REGEX_WHY_MAX];
    if (!wanted)
        return true;
    if (regex_compile(&regex, wanted, REG_NEWLINE, why))
        return false;
    bool found = regex_fits(&regex, output->text ? output->text : "");
    regfree(&regex);
    return found;
}

static void judge_command(struct run *run, struct trial *trial, const struct range *range,
                          const char *node, const struct program_result *result)
{
    CLEAN_STR struct str seen = {0};
    int wanted = (int)json_integer_value(json_object_get(trial->spec, "exit"));
    bool held =
        !result->late && result->status == wanted && output_fits(trial->spec, &result->output);
    if (result->late)
        str_add(&seen, "it did not end in time, and was killed");
    else
        str_addf(&seen, "exit status %d", result->status);
    str_add(&seen, result->output.len ? "; it printed:" : "; it printed nothing");
    add_last_lines(&seen, &result->output);
    trial_add_shot(trial, range, node, held, arena_strdup(run->arena, seen.text));
    /* what did not end is no proof of the contrary */
    if (result->late)
        trial->shots.v[trial->shots.n - 1].held = false;
}

static char **words_of(struct run *run, const json_t *list)
{
    size_t i, n = json_array_size(list);
    char **words = arena_alloc(run->arena, (n + 1) * sizeof(*words));
    for (i = 0; i < n; i++)
        words[i] = arena_strdup(run->arena, json_string_value(json_array_get(list, i)));
    words[n] = NULL;
    return words;
}

static int try_command(struct run *run, struct trial *trial, struct err *err)
{
    const struct range range = range_of(run, NULL); /* who has which address is of no concern */
    char **argv = words_of(run, json_object_get(trial->spec, "command"));
    size_t i;
    json_t *end;
    trial->shots.n = 0;
    json_array_foreach(json_object_get(trial->spec, "from"), i, end)
    {
        const char *node = json_string_value(json_object_get(end, "node"));
        struct program_result result;
        unsigned limit = trial->within_ms > RUN_MS ? trial->within_ms : RUN_MS;
        int r = program_run(run->state.name, node, argv, limit, &result, err);
        if (r)
            return r;
        judge_command(run, trial, &range, node, &result);
        str_done(&result.output);
    }
    return 0;
}

/* --- Batches ---------------------------------------------------------------------------------- */

/* Where a measurement leads, something was sent before: neighbours' addresses are known, which over
 * a long link takes longer than what is measured. */
static int warm_up(struct run *run, const struct probe *probe, struct err *err)
{
    struct probe_outcome ignored;
    const struct probe hello = {
        .kind = PROBE_PING, .node = probe->node, .from = probe->from, .to = probe->to};
    return probes_run(&run->state, &hello, 1, &ignored, err);
}

/* Asks all that the N pending TRIALS ask; measurements one by one. */
static int ask(struct run *run, struct trial **trials, uint32_t n, struct err *err)
{
    CLEAN_BOOK struct book *book = NULL;
    VEC(struct probe) probes = {0};
    int read = book_read(&run->state, &run->roster, &book, err);
    if (read)
        return read;
    const struct range range = range_of(run, book);
    for (uint32_t i = 0; i < n; i++) {
        trial_aim(trials[i], &range);
        VEC_EACH (const struct shot, shot, &trials[i]->shots) {
            if (!shot->lacking)
                vec_push(run->arena, &probes, shot->probe);
        }
    }
    CLEAN_FREE struct probe_outcome *outcomes = calloc(probes.n + 1, sizeof(*outcomes));
    if (!outcomes)
        return err_sys(err, -ENOMEM, "asking %u probes", probes.n);
    bool alone = trials[0]->kind == TEST_RTT || trials[0]->kind == TEST_THROUGHPUT;
    uint32_t step = alone ? 1 : probes.n;
    for (uint32_t i = 0; i < probes.n; i += step) {
        int r = alone ? warm_up(run, &probes.v[i], err) : 0;
        if (!r)
            r = probes_run(&run->state, probes.v + i, step, outcomes + i, err);
        if (r)
            return r;
    }
    static const struct probe_outcome none;
    uint32_t next = 0;
    for (uint32_t i = 0; i < n; i++) {
        uint64_t slowest = 0;
        VEC_EACH (struct shot, shot, &trials[i]->shots) {
            const struct probe_outcome *outcome = shot->lacking ? &none : &outcomes[next++];
            trial_judge(trials[i], shot, outcome, &range);
            slowest = outcome->took > slowest ? outcome->took : slowest;
        }
        trials[i]->slowest_ms = alone ? -1 : (int64_t)(slowest / 1000000);
    }
    return 0;
}

/* Tries those of the N TRIALS that are not over once. */
static int try_once(struct run *run, struct trial *trials, uint32_t n, struct err *err)
{
    VEC(struct trial *) pending = {0};
    for (uint32_t i = 0; i < n; i++) {
        trials[i].slowest_ms = -1;
        if (!trials[i].over)
            vec_push(run->arena, &pending, &trials[i]);
    }
    int64_t began = procs_now_ms();
    int r = pending.v[0]->kind == TEST_RUN ? try_command(run, pending.v[0], err)
                                           : ask(run, pending.v, pending.n, err);
    for (uint32_t i = 0; !r && i < pending.n; i++) {
        struct trial *trial = pending.v[i];
        trial_count(trial);
        trial->tries++;
        int64_t now = procs_now_ms();
        trial->took_ms = (trial->slowest_ms < 0 ? now : began + trial->slowest_ms) - trial->started;
        trial->over = trial->held || now - trial->started >= trial->within_ms;
    }
    return r;
}

static bool all_over(const struct trial *trials, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        if (!trials[i].over)
            return false;
    }
    return true;
}

static int try_batch(struct run *run, struct trial *trials, uint32_t n, struct err *err)
{
    int64_t now = procs_now_ms();
    for (uint32_t i = 0; i < n; i++)
        trials[i].started = now;
    for (;;) {
        int r = try_once(run, trials, n, err);
        if (r || all_over(trials, n))
            return r;
        nanosleep(&(struct timespec){.tv_nsec = RETRY_MS * 1000000L}, NULL);
    }
}

static bool goes_alone(const struct trial *trial)
{
    return trial->kind == TEST_RUN || trial->kind == TEST_RTT || trial->kind == TEST_THROUGHPUT;
}

/* How many of TRIALS, N at most, are a batch. */
static uint32_t batch_size(const struct trial *trials, uint32_t n)
{
    uint32_t size = 1;
    if (goes_alone(trials))
        return 1;
    while (size < n && !goes_alone(&trials[size]) &&
           !(trials[size - 1].within_ms && !trials[size].within_ms))
        size++;
    return size;
}

static void tell(struct run *run, const struct trial *trials, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        json_t *result = trial_json(&trials[i], run->file);
        json_array_append_new(run->results, result);
        if (run->options->result)
            run->options->result(run->options->arg, result);
    }
}

static int try_all(struct run *run, struct err *err)
{
    for (uint32_t i = 0, n; i < run->trials.n; i += n) {
        n = batch_size(run->trials.v + i, run->trials.n - i);
        int r = try_batch(run, run->trials.v + i, n, err);
        if (r)
            return r;
        tell(run, run->trials.v + i, n);
    }
    return 0;
}

/* --- A lab's ---------------------------------------------------------------------------------- */

static int read_lab(struct run *run, const char *name, json_t **ret_described, struct err *err)
{
    int r = find_lab(name, &run->state, err);
    if (!r)
        r = lab_describe(name, ret_described, err);
    if (!r)
        r = roster_read(&run->state, &run->roster, err);
    if (!r)
        r = cables_read(&run->state, run->arena, &run->cables, err);
    return r ? r : tests_read(&run->state, &run->specs, err);
}

static unsigned count_failed(const struct run *run)
{
    unsigned n = 0;
    VEC_EACH (const struct trial, trial, &run->trials)
        n += !trial->held;
    return n;
}

static int finish(struct run *run, int64_t started, json_t **ret, struct err *err)
{
    unsigned failed = count_failed(run);
    json_t *json = json_pack("{s:s, s:s, s:O, s:i, s:f}", "lab", run->state.name, "file", run->file,
                             "tests", run->results, "failed", (int)failed, "seconds",
                             (double)(procs_now_ms() - started) / 1000);
    const char *bundle = run->options->bundle;
    int r = 0;
    if (failed && bundle) {
        json_object_set_new(json, "bundle", json_string(bundle));
        r = bundle_write(run->state.name, &run->roster, json, bundle, err);
    }
    *ret = json;
    return r;
}

static void run_done(struct run *run)
{
    json_decref(run->specs);
    json_decref(run->results);
    roster_done(&run->roster);
    state_done(&run->state);
    arena_free(run->arena);
}

int tests_run(const char *name, const struct tests_options *options, json_t **ret, struct err *err)
{
    static const struct tests_options none = {0};
    struct run run = {.options = options ? options : &none,
                      .state = STATE_NONE,
                      .arena = arena_new(),
                      .results = json_array()};
    json_t *described = NULL;
    int64_t started = procs_now_ms();
    int r = read_lab(&run, name, &described, err);
    if (!r) {
        run.file = json_string_value(json_object_get(described, "file"));
        r = choose(&run, err);
    }
    if (!r)
        r = try_all(&run, err);
    if (!r)
        r = finish(&run, started, ret, err);
    json_decref(described);
    run_done(&run);
    return r;
}
