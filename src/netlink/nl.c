// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * Netlink requests, and the socket that carries them.
 *
 * Requests are built one behind the other in one buffer and go out in one send. The kernel works
 * them off while it is being sent to, so all answers wait in the socket when that call returns.
 * Only the last request of a batch asks for an ack: the kernel answers a refused request in any
 * case, and the ack of the last says that all are done. That way a batch costs one answer and not a
 * hundred, and can never overrun the socket's receive buffer, which holds 256 of them.
 *
 * Invariants:
 *  - a request is queued with its sequence number first_seq + its place in the batch, so an answer
 *    leads back to its cookie by a subtraction;
 *  - at most NL_BATCH_MAX requests are queued, and there is always room for NL_MSG_MAX more bytes,
 *    or else the batch is sent first;
 *  - the first refusal sticks until nl_flush gives it out.
 */
#include "netlink/nl.h"

#include <assert.h>
#include <libmnl/libmnl.h>
#include <string.h>

#define OUT_SIZE (2 * NL_MSG_MAX) /* less than a socket sends at once (net.core.wmem_default) */
#define IN_SIZE 32768             /* the largest part of a dump that the kernel sends at once */

struct nl {
    struct mnl_socket *socket;
    struct nl_msg msg;  /* the request that is being built; hdr is NULL between two */
    uint32_t first_seq; /* of the batch */
    uint32_t n;         /* requests in the batch */
    size_t used;        /* bytes of OUT that they take */
    struct nlmsghdr *last;
    nl_reply_fn *reply;
    void *reply_arg;
    struct nl_refusal refusal; /* code 0: none */
    uint32_t cookies[NL_BATCH_MAX];
    _Alignas(struct nlmsghdr) char out[OUT_SIZE];
    _Alignas(struct nlmsghdr) char in[IN_SIZE];
};

void nl_msg_init(struct nl_msg *m, void *buf, size_t room, uint16_t type, uint16_t flags)
{
    *m = (struct nl_msg){.hdr = mnl_nlmsg_put_header(buf), .room = room};
    m->hdr->nlmsg_type = type;
    m->hdr->nlmsg_flags = flags;
}

void *nl_put_raw(struct nl_msg *m, const void *data, size_t len)
{
    size_t aligned = NLMSG_ALIGN(len);
    m->overflow |= m->hdr->nlmsg_len + aligned > m->room;
    if (m->overflow)
        return NULL;
    char *at = (char *)m->hdr + m->hdr->nlmsg_len;
    memset(at, 0, aligned);
    memcpy(at, data, len);
    m->hdr->nlmsg_len += (uint32_t)aligned;
    return at;
}

void nl_put_header(struct nl_msg *m, const void *header, size_t size)
{
    nl_put_raw(m, header, size);
}

void nl_put(struct nl_msg *m, uint16_t type, const void *data, size_t len)
{
    size_t padding = NLMSG_ALIGN(len) - len;
    m->overflow = m->overflow || !mnl_attr_put_check(m->hdr, m->room, type, len, data);
    if (!m->overflow) /* libmnl before 1.0.5 leaves it as it was */
        memset((char *)m->hdr + m->hdr->nlmsg_len - padding, 0, padding);
}

void nl_put_u8(struct nl_msg *m, uint16_t type, uint8_t value)
{
    nl_put(m, type, &value, sizeof(value));
}

void nl_put_u16(struct nl_msg *m, uint16_t type, uint16_t value)
{
    nl_put(m, type, &value, sizeof(value));
}

void nl_put_u32(struct nl_msg *m, uint16_t type, uint32_t value)
{
    nl_put(m, type, &value, sizeof(value));
}

void nl_put_str(struct nl_msg *m, uint16_t type, const char *text)
{
    nl_put(m, type, text, strlen(text) + 1);
}

void nl_put_addr(struct nl_msg *m, uint16_t type, const struct addr *addr)
{
    nl_put(m, type, addr->bytes, addr_bytes(addr));
}

void nl_put_mac(struct nl_msg *m, uint16_t type, const struct mac *mac)
{
    nl_put(m, type, mac->bytes, sizeof(mac->bytes));
}

struct nlattr *nl_nest_begin(struct nl_msg *m, uint16_t type)
{
    struct nlattr *nest = NULL;
    if (!m->overflow)
        nest = mnl_attr_nest_start_check(m->hdr, m->room, type);
    m->overflow |= !nest;
    return nest ? nest : (struct nlattr *)m->hdr;
}

