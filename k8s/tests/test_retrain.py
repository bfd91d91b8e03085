"""What the receivers of the alert do with requests that they should refuse, and with good ones."""

from __future__ import annotations

import copy

import pytest

from support.manifests import Object, the, with_components
from support.tekton import Listener

SECRETS = {"drift-check-retrain": {"authorization": "Bearer secret"}}
LISTENER = Listener(with_components("retrain-tekton"), SECRETS)
HEADERS = {"Content-Type": "application/json", "Authorization": "Bearer secret"}
# As Alertmanager 0.25 sends it; test_loop has a real one.
BODY = {
    "version": "4",
    "status": "firing",
    "receiver": "drift-check/drift-check/retrain",
    "groupLabels": {"alertname": "DataDriftDetected"},
    "commonLabels": {
        "alertname": "DataDriftDetected",
        "namespace": "drift-check",
        "cronjob": "drift-check",
        "job_name": "drift-check-29391000",
        "severity": "critical",
    },
    "alerts": [],
}


def body(**changes: object) -> Object:
    return copy.deepcopy(BODY) | changes


def common(**changes: str | None) -> Object:
    labels = BODY["commonLabels"] | changes
    return body(commonLabels={name: value for name, value in labels.items() if value is not None})


def test_drift_makes_a_run_that_is_named_after_the_job() -> None:
    assert LISTENER.accepts(HEADERS, BODY)
    run = LISTENER.resource(HEADERS, BODY)
    assert (run["kind"], run["metadata"]["name"]) == ("PipelineRun", "retrain-drift-check-29391000")
    parameters = {p["name"]: p["value"] for p in run["spec"]["params"]}
    assert parameters == {"job_name": "drift-check-29391000", "namespace": "drift-check"}
    pipeline = the(
        with_components("retrain-tekton"), "Pipeline", run["spec"]["pipelineRef"]["name"]
    )
    assert {p["name"] for p in pipeline["spec"]["params"]} == set(parameters)
    workspaces = {w["name"] for w in pipeline["spec"]["workspaces"]}
    assert {w["name"] for w in run["spec"]["workspaces"]} == workspaces


def test_names_stay_within_the_limit() -> None:
    run = LISTENER.resource(HEADERS, common(job_name="x" * 63))
    assert len(run["metadata"]["name"]) == 63


REFUSED = {
    "no token": ({"Content-Type": "application/json"}, BODY),
    "wrong token": (HEADERS | {"Authorization": "Bearer guess"}, BODY),
    "token without its scheme": (HEADERS | {"Authorization": "secret"}, BODY),
    "resolved": (HEADERS, body(status="resolved")),
    "another alert": (HEADERS, common(alertname="DriftCheckFailed")),
    "several alerts": (HEADERS, common(alertname=None)),
    "no job": (HEADERS, common(job_name=None)),
    "another version": (HEADERS, body(version="5")),
    "something else": (HEADERS, {"ref": "main"}),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refused(case: str) -> None:
    assert not LISTENER.accepts(*REFUSED[case])


def test_argo_events_filters_the_same() -> None:
    (dependency,) = the(with_components("retrain-argo-events"), "Sensor")["spec"]["dependencies"]
    filters = {f["path"]: f["value"] for f in dependency["filters"]["data"]}
    assert filters == {
        "body.version": ["4"],
        "body.status": ["firing"],
        "body.commonLabels.alertname": ["DataDriftDetected"],
    }
    assert dependency["filters"]["dataLogicalOperator"] == "and"


def test_argo_events_names_the_job_after_the_run() -> None:
    objects = with_components("retrain-argo-events")
    (trigger,) = the(objects, "Sensor")["spec"]["triggers"]
    k8s = trigger["template"]["k8s"]
    assert k8s["source"]["resource"]["metadata"]["name"] == "retrain-"
    (parameter,) = k8s["parameters"]
    assert (parameter["dest"], parameter["operation"]) == ("metadata.name", "append")
    source = the(objects, "EventSource")
    (dependency,) = the(objects, "Sensor")["spec"]["dependencies"]
    assert dependency["eventSourceName"] == source["metadata"]["name"]
    assert dependency["eventName"] in source["spec"]["webhook"]


def test_the_retraining_waits_to_be_started() -> None:
    job = the(with_components("retrain-job"), "CronJob", "drift-check-retrain")
    assert job["spec"]["suspend"] is True
