// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "cli.h"

/*
 * What `nslab test` tells, in the formats that there are. A suite is a topology, or a lab that was
 * up already; its results are as of nslab_test.
 */
struct suite {
    const char *file; /* as named, or the lab's */
    const char *lab;  /* as it was built */
    json_t *results;  /* an array, which grows */
    bool over;
    int status;     /* of building and trying, not of tests that failed; 0: it was tried */
    char *error;    /* what went wrong then; NULL: nothing */
    char *bundle;   /* the folder, or NULL */
    bool kept;      /* the lab is still up */
    char *node;     /* one of its nodes, where it is */
    double seconds; /* all in all */
};

struct report {
    const struct report_format *format;
    FILE *out;
    bool colour, quiet;
    unsigned n, failed; /* tests told of */
    unsigned unbuilt;   /* suites that could not be tried */
};

/* "text", "tap", "junit", "json", NULL at the end. */
extern const char *const report_formats[];

/* By a name of these. */
void report_start(struct report *report, const char *format, FILE *out, bool quiet);

/* Those from which on were not told of yet: a suite begins (FIRST is 0), a result came, it is over.
 * Suites come one behind the other. */
void report_result(struct report *report, const struct suite *suite, size_t i);
void report_suite_begins(struct report *report, const struct suite *suite);
void report_suite_over(struct report *report, const struct suite *suite);

/* All N are over. 0, or NSLAB_FAILED after saying that it cannot be written. */
int report_finish(struct report *report, const struct suite *suites, size_t n, double seconds);
