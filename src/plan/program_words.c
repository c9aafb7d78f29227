// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#include "plan/program_words.h"

#include <inttypes.h>
#include <netinet/in.h>
#include <signal.h>
#include <string.h>

#include "base/signals.h"
#include "base/units.h"

#define SHOWN_MAX 100 /* bytes of a command in one line of an error */

void program_words_add(struct str *s, const struct command *command)
{
    for (char *const *it = command->argv; *it; it++) {
        str_add(s, it == command->argv ? "" : " ");
        str_add_shell_word(s, *it);
    }
}

const char *program_words_command(struct arena *arena, const struct command *command)
{
    struct str s CLEAN_STR = {0};
    program_words_add(&s, command);
    size_t len = strcspn(s.text, "\n");
    if (len == s.len && len <= SHOWN_MAX)
        return arena_strdup(arena, s.text);
    if (len > SHOWN_MAX)
        len = SHOWN_MAX;
    while (len && ((unsigned char)s.text[len] & 0xc0) == 0x80) /* not within a letter */
        len--;
    return arena_printf(arena, "%.*s…", (int)len, s.text);
}

static bool has_var(const env_list *env, const char *name)
{
    VEC_EACH (const struct env_var, it, env) {
        if (strcmp(it->name, name) == 0)
            return true;
    }
    return false;
}

static void add_var(struct str *s, const struct env_var *var, const char *end)
{
    str_addf(s, "%s=", var->name);
    if (*var->value)
        str_add_shell_word(s, var->value);
    str_add(s, end);
}

void program_words_env(struct str *s, const struct node *node, const struct service *service,
                       const char *end)
{
    VEC_EACH (const struct env_var, it, &node_programs(node)->env) {
        if (!service || !has_var(&service->env, it->name))
            add_var(s, it, end);
    }
    if (!service)
        return;
    VEC_EACH (const struct env_var, it, &service->env)
        add_var(s, it, end);
}

const char *program_words_ready_key(const struct ready *ready)
{
    static const char *const keys[] = {
        [READY_LISTEN] = "listen",       [READY_OUTPUT] = "output", [READY_FILE] = "file",
        [READY_COMMAND] = "command",     [READY_ROUTE] = "route",   [READY_NEIGHBOUR] = "neighbour",
        [READY_INTERFACE] = "interface",
    };
    return keys[ready->kind];
}

void program_words_ready_value(struct str *s, const struct ready *ready)
{
    char buf[ADDR_TEXT_MAX];
    switch (ready->kind) {
    case READY_LISTEN:
        str_addf(s, "%s/%u", ready->protocol == IPPROTO_UDP ? "udp" : "tcp", ready->port);
        return;
    case READY_OUTPUT:
    case READY_FILE:
    case READY_INTERFACE:
        str_add(s, ready->text);
        return;
    case READY_COMMAND:
        program_words_add(s, &ready->command);
        return;
    case READY_ROUTE:
        str_add(s, prefix_text(&ready->prefix, buf));
        return;
    case READY_NEIGHBOUR:
        str_add(s, addr_text(&ready->addr, buf));
        return;
    }
}

void program_words_ready(struct str *s, const struct ready *ready)
{
    static const char *const words[][2] = {
        [READY_LISTEN] = {"", " is listened on"},
        [READY_OUTPUT] = {"it has printed '", "'"},
        [READY_FILE] = {"", " is there"},
        [READY_COMMAND] = {"`", "` ends with 0"},
        [READY_ROUTE] = {"there is a route to ", ""},
        [READY_NEIGHBOUR] = {"", " is a known neighbour"},
        [READY_INTERFACE] = {"", " runs"},
    };
    str_add(s, words[ready->kind][0]);
    program_words_ready_value(s, ready);
    str_add(s, words[ready->kind][1]);
    if (ready->kind != READY_COMMAND)
        return;
    str_add(s, ", tried every ");
    units_add_duration(s, ready->every_ms * UINT64_C(1000000));
}

const char *program_words_restart(enum restart restart)
{
    static const char *const words[] = {"no", "on-failure", "always"};
    return words[restart];
}

static void add_signal(struct str *s, int number)
{
    if (signal_name(number))
        str_addf(s, " stop-signal %s", signal_name(number));
    else
        str_addf(s, " stop-signal %d", number);
}

void program_words_how(struct str *s, const struct service *service)
{
    if (service->oneshot)
        str_add(s, " oneshot");
    if (service->oneshot || service->ready.n) {
        str_add(s, " within ");
        units_add_duration(s, service->within_ms * UINT64_C(1000000));
    }
    if (service->user)
        str_addf(s, " user %s", service->user);
    if (service->directory) {
        str_add(s, " directory ");
        str_add_shell_word(s, service->directory);
    }
    if (service->restart != RESTART_NO)
        str_addf(s, " restart %s", program_words_restart(service->restart));
    if (service->stop_signal != SIGTERM)
        add_signal(s, service->stop_signal);
    if (service->silent)
        str_add(s, " log none");
}
