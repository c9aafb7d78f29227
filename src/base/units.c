// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#include "base/units.h"

#include <inttypes.h>

struct unit {
    const char *name;
    uint64_t factor;
};

static const struct unit durations[] = {
    {"us", 1}, {"ms", 1000}, {"s", 1000000}, {"min", 60000000}, {"h", 3600000000}, {NULL, 0},
};

static const struct unit durations_ns[] = {
    {"us", 1000},          {"ms", 1000000},       {"s", 1000000000},
    {"min", 60000000000u}, {"h", 3600000000000u}, {NULL, 0},
};

static const struct unit sizes[] = {
    {"B", 1},         {"kB", 1000},          {"KiB", 1024},       {"MB", 1000000},
    {"MiB", 1 << 20}, {"GB", 1000000000ull}, {"GiB", 1ull << 30}, {NULL, 0},
};

static const struct unit rates[] = {
    {"bit", 1},           {"kbit", 1000},           {"mbit", 1000000},
    {"gbit", 1000000000}, {"tbit", 1000000000000u}, {NULL, 0},
};

static const struct unit shares[] = {{"%", 1000000000}, {NULL, 0}};
#define SHARES_WHOLE (100 * shares[0].factor)

#define DIGITS "0123456789"

__extension__ typedef unsigned __int128 wide;

/* The number that N digits make; false where it is too large. */
static bool add_digits(const char *digits, size_t n, uint64_t *ret)
{
    *ret = 0;
    for (size_t i = 0; i < n; i++) {
        uint64_t digit = (uint64_t)(digits[i] - '0');
        if (__builtin_mul_overflow(*ret, 10u, ret) || __builtin_add_overflow(*ret, digit, ret))
            return false;
    }
    return true;
}

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
    uint64_t number, fraction, scale = 1;
    if (!whole || part > DECIMALS_MAX || !add_digits(text, whole, &number) ||
        !add_digits(unit - part, part, &fraction))
        return false;
    while (units->name && strcmp(units->name, unit) != 0)
        units++;
    if (!units->name)
        return false;
    for (size_t i = 0; i < part; i++)
        scale *= 10;
    wide value =
        (wide)number * units->factor + ((wide)fraction * units->factor + scale / 2) / scale;
    if (value > UINT64_MAX)
        return false;
    *ret = (uint64_t)value;
    return true;
}

bool duration_parse(const char *text, uint64_t *ret_us)
{
    return parse(text, durations, ret_us);
}

bool duration_parse_ns(const char *text, uint64_t *ret_ns)
{
    return parse(text, durations_ns, ret_ns);
}

bool size_parse(const char *text, uint64_t *ret_bytes)
{
    return parse(text, sizes, ret_bytes);
}

bool rate_parse(const char *text, uint64_t *ret_bits)
{
    return parse(text, rates, ret_bits);
}

bool share_parse(const char *text, uint32_t *ret)
{
    uint64_t billionths;
    if (!parse(text, shares, &billionths) || billionths > SHARES_WHOLE)
        return false;
    *ret = (uint32_t)(((wide)billionths * SHARE_WHOLE + SHARES_WHOLE / 2) / SHARES_WHOLE);
    return true;
}

/* VALUE in UNIT, to the last digit: the factors are powers of ten, or divide VALUE. */
static void add_in(struct str *s, uint64_t value, const struct unit *unit)
{
    str_addf(s, "%" PRIu64, value / unit->factor);
    uint64_t rest = value % unit->factor;
    if (rest)
        str_add(s, ".");
    for (uint64_t scale = unit->factor / 10; rest; rest %= scale, scale /= 10) {
        const char digit[] = {(char)('0' + rest / scale), '\0'};
        str_add(s, digit);
    }
    str_add(s, unit->name);
}

/* The largest of the first N of UNITS of which there is one in VALUE. */
static const struct unit *largest(const struct unit *units, size_t n, uint64_t value)
{
    const struct unit *unit = units;
    for (size_t i = 1; i < n; i++) {
        if (value >= units[i].factor)
            unit = &units[i];
    }
    return unit;
}

void units_add_duration(struct str *s, uint64_t ns)
{
    add_in(s, ns, largest(durations_ns, 3, ns));
}

void units_add_rate(struct str *s, uint64_t bits)
{
    add_in(s, bits, largest(rates, ARRAY_SIZE(rates) - 1, bits));
}

void units_add_size(struct str *s, uint64_t bytes)
{
    const struct unit *best = &sizes[0];
    for (const struct unit *unit = sizes; unit->name; unit++) {
        if (bytes >= unit->factor && bytes % unit->factor == 0)
            best = unit;
    }
    add_in(s, bytes, best);
}

void units_add_share(struct str *s, uint32_t share)
{
    const wide exact = (wide)share * SHARES_WHOLE;
    for (uint64_t step = SHARES_WHOLE;; step /= 10) {
        uint64_t near = (uint64_t)((exact / step + SHARE_WHOLE / 2) / SHARE_WHOLE * step);
        wide back = ((wide)near * SHARE_WHOLE + SHARES_WHOLE / 2) / SHARES_WHOLE;
        if (back != share)
            continue;
        add_in(s, near, shares);
        return;
    }
}
