"""The component `sharded`: its objects with any overlay, and what must agree in them."""

from __future__ import annotations

import functools
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import yaml

from .manifests import K8S, Object, load_all, of_kind, rendered_text, scratch, the
from .node import expanded

CHECK, SHARDS = "drift-check", "shards-drift-check"
# The longest back-off of the Job controller, in seconds.
LONGEST_BACKOFF = 600


@functools.cache
def _overlay_text(name: str) -> str:
    with tempfile.TemporaryDirectory(dir=scratch()) as folder:
        copy = Path(folder) / "k8s"
        shutil.copytree(K8S, copy, ignore=shutil.ignore_patterns("tests", "image"))
        path = copy / "overlays" / name / "kustomization.yaml"
        kustomization = yaml.safe_load(path.read_text())
        kustomization.setdefault("components", []).append("../../components/sharded")
        path.write_text(yaml.safe_dump(kustomization))
        return rendered_text(path.parent)


def with_overlay(name: str) -> list[Object]:
    """The overlay, with `sharded` as its last component."""
    return load_all(_overlay_text(name))


def cronjob(objects: list[Object], name: str) -> Object:
    return the(objects, "CronJob", name)["spec"]


def job(objects: list[Object], name: str) -> Object:
    return cronjob(objects, name)["jobTemplate"]["spec"]


def pod(objects: list[Object], name: str) -> Object:
    return job(objects, name)["template"]["spec"]


def flag(container: Object, name: str) -> str:
    (found,) = [a for a in container["args"] if a.startswith(f"--{name}=")]
    return found.split("=", 1)[1]


def files(container: Object) -> list[str]:
    return [argument for argument in container["args"][1:] if not argument.startswith("--")]


def _claim(spec: Object, container: Object, path: str) -> str | None:
    """The claim that is mounted where `path` is."""
    claims = {
        volume["name"]: volume.get("persistentVolumeClaim", {}).get("claimName")
        for volume in spec["volumes"]
    }
    mounts = {mount["mountPath"]: claims[mount["name"]] for mount in container["volumeMounts"]}
    return mounts.get("/" + path.split("/")[1])


def faults(objects: list[Object]) -> Iterator[str]:
    """What must be the same in the Job of the shards and in the one of the check."""
    own, check = cronjob(objects, SHARDS), cronjob(objects, CHECK)
    for field in ("schedule", "timeZone", "suspend", "startingDeadlineSeconds"):
        if own.get(field) != check.get(field):
            yield f"{field}: {own.get(field)} and {check.get(field)}"
    spec, count = job(objects, SHARDS), job(objects, SHARDS)["completions"]
    (drift,) = spec["template"]["spec"]["containers"]
    (merge,) = pod(objects, CHECK)["initContainers"]
    (checking,) = pod(objects, CHECK)["containers"]
    if flag(drift, "shard") != str(count):
        yield f"{count} completions, --shard={flag(drift, 'shard')}"
    if not count <= len(files(drift)) == len(set(files(drift))):
        yield f"{count} shards of {len(files(drift))} partitions"
    written = [
        expanded(
            flag(drift, "output"),
            {"DRIFT_RUN": f"{SHARDS}-29391000", "JOB_COMPLETION_INDEX": str(index)},
        )
        for index in range(count)
    ]
    read = [expanded(path, {"DRIFT_RUN": f"{CHECK}-29391000"}) for path in files(merge)]
    if written != read:
        yield f"{written} are written, {read} are read"
    claims = {
        _claim(spec["template"]["spec"], drift, written[0]),
        _claim(pod(objects, CHECK), merge, read[0]),
    }
    if len(claims) != 1 or None in claims:
        yield f"different claims: {claims}"
    if flag(merge, "output") != flag(checking, "current"):
        yield "the check reads something else than what is merged"
    deadlines = [job(objects, name)["activeDeadlineSeconds"] for name in (SHARDS, CHECK)]
    if deadlines[0] + LONGEST_BACKOFF >= deadlines[1]:
        yield f"the check may give up before the shards do: {deadlines}"
    if flag(drift, "edges-from") != flag(checking, "baseline"):
        yield "the shards count by the bins of another baseline"


def claims(objects: list[Object]) -> dict[str, list[str]]:
    return {
        claim["metadata"]["name"]: claim["spec"]["accessModes"]
        for claim in of_kind(objects, "PersistentVolumeClaim")
    }
