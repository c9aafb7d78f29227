// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "base/str.h"
#include "model/programs.h"

/* Programs in words, as a shell would take them where it could. */

/* "nginx -g 'daemon off;'"; what is in ARENA is shortened where it is long or has several lines. */
void program_words_add(struct str *s, const struct command *command);
const char *program_words_command(struct arena *arena, const struct command *command);

/* "LANG=C SITE='a b' ": NODE's variables and those of its SERVICE (or NULL) over them, END behind
 * each. */
void program_words_env(struct str *s, const struct node *node, const struct service *service,
                       const char *end);

/* "tcp/179 is listened on": what READY waits for. */
void program_words_ready(struct str *s, const struct ready *ready);

/* The same as it is written in a topology: "listen" and "tcp/179". Of a command its words. */
const char *program_words_ready_key(const struct ready *ready);
void program_words_ready_value(struct str *s, const struct ready *ready);

/* " within 10s user frr restart always …": what else is said of SERVICE, and is not the default. */
void program_words_how(struct str *s, const struct service *service);

/* "no", "on-failure", "always". */
const char *program_words_restart(enum restart restart);
