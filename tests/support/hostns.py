# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) the nslab authors
"""A small host for tests: a process that is PID 1 of new PID, mount and network namespaces.

Run as root: `python3 hostns.py [--userns]`. Prints "ready" and stays
until its parent ends. /run is empty and its own; /proc shows its processes alone; orphans are
reaped. With --userns it has a user namespace too, in which every uid is what it was, so that
`user.max_net_namespaces` there counts the namespaces of these tests and of nobody else.
"""
import ctypes
import os
import signal
import subprocess
import sys

libc = ctypes.CDLL(None, use_errno=True)
CLONE_NEWNS, CLONE_NEWUSER, CLONE_NEWPID, CLONE_NEWNET = 0x20000, 0x10000000, 0x20000000, 0x40000000
PR_SET_PDEATHSIG = 1

SETUP = """
set -e
mount --make-rslave /
mount --make-rshared /
mount -t proc proc /proc
mount -t tmpfs -o mode=755 tmpfs /run
if mknod -m 666 /run/tun c 10 200 2>/dev/null; then # for everybody, as on most machines
    mount --bind /run/tun /dev/net/tun
fi
echo 0 > /proc/sys/net/ipv6/conf/default/accept_dad
for file in /proc/sys/net/ipv4/conf/*/forwarding; do # whatever the machine does
    echo 0 > "$file"
done
ip link set lo up
ip link add host0 type veth peer name host1
ip link set host1 up
ip addr add 192.0.2.1/24 dev host0
ip addr add 2001:db8:ffff::1/64 dev host0 nodad
ip link set host0 up
ip route add default via 192.0.2.254
ip -6 route add default via 2001:db8:ffff::fe
until ip link show host0 up | grep -q 'state UP' && ip link show host1 | grep -q 'state UP'; do
    sleep 0.01
done
ip rule add from 192.0.2.9 lookup 99 priority 999
"""


def call(name, *args):
    if getattr(libc, name)(*args) != 0:
        raise OSError(ctypes.get_errno(), f"{name}: {os.strerror(ctypes.get_errno())}")


def new_user_namespace():
    """Enters a user namespace in which all ids are what they are outside."""
    pid, (go_r, go_w), (done_r, done_w) = os.getpid(), os.pipe(), os.pipe()
    if os.fork() == 0:
        os.read(go_r, 1)
        for kind in "uid", "gid":
            with open(f"/proc/{pid}/{kind}_map", "w") as f:
                f.write("0 0 4294967295")
        os.write(done_w, b".")
        os._exit(0)
    call("unshare", CLONE_NEWUSER)
    os.write(go_w, b".")
    os.read(done_r, 1)
    os.wait()


def main():
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if "--userns" in sys.argv:
        new_user_namespace()
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    call("unshare", CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWNET)
    child = os.fork()
    if child:
        os.waitpid(child, 0)
        return
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    subprocess.run(["sh", "-c", SETUP], check=True)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # kept over exec: whoever ends is reaped
    print("ready", flush=True)
    os.execvp("sleep", ["sleep", "infinity"])


main()
