"""The servers of the loop, configured from what the overlay `prod` renders to."""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from . import alertmanager, rules, servers
from .binary import check
from .cluster import Cluster
from .manifests import Object, overlay, the

OBJECTS = overlay("prod")
NAMESPACE = "drift-check-prod"
# The rule that TrustyAI's users have, and where they send it: every alert of the namespace.
WORKSHOP = {
    "alert": "workshop-datadrift",
    "expr": f'trustyai_meanshift{{namespace="{NAMESPACE}", subcategory="danceability"}}<0.05',
    "labels": {"severity": "critical"},
}


@dataclass
class Loop:
    """The servers' addresses, and what the receivers got."""

    folder: Path
    cluster: Cluster
    pushgateway: str = ""
    prometheus: str = ""
    received: list[tuple[str, dict[str, str], Object]] = field(default_factory=list)

    def run(self, current: str, job: str) -> int:
        """What the CronJob does: a check, a push, a Job that ended."""
        started = time.time()
        run = check(
            current,
            self.folder / f"{job}.json",
            f"--pushgateway={self.pushgateway}",
            "--model=jukebox",
            "--trustyai-metrics",
            POD_NAMESPACE=NAMESPACE,
        )
        assert run.returncode in (0, 2), run.stderr
        assert '"event": "error"' not in run.stderr
        self.cluster.job_ended(job, run.returncode, started)
        return run.returncode

    def firing(self) -> set[str]:
        alerts = self.queried('ALERTS{alertstate="firing"}')
        return {alert["metric"]["alertname"] for alert in alerts}

    def wait_until_firing(self, *names: str) -> None:
        servers.wait_for(
            f"the alerts {names}", lambda: self.firing() == set(names), seen=self.firing
        )

    def queried(self, expression: str) -> list[dict]:
        return servers.query(self.prometheus, expression)

    def calls(self, path: str) -> list[tuple[dict[str, str], Object]]:
        return [(headers, body) for at, headers, body in self.received if at == path]


def secrets(receiver: str) -> alertmanager.Secrets:
    return {
        "drift-check-retrain": {
            "url": f"{receiver}/retrain",
            "token": "a token",
            "authorization": "Bearer a token",
        }
    }


def write_prometheus(folder: Path, targets: dict[str, str], alertmanager_address: str) -> Path:
    (endpoint,) = the(OBJECTS, "ServiceMonitor")["spec"]["endpoints"]
    rules.write(OBJECTS, folder / "rules.yaml", at_once=True)
    workshop = {"groups": [{"name": "workshop", "rules": [WORKSHOP]}]}
    (folder / "workshop.yaml").write_text(yaml.safe_dump(workshop))

    def static(address: str) -> list[Object]:
        return [{"targets": [address.removeprefix("http://")]}]

    configuration = {
        "global": {"scrape_interval": "1s", "evaluation_interval": "1s"},
        "rule_files": ["rules.yaml", "workshop.yaml"],
        "alerting": {"alertmanagers": [{"static_configs": static(alertmanager_address)}]},
        "scrape_configs": [
            {
                "job_name": name,
                "honor_labels": endpoint["honorLabels"] if name == "pushgateway" else True,
                "static_configs": static(address),
            }
            for name, address in targets.items()
        ],
    }
    path = folder / "prometheus.yaml"
    path.write_text(yaml.safe_dump(configuration))
    return path


def write_alertmanager(folder: Path, receiver: str) -> Path:
    path = folder / "alertmanager.yaml"
    alertmanager.write(OBJECTS, secrets(receiver), path, at_once=True)
    configuration = yaml.safe_load(path.read_text())
    configuration["route"]["routes"].append(
        {
            "receiver": "workshop",
            "matchers": [f'namespace="{NAMESPACE}"'],
            "group_by": ["alertname"],
            "group_wait": "0s",
            "group_interval": "1s",
        }
    )
    hook = {"url": f"{receiver}/workshop"}
    configuration["receivers"].append({"name": "workshop", "webhook_configs": [hook]})
    path.write_text(yaml.safe_dump(configuration))
    return path


@contextlib.contextmanager
def running(folder: Path) -> Iterator[Loop]:
    """Starts all of it; a receiver's calls are recorded in `received`."""
    state = Loop(folder, Cluster(NAMESPACE, "drift-check"))

    def receive(method: str, path: str, headers: dict[str, str], body: bytes) -> tuple[int, str]:
        state.received.append((path, headers, json.loads(body)))
        return 202, ""

    with contextlib.ExitStack() as stack:
        receiver = stack.enter_context(servers.Web(receive))
        states = stack.enter_context(servers.Web(lambda *_: (200, state.cluster.metrics())))
        state.pushgateway = stack.enter_context(
            servers.process(
                folder,
                "prometheus-pushgateway",
                "/-/ready",
                # Debian's default is a file of the machine's.
                f"--persistence.file={folder / 'metrics'}",
            )
        )
        manager = stack.enter_context(
            servers.process(
                folder,
                "prometheus-alertmanager",
                "/-/ready",
                f"--config.file={write_alertmanager(folder, receiver.address)}",
                f"--storage.path={folder / 'alertmanager'}",
                "--cluster.listen-address=",
            )
        )
        targets = {"pushgateway": state.pushgateway, "kube-state-metrics": states.address}
        state.prometheus = stack.enter_context(
            servers.process(
                folder,
                "prometheus",
                "/-/ready",
                f"--config.file={write_prometheus(folder, targets, manager)}",
                f"--storage.tsdb.path={folder / 'prometheus'}",
            )
        )
        yield state
