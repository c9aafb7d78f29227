// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#ifndef NSLAB_H
#define NSLAB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * nslab: networks in a box. Read a topology, look at what it would build, build it, go in, take it
 * back.
 *
 * Functions return NSLAB_OK or one of the other codes and then say why in *ERROR (which may be
 * NULL). Texts handed out are UTF-8, NUL-terminated, and the caller's to free(3). Nothing here
 * prints, exits, or keeps state between calls, but for this: where memory runs out the process says
 * "nslab: out of memory" and ends with 1, as nothing could be said or put back without; in jansson,
 * too, which is told so when the library is loaded. Every other shortage (descriptors, processes)
 * is an error like others. Not for several threads at once: nslab_up and nslab_exec fork.
 */
#define NSLAB_EXPORT __attribute__((visibility("default")))

#define NSLAB_OK 0
#define NSLAB_FAILED 1  /* it was tried and failed */
#define NSLAB_WRONG 2   /* the request or the topology is wrong */
#define NSLAB_LACKING 3 /* this machine or user lacks what is needed: nslab_doctor says what */

struct nslab_error {
    char text[2048]; /* no newline at the end */
};

NSLAB_EXPORT const char *nslab_version(void);

/* --- Topologies --------------------------------------------------------------------------- */

/* A topology file that was read: valid or not, with what is to be said about it. */
typedef struct nslab_topology nslab_topology;

struct nslab_read_options {
    const char *name;       /* the lab's, in place of the file's own; NULL: that */
    const char *const *set; /* "KEY=VALUE" for variables of the file, NULL-terminated; or NULL */
};

/*
 * Reads FILE ("-": standard input). OPTIONS may be NULL. NSLAB_FAILED where the file cannot be read
 * at all, NSLAB_WRONG where no lab can have the name; otherwise NSLAB_OK and *RET, also for a wrong
 * topology.
 */
NSLAB_EXPORT int nslab_topology_read(const char *file, const struct nslab_read_options *options,
                                     nslab_topology **ret, struct nslab_error *error);
NSLAB_EXPORT void nslab_topology_free(nslab_topology *topology); /* NULL is fine */

/* Whether it can be built; the counts are of what is wrong, and of warnings. */
NSLAB_EXPORT bool nslab_topology_valid(const nslab_topology *topology);
NSLAB_EXPORT unsigned nslab_topology_errors(const nslab_topology *topology);
NSLAB_EXPORT unsigned nslab_topology_warnings(const nslab_topology *topology);

/* Of a valid topology: the lab's name, and how many nodes and links it has. */
NSLAB_EXPORT const char *nslab_topology_name(const nslab_topology *topology);
NSLAB_EXPORT unsigned nslab_topology_nodes(const nslab_topology *topology);
NSLAB_EXPORT unsigned nslab_topology_links(const nslab_topology *topology);

/* The lab's name in FILE, whatever else is wrong with it. */
NSLAB_EXPORT int nslab_topology_peek_name(const char *file, char **ret, struct nslab_error *error);

/* How many tests a valid topology has that FILTER fits (a POSIX extended regular expression over
 * their names; NULL: all). NSLAB_WRONG where it is none. */
NSLAB_EXPORT int nslab_topology_tests(const nslab_topology *topology, const char *filter,
                                      unsigned *ret, struct nslab_error *error);

/* What is wrong with it, for people: FILE:LINE:COL, the line, a caret, what to do. "" if
 * there is nothing. */
NSLAB_EXPORT char *nslab_topology_diagnostics(const nslab_topology *topology, bool colour);

/* The same for programs, of N topologies together. */
enum nslab_report { NSLAB_REPORT_JSON, NSLAB_REPORT_GITHUB, NSLAB_REPORT_SARIF };
NSLAB_EXPORT char *nslab_report(nslab_topology *const topologies[], size_t n,
                                enum nslab_report format);

/* What nslab_up would do with a valid topology: for people, as a shell script, as JSON. */
enum nslab_plan_format { NSLAB_PLAN_TEXT, NSLAB_PLAN_SH, NSLAB_PLAN_JSON };
NSLAB_EXPORT char *nslab_plan(const nslab_topology *topology, enum nslab_plan_format format);

