// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * The state directory of a lab: what others find it by, and what outlives its processes.
 *
 *   1. Whoever holds the lock owns the directory. Guard and keeper hold it (one open file, shared)
 *      from before there is anything to clean up until all is gone.
 *   2. A directory is removed by the holder of its lock alone, the lock last. So after locking,
 *      a lock file without a name means: too late, look again.
 *   3. `up` is removed first, `nodes` written last: each instant in between reads as a lab that is
 *      being built or is on its way out, never as one that runs.
 *   4. A free lock does not mean dead. Descriptors of a killed keeper are closed before its
 *      programs are gone; sweep.c waits for it.
 *   5. What is read here is acted on: processes are killed, changes put back. So it is believed
 *      where the root and the lab's directory are this user's and nobody else can write to them,
 *      and nowhere else. It is the open one that is looked at, and no link in it is followed.
 *
 * The system's place is for those who have the capabilities, whatever their number is; everybody
 * else gets a directory that nobody else can write.
 */
#include "lab/state.h"

#include <dirent.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>

#include "kernel/creds.h"
#include "model/names.h"

#define DIRECTORY (O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)

enum { WRITING = 022, PRIVATE = 077 }; /* rights of others */

void state_places_get(struct state_places *ret)
{
    *ret = (struct state_places){
        .privileged = creds_privileged(),
        .uid = geteuid(),
        .system = STATE_SYSTEM_ROOT,
        .runtime = secure_getenv("XDG_RUNTIME_DIR"),
        .run_user = "/run/user",
        .tmp = "/tmp",
    };
}

static bool writable(const char *path)
{
    return !faccessat(AT_FDCWD, path, W_OK | X_OK, AT_EACCESS);
}

/* Capabilities in a user namespace of one's own do not open /run: what is there is another's. What
 * is ours, or no directory, is chosen whatever it is, so that it is told what is wrong with it. */
static bool system_usable(const struct state_places *places)
{
    char parent[PATH_MAX];
    struct stat st;
    if (!lstat(places->system, &st))
        return !S_ISDIR(st.st_mode) || st.st_uid == places->uid || writable(places->system);
    snprintf(parent, sizeof(parent), "%s", places->system);
    char *slash = strrchr(parent, '/');
    if (!slash || slash == parent)
        return false;
    *slash = '\0';
    return writable(parent);
}

/* Whether ST is a directory, no link to one, of UID's, that gives others none of RIGHTS: 0, or why
 * it is not. */
static int judge(const struct stat *st, uid_t uid, mode_t rights)
{
    if (!S_ISDIR(st->st_mode))
        return -ENOTDIR;
    return st->st_uid == uid && !(st->st_mode & rights) ? 0 : -EPERM;
}

static int check_owned(const char *path, uid_t uid, mode_t rights)
{
    struct stat st;
    return lstat(path, &st) ? -errno : judge(&st, uid, rights);
}

static int check_private(const char *path, uid_t uid)
{
    return check_owned(path, uid, PRIVATE);
}

/* "A/B" into RET if it fits in PATH_MAX with room for what lies below. */
static bool join(char *ret, const char *a, const char *b)
{
    if (strlen(a) + strlen(b) + LAB_NAME_MAX + 64 > PATH_MAX)
        return false;
    stpcpy(stpcpy(stpcpy(ret, a), "/"), b);
    return true;
}

/* In words, what is wrong with ST, which is not as judge() wants it. */
static void describe_fault(const struct stat *st, uid_t uid, char *ret, size_t size)
{
    if (S_ISLNK(st->st_mode))
        snprintf(ret, size, "is a symbolic link");
    else if (!S_ISDIR(st->st_mode))
        snprintf(ret, size, "is no directory");
    else if (st->st_uid != uid)
        snprintf(ret, size, "belongs to user %u", st->st_uid);
    else
        snprintf(ret, size, "is open to others (mode %04o)", st->st_mode & 07777);
}

/* Where PATH is something else than a directory of UID's that gives others none of RIGHTS, labs in
 * it would not be safe, and are not looked for either. */
static int check_root(const char *path, uid_t uid, mode_t rights, struct err *err)
{
    char fault[64];
    struct stat st;
    if (lstat(path, &st))
        return errno == ENOENT ? 0 : err_sys(err, -errno, "%s", path);
    int r = judge(&st, uid, rights);
    if (!r)
        return 0;
    describe_fault(&st, uid, fault, sizeof(fault));
    return err_lacking(err, r,
                       "%s, where nslab keeps what it knows of your labs, %s. It has to be a "
                       "directory of yours that others cannot write to.\nRemove it%s.",
                       path, fault,
                       rights == PRIVATE ? ", or set XDG_RUNTIME_DIR to a directory of yours "
                                           "(mode 0700)"
                                         : "");
}

