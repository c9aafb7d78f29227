// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * Labs, as far as that needs no privileges: where state is kept and who owns it, the journal, the
 * roster, and what a keeper takes for a request.
 */
#include <fcntl.h>
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <cmocka.h>

#include "kernel/numbers.h"
#include "lab/cables.h"
#include "lab/control.h"
#include "lab/door.h"
#include "lab/room_memory.h"
#include "lab/outside.h"
#include "lab/roster.h"
#include "lab/state.h"
#include "lab/sweep.h"
#include "lab/talk.h"

struct place {
    char path[64]; /* a folder of this test's own */
    int dir;
};

static int enter_place(void **state)
{
    struct place *place = calloc(1, sizeof(*place));
    strcpy(place->path, "/tmp/nslab-test-XXXXXX");
    assert_non_null(mkdtemp(place->path));
    place->dir = open(place->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    *state = place;
    return 0;
}

static int leave_place(void **state)
{
    struct place *place = *state;
    char command[128];
    close(place->dir);
    snprintf(command, sizeof(command), "rm -r '%s'", place->path);
    assert_int_equal(system(command), 0);
    free(place);
    return 0;
}

/* FILE in PLACE; good until the next call but three. */
static const char *in(const struct place *place, const char *file)
{
    static char paths[4][PATH_MAX];
    static unsigned next;
    char *path = paths[next++ % 4];
    snprintf(path, PATH_MAX, "%s/%s", place->path, file);
    return path;
}

static void make_folder(const struct place *place, const char *name, mode_t mode)
{
    assert_int_equal(mkdirat(place->dir, name, 0700), 0);
    assert_int_equal(fchmodat(place->dir, name, mode, 0), 0);
}

static struct state_places places_in(const struct place *place)
{
    static char paths[4][PATH_MAX];
    static const char *const names[] = {"run/nslab", "runtime", "user", "tmp"};
    for (int i = 0; i < 4; i++)
        snprintf(paths[i], PATH_MAX, "%s/%s", place->path, names[i]);
    return (struct state_places){
        .uid = getuid(),
        .system = paths[0],
        .runtime = paths[1],
        .run_user = paths[2],
        .tmp = paths[3],
    };
}

static void assert_root(const struct state_places *places, const char *expected)
{
    char root[PATH_MAX];
    struct err err;
    assert_int_equal(state_root_path(places, root, &err), 0);
    assert_string_equal(root, expected);
}

static void test_root_of_the_system(void **state)
{
    const struct place *place = *state;
    struct state_places places = places_in(place);
    make_folder(place, "run", 0755);
    make_folder(place, "runtime", 0700);
    assert_root(&places, in(place, "runtime/nslab"));
    places.privileged = true;
    assert_root(&places, in(place, "run/nslab"));
    places.system = "/proc/nslab"; /* capabilities, but no folder that can be made */
    if (getuid())
        assert_root(&places, in(place, "runtime/nslab"));
}

static void test_root_of_a_user(void **state)
{
    const struct place *place = *state;
    struct state_places places = places_in(place);
    char own[64];
    snprintf(own, sizeof(own), "tmp/nslab-%u", getuid());
    make_folder(place, "tmp", 01777);
    make_folder(place, "user", 0755);
    assert_root(&places, in(place, own));

    make_folder(place, "runtime", 0755); /* open to others */
    assert_root(&places, in(place, own));
    assert_int_equal(fchmodat(place->dir, "runtime", 0700, 0), 0);
    assert_root(&places, in(place, "runtime/nslab"));

    places.runtime = "runtime"; /* not from the root */
    assert_root(&places, in(place, own));
    snprintf(own, sizeof(own), "user/%u", getuid());
    make_folder(place, own, 0700);
    places.runtime = NULL;
    strcat(own, "/nslab");
    assert_root(&places, in(place, own));
}

static void test_root_unsafe(void **state)
{
    const struct place *place = *state;
    struct state_places places = places_in(place);
    char own[64], root[PATH_MAX];
    struct err err;
    snprintf(own, sizeof(own), "tmp/nslab-%u", getuid());
    make_folder(place, "tmp", 01777);

    make_folder(place, own, 0770);
    assert_int_equal(state_root_path(&places, root, &err), -EPERM);
    assert_int_equal(err.status, STATUS_LACKING);
    assert_non_null(strstr(err.text, "XDG_RUNTIME_DIR"));
    assert_int_equal(fchmodat(place->dir, own, 0700, 0), 0);
    assert_root(&places, in(place, own));
    places.uid = getuid() + 1;
    char other[64];
    snprintf(other, sizeof(other), "tmp/nslab-%u", places.uid);
    make_folder(place, other, 0700); /* in its name, but not its own */
    assert_int_equal(state_root_path(&places, root, &err), -EPERM);

    places.uid = getuid();
    assert_int_equal(unlinkat(place->dir, own, AT_REMOVEDIR), 0);
    assert_int_equal(symlinkat("/", place->dir, own), 0);
    assert_int_equal(state_root_path(&places, root, &err), -ENOTDIR);
}

/* What is in the place of labs is said, whoever asks. */
static void test_root_of_the_system_unsafe(void **state)
{
    const struct place *place = *state;
    struct state_places places = places_in(place);
    char root[PATH_MAX];
    struct err err;
    places.privileged = true;
    make_folder(place, "run", 0755);
    make_folder(place, "run/nslab", 0777);
    assert_int_equal(state_root_path(&places, root, &err), -EPERM);
    assert_int_equal(err.status, STATUS_LACKING);
    assert_non_null(strstr(err.text, "mode 0777"));
    assert_non_null(strstr(err.text, in(place, "run/nslab")));
    assert_int_equal(unlinkat(place->dir, "run/nslab", AT_REMOVEDIR), 0);
    assert_int_equal(symlinkat("/", place->dir, "run/nslab"), 0);
    assert_int_equal(state_root_path(&places, root, &err), -ENOTDIR);
    assert_non_null(strstr(err.text, "symbolic link"));
    assert_int_equal(unlinkat(place->dir, "run/nslab", 0), 0);
    assert_root(&places, in(place, "run/nslab"));
}

static void test_state_lock(void **state)
{
    const struct place *place = *state;
    struct state first = STATE_NONE, second = STATE_NONE;
    struct err err;
    const char *root = in(place, "labs");
    assert_int_equal(state_open(root, "net", &first), -ENOENT);
    assert_int_equal(state_make(root, "net", &first, &err), 0);
    assert_int_equal(state_open(root, "net", &second), 0);
    assert_int_equal(state_try_lock(&first, true), 0);
    assert_true(state_is_new(&first));
    assert_int_equal(state_try_lock(&second, true), -EWOULDBLOCK);
    assert_int_equal(state_write(&first, STATE_HOSTS, "x", 1, 0644), 0);
    assert_false(state_is_new(&first));

    assert_int_equal(state_remove(&first), 0);
    assert_int_equal(access(root, F_OK), -1);
    assert_int_equal(state_try_lock(&second, true), -ENOENT);
    state_done(&first);
    assert_int_equal(state_try_lock(&second, true), -ENOENT);
    state_done(&second);
}

static void test_state_names(void **state)
{
    const struct place *place = *state;
    struct state s = STATE_NONE;
    struct err err;
    make_folder(place, "labs", 0700);
    make_folder(place, "other", 0700);
    assert_int_equal(state_open(in(place, "labs"), "../other", &s), -ENOENT);
    assert_int_equal(state_open(in(place, "labs"), "..", &s), -ENOENT);
    assert_int_equal(state_make(in(place, "labs"), "a/b", &s, &err), -EINVAL);
    assert_int_equal(symlinkat("../other", place->dir, "labs/link"), 0);
    assert_true(state_open(in(place, "labs"), "link", &s) < 0);
}

static void test_state_files(void **state)
{
    const struct place *place = *state;
    CLEAN_STATE struct state s = STATE_NONE;
    CLEAN_STR struct str text = {0};
    struct err err;
    struct stat st;
    assert_int_equal(state_make(in(place, "labs"), "net", &s, &err), 0);
    mode_t mask = umask(0777);
    assert_int_equal(state_write(&s, STATE_HOSTS, "one", 3, 0644), 0);
    umask(mask);
    assert_int_equal(fstatat(s.dir, STATE_HOSTS, &st, 0), 0);
    assert_int_equal(st.st_mode & 0777, 0644);
    assert_int_equal(state_write(&s, STATE_HOSTS, "two", 3, 0644), 0);
    assert_int_equal(state_read(&s, STATE_HOSTS, &text), 0);
    assert_string_equal(text.text, "two");
    assert_int_equal(state_read(&s, "nothing", &text), -ENOENT);
}

/* A process of ours that sleeps. */
static pid_t sleeper(void)
{
    pid_t pid = fork();
    if (!pid) {
        pause();
        _exit(0);
    }
    return pid;
}

static void end(pid_t pid)
{
    kill(pid, SIGKILL);
    waitpid(pid, NULL, 0);
}

static void test_life(void **state)
{
    const struct place *place = *state;
    CLEAN_STATE struct state s = STATE_NONE;
    struct err err;
    pid_t up = sleeper(), keeper = sleeper();
    assert_int_equal(state_make(in(place, "labs"), "net", &s, &err), 0);
    assert_int_equal(state_life(&s), LAB_DYING);
    assert_int_equal(state_write_proc(&s, STATE_UP, up), 0);
    assert_int_equal(state_life(&s), LAB_BUILDING);
    assert_int_equal(state_write_proc(&s, STATE_KEEPER, keeper), 0);
    assert_int_equal(state_life(&s), LAB_BUILDING);
    assert_int_equal(state_write(&s, STATE_SOCKET, "", 0, 0600), 0);
    assert_int_equal(state_write(&s, STATE_NODES, "", 0, 0600), 0);
    assert_int_equal(state_life(&s), LAB_RUNNING);
    end(up); /* tied, and its tie is gone */
    assert_int_equal(state_life(&s), LAB_DYING);
    unlinkat(s.dir, STATE_UP, 0);
    assert_int_equal(state_life(&s), LAB_RUNNING);
    unlinkat(s.dir, STATE_SOCKET, 0);
    assert_int_equal(state_life(&s), LAB_STOPPING);
    kill(keeper, SIGKILL); /* dead to us from here on, not only when it is collected */
    assert_int_equal(state_life(&s), LAB_DYING);
    end(keeper);
    assert_int_equal(state_life(&s), LAB_DYING);
}

static void test_process_identity(void **state)
{
    (void)state;
    struct proc_id id, read;
    char text[PROC_ID_TEXT_MAX];
    pid_t pid = sleeper();
    assert_int_equal(procs_identify(pid, &id), 0);
    assert_true(procs_id_parse(procs_id_text(&id, text), &read));
    assert_int_equal(read.pid, id.pid);
    assert_true(read.start == id.start && read.ns == id.ns);
    assert_int_equal(procs_life(&id), PROC_ALIVE);
    read.start++; /* the same number, another process */
    assert_int_equal(procs_life(&read), PROC_GONE);
    assert_int_equal(procs_open(&read), -ESRCH);
    read = id;
    read.ns++;
    assert_int_equal(procs_life(&read), PROC_UNKNOWN);
    kill(pid, SIGSTOP);
    waitpid(pid, NULL, WUNTRACED);
    assert_true(procs_stopped(&id));
    assert_int_equal(procs_life(&id), PROC_ALIVE);
    end(pid);
    assert_int_equal(procs_life(&id), PROC_GONE);
    assert_false(procs_id_parse("", &read));
    assert_false(procs_id_parse("12 x", &read));
    assert_false(procs_id_parse("-1 2 3", &read));
}

/* A lab whose keeper, if there is one, is dead, with something outside. */
static void test_sweep(void **state)
{
    const struct place *place = *state;
    CLEAN_STATE struct state s = STATE_NONE;
    struct outside journal;
    struct err err;
    pid_t keeper = sleeper();
    const char *root = in(place, "labs"), *link = in(place, "link");
    assert_int_equal(state_make(root, "net", &s, &err), 0);
    assert_int_equal(state_write_proc(&s, STATE_KEEPER, keeper), 0);
    assert_int_equal(outside_open(s.dir, STATE_OUTSIDE, &journal), 0);
    outside_note(&journal, OUTSIDE_LINK, link, "/nowhere");
    assert_int_equal(outside_commit(&journal), 0);
    outside_done(&journal);
    assert_int_equal(symlink("/nowhere", link), 0);

    struct state holder = STATE_NONE;
    assert_int_equal(state_open(root, "net", &holder), 0);
    assert_int_equal(state_try_lock(&holder, true), 0);
    assert_int_equal(state_write(&s, STATE_NODES, "", 0, 0600), 0);
    assert_int_equal(state_write(&s, STATE_SOCKET, "", 0, 0600), 0);
    assert_int_equal(sweep_lab(&s, true, &err), -EBUSY); /* it runs */
    state_done(&holder);
    sweep_all(root);
    assert_int_equal(waitpid(keeper, NULL, 0), keeper); /* a keeper without a lock is ended */
    assert_int_equal(access(root, F_OK), -1);
    assert_int_equal(faccessat(place->dir, "link", F_OK, AT_SYMLINK_NOFOLLOW), -1);
}

static const struct state alone = {.root = "/nonexistent", .dir = -1, .lock = -1};

static void undo(const struct state *s, int journal)
{
    struct err err;
    assert_int_equal(outside_undo(s, journal, NULL, &err), 0);
}

static void test_journal(void **state)
{
    const struct place *place = *state;
    struct outside journal;
    const char *link = in(place, "link"), *folder = in(place, "folder"),
               *inner = in(place, "folder/link");
    assert_int_equal(outside_open(place->dir, "journal", &journal), 0);
    outside_note(&journal, OUTSIDE_DIRECTORY, folder, "");
    outside_note(&journal, OUTSIDE_LINK, inner, "to");
    assert_int_equal(outside_holds(place->dir, "journal", OUTSIDE_DIRECTORY, folder), 0);
    assert_int_equal(outside_commit(&journal), 0);
    assert_int_equal(outside_holds(place->dir, "journal", OUTSIDE_DIRECTORY, folder), 1);
    assert_int_equal(outside_holds(place->dir, "journal", OUTSIDE_LINK, folder), 0);
    assert_int_equal(outside_holds(place->dir, "journal", OUTSIDE_LINK, link), 0);
    outside_note(&journal, OUTSIDE_LINK, link, "to");
    assert_int_equal(outside_commit(&journal), 0);

    undo(&alone, journal.fd); /* none of it was done */
    assert_int_equal(mkdir(folder, 0755), 0);
    assert_int_equal(symlink("to", inner), 0);
    assert_int_equal(symlink("elsewhere", link), 0); /* somebody else's by now */
    assert_true(write(journal.fd, "link\ttorn", 9) == 9);
    undo(&alone, journal.fd);
    assert_int_equal(access(folder, F_OK), -1);
    assert_int_equal(faccessat(place->dir, "link", F_OK, AT_SYMLINK_NOFOLLOW), 0);
    undo(&alone, journal.fd);
    outside_done(&journal);
}

/* What a full disk lets through of a line is not there afterwards: the next line is whole. */
static void test_journal_is_never_torn(void **state)
{
    const struct place *place = *state;
    struct outside journal;
    struct stat before, after;
    struct rlimit limit, small;
    assert_int_equal(outside_open(place->dir, "journal", &journal), 0);
    outside_note(&journal, OUTSIDE_LINK, "/one", "to");
    assert_int_equal(outside_commit(&journal), 0);
    assert_int_equal(fstat(journal.fd, &before), 0);

    signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &limit);
    small = (struct rlimit){(rlim_t)before.st_size + 8, limit.rlim_max};
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    outside_note(&journal, OUTSIDE_LINK, "/two", "to");
    assert_int_equal(outside_commit(&journal), -ENOSPC);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
    assert_int_equal(fstat(journal.fd, &after), 0);
    assert_int_equal(after.st_size, before.st_size);

    assert_int_equal(outside_commit(&journal), 0); /* it is pending still */
    assert_int_equal(outside_holds(place->dir, "journal", OUTSIDE_LINK, "/one"), 1);
    assert_int_equal(outside_holds(place->dir, "journal", OUTSIDE_LINK, "/two"), 1);
    outside_done(&journal);
}

