// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * A node's own files. One tmpfs, the store, holds them all, and is put before the machine's files
 * in three ways:
 *
 *   1. /run, /tmp and /var/tmp are folders of the store; what is asked for in there is made there.
 *   2. So is a folder of the machine's that the node is to have empty, and one that this user may
 *      not look into, of which there is nothing to be kept.
 *   3. Everything else is in an overlay over the deepest folder that the machine has. Its upper
 *      layer is filled before it is mounted: in a user namespace nothing could be made in folders
 * of the machine's root, whose number is not known there.
 *
 * No overlay stands on another one, as the kernel allows no more than two and in a container the
 * first may be taken: of two folders of which one is in the other, the outer has it all. Where the
 * kernel refuses an overlay (in a container there may be mounts below the folder, which nobody in
 * it may look behind), the upper layer itself takes the folder's place, and all else that the
 * folder has is mounted there, one by one: the same to look at, but for what is put into it later.
 *
 * Links are not followed. One of the machine's is an error that says where it leads, and there
 * can be no other ones.
 */
#include "lab/files.h"

#include <dirent.h>
#include <fcntl.h>
#include <grp.h>
#include <limits.h>
#include <pwd.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>

#include "kernel/creds.h"
#include "model/programs.h"

enum {
    ENTRY_NAME_MAX = 255,
    OVERFLOW = 65534, /* who is nobody in this user namespace: root has it in the node */
};

enum found { FOUND_NOTHING, FOUND_FILE, FOUND_DIRECTORY, FOUND_CLOSED };

/* How far a path exists. */
struct reach {
    enum found found; /* what the whole path is; CLOSED: not known, FD may not be looked into */
    int fd;           /* the deepest folder, O_PATH */
    size_t len;       /* bytes of the path that are it; 0: the root */
};

#define REACH_NONE ((struct reach){.fd = -1})
#define CLEAN_REACH CLEANUP(reach_done)

static void reach_done(struct reach *reach)
{
    fd_close(&reach->fd);
}

/* An overlay over the first LEN bytes of PATH; FILE asked for it first. */
struct layer {
    const struct node_file *file;
    const char *path;
    size_t len;
    int lower, upper;
};

/* A folder that is empty for the node: the first LEN bytes of PATH. */
struct folder {
    const struct node_file *file;
    const char *path;
    size_t len;
    mode_t mode;
};

struct furnishing {
    const struct programs *programs;
    int store;
    dev_t device; /* the store's */
    struct layer *layers;
    uint32_t n_layers;
    struct folder *empty;
    uint32_t n_empty;
    unsigned made; /* folders of the store */
};

/* --- Looking --------------------------------------------------------------------------------- */

static int is_link(int fd, const char *name, const char *path, size_t len, struct err *err)
{
    char to[PATH_MAX] = "";
    ssize_t n = readlinkat(fd, name, to, sizeof(to) - 1);
    to[n > 0 ? n : 0] = '\0';
    return err_wrong(err, -ELOOP,
                     "%.*s is a link to %s on this machine: write the path that it leads to",
                     (int)len, path, to);
}

