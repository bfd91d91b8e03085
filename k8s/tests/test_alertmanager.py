"""Which alert goes where, with Alertmanager's own tool."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from support import alertmanager
from support.manifests import Object, of_kind, overlay, the, with_components

SECRETS = {
    "drift-check-retrain": {
        "url": "http://127.0.0.1:1/",
        "token": "t",
        "authorization": "Bearer t",
    },
    "drift-check-gitlab": {
        "url": "https://gitlab.example.com/api/v4/projects/1/ref/main/trigger/pipeline?token=t"
    },
}
NULL = "null"
DRIFT = {"alertname": "DataDriftDetected", "severity": "critical", "job_name": "drift-check-1"}
# Objects, their namespace, and the receiver of drift in it.
CASES = {
    "prod": (overlay("prod"), "drift-check-prod", "drift-check/retrain"),
    "openshift": (overlay("openshift"), "drift-check", "drift-check/retrain"),
    "gitlab": (with_components("retrain-gitlab"), "drift-check", "drift-check-gitlab/gitlab"),
}


@pytest.fixture(params=CASES)
def case(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, str, str]:
    objects, namespace, receiver = CASES[request.param]
    path = tmp_path / "alertmanager.yaml"
    alertmanager.write(objects, SECRETS, path)
    return path, namespace, f"{namespace}/{receiver}"


def receivers(path: Path, **labels: str) -> list[str]:
    arguments = [f"{name}={value}" for name, value in labels.items()]
    run = subprocess.run(
        ["amtool", "config", "routes", "test", f"--config.file={path}", *arguments],
        capture_output=True,
        text=True,
        check=True,
    )
    return run.stdout.strip().split(",")


def test_configuration(case: tuple[Path, str, str]) -> None:
    run = subprocess.run(["amtool", "check-config", case[0]], capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr


def test_drift_starts_the_retraining(case: tuple[Path, str, str]) -> None:
    path, namespace, receiver = case
    assert receivers(path, namespace=namespace, **DRIFT) == [receiver]


@pytest.mark.parametrize(
    "alertname",
    [
        "DriftCheckFailed",
        "DriftCheckLate",
        "DriftCheckMissing",
        "FeatureDriftDetected",
        "KubeJobFailed",
    ],
)
def test_nothing_else_does(case: tuple[Path, str, str], alertname: str) -> None:
    path, namespace, _ = case
    assert receivers(path, namespace=namespace, alertname=alertname) == [NULL]


@pytest.mark.parametrize("namespace", ["other", ""])
def test_drift_of_another_namespace_does_not(case: tuple[Path, str, str], namespace: str) -> None:
    assert receivers(case[0], namespace=namespace, **DRIFT) == [NULL]


def test_the_two_versions_say_the_same() -> None:
    def config(name: str) -> Object:
        return the(with_components(name), "AlertmanagerConfig")

    beta, alpha = config("alertmanager-config"), config("alertmanager-config-v1alpha1")
    assert beta["apiVersion"] == "monitoring.coreos.com/v1beta1"
    assert alpha["apiVersion"] == "monitoring.coreos.com/v1alpha1"
    assert beta["spec"] == alpha["spec"]


@pytest.mark.parametrize("name", ["prod", "openshift"])
def test_alerts_of_earlier_jobs_are_held_back(name: str) -> None:
    (config,) = of_kind(overlay(name), "AlertmanagerConfig")
    (pattern,) = [
        matcher["value"]
        for rule in config["spec"]["inhibitRules"]
        for matcher in rule["targetMatch"]
        if matcher["name"] == "job_name"
    ]
    check = the(overlay(name), "CronJob")["metadata"]["name"]
    assert re.fullmatch(pattern, f"{check}-29391000")
    assert not re.fullmatch(pattern, f"{check}-retrain-29391000")


@pytest.mark.parametrize("name", ["prod", "openshift"])
def test_each_platform_gets_the_version_that_it_serves(name: str) -> None:
    version = {"prod": "v1alpha1", "openshift": "v1beta1"}[name]
    (config,) = of_kind(overlay(name), "AlertmanagerConfig")
    assert config["apiVersion"] == f"monitoring.coreos.com/{version}"
