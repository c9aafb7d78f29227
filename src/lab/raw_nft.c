// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * Text in nft's own language. libnftables reads and loads it, in a forked child, which hands back
 * what it has to say: "FILE:3:5-9: Error: …", and under it the line and a caret. The place is
 * turned into one of the topology file. The library gets the text as a file, in memory: of a mere
 * text, versions before 1.0.8 do not say the place.
 *
 * It is opened where it is needed, and not linked: with those that it brings it would be a third of
 * what every nslab command takes to start.
 */
#include "lab/raw_nft.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "model/firewall.h"
#include "model/model.h"

#ifdef HAVE_LIBNFTABLES
#include <nftables/libnftables.h>

#define LIBRARY "libnftables.so.1"

enum { COMPLAINT_MAX = 4096, EXIT_REFUSED = 1, EXIT_NO_MEMORY = 2 };

/* What is used of the library. */
struct library {
    struct nft_ctx *(*ctx_new)(uint32_t flags);
    int (*run_file)(struct nft_ctx *ctx, const char *file);
};

static bool open_library(struct library *ret)
{
    void *handle = dlopen(LIBRARY, RTLD_NOW | RTLD_LOCAL);
    void *ctx_new = handle ? dlsym(handle, "nft_ctx_new") : NULL;
    void *run_file = handle ? dlsym(handle, "nft_run_cmd_from_filename") : NULL;
    memcpy(&ret->ctx_new, &ctx_new, sizeof(ctx_new)); /* ISO C has no cast for it */
    memcpy(&ret->run_file, &run_file, sizeof(run_file));
    return ctx_new && run_file;
}

static int check_library(struct err *err)
{
    struct library library;
    if (open_library(&library))
        return 0;
    return err_lacking(err, -ENOENT, "`nft:` needs libnftables: %s", dlerror());
}

/* --- The child ------------------------------------------------------------------------------ */

/* All that the library says goes to OUT; what it would read or print on the terminal, nowhere. */
_Noreturn static void load_in_child(const char *file, int out)
{
    struct library library;
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    dup2(null, STDIN_FILENO);
    dup2(null, STDOUT_FILENO);
    dup2(out, STDERR_FILENO);
    struct nft_ctx *nft = open_library(&library) ? library.ctx_new(NFT_CTX_DEFAULT) : NULL;
    if (!nft)
        _exit(EXIT_NO_MEMORY);
    int r = library.run_file(nft, file);
    fflush(stderr);
    _exit(r ? EXIT_REFUSED : 0);
}

static void read_all(int fd, char *text, size_t size)
{
    size_t len = 0;
    ssize_t n;
    char rest[256];
    while ((n = read(fd, len + 1 < size ? text + len : rest,
                     len + 1 < size ? size - len - 1 : sizeof(rest))) > 0)
        len += len + 1 < size ? (size_t)n : 0;
    text[len] = '\0';
}

/* Its wait status, or a negative errno; COMPLAINT is what it said. */
static int run_child(const char *file, char complaint[COMPLAINT_MAX])
{
    int ends[2], status;
    if (pipe2(ends, O_CLOEXEC) < 0)
        return -errno;
    pid_t pid = fork();
    if (pid == 0)
        load_in_child(file, ends[1]);
    int r = pid < 0 ? -errno : 0;
    close(ends[1]);
    if (pid > 0)
        read_all(ends[0], complaint, COMPLAINT_MAX);
    close(ends[0]);
    while (pid > 0 && waitpid(pid, &status, 0) < 0) {
        if (errno != EINTR)
            return -errno;
    }
    return r ? r : status;
}

/* --- What it said --------------------------------------------------------------------------- */

/* Characters in the first LEN bytes of TEXT. */
static unsigned chars(const char *text, size_t len)
{
    unsigned n = 0;
    for (size_t i = 0; i < len && text[i]; i++)
        n += (text[i] & 0xc0) != 0x80;
    return n;
}

static const char *line_of(const char *text, unsigned line)
{
    while (--line && *text) {
        text += strcspn(text, "\n");
        text += *text == '\n';
    }
    return text;
}

