"""Follows every reference from one object to another."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .manifests import Object, label, of_kind
from .pods import Pod, pods, spec_of_job

# Made by hand, because they hold secrets; k8s/README.md says how. Key: what each must have.
BY_HAND = {
    "drift-check-retrain": {"url", "token", "authorization"},
    "drift-check-gitlab": {"url"},
}
# What a cluster has already, for the overlay that takes an older job's place.
EXISTING_CLAIMS = {"churn-mlops-pvc"}


def faults(objects: list[Object]) -> Iterator[str]:
    for pod in pods(objects):
        yield from _pod(pod, objects)
    for item in objects:
        spec = item.get("spec", {})
        yield from _selectors(item, objects)
        if item["kind"] in ("RoleBinding", "ClusterRoleBinding"):
            yield from _binding(item, objects)
        if item["kind"] == "GrafanaDashboard":
            reference = spec["configMapRef"]
            maps = {m["metadata"]["name"]: m["data"] for m in of_kind(objects, "ConfigMap")}
            if reference["key"] not in maps.get(reference["name"], {}):
                yield f"{label(item)}: no dashboard {reference}"
        for secret in _secrets(spec):
            if secret["key"] not in BY_HAND.get(secret["name"], set()):
                yield f"{label(item)}: Secret {secret['name']}, key {secret['key']}"


def _pod(pod: Pod, objects: list[Object]) -> Iterator[str]:
    def exists(kind: str, name: str | None) -> bool:
        return any(item["metadata"]["name"] == name for item in of_kind(objects, kind))

    account = pod.spec.get("serviceAccountName", "default")
    if account != "default" and not exists("ServiceAccount", account):
        yield f"{pod.where}: no ServiceAccount {account}"
    volumes = {volume["name"] for volume in pod.spec.get("volumes", [])}
    for volume in pod.spec.get("volumes", []):
        claim = volume.get("persistentVolumeClaim", {}).get("claimName")
        known = claim in EXISTING_CLAIMS or exists("PersistentVolumeClaim", claim)
        if claim and not known:
            yield f"{pod.where}: no claim {claim}"
    for container in pod.containers:
        where = f"{pod.where}: {container['name']}"
        mounted = [mount["name"] for mount in container.get("volumeMounts", [])]
        for name in set(mounted) - volumes:
            yield f"{where}: no volume {name}"
        paths = [mount["mountPath"] for mount in container.get("volumeMounts", [])]
        if len(paths) != len(set(paths)):
            yield f"{where}: a path is mounted twice"
        known = {variable["name"] for variable in container.get("env", [])}
        for source in container.get("envFrom", []):
            name = source["configMapRef"]["name"]
            if not exists("ConfigMap", name):
                yield f"{where}: no ConfigMap {name}"
            for item in of_kind(objects, "ConfigMap"):
                if item["metadata"]["name"] == name:
                    known |= set(item["data"])
        # The controller of Jobs adds it.
        if spec_of_job(pod.owner).get("completionMode") == "Indexed":
            known.add("JOB_COMPLETION_INDEX")
        # Kubernetes leaves an unknown $(NAME) as it is.
        used = set(re.findall(r"\$\(([A-Za-z_]\w*)\)", " ".join(container.get("args", []))))
        for name in used - known:
            yield f"{where}: no variable {name}"
        for variable in container.get("env", []):
            field = variable.get("valueFrom", {}).get("resourceFieldRef")
            if field and field.get("containerName", container["name"]) != container["name"]:
                yield f"{where}: {variable['name']} is another container's"


def _selectors(item: Object, objects: list[Object]) -> Iterator[str]:
    templates = [pod.metadata.get("labels", {}) for pod in pods(objects)]
    spec = item.get("spec", {})
    if item["kind"] == "Service":
        selector, candidates = spec["selector"], templates
    elif item["kind"] == "Deployment":
        selector, candidates = (
            spec["selector"]["matchLabels"],
            [spec["template"]["metadata"]["labels"]],
        )
    elif item["kind"] == "NetworkPolicy":
        selector, candidates = spec["podSelector"]["matchLabels"], list(templates)
        # The operator labels the pods of a listener like this.
        candidates += [
            {"eventlistener": e["metadata"]["name"]} for e in of_kind(objects, "EventListener")
        ]
    elif item["kind"] == "ServiceMonitor":
        selector = spec["selector"]["matchLabels"]
        services = of_kind(objects, "Service")
        candidates = [service["metadata"].get("labels", {}) for service in services]
        ports = {port["name"] for service in services for port in service["spec"]["ports"]}
        if not {endpoint["port"] for endpoint in spec["endpoints"]} <= ports:
            yield f"{label(item)}: no such port"
    else:
        return
    if not any(selector.items() <= candidate.items() for candidate in candidates):
        yield f"{label(item)}: nothing has {selector}"


def _binding(item: Object, objects: list[Object]) -> Iterator[str]:
    role = item["roleRef"]
    ours = {r["metadata"]["name"] for r in of_kind(objects, role["kind"])}
    if role["name"] not in ours and not role["name"].startswith("tekton-triggers-eventlistener-"):
        yield f"{label(item)}: no {role['kind']} {role['name']}"
    accounts = {
        (a["metadata"]["namespace"], a["metadata"]["name"])
        for a in of_kind(objects, "ServiceAccount")
    }
    for subject in item["subjects"]:
        namespace = subject.get("namespace", item["metadata"].get("namespace"))
        if (namespace, subject["name"]) not in accounts:
            yield f"{label(item)}: no account {namespace}/{subject['name']}"


def _secrets(value: object) -> Iterator[Object]:
    """References to keys of Secrets, wherever custom resources have them."""
    if isinstance(value, list):
        for element in value:
            yield from _secrets(element)
    elif isinstance(value, dict):
        for key, element in value.items():
            if key in ("urlSecret", "credentials", "authSecret"):
                yield element
            else:
                yield from _secrets(element)
