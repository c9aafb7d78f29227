// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * nslab test: up, tests, down, for each file.
 *
 * A child does it for a file, as the library is for one thing at a time. Its lab is tied to it, so
 * whatever ends it ends the lab; it tells what comes as JSON, an object a line, through a pipe. The
 * parent starts as many as are wanted at once, and shows their suites in the order of the files.
 * Ctrl-C kills the children; what there is of their labs ends by itself, and is waited for.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "args.h"
#include "cli.h"
#include "target.h"
#include "test_report.h"

enum { GRACE_MS = 2000, JOBS_MAX = 256, LAB_MAX = 33 };

#define BUNDLES "nslab-failed"

/* A file, or a lab. */
struct job {
    struct suite suite;
    nslab_topology *topology; /* NULL: SUITE.LAB is up already */
    char lab[LAB_MAX];
    char *folder; /* for its bundle */
    pid_t child;  /* 0: not started */
    int fd;       /* what the child tells */
    char *text;   /* of which no newline came yet, LEN bytes */
    size_t len;
};

struct session {
    const struct args *args;
    struct job *jobs;
    size_t n, started, running;
    size_t shown;   /* the first job that is not told of wholly, and */
    size_t results; /* how many results of it are; and whether it has begun */
    bool begun;
    struct report reports[2]; /* the report, and what people see beside it */
    size_t n_reports;
    int signals;
};

/* --- A child ---------------------------------------------------------------------------------- */

static void tell(int fd, json_t *json)
{
    CLEAN_TEXT char *text = json_dumps(json, JSON_COMPACT);
    json_decref(json);
    if (text)
        dprintf(fd, "%s\n", text);
}

static void tell_result(void *arg, const char *result)
{
    dprintf(*(const int *)arg, "%s\n", result);
}

/* The last word: STATUS of building and trying. */
static void tell_end(const struct job *job, int fd, int status, const struct nslab_error *error,
                     const char *json, bool kept)
{
    CLEAN_JSON json_t *whole = json ? parse_json(json) : NULL;
    json_t *end = json_pack("{s:b, s:i, s:b}", "end", 1, "status", status, "kept", kept);
    const char *bundle = get_text(whole, "bundle");
    if (status)
        json_object_set_new(end, "error", json_string(error->text));
    if (*bundle)
        json_object_set_new(end, "bundle", json_string(bundle));
    if (kept) {
        CLEAN_TEXT char *text = NULL;
        CLEAN_JSON json_t *lab = nslab_describe(job->lab, &text, NULL) ? NULL : parse_json(text);
        json_t *node = json_array_get(json_object_get(lab, "nodes"), 0);
        json_object_set_new(end, "node", json_string(get_text(node, "name")));
    }
    tell(fd, end);
}

static int try_tests(const struct args *args, const struct job *job, int fd, char **ret_json,
                     struct nslab_error *error)
{
    const struct nslab_test_options options = {.filter = args->values[OPT_FILTER],
                                               .bundle = job->folder,
                                               .result = tell_result,
                                               .arg = &fd};
    return nslab_test(job->lab, &options, ret_json, error);
}

/* A lab that is up already stays up. */
static void test_lab(const struct args *args, const struct job *job, int fd)
{
    struct nslab_error error;
    CLEAN_TEXT char *json = NULL;
    int status = try_tests(args, job, fd, &json, &error);
    tell_end(job, fd, status, &error, json, false);
}

static bool has_failed(int status, const char *json)
{
    CLEAN_JSON json_t *whole = json ? parse_json(json) : NULL;
    return status || get_int(whole, "failed");
}

static void test_file(const struct args *args, const struct job *job, int fd)
{
    const struct nslab_up_options up = {.name = job->lab, .tied = true};
    struct nslab_error error, ignored;
    CLEAN_TEXT char *json = NULL;
    CLEAN_FD int tie = -1;
    int status = nslab_up(job->topology, &up, &tie, &error);
    if (status) {
        tell_end(job, fd, status, &error, NULL, false);
        return;
    }
    status = try_tests(args, job, fd, &json, &error);
    bool keep = args_has(args, OPT_KEEP_FAILED) && has_failed(status, json) &&
                !nslab_keep(job->lab, tie, &ignored);
    if (!keep)
        nslab_down(job->lab, GRACE_MS, NULL, &ignored);
    tell_end(job, fd, status, &error, json, keep);
}

