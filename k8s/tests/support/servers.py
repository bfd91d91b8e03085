"""Real servers on free ports of the loopback address, stopped when the test ends."""

from __future__ import annotations

import contextlib
import json
import socket
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TypeVar

T = TypeVar("T")


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def get(url: str, **query: str) -> bytes:
    with urllib.request.urlopen(f"{url}?{urllib.parse.urlencode(query)}", timeout=5) as response:
        return response.read()


def wait_for(
    what: str, ready: Callable[[], T], seconds: float = 60, seen: Callable[[], object] = str
) -> T:
    """Asks every 0.2 seconds until the answer is true; returns it. `seen` tells what was there."""
    end = time.monotonic() + seconds
    while True:
        answer = ready()
        if answer:
            return answer
        assert time.monotonic() < end, f"waited {seconds} s for {what}; saw {seen()}"
        time.sleep(0.2)


@contextlib.contextmanager
def process(folder: Path, name: str, ready: str, *arguments: object) -> Iterator[str]:
    """Runs a server with `--web.listen-address`; gives its address once `ready` answers 200."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    with (folder / f"{name}.log").open("w") as log:
        server = subprocess.Popen(
            [name, f"--web.listen-address=127.0.0.1:{port}", *map(str, arguments)],
            stdout=log,
            stderr=log,
            cwd=folder,
        )

        def answers() -> bool:
            assert server.poll() is None, (folder / f"{name}.log").read_text()[-2000:]
            try:
                get(address + ready)
                return True
            except (urllib.error.URLError, OSError):
                return False

        try:
            wait_for(f"{name} to start", answers)
            yield address
        finally:
            server.terminate()
            try:
                server.wait(timeout=10)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


class Web:
    """A web server in this process: `handle(method, path, headers, body)` gives status and text."""

    # Where answers point to, for redirects.
    location = ""

    def __init__(
        self, handle: Callable[[str, str, dict[str, str], bytes], tuple[int, str]]
    ) -> None:
        web = self

        class Handler(BaseHTTPRequestHandler):
            def answer(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                status, text = handle(self.command, self.path, dict(self.headers), body)
                self.send_response(status)
                self.send_header("Content-Type", "text/plain; version=0.0.4")
                if web.location:
                    self.send_header("Location", web.location + self.path)
                self.end_headers()
                with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                    self.wfile.write(text.encode())

            do_GET = do_POST = do_PUT = answer

            def log_message(self, *_: object) -> None:
                pass

        class Server(ThreadingHTTPServer):
            def handle_error(self, *_: object) -> None:
                """A client that hangs up is what some tests want."""

        self.server = Server(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"

    def __enter__(self) -> Web:
        Thread(target=self.server.serve_forever, args=(0.1,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()


def query(prometheus: str, expression: str) -> list[dict]:
    """The result of an instant query."""
    answer = json.loads(get(prometheus + "/api/v1/query", query=expression))
    assert answer["status"] == "success", answer
    return answer["data"]["result"]
