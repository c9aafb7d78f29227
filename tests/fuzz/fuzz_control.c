// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * The control socket, both ends of it. To the keeper come any packets from several clients, some
 * with descriptors, in any order: each is answered or sent away, and nothing stays open. To the
 * client comes any answer: it is an error, or as many descriptors as it says.
 *
 * The input is a row of steps: what to do, how much of what follows it takes, and that.
 */
#include <fcntl.h>
#include <sys/socket.h>

#include "fuzz.h"
#include "lab/door.h"
#include "lab/server.h"

enum { CLIENTS = 3, STEPS_MAX = 64, ANSWERS_MAX = 4 };

struct input {
    const uint8_t *at;
    size_t left;
};

static uint8_t take_byte(struct input *in)
{
    if (!in->left)
        return 0;
    in->left--;
    return *in->at++;
}

static const uint8_t *take_bytes(struct input *in, size_t *len)
{
    const uint8_t *bytes = in->at;
    *len = *len < in->left ? *len : in->left;
    in->at += *len;
    in->left -= *len;
    return bytes;
}

static int count_open(void)
{
    int n = 0;
    for (int fd = 0; fd < 64; fd++)
        n += fcntl(fd, F_GETFD) >= 0;
    return n;
}

static void send_packet(int fd, struct input *in, uint32_t n_fds)
{
    int fds[] = {0, 1, 2, 0};
    size_t len = take_byte(in);
    len = len == 255 ? 4096 : len;
    const uint8_t *bytes = take_bytes(in, &len);
    pass_fds(fd, bytes, len, fds, n_fds, MSG_DONTWAIT);
}

/* A request as it should be, but for what the input makes of it. */
static void send_request(int fd, struct input *in)
{
    struct control_request request = {.version = CONTROL_VERSION, .verb = CONTROL_JOIN};
    uint8_t at = take_byte(in);
    size_t len = take_byte(in) % sizeof(request);
    const uint8_t *bytes = take_bytes(in, &len);
    for (size_t i = 0; i < len; i++)
        ((uint8_t *)&request)[(at + i) % sizeof(request)] ^= bytes[i];
    send(fd, &request, sizeof(request), MSG_DONTWAIT | MSG_NOSIGNAL);
}

/* --- The keeper's end ------------------------------------------------------------------------ */

static int answer(void *arg, const struct control_request *request, int *fds, uint32_t *n)
{
    unsigned *answered = arg;
    ++*answered;
    HOLDS(request->version == CONTROL_VERSION);
    HOLDS(request->verb >= CONTROL_JOIN && request->verb <= CONTROL_SERVICE);
    HOLDS(strlen(request->node) < sizeof(request->node));
    HOLDS(strlen(request->service) < sizeof(request->service));
    if (request->verb == CONTROL_JOIN)
        fds[(*n)++] = 0;
    return request->verb == CONTROL_STOP ? -EPERM : 0;
}

static void add_client(struct server *s, int *end)
{
    int ends[2];
    HOLDS(!socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends));
    *end = ends[0];
    s->clients[s->n++] = (struct client){.fd = ends[1]};
}

/* What has come back: an answer each, whole. */
static unsigned take_answers(int fd)
{
    unsigned n = 0;
    for (;;) {
        struct control_answer got;
        int fds[CONTROL_FDS_MAX];
        uint32_t n_fds;
        ssize_t len = pass_fds_take(fd, &got, sizeof(got), fds, &n_fds);
        if (len <= 0)
            return n;
        HOLDS(len == sizeof(got) && got.version == CONTROL_VERSION && got.n == n_fds);
        for (uint32_t i = 0; i < n_fds; i++)
            close(fds[i]);
        n++;
    }
}

static void serve(struct server *s, unsigned *answered)
{
    struct pollfd p[SERVER_CLIENTS_MAX + 1];
    int timeout = -1;
    uint32_t n = server_poll(s, p, &timeout);
    HOLDS(n == s->n + 1 && timeout == -1);
    poll(p, n, 0);
    server_serve(s, p, n, answer, answered);
}

static void try_server(struct input *in)
{
    struct server s = {.listener = -1, .spare = -1};
    int ends[CLIENTS];
    unsigned answered = 0, taken = 0;
    for (int i = 0; i < CLIENTS; i++)
        add_client(&s, &ends[i]);
    for (int i = 0; i < STEPS_MAX && in->left; i++) {
        uint8_t step = take_byte(in);
        int *end = &ends[step % CLIENTS];
        switch (step / CLIENTS % 8) {
        case 0:
        case 1:
            send_packet(*end, in, 0);
            break;
        case 2:
            send_packet(*end, in, 1 + step % 3);
            break;
        case 3:
        case 4:
            send_request(*end, in);
            break;
        case 5:
            taken += take_answers(*end);
            break;
        case 6:
            serve(&s, &answered);
            break;
        default:
            taken += take_answers(*end);
            fd_close(end);
            break;
        }
    }
    serve(&s, &answered);
    HOLDS(s.n <= CLIENTS);
    for (int i = 0; i < CLIENTS; i++) {
        taken += ends[i] < 0 ? 0 : take_answers(ends[i]);
        fd_close(&ends[i]);
    }
    HOLDS(taken <= answered + CLIENTS * STEPS_MAX);
    serve(&s, &answered);
    serve(&s, &answered);
    HOLDS(s.n == 0); /* all have hung up */
    server_close(&s);
}

/* --- The client's end ------------------------------------------------------------------------ */

static void send_answer(int fd, struct input *in)
{
    struct control_answer a = {.version = CONTROL_VERSION};
    int fds[] = {0, 1, 2, 0};
    uint8_t step = take_byte(in);
    uint32_t n = step % 5;
    a.n = step & 0x80 ? take_byte(in) : n;
    a.code = step & 0x40 ? (int8_t)take_byte(in) : 0;
    if (step & 0x20)
        send_packet(fd, in, n);
    else
        pass_fds(fd, &a, sizeof(a), fds, n, MSG_DONTWAIT);
}

static void try_client(struct input *in)
{
    struct state state = {.name = "fuzz", .dir = -1, .lock = -1};
    struct err err = {0};
    int ends[2];
    HOLDS(!socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends));
    for (int i = 0; i < ANSWERS_MAX && in->left; i++)
        send_answer(ends[1], in);
    shutdown(ends[1], SHUT_WR);
    if (in->left % 2) {
        struct control_request request = {.verb = CONTROL_NODES};
        int fds[CONTROL_FDS_MAX];
        int n = control_ask(ends[0], &state, &request, fds, &err);
        for (int i = 0; i < n; i++)
            HOLDS(fcntl(fds[i], F_GETFD) == FD_CLOEXEC && !close(fds[i]));
    } else {
        struct door door = DOOR_NONE;
        if (door_open(ends[0], &state, NULL, &door, &err) == 0)
            HOLDS(door.pid >= 0 && door.mnt >= 0 && door.net >= 0);
        else
            HOLDS(*err.text && door.pid == -1);
        door_close(&door);
    }
    close(ends[0]);
    close(ends[1]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct input in = {data, size};
    int before = count_open();
    if (take_byte(&in) % 2)
        try_server(&in);
    else
        try_client(&in);
    HOLDS(count_open() == before);
    return 0;
}
