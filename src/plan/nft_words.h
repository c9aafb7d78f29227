// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "base/str.h"
#include "model/firewall.h"

/* A firewall in the words of nft(8), as 1.0.2 and later read them. */

/* "iifname "eth0" tcp dport 22 counter accept", without its comment. */
void nft_words_rule(struct str *s, const struct fw_rule *rule);

/* A value of a named set's TYPE: "10.0.0.1", "80". */
void nft_words_datum(struct str *s, enum fw_type type, const struct fw_datum *datum);

/* An element of SET: "10.0.0.1 . 80-90". */
void nft_words_element(struct str *s, const struct fw_set *set, const struct fw_element *element);

/* "type ipv4_addr; flags interval; elements = { … }": what stands between a set's braces, with
 * BETWEEN in front of each part after the first. */
void nft_words_set(struct str *s, const struct fw_set *set, const char *between);

/* "type filter hook input priority filter; policy drop;"; "" for own chains. */
void nft_words_chain(struct str *s, const struct fw_chain *chain);

/* The whole table as `nft -f` takes it, with its comments. */
void nft_words_table(struct str *s, const struct firewall *fw);