static int start_job(struct session *s, struct job *job, const sigset_t *before)
{
    int fds[2];
    if (pipe2(fds, O_CLOEXEC))
        return fail(NSLAB_FAILED, "starting a test: %s", strerror(errno));
    fflush(NULL);
    pid_t parent = getpid();
    job->child = fork();
    if (job->child < 0)
        return fail(NSLAB_FAILED, "starting a test: %s", strerror(errno));
    if (!job->child) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (getppid() != parent)
            _exit(1);
        sigprocmask(SIG_SETMASK, before, NULL);
        if (job->topology)
            test_file(s->args, job, fds[1]);
        else
            test_lab(s->args, job, fds[1]);
        _exit(0);
    }
    close(fds[1]);
    job->fd = fds[0];
    job->suite.seconds = now();
    s->running++;
    return 0;
}

/* --- What children tell ----------------------------------------------------------------------- */

static char *own_text(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text ? given(strdup(text)) : NULL;
}

static void take_end(struct job *job, const json_t *end)
{
    struct suite *suite = &job->suite;
    suite->over = true;
    suite->status = (int)get_int(end, "status");
    suite->error = own_text(end, "error");
    suite->bundle = own_text(end, "bundle");
    suite->node = own_text(end, "node");
    suite->kept = json_is_true(json_object_get(end, "kept"));
}

/* A lab knows its file by its whole path; here it is called as the user calls it. */
static void take_result(struct job *job, json_t *result)
{
    if (job->topology)
        json_object_set_new(result, "file", json_string(job->suite.file));
    json_array_append(job->suite.results, result);
}

static void take_line(struct job *job, const char *line)
{
    json_t *json = parse_json(line);
    if (json_object_get(json, "end"))
        take_end(job, json);
    else if (json)
        take_result(job, json);
    json_decref(json);
}

static void take_lines(struct job *job)
{
    char *start = job->text, *end;
    while ((end = memchr(start, '\n', job->len - (size_t)(start - job->text)))) {
        *end = '\0';
        take_line(job, start);
        start = end + 1;
    }
    job->len -= (size_t)(start - job->text);
    memmove(job->text, start, job->len);
}

static void end_job(struct session *s, struct job *job)
{
    struct suite *suite = &job->suite;
    close(job->fd);
    job->fd = -1;
    s->running--;
    while (waitpid(job->child, NULL, 0) < 0 && errno == EINTR)
        ;
    suite->seconds = now() - suite->seconds;
    if (suite->over)
        return;
    suite->over = true;
    suite->status = NSLAB_FAILED;
    suite->error = given(strdup("the tests ended before their time"));
}

static void hear_job(struct session *s, struct job *job)
{
    job->text = given(realloc(job->text, job->len + 65536));
    ssize_t n = read(job->fd, job->text + job->len, 65536);
    if (n > 0) {
        job->len += (size_t)n;
        take_lines(job);
    } else if (n == 0 || errno != EINTR) {
        end_job(s, job);
    }
}

/* --- Telling ---------------------------------------------------------------------------------- */

static void show_results(struct session *s, const struct suite *suite)
{
    for (; s->results < json_array_size(suite->results); s->results++) {
        for (size_t i = 0; i < s->n_reports; i++)
            report_result(&s->reports[i], suite, s->results);
    }
}

/* As much as is there, in the order of the files. */
static void show(struct session *s)
{
    for (; s->shown < s->started; s->shown++) {
        const struct suite *suite = &s->jobs[s->shown].suite;
        for (size_t i = 0; !s->begun && i < s->n_reports; i++)
            report_suite_begins(&s->reports[i], suite);
        s->begun = true;
        show_results(s, suite);
        if (!suite->over)
            return;
        for (size_t i = 0; i < s->n_reports; i++)
            report_suite_over(&s->reports[i], suite);
        s->results = 0;
        s->begun = false;
    }
}

/* --- All of them ------------------------------------------------------------------------------ */

