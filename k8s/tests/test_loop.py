"""From a drifted CSV to the call that starts the retraining, on the real servers.

Only kube-state-metrics is a stand-in: it needs a cluster. Its series are in support/cluster.py.
"""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from support import dashboard
from support.loop import NAMESPACE, OBJECTS, Loop, running, secrets
from support.servers import wait_for
from support.tekton import Listener

WORKSHOP = ["workshop-datadrift"]
ONLY_AFTER_A_PASS = {"Age of the last pass A", "Runs that passed A"}
ONLY_WHILE_FIRING = {"Alerts A"}


@pytest.fixture(scope="module")
def loop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Loop]:
    with running(tmp_path_factory.mktemp("loop")) as state:
        yield state


def test_from_drift_to_retraining_and_back(loop: Loop) -> None:
    # Yesterday's run gave no verdict. That is an alert of its own, and starts nothing.
    loop.cluster.job_ended("drift-check-1", 66, time.time() - 86400)
    loop.wait_until_firing("DriftCheckFailed")

    assert loop.run("drifted", "drift-check-2") == 2
    # The last run is the one of drift, so the error is history.
    loop.wait_until_firing(
        "DataDriftDetected", "FeatureDriftDetected", "MeanShiftDetected", *WORKSHOP
    )
    wait_for("the call", lambda: loop.calls("/retrain"))
    ((headers, body),) = loop.calls("/retrain")
    listener = Listener(OBJECTS, secrets(""))
    assert listener.accepts(headers, body)
    assert not listener.accepts(headers | {"Authorization": "Bearer other"}, body)
    run = listener.resource(headers, body)
    assert run["metadata"]["name"] == "retrain-drift-check-2"

    (alert,) = body["alerts"]
    assert alert["labels"] == {
        "alertname": "DataDriftDetected",
        "namespace": NAMESPACE,
        "cronjob": "drift-check",
        "job_name": "drift-check-2",
        "severity": "critical",
    }
    features = loop.queried('ALERTS{alertname="FeatureDriftDetected"}')
    assert [feature["metric"]["feature"] for feature in features] == ["danceability"]

    wait_for("the workshop's call", lambda: _alertnames(loop, "firing", WORKSHOP))

    # Every panel has something to show.
    assert _empty(loop) == ONLY_AFTER_A_PASS

    assert loop.run("current", "drift-check-3") == 0
    loop.wait_until_firing()
    wait_for("the workshop's all clear", lambda: _alertnames(loop, "resolved", WORKSHOP))
    assert _empty(loop) == ONLY_WHILE_FIRING
    # The pass started nothing.
    assert len(loop.calls("/retrain")) == 1


def _empty(loop: Loop) -> set[str]:
    """The queries of the dashboard that return nothing."""
    queries = dashboard.queries(NAMESPACE)
    return {title for title, expression in queries if not loop.queried(expression)}


def _alertnames(loop: Loop, status: str, names: list[str]) -> bool:
    calls = [body for _, body in loop.calls("/workshop") if body["status"] == status]
    return any([a["labels"]["alertname"] for a in body["alerts"]] == names for body in calls)
