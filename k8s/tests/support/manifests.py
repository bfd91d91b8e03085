"""Renders kustomizations with kubectl and reads what comes out."""

from __future__ import annotations

import functools
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

K8S = Path(__file__).resolve().parents[2]
PROJECT = K8S.parent
KUBECTL = Path(sys.executable).parent / "kubectl"

OVERLAYS = sorted(path.name for path in (K8S / "overlays").iterdir() if path.is_dir())
COMPONENTS = sorted(path.name for path in (K8S / "components").iterdir() if path.is_dir())

Object = dict


class Loader(yaml.CSafeLoader):
    """YAML 1.1 gives a lone `=` a tag of its own; the matchers of Alertmanager mean the text."""


Loader.add_constructor("tag:yaml.org,2002:value", lambda loader, node: node.value)


def load_all(text: str) -> list[Object]:
    return [value for value in yaml.load_all(text, Loader=Loader) if value]


@functools.cache
def rendered_text(folder: Path) -> str:
    # No cluster may be asked, and none needs to be.
    environment = dict(os.environ, KUBECONFIG="/nonexistent")
    run = subprocess.run(
        [KUBECTL, "kustomize", folder], capture_output=True, text=True, env=environment
    )
    assert run.returncode == 0, f"{folder}: {run.stderr}"
    assert run.stderr == "", f"{folder}: a warning: {run.stderr}"
    return run.stdout


def render(folder: Path) -> list[Object]:
    return load_all(rendered_text(folder))


def overlay(name: str) -> list[Object]:
    return render(K8S / "overlays" / name)


@functools.cache
def _with_components(*names: str) -> str:
    with tempfile.TemporaryDirectory(dir=scratch()) as folder:
        relative = os.path.relpath(K8S, folder)
        (Path(folder) / "kustomization.yaml").write_text(
            yaml.safe_dump(
                {
                    "apiVersion": "kustomize.config.k8s.io/v1beta1",
                    "kind": "Kustomization",
                    "namespace": "drift-check",
                    "resources": [f"{relative}/base"],
                    "components": [f"{relative}/components/{name}" for name in names],
                }
            )
        )
        return rendered_text(Path(folder))


def with_components(*names: str) -> list[Object]:
    """The base and these components, as a team's own overlay would have them."""
    return load_all(_with_components(*names))


def scratch() -> Path:
    folder = PROJECT / ".build" / "k8s-tests"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def every_tree() -> dict[str, list[Object]]:
    """All that can be applied: base, overlays, each component alone, the Argo CD applications."""
    trees = {"base": render(K8S / "base"), "argocd": render(K8S / "argocd")}
    trees |= {f"overlays/{name}": overlay(name) for name in OVERLAYS}
    trees |= {f"components/{name}": with_components(name) for name in COMPONENTS}
    return trees


def of_kind(objects: list[Object], kind: str) -> list[Object]:
    return [item for item in objects if item["kind"] == kind]


def the(objects: list[Object], kind: str, name: str | None = None) -> Object:
    """The only object of this kind (and name)."""
    found = [item for item in of_kind(objects, kind) if name in (None, item["metadata"]["name"])]
    assert len(found) == 1, f"{len(found)} objects {kind} {name or ''}"
    return found[0]


def label(item: Object) -> str:
    return f"{item['kind']}/{item['metadata']['name']}"
