#!/bin/sh
# Builds the lab ring-1000 by hand: what nslab does with ring-1000.yaml,
# in the words of ip(8), bridge(8) and sysctl(8). Needs root.
# `sh SCRIPT` builds it, `sh SCRIPT down` takes it away.
set -e

if [ "$1" = down ]; then
    for node in \
        ring-1000.r1 \
        ring-1000.r2 \
        ring-1000.r3 \
        ring-1000.r4 \
        ring-1000.r5 \
        ring-1000.r6 \
        ring-1000.r7 \
        ring-1000.r8 \
        ring-1000.r9 \
        ring-1000.r10 \
        ring-1000.r11 \
        ring-1000.r12 \
        ring-1000.r13 \
        ring-1000.r14 \
        ring-1000.r15 \
        ring-1000.r16 \
        ring-1000.r17 \
        ring-1000.r18 \
        ring-1000.r19 \
        ring-1000.r20 \
        ring-1000.r21 \
        ring-1000.r22 \
        ring-1000.r23 \
        ring-1000.r24 \
        ring-1000.r25 \
        ring-1000.r26 \
        ring-1000.r27 \
        ring-1000.r28 \
        ring-1000.r29 \
        ring-1000.r30 \
        ring-1000.r31 \
        ring-1000.r32 \
        ring-1000.r33 \
        ring-1000.r34 \
        ring-1000.r35 \
        ring-1000.r36 \
        ring-1000.r37 \
        ring-1000.r38 \
        ring-1000.r39 \
        ring-1000.r40 \
        ring-1000.r41 \
        ring-1000.r42 \
        ring-1000.r43 \
        ring-1000.r44 \
        ring-1000.r45 \
        ring-1000.r46 \
        ring-1000.r47 \
        ring-1000.r48 \
        ring-1000.r49 \
        ring-1000.r50 \
        ring-1000.r51 \
        ring-1000.r52 \
# and on, 3754165 bytes: 8d0bb0588fa4da108ca37c87a2620026981d40c62eaf0fccf131551279c42a5d