struct nlattr *nl_nest_end(struct nl_msg *m, struct nlattr *nest)
{
    if (!m->overflow)
        mnl_attr_nest_end(m->hdr, nest);
    return NULL;
}

/* Without CAP_ACK a refusal echoes the whole request, and the kernel's text stands behind it. */
static int socket_setup(struct mnl_socket *socket)
{
    static const int options[] = {NETLINK_EXT_ACK, NETLINK_CAP_ACK};
    for (size_t i = 0; i < ARRAY_SIZE(options); i++) {
        int on = 1;
        if (mnl_socket_setsockopt(socket, options[i], &on, sizeof(on)) < 0)
            return -errno;
    }
    return 0;
}

int nl_open(struct nl **ret, struct err *err)
{
    return nl_open_protocol(NETLINK_ROUTE, ret, err);
}

int nl_open_protocol(int protocol, struct nl **ret, struct err *err)
{
    struct mnl_socket *socket = mnl_socket_open2(protocol, SOCK_CLOEXEC);
    if (!socket)
        return err_sys(err, -errno, "opening a netlink socket");
    int r = socket_setup(socket);
    struct nl *nl = r < 0 ? NULL : malloc(sizeof(*nl));
    if (!nl) {
        mnl_socket_close(socket);
        return err_sys(err, r < 0 ? r : -ENOMEM, "opening a netlink socket");
    }
    memset(nl, 0, offsetof(struct nl, cookies)); /* not the buffers: they are large */
    nl->socket = socket;
    nl->first_seq = 1;
    *ret = nl;
    return 0;
}

void nl_close(struct nl *nl)
{
    if (!nl)
        return;
    mnl_socket_close(nl->socket);
    free(nl);
}

void nl_on_reply(struct nl *nl, nl_reply_fn *fn, void *arg)
{
    nl->reply = fn;
    nl->reply_arg = arg;
}

static void refuse(struct nl *nl, uint32_t cookie, int code, const char *text)
{
    if (nl->refusal.code < 0)
        return;
    nl->refusal.cookie = cookie;
    nl->refusal.code = code;
    snprintf(nl->refusal.text, sizeof(nl->refusal.text), "%s", text);
    size_t len = strlen(nl->refusal.text);
    if (len && nl->refusal.text[len - 1] == '.')
        nl->refusal.text[len - 1] = '\0';
}

/* The kernel's own words in an NLMSG_ERROR, "" if there are none. */
static const char *ack_text(const struct nlmsghdr *msg)
{
    const struct nlmsgerr *ack = mnl_nlmsg_get_payload(msg);
    size_t skip = sizeof(*ack);
    if (!(msg->nlmsg_flags & NLM_F_ACK_TLVS))
        return "";
    if (!(msg->nlmsg_flags & NLM_F_CAPPED))
        skip += ack->msg.nlmsg_len - NLMSG_HDRLEN;
    const struct nlattr *attr;
    mnl_attr_for_each(attr, msg, skip)
    {
        if (mnl_attr_get_type(attr) == NLMSGERR_ATTR_MSG &&
            mnl_attr_validate(attr, MNL_TYPE_NUL_STRING) == 0)
            return mnl_attr_get_str(attr);
    }
    return "";
}

/* One answer of a batch: 1 when it is that to the last request. */
static int take_answer(struct nl *nl, const struct nlmsghdr *msg)
{
    uint32_t at = msg->nlmsg_seq - nl->first_seq;
    if (at >= nl->n)
        return 0; /* of a batch that was given up */
    if (msg->nlmsg_type != NLMSG_ERROR) {
        int r = nl->reply ? nl->reply(nl->reply_arg, msg) : 0;
        if (r < 0)
            refuse(nl, nl->cookies[at], r, "");
        return 0;
    }
    const struct nlmsgerr *ack = mnl_nlmsg_get_payload(msg);
    if (ack->error < 0)
        refuse(nl, nl->cookies[at], ack->error, ack_text(msg));
    return at + 1 == nl->n;
}

/* Bytes received, or a negative errno. */
static ssize_t receive(struct nl *nl)
{
    for (;;) {
        ssize_t len = mnl_socket_recvfrom(nl->socket, nl->in, sizeof(nl->in));
        if (len >= 0 || errno != EINTR)
            return len < 0 ? -errno : len;
    }
}

static int receive_answers(struct nl *nl)
{
    for (;;) {
        ssize_t got = receive(nl);
        if (got < 0)
            return (int)got;
        int len = (int)got;
        for (const struct nlmsghdr *msg = (void *)nl->in; mnl_nlmsg_ok(msg, len);
             msg = mnl_nlmsg_next(msg, &len))
            if (take_answer(nl, msg))
                return 0;
    }
}