static void test_journal_directory_in_use(void **state)
{
    const struct place *place = *state;
    struct outside journal;
    const char *folder = in(place, "folder");
    assert_int_equal(outside_open(place->dir, "journal", &journal), 0);
    outside_note(&journal, OUTSIDE_DIRECTORY, folder, "");
    assert_int_equal(outside_commit(&journal), 0);
    make_folder(place, "folder", 0755);
    make_folder(place, "folder/of-another-lab", 0755);
    undo(&alone, journal.fd);
    assert_int_equal(access(folder, F_OK), 0);
    outside_done(&journal);
}

/* --- Numbers that labs share ---------------------------------------------------------------- */

struct sharer {
    struct state s;
    struct outside journal;
};

static void begin_sharer(struct sharer *lab, const char *root, const char *name)
{
    struct err err;
    *lab = (struct sharer){.s = STATE_NONE};
    assert_int_equal(state_make(root, name, &lab->s, &err), 0);
    assert_int_equal(outside_open(lab->s.dir, STATE_OUTSIDE, &lab->journal), 0);
}

/* Adds MORE to the number in FILE, as a lab does. */
static void raise_by(struct sharer *lab, const char *file, uint64_t more)
{
    uint64_t is, was;
    assert_int_equal(number_read(file, &is), 0);
    was = is;
    outside_find_number(&lab->s, file, is, &was);
    outside_note_number(&lab->journal, file, is + more, was);
    assert_int_equal(outside_commit_numbers(&lab->journal), 0);
}

