// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#include "base/err.h"

#include <stdarg.h>
#include <string.h>

static int err_vset(struct err *err, int code, enum status status, const char *fmt, va_list ap)
{
    err->code = code;
    err->status = status;
    err->pos = (struct pos){0};
    vsnprintf(err->text, sizeof(err->text), fmt, ap);
    return code;
}

#define ERR_SET(status)                                                                            \
    va_list ap;                                                                                    \
    va_start(ap, fmt);                                                                             \
    err_vset(err, code, status, fmt, ap);                                                          \
    va_end(ap);                                                                                    \
    return code

int err_set(struct err *err, int code, const char *fmt, ...)
{
    ERR_SET(STATUS_FAILED);
}

int err_lacking(struct err *err, int code, const char *fmt, ...)
{
    ERR_SET(STATUS_LACKING);
}

int err_wrong(struct err *err, int code, const char *fmt, ...)
{
    ERR_SET(STATUS_WRONG);
}

int err_sys(struct err *err, int code, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    err_vset(err, code, STATUS_FAILED, fmt, ap);
    va_end(ap);
    size_t len = strlen(err->text);
    snprintf(err->text + len, sizeof(err->text) - len, ": %s", strerror(-code));
    return code;
}

bool err_is_shortage(int code)
{
    return code == -EMFILE || code == -ENFILE || code == -ENOMEM || code == -ENOBUFS;
}

int err_shortage(int code)
{
    return err_is_shortage(code) ? code : 0;
}

int err_context(struct err *err, const char *fmt, ...)
{
    char inner[sizeof(err->text)];
    memcpy(inner, err->text, sizeof(inner));
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(err->text, sizeof(err->text), fmt, ap);
    va_end(ap);
    size_t len = strlen(err->text);
    snprintf(err->text + len, sizeof(err->text) - len, ": %s", inner);
    return err->code;
}
