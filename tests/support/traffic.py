# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) the nslab authors
"""Real TCP and UDP between nodes: servers that say who they see, and clients that say what came."""
import contextlib
import json
import subprocess

PYTHON = "/usr/bin/python3"

# Answers every request with the address that it came from. One socket a port, for both families.
SERVER = r"""
import json, os, selectors, socket, sys
ports = json.loads(sys.argv[1])
waiting = selectors.DefaultSelector()
for kind, number in (("tcp", socket.SOCK_STREAM), ("udp", socket.SOCK_DGRAM)):
    for port in ports[kind]:
        s = socket.socket(socket.AF_INET6, number)
        s.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
        s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        s.bind(("::", port))
        if kind == "tcp":
            s.listen(64)
        waiting.register(s, selectors.EVENT_READ, kind)
print("ready", flush=True)
while True:
    for key, _ in waiting.select():
        if key.data == "tcp":
            peer, address = key.fileobj.accept()
            peer.sendall(f"{address[0]} {address[1]}".encode())
            peer.close()
        else:
            data, address = key.fileobj.recvfrom(2048)
            key.fileobj.sendto(f"{address[0]} {address[1]}".encode(), address)
"""

# Runs all of its probes at once: {"proto", "to", "port", "wait", "sport"}.
CLIENT = r"""
import concurrent.futures, errno, json, socket, sys

RECVERR = {socket.AF_INET: (socket.IPPROTO_IP, 11), socket.AF_INET6: (socket.IPPROTO_IPV6, 25)}

def probe(p):
    family = socket.AF_INET6 if ":" in p["to"] else socket.AF_INET
    kind = socket.SOCK_STREAM if p["proto"] == "tcp" else socket.SOCK_DGRAM
    s = socket.socket(family, kind)
    s.settimeout(p.get("wait", 20))
    if family == socket.AF_INET6:
        s.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
    s.setsockopt(*RECVERR[family], 1)  # else UDP is not told of a network that is unreachable
    try:
        if p.get("sport"):
            s.bind(("::" if family == socket.AF_INET6 else "0.0.0.0", p["sport"]))
        s.connect((p["to"], p["port"]))
        if kind == socket.SOCK_DGRAM:
            s.send(b"hello")
        answer = s.recv(2048).decode()
        return answer.removeprefix("::ffff:") or "closed"
    except TimeoutError:
        return "nothing"
    except OSError as e:
        return errno.errorcode[e.errno]

probes = json.loads(sys.argv[1])
with concurrent.futures.ThreadPoolExecutor(len(probes) or 1) as pool:
    print(json.dumps(list(pool.map(probe, probes))))
"""


@contextlib.contextmanager
def serving(nslab, lab, node, tcp=(), udp=()):
    """A server in NODE at these ports."""
    ports = json.dumps({"tcp": list(tcp), "udp": list(udp)})
    process = nslab.popen("exec", "-l", lab, node, "--", PYTHON, "-c", SERVER, ports,
                          stderr=subprocess.STDOUT)
    try:
        line = process.stdout.readline()
        assert line == "ready\n", line + process.stdout.read()
        yield
    finally:
        process.terminate()
        process.communicate(timeout=20)


def probes(nslab, lab, node, wanted):
    """What each of WANTED (proto, to, port, and as keywords wait, sport) came to, all at once: the
    server's answer "ADDRESS PORT", "nothing", or an errno's name."""
    keys = ("proto", "to", "port")
    asked = [w if isinstance(w, dict) else dict(zip(keys, w)) for w in wanted]
    run = nslab.exec(lab, node, PYTHON, "-c", CLIENT, json.dumps(asked)).ok()
    return run.json()


def probe(nslab, lab, node, proto, to, port, **also):
    return probes(nslab, lab, node, [{"proto": proto, "to": to, "port": port} | also])[0]
