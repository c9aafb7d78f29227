// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/* What became of a probe, in words. */
#include "check/probe.h"

#include <linux/rtnetlink.h>
#include <string.h>
#include <sys/socket.h>

#include "check/book.h"
#include "check/icmp.h"

/* What a node's own kernel says before a packet has left the node. */
static void local_reason(const struct probe *p, int code, struct str *out)
{
    char to[ADDR_TEXT_MAX];
    switch (code) {
    case -ENETUNREACH:
        str_addf(out, "no route to %s", addr_text(&p->to, to));
        return;
    case -EINVAL:
        str_addf(out, "a blackhole route to %s", addr_text(&p->to, to));
        return;
    case -EHOSTUNREACH:
        str_addf(out, "%s is unreachable", addr_text(&p->to, to));
        return;
    case -EACCES:
        str_addf(out, "a route prohibits %s", addr_text(&p->to, to));
        return;
    case -EPERM:
        str_add(out, "the node's own firewall lets it not out");
        return;
    case -EMSGSIZE:
        str_add(out, "larger than the MTU of the node's own interface");
        return;
    case -ENETDOWN:
        str_add(out, "the node's interface is down");
        return;
    case -ENOBUFS:
        str_add(out, "the machine's neighbour table is full");
        return;
    case -EADDRNOTAVAIL:
        str_add(out, "the node does not have the source address");
        return;
    }
    str_addf(out, "%s", strerror(-code));
}

static void said_by(const struct probe_outcome *o, const struct book *book, struct str *out)
{
    book_add_name(book, &o->by, out);
    str_addf(out, " says: %s", icmp_word(o->by.family, o->icmp_type, o->icmp_code));
    if (o->mtu)
        str_addf(out, ", MTU %u", o->mtu);
}

static void local_unreachable(const struct probe *p, const struct probe_outcome *o, struct str *out)
{
    char prefix[ADDR_TEXT_MAX];
    if (p->kind == PROBE_ROUTE && p->prefix.addr.family != AF_UNSPEC && !o->code)
        str_addf(out, "no route %s", prefix_text(&p->prefix, prefix));
    else
        local_reason(p, o->code, out);
}

void probe_reason(const struct probe *p, const struct probe_outcome *o, const struct book *book,
                  struct str *out)
{
    bool said = o->by.family != AF_UNSPEC;
    switch (o->verdict) {
    case PROBE_ANSWERED:
        return;
    case PROBE_UNDONE:
        str_add(out, "not asked");
        return;
    case PROBE_SILENT:
        str_add(out, "no answer");
        return;
    case PROBE_REFUSED:
    case PROBE_UNREACHABLE:
        if (said)
            said_by(o, book, out);
        else if (o->verdict == PROBE_REFUSED)
            str_add(out, "refused");
        else
            local_unreachable(p, o, out);
        return;
    case PROBE_FAILED:
        str_add(out, "cannot be asked: ");
        local_reason(p, o->code, out);
        return;
    }
}
