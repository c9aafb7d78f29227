// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "base/util.h"

/* A place in the topology file: line and column from 1, in characters; LEN characters wide.
 * Line 0 means no place. */
struct pos {
    uint32_t line;
    uint16_t col, len;
};

/* What a failure means to the user: the exit status. */
enum status {
    STATUS_OK = 0,
    STATUS_FAILED = 1,  /* it was tried and failed */
    STATUS_WRONG = 2,   /* the words or the topology are wrong */
    STATUS_LACKING = 3, /* this kernel, system or user lacks something that is needed */
};

/* One failure on its way up. CODE is a negative errno; TEXT is one line or more, no newline at
 * the end. Filled by the function that fails; each layer that knows more adds it in front. */
struct err {
    int code;
    enum status status;
    struct pos pos;
    char text[1024];
};

/* Fill ERR and return CODE, so that a failing function can end in `return err_set(…)`.
 * err_set means STATUS_FAILED, err_lacking STATUS_LACKING, err_wrong STATUS_WRONG. */
int err_set(struct err *err, int code, const char *fmt, ...) PRINTF(3, 4);
int err_lacking(struct err *err, int code, const char *fmt, ...) PRINTF(3, 4);
int err_wrong(struct err *err, int code, const char *fmt, ...) PRINTF(3, 4);

/* "…: strerror(-CODE)" appended to the text. */
int err_sys(struct err *err, int code, const char *fmt, ...) PRINTF(3, 4);

/* Whether CODE says that the process or the machine ran out of something. Who looks for what may
 * not be there must not take this for its absence. */
bool err_is_shortage(int code);
int err_shortage(int code); /* CODE where it does, else 0 */

/* Puts "FMT: " in front of ERR's text; returns ERR's code. */
int err_context(struct err *err, const char *fmt, ...) PRINTF(2, 3);