/* Ends all at once, waits until nothing is left, and then dies of SIGNAL itself. */
static void end_by_signal(struct session *s, int signal, const sigset_t *before)
{
    struct nslab_error ignored;
    for (size_t i = 0; i < s->started; i++) {
        if (s->jobs[i].fd >= 0)
            kill(s->jobs[i].child, SIGKILL);
    }
    for (size_t i = 0; i < s->started; i++) {
        if (s->jobs[i].fd < 0)
            continue;
        while (waitpid(s->jobs[i].child, NULL, 0) < 0 && errno == EINTR)
            ;
        if (s->jobs[i].topology)
            nslab_down(s->jobs[i].lab, 0, NULL, &ignored);
    }
    fail(0, "interrupted");
    fflush(NULL);
    raise(signal);
    sigprocmask(SIG_SETMASK, before, NULL);
}

static void hear_signal(struct session *s, const sigset_t *before)
{
    struct signalfd_siginfo info;
    if (read(s->signals, &info, sizeof(info)) == sizeof(info))
        end_by_signal(s, (int)info.ssi_signo, before);
}

static void hear_all(struct session *s, const sigset_t *before)
{
    struct pollfd p[JOBS_MAX + 1] = {{.fd = s->signals, .events = POLLIN}};
    struct job *of[JOBS_MAX + 1];
    nfds_t n = 1;
    for (size_t i = 0; i < s->started; i++) {
        if (s->jobs[i].fd < 0)
            continue;
        of[n] = &s->jobs[i];
        p[n++] = (struct pollfd){.fd = s->jobs[i].fd, .events = POLLIN};
    }
    if (poll(p, n, -1) < 0)
        return;
    if (p[0].revents)
        hear_signal(s, before);
    for (nfds_t i = 1; i < n; i++) {
        if (p[i].revents)
            hear_job(s, of[i]);
    }
}

