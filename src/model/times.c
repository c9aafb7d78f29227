// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/* Times as values. What a kernel or a daemon takes has steps, and is never rounded to them. */
#include "model/times.h"

#include <string.h>

#include "base/str.h"

/* The unit that TYPE's own example has. */
static const char *usual_unit(const struct type *type)
{
    const char *example = strstr(type->expects, "like ");
    if (!example)
        return "s";
    example += strlen("like ");
    return str_starts(example + strspn(example, "0123456789"), "ms") ? "ms" : "s";
}

bool read_time(struct reader *r, const struct type *type, const struct doc_node *n, void *out)
{
    struct duration_value value = {.pos = n->pos};
    uint64_t ns, step = (uint64_t)type->min * 1000;
    if (doc_is_nothing(n))
        return true;
    if (n->kind != DOC_SCALAR || !duration_parse_ns(n->text, &ns) || !ns || ns % step ||
        ns / 1000 > (uint64_t)type->max) {
        type_mismatch(r, type, n);
        if (n->kind == DOC_SCALAR && *n->text && !n->text[strspn(n->text, "0123456789")])
            diag_help(r->diags, "a time has a unit: %s%s", n->text, usual_unit(type));
        return false;
    }
    value.us = ns / 1000;
    *(struct duration_value *)out = value;
    return true;
}

const struct type type_timeout = {
    .name = "timeout",
    TIME("a time of at least 1ms, in whole ms, like 30s, 2min or 1h", 1000, INT64_MAX),
};

bool read_seconds(struct reader *r, const struct type *type, const struct doc_node *n, void *out)
{
    struct duration_value value = {0};
    if (doc_is_nothing(n))
        return true;
    if (!read_time(r, type, n, &value))
        return false;
    if (strchr(n->text, '.') || str_ends(n->text, "ms") || str_ends(n->text, "us"))
        return type_mismatch(r, type, n);
    *(struct int_value *)out = (struct int_value){(uint32_t)(value.us / 1000000), n->pos};
    return true;
}

const struct type type_seconds = {
    .expects = "a time of whole seconds from 1s to 65535s",
    .read = read_seconds,
    .describe = describe_text,
    .min = 1000000,
    .max = 65535 * 1000000L,
    .pattern = SECONDS_PATTERN,
};
