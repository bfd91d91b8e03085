"""The image: its root file system, made by the script that the Dockerfile runs, in a chroot."""

from __future__ import annotations

import json
import os
import re
import shutil
import stat
import subprocess
from pathlib import Path

import pytest

from support.binary import BINARY, FIXTURES
from support.manifests import K8S, scratch

IMAGE = K8S / "image"
DOCKERFILE = (IMAGE / "Dockerfile").read_text()
LOCK = {
    line.split()[0]: line.split()[1:]
    for line in (IMAGE / "packages.lock").read_text().splitlines()
    if not line.startswith("#")
}
LARGEST = 120_000_000


@pytest.fixture(scope="module")
def root() -> Path:
    folder = scratch() / "rootfs"
    shutil.rmtree(folder, ignore_errors=True)
    subprocess.run([IMAGE / "assemble-rootfs", BINARY, folder], check=True, capture_output=True)
    return folder


def run(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs the program as the image's user, with nothing but the root and /proc to see."""
    (root / "proc").mkdir(exist_ok=True)
    script = 'mount -t proc proc "$0/proc" && exec chroot --userspec=65532:65532 "$0" "$@"'
    return subprocess.run(
        ["unshare", "--mount", "sh", "-c", script, root, "/usr/bin/drift-check", *arguments],
        capture_output=True,
        text=True,
        env={"PATH": os.environ["PATH"]},
    )


needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root may change the root folder")


@needs_root
@pytest.mark.parametrize("current, code", [("current", 0), ("drifted", 2)])
def test_the_program_runs_in_it(root: Path, current: str, code: int) -> None:
    for name in ("baseline", current):
        shutil.copy(FIXTURES / "wdbc" / f"{name}.csv", root / "data")
    os.chown(root / "report", 65532, 65532)
    report = root / "report" / "report.json"
    report.unlink(missing_ok=True)
    made = run(
        root,
        "--baseline=/data/baseline.csv",
        f"--current=/data/{current}.csv",
        "--output=/report/report.json",
    )
    assert made.returncode == code, made.stderr
    assert json.loads(report.read_text())["status"] == {0: "OK", 2: "FAIL"}[code]


@needs_root
def test_it_can_push(root: Path) -> None:
    for name in ("baseline", "current"):
        shutil.copy(FIXTURES / "wdbc" / f"{name}.csv", root / "data")
    os.chown(root / "report", 65532, 65532)
    made = run(
        root,
        "--baseline=/data/baseline.csv",
        "--current=/data/current.csv",
        "--output=/report/report.json",
        # Nobody listens there: the library was loaded and tried.
        "--pushgateway=https://127.0.0.1:9",
        "--push-required",
    )
    assert made.returncode == 75, made.stderr
    assert "port 9" in made.stderr, made.stderr


@needs_root
def test_a_secure_push_fails_for_no_lack_of_certificates(root: Path) -> None:
    bundle = (root / "etc/ssl/certs/ca-certificates.crt").read_text()
    assert bundle.count("BEGIN CERTIFICATE") > 100


def test_there_is_nothing_else(root: Path) -> None:
    files = [path for path in root.rglob("*") if path.is_file() and not path.is_symlink()]
    inside = [path for path in files if path.parent.name not in ("data", "report")]
    assert sum(path.stat().st_size for path in inside) < LARGEST
    programs = {
        str(path.relative_to(root))
        for path in inside
        if os.access(path, os.X_OK) and ".so" not in path.name
    }
    assert programs == {"usr/bin/drift-check"}
    assert not [path for path in inside if path.stat().st_mode & (stat.S_ISUID | stat.S_ISGID)]
    assert not [path for path in root.rglob("*") if path.is_symlink() and not _resolves(path, root)]


def _resolves(link: Path, root: Path) -> bool:
    target = link.readlink()
    return (root / target.relative_to("/")).exists() if target.is_absolute() else link.exists()


def test_every_package_is_named_and_locked(root: Path) -> None:
    status = {path.name for path in (root / "var/lib/dpkg/status.d").iterdir()}
    assert status <= set(LOCK)
    for package in status:
        assert (root / "usr/share/doc" / package / "copyright").exists()
    for version, digest in LOCK.values():
        assert re.fullmatch(r"[0-9a-f]{64}", digest) and version


def test_the_script_refuses_other_packages(tmp_path: Path) -> None:
    lock = tmp_path / "packages.lock"
    name, (version, digest) = next(iter(LOCK.items()))
    current = subprocess.run(
        ["apt-cache", "policy", name], capture_output=True, text=True, check=True
    ).stdout
    version = re.search(r"Candidate: (\S+)", current)[1]
    lock.write_text(f"{name} {version} {'0' * 64}\n")
    made = subprocess.run(
        [IMAGE / "assemble-rootfs", "--lock", lock, BINARY, tmp_path / "root"],
        capture_output=True,
        text=True,
    )
    assert made.returncode == 65
    assert "are not those of" in made.stderr
    assert not (tmp_path / "root").exists()


def test_dockerfile_is_pinned_and_unprivileged() -> None:
    images = re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE)
    stages = re.findall(r"^FROM \S+ AS (\S+)", DOCKERFILE, re.MULTILINE)
    foreign = [image for image in images if image not in (*stages, "scratch")]
    assert all(re.search(r":\d+\.\d+\.\d+|@sha256:[0-9a-f]{64}$", image) for image in foreign)
    assert images[-1] == "scratch"
    installed = re.search(r"apt-get install [^\n]*\\\n(.*?)\n\n", DOCKERFILE, re.DOTALL)[1]
    assert all(re.fullmatch(r"[a-z0-9.+-]+=\S+", p) for p in installed.replace("\\", "").split())
    assert re.search(r"^USER 65532:65532$", DOCKERFILE, re.MULTILINE)
    assert 'ENTRYPOINT ["/usr/bin/drift-check"]' in DOCKERFILE
    for name in ("source", "revision", "version", "licenses"):
        assert f"org.opencontainers.image.{name}=" in DOCKERFILE


def test_dockerfile_installs_what_the_makefile_does() -> None:
    makefile = (K8S.parent / "Makefile").read_text()
    packages = re.search(r"^PACKAGES := (.*)$", makefile, re.MULTILINE)[1].split()
    assert [package for package in packages if f" {package}=" not in DOCKERFILE] == []


def test_the_version_is_the_program_s() -> None:
    version = subprocess.run([BINARY, "--version"], capture_output=True, text=True).stdout.split()[
        -1
    ]
    assert f'org.opencontainers.image.version="{version}"' in DOCKERFILE
