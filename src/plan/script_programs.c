// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * Programs as a person would start them by hand: unshare(1) and mount(8) for files that only a node
 * sees, setsid(1) for what stays, loops for what has to be waited for. What keeps a service running
 * is no part of it.
 */
#include "plan/script_programs.h"

#include <netinet/in.h>
#include <string.h>

#include "base/signals.h"
#include "model/programs.h"
#include "plan/program_words.h"

/* LAB.NODE, as a word. */
static void add_netns(struct str *s, const struct topo *topo, const struct node *node)
{
    struct str name CLEAN_STR = {0};
    str_addf(&name, "%s.%s", topo->name, node->name);
    str_add_shell_word(s, name.text);
}

static bool has_files(const struct topo *topo)
{
    VEC_EACH (struct node *, it, &topo->nodes) {
        if (node_has_files(*it))
            return true;
    }
    return false;
}

static bool has_commands(const struct topo *topo)
{
    VEC_EACH (struct node *, it, &topo->nodes) {
        if (node_programs(*it)->exec.n)
            return true;
    }
    return topo->services.n;
}

/* --- What all of them need -------------------------------------------------------------------- */

static void add_state(struct str *s, const struct topo *topo)
{
    str_addf(s,
             "\n# What nodes have besides their network: a file system each, services.\n"
             "state=/run/%s.script\n"
             "mkdir \"$state\"\n"
             "mount -t tmpfs tmpfs \"$state\"\n"
             "mount --make-private \"$state\"\n",
             topo->name);
}

static const char own_files[] =
    "\n# own_files NODE DIRECTORY…: what is changed in these directories, and in /run, /tmp and\n"
    "# /var/tmp, is seen in the node alone.\n"
    "own_files() {\n"
    "    mkdir \"$state/$1\"\n"
    "    mkfifo \"$state/$1/made\"\n"
    "    nsenter --net=\"/run/netns/$1\" unshare --mount --propagation slave sh -e -c '\n"
    "        own=$1\n"
    "        shift\n"
    "        mount -t sysfs sysfs /sys\n"
    "        for top; do\n"
    "            mkdir -p \"$own/upper$top\" \"$own/work$top\"\n"
    "            mount -t overlay overlay \"$top\" \\\n"
    "                -o \"lowerdir=$top,upperdir=$own/upper$top,workdir=$own/work$top\"\n"
    "        done\n"
    "        mount -t tmpfs -o mode=1777 tmpfs /var/tmp\n"
    "        mount -t tmpfs -o mode=1777 tmpfs /tmp\n"
    "        mount -t tmpfs -o mode=0755 tmpfs /run\n"
    "        echo $$ >&3\n"
    "        exec sleep infinity 2>/dev/null 3>&-\n"
    "    ' - \"$state/$@\" </dev/null >/dev/null 3>\"$state/$1/made\" &\n"
    "    read -r pid <\"$state/$1/made\"\n"
    "    echo \"$pid\" >\"$state/$1/holder\"\n"
    "}\n"
    "\n# mounts NODE: its mount namespace, which a process of it holds.\n"
    "mounts() {\n"
    "    echo \"/proc/$(cat \"$state/$1/holder\")/ns/mnt\"\n"
    "}\n";

static const char run_in[] =
    "\n# run_in NODE COMMAND…: runs it in the node, and in the node's file system if it has one.\n"
    "run_in() {\n"
    "    node=$1\n"
    "    shift\n"
    "    if [ -e \"$state/$node/holder\" ]; then\n"
    "        set -- nsenter --net=\"/run/netns/$node\" --mount=\"$(mounts \"$node\")\" \"$@\"\n"
    "    else\n"
    "        set -- ip netns exec \"$node\" \"$@\"\n"
    "    fi\n"
    "    (cd / && exec \"$@\")\n"
    "}\n";