int state_root_path(const struct state_places *places, char *ret, struct err *err)
{
    char user[PATH_MAX], name[32];
    if (places->privileged && system_usable(places)) {
        snprintf(ret, PATH_MAX, "%s", places->system);
        return check_root(ret, places->uid, WRITING, err);
    }
    if (places->runtime && places->runtime[0] == '/' &&
        !check_private(places->runtime, places->uid) && join(ret, places->runtime, "nslab"))
        return check_root(ret, places->uid, WRITING, err);
    snprintf(name, sizeof(name), "%u", places->uid);
    if (join(user, places->run_user, name) && !check_private(user, places->uid) &&
        join(ret, user, "nslab"))
        return check_root(ret, places->uid, WRITING, err);
    snprintf(name, sizeof(name), "nslab-%u", places->uid);
    if (!join(ret, places->tmp, name))
        return err_set(err, -ENAMETOOLONG, "%s: too long a path", places->tmp);
    return check_root(ret, places->uid, PRIVATE, err);
}

void state_done(struct state *s)
{
    fd_close(&s->dir);
    fd_close(&s->lock);
}

/* NAME in DIR, if it is a directory of ours, no link, for nobody else to write to. Another user may
 * have put something in its place since it was chosen (/tmp/nslab-UID), or have led us here
 * (state_each_elsewhere). */
static int open_ours(int dir, const char *name)
{
    struct stat st;
    CLEAN_FD int fd = openat(dir, name, DIRECTORY);
    if (fd < 0 || fstat(fd, &st))
        return -errno;
    int r = judge(&st, geteuid(), WRITING);
    return r ? r : TAKE_FD(fd);
}

/* The directory that labs are kept in. */
static int open_root(const char *root)
{
    return open_ours(AT_FDCWD, root);
}

int state_open(const char *root, const char *name, struct state *ret)
{
    char path[PATH_MAX];
    struct state s = STATE_NONE;
    if (!lab_name_valid(name) || !join(path, root, name))
        return -ENOENT;
    CLEAN_FD int fd = open_root(root);
    if (fd < 0)
        return fd;
    s.dir = open_ours(fd, name);
    if (s.dir < 0)
        return s.dir;
    memccpy(s.root, root, '\0', sizeof(s.root));
    memccpy(s.name, name, '\0', sizeof(s.name));
    *ret = s;
    return 0;
}

static int make_directory(const char *path)
{
    if (!mkdir(path, 0700))
        return chmod(path, 0700) ? -errno : 0; /* whatever the umask took away */
    return errno == EEXIST ? 0 : -errno;
}

/* Once: -ENOENT where whoever sweeps the last lab has just taken the root away. */
static int make_once(const char *root, const char *name, const char *path, struct state *ret,
                     struct err *err)
{
    int r = make_directory(root);
    if (r)
        return err_sys(err, r, "making %s", root);
    r = check_root(root, geteuid(), WRITING, err);
    if (r)
        return r;
    r = make_directory(path);
    if (!r)
        r = state_open(root, name, ret);
    if (r == -ENOTDIR || r == -ELOOP)
        return err_set(err, r, "%s is no directory, and so no lab's. Remove it.", path);
    if (r == -EPERM)
        return err_lacking(err, r,
                           "%s, where the lab would be kept, is another user's, or open for others "
                           "to write to.\nRemove it.",
                           path);
    if (r == -EROFS)
        return err_lacking(err, r,
                           "%s cannot be made: the file system is mounted read-only.\n"
                           "Mount it for writing (`findmnt -T %s` says which it is).",
                           path, root);
    return r ? err_sys(err, r, "making %s", path) : 0;
}

int state_make(const char *root, const char *name, struct state *ret, struct err *err)
{
    char path[PATH_MAX];
    int r = -ENOENT;
    if (!lab_name_valid(name))
        return err_wrong(err, -EINVAL, "'%s' is no name for a lab", name);
    if (!join(path, root, name))
        return err_set(err, -ENAMETOOLONG, "%s: too long a path", root);
    for (int i = 0; r == -ENOENT && i < 1000; i++)
        r = make_once(root, name, path, ret, err);
    return r;
}

