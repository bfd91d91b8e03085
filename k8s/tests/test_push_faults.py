"""A Pushgateway that fails: the verdict stands, the report is written, the run ends soon."""

from __future__ import annotations

import base64
import contextlib
import html
import json
import ssl
import subprocess
import threading
import time
import urllib.parse
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


PASSWORD = "Tr0ub4dor&3 is/long"
TOKEN = "eyJhbGciOiJIUzI1NiJ9.e30.ZRrHA1JJJW8opsbCGfG"
# How servers and proxies repeat a header.
REPEATS = {
    "as it is": lambda header: f"denied: {header}",
    "JSON": lambda header: json.dumps({"denied": header}).replace("/", "\\/"),
    "HTML": lambda header: f"<p>denied: {html.escape(header)}</p>",
    "address": lambda header: "denied: " + urllib.parse.quote(header, safe=""),
    "decoded": lambda header: "denied: " + decoded(header),
    "dump": lambda header: "denied: " + base64.b64encode(header.encode()).decode(),
    "at the end of what is kept": lambda header: "x" * 4070 + header,
    "at the end of what is shown": lambda header: "x" * 470 + header,
}


def decoded(header: str) -> str:
    scheme, value = header.split(" ", 1)
    return base64.b64decode(value).decode() if scheme == "Basic" else value


@pytest.mark.parametrize("repeat", REPEATS)
@pytest.mark.parametrize("scheme", ["basic", "bearer"])
def test_credentials_that_a_server_repeats_are_not_told(
    scheme: str, repeat: str, tmp_path: Path
) -> None:
    secret = {"basic": f"scraper:{PASSWORD}", "bearer": TOKEN}[scheme]
    (tmp_path / "secret").write_text(secret + "\n")
    flag = {"basic": "--push-basic-auth-file", "bearer": "--push-bearer-token-file"}[scheme]
    headers: list[str] = []

    def deny(method: str, path: str, sent: dict[str, str], body: bytes) -> tuple[int, str]:
        headers.append(sent["Authorization"])
        return 401, REPEATS[repeat](sent["Authorization"])

    with servers.Web(deny) as server:
        runs = [
            check("current", tmp_path / "r.json", f"--pushgateway={server.address}",
                  f"{flag}={tmp_path / 'secret'}", f"--termination-log={tmp_path / 'log'}",
                  "--no-mmd", table="wdbc", log=log)
            for log in ("json", "text")
        ]  # fmt: skip
    assert [run.returncode for run in runs] == [0, 0], runs
    assert headers and decoded(headers[0]) == secret
    value = headers[0].split(" ", 1)[1]
    for text in [run.stderr + run.stdout for run in runs] + [(tmp_path / "log").read_text()]:
        for hidden in (secret, PASSWORD, TOKEN, value):
            for form in (hidden, base64.b64encode(hidden.encode()).decode()):
                # Nor a piece that would help.
                assert not any(form[i : i + 10] in text for i in range(len(form) - 9)), text
    for run in runs:
        assert run.returncode == 0
        assert "HTTP status 401" in run.stderr
        assert "***" in run.stderr or "at the end" in repeat


def test_credentials_for_a_proxy_are_not_told(tmp_path: Path) -> None:
    """libcurl repeats an address that it cannot read."""
    run = check(
        "current", tmp_path / "r.json", "--pushgateway=http://gateway.invalid", "--no-mmd",
        table="wdbc", http_proxy=f"nonsense://scraper:{TOKEN}@proxy.invalid:1",
    )  # fmt: skip
    assert run.returncode == 0
    assert "did not take the metrics" in run.stderr
    assert TOKEN not in run.stderr