/* Bytes FIRST to LAST of line LINE of the text, all from 1, in the file. */
static struct pos place(const struct fw_raw *raw, unsigned line, unsigned first, unsigned last)
{
    if (line > raw->n_lines) /* the text ends too early */
        line = raw->n_lines, first = UINT16_MAX;
    if (!line || !raw->lines[line - 1].len)
        return raw->pos;
    struct pos pos = raw->lines[line - 1];
    const char *text = line_of(raw->text, line);
    if (first > pos.len || last < first) /* the end of the line or of the text is what is wrong */
        first = last = pos.len;
    unsigned before = chars(text, first - 1);
    pos.col = (uint16_t)(pos.col + before);
    pos.len = (uint16_t)(chars(text, last) - before);
    return pos;
}

/* Takes "FILE:3:5-9: " off *TEXT, or "FILE:3:5-4:9: ". */
static struct pos take_place(const struct fw_raw *raw, const char *file, const char **text)
{
    unsigned line, first, last, last_line;
    int n = 0;
    if (!str_starts(*text, file))
        return raw->pos;
    const char *numbers = *text + strlen(file);
    if (sscanf(numbers, ":%u:%u-%u: %n", &line, &first, &last, &n) == 3 && n) {
        *text = numbers + n;
        return place(raw, line, first, last);
    }
    if (sscanf(numbers, ":%u:%u-%u:%u: %n", &line, &first, &last_line, &last, &n) == 4 && n) {
        *text = numbers + n;
        return place(raw, line, first, UINT16_MAX);
    }
    return raw->pos;
}

/* The kernel, or this user, has not what the text asks for. */
static bool is_lacking(const char *text, size_t len)
{
    static const char *const words[] = {"Operation not supported", "Operation not permitted",
                                        "Protocol not supported",
                                        "Address family not supported by protocol"};
    for (size_t i = 0; i < ARRAY_SIZE(words); i++) {
        if (memmem(text, len, words[i], strlen(words[i])))
            return true;
    }
    return false;
}

static int complain(const struct fw_raw *raw, const char *file, const char *said, struct err *err)
{
    static const char word[] = "Error: ";
    const char *text = strstr(said, word); /* past warnings */
    while (text && text > said && text[-1] != '\n')
        text--;
    text = text ? text : said;
    struct pos pos = take_place(raw, file, &text);
    text += str_starts(text, word) ? strlen(word) : 0;
    size_t len = strcspn(text, "\n");
    if (is_lacking(text, len))
        err_lacking(err, -EOPNOTSUPP, "%.*s", (int)len, text);
    else
        err_wrong(err, -EINVAL, "%.*s", (int)len, text);
    err->pos = pos;
    return err->code;
}

static int load_file(const struct fw_raw *raw, const char *file, struct err *err)
{
    char said[COMPLAINT_MAX] = "";
    int status = run_child(file, said);
    if (status < 0)
        return err_sys(err, status, "starting a process for it");
    if (status == 0)
        return 0;
    if (*said)
        return complain(raw, file, said, err);
    if (WIFEXITED(status))
        return err_set(err, -EIO, "libnftables gave up, with status %d", WEXITSTATUS(status));
    return err_set(err, -EIO, "libnftables was ended by signal %d", WTERMSIG(status));
}

int raw_nft_load(const struct firewall *fw, struct err *err)
{
    char file[64];
    const char *text = fw->raw.text;
    CLEAN_FD int fd = memfd_create("nft", MFD_CLOEXEC);
    if (fd < 0 || write(fd, text, strlen(text)) != (ssize_t)strlen(text))
        return err_sys(err, -errno, "handing it to libnftables");
    snprintf(file, sizeof(file), "/proc/self/fd/%d", fd);
    return load_file(&fw->raw, file, err);
}

#else

static int check_library(struct err *err)
{
    return err_lacking(err, -EOPNOTSUPP,
                       "`nft:` needs libnftables, which this nslab was built without");
}

int raw_nft_load(const struct firewall *fw, struct err *err)
{
    (void)fw;
    return check_library(err);
}

#endif

int raw_nft_check(const struct topo *topo, struct err *err)
{
    VEC_EACH (struct node *, it, &topo->nodes) {
        if (!(*it)->firewall || !(*it)->firewall->raw.text)
            continue;
        int r = check_library(err);
        err->pos = (*it)->firewall->raw.pos;
        return r;
    }
    return 0;
}