int state_try_lock(struct state *s, bool create)
{
    struct stat st;
    int flags = O_RDWR | O_CLOEXEC | O_NOFOLLOW | (create ? O_CREAT : 0);
    CLEAN_FD int lock = openat(s->dir, STATE_LOCK, flags, 0600);
    if (lock < 0 || flock(lock, LOCK_EX | LOCK_NB) || fstat(lock, &st))
        return -errno;
    if (!st.st_nlink)
        return -ENOENT;
    s->lock = TAKE_FD(lock);
    return 0;
}

static DIR *open_listing(int dir)
{
    CLEAN_FD int fd = openat(dir, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *listing = fd < 0 ? NULL : fdopendir(fd);
    if (listing)
        TAKE_FD(fd);
    return listing;
}

static bool is_dots(const char *name)
{
    return !strcmp(name, ".") || !strcmp(name, "..");
}

bool state_is_new(const struct state *s)
{
    DIR *listing = open_listing(s->dir);
    if (!listing)
        return false;
    bool is_new = true;
    for (struct dirent *e; (e = readdir(listing));)
        is_new = is_new && (is_dots(e->d_name) || !strcmp(e->d_name, STATE_LOCK));
    closedir(listing);
    return is_new;
}

/* The folder of that name and the files in it, if it is there. */
static int remove_folder(const struct state *s, const char *name)
{
    CLEAN_FD int fd = openat(s->dir, name, DIRECTORY);
    DIR *listing = fd < 0 ? NULL : open_listing(fd);
    if (!listing)
        return err_shortage(-errno);
    for (struct dirent *e; (e = readdir(listing));)
        unlinkat(fd, e->d_name, 0);
    closedir(listing);
    unlinkat(s->dir, name, AT_REMOVEDIR);
    return 0;
}

int state_remove(struct state *s)
{
    static const char *const files[] = {
        STATE_UP,          STATE_GUARD,   STATE_KEEPER, STATE_HOSTS,  STATE_RESOLV,
        STATE_DESCRIPTION, STATE_OUTSIDE, STATE_LOG,    STATE_SOCKET, STATE_NODES,
        STATE_FIREWALLS,   STATE_LINKS,   STATE_CUT,    STATE_TESTS};
    char path[PATH_MAX];
    unlinkat(s->dir, STATE_UP, 0);
    for (size_t i = 0; i < ARRAY_SIZE(files); i++) {
        snprintf(path, sizeof(path), ".%s", files[i]); /* half written */
        unlinkat(s->dir, path, 0);
        unlinkat(s->dir, files[i], 0);
    }
    int r = remove_folder(s, STATE_LOGS);
    if (r)
        return r; /* with the lock there, the next command finds what is left */
    join(path, s->root, s->name);
    unlinkat(s->dir, STATE_LOCK, 0);
    /* ENOTEMPTY: the next one has come in already, and owns it now */
    if (rmdir(path) && errno != ENOENT && errno != ENOTEMPTY)
        return -errno;
    rmdir(s->root);
    return 0;
}

int state_remove_empty(const struct state *s)
{
    char path[PATH_MAX];
    join(path, s->root, s->name);
    rmdir(path);
    return 0;
}

int state_write(const struct state *s, const char *file, const char *text, size_t len, mode_t mode)
{
    char made[64];
    snprintf(made, sizeof(made), ".%s", file);
    CLEAN_FD int fd =
        openat(s->dir, made, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, mode);
    if (fd < 0 || fchmod(fd, mode))
        return -errno;
    int r = fd_write_all(fd, text, len);
    if (!r && renameat(s->dir, made, s->dir, file))
        r = -errno;
    if (r)
        unlinkat(s->dir, made, 0);
    return r;
}

int state_read(const struct state *s, const char *file, struct str *ret)
{
    char buf[8192];
    CLEAN_FD int fd = openat(s->dir, file, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0)
        return -errno;
    for (;;) {
        ssize_t n = read(fd, buf, sizeof(buf));
        if (n <= 0)
            return n < 0 ? -errno : 0;
        str_addn(ret, buf, (size_t)n);
    }
}

bool state_has(const struct state *s, const char *file)
{
    return !faccessat(s->dir, file, F_OK, AT_SYMLINK_NOFOLLOW);
}

int state_write_proc(const struct state *s, const char *file, pid_t pid)
{
    char text[PROC_ID_TEXT_MAX];
    struct proc_id id;
    int r = procs_identify(pid, &id);
    if (r)
        return r;
    procs_id_text(&id, text);
    return state_write(s, file, text, strlen(text), 0600);
}

int state_read_proc(const struct state *s, const char *file, struct proc_id *ret)
{
    CLEAN_STR struct str text = {0};
    int r = state_read(s, file, &text);
    if (r)
        return r;
    return text.text && procs_id_parse(text.text, ret) ? 0 : -EINVAL;
}

int state_open_proc(const struct state *s, const char *file)
{
    struct proc_id id;
    int r = state_read_proc(s, file, &id);
    return r ? r : procs_open(&id);
}

static bool lost(enum proc_life life)
{
    return life == PROC_GONE || life == PROC_ENDING;
}

/* As state_read_proc, and whether that process is lost. */
static int read_life(const struct state *s, const char *file, bool *ret_lost)
{
    struct proc_id id;
    int r = state_read_proc(s, file, &id);
    enum proc_life life = r ? PROC_GONE : procs_life(&id);
    *ret_lost = lost(life);
    return life == PROC_UNSEEN ? -EMFILE : r;
}

enum lab_life state_life(const struct state *s)
{
    bool is_lost;
    int r = read_life(s, STATE_UP, &is_lost);
    bool tied = !r;
    if (err_is_shortage(r))
        return LAB_UNSEEN;
    if (tied && is_lost)
        return LAB_DYING;
    r = read_life(s, STATE_KEEPER, &is_lost);
    if (err_is_shortage(r))
        return LAB_UNSEEN;
    if (r)
        return tied ? LAB_BUILDING : LAB_DYING;
    if (is_lost)
        return LAB_DYING;
    if (!state_has(s, STATE_NODES))
        return LAB_BUILDING;
    return state_has(s, STATE_SOCKET) ? LAB_RUNNING : LAB_STOPPING;
}

int state_each(const char *root, state_fn *fn, void *arg)
{
    CLEAN_FD int fd = open_root(root);
    DIR *listing = fd < 0 ? NULL : open_listing(fd);
    int r = 0;
    if (!listing)
        return fd == -ENOENT ? 0 : fd < 0 ? fd : -errno;
    for (struct dirent *e; !r && (e = readdir(listing));) {
        CLEAN_STATE struct state s = STATE_NONE;
        int opened = state_open(root, e->d_name, &s);
        if (!opened)
            r = fn(arg, &s);
        else if (err_is_shortage(opened))
            r = opened;
    }
    closedir(listing);
    return r;
}

struct elsewhere {
    const char *root;
    state_fn *fn;
    void *arg;
};

/* PATH is ".../ROOT/NAME/lock", the link of a keeper's descriptor, or of one that poses as one. */
static int look_at_lock(const struct elsewhere *where, char *path)
{
    CLEAN_STATE struct state s = STATE_NONE;
    char *slash = strrchr(path, '/');
    if (!slash || strcmp(slash + 1, STATE_LOCK))
        return 0;
    *slash = '\0';
    slash = strrchr(path, '/');
    if (!slash)
        return 0;
    *slash = '\0';
    if (!strcmp(path, where->root) || check_owned(path, geteuid(), WRITING))
        return 0;
    int r = state_open(path, slash + 1, &s);
    return !r ? where->fn(where->arg, &s) : err_shortage(r);
}

static int look_at_process(void *arg, pid_t pid)
{
    const struct elsewhere *where = arg;
    char fds[32], link[PATH_MAX];
    uid_t uid;
    /* not the folder's owner, as that is root where a process of whoever may not be looked into */
    int r = procs_user(pid, &uid);
    if (r || uid != geteuid())
        return err_shortage(r);
    snprintf(fds, sizeof(fds), "/proc/%d/fd", (int)pid);
    r = procs_is_named(pid, KEEPER_NAME);
    DIR *listing = r > 0 ? opendir(fds) : NULL;
    if (r > 0 && !listing)
        r = -errno;
    if (!listing)
        return err_shortage(r);
    r = 0;
    for (struct dirent *e; !r && (e = readdir(listing));) {
        ssize_t n = readlinkat(dirfd(listing), e->d_name, link, sizeof(link) - 1);
        link[n > 0 ? n : 0] = '\0';
        r = look_at_lock(where, link);
    }
    closedir(listing);
    return r;
}

int state_each_elsewhere(const char *root, state_fn *fn, void *arg)
{
    struct elsewhere where = {.root = root, .fn = fn, .arg = arg};
    return procs_each(look_at_process, &where);
}
