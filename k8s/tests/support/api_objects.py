"""The objects of the small API server, and what it says that it has."""

from __future__ import annotations

import copy
import threading
import uuid

from .manifests import Object

# Group and version, and the kinds with their plural names.
KINDS = {
    "v1": {
        "pods": "Pod", "secrets": "Secret", "configmaps": "ConfigMap", "events": "Event",
        "services": "Service", "namespaces": "Namespace", "serviceaccounts": "ServiceAccount",
        "persistentvolumeclaims": "PersistentVolumeClaim",
    },
    "batch/v1": {"jobs": "Job", "cronjobs": "CronJob"},
    "apps/v1": {"deployments": "Deployment", "replicasets": "ReplicaSet"},
    "networking.k8s.io/v1": {"networkpolicies": "NetworkPolicy"},
}  # fmt: skip
ALIASES = {"pods": ["po"], "cronjobs": ["cj"], "deployments": ["deploy"]}
VERBS = ["create", "delete", "get", "list", "patch", "update", "watch"]


def _document(version: str) -> Object:
    """What kubectl looks up before it applies: that the server checks the fields itself."""
    group, _, number = version.rpartition("/")
    parameter = {"name": "fieldValidation", "in": "query", "schema": {"type": "string"}}
    paths = {
        f"/{'apis' if group else 'api'}/{version}/namespaces/{{namespace}}/{plural}/{{name}}": {
            "patch": {
                "parameters": [parameter],
                "responses": {},
                "x-kubernetes-group-version-kind": {
                    "group": group, "version": number, "kind": kind,
                },
            }
        }  # fmt: skip
        for plural, kind in KINDS[version].items()
    }
    return {"openapi": "3.0.0", "info": {"title": "", "version": ""}, "paths": paths}


def discovery(parts: list[str]) -> Object | None:
    """What there is, in the form before aggregated discovery."""
    if parts == ["version"]:
        return {"major": "1", "minor": "36", "gitVersion": "v1.36.2"}
    if parts == ["api"]:
        return {"kind": "APIVersions", "versions": ["v1"]}
    if parts == ["apis"]:
        groups = [
            {
                "name": version.split("/")[0],
                "versions": [{"groupVersion": version, "version": "v1"}],
                "preferredVersion": {"groupVersion": version, "version": "v1"},
            }
            for version in KINDS
            if "/" in version
        ]
        return {"kind": "APIGroupList", "apiVersion": "v1", "groups": groups}
    if parts == ["openapi", "v3"]:
        return {
            "paths": {
                f"{'apis' if '/' in version else 'api'}/{version}": {
                    "serverRelativeURL": f"/openapi/v3/{version}"
                }
                for version in KINDS
            }
        }
    if parts[:2] == ["openapi", "v3"]:
        return _document("/".join(parts[2:]))
    version = "/".join(parts[1:])
    if parts[0] in ("api", "apis") and version in KINDS:
        return {
            "kind": "APIResourceList",
            "apiVersion": "v1",
            "groupVersion": version,
            "resources": [
                {
                    "name": plural,
                    "singularName": kind.lower(),
                    "namespaced": kind != "Namespace",
                    "kind": kind,
                    "verbs": VERBS,
                    "shortNames": ALIASES.get(plural, []),
                }
                for plural, kind in KINDS[version].items()
            ],
        }
    return None


class Store:
    """Objects by kind, namespace and name; and the logs of pods."""

    def __init__(self) -> None:
        self.objects: dict[tuple[str, str, str], Object] = {}
        self.logs: dict[str, str] = {}
        # Called with every Job that is made, as a controller would.
        self.made = lambda job: None
        self.lock = threading.RLock()
        self.version = 0

    def put(self, item: Object) -> Object:
        with self.lock:
            self.version += 1
            item = copy.deepcopy(item)
            meta = item["metadata"]
            meta.setdefault("uid", str(uuid.uuid4()))
            meta.setdefault("creationTimestamp", "2026-11-21T02:00:00Z")
            meta["resourceVersion"] = str(self.version)
            self.objects[item["kind"], meta.get("namespace", ""), meta["name"]] = item
            return item

    def get(self, kind: str, namespace: str, name: str) -> Object | None:
        return self.objects.get((kind, namespace, name))

    def select(self, kind: str, namespace: str | None, labels: str, fields: str) -> list[Object]:
        with self.lock:
            return [
                item
                for (found, place, _), item in sorted(self.objects.items())
                if found == kind and namespace in (None, place)
                if _fits(item["metadata"].get("labels", {}), labels)
                if all(
                    str(_field(item, pair.split("=")[0])) == pair.split("=")[-1]
                    for pair in filter(None, fields.split(","))
                )
            ]


def _fits(labels: dict[str, str], selector: str) -> bool:
    pairs = [pair.split("=") for pair in filter(None, selector.split(","))]
    return all(labels.get(pair[0]) == pair[-1] for pair in pairs)


def _field(item: Object, path: str) -> object:
    value: object = item
    for key in path.split("."):
        value = value.get(key, "") if isinstance(value, dict) else ""
    return value


def merged(item: Object, patch: Object) -> Object:
    for key, value in patch.items():
        if value is None:
            item.pop(key, None)
        elif isinstance(value, dict) and isinstance(item.get(key), dict):
            merged(item[key], value)
        else:
            item[key] = value
    return item
