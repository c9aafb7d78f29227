# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) the nslab authors
"""A stream of numbered packets from node to node, and how each arrived. All nodes of a lab have one
clock, so each packet tells how long it was under way."""
import bisect
import dataclasses
import json
import math

PYTHON = "/usr/bin/python3"
PORT = 5001

# Prints [number, nanoseconds under way] of each packet, in the order in which they came.
RECEIVER = r"""
import json, socket, struct, sys, time
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 24)
s.bind(("0.0.0.0", int(sys.argv[1])))
s.settimeout(30)
print("ready", flush=True)
came = []
while True:
    try:
        data = s.recv(2048)
    except TimeoutError:
        break
    now = time.monotonic_ns()
    number, sent = struct.unpack_from("=IQ", data)
    came.append((number, now - sent))
    s.settimeout(3)
print(json.dumps(came))
"""

SENDER = r"""
import socket, struct, sys, time
to, port, count, size, every, pause = sys.argv[1], *map(float, sys.argv[2:])
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.connect((to, int(port)))
rest = bytes(int(size) - 12)
for i in range(int(count)):
    s.send(struct.pack("=IQ", i, time.monotonic_ns()) + rest)
    if i % int(every) == int(every) - 1:
        time.sleep(pause)
"""


@dataclasses.dataclass
class Stream:
    """What came of COUNT packets: (number, seconds under way), as they came."""

    count: int
    came: list

    @property
    def numbers(self):
        return [number for number, _ in self.came]

    @property
    def delays(self):
        """Seconds, sorted."""
        return sorted(seconds for _, seconds in self.came)

    def quantile(self, share):
        return self.delays[int(share * len(self.came))]

    @property
    def lost(self):
        return self.count - len(set(self.numbers))

    @property
    def twice(self):
        return len(self.came) - len(set(self.numbers))

    def lost_runs(self):
        """How many packets in a row were lost, each time."""
        there, runs, run = set(self.numbers), [], 0
        for number in range(self.count):
            if number not in there:
                run += 1
            elif run:
                runs.append(run)
                run = 0
        return runs


def meet(nslab, lab, source, address):
    """Lets the nodes learn each other's MAC addresses, which takes its time on a slow link."""
    for _ in range(20):
        if nslab.exec(lab, source, "ping", "-n", "-c1", "-W2", address).status == 0:
            return
    raise AssertionError(f"{source} never reaches {address}")


def send(nslab, lab, source, target, address, count=1000, size=100, every=1, pause=0.001, port=PORT):
    """COUNT packets of SIZE bytes of UDP, PAUSE seconds after every EVERY of them."""
    meet(nslab, lab, source, address)
    receiver = nslab.popen("exec", "-l", lab, target, "--", PYTHON, "-c", RECEIVER, port)
    assert receiver.stdout.readline() == "ready\n", receiver.communicate()
    words = [address, port, count, size, every, pause]
    nslab.exec(lab, source, PYTHON, "-c", SENDER, *words).ok()
    out, err = receiver.communicate(timeout=120)
    assert receiver.returncode == 0, err
    return Stream(count, [(number, ns / 1e9) for number, ns in json.loads(out)])


def distance(one, other):
    """How far two distributions of delays are apart (Kolmogorov and Smirnov): the largest difference
    in the share of packets that have come by some time."""
    a, b = one.delays, other.delays
    return max(
        abs(bisect.bisect(a, x) / len(a) - bisect.bisect(b, x) / len(b)) for x in a + b
    )


def may_be_alike(one, other):
    """Whether two samples may be of one distribution; by chance one in a million is not."""
    n, m = len(one.came), len(other.came)
    return distance(one, other) < 2.7 * math.sqrt((n + m) / (n * m))


def is_share(found, count, share, sigmas=5):
    """Whether FOUND of COUNT may be by chance where each is with a probability of SHARE."""
    return abs(found - count * share) <= sigmas * math.sqrt(count * share * (1 - share)) + 1
