// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * nslab service: starting and stopping services of a lab by hand.
 */
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

#include "args.h"
#include "cli.h"
#include "target.h"

static const char *const actions[] = {"start", "stop", "restart", "kill", NULL};
static const char *const done[] = {"started", "stopped", "restarted", "signalled"};

enum action { START, STOP, RESTART, KILL };

static bool find_action(const char *word, enum action *ret)
{
    for (size_t i = 0; actions[i]; i++) {
        if (!strcmp(actions[i], word)) {
            *ret = (enum action)i;
            return true;
        }
    }
    return false;
}

static int act(const char *lab, const char *which, enum action action, const char *signal,
               struct nslab_error *error)
{
    switch (action) {
    case START:
        return nslab_service_start(lab, which, error);
    case STOP:
        return nslab_service_stop(lab, which, error);
    case RESTART:
        return nslab_service_restart(lab, which, error);
    case KILL:
        return nslab_service_kill(lab, which, signal, error);
    }
    return NSLAB_FAILED;
}

/* Adds what ITEM stands for: one service, which the library knows whether there is, or those of the
 * lab that fit a pattern; a pattern without a slash is of nodes. */
static int add_matches(const char *lab, const json_t *services, const char *item, json_t *names)
{
    size_t i, found = 0;
    json_t *service;
    if (strchr(item, '/') && !target_is_pattern(item))
        return json_array_append_new(names, json_string(item)) ? NSLAB_FAILED : NSLAB_OK;
    json_array_foreach(services, i, service)
    {
        json_t *name =
            json_sprintf("%s/%s", get_text(service, "node"), get_text(service, "service"));
        bool fits = strchr(item, '/')
                        ? !fnmatch(item, json_string_value(name), FNM_PATHNAME)
                        : target_is_pattern(item) && !fnmatch(item, get_text(service, "node"), 0);
        if (fits)
            json_array_append(names, name);
        found += fits;
        json_decref(name);
    }
    if (found)
        return NSLAB_OK;
    return fail(NSLAB_WRONG, "lab %s has no service that is '%s': NODE/SERVICE (nslab ps -l %s)",
                lab, item, lab);
}

static int choose(const struct args *args, const char *lab, json_t *names)
{
    struct nslab_error error;
    CLEAN_TEXT char *text = NULL;
    int status = nslab_services(lab, &text, &error);
    if (status)
        return fail_error(status, NULL, &error);
    CLEAN_JSON json_t *services = parse_json(text);
    for (unsigned i = 1; i < args->n; i++) {
        CLEAN_TEXT char *list = given(strdup(args->words[i]));
        char *left = list;
        for (char *item = strsep(&left, ","); item && !status; item = strsep(&left, ","))
            status = add_matches(lab, services, item, names);
    }
    return status;
}

/* All of them, whatever becomes of one. */
static int act_on_all(const struct args *args, const char *lab, const json_t *names,
                      enum action action, const char *signal)
{
    size_t i;
    json_t *name;
    int worst = NSLAB_OK;
    json_array_foreach(names, i, name)
    {
        struct nslab_error error;
        const char *which = json_string_value(name);
        int status = act(lab, which, action, signal, &error);
        if (status)
            fail_error(status, NULL, &error);
        else if (!args_has(args, OPT_QUIET))
            printf("%s: %s\n", which, done[action]);
        worst = status > worst ? status : worst;
    }
    return worst;
}

static int run_service(const struct args *args)
{
    CLEAN_TEXT char *lab = NULL;
    CLEAN_JSON json_t *names = json_array();
    const char *signal = args->values[OPT_SIGNAL];
    enum action action;
    if (!find_action(args->words[0], &action))
        return wrong_usage(args->command, "start, stop, restart or kill, not '%s'", args->words[0]);
    if (args->n < 2)
        return wrong_usage(args->command, "which service? NODE/SERVICE");
    if (signal && action != KILL)
        return wrong_usage(args->command, "--signal is of kill");
    int status = target_lab_option(args, &lab);
    if (!status)
        status = choose(args, lab, names);
    return status ? status : act_on_all(args, lab, names, action, signal);
}

static const struct option options[] = {
    OPTION_LAB,
    {OPT_SIGNAL, 's', "signal", "SIGNAL", OPERAND_TEXT,
     .summary = "with kill: the signal to send (HUP, SIGUSR1, 10; default: KILL)"},
    OPTION_QUIET("print nothing but errors"),
};

const struct command command_service = {
    .name = "service",
    .summary = "start, stop, restart or signal services of a lab",
    .usage = "start|stop|restart|kill NODE/SERVICE...",
    .about = "Lists (r1/web,r2/web) and patterns ('r*/web', 'r*' for all of these nodes) name\n"
             "several. start and restart return when the service is ready. One that is killed\n"
             "is started again if its `restart` says so. nslab ps shows the services.\n",
    OPTIONS(options),
    .operand = OPERAND_SERVICE,
    .words = actions,
    .min = 1,
    .max = (unsigned)-1,
    .run = run_service,
};