static void take_signals(struct session *s, sigset_t *before)
{
    static const int ending[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
    struct sigaction action;
    sigset_t set;
    sigemptyset(&set);
    for (size_t i = 0; i < COUNT(ending); i++) {
        if (!sigaction(ending[i], NULL, &action) && action.sa_handler != SIG_IGN)
            sigaddset(&set, ending[i]);
    }
    sigprocmask(SIG_BLOCK, &set, before);
    s->signals = signalfd(-1, &set, SFD_CLOEXEC);
}

static int run_jobs(struct session *s, size_t at_once)
{
    sigset_t before;
    int status = 0;
    take_signals(s, &before);
    while (!status && (s->running || s->started < s->n)) {
        while (!status && s->started < s->n && s->running < at_once) {
            status = start_job(s, &s->jobs[s->started], &before);
            s->started++;
        }
        if (!status)
            hear_all(s, &before);
        show(s);
    }
    close(s->signals);
    sigprocmask(SIG_SETMASK, &before, NULL);
    return status;
}

/* Tests that failed come first, then what is wrong, then what is lacking. */
static int status_of(const struct session *s)
{
    int status = s->reports[0].failed ? NSLAB_FAILED : NSLAB_OK;
    for (size_t i = 0; i < s->n; i++) {
        int own = s->jobs[i].suite.status;
        status = !status || (own && own < status) ? own : status;
    }
    return status;
}

/* --- What is to be tried ---------------------------------------------------------------------- */

/* A name that no other lab has: NAME, cut where it must be, and who and which. */
static void name_lab(struct job *job, const struct args *args, size_t i)
{
    const char *name = args->values[OPT_NAME];
    char end[16];
    if (name) {
        snprintf(job->lab, sizeof(job->lab), "%s", name);
        return;
    }
    snprintf(end, sizeof(end), "-t%x-%zu", (unsigned)getpid(), i + 1);
    snprintf(job->lab, sizeof(job->lab), "%.*s%s", (int)(sizeof(job->lab) - 1 - strlen(end)),
             nslab_topology_name(job->topology), end);
}

/* FOLDER/LAB-DATE-PROCESS-NUMBER: no run writes over what another left, nor two files of one run
 * whose labs are called the same. */
static void name_folder(struct job *job, const struct args *args, const char *lab, size_t number)
{
    const char *folder = args->values[OPT_BUNDLE];
    char date[32];
    time_t seconds = time(NULL);
    struct tm tm;
    if (folder && !strcmp(folder, "none"))
        return;
    strftime(date, sizeof(date), "%Y%m%d-%H%M%S", localtime_r(&seconds, &tm));
    if (asprintf(&job->folder, "%s/%s-%s-%d-%zu", folder ? folder : BUNDLES, lab, date, getpid(),
                 number) < 0)
        out_of_memory();
}

static void add_job(struct session *s, const char *file, nslab_topology *topology)
{
    struct job *job = &s->jobs[s->n];
    *job = (struct job){.topology = topology, .fd = -1};
    name_lab(job, s->args, s->n);
    name_folder(job, s->args, nslab_topology_name(topology), s->n + 1);
    job->suite = (struct suite){.file = file, .lab = job->lab, .results = json_array()};
    s->n++;
}

/* FILE becomes a job, where it has tests to try. */
static int add_file(struct session *s, const char *file)
{
    struct nslab_error error;
    const char *filter = s->args->values[OPT_FILTER];
    nslab_topology *topology;
    unsigned n, all;
    int status = target_topology(s->args, file, &topology);
    if (status)
        return status;
    status = nslab_topology_tests(topology, filter, &n, &error);
    if (status) {
        nslab_topology_free(topology);
        return fail_error(status, file, &error);
    }
    nslab_topology_tests(topology, NULL, &all, &error);
    if (n) {
        add_job(s, file, topology);
        return 0;
    }
    if (!all && !args_has(s->args, OPT_QUIET))
        fprintf(stderr, "%s: warning: it has no tests, and is not built\n", file);
    nslab_topology_free(topology);
    return 0;
}

static int add_files(struct session *s)
{
    const char *file;
    int worst = target_file(s->args->words[0], &file);
    const char *const *files = s->args->n ? (const char *const *)s->args->words : &file;
    size_t n = s->args->n ? s->args->n : 1;
    if (worst)
        return worst;
    if (args_has(s->args, OPT_NAME) && n > 1)
        return wrong_usage(s->args->command, "--name is for one FILE");
    s->jobs = given(calloc(n, sizeof(*s->jobs)));
    for (size_t i = 0; i < n; i++) {
        int status = add_file(s, files[i]);
        worst = worst ? worst : status;
    }
    return worst;
}

static int add_lab(struct session *s)
{
    CLEAN_TEXT char *lab = NULL;
    if (s->args->n || args_has(s->args, OPT_NAME) || s->args->n_set)
        return wrong_usage(s->args->command,
                           "--lab is for a lab that is up, without FILE, --name and --set");
    int status = target_lab_option(s->args, &lab);
    if (status)
        return status;
    s->jobs = given(calloc(1, sizeof(*s->jobs)));
    struct job *job = &s->jobs[0];
    job->fd = -1;
    snprintf(job->lab, sizeof(job->lab), "%s", lab);
    name_folder(job, s->args, lab, 1);
    job->suite = (struct suite){.file = job->lab, .lab = job->lab, .results = json_array()};
    s->n = 1;
    return 0;
}

static int read_jobs(const struct args *args, size_t *ret)
{
    const char *text = args->values[OPT_JOBS];
    long n = sysconf(_SC_NPROCESSORS_ONLN);
    char *end = NULL;
    if (text) {
        n = strtol(text, &end, 10);
        if (end == text || *end || n < 1)
            return wrong_usage(args->command, "--jobs takes a number from 1 on, not '%s'", text);
    }
    *ret = n < 1 ? 1 : n > JOBS_MAX ? JOBS_MAX : (size_t)n;
    return 0;
}

/* --- The command ------------------------------------------------------------------------------ */

static int open_reports(struct session *s, FILE **ret_file)
{
    const struct args *args = s->args;
    const char *format = args_has(args, OPT_FORMAT) ? args->values[OPT_FORMAT]
                         : args_has(args, OPT_JSON) ? "json"
                                                    : "text";
    const char *output = args->values[OPT_OUTPUT];
    bool quiet = args_has(args, OPT_QUIET);
    if (output) {
        *ret_file = fopen(output, "we");
        if (!*ret_file)
            return fail(NSLAB_FAILED, "%s: %s", output, strerror(errno));
        report_start(&s->reports[1], "text", stdout, quiet);
    }
    report_start(&s->reports[0], format, output ? *ret_file : stdout, quiet && !output);
    s->n_reports = output ? 2 : 1;
    return 0;
}

static int finish_reports(struct session *s, double seconds)
{
    struct suite *suites = given(calloc(s->n + 1, sizeof(*suites)));
    int status = 0;
    for (size_t i = 0; i < s->n; i++)
        suites[i] = s->jobs[i].suite;
    for (size_t i = s->n_reports; i-- > 0;) {
        int own = report_finish(&s->reports[i], suites, s->n, seconds);
        status = status ? status : own;
    }
    free(suites);
    return status;
}

static void session_done(struct session *s)
{
    for (size_t i = 0; i < s->n; i++) {
        struct job *job = &s->jobs[i];
        nslab_topology_free(job->topology);
        json_decref(job->suite.results);
        free(job->suite.error);
        free(job->suite.bundle);
        free(job->suite.node);
        free(job->folder);
        free(job->text);
    }
    free(s->jobs);
}

static int nothing_to_try(const struct session *s)
{
    const char *filter = s->args->values[OPT_FILTER];
    if (filter)
        return fail(NSLAB_WRONG, "no test fits '%s'", filter);
    return fail(NSLAB_WRONG, "there are no tests: write some under `tests:`, like\n"
                             "  tests: [{ping: {from: h1, to: h2}}]");
}

static int try_all(struct session *s, size_t at_once)
{
    FILE *file = NULL;
    double started = now();
    int status = open_reports(s, &file);
    if (!status)
        status = run_jobs(s, at_once);
    if (!status) {
        status = finish_reports(s, now() - started);
        int own = status_of(s);
        status = own ? own : status;
    }
    if (file)
        fclose(file);
    /* a lab that is up is known to have no tests only now */
    if (!status && s->n == 1 && !json_array_size(s->jobs[0].suite.results))
        return nothing_to_try(s);
    return status;
}

static int run_test(const struct args *args)
{
    struct session s = {.args = args};
    size_t at_once = 1;
    int status = read_jobs(args, &at_once);
    if (!status)
        status = args_has(args, OPT_LAB) ? add_lab(&s) : add_files(&s);
    if (!status)
        status = s.n ? try_all(&s, at_once) : nothing_to_try(&s);
    session_done(&s);
    return status;
}

static const struct option options[] = {
    {OPT_JOBS, 'j', "jobs", "N", OPERAND_TEXT,
     .summary = "so many files at once (default: as many as there are processors)"},
    {OPT_FORMAT, 'f', "format", "FORMAT", OPERAND_WORDS, report_formats,
     "text (default), tap (14), junit (XML) or json"},
    OPTION_JSON("the same as --format json"),
    {OPT_OUTPUT, 'o', "output", "PATH", OPERAND_TEXT,
     .summary = "write the report to PATH, and text to standard output"},
    {OPT_FILTER, 'k', "filter", "REGEX", OPERAND_TEXT,
     .summary = "only tests whose name, or words where they have none, fit"},
    {OPT_KEEP_FAILED, 0, "keep-failed", .summary = "leave labs up in which a test failed"},
    {OPT_BUNDLE, 0, "bundle", "DIR", OPERAND_TEXT,
     .summary = "where what failed is described (default: " BUNDLES "; none)"},
    {OPT_LAB, 'l', "lab", "LAB", OPERAND_LAB, .summary = "try the tests of a lab that is up"},
    OPTION_NAME,
    OPTION_SET,
    OPTION_QUIET("print only what failed"),
};

const struct command command_test = {
    .name = "test",
    .summary = "build labs, try their tests, take them down",
    .usage = "[FILE]...",
    .about = "Exit status 0 where every test held, 1 where one did not, 2 where a FILE is wrong\n"
             "or there is no test. Ctrl-C leaves no lab behind.\n",
    OPTIONS(options),
    .operand = OPERAND_FILE,
    .max = (unsigned)-1,
    .run = run_test,
};
