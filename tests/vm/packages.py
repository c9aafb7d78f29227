# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) the nslab authors
"""The kernel of the machine: from the distribution's packages, unpacked and never installed.

What is kept: `vmlinuz`, `busybox`, `release`, and under `lib/modules` those modules that a network
lab can come to use, uncompressed.
"""
import lzma
import os
import pathlib
import re
import shutil
import subprocess

KERNELS = "linux-image-amd64", "linux-image-generic"  # Debian's, Ubuntu's
WANTED = (
    "arch/x86/crypto/",
    "crypto/",
    "drivers/net/bonding/",
    "drivers/net/ipvlan/",
    "drivers/net/team/",
    "drivers/net/vxlan/",
    "drivers/net/wireguard/",
    "drivers/virtio/",
    "fs/9p/",
    "fs/fscache/",
    "fs/fuse/",
    "fs/netfs/",
    "fs/overlayfs/",
    "lib/",
    "net/",
)
UNWANTED = re.compile(
    r"net/(6lowpan|appletalk|atm|ax25|bluetooth|ceph|ieee802154|mac80211|mac802154|netrom|nfc|rds"
    r"|rose|rxrpc|sunrpc|wireless)/"
)
UNPACK = {
    ".ko": lambda path: path.read_bytes(),
    ".xz": lambda path: lzma.decompress(path.read_bytes()),
    ".zst": lambda path: output_of("zstd", "-dc", path, text=False),
}


class Failure(Exception):
    """The machine cannot be had, and why."""


def output_of(*words, text=True, **kw):
    """What a command prints; its complaint as a Failure."""
    try:
        done = subprocess.run(words, capture_output=True, **kw)
    except FileNotFoundError:
        raise Failure(f"{words[0]} is not installed: try scripts/install-deps --tests") from None
    if done.returncode != 0:
        raise Failure(f"{' '.join(map(str, words))}: {done.stderr.decode(errors='replace')}")
    return done.stdout.decode() if text else done.stdout


def dependencies(package):
    """The kernel's packages that a package needs; none where apt does not know it."""
    done = subprocess.run(["apt-cache", "depends", package], capture_output=True, text=True)
    return re.findall(r"^ +Depends: (linux-(?:image|modules)\S*)", done.stdout, re.M)


def kernel_packages():
    """The packages behind the name that always means the newest kernel."""
    meta = next((name for name in KERNELS if dependencies(name)), None)
    if not meta:
        raise Failure(f"apt knows neither of {' and '.join(KERNELS)}: try apt-get update")
    direct = dependencies(meta)
    return sorted({*direct, *(more for name in direct for more in dependencies(name))})


def unpack(packages, folder):
    """Downloads PACKAGES and unpacks all of them into FOLDER."""
    downloads = folder / "packages"
    downloads.mkdir(parents=True)
    output_of("apt-get", "download", *packages, cwd=downloads)
    for package in downloads.glob("*.deb"):
        output_of("dpkg-deb", "-x", package, folder)
    shutil.rmtree(downloads)


def is_wanted(name):
    directly = re.fullmatch(r"drivers/net/[^/]+", name)
    return (directly or name.startswith(WANTED)) and not UNWANTED.match(name)


def take_modules(modules, target):
    """Copies what is wanted of MODULES (a release's folder), uncompressed."""
    for path in (modules / "kernel").rglob("*.ko*"):
        name = path.relative_to(modules / "kernel")
        if is_wanted(str(name)):
            copy = target / "kernel" / name.parent / re.sub(r"\.ko.*", ".ko", name.name)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(UNPACK[path.suffix](path))
    for name in "modules.builtin", "modules.order":
        shutil.copy(modules / name, target / name)


def only(paths):
    """The one path there is, whether or not the package knows of a merged /usr."""
    found = list(paths)
    if len(found) != 1:
        raise Failure(f"the kernel's packages are not as expected: {found}")
    return found[0]


def fetch_kernel(target):
    """Makes TARGET, whole or not at all."""
    work = target.with_suffix(".new")
    everything = work / "everything"
    shutil.rmtree(work, ignore_errors=True)
    if os.geteuid() == 0:
        output_of("apt-get", "-q", "update")
    unpack([*kernel_packages(), "busybox-static"], everything)
    image = only(everything.glob("boot/vmlinuz-*"))
    release = image.name.removeprefix("vmlinuz-")
    modules = only(p for p in everything.glob(f"**/lib/modules/{release}") if p.is_dir())
    (work / "release").write_text(release)
    image.rename(work / "vmlinuz")
    only(p for p in everything.glob("**/bin/busybox")).rename(work / "busybox")
    take_modules(modules, work / "lib/modules" / release)
    output_of(work / "busybox", "depmod", "-b", work, release)
    shutil.rmtree(everything)
    work.rename(target)
    return pathlib.Path(target)