static const char put_file[] = "\n# put_file NODE PATH MODE OWNER: a file with what it is handed.\n"
                               "put_file() {\n"
                               "    run_in \"$1\" sh -e -c '\n"
                               "        mkdir -p \"$(dirname \"$1\")\"\n"
                               "        cat >\"$1\"\n"
                               "        chown \"$3\" \"$1\"\n"
                               "        chmod \"$2\" \"$1\"\n"
                               "    ' - \"$2\" \"$3\" \"$4\"\n"
                               "}\n"
                               "\n# put_directory NODE PATH MODE OWNER: an empty directory.\n"
                               "put_directory() {\n"
                               "    run_in \"$1\" sh -e -c '\n"
                               "        mkdir -p \"$1\"\n"
                               "        mount -t tmpfs tmpfs \"$1\"\n"
                               "        chown \"$3\" \"$1\"\n"
                               "        chmod \"$2\" \"$1\"\n"
                               "    ' - \"$2\" \"$3\" \"$4\"\n"
                               "}\n";

static const char services[] =
    "\n# start NODE SERVICE COMMAND…: starts it, as the leader of its own session.\n"
    "start() {\n"
    "    run=$state/$1/$2\n"
    "    node=$1\n"
    "    shift 2\n"
    "    (cd / && exec setsid env --default-signal nsenter --net=\"/run/netns/$node\" "
    "--mount=\"$(mounts \"$node\")\" "
    "\"$@\") \\\n"
    "        </dev/null >\"$run.log\" 2>&1 &\n"
    "    echo $! >\"$run.pid\"\n"
    "}\n"
    "\n# await SECONDS WHAT COMMAND…: waits until the command ends with 0.\n"
    "await() {\n"
    "    tries=$(($1 * 5))\n"
    "    what=$2\n"
    "    shift 2\n"
    "    until \"$@\" >/dev/null 2>&1; do\n"
    "        tries=$((tries - 1))\n"
    "        if [ $tries -le 0 ]; then\n"
    "            echo \"$what is not ready in time\" >&2\n"
    "            exit 1\n"
    "        fi\n"
    "        sleep 0.2\n"
    "    done\n"
    "}\n";

void script_programs_functions(struct str *s, const struct topo *topo)
{
    if (!has_files(topo) && !has_commands(topo))
        return;
    if (has_files(topo)) {
        add_state(s, topo);
        str_add(s, own_files);
    } else {
        str_addf(s, "\nstate=/run/%s.script\n", topo->name);
    }
    str_add(s, run_in);
    if (has_files(topo))
        str_add(s, put_file);
    if (topo->services.n)
        str_add(s, services);
}

static void add_signal(struct str *s, int number)
{
    if (signal_name(number))
        str_add(s, signal_name(number));
    else
        str_addf(s, "%d", number);
}

/* A program that has ended has no `exe` even where nobody asked how it ended. */
static const char stop[] = "    stop() {\n"
                           "        pid=$(cat \"$state/$1/$2.pid\") || return 0\n"
                           "        kill -s \"$3\" -- \"-$pid\" || return 0\n"
                           "        tries=100\n"
                           "        while [ -e \"/proc/$pid/exe\" ] && [ $tries -gt 0 ]; do\n"
                           "            tries=$((tries - 1))\n"
                           "            sleep 0.1\n"
                           "        done\n"
                           "        kill -s KILL -- \"-$pid\" || return 0\n"
                           "    } 2>/dev/null\n";

/* In the reverse order of their start; who does not end is killed. */
void script_programs_down(struct str *s, const struct topo *topo)
{
    if (!has_files(topo))
        return;
    str_addf(s, "    state=/run/%s.script\n", topo->name);
    if (topo->services.n)
        str_add(s, stop);
    for (uint32_t i = topo->services.n; i > 0; i--) {
        const struct service *service = topo->services.v[i - 1];
        if (service->oneshot)
            continue;
        str_add(s, "    stop ");
        add_netns(s, topo, service->node);
        str_addf(s, " %s ", service->name);
        add_signal(s, service->stop_signal);
        str_add(s, "\n");
    }
    VEC_EACH (struct node *, it, &topo->nodes) {
        if (!node_has_files(*it))
            continue;
        str_add(s, "    kill \"$(cat \"$state\"/");
        add_netns(s, topo, *it);
        str_add(s, "/holder)\"\n");
    }
    str_add(s, "    umount -l \"$state\"\n    rmdir \"$state\"\n");
}

