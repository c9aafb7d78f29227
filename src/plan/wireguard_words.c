// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#include "plan/wireguard_words.h"

#include <sys/socket.h>

const char *wireguard_words_secret(const struct wg_secret *secret)
{
    return secret->text ? "written" : "drawn";
}

void wireguard_words_peer(struct str *s, const struct wg_peer *peer)
{
    char buf[ADDR_TEXT_MAX];
    if (peer->endpoint.family)
        str_addf(s, peer->endpoint.family == AF_INET6 ? " endpoint [%s]:%u" : " endpoint %s:%u",
                 addr_text(&peer->endpoint, buf), peer->port);
    if (peer->keepalive)
        str_addf(s, " persistent-keepalive %u", peer->keepalive);
    for (uint32_t i = 0; i < peer->allowed.n; i++) {
        const struct prefix *prefix = &peer->allowed.v[i];
        str_addf(s, "%s%s/%u", i ? "," : " allowed-ips ", addr_text(&prefix->addr, buf),
                 prefix->len);
    }
}
