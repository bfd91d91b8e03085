"""What schemas miss. Each check is shown to find the mistake that it is for."""

from __future__ import annotations

import copy
from collections.abc import Callable

import pytest

from support import policies, references
from support.manifests import Object, every_tree, overlay, the

TREES = every_tree()


@pytest.mark.parametrize("tree", TREES)
@pytest.mark.parametrize("check", policies.ALL, ids=lambda check: check.__name__)
def test_policies(tree: str, check: Callable) -> None:
    assert list(check(TREES[tree])) == []


@pytest.mark.parametrize("tree", TREES)
def test_references(tree: str) -> None:
    assert list(references.faults(TREES[tree])) == []


@pytest.mark.parametrize("name", [name for name in TREES if name.startswith("overlays/")])
def test_one_namespace(name: str) -> None:
    """Nothing of an overlay ends up in another namespace, not even inside a rule."""
    objects = TREES[name]
    namespace = the(objects, "CronJob")["metadata"]["namespace"]
    for item in objects:
        if item["kind"] in ("Namespace", "ClusterRoleBinding"):
            continue
        assert item["metadata"]["namespace"] == namespace, item["metadata"]["name"]


def _pod(objects: list[Object]) -> Object:
    return the(objects, "CronJob")["spec"]["jobTemplate"]["spec"]["template"]["spec"]


def _job(objects: list[Object]) -> Object:
    return the(objects, "CronJob")["spec"]["jobTemplate"]["spec"]


MISTAKES: dict[str, tuple[Callable, Callable[[list[Object]], object]]] = {
    "restart policy": (policies.job_specs, lambda o: _pod(o).update(restartPolicy="OnFailure")),
    "unsorted exit codes": (
        policies.job_specs,
        lambda o: _job(o)["podFailurePolicy"]["rules"][0]["onExitCodes"].update(values=[65, 2]),
    ),
    "container renamed": (policies.job_specs, lambda o: _pod(o)["containers"][0].update(name="x")),
    "root": (policies.restricted, lambda o: _pod(o)["securityContext"].update(runAsNonRoot=False)),
    "writable root": (
        policies.restricted,
        lambda o: _pod(o)["containers"][0]["securityContext"].pop("readOnlyRootFilesystem"),
    ),
    "host path": (
        policies.restricted,
        lambda o: _pod(o)["volumes"].append({"name": "h", "hostPath": {"path": "/"}}),
    ),
    "no version": (policies.images, lambda o: _pod(o)["containers"][0].update(image="x:latest")),
    "long name": (policies.names, lambda o: the(o, "CronJob")["metadata"].update(name="x" * 53)),
    "schedule": (
        policies.schedules,
        lambda o: the(o, "CronJob")["spec"].update(schedule="0 2 * *"),
    ),
    "account": (references.faults, lambda o: _pod(o).update(serviceAccountName="other")),
    "variable": (
        references.faults,
        lambda o: _pod(o)["containers"][0]["args"].append("--seed=$(S)"),
    ),
    "volume": (references.faults, lambda o: _pod(o)["volumes"].pop()),
    "claim": (
        references.faults,
        lambda o: o.remove(the(o, "PersistentVolumeClaim", "drift-check-data")),
    ),
    "selector": (
        references.faults,
        lambda o: the(o, "Service")["spec"].update(selector={"a": "b"}),
    ),
    "monitor": (
        references.faults,
        lambda o: the(o, "ServiceMonitor")["spec"]["endpoints"][0].update(port="web"),
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_found(mistake: str) -> None:
    check, make = MISTAKES[mistake]
    objects = copy.deepcopy(overlay("test"))
    assert list(check(objects)) == []
    make(objects)
    assert list(check(objects)) != []
