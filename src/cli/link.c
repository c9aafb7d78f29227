// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * nslab link: the links of a lab that runs: what they are, and changing them. The library asks the
 * kernel every time, so nothing is remembered here.
 */
#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "args.h"
#include "cli.h"
#include "links.h"
#include "table.h"
#include "target.h"

enum { FLAP_EVERY_MS = 2000, FLAP_LEAST_MS = 10 };

/* One call: the lab, and the words behind the verb. */
struct call {
    const struct args *args;
    const char *lab;
    char **words; /* NULL-terminated */
    unsigned n;
};

/* --- Looking --------------------------------------------------------------------------------- */

static int ask(const struct call *call, const char *which, json_t **ret)
{
    struct nslab_error error;
    CLEAN_TEXT char *text = NULL;
    int status = nslab_links(call->lab, which, &text, &error);
    if (status)
        return fail_error(status, NULL, &error);
    *ret = parse_json(text);
    return NSLAB_OK;
}

static int run_ls(const struct call *call)
{
    CLEAN_JSON json_t *links = NULL;
    int status = ask(call, NULL, &links);
    if (status)
        return status;
    if (args_has(call->args, OPT_JSON))
        return print_json(links);
    if (args_has(call->args, OPT_QUIET))
        links_print_names(links);
    else
        links_print(links);
    return NSLAB_OK;
}

static int run_show(const struct call *call)
{
    CLEAN_JSON json_t *links = NULL;
    int status = ask(call, call->words[0], &links);
    if (status)
        return status;
    if (args_has(call->args, OPT_JSON))
        return print_json(links);
    links_print_ends(links);
    return NSLAB_OK;
}

/* --- Changing -------------------------------------------------------------------------------- */

static int run_set(const struct call *call)
{
    struct nslab_error error;
    CLEAN_TEXT char *text = NULL;
    const char *const *settings = (const char *const *)call->words + 1;
    int status = nslab_link_set(call->lab, call->words[0], settings, &text, &error);
    return status ? fail_error(status, NULL, &error) : links_report(call->args, text, "set");
}

typedef int change_fn(const char *lab, const char *which, char **ret_json,
                      struct nslab_error *error);

static int change(const struct call *call, change_fn *fn, const char *done)
{
    struct nslab_error error;
    CLEAN_TEXT char *text = NULL;
    int status = fn(call->lab, call->words[0], &text, &error);
    return status ? fail_error(status, NULL, &error) : links_report(call->args, text, done);
}

static int run_down(const struct call *call)
{
    return change(call, nslab_link_down, "down");
}

static int run_up(const struct call *call)
{
    return change(call, nslab_link_up, "up");
}

/* --- Flapping -------------------------------------------------------------------------------- */

struct flap {
    const struct call *call;
    unsigned every_ms, for_ms; /* for 0: until a signal comes */
    sigset_t signals;
};

/* Waits until SECONDS (as of now()); the signal that came, or 0. */
static int wait_until(const struct flap *flap, double seconds)
{
    for (;;) {
        double left = seconds - now();
        if (left < 0)
            left = 0;
        const struct timespec wait = {.tv_sec = (time_t)left,
                                      .tv_nsec = (long)((left - (double)(time_t)left) * 1e9)};
        int number = sigtimedwait(&flap->signals, NULL, &wait);
        if (number > 0)
            return number;
        if (now() >= seconds)
            return 0;
    }
}

static int turn(const struct flap *flap, change_fn *fn)
{
    struct nslab_error error;
    int status = fn(flap->call->lab, flap->call->words[0], NULL, &error);
    return status ? fail_error(status, NULL, &error) : 0;
}

/* Half of each period down, the other half up; up at the end, however it ends. *RET_SIGNAL is what
 * ended it. */
static int flap_links(const struct flap *flap, unsigned *ret_times, int *ret_signal)
{
    double start = now(), period = flap->every_ms / 1000.0;
    double end = flap->for_ms ? start + flap->for_ms / 1000.0 : HUGE_VAL;
    unsigned all = flap->for_ms ? (flap->for_ms + flap->every_ms - 1) / flap->every_ms : 0;
    int status = 0;
    for (*ret_times = 0; !status && !*ret_signal && (!all || *ret_times < all); ++*ret_times) {
        double begin = start + *ret_times * period;
        status = turn(flap, nslab_link_down);
        if (!status)
            *ret_signal = wait_until(flap, begin + period / 2);
        int up = turn(flap, nslab_link_up);
        status = status ? status : up;
        if (!status && !*ret_signal)
            *ret_signal = wait_until(flap, begin + period < end ? begin + period : end);
    }
    return status;
}

static int read_span(const struct call *call, enum option_id id, const char *name, unsigned *ret_ms)
{
    const char *text = call->args->values[id];
    if (!text || (parse_duration(text, ret_ms) && *ret_ms >= FLAP_LEAST_MS))
        return 0;
    return wrong_usage(call->args->command, "--%s takes a duration from %d ms, like 2s, not '%s'",
                       name, FLAP_LEAST_MS, text);
}

static int flap_until_signal(struct flap *flap, unsigned *ret_times)
{
    sigset_t before;
    int number = 0;
    sigprocmask(SIG_BLOCK, &flap->signals, &before);
    int status = flap_links(flap, ret_times, &number);
    sigprocmask(SIG_SETMASK, &before, NULL);
    return status ? status : number && flap->for_ms ? 128 + number : NSLAB_OK;
}

