// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#include "base/signals.h"

#include <signal.h>
#include <string.h>
#include <strings.h>

static const int numbers[] = {
    SIGTERM, SIGINT,  SIGQUIT, SIGHUP,  SIGKILL, SIGUSR1,  SIGUSR2,
    SIGALRM, SIGABRT, SIGCONT, SIGSTOP, SIGPIPE, SIGWINCH,
};
const char *const signal_names[] = {
    "TERM", "INT",  "QUIT", "HUP",  "KILL", "USR1",  "USR2",
    "ALRM", "ABRT", "CONT", "STOP", "PIPE", "WINCH", NULL,
};

int signal_parse(const char *text)
{
    const char *name = strncasecmp(text, "SIG", 3) == 0 ? text + 3 : text;
    for (size_t i = 0; i < ARRAY_SIZE(numbers); i++) {
        if (strcasecmp(name, signal_names[i]) == 0)
            return numbers[i];
    }
    size_t len = strlen(text);
    if (!len || len > 2 || strspn(text, "0123456789") != len)
        return 0;
    int number = atoi(text);
    return number <= SIGRTMAX ? number : 0;
}

const char *signal_name(int number)
{
    for (size_t i = 0; i < ARRAY_SIZE(numbers); i++) {
        if (numbers[i] == number)
            return signal_names[i];
    }
    return NULL;
}
