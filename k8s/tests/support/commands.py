"""The commands in our texts, and a shell in which kubectl talks to a server of the tests."""

from __future__ import annotations

import os
import re
import subprocess
import textwrap
from dataclasses import dataclass
from pathlib import Path

import yaml

from . import rules
from .manifests import K8S, KUBECTL, Object, with_components

README = K8S / "README.md"
# `kubectl create` posts protobuf, which the server of the tests does not read: the same objects,
# made by the same code, are posted as JSON. `oc` is kubectl and more.
WRAPPER = """#!/bin/bash
set -euo pipefail
case " $* " in
  *" --dry-run"* | *" create -f "*) exec {kubectl} "$@" ;;
  *" create job "* | *" create secret "*)
    {kubectl} "$@" --dry-run=client --output=json | {kubectl} create -f - ;;
  *) exec {kubectl} "$@" ;;
esac
"""


def of_text(text: str) -> list[str]:
    """What one would type of a text: blocks of shell, lines after a prompt, code in a line."""
    found: list[str] = []
    for language, block in re.findall(r"^ *```(\w*)\n(.*?)^ *```", text, re.S | re.M):
        if language == "sh":
            found += _lines(textwrap.dedent(block))
        elif language == "console":
            found += re.findall(r"^\$ (.+)$", block, re.M)
    prose = re.sub(r"^ *```.*?^ *```", "", text, flags=re.S | re.M)
    # A code span may go over the end of a line.
    spans = (span.replace("\n", " ") for span in re.findall(r"`([^`]+)`", prose))
    found += [span for span in spans if re.match(r"(kubectl|oc) \w+ ", span)]
    commands = [part for command in found for part in command.split(" && ")]
    return [command for command in commands if re.match(r"(kubectl|oc) ", command)]


def _lines(block: str) -> list[str]:
    """Commands: lines, with those that go on, in a pipe or within quotes."""
    found, command = [], ""
    for line in block.splitlines():
        command += line.removesuffix("\\") if line.endswith("\\") else line + "\n"
        whole = not line.rstrip().endswith(("\\", "|", "&&")) and command.count("'") % 2 == 0
        if whole:
            text = re.sub(r"\s+# .*$", "", command.strip())
            found += [text] if text and not text.startswith("#") else []
            command = ""
    assert not command, f"not a whole command: {command}"
    return found


def of_comments(folder: Path) -> list[str]:
    """Commands in comments of manifests, on lines of their own."""
    return [
        command
        for path in sorted(folder.rglob("*.yaml"))
        for command in re.findall(r"^#\s{2,}(kubectl .+)$", path.read_text(), re.M)
    ]


def of_alerts() -> list[str]:
    """Commands in the annotations of alerts."""
    texts = [
        text
        for alert in rules.alerts(with_components("prometheus-rules")).values()
        for text in alert["annotations"].values()
    ]
    return [span for text in texts for span in re.findall(r"`(kubectl [^`]+)`", text)]


@dataclass(frozen=True)
class Shell:
    """Runs commands with KUBECONFIG and `kubectl` of the test."""

    folder: Path

    @staticmethod
    def at(folder: Path, server: str, namespace: str) -> Shell:
        config: Object = {
            "apiVersion": "v1",
            "kind": "Config",
            "clusters": [{"name": "test", "cluster": {"server": server}}],
            "users": [{"name": "test", "user": {}}],
            "contexts": [
                {
                    "name": "test",
                    "context": {"cluster": "test", "user": "test", "namespace": namespace},
                }
            ],
            "current-context": "test",
        }
        (folder / "config").write_text(yaml.safe_dump(config))
        for name in ("kubectl", "oc"):
            (folder / name).write_text(WRAPPER.format(kubectl=KUBECTL))
            (folder / name).chmod(0o755)
        return Shell(folder)

    def run(self, command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["bash", "-o", "pipefail", "-c", command],
            capture_output=True,
            text=True,
            timeout=30,
            cwd=K8S.parent,
            env={
                "PATH": f"{self.folder}:{os.environ['PATH']}",
                "KUBECONFIG": str(self.folder / "config"),
                "HOME": str(self.folder),
                "token": "a token",
            },
        )