static int send_out(struct nl *nl)
{
    ssize_t r;
    do
        r = mnl_socket_sendto(nl->socket, nl->out, nl->used);
    while (r < 0 && errno == EINTR);
    return r < 0 ? -errno : 0;
}

static void send_batch(struct nl *nl)
{
    if (!nl->n)
        return;
    nl->last->nlmsg_flags |= NLM_F_ACK;
    int r = send_out(nl);
    if (r == 0)
        r = receive_answers(nl);
    if (r < 0)
        refuse(nl, nl->cookies[0], r, "");
    nl->first_seq += nl->n;
    nl->n = 0;
    nl->used = 0;
}

struct nl_msg *nl_begin(struct nl *nl, uint16_t type, uint16_t flags)
{
    assert(!nl->msg.hdr);
    if (nl->n == NL_BATCH_MAX || nl->used + NL_MSG_MAX > sizeof(nl->out))
        send_batch(nl);
    nl_msg_init(&nl->msg, nl->out + nl->used, NL_MSG_MAX, type, flags | NLM_F_REQUEST);
    return &nl->msg;
}

void nl_queue(struct nl *nl, uint32_t cookie)
{
    struct nl_msg *m = &nl->msg;
    assert(m->hdr);
    if (m->overflow) {
        refuse(nl, cookie, -EMSGSIZE, "the request is too large");
    } else {
        m->hdr->nlmsg_seq = nl->first_seq + nl->n;
        nl->cookies[nl->n++] = cookie;
        nl->used += NLMSG_ALIGN(m->hdr->nlmsg_len);
        nl->last = m->hdr;
    }
    m->hdr = NULL;
}

int nl_flush(struct nl *nl, struct nl_refusal *ret_refusal)
{
    send_batch(nl);
    int code = nl->refusal.code;
    if (code < 0)
        *ret_refusal = nl->refusal;
    nl->refusal.code = 0;
    return code;
}

struct dump {
    nl_reply_fn *fn;
    void *arg;
    int result; /* the first negative value that FN gave, or the kernel's refusal */
};

/* Whether MSG ends the dump. What follows an error of FN is read but not looked at, as a socket
 * starts no second dump before the first is at its end. */
static bool take_dump(struct dump *dump, const struct nlmsghdr *msg)
{
    bool last = msg->nlmsg_type == NLMSG_DONE || msg->nlmsg_type == NLMSG_ERROR;
    const int *code = mnl_nlmsg_get_payload(msg); /* of the last: both begin with it */
    if (dump->result == 0)
        dump->result = last ? *code : dump->fn(dump->arg, msg);
    return last;
}

static int receive_dump(struct nl *nl, struct dump *dump)
{
    for (;;) {
        ssize_t got = receive(nl);
        if (got < 0)
            return (int)got;
        int len = (int)got;
        for (const struct nlmsghdr *msg = (void *)nl->in; mnl_nlmsg_ok(msg, len);
             msg = mnl_nlmsg_next(msg, &len))
            if (msg->nlmsg_seq == nl->first_seq && take_dump(dump, msg))
                return dump->result;
    }
}

int nl_dump(struct nl *nl, nl_reply_fn *fn, void *arg, struct err *err)
{
    assert(nl->msg.hdr && !nl->n);
    struct dump dump = {.fn = fn, .arg = arg};
    nl->msg.hdr->nlmsg_flags |= NLM_F_DUMP;
    nl->msg.hdr->nlmsg_seq = nl->first_seq;
    nl->used = nl->msg.hdr->nlmsg_len;
    nl->msg.hdr = NULL;
    int r = send_out(nl);
    if (r == 0)
        r = receive_dump(nl, &dump);
    nl->first_seq++;
    nl->used = 0;
    return r < 0 ? err_sys(err, r, "reading from the kernel by netlink") : 0;
}

const void *nl_queued(const struct nl *nl, size_t *ret_len)
{
    *ret_len = nl->used;
    return nl->out;
}

int nl_send(struct nl *nl, struct err *err)
{
    struct nl_refusal refusal;
    return nl_flush(nl, &refusal) < 0 ? nl_refusal_err(&refusal, err) : 0;
}

int nl_refusal_err(const struct nl_refusal *r, struct err *err)
{
    if (!r->text[0])
        return err_set(err, r->code, "%s", strerror(-r->code));
    return err_set(err, r->code, "%s (%s)", r->text, strerror(-r->code));
}
