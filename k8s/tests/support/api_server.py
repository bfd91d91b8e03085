"""As much of an API server as kubectl needs for the commands in our texts: objects, logs, watches."""

from __future__ import annotations

import contextlib
import copy
import json
import threading
import time
import urllib.parse
import uuid
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

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


def _merge(item: Object, patch: Object) -> Object:
    for key, value in patch.items():
        if value is None:
            item.pop(key, None)
        elif isinstance(value, dict) and isinstance(item.get(key), dict):
            _merge(item[key], value)
        else:
            item[key] = value
    return item


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    store: Store

    def answer(self) -> None:
        url = urllib.parse.urlsplit(self.path)
        query = dict(urllib.parse.parse_qsl(url.query))
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        parts = url.path.strip("/").split("/")
        if (found := self._discovery(parts)) is not None:
            return self._send(200, found)
        start = {"api": 2, "apis": 3}.get(parts[0], 0)
        version, rest = "/".join(parts[1:start]), parts[start:]
        namespace = rest[1] if len(rest) > 2 and rest[0] == "namespaces" else None
        rest = rest[2:] if namespace else rest
        if version not in KINDS or not rest or rest[0] not in KINDS[version]:
            return self._status(404, "NotFound", f"no {url.path}")
        kind = KINDS[version][rest[0]]
        if len(rest) == 1:
            if self.command == "POST":
                return self._create(json.loads(body), kind, namespace or "", query)
            return self._list(kind, version, namespace, query)
        item = self.store.get(kind, namespace or "", rest[1])
        if item is None:
            message = f'{rest[0]} "{rest[1]}" not found'
            return self._status(404, "NotFound", message)
        if len(rest) == 3 and rest[2] == "log":
            return self._send(200, self.store.logs.get(rest[1], ""), "text/plain")
        if self.command == "DELETE":
            del self.store.objects[kind, namespace or "", rest[1]]
        elif self.command in ("PATCH", "PUT"):
            made = json.loads(body)
            item = self.store.put(_merge(copy.deepcopy(item), made))
        self._send(200, item)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = answer

    def _discovery(self, parts: list[str]) -> Object | None:
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

    def _create(self, item: Object, kind: str, namespace: str, query: Object) -> None:
        item["metadata"].setdefault("namespace", namespace)
        if self.store.get(kind, namespace, item["metadata"]["name"]):
            return self._status(409, "AlreadyExists", f"{item['metadata']['name']} already exists")
        if "dryRun" not in query:
            item = self.store.put(item)
            if kind == "Job":
                self.store.made(item)
        self._send(201, item)

    def _list(self, kind: str, version: str, namespace: str | None, query: dict[str, str]) -> None:
        def found() -> list[Object]:
            selectors = query.get("labelSelector", ""), query.get("fieldSelector", "")
            return self.store.select(kind, namespace, *selectors)

        if query.get("watch") not in ("1", "true"):
            return self._send(
                200,
                {
                    "kind": f"{kind}List",
                    "apiVersion": version,
                    "metadata": {"resourceVersion": str(self.store.version)},
                    "items": found(),
                },
            )
        # Servers without the feature WatchList refuse this; a client then lists and watches.
        if "sendInitialEvents" in query:
            return self._status(422, "Invalid", "sendInitialEvents: Forbidden")
        self.close_connection = True
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Connection", "close")
        self.end_headers()
        seen, end = int(query.get("resourceVersion") or 0), time.monotonic() + 60
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            while time.monotonic() < end:
                for item in found():
                    if (version := int(item["metadata"]["resourceVersion"])) > seen:
                        seen = version
                        event = {"type": "MODIFIED", "object": item}
                        self.wfile.write(json.dumps(event).encode() + b"\n")
                        self.wfile.flush()
                time.sleep(0.05)

    def _status(self, code: int, reason: str, message: str) -> None:
        self._send(
            code,
            {
                "kind": "Status", "apiVersion": "v1", "status": "Failure",
                "reason": reason, "message": message, "code": code,
            },
        )  # fmt: skip

    def _send(self, code: int, body: object, kind: str = "application/json") -> None:
        data = (body if isinstance(body, str) else json.dumps(body)).encode()
        self.send_response(code)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        pass


@contextlib.contextmanager
def serving(store: Store) -> Iterator[str]:
    """The address at which kubectl finds the objects."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (Handler,), {"store": store}))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
