// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * How far `nslab up` is: the phase, how many of how many, how much time is left. For people it is a
 * bar, for programs an object a line. The time left is for the whole of it: the phases take about
 * as long as each other, so each is a quarter. How long the lab's programs take, which come last,
 * nobody knows.
 */
#include "progress.h"

#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cli.h"

static const char *const phases[] = {"namespaces", "links", "interfaces", "configuration"};

enum { BAR_MIN = 8, BAR_MAX = 24, TEXT_WIDTH = 46 };
#define SHOW_AFTER 0.5 /* seconds */

void progress_start(struct progress *progress, unsigned how)
{
    if (!isatty(STDERR_FILENO))
        how &= ~(unsigned)PROGRESS_BAR;
    *progress = (struct progress){.how = how, .start = now()};
}

/* How much of the whole is done, from 0 to 1. */
static double fraction(const char *phase, unsigned done, unsigned all)
{
    const size_t n = COUNT(phases);
    double whole = all ? (double)done / all : 1;
    for (size_t i = 0; i < n; i++) {
        if (!strcmp(phases[i], phase))
            return ((double)i + whole) / (double)n;
    }
    return whole;
}

static int terminal_width(void)
{
    struct winsize size;
    return ioctl(STDERR_FILENO, TIOCGWINSZ, &size) || !size.ws_col ? 80 : size.ws_col;
}

/* Seconds, or a negative value while there is too little to go by. */
static double seconds_left(const char *phase, double part, double elapsed)
{
    return part > 0.02 && strcmp(phase, "programs") != 0 ? elapsed * (1 - part) / part : -1;
}

/* "2.4 s left", or "" where that is not worth a word. */
static void left_text(const char *phase, double part, double elapsed, char *buf, size_t size)
{
    char text[DURATION_TEXT_MAX];
    double left = seconds_left(phase, part, elapsed);
    buf[0] = '\0';
    if (left >= 1)
        snprintf(buf, size, "  %s left", duration_text(left, text));
}

static void draw(const char *phase, unsigned done, unsigned all, double elapsed)
{
    char left[DURATION_TEXT_MAX + 8];
    double part = fraction(phase, done, all);
    left_text(phase, part, elapsed, left, sizeof(left));

    int width = terminal_width() - 1, bar = width - TEXT_WIDTH;
    if (bar < BAR_MIN) {
        fprintf(stderr, "\r%.*s %3.0f%%\033[K", width > 5 ? width - 5 : 0, phase, part * 100);
        fflush(stderr);
        return;
    }
    bar = bar > BAR_MAX ? BAR_MAX : bar;
    int full = (int)(part * bar);
    fprintf(stderr, "\r%-13s %5u/%-5u [", phase, done, all);
    for (int i = 0; i < bar; i++)
        fputc(i < full ? '#' : '-', stderr);
    fprintf(stderr, "] %3.0f%%%s\033[K", part * 100, left);
    fflush(stderr);
}

static void print_progress_json(const char *phase, unsigned done, unsigned all, double elapsed)
{
    double left = seconds_left(phase, fraction(phase, done, all), elapsed);
    CLEAN_JSON json_t *json =
        json_pack("{s:s, s:s, s:i, s:i, s:o}", "event", "progress", "phase", phase, "done",
                  (int)done, "all", (int)all, "left", left < 0 ? json_null() : seconds_json(left));
    print_json_line(json);
}

static void hide_bar(struct progress *p)
{
    if (p->shown)
        fputs("\r\033[K", stderr);
    p->shown = false;
}

static void end_phase(struct progress *p)
{
    char took[DURATION_TEXT_MAX];
    hide_bar(p);
    if (p->how & PROGRESS_PHASES && *p->phase)
        fprintf(stderr, "%-13s %5u  %s\n", p->phase, p->all,
                duration_text(now() - p->phase_start, took));
}

void progress_update(void *arg, const char *phase, unsigned done, unsigned all)
{
    struct progress *p = arg;
    double elapsed = now() - p->start;
    bool begins = strcmp(p->phase, phase) != 0;
    if (begins) {
        end_phase(p);
        snprintf(p->phase, sizeof(p->phase), "%s", phase);
        p->phase_start = now();
    }
    if (p->how & PROGRESS_JSON && (begins || done != p->done))
        print_progress_json(phase, done, all, elapsed);
    p->done = done;
    p->all = all;
    if (!(p->how & PROGRESS_BAR) || elapsed < SHOW_AFTER)
        return;
    p->shown = true;
    draw(phase, done, all, elapsed);
}

void progress_warn(void *arg, const char *text)
{
    struct progress *p = arg;
    hide_bar(p);
    if (!(p->how & PROGRESS_WARNINGS))
        return;
    if (!(p->how & PROGRESS_JSON)) {
        fprintf(stderr, "nslab: warning: %s\n", text);
        return;
    }
    CLEAN_JSON json_t *json = json_pack("{s:s, s:s}", "event", "warning", "text", text);
    print_json_line(json);
}

double progress_end(struct progress *p)
{
    end_phase(p);
    *p->phase = '\0';
    return now() - p->start;
}