/* --- Files ------------------------------------------------------------------------------------ */

/* Whether PATH is in what is empty and the node's own anyway. */
static bool is_private(const char *path)
{
    static const char *const tops[] = {"/run/", "/tmp/", "/var/tmp/"};
    for (size_t i = 0; i < ARRAY_SIZE(tops); i++) {
        if (str_starts(path, tops[i]))
            return true;
    }
    return false;
}

static size_t top_len(const char *path)
{
    return 1 + strcspn(path + 1, "/");
}

/* Files are sorted by path, so what is in one directory stands together. */
static void add_tops(struct str *s, const struct node *node)
{
    const char *last = "/";
    VEC_EACH (const struct node_file, it, &node_programs(node)->files) {
        size_t len = top_len(it->path);
        bool same = strncmp(last, it->path, len) == 0 && top_len(last) == len;
        if (is_private(it->path) || same)
            continue;
        struct str top CLEAN_STR = {0};
        str_addn(&top, it->path, len);
        str_add(s, " ");
        str_add_shell_word(s, top.text);
        last = it->path;
    }
}

void script_own_files(struct str *s, const struct topo *topo, const struct node *node)
{
    if (!node_has_files(node))
        return;
    str_add(s, "own_files ");
    add_netns(s, topo, node);
    add_tops(s, node);
    str_add(s, "\n");
}

static void add_base64(struct str *s, const char *bytes, size_t len)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < len; i += 3) {
        uint32_t group = 0;
        for (size_t j = 0; j < 3; j++)
            group = group << 8 | (i + j < len ? (unsigned char)bytes[i + j] : 0);
        for (size_t j = 0; j < 4; j++)
            str_addn(s, i + j > len ? "=" : &digits[group >> (18 - 6 * j) & 63], 1);
        if (i % 57 == 54)
            str_add(s, "\n");
    }
    str_add(s, "\n");
}

/* A line that TEXT does not have. */
static void add_end_word(struct str *end, const char *text)
{
    str_add(end, "EOF");
    while (strstr(text, end->text))
        str_add(end, "_");
}

static void add_put_file(struct str *s, const struct topo *topo, const struct node *node,
                         const struct node_file *file)
{
    str_add(s, file->content ? "put_file " : "put_directory ");
    add_netns(s, topo, node);
    str_add(s, " ");
    str_add_shell_word(s, file->path);
    str_addf(s, " 0%o ", file->mode);
    str_add_shell_word(s, file->owner ? file->owner : "root:root");
}

static void add_file(struct str *s, const struct topo *topo, const struct node *node,
                     const struct node_file *file)
{
    struct str end CLEAN_STR = {0};
    bool text = file->content && memchr(file->content, '\0', file->len) == NULL;
    if (file->content && !text) {
        str_add(s, "base64 -d <<'EOF' | ");
        add_put_file(s, topo, node, file);
        str_add(s, "\n");
        add_base64(s, file->content, file->len);
        str_add(s, "EOF\n");
    } else if (file->len && file->content[file->len - 1] == '\n') {
        add_end_word(&end, file->content);
        add_put_file(s, topo, node, file);
        str_addf(s, " <<'%s'\n%s%s\n", end.text, file->content, end.text);
    } else if (file->content) {
        str_add(s, "printf %s ");
        str_add_shell_word(s, file->content);
        str_add(s, " | ");
        add_put_file(s, topo, node, file);
        str_add(s, "\n");
    } else {
        add_put_file(s, topo, node, file);
        str_add(s, "\n");
    }
}

/* --- Commands --------------------------------------------------------------------------------- */

/* "env -C DIRECTORY NSLAB_LAB=… NSLAB_NODE=… LANG=C ": in front of a command. */
static void add_env(struct str *s, const struct topo *topo, const struct node *node,
                    const struct service *service)
{
    str_add(s, "env ");
    if (service && service->directory) {
        str_add(s, "-C ");
        str_add_shell_word(s, service->directory);
        str_add(s, " ");
    }
    str_addf(s, "NSLAB_LAB=%s NSLAB_NODE=", topo->name);
    str_add_shell_word(s, node->name);
    str_add(s, " ");
    program_words_env(s, node, service, " ");
}