/* The JSON Schema (2020-12) of the language. */
NSLAB_EXPORT char *nslab_schema(void);

/* --- Labs --------------------------------------------------------------------------------- */

/* PHASE is "namespaces", "links", "interfaces", "configuration" or "programs". */
typedef void nslab_progress_fn(void *arg, const char *phase, unsigned done, unsigned all);

/* What may go wrong with so large a lab on this machine, and what to do about it. */
typedef void nslab_warning_fn(void *arg, const char *text);

struct nslab_up_options {
    const char *name;            /* of the lab, in place of the topology's; NULL: that */
    bool tied;                   /* the lab ends with this process, or when *RET_TIE is closed */
    nslab_progress_fn *progress; /* or NULL, as the next */
    nslab_warning_fn *warning;
    void *arg; /* of both */
};

/*
 * Builds a valid topology and returns when it is ready, or when nothing is left of the attempt.
 * OPTIONS may be NULL. *RET_TIE (may be NULL unless TIED) is the descriptor that holds a tied lab
 * up, else -1.
 */
NSLAB_EXPORT int nslab_up(const nslab_topology *topology, const struct nslab_up_options *options,
                          int *ret_tie, struct nslab_error *error);

/* A tied LAB lives on by itself; TIE is the caller's to close. */
NSLAB_EXPORT int nslab_keep(const char *lab, int tie, struct nslab_error *error);

/* Ends LAB; its programs get SIGTERM and GRACE_MS milliseconds. *RET_STRANGERS (may be NULL): a
 * JSON array of {"pid", "node", "command"}, processes from outside that still keep a namespace of
 * it alive. */
NSLAB_EXPORT int nslab_down(const char *lab, unsigned grace_ms, char **ret_strangers,
                            struct nslab_error *error);

/* JSON texts; their shapes are in nslab(1): the labs that run, what one is, who is in it. */
NSLAB_EXPORT int nslab_list(char **ret_json, struct nslab_error *error);
NSLAB_EXPORT int nslab_describe(const char *lab, char **ret_json, struct nslab_error *error);
NSLAB_EXPORT int nslab_status(const char *lab, char **ret_json, struct nslab_error *error);
NSLAB_EXPORT int nslab_ps(const char *lab, const char *node, char **ret_json,
                          struct nslab_error *error);

/* The services of LAB, of which nslab_ps tells too. The others act on WHICH ("r1/web") and return
 * when it has started and is ready, or has stopped; nslab_service_kill sends SIGNAL ("TERM",
 * "SIGUSR1", "10"; NULL: KILL) and does not wait. One that there is not is NSLAB_WRONG, with the
 * nearest name. */
NSLAB_EXPORT int nslab_services(const char *lab, char **ret_json, struct nslab_error *error);
NSLAB_EXPORT int nslab_service_start(const char *lab, const char *which, struct nslab_error *error);
NSLAB_EXPORT int nslab_service_stop(const char *lab, const char *which, struct nslab_error *error);
NSLAB_EXPORT int nslab_service_restart(const char *lab, const char *which,
                                       struct nslab_error *error);
NSLAB_EXPORT int nslab_service_kill(const char *lab, const char *which, const char *signal,
                                    struct nslab_error *error);

/* The rules of LAB's firewalls with what they counted, and the elements of sets; NODE or NULL for
 * all. */
NSLAB_EXPORT int nslab_firewall(const char *lab, const char *node, char **ret_json,
                                struct nslab_error *error);

/*
 * The links of LAB as the kernel has them; WHICH names some of them, or single ends (see nslab(1)),
 * NULL: all. The next ones change those that WHICH names, nothing else, and tell of them in the
 * same way; RET_JSON may be NULL. Naming none that there is is NSLAB_WRONG.
 */
NSLAB_EXPORT int nslab_links(const char *lab, const char *which, char **ret_json,
                             struct nslab_error *error);

/* SETTINGS: "delay=20ms", NULL-terminated, each as in topologies; "delay=none" takes it away. */
NSLAB_EXPORT int nslab_link_set(const char *lab, const char *which, const char *const *settings,
                                char **ret_json, struct nslab_error *error);

