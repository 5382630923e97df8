"""The image that builds the server: Debian 12, from the registry, or made here where there is none.

Without a registry the base is a debootstrap tree from this machine's own Debian mirror, imported under a local tag; it
takes over the machine's package sources, so that ./dev can install what it needs inside the build.
"""

import os
import pathlib
import shutil
import subprocess

import pytest

OFFICIAL = "debian:bookworm-slim"
LOCAL = "pipelines-local-builder:bookworm"
DEFAULT_MIRROR = "http://deb.debian.org/debian"


def docker(*arguments, **options):
    return subprocess.run(["docker", *arguments], capture_output=True, text=True, check=False, **options)


def is_here(image):
    return docker("image", "inspect", image).returncode == 0


def mirror():
    """The first Debian mirror of this machine's own package sources."""
    sources = [pathlib.Path("/etc/apt/sources.list"), *sorted(pathlib.Path("/etc/apt/sources.list.d").glob("*"))]
    for path in sources:
        for line in path.read_text().splitlines() if path.is_file() else []:
            words = line.split()
            if words[:1] in (["URIs:"], ["deb"]):
                found = next((word for word in words if word.startswith("http") and "debian" in word), None)
                if found and "security" not in found:
                    return found
    return DEFAULT_MIRROR


def ensure_debootstrap():
    if shutil.which("debootstrap"):
        return
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        pytest.skip(f"neither {OFFICIAL} (no registry) nor debootstrap is to be had")
    subprocess.run(["apt-get", "-qq", "install", "-y", "--no-install-recommends", "debootstrap"], check=True)


def import_tree(directory):
    """A minimal Debian 12 as LOCAL."""
    ensure_debootstrap()
    tree = directory / "tree"
    subprocess.run(["debootstrap", "--variant=minbase", "--include=ca-certificates", "bookworm", str(tree), mirror()],
                   check=True, stdout=subprocess.DEVNULL)
    with subprocess.Popen(["tar", "-C", str(tree), "-c", "."], stdout=subprocess.PIPE) as packed:
        subprocess.run(["docker", "import", "-", LOCAL], stdin=packed.stdout, check=True, stdout=subprocess.DEVNULL)
    shutil.rmtree(tree)


def builder(directory):
    """The name of a Debian 12 image that is on this machine when this returns."""
    if is_here(OFFICIAL) or docker("pull", "--quiet", OFFICIAL).returncode == 0:
        return OFFICIAL
    if not is_here(LOCAL):
        import_tree(directory)
    return LOCAL
