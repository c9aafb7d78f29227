#!/bin/sh
# Builds the lab ospf-50 by hand: what nslab does with ospf-50.yaml,
# in the words of ip(8), bridge(8) and sysctl(8). Needs root.
# `sh SCRIPT` builds it, `sh SCRIPT down` takes it away.
set -e

if [ "$1" = down ]; then
    state=/run/ospf-50.script
    stop() {
        pid=$(cat "$state/$1/$2.pid") || return 0
        kill -s "$3" -- "-$pid" || return 0
        tries=100
        while [ -e "/proc/$pid/exe" ] && [ $tries -gt 0 ]; do
            tries=$((tries - 1))
            sleep 0.1
        done
        kill -s KILL -- "-$pid" || return 0
    } 2>/dev/null
    stop ospf-50.r5-10 bird TERM
    stop ospf-50.r5-9 bird TERM
    stop ospf-50.r5-8 bird TERM
    stop ospf-50.r5-7 bird TERM
    stop ospf-50.r5-6 bird TERM
    stop ospf-50.r5-5 bird TERM
    stop ospf-50.r5-4 bird TERM
    stop ospf-50.r5-3 bird TERM
    stop ospf-50.r5-2 bird TERM
    stop ospf-50.r5-1 bird TERM
    stop ospf-50.r4-10 bird TERM
    stop ospf-50.r4-9 bird TERM
    stop ospf-50.r4-8 bird TERM
    stop ospf-50.r4-7 bird TERM
    stop ospf-50.r4-6 bird TERM
    stop ospf-50.r4-5 bird TERM
    stop ospf-50.r4-4 bird TERM
    stop ospf-50.r4-3 bird TERM
    stop ospf-50.r4-2 bird TERM
    stop ospf-50.r4-1 bird TERM
    stop ospf-50.r3-10 bird TERM
    stop ospf-50.r3-9 bird TERM
    stop ospf-50.r3-8 bird TERM
    stop ospf-50.r3-7 bird TERM
    stop ospf-50.r3-6 bird TERM
    stop ospf-50.r3-5 bird TERM
    stop ospf-50.r3-4 bird TERM
    stop ospf-50.r3-3 bird TERM
    stop ospf-50.r3-2 bird TERM
    stop ospf-50.r3-1 bird TERM
    stop ospf-50.r2-10 bird TERM
    stop ospf-50.r2-9 bird TERM
    stop ospf-50.r2-8 bird TERM
    stop ospf-50.r2-7 bird TERM
    stop ospf-50.r2-6 bird TERM
    stop ospf-50.r2-5 bird TERM
    stop ospf-50.r2-4 bird TERM
    stop ospf-50.r2-3 bird TERM
    stop ospf-50.r2-2 bird TERM
    stop ospf-50.r2-1 bird TERM
    stop ospf-50.r1-10 bird TERM
    stop ospf-50.r1-9 bird TERM
# and on, 734743 bytes: 57e162f75214c2bb322f57bf32c1e62c88e365207dfb9de3dfa40de250599c41
