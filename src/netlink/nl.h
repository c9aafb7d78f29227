// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include <linux/netlink.h>
#include <linux/rtnetlink.h>

#include "base/addr.h"
#include "base/err.h"

/*
 * One netlink request that is being built. What does not fit any more sets OVERFLOW, which
 * sticks: every later put does nothing, and the one look at it is when the request is queued.
 */
struct nl_msg {
    struct nlmsghdr *hdr;
    size_t room; /* bytes from HDR to the end of what may be used */
    bool overflow;
};

/* Starts a request at BUF (4-byte aligned, ROOM bytes, at least NLMSG_HDRLEN). */
void nl_msg_init(struct nl_msg *m, void *buf, size_t room, uint16_t type, uint16_t flags);

/* The family's own header (struct ifinfomsg, …), SIZE bytes copied from HEADER. */
void nl_put_header(struct nl_msg *m, const void *header, size_t size);

/* One attribute each. Integers in host order; texts with their NUL. */
void nl_put(struct nl_msg *m, uint16_t type, const void *data, size_t len);
void nl_put_u8(struct nl_msg *m, uint16_t type, uint8_t value);
void nl_put_u16(struct nl_msg *m, uint16_t type, uint16_t value);
void nl_put_u32(struct nl_msg *m, uint16_t type, uint32_t value);
void nl_put_str(struct nl_msg *m, uint16_t type, const char *text);
void nl_put_addr(struct nl_msg *m, uint16_t type, const struct addr *addr);
void nl_put_mac(struct nl_msg *m, uint16_t type, const struct mac *mac);

/* LEN bytes without an attribute's header, zero-filled to 4; what some nests begin with. Where they
 * stand, or NULL after an overflow. */
void *nl_put_raw(struct nl_msg *m, const void *data, size_t len);

/* A nested attribute. nl_nest_begin never gives NULL; nl_nest_end always does. */
struct nlattr *nl_nest_begin(struct nl_msg *m, uint16_t type);
struct nlattr *nl_nest_end(struct nl_msg *m, struct nlattr *nest);

/* NL_NEST(m, IFLA_LINKINFO) { puts… } */
#define NL_NEST(m, type) NL_NEST_((m), (type), __LINE__)
#define NL_NEST_(m, type, id) NL_NEST__(m, type, id)
#define NL_NEST__(m, type, id)                                                                     \
    for (struct nlattr *nest_##id = nl_nest_begin(m, type); nest_##id;                             \
         nest_##id = nl_nest_end(m, nest_##id))

/*
 * A socket in the network namespace that the calling thread had at nl_open. It queues requests and
 * sends many at once. For one thread at a time.
 */
struct nl;

#define NL_MSG_MAX 65536 /* bytes of one request: its attributes, at most 65,535, fit */
#define NL_BATCH_MAX 128 /* requests that are under way at once */
#define NL_TEXT_MAX 256

/* The request that the kernel refused first. */
struct nl_refusal {
    uint32_t cookie;        /* as given to nl_queue */
    int code;               /* negative errno */
    char text[NL_TEXT_MAX]; /* the kernel's own words, without a full stop at the end; or "" */
};

/* Looks at one answer that is not an ack; a negative value is handed on and ends a dump. */
typedef int nl_reply_fn(void *arg, const struct nlmsghdr *msg);

/* Of NETLINK_ROUTE; of PROTOCOL (NETLINK_*). */
int nl_open(struct nl **ret, struct err *err);
int nl_open_protocol(int protocol, struct nl **ret, struct err *err);
void nl_close(struct nl *nl); /* NULL is fine; what is queued is dropped */

static inline void nl_closep(struct nl **nl)
{
    nl_close(*nl);
}
#define CLEAN_NL CLEANUP(nl_closep)

/* Where answers that are not acks go from now on (NULL: nowhere). */
void nl_on_reply(struct nl *nl, nl_reply_fn *fn, void *arg);

/*
 * Starts a request (NLM_F_REQUEST is added), to be finished by nl_queue before the next one is
 * started. Never NULL; sends what is queued when there is no room for another.
 */
struct nl_msg *nl_begin(struct nl *nl, uint16_t type, uint16_t flags);

/* Queues the request that was begun. COOKIE comes back when it is refused. */
void nl_queue(struct nl *nl, uint32_t cookie);

/*
 * Sends what is queued and waits for all answers. 0, or the code of the first request since the
 * last nl_flush that failed: *REFUSAL says which and why. Requests behind a refused one are
 * carried out all the same, as far as they were in the same batch.
 */
int nl_flush(struct nl *nl, struct nl_refusal *ret_refusal);

/* The same for one who wants only to know why: the refusal as an error. */
int nl_send(struct nl *nl, struct err *err);

/* Sends the dump request that was begun (in place of nl_queue; nothing else may be queued) and
 * hands every answer to FN. */
int nl_dump(struct nl *nl, nl_reply_fn *fn, void *arg, struct err *err);

/* The requests that are queued, one behind the other, *RET_LEN bytes. For tests. */
const void *nl_queued(const struct nl *nl, size_t *ret_len);

/* Fills ERR from R: "TEXT (strerror)", or strerror alone. Returns R's code. */
int nl_refusal_err(const struct nl_refusal *r, struct err *err);
