// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "model/language_command.h"
#include "model/tests.h"

/* Tests as written. */
struct quantity_value {
    uint64_t value; /* nanoseconds, bits a second, a fraction of SHARE_WHOLE */
    struct pos pos;
};

/* Of which probe what is, the tables in language_tests.c say. */
struct probe_input {
    enum test_kind kind;
    struct list_value from, to; /* of text_value; they may be patterns */
    struct prefix_value dest;   /* of route; family AF_UNSPEC: default, or NAME */
    struct int_value family;    /* 0: ipv4, 1: ipv6 */
    struct int_value size, df, count;
    struct quantity_value interval, loss_max, min, max, time;
    struct int_value expect; /* a place in the words of its kind */
    struct text_value send;
    struct list_value through; /* of text_value */
    struct addr_value via;
    struct text_value dev;
    struct words_value command;
    struct int_value exit;
    struct text_value output;
    struct pos pos;
};

struct test_input {
    struct probe_input probe;
    struct text_value name;
    struct quantity_value within;
    struct int_value inverted;
    const char *words;
    struct pos pos;
    bool bad; /* errors in it were reported */
};

extern const struct type type_tests; /* list_value of test_input */
