"""The files themselves."""

from __future__ import annotations

import subprocess
import sys

from support.manifests import K8S, PROJECT, load_all


def test_yaml() -> None:
    command = [sys.executable, "-m", "yamllint", "--strict", "--config-file", ".yamllint", "."]
    run = subprocess.run(command, cwd=K8S, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout


def test_scripts() -> None:
    script = K8S / "image" / "assemble-rootfs"
    run = subprocess.run(["shellcheck", script], capture_output=True, text=True)
    assert run.returncode == 0, run.stdout


def test_lines_are_not_too_long() -> None:
    for path in (K8S / "tests").rglob("*.py"):
        lines = path.read_text().splitlines()
        assert len(lines) < 250, path
        assert [line for line in lines if len(line) > 100] == [], path


def test_no_deprecated_fields() -> None:
    deprecated = {"commonLabels", "patchesStrategicMerge", "patchesJson6902", "vars", "bases"}
    for path in K8S.rglob("kustomization.yaml"):
        (kustomization,) = load_all(path.read_text())
        assert not deprecated & set(kustomization), path.relative_to(PROJECT)