static int run_flap(const struct call *call)
{
    static const int signals[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
    struct flap flap = {.call = call, .every_ms = FLAP_EVERY_MS};
    CLEAN_JSON json_t *links = NULL;
    unsigned times = 0;
    sigemptyset(&flap.signals);
    for (size_t i = 0; i < COUNT(signals); i++)
        sigaddset(&flap.signals, signals[i]);
    int status = read_span(call, OPT_EVERY, "every", &flap.every_ms);
    if (!status)
        status = read_span(call, OPT_FOR, "for", &flap.for_ms);
    if (!status)
        status = ask(call, call->words[0], &links);
    if (!status)
        status = flap_until_signal(&flap, &times);
    if (status)
        return status;
    char done[COUNT_TEXT_MAX + 16], count[COUNT_TEXT_MAX];
    snprintf(done, sizeof(done), "flapped %s", count_text(times, "time", count));
    CLEAN_TEXT char *text = json_dumps(links, JSON_COMPACT);
    return links_report(call->args, text, done);
}

/* --- Verbs ----------------------------------------------------------------------------------- */

static const char *const verb_names[] = {"ls", "show", "set", "down", "up", "flap", NULL};

static const struct verb {
    const char *usage; /* the words behind it */
    unsigned min, max;
    bool flaps;
    int (*run)(const struct call *call);
} verbs[] = {
    {"", 0, 0, false, run_ls},
    {"LINK", 1, 1, false, run_show},
    {"LINK KEY=VALUE...", 2, (unsigned)-1, false, run_set},
    {"LINK", 1, 1, false, run_down},
    {"LINK", 1, 1, false, run_up},
    {"LINK", 1, 1, true, run_flap},
};

static const struct verb *find_verb(const char *word)
{
    for (size_t i = 0; word && verb_names[i]; i++) {
        if (!strcmp(verb_names[i], word))
            return &verbs[i];
    }
    return NULL;
}

static int unknown_verb(const struct args *args, const char *word)
{
    char list[128];
    join_words(list, sizeof(list), verb_names, " or ");
    const char *near = nearest_word(word, verb_names, COUNT(verb_names) - 1);
    if (near)
        return wrong_usage(args->command, "unknown word '%s'; did you mean '%s'?", word, near);
    return wrong_usage(args->command, "%s, not '%s'", list, word);
}

static int check_words(const struct verb *verb, const char *name, const struct call *call)
{
    const struct args *args = call->args;
    if (call->n < verb->min)
        return wrong_usage(args->command, "a word is missing: nslab link %s %s", name, verb->usage);
    if (call->n > verb->max)
        return wrong_usage(args->command, "one word too many: '%s'", call->words[verb->max]);
    if (!verb->flaps && (args_has(args, OPT_EVERY) || args_has(args, OPT_FOR)))
        return wrong_usage(args->command, "--every and --for are for flap");
    return 0;
}

/* A lab may stand before the verb, too. */
static int run_link(const struct args *args)
{
    bool leads = args->n > 1 && !find_verb(args->words[0]) && find_verb(args->words[1]);
    const char *name = args->n ? args->words[leads] : "ls";
    const struct verb *verb = find_verb(name);
    struct call call = {.args = args};
    CLEAN_TEXT char *lab = NULL;
    if (!verb)
        return unknown_verb(args, name);
    if (leads && args_has(args, OPT_LAB))
        return wrong_usage(args->command, "one lab, not two: '%s'", args->words[0]);
    call.n = args->n ? args->n - leads - 1 : 0;
    call.words = args->words + args->n - call.n;
    int status = check_words(verb, name, &call);
    if (!status)
        status = leads ? target_lab(args->words[0], &lab) : target_lab_option(args, &lab);
    call.lab = lab;
    return status ? status : verb->run(&call);
}

static const struct option options[] = {
    OPTION_LAB,
    {OPT_EVERY, 0, "every", "DURATION", OPERAND_TEXT,
     .summary = "flap: how long once down and up takes (default 2s)"},
    {OPT_FOR, 0, "for", "DURATION", OPERAND_TEXT,
     .summary = "flap: how long it goes on (default: until Ctrl-C)"},
    OPTION_QUIET("ls: print names only; else nothing but errors"),
    OPTION_JSON("print the links, as they then are, as JSON"),
};

const struct command command_link = {
    .name = "link",
    .summary = "show the links of a lab, and change them while it runs",
    .usage = "[LAB] ls|show|set|down|up|flap [LINK] [KEY=VALUE]...",
    .about = "LINK is 'h1-r1' (both ends), 'r1:eth0' (one), a label 'site=berlin', a pattern of\n"
             "these ('r*-r*'), or a list with commas.\n"
             "  nslab link ls                             what there is\n"
             "  nslab link show r1:eth0                   what an end does to what it sends\n"
             "  nslab link set h1-r1 delay=50ms loss=1%   other keys stay as they are\n"
             "  nslab link set h1-r1 delay=none           takes one away\n"
             "  nslab link down h1-r1                     and up: with addresses and routes\n"
             "  nslab link flap h1-r1 --every 2s --for 10s\n",
    OPTIONS(options),
    .operand = OPERAND_LINK,
    .words = verb_names,
    .max = (unsigned)-1,
    .run = run_link,
};
