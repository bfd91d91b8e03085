"""Finds the pod templates in objects, also the ones inside other objects' templates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .manifests import Object, label


@dataclass(frozen=True)
class Pod:
    """A pod template: where it is, what holds it, and its two halves."""

    where: str
    owner: Object
    metadata: Object
    spec: Object

    @property
    def containers(self) -> list[Object]:
        return self.spec.get("initContainers", []) + self.spec["containers"]


def _job(item: Object) -> Object:
    return item["spec"]["template"]


def pods(objects: list[Object]) -> Iterator[Pod]:
    for item in objects:
        kind = item["kind"]
        if kind == "Pod":
            template = item
        elif kind in ("Deployment", "Job", "StatefulSet", "DaemonSet"):
            template = _job(item)
        elif kind == "CronJob":
            template = item["spec"]["jobTemplate"]["spec"]["template"]
        elif kind == "Sensor":
            for trigger in item["spec"]["triggers"]:
                resource = trigger["template"]["k8s"]["source"]["resource"]
                template = _job(resource)
                yield Pod(label(item), resource, template["metadata"], template["spec"])
            continue
        else:
            continue
        yield Pod(label(item), item, template.get("metadata", {}), template["spec"])


def spec_of_job(owner: Object) -> Object:
    """The spec of the Job that a pod is of; empty for other pods."""
    if owner["kind"] == "CronJob":
        return owner["spec"]["jobTemplate"]["spec"]
    return owner["spec"] if owner["kind"] == "Job" else {}


def jobs(objects: list[Object]) -> Iterator[tuple[str, Object]]:
    """The specs of all Jobs, with where they are."""
    for item in objects:
        if item["kind"] == "Job":
            yield label(item), item["spec"]
        elif item["kind"] == "CronJob":
            yield label(item), item["spec"]["jobTemplate"]["spec"]
        elif item["kind"] == "Sensor":
            for trigger in item["spec"]["triggers"]:
                yield label(item), trigger["template"]["k8s"]["source"]["resource"]["spec"]
