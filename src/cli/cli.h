// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include <jansson.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "nslab.h"

/* What the commands share: how they speak, and a few locals that clean up behind themselves. */
struct command;

#define CLEAN(f) __attribute__((cleanup(f)))
#define CLEAN_TEXT CLEAN(clean_text)
#define CLEAN_JSON CLEAN(clean_json)
#define CLEAN_TOPOLOGY CLEAN(clean_topology)
#define CLEAN_FD CLEAN(clean_fd)
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

void clean_text(char **text);
void clean_json(json_t **json);
void clean_topology(nslab_topology **topology);
void clean_fd(int *fd);

/* Makes a question mark of each control character but new lines and tabs, in place; the same for
 * all texts of OBJECT, in a copy. */
void blank_controls(char *text);
json_t *without_controls(const json_t *object);

/* "nslab: …" on stderr; gives STATUS, so that a command can end in `return fail(…)`. */
__attribute__((format(printf, 2, 3))) int fail(int status, const char *fmt, ...);

/* What the library said of a failure: as it is where it names a place in FILE, else like fail.
 * FILE may be NULL. */
int fail_error(int status, const char *file, const struct nslab_error *error);

/* There is no more memory: says so and ends the program. What was given (P) where there is. */
_Noreturn void out_of_memory(void);
void *given(void *p);

/* "nslab COMMAND: …" and where its help is, on stderr; gives NSLAB_WRONG. */
__attribute__((format(printf, 2, 3))) int wrong_usage(const struct command *command,
                                                      const char *fmt, ...);

/* The nearest of N WORDS to WORD, by at most a third of its letters; NULL if none is. */
const char *nearest_word(const char *word, const char *const *words, size_t n);

/* WORDS (NULL-terminated) into BUF: "a, b OR c" with LAST standing before the last. */
void join_words(char *buf, size_t size, const char *const *words, const char *last);

/* Whether colour is wanted on FILE: a terminal, and no NO_COLOR. */
bool wants_colour(FILE *file);

/* SGR codes, or "" where there is to be no colour. */
const char *green(bool colour);
const char *red(bool colour);
const char *bold(bool colour);
const char *plain(bool colour);

/* Prints to stdout, JSON with a newline behind it; gives NSLAB_OK, or NSLAB_FAILED after saying
 * that it cannot be written. */
int print_text(const char *text);
int print_json(const json_t *json);
int print_json_line(const json_t *json); /* the whole of it on one */

/* TEXT as JSON, which it is: the library made it. */
json_t *parse_json(const char *text);

/* Member KEY of OBJECT, or "" / 0 / an empty list where there is none. */
const char *get_text(const json_t *object, const char *key);
long long get_int(const json_t *object, const char *key);

/* Whether TEXT is one of TEXTS; NULL: of any. */
bool has_text(const json_t *texts, const char *text);

/* BYTES as people say it ("980 B", "1.1 kB"), into BUF. */
#define BYTES_TEXT_MAX 32
const char *bytes_text(double bytes, char *buf);

/* Seconds since some moment, never going back. */
double now(void);

/* SECONDS to the millisecond. New reference. */
json_t *seconds_json(double seconds);

/* SECONDS as people say it ("35 ms", "1.2 s", "3 min", "2 h 5 min"), into BUF. */
#define DURATION_TEXT_MAX 32
const char *duration_text(double seconds, char *buf);

/* "1 node", "6 nodes", into BUF. */
#define COUNT_TEXT_MAX 48
const char *count_text(unsigned n, const char *noun, char *buf);

/* How long ago SINCE (JSON: seconds of Unix time) was, into BUF; "" where that is not known. */
const char *age_text(const json_t *since, char *buf);

/* The "name" of each of the OBJECTS, one a line, to stdout. */
void print_names(const json_t *objects);

/* "500ms", "2s", "1.5min" in milliseconds; false if it is none of the kind. */
bool parse_duration(const char *text, unsigned *ret_ms);