/* Up again they have the addresses and routes that the kernel took from them. */
NSLAB_EXPORT int nslab_link_down(const char *lab, const char *which, char **ret_json,
                                 struct nslab_error *error);
NSLAB_EXPORT int nslab_link_up(const char *lab, const char *which, char **ret_json,
                               struct nslab_error *error);

/* Sets down all links between the groups of nodes "r1,r2 / r3,r4" (patterns, too), and up again. */
NSLAB_EXPORT int nslab_partition(const char *lab, const char *groups, char **ret_json,
                                 struct nslab_error *error);
NSLAB_EXPORT int nslab_heal(const char *lab, char **ret_json, struct nslab_error *error);

struct nslab_ping_options {
    const char *from, *to; /* nodes, interfaces, patterns, lists; TO: addresses, too; NULL: all */
    bool ipv4, ipv6;       /* neither: every family that both ends have */
    unsigned packets;      /* to each; 0: one, and again where it is lost */
    unsigned timeout_ms;   /* for an answer; 0: 4000 */
};

/* Who reaches whom in LAB, asked from inside of the nodes: JSON. OPTIONS may be NULL. That somebody
 * does not answer is NSLAB_OK: "asked" and "answered" count the pairs. */
NSLAB_EXPORT int nslab_ping(const char *lab, const struct nslab_ping_options *options,
                            char **ret_json, struct nslab_error *error);

/* What the nodes of LAB log, as JSON. */
NSLAB_EXPORT int nslab_logs(const char *lab, char **ret_json, struct nslab_error *error);

/*
 * One log, "r1/firewall" or "r1/web", from its beginning on, as far as it is kept. nslab_log_next
 * gives the next entry, JSON on one line, the caller's to free; NULL where there is none yet, and
 * then *RET_OVER says whether there never will be, as the lab is gone.
 */
typedef struct nslab_log nslab_log;
NSLAB_EXPORT int nslab_log_open(const char *lab, const char *log, nslab_log **ret,
                                struct nslab_error *error);
NSLAB_EXPORT char *nslab_log_next(nslab_log *log, bool *ret_over);
NSLAB_EXPORT void nslab_log_close(nslab_log *log); /* NULL is fine */

/* --- Tests -------------------------------------------------------------------------------- */

/* RESULT is JSON, one of those in the "tests" of nslab_test. */
typedef void nslab_test_fn(void *arg, const char *result);

struct nslab_test_options {
    const char *filter;    /* only tests whose name fits; NULL: all */
    const char *bundle;    /* a folder, made where a test fails, for what LAB looks like; or NULL */
    nslab_test_fn *result; /* called as they come, in the order of the file; or NULL */
    void *arg;
};

/*
 * Tries the tests of LAB, which its topology had. OPTIONS may be NULL. *RET_JSON: {"lab", "file",
 * "tests": [{"name" (absent: none), "test" ("ping"), "words" (as in the file), "file", "line",
 * "column", "ok", "seconds", "tries", "pairs", and where it is not ok "expected", "seen", "failed":
 * [{"from", "to", "seen"}], "nodes"}], "failed" (how many), "seconds", "bundle" (absent: none)}. A
 * test that fails is NSLAB_OK.
 */
NSLAB_EXPORT int nslab_test(const char *lab, const struct nslab_test_options *options,
                            char **ret_json, struct nslab_error *error);

struct nslab_exec_options {
    const char *directory; /* to start in; NULL: the caller's own */
    int in, out, err;      /* in place of descriptors 0, 1, 2; -1: the caller's */
};

/* Runs ARGV (NULL-terminated) in NODE of LAB and waits; *RET_STATUS as a shell gives it. OPTIONS
 * may be NULL. An unknown node is NSLAB_WRONG, with the nearest name. */
NSLAB_EXPORT int nslab_exec(const char *lab, const char *node, char *const argv[],
                            const struct nslab_exec_options *options, int *ret_status,
                            struct nslab_error *error);

/* What this kernel and this user can do, found by doing it in a child: JSON, an array of {"check",
 * "ok", "needed" (false: only some topologies need it), "detail", "remedy"}. */
NSLAB_EXPORT int nslab_doctor(char **ret_json, struct nslab_error *error);

#ifdef __cplusplus
}
#endif
#endif
