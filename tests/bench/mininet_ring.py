# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) the nslab authors
"""The ring of routers in Mininet: mininet_ring.py NODES FOLDER, where FOLDER has rN.batch, what
`ip` is to do in each node. Prints the seconds up and down."""
import sys
import time

from mininet.link import Link
from mininet.net import Mininet


def configure(net, i, folder):
    node = net.get(f"r{i}")
    node.cmd("sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1")
    said = node.cmd(f"ip -batch {folder}/r{i}.batch").strip()
    if said:
        sys.exit(f"r{i}: {said}")


def main():
    n, folder = int(sys.argv[1]), sys.argv[2]
    start = time.monotonic()
    net = Mininet(build=False, controller=None)
    for i in range(n):
        net.addHost(f"r{i}", ip=None)
    for i in range(n):
        ends = {"intfName1": f"r{i}-right", "intfName2": f"r{(i + 1) % n}-left"}
        net.addLink(f"r{i}", f"r{(i + 1) % n}", cls=Link, **ends)
    for i in range(n):
        node = net.get(f"r{i}")
        for end in "left", "right":
            node.cmd(f"ip link set r{i}-{end} down name {end}")
        configure(net, i, folder)
    print("up", time.monotonic() - start)
    start = time.monotonic()
    net.stop()
    print("down", time.monotonic() - start)


main()
