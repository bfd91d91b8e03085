"""k8s/README.md: what it names exists, and what exists is named."""

from __future__ import annotations

import re
import shlex

import pytest

from support import references
from support.manifests import COMPONENTS, K8S, OVERLAYS, PROJECT, every_tree

TEXT = (K8S / "README.md").read_text()
HEADINGS = re.findall(r"^#{2,3} (.+)$", re.sub(r"```.*?```", "", TEXT, flags=re.S), re.M)


def anchor(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def section(heading: str) -> str:
    return re.search(rf"^### {re.escape(heading)}\n(.*?)^##", TEXT, re.S | re.M)[1]


@pytest.mark.parametrize("target", re.findall(r"\]\(([^)]+)\)", TEXT))
def test_link(target: str) -> None:
    if target.startswith("#"):
        assert target[1:] in map(anchor, HEADINGS)
    else:
        assert (K8S / target).exists()


@pytest.mark.parametrize("path", re.findall(r"(?:k8s|fixtures)/[\w./-]+\w", TEXT))
def test_path(path: str) -> None:
    assert (PROJECT / path).exists()


def test_everything_is_named() -> None:
    for name in COMPONENTS + OVERLAYS:
        assert f"`{name}`" in TEXT


@pytest.mark.parametrize("heading", ["kube-prometheus-stack", "OpenShift"])
def test_installing_takes_five_commands(heading: str) -> None:
    (block,) = re.findall(r"```sh\n(.*?)```", section(heading), re.S)[:1]
    commands = block.replace("\\\n", "").strip().splitlines()
    assert len(commands) == 5
    assert all(shlex.split(command) for command in commands)


@pytest.mark.parametrize("name", references.BY_HAND)
def test_secrets_made_by_hand_are_shown(name: str) -> None:
    command = re.search(rf"kubectl create secret generic {name}(.*?)```", TEXT, re.S)[1]
    assert set(re.findall(r"--from-literal=(\w+)", command)) == references.BY_HAND[name]


def test_names_in_the_text_are_those_of_the_objects() -> None:
    names = {item["metadata"]["name"] for tree in every_tree().values() for item in tree}
    for name in re.findall(r"(?:deployment/|cronjob/|`)(drift-check-[a-z-]+[a-z])\b", TEXT):
        assert name in names, name
