"""A Pushgateway that fails: the verdict stands, the report is written, the run ends soon."""

from __future__ import annotations

import contextlib
import json
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from support import servers
from support.binary import check

# Three tries of 5 seconds, the pauses between them, and the check itself on a busy machine.
LONGEST = 30


@contextlib.contextmanager
def down(folder: Path) -> Iterator[str]:
    yield f"http://127.0.0.1:{servers.free_port()}"


@contextlib.contextmanager
def answers(status: int) -> Iterator[str]:
    with servers.Web(lambda *_: (status, "no")) as server:
        yield server.address


@contextlib.contextmanager
def slow(folder: Path) -> Iterator[str]:
    over = threading.Event()

    def never(*_: object) -> tuple[int, str]:
        over.wait(120)
        return 202, ""

    with servers.Web(never) as server:
        yield server.address
        over.set()


@contextlib.contextmanager
def wrong_certificate(folder: Path) -> Iterator[str]:
    """HTTPS with a certificate that nobody signed."""
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1",
         "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1",
         "-keyout", key, "-out", certificate],
        check=True,
        capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    taken: list[str] = []

    def take(method: str, path: str, *_: object) -> tuple[int, str]:
        taken.append(path)
        return 202, ""

    with servers.Web(take) as server:
        # The handshake is in the handler's thread, so that a refused one does not stop the server.
        server.server.socket = context.wrap_socket(
            server.server.socket, server_side=True, do_handshake_on_connect=False
        )
        yield server.address.replace("http:", "https:")
    assert taken == []


@contextlib.contextmanager
def redirect(folder: Path) -> Iterator[str]:
    """To a server that would take the metrics: a gateway does not move, so nobody follows."""
    taken: list[str] = []

    def take(method: str, path: str, *_: object) -> tuple[int, str]:
        taken.append(path)
        return 202, ""

    with servers.Web(take) as elsewhere, servers.Web(lambda *_: (307, "")) as server:
        server.location = elsewhere.address
        yield server.address
    assert taken == []


FAULTS = {
    "down": down,
    "slow": slow,
    "400": lambda folder: answers(400),
    "500": lambda folder: answers(500),
    "wrong certificate": wrong_certificate,
    "redirect": redirect,
}


CASES = [
    (fault, required, verdict)
    for fault in FAULTS
    for required in (False, True)
    for verdict in (0, 2)
    # One slow case takes as long as all others together.
    if fault != "slow" or (required, verdict) == (False, 2)
]


@pytest.mark.parametrize("fault, required, verdict", CASES)
def test_fault(fault: str, required: bool, verdict: int, tmp_path: Path) -> None:
    current = {0: "current", 2: "drifted"}[verdict]
    flags = ["--push-required"] if required else []
    with FAULTS[fault](tmp_path) as address:
        start = time.monotonic()
        run = check(
            current, tmp_path / "report.json", f"--pushgateway={address}", *flags, table="wdbc"
        )
        seconds = time.monotonic() - start
    assert run.returncode == (75 if required else verdict), run.stderr
    assert seconds < LONGEST
    report = json.loads((tmp_path / "report.json").read_text())
    assert report["status"] == {0: "OK", 2: "FAIL"}[verdict]
    # The log says so, and the verdict is there all the same.
    events = [json.loads(line) for line in run.stderr.splitlines()]
    assert any(e["level"] in ("warning", "error") and "push" in json.dumps(e) for e in events)
    assert any(e["event"] == "verdict" for e in events)


def test_a_working_gateway_takes_it(tmp_path: Path) -> None:
    """PUT, which replaces all that an earlier run left, to the group of namespace and model."""
    seen: list[tuple[str, str, bytes]] = []

    def take(method: str, path: str, headers: dict[str, str], body: bytes) -> tuple[int, str]:
        seen.append((method, path, body))
        return 202, ""

    with servers.Web(take) as server:
        run = check(
            "current",
            tmp_path / "report.json",
            f"--pushgateway={server.address}",
            "--push-required",
            "--model=cells",
            table="wdbc",
            POD_NAMESPACE="ml",
        )
    assert run.returncode == 0, run.stderr
    ((method, path, body),) = seen
    assert (method, path) == ("PUT", "/metrics/job/drift-check/namespace/ml/model/cells")
    assert body.endswith(b"\n") and b"drift_check_status" in body
