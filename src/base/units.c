// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#include "base/units.h"

#include <string.h>

struct unit {
    const char *name;
    uint64_t factor;
};

static const struct unit durations[] = {
    {"us", 1}, {"ms", 1000}, {"s", 1000000}, {"min", 60000000}, {"h", 3600000000}, {NULL, 0},
};

static const struct unit sizes[] = {
    {"B", 1},         {"kB", 1000},          {"KiB", 1024},       {"MB", 1000000},
    {"MiB", 1 << 20}, {"GB", 1000000000ull}, {"GiB", 1ull << 30}, {NULL, 0},
};

#define DIGITS "0123456789"
#define DIGITS_MAX 9 /* before the point, and behind it */

/* Digits, a point and digits where wanted, and one of UNITS right behind. */
static bool parse(const char *text, const struct unit *units, uint64_t *ret)
{
    size_t whole = strspn(text, DIGITS), part = 0;
    const char *unit = text + whole;
    if (*unit == '.') {
        part = strspn(unit + 1, DIGITS);
        unit += 1 + part;
        if (!part)
            return false;
    }
    if (!whole || whole > DIGITS_MAX || part > DIGITS_MAX)
        return false;
    while (units->name && strcmp(units->name, unit) != 0)
        units++;
    if (!units->name)
        return false;
    uint64_t scale = 1, fraction = 0;
    for (size_t i = 0; i < part; i++, scale *= 10)
        fraction = fraction * 10 + (uint64_t)(text[whole + 1 + i] - '0');
    *ret =
        strtoull(text, NULL, 10) * units->factor +
        (uint64_t)((__extension__(unsigned __int128) fraction * units->factor + scale / 2) / scale);
    return true;
}

bool duration_parse(const char *text, uint64_t *ret_us)
{
    return parse(text, durations, ret_us);
}

bool size_parse(const char *text, uint64_t *ret_bytes)
{
    return parse(text, sizes, ret_bytes);
}
