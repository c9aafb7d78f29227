// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * The distributions of jitter. netem draws from a table that whoever makes it hands over. tc reads
 * its tables from files, which lie elsewhere on each distribution and are missing in small
 * containers; these are worked out instead, to the same values (a test compares them): the
 * quantiles of the distribution at even steps.
 */
#include "netlink/netem_table.h"

#include <math.h>

#include "base/memory.h"

#define JITTER 8192 /* NETEM_DIST_SCALE: all of the jitter */

static double normal_below(double x)
{
    return erfc(-x / M_SQRT2) / 2;
}

static double normal_density(double x)
{
    return exp(-x * x / 2) / sqrt(2 * M_PI);
}

/* The X > FROM that a share P of all is below, P at least a half: from the left Newton's steps
 * never go too far there. */
static double normal_quantile(double p, double from)
{
    double x = from, step;
    do {
        step = (p - normal_below(x)) / normal_density(x);
        x += step;
    } while (step > 1e-9);
    return x;
}

/* A Pareto distribution of shape 3 has a mean of 1.5; the scale is tc's. */
static double pareto_quantile(double p)
{
    return (pow(1 - p, -1.0 / 3) - 1.5) * 4 / 3;
}

static int16_t in_range(double value)
{
    return (int16_t)lrint(fmax(INT16_MIN, fmin(INT16_MAX, value)));
}

static void fill_normal(double *table)
{
    double x = 0;
    for (unsigned i = NETEM_TABLE_SIZE / 2; i < NETEM_TABLE_SIZE; i++) {
        x = normal_quantile((i + 0.5) / NETEM_TABLE_SIZE, x);
        table[i] = x * JITTER;
        table[NETEM_TABLE_SIZE - 1 - i] = -x * JITTER;
    }
}

static void fill_pareto(double *table)
{
    for (unsigned i = 0; i < NETEM_TABLE_SIZE; i++)
        table[i] = fmin(INT16_MAX, pareto_quantile((double)i / NETEM_TABLE_SIZE) * JITTER);
}

/* A quarter normal, three quarters Pareto. */
static void fill_paretonormal(double *table)
{
    double pareto[NETEM_TABLE_SIZE];
    fill_normal(table);
    fill_pareto(pareto);
    for (unsigned i = 0; i < NETEM_TABLE_SIZE; i++)
        table[i] = (table[i] + 3 * pareto[i]) / 4;
}

static void (*const fillers[DISTRIBUTION_COUNT])(double *table) = {
    [DISTRIBUTION_NORMAL] = fill_normal,
    [DISTRIBUTION_PARETO] = fill_pareto,
    [DISTRIBUTION_PARETONORMAL] = fill_paretonormal,
};

static int16_t *make_table(void (*fill)(double *table))
{
    double values[NETEM_TABLE_SIZE];
    int16_t *table = memory_get(NETEM_TABLE_SIZE * sizeof(*table));
    fill(values);
    for (unsigned i = 0; i < NETEM_TABLE_SIZE; i++)
        table[i] = in_range(values[i]);
    return table;
}

const int16_t *netem_tables_get(struct netem_tables *tables, enum impair_distribution distribution)
{
    if (fillers[distribution] && !tables->of[distribution])
        tables->of[distribution] = make_table(fillers[distribution]);
    return tables->of[distribution];
}

void netem_tables_done(struct netem_tables *tables)
{
    for (unsigned i = 0; i < DISTRIBUTION_COUNT; i++)
        free(tables->of[i]);
    *tables = (struct netem_tables){0};
}