static void end_sharer(struct sharer *lab)
{
    undo(&lab->s, lab->journal.fd);
    outside_done(&lab->journal);
    state_done(&lab->s);
}

static void assert_number(const char *file, uint64_t expected)
{
    uint64_t is = 0;
    assert_int_equal(number_read(file, &is), 0);
    assert_int_equal(is, expected);
}

/* Two labs, of which the FIRST ends first, or the other. */
static void share_number(const struct place *place, unsigned first)
{
    struct sharer labs[2];
    const char *root = in(place, "labs"), *file = in(place, "number");
    close(openat(place->dir, "number", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
    assert_int_equal(number_write(file, 1024), 0);
    begin_sharer(&labs[0], root, "a");
    begin_sharer(&labs[1], root, "b");
    raise_by(&labs[0], file, 1000);
    raise_by(&labs[1], file, 200);
    assert_number(file, 2224);
    end_sharer(&labs[first]);
    assert_number(file, 2224);
    end_sharer(&labs[!first]);
    assert_number(file, 1024);
}

static void test_shared_number(void **state)
{
    share_number(*state, 0);
    share_number(*state, 1);
}

static void test_number_of_somebody_else(void **state)
{
    const struct place *place = *state;
    struct sharer lab;
    const char *root = in(place, "labs"), *file = in(place, "number");
    close(openat(place->dir, "number", O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
    assert_int_equal(number_write(file, 1024), 0);
    begin_sharer(&lab, root, "a");
    raise_by(&lab, file, 1000);
    assert_int_equal(number_write(file, 5000), 0);
    end_sharer(&lab);
    assert_number(file, 5000);
}

/* --- Limits ---------------------------------------------------------------------------------- */

static void write_in(const struct place *place, const char *file, const char *text)
{
    CLEAN_FD int fd = openat(place->dir, file, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    assert_true(write(fd, text, strlen(text)) == (ssize_t)strlen(text));
}

static void test_memory_of_a_control_group(void **state)
{
    const struct place *place = *state;
    CLEAN_STR struct str path = {0};
    uint64_t left = 0;
    const char *root = in(place, "cgroup"), *self = in(place, "self");
    make_folder(place, "cgroup", 0755);
    make_folder(place, "cgroup/outer", 0755);
    make_folder(place, "cgroup/outer/inner", 0755);
    write_in(place, "self", "4:memory:/elsewhere\n0::/outer/inner\n");
    write_in(place, "cgroup/outer/inner/memory.max", "max\n");
    write_in(place, "cgroup/outer/inner/memory.current", "1000\n");
    assert_false(room_memory_group(root, self, &path, &left));
    write_in(place, "cgroup/outer/memory.max", "9000\n");
    write_in(place, "cgroup/outer/memory.current", "2000\n");
    assert_true(room_memory_group(root, self, &path, &left));
    assert_int_equal(left, 7000);
    assert_string_equal(path.text, in(place, "cgroup/outer"));
    write_in(place, "cgroup/outer/inner/memory.max", "4000\n");
    assert_true(room_memory_group(root, self, &path, &left));
    assert_int_equal(left, 3000);
    assert_string_equal(path.text, in(place, "cgroup/outer/inner"));
}

static void test_roster(void **state)
{
    (void)state;
    CLEAN_STR struct str text = {0};
    struct roster roster;
    struct err err;
    struct state s = {.name = "net", .dir = -1, .lock = -1};
    roster_begin(&text, 1700000000, 4026531836);
    roster_add(&text, 11, "leaf1");
    roster_add(&text, 12, "spine.1");
    assert_int_equal(roster_parse(strdup(text.text), &roster), 0);
    assert_int_equal(roster.n, 2);
    assert_true(roster.since == 1700000000 && roster.pidns == 4026531836);
    assert_string_equal(roster_find(&roster, 12)->name, "spine.1");
    assert_null(roster_find(&roster, 13));
    assert_int_equal(roster_check(&roster, &s, "leaf1", &err), 0);
    assert_int_equal(roster_check(&roster, &s, "leaf2", &err), -ENOENT);
    assert_int_equal(err.status, STATUS_WRONG);
    assert_string_equal(err.text, "lab 'net' has no node 'leaf2'; did you mean 'leaf1'?");
    roster_done(&roster);

    static const char *const bad[] = {"", "1", "1 2", "x y\n", "1 2\nz\n", "1 2\n3\n", "1 2\n3 \n"};
    for (size_t i = 0; i < ARRAY_SIZE(bad); i++)
        assert_int_equal(roster_parse(strdup(bad[i]), &roster), -EINVAL);
    assert_int_equal(roster_parse(strdup("1 2\n"), &roster), 0);
    assert_int_equal(roster.n, 0);
    roster_done(&roster);
}

static void test_requests(void **state)
{
    (void)state;
    struct control_request request = {.version = CONTROL_VERSION, .verb = CONTROL_JOIN}, got;
    strcpy(request.node, "r1");
    assert_true(control_parse(&request, sizeof(request), &got));
    assert_string_equal(got.node, "r1");
    assert_false(control_parse(&request, sizeof(request) - 1, &got));
    assert_false(control_parse(&request, sizeof(request) + 1, &got));
    assert_false(control_parse(&request, 0, &got));
    request.verb = CONTROL_SERVICE + 1;
    assert_false(control_parse(&request, sizeof(request), &got));
    request.verb = 0;
    assert_false(control_parse(&request, sizeof(request), &got));
    request.verb = CONTROL_STOP;
    request.version++;
    assert_false(control_parse(&request, sizeof(request), &got));
    request.version--;
    memset(request.node, 'x', sizeof(request.node)); /* without an end */
    assert_false(control_parse(&request, sizeof(request), &got));
}

/* What no keeper of this version says. */
static void test_answers_that_are_none(void **state)
{
    const struct place *place = *state;
    struct state s = {.name = "net", .dir = place->dir, .lock = -1};
    struct control_request request = {.verb = CONTROL_NODES};
    struct err err = {0};
    int ends[2], got[CONTROL_FDS_MAX], given = place->dir, next = dup(place->dir);
    struct door door = DOOR_NONE;
    close(next);
    assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends), 0);
    assert_true(control_send_answer(ends[1], 3, &given, 1)); /* a code is an errno */
    assert_true(control_ask(ends[0], &s, &request, got, &err) < 0);
    assert_true(control_send_answer(ends[1], 0, &given, 1)); /* too few for a way in */
    assert_int_equal(door_open(ends[0], &s, NULL, &door, &err), -EPROTO);
    assert_int_equal(door.pid, -1);
    close(ends[0]);
    close(ends[1]);
    assert_int_equal(dup(place->dir), next); /* nothing stayed open */
    close(next);
}

static void assert_links(const struct place *place, const char *text, int want, uint32_t n)
{
    struct state s = {.root = "/", .name = "net", .dir = place->dir, .lock = -1};
    struct arena *arena = arena_new();
    struct cables cables;
    struct err err = {0};
    assert_int_equal(state_write(&s, STATE_LINKS, text, strlen(text), 0600), 0);
    assert_int_equal(cables_read(&s, arena, &cables, &err), want);
    for (uint32_t i = 0; i < n; i++)
        assert_string_equal(cables.v[i].labels, "a=b");
    assert_int_equal(want ? n : cables.n, n);
    arena_free(arena);
}

static void test_links_that_are_torn(void **state)
{
    assert_links(*state, "", 0, 0);
    assert_links(*state, "0\t2\tr1:eth0\t1\t3\tr2:eth0\ta=b\t\n", 0, 1);
    assert_links(*state, "0\t2\tr1:eth0\t1\t3\tr2:eth0\ta=b\n", -EBADMSG, 0);
    assert_links(*state, "0\t2\tr1:eth0\t1\t3\tr2:eth0", -EBADMSG, 0);
    assert_links(*state, "0\t2\tr1\n", -EBADMSG, 0);
}

static void test_answers(void **state)
{
    const struct place *place = *state;
    struct state s = {.name = "net", .dir = place->dir, .lock = -1};
    struct control_request request = {.verb = CONTROL_NODES};
    struct err err = {0};
    int ends[2], got[CONTROL_FDS_MAX], given[2] = {place->dir, STDIN_FILENO};
    struct stat a, b;
    assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends), 0);
    assert_true(control_send_answer(ends[1], 0, given, 2));
    assert_int_equal(control_ask(ends[0], &s, &request, got, &err), 2);
    fstat(got[0], &a);
    fstat(place->dir, &b);
    assert_true(a.st_ino == b.st_ino && fcntl(got[0], F_GETFD) == FD_CLOEXEC);
    close(got[0]);
    close(got[1]);
    assert_true(control_send_answer(ends[1], -ENOENT, NULL, 0));
    assert_int_equal(control_ask(ends[0], &s, &request, got, &err), -ENOENT);
    assert_string_equal(err.text, "");
    assert_true(control_send_answer(ends[1], CONTROL_BUSY, NULL, 0)); /* then it asks again */
    assert_true(control_send_answer(ends[1], 0, given, 1));
    assert_int_equal(control_ask(ends[0], &s, &request, got, &err), 1);
    close(got[0]);
    close(ends[1]);
    assert_true(control_ask(ends[0], &s, &request, got, &err) < 0);
    assert_non_null(strstr(err.text, "lab 'net'"));
    close(ends[0]);
}

/* One who does not listen must not stall the other, nor miss the last word. */
static void test_talk(void **state)
{
    (void)state;
    int ends[2];
    struct talk t;
    assert_int_equal(talk_open(ends), 0);
    for (uint32_t i = 0; i < 100000; i++)
        talk_progress(ends[1], "links", i, 100000);
    talk_ready(ends[1]);
    do
        assert_int_equal(talk_read(ends[0], &t), 0);
    while (t.kind == TALK_PROGRESS);
    assert_int_equal(t.kind, TALK_READY);
    talk_detach(ends[0]);
    assert_true(talk_detached(ends[1]));
    close(ends[0]);
    assert_false(talk_detached(ends[1]));
    close(ends[1]);
}

#define IN_PLACE(test) cmocka_unit_test_setup_teardown(test, enter_place, leave_place)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_PLACE(test_root_of_the_system),
        IN_PLACE(test_root_of_a_user),
        IN_PLACE(test_root_unsafe),
        IN_PLACE(test_root_of_the_system_unsafe),
        IN_PLACE(test_state_lock),
        IN_PLACE(test_state_names),
        IN_PLACE(test_state_files),
        IN_PLACE(test_life),
        cmocka_unit_test(test_process_identity),
        IN_PLACE(test_sweep),
        IN_PLACE(test_journal),
        IN_PLACE(test_journal_is_never_torn),
        IN_PLACE(test_journal_directory_in_use),
        IN_PLACE(test_shared_number),
        IN_PLACE(test_number_of_somebody_else),
        IN_PLACE(test_memory_of_a_control_group),
        cmocka_unit_test(test_roster),
        cmocka_unit_test(test_requests),
        IN_PLACE(test_answers),
        IN_PLACE(test_answers_that_are_none),
        IN_PLACE(test_links_that_are_torn),
        cmocka_unit_test(test_talk),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
