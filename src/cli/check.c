// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * nslab check: what is wrong with topologies, for people on stderr, for programs on stdout.
 */
#include <stdlib.h>
#include <string.h>

#include "args.h"
#include "cli.h"
#include "target.h"

static void print_summary(const char *file, const nslab_topology *topology)
{
    char a[COUNT_TEXT_MAX], b[COUNT_TEXT_MAX];
    unsigned warnings = nslab_topology_warnings(topology);
    printf("%s: ", file);
    if (!nslab_topology_valid(topology))
        printf("%s", count_text(nslab_topology_errors(topology), "error", a));
    else
        printf("%s, %s, ok", count_text(nslab_topology_nodes(topology), "node", a),
               count_text(nslab_topology_links(topology), "link", b));
    if (warnings)
        printf(", %s", count_text(warnings, "warning", a));
    putchar('\n');
}

static void print_for_people(const struct args *args, const char *file,
                             const nslab_topology *topology)
{
    bool valid = nslab_topology_valid(topology);
    if (!valid || !args_has(args, OPT_QUIET)) {
        CLEAN_TEXT char *text = nslab_topology_diagnostics(topology, wants_colour(stderr));
        fputs(text, stderr);
        fflush(stderr);
    }
    if (!args_has(args, OPT_QUIET)) {
        print_summary(file, topology);
        fflush(stdout);
    }
}

static const char *format_of(const struct args *args)
{
    if (args_has(args, OPT_JSON))
        return "json";
    return args_has(args, OPT_FORMAT) ? args->values[OPT_FORMAT] : "text";
}

/* Reads all FILES into TOPOLOGIES, the unreadable left out. */
static int read_all(const struct args *args, const char *const *files, unsigned n,
                    nslab_topology **topologies, size_t *ret_n)
{
    bool text = !strcmp(format_of(args), "text");
    int worst = NSLAB_OK;
    for (unsigned i = 0; i < n; i++) {
        struct nslab_error error;
        nslab_topology *topology;
        const struct nslab_read_options options = {args->values[OPT_NAME], args->set};
        int status = nslab_topology_read(files[i], &options, &topology, &error);
        if (status) {
            fail_error(status, files[i], &error);
            worst = worst ? worst : status;
            continue;
        }
        if (!nslab_topology_valid(topology))
            worst = NSLAB_WRONG;
        if (text)
            print_for_people(args, files[i], topology);
        topologies[(*ret_n)++] = topology;
    }
    return worst;
}

static int print_report(const char *format, nslab_topology *const *topologies, size_t n)
{
    static const struct {
        const char *name;
        enum nslab_report report;
    } formats[] = {
        {"json", NSLAB_REPORT_JSON},
        {"github", NSLAB_REPORT_GITHUB},
        {"sarif", NSLAB_REPORT_SARIF},
    };
    for (size_t i = 0; i < COUNT(formats); i++) {
        if (strcmp(formats[i].name, format))
            continue;
        CLEAN_TEXT char *text = nslab_report(topologies, n, formats[i].report);
        return print_text(text);
    }
    return NSLAB_OK;
}

static int run_check(const struct args *args)
{
    const char *file;
    int status = target_file(args->words[0], &file);
    if (status)
        return status;

    const char *const *files = args->n ? (const char *const *)args->words : &file;
    unsigned n = args->n ? args->n : 1;
    nslab_topology **topologies = given(calloc(n, sizeof(nslab_topology *)));
    size_t n_read = 0;
    status = read_all(args, files, n, topologies, &n_read);
    int printed = print_report(format_of(args), topologies, n_read);
    for (size_t i = 0; i < n_read; i++)
        nslab_topology_free(topologies[i]);
    free(topologies);
    return status ? status : printed;
}

static const char *const formats[] = {"text", "json", "github", "sarif", NULL};

static const struct option options[] = {
    {OPT_FORMAT, 'f', "format", "FORMAT", OPERAND_WORDS, formats,
     "text (default), json, github (workflow commands) or sarif (2.1.0)"},
    OPTION_JSON("the same as --format json"),
    OPTION_NAME,
    OPTION_SET,
    OPTION_QUIET("print errors only"),
};

const struct command command_check = {
    .name = "check",
    .summary = "say what is wrong with topologies",
    .usage = "[FILE]...",
    .about = "Builds nothing. Exit status 2 where any FILE is wrong.\n",
    OPTIONS(options),
    .operand = OPERAND_FILE,
    .max = (unsigned)-1,
    .run = run_check,
};