/* Follows PATH for as long as there are folders. */
static int follow(const char *path, struct reach *ret, struct err *err)
{
    CLEAN_FD int fd = open("/", O_PATH | O_DIRECTORY | O_CLOEXEC);
    size_t at = 0;
    *ret = (struct reach){.found = FOUND_DIRECTORY, .fd = -1};
    while (path[at] && ret->found == FOUND_DIRECTORY) {
        char name[ENTRY_NAME_MAX + 1];
        struct stat st;
        size_t len = strcspn(path + at + 1, "/");
        if (len >= sizeof(name))
            return err_wrong(err, -ENAMETOOLONG, "a name in the path is longer than %d bytes",
                             ENTRY_NAME_MAX);
        snprintf(name, sizeof(name), "%.*s", (int)len, path + at + 1);
        bool last = !path[at + 1 + len];
        if (fstatat(fd, name, &st, AT_SYMLINK_NOFOLLOW)) {
            ret->found = errno == EACCES ? FOUND_CLOSED : FOUND_NOTHING;
            break;
        }
        if (S_ISLNK(st.st_mode) && !last)
            return is_link(fd, name, path, at + 1 + len, err);
        if (!S_ISDIR(st.st_mode)) {
            ret->found = FOUND_FILE;
            if (last)
                break;
            return err_wrong(err, -ENOTDIR, "%.*s is no folder on this machine",
                             (int)(at + 1 + len), path);
        }
        int next = openat(fd, name, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        if (next < 0)
            return err_sys(err, -errno, "%.*s", (int)(at + 1 + len), path);
        close(fd);
        fd = next;
        at += 1 + len;
    }
    ret->fd = TAKE_FD(fd);
    ret->len = at;
    return 0;
}

static bool in_store(const struct furnishing *f, int fd)
{
    struct stat st;
    return !fstat(fd, &st) && st.st_dev == f->device;
}

/* Whether PATH is WITHIN, LEN bytes, or lies in it. */
static bool is_in(const char *path, const char *within, size_t len)
{
    return !strncmp(path, within, len) && (!path[len] || path[len] == '/');
}

/* An error with the place that asked for it. */
static int fail_at(const struct node_file *file, int r, struct err *err)
{
    if (r && !err->pos.line)
        err->pos = file->pos;
    return r;
}

/* --- Making ---------------------------------------------------------------------------------- */

static int mount_over(int from, const char *below, int to, struct err *err)
{
    char source[64], target[64];
    snprintf(source, sizeof(source), "/proc/self/fd/%d%s", from, below);
    snprintf(target, sizeof(target), "/proc/self/fd/%d", to);
    return mount(source, target, "none", MS_BIND | MS_REC, NULL) ? err_sys(err, -errno, "a mount")
                                                               : 0;
}

/* A folder of the store by its own name, O_PATH. */
static int new_folder(struct furnishing *f, mode_t mode, int *ret, struct err *err)
{
    char name[16];
    snprintf(name, sizeof(name), "%u", f->made++);
    if (mkdirat(f->store, name, mode) || fchmodat(f->store, name, mode, 0))
        return err_sys(err, -errno, "making a folder");
    *ret = openat(f->store, name, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    return *ret < 0 ? err_sys(err, -errno, "making a folder") : 0;
}

/* Puts a new folder of the store over the one that FD is. */
static int put_folder_over(struct furnishing *f, int fd, mode_t mode, struct err *err)
{
    CLEAN_FD int folder = -1;
    int r = new_folder(f, mode, &folder, err);
    return r ? r : mount_over(folder, "", fd, err);
}

static int put_private(struct furnishing *f, const char *path, mode_t mode, struct err *err)
{
    CLEAN_FD int fd = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return errno == ENOENT ? 0 : err_sys(err, -errno, "%s", path);
    int r = put_folder_over(f, fd, mode, err);
    return r ? err_context(err, "giving the node its own %s", path) : 0;
}

static int write_file(int folder, const char *name, const struct node_file *file)
{
    CLEAN_FD int fd =
        openat(folder, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0)
        return -errno;
    int r = fd_write_all(fd, file->content, file->len);
    return !r && fchmod(fd, file->mode) ? -errno : r;
}

static int make_folder(int folder, const char *name, mode_t mode, int *ret_fd)
{
    bool made = !mkdirat(folder, name, 0700);
    if (!made && errno != EEXIST)
        return -errno;
    *ret_fd = openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (*ret_fd < 0)
        return -errno;
    return made && fchmod(*ret_fd, mode) ? -errno : 0;
}

/* A folder of the machine's as it is in an upper layer: it would else be the one that counts. */
static mode_t like_lower(int lower, int fd)
{
    struct stat st;
    if (lower < 0 || fstat(lower, &st))
        return 0755;
    if (fchown(fd, st.st_uid == OVERFLOW ? 0 : st.st_uid, st.st_gid == OVERFLOW ? 0 : st.st_gid))
        return 0755;
    return st.st_mode & 07777;
}

static int open_folder(int below, const char *name)
{
    return below < 0 ? -1 : openat(below, name, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

/* Makes FILE, whose path goes on with REST in FOLDER; LOWER is the machine's folder, -1: none. */
static int make_in(int folder, int lower, const char *rest, const struct node_file *file)
{
    CLEAN_FD int at = fcntl(folder, F_DUPFD_CLOEXEC, 3);
    CLEAN_FD int below = lower < 0 ? -1 : fcntl(lower, F_DUPFD_CLOEXEC, 3);
    for (;;) {
        char name[ENTRY_NAME_MAX + 1];
        size_t len = strcspn(rest, "/");
        int next = -1;
        snprintf(name, sizeof(name), "%.*s", (int)len, rest);
        bool last = !rest[len];
        if (last && file->content)
            return write_file(at, name, file);
        int deeper = open_folder(below, name);
        int r = make_folder(at, name, last ? file->mode : 0755, &next);
        if (!r && !last && deeper >= 0 && fchmod(next, like_lower(deeper, next)))
            r = -errno;
        fd_close(&below);
        fd_close(&at);
        below = deeper;
        at = next;
        if (r || last)
            return r;
        rest += len + 1;
    }
}

/* --- Overlays -------------------------------------------------------------------------------- */

static struct layer *find_layer(const struct furnishing *f, const char *path)
{
    for (uint32_t i = 0; i < f->n_layers; i++)
        if (is_in(path, f->layers[i].path, f->layers[i].len))
            return &f->layers[i];
    return NULL;
}

static int cannot_be_over(const char *path, size_t len, struct err *err)
{
    static const char *const kernels[] = {"/proc", "/sys", "/dev"};
    for (size_t i = 0; i < ARRAY_SIZE(kernels); i++)
        if (is_in(path, kernels[i], strlen(kernels[i])))
            return err_wrong(err, -EINVAL,
                             "%s is the kernel's: a node has no files of its own there",
                             kernels[i]);
    if (len)
        return 0;
    size_t top = 1 + strcspn(path + 1, "/");
    if (path[top])
        return err_wrong(
            err, -ENOENT,
            "this machine has no folder %.*s, and a node cannot have one of its own: "
            "choose one below a folder that is there, as /etc, /opt, /srv, /run or /tmp",
            (int)top, path);
    return err_wrong(
        err, -EINVAL,
        "a node has no files of its own straight in /: choose a folder, as /etc, /opt, "
        "/srv, /run or /tmp");
}

/* The folder that an overlay for FILE goes over. Those in it are no longer needed. */
static int add_layer(struct furnishing *f, const struct node_file *file, struct reach *reach,
                     struct err *err)
{
    uint32_t kept = 0;
    int r = cannot_be_over(file->path, reach->len, err);
    if (r || find_layer(f, file->path))
        return r;
    for (uint32_t i = 0; i < f->n_layers; i++) {
        if (f->layers[i].len > reach->len && is_in(f->layers[i].path, file->path, reach->len))
            fd_close(&f->layers[i].lower);
        else
            f->layers[kept++] = f->layers[i];
    }
    f->layers[kept] =
        (struct layer){.file = file, .path = file->path, .len = reach->len, .upper = -1};
    f->layers[kept].lower = TAKE_FD(reach->fd);
    f->n_layers = kept + 1;
    return 0;
}

static const struct folder *find_empty(const struct furnishing *f, const char *path)
{
    for (uint32_t i = 0; i < f->n_empty; i++)
        if (is_in(path, f->empty[i].path, f->empty[i].len))
            return &f->empty[i];
    return NULL;
}

static void add_empty(struct furnishing *f, const struct node_file *file, size_t len, mode_t mode)
{
    f->empty[f->n_empty++] = (struct folder){file, file->path, len, mode};
}

/* Where FILE is to be. */
static int choose_place(struct furnishing *f, const struct node_file *file, struct err *err)
{
    CLEAN_REACH struct reach reach = REACH_NONE;
    if (find_empty(f, file->path))
        return 0;
    int r = follow(file->path, &reach, err);
    if (!r && reach.found == FOUND_FILE && !file->content)
        r = err_wrong(err, -ENOTDIR, "%s is no folder on this machine", file->path);
    if (!r && reach.found == FOUND_DIRECTORY && file->content)
        r = err_wrong(err, -EISDIR, "%s is a folder on this machine", file->path);
    if (r || in_store(f, reach.fd))
        return r;
    if (reach.found == FOUND_NOTHING || reach.found == FOUND_FILE)
        return add_layer(f, file, &reach, err);
    r = cannot_be_over(file->path, reach.len, err);
    if (!r && reach.found == FOUND_DIRECTORY)
        add_empty(f, file, reach.len, file->mode);
    else if (!r)
        add_empty(f, file, reach.len, 0755);
    return r;
}

static int open_upper(struct furnishing *f, struct layer *layer, struct err *err)
{
    CLEAN_FD int both = -1;
    CLEAN_FD int work = -1;
    int r = new_folder(f, 0755, &both, err);
    if (r)
        return r;
    r = make_folder(both, "work", 0755, &work);
    if (!r)
        r = make_folder(both, "upper", 0755, &layer->upper);
    if (!r && fchmod(layer->upper, like_lower(layer->lower, layer->upper)))
        r = -errno;
    return r ? err_sys(err, r, "making a folder") : 0;
}

static int fill_layer(const struct furnishing *f, const struct layer *layer, struct err *err)
{
    VEC_EACH (struct node_file, file, &f->programs->files) {
        if (find_layer(f, file->path) != layer || find_empty(f, file->path))
            continue;
        int r = make_in(layer->upper, layer->lower, file->path + layer->len + 1, file);
        if (r)
            return fail_at(file, err_sys(err, r, "making %s", file->path), err);
    }
    return 0;
}

/* 0, or a negative errno. */
static int mount_overlay(const struct layer *layer)
{
    char target[64], options[256];
    snprintf(target, sizeof(target), "/proc/self/fd/%d", layer->lower);
    int len = snprintf(options, sizeof(options),
                       "lowerdir=%s,upperdir=/proc/self/fd/%d,workdir=/proc/self/fd/%d/../work",
                       target, layer->upper, layer->upper);
    snprintf(options + len, sizeof(options) - (size_t)len, ",userxattr");
    if (!mount("overlay", target, "overlay", 0, options))
        return 0;
    options[len] = '\0'; /* a word of Linux 5.11, which root does not need */
    return errno == EINVAL && !mount("overlay", target, "overlay", 0, options) ? 0 : -errno;
}

/* A file or folder as empty as can be, for NAME of LOWER to be put over; links are made anew. */
static int make_stub(int lower, int upper, const char *name, const struct stat *st, int *ret)
{
    char to[PATH_MAX];
    *ret = -1;
    if (S_ISLNK(st->st_mode)) {
        ssize_t n = readlinkat(lower, name, to, sizeof(to) - 1);
        to[n > 0 ? n : 0] = '\0';
        return n < 0 || symlinkat(to, upper, name) ? -errno : 0;
    }
    CLEAN_FD int file = -1;
    if (S_ISDIR(st->st_mode) && mkdirat(upper, name, 0700))
        return -errno;
    if (!S_ISDIR(st->st_mode) &&
        (file = openat(upper, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600)) < 0)
        return -errno;
    *ret = openat(upper, name, O_PATH | O_NOFOLLOW | O_CLOEXEC);
    return *ret < 0 ? -errno : 0;
}

static int show_entry(int lower, int upper, const char *name, const struct stat *st)
{
    struct err ignored;
    CLEAN_FD int stub = -1;
    int r = make_stub(lower, upper, name, st, &stub);
    if (r || stub < 0)
        return r;
    CLEAN_FD int from = openat(lower, name, O_PATH | O_NOFOLLOW | O_CLOEXEC);
    return from < 0 ? -errno : mount_over(from, "", stub, &ignored);
}

static int show_lower(int lower, int upper);

/* A folder that both have. */
static int show_deeper(int lower, int upper, const char *name)
{
    CLEAN_FD int below = openat(lower, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    CLEAN_FD int above = openat(upper, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    return below < 0 || above < 0 ? -errno : show_lower(below, above);
}

/* Puts into UPPER what of LOWER is not there. */
static int show_lower(int lower, int upper)
{
    int fd = openat(lower, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC), r = 0;
    DIR *dir = fd < 0 ? NULL : fdopendir(fd);
    if (!dir) {
        r = -errno;
        fd_close(&fd);
        return r;
    }
    for (const struct dirent *entry; !r && (entry = readdir(dir));) {
        struct stat above, below;
        const char *name = entry->d_name;
        if (!strcmp(name, ".") || !strcmp(name, "..") ||
            fstatat(lower, name, &below, AT_SYMLINK_NOFOLLOW))
            continue;
        if (fstatat(upper, name, &above, AT_SYMLINK_NOFOLLOW))
            r = show_entry(lower, upper, name, &below);
        else if (S_ISDIR(above.st_mode) && S_ISDIR(below.st_mode))
            r = show_deeper(lower, upper, name);
    }
    closedir(dir);
    return r;
}

/* Whether something is mounted in the layer's folder, which an overlay would hide. */
static bool has_mounts(const struct layer *layer)
{
    CLEAN_FILE FILE *in = fopen("/proc/thread-self/mountinfo", "re");
    char line[2 * PATH_MAX], point[PATH_MAX];
    while (in && fgets(line, sizeof(line), in))
        if (sscanf(line, "%*s %*s %*s %*s %4095s", point) == 1 && strlen(point) > layer->len &&
            is_in(point, layer->path, layer->len) && point[layer->len] == '/')
            return true;
    return false;
}

static int mount_layer(const struct layer *layer, struct err *err)
{
    int code = has_mounts(layer) ? -EBUSY : mount_overlay(layer), r = code;
    if (code)
        r = show_lower(layer->lower, layer->upper);
    if (code && !r)
        return mount_over(layer->upper, "", layer->lower, err);
    if (r)
        return err_lacking(err, r,
                           "the kernel gives the node no files of its own in %.*s: overlay: %s; "
                           "mounts of all that is in it: %s",
                           (int)layer->len, layer->path, strerror(-code), strerror(-r));
    return 0;
}

/* An empty folder, in what is seen by now. */
static int put_empty(struct furnishing *f, const struct folder *folder, struct err *err)
{
    CLEAN_REACH struct reach reach = REACH_NONE;
    char path[PATH_MAX];
    snprintf(path, sizeof(path), "%.*s", (int)folder->len, folder->path);
    int r = follow(path, &reach, err);
    return r ? r : put_folder_over(f, reach.fd, folder->mode, err);
}

/* What lies in folders of the store, and in no layer. */
static int put_private_file(const struct furnishing *f, const struct node_file *file,
                            struct err *err)
{
    CLEAN_REACH struct reach reach = REACH_NONE;
    if (find_layer(f, file->path) && !find_empty(f, file->path))
        return 0;
    int r = follow(file->path, &reach, err);
    if (r || reach.found == FOUND_DIRECTORY)
        return r;
    r = make_in(reach.fd, -1, file->path + reach.len + 1, file);
    return r ? err_sys(err, r, "making %s", file->path) : 0;
}

/* --- Owners ---------------------------------------------------------------------------------- */

static bool parse_number(const char *text, unsigned *ret)
{
    char *end;
    unsigned long n = strtoul(text, &end, 10);
    *ret = (unsigned)n;
    return *text >= '0' && *text <= '9' && !*end && n < UINT32_MAX;
}

/* By /etc/passwd as the node has it, and by nothing else: what a system asks besides may end this
 * process. */
static int find_user(const char *name, uid_t *ret_uid, gid_t *ret_gid)
{
    CLEAN_FILE FILE *in = fopen("/etc/passwd", "re");
    struct passwd entry, *found;
    char buf[4096];
    *ret_gid = (gid_t)-1;
    if (parse_number(name, ret_uid))
        return 0;
    while (in && !fgetpwent_r(in, &entry, buf, sizeof(buf), &found)) {
        if (strcmp(entry.pw_name, name) != 0)
            continue;
        *ret_uid = entry.pw_uid;
        *ret_gid = entry.pw_gid;
        return 0;
    }
    return -ENOENT;
}

static int find_group(const char *name, gid_t *ret)
{
    CLEAN_FILE FILE *in = fopen("/etc/group", "re");
    struct group entry, *found;
    char buf[16384];
    if (parse_number(name, ret))
        return 0;
    while (in && !fgetgrent_r(in, &entry, buf, sizeof(buf), &found)) {
        if (strcmp(entry.gr_name, name) != 0)
            continue;
        *ret = entry.gr_gid;
        return 0;
    }
    return -ENOENT;
}

static int find_owner(const char *owner, uid_t *ret_uid, gid_t *ret_gid, struct err *err)
{
    const char *colon = strchr(owner, ':');
    char user[256];
    snprintf(user, sizeof(user), "%.*s", colon ? (int)(colon - owner) : 255, owner);
    *ret_uid = (uid_t)-1;
    *ret_gid = (gid_t)-1;
    if (*user && find_user(user, ret_uid, ret_gid))
        return err_lacking(err, -ENOENT, "there is no user '%s' in /etc/passwd, as the node has it",
                           user);
    if (colon && colon[1] && find_group(colon + 1, ret_gid))
        return err_lacking(err, -ENOENT, "there is no group '%s' in /etc/group, as the node has it",
                           colon + 1);
    return 0;
}

static int give_away(const struct node_file *file, struct err *err)
{
    CLEAN_FD int fd = open(file->path, O_PATH | O_NOFOLLOW | O_CLOEXEC);
    char path[256];
    uid_t uid;
    gid_t gid;
    int r = find_owner(file->owner, &uid, &gid, err);
    if (r)
        return r;
    snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
    if (!fchownat(fd, "", uid, gid, AT_EMPTY_PATH) && !chmod(path, file->mode))
        return 0;
    int code = -errno;
    snprintf(path, sizeof(path), "owner %s", file->owner);
    if (code == -EINVAL || code == -EPERM)
        return creds_no_users(err, code, path);
    return err_sys(err, code, "giving %s to %s", file->path, file->owner);
}

/* --- All of it ------------------------------------------------------------------------------- */

/* The one tmpfs, and in front of it those that every node with files has. */
static int open_store(struct furnishing *f, struct err *err)
{
    struct stat st;
    if (mount("tmpfs", "/tmp", "tmpfs", 0, "mode=0755"))
        return creds_refused(err, -errno, "The node may not have a tmpfs of its own");
    f->store = open("/tmp", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (f->store < 0 || fstat(f->store, &st))
        return err_sys(err, -errno, "/tmp");
    f->device = st.st_dev;
    int r = put_private(f, "/tmp", 01777, err);
    if (!r)
        r = put_private(f, "/run", 0755, err);
    return r ? r : put_private(f, "/var/tmp", 01777, err);
}

static int furnish(struct furnishing *f, struct err *err)
{
    int r = open_store(f, err);
    VEC_EACH (struct node_file, file, &f->programs->files)
        if (!r)
            r = fail_at(file, choose_place(f, file, err), err);
    for (uint32_t i = 0; i < f->n_layers && !r; i++)
        r = open_upper(f, &f->layers[i], err);
    for (uint32_t i = 0; i < f->n_layers && !r; i++)
        r = fill_layer(f, &f->layers[i], err);
    for (uint32_t i = 0; i < f->n_layers && !r; i++)
        r = fail_at(f->layers[i].file, mount_layer(&f->layers[i], err), err);
    for (uint32_t i = 0; i < f->n_empty && !r; i++)
        r = fail_at(f->empty[i].file, put_empty(f, &f->empty[i], err), err);
    VEC_EACH (struct node_file, file, &f->programs->files)
        if (!r)
            r = fail_at(file, put_private_file(f, file, err), err);
    VEC_EACH (struct node_file, file, &f->programs->files)
        if (!r && file->owner)
            r = fail_at(file, give_away(file, err), err);
    return r;
}

int files_furnish(const struct programs *programs, struct err *err)
{
    struct furnishing f = {.programs = programs, .store = -1};
    f.layers = calloc(programs->files.n + 1, sizeof(*f.layers));
    f.empty = calloc(programs->files.n + 1, sizeof(*f.empty));
    int r = f.layers && f.empty ? furnish(&f, err) : err_set(err, -ENOMEM, "out of memory");
    for (uint32_t i = 0; i < f.n_layers; i++) {
        fd_close(&f.layers[i].lower);
        fd_close(&f.layers[i].upper);
    }
    fd_close(&f.store);
    free(f.layers);
    free(f.empty);
    return r;
}

bool files_have(const struct programs *programs, const char *path)
{
    VEC_EACH (struct node_file, file, &programs->files)
        if (!strcmp(file->path, path))
            return true;
    return false;
}
