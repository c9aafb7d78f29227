// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include <jansson.h>

#include "base/err.h"

struct topo; /* model/model.h */

/* Trying the tests of a lab. */
typedef void tests_result_fn(void *arg, const json_t *result);

struct tests_options {
    const char *filter; /* a POSIX extended regular expression; NULL: all */
    tests_result_fn
        *result; /* called with each test's result when it is there, in order; or NULL */
    void *arg;
    const char *bundle; /* a folder for what the lab looks like where a test fails; NULL: none */
};

/*
 * Tries the tests of lab NAME, in order; probes that stand together are asked all at once. *RET:
 * {"lab", "file", "tests": [RESULT], "failed", "seconds", "bundle" (absent: none)}, RESULT as in
 * check/trial.h. A test that fails is no error. New reference.
 */
int tests_run(const char *name, const struct tests_options *options, json_t **ret, struct err *err);

/* How many tests of TOPO the regular expression TEXT (NULL: any) fits. */
int tests_count(const struct topo *topo, const char *text, unsigned *ret, struct err *err);
