"""As much of an API server as kubectl needs for the commands in our texts."""

from __future__ import annotations

import contextlib
import copy
import json
import threading
import time
import urllib.parse
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from .api_objects import KINDS, Store, discovery, merged
from .manifests import Object


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    store: Store

    def answer(self) -> None:
        url = urllib.parse.urlsplit(self.path)
        query = dict(urllib.parse.parse_qsl(url.query))
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        parts = url.path.strip("/").split("/")
        if (found := discovery(parts)) is not None:
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
            item = self.store.put(merged(copy.deepcopy(item), made))
        self._send(200, item)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = answer

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
