// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * Tables for people. A cell is one line, whatever comes from a lab (a program's arguments, a
 * description).
 */
#include "table.h"

#include <assert.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"

enum { COLUMNS_MAX = 16 };

struct cell {
    char *text;
    const char *colour;
};

struct table {
    struct cell *cells;
    size_t n, cap, columns;
    unsigned indent;
};

struct table *table_new(size_t columns, unsigned indent)
{
    struct table *table = given(calloc(1, sizeof(*table)));
    assert(columns <= COLUMNS_MAX);
    table->columns = columns;
    table->indent = indent;
    return table;
}

void table_free(struct table *table)
{
    if (!table)
        return;
    for (size_t i = 0; i < table->n; i++)
        free(table->cells[i].text);
    free(table->cells);
    free(table);
}

void table_clean(struct table **table)
{
    table_free(*table);
}

void table_add(struct table *table, const char *fmt, ...)
{
    if (table->n == table->cap) {
        table->cap = table->cap ? table->cap * 2 : 64;
        table->cells = given(realloc(table->cells, table->cap * sizeof(*table->cells)));
    }
    struct cell *cell = &table->cells[table->n++];
    *cell = (struct cell){.colour = ""};

    va_list ap;
    va_start(ap, fmt);
    if (vasprintf(&cell->text, fmt, ap) < 0)
        out_of_memory();
    va_end(ap);
    blank_controls(cell->text);
    for (char *c = cell->text; *c; c++) {
        if (*c == '\n' || *c == '\t')
            *c = '?';
    }
}

void table_colour(struct table *table, const char *colour)
{
    table->cells[table->n - 1].colour = colour;
}

/* How many characters UTF-8 text has: all bytes but those that go on. */
static int width(const char *text)
{
    int n = 0;
    for (; *text; text++)
        n += ((unsigned char)*text & 0xc0) != 0x80;
    return n;
}

static void measure(const struct table *table, int *widths)
{
    bool used[COLUMNS_MAX] = {false};
    for (size_t i = 0; i < table->n; i++) {
        size_t column = i % table->columns;
        int w = width(table->cells[i].text);
        if (w > widths[column])
            widths[column] = w;
        used[column] = used[column] || (w && i >= table->columns);
    }
    for (size_t column = 0; column < table->columns; column++) {
        if (!used[column] && table->n > table->columns)
            widths[column] = 0;
    }
}

static void print_cell(const struct cell *cell, int padding, FILE *out)
{
    const char *end = *cell->colour ? "\033[0m" : "";
    fprintf(out, "%s%s%s%*s", cell->colour, cell->text, end, padding, "");
}

static void print_row(const struct table *table, const struct cell *row, const int *widths,
                      FILE *out)
{
    size_t last = 0;
    for (size_t i = 0; i < table->columns; i++) {
        if (widths[i] && *row[i].text)
            last = i;
    }
    fprintf(out, "%*s", (int)table->indent, "");
    for (size_t i = 0; i <= last; i++) {
        if (widths[i])
            print_cell(&row[i], i < last ? widths[i] - width(row[i].text) + 2 : 0, out);
    }
    fputc('\n', out);
}

void table_print(const struct table *table, FILE *out)
{
    int widths[COLUMNS_MAX] = {0};
    measure(table, widths);
    for (size_t i = 0; i + table->columns <= table->n; i += table->columns)
        print_row(table, table->cells + i, widths, out);
}