static void add_run_in(struct str *s, const struct topo *topo, const struct node *node)
{
    str_add(s, "run_in ");
    add_netns(s, topo, node);
    str_add(s, " ");
}

static void add_exec(struct str *s, const struct topo *topo, const struct node *node,
                     const struct command *command)
{
    add_run_in(s, topo, node);
    add_env(s, topo, node, NULL);
    program_words_add(s, command);
    str_add(s, "\n");
}

/* A command as another user, by the node's own list of users. */
static void add_user(struct str *s, const char *user)
{
    if (!user)
        return;
    str_add(s,
            "\\\n    sh -c 'exec setpriv --reuid \"$0\" --regid \"$(id -g \"$0\")\" --init-groups "
            "\"$@\"' ");
    str_add_shell_word(s, user);
    str_add(s, " ");
}

static void add_ready_command(struct str *s, const struct topo *topo, const struct service *service,
                              const struct ready *ready)
{
    char buf[ADDR_TEXT_MAX];
    if (ready->kind != READY_OUTPUT)
        add_run_in(s, topo, service->node);
    switch (ready->kind) {
    case READY_LISTEN:
        str_addf(s, "sh -c 'ss -H%sln sport = :%u | grep -q .'",
                 ready->protocol == IPPROTO_UDP ? "u" : "t", ready->port);
        return;
    case READY_OUTPUT:
        str_add(s, "grep -qE -e ");
        str_add_shell_word(s, ready->text);
        str_add(s, " \"$state\"/");
        add_netns(s, topo, service->node);
        str_addf(s, "/%s.log", service->name);
        return;
    case READY_FILE:
        str_add(s, "test -e ");
        str_add_shell_word(s, ready->text);
        return;
    case READY_COMMAND:
        add_env(s, topo, service->node, service);
        program_words_add(s, &ready->command);
        return;
    case READY_ROUTE:
        str_addf(s, "sh -c 'ip%s route show exact %s | grep -q .'",
                 ready->prefix.addr.family == AF_INET6 ? " -6" : "",
                 prefix_text(&ready->prefix, buf));
        return;
    case READY_NEIGHBOUR:
        str_addf(s, "sh -c 'ip neighbour show %s | grep -q lladdr'", addr_text(&ready->addr, buf));
        return;
    case READY_INTERFACE:
        str_add(s, "sh -c 'ip link show \"$0\" | grep -q LOWER_UP' ");
        str_add_shell_word(s, ready->text);
        return;
    }
}

static void add_await(struct str *s, const struct topo *topo, const struct service *service,
                      const struct ready *ready)
{
    str_addf(s, "await %u ", (service->within_ms + 999) / 1000);
    str_add_shell_word(s, service->node->name);
    str_addf(s, "/%s \\\n    ", service->name);
    add_ready_command(s, topo, service, ready);
    str_add(s, "\n");
}

static void add_service(struct str *s, const struct topo *topo, const struct service *service)
{
    if (service->restart != RESTART_NO)
        str_addf(s, "# nslab starts it again when it ends (restart: %s).\n",
                 program_words_restart(service->restart));
    if (service->oneshot) {
        add_run_in(s, topo, service->node);
    } else {
        str_add(s, "start ");
        add_netns(s, topo, service->node);
        str_addf(s, " %s ", service->name);
    }
    add_env(s, topo, service->node, service);
    add_user(s, service->user);
    program_words_add(s, &service->command);
    str_add(s, "\n");
    VEC_EACH (const struct ready, it, &service->ready)
        add_await(s, topo, service, it);
}

void script_program(struct str *s, const struct plan *plan, const struct op *op)
{
    if (op->kind == OP_FILE)
        add_file(s, plan->topo, op_node(plan, op), op->u.file);
    else if (op->kind == OP_EXEC)
        add_exec(s, plan->topo, op_node(plan, op), op->u.command);
    else
        add_service(s, plan->topo, op->u.service);
}
