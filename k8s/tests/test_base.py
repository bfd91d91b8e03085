"""What the CronJob promises, in every overlay."""

from __future__ import annotations

import pytest

from support.binary import known_flags
from support.manifests import OVERLAYS, Object, of_kind, overlay, the

CHECKS = {"churn-mlops": "churn-drift-daily"}


def cronjob(name: str) -> Object:
    return the(overlay(name), "CronJob", CHECKS.get(name, "drift-check"))


@pytest.mark.parametrize("name", OVERLAYS)
def test_only_exit_code_2_fails_the_job_at_once(name: str) -> None:
    job = cronjob(name)["spec"]["jobTemplate"]["spec"]
    failing = [r for r in job["podFailurePolicy"]["rules"] if r["action"] == "FailJob"]
    assert failing == [
        {
            "action": "FailJob",
            "onExitCodes": {"containerName": "drift", "operator": "In", "values": [2]},
        }
    ]
    assert job["backoffLimit"] >= 1


@pytest.mark.parametrize("name", OVERLAYS)
def test_alerts_have_time_to_fire(name: str) -> None:
    """How much time, and how many Jobs that are: test_applied.py."""
    spec = cronjob(name)["spec"]
    # A day, but where nothing raises alerts.
    least = 86400 if of_kind(overlay(name), "PrometheusRule") else 3600
    assert spec["jobTemplate"]["spec"]["ttlSecondsAfterFinished"] >= least
    assert spec["concurrencyPolicy"] == "Forbid"
    assert "/" in spec["timeZone"]


@pytest.mark.parametrize("name", OVERLAYS)
def test_the_program_is_run_directly(name: str) -> None:
    pod = cronjob(name)["spec"]["jobTemplate"]["spec"]["template"]["spec"]
    (container,) = pod["containers"]
    assert container["name"] == "drift"
    assert "command" not in container
    assert all(argument.startswith("--") for argument in container["args"])
    threads = {
        variable["name"]: variable["valueFrom"]["resourceFieldRef"]["resource"]
        for variable in container["env"]
        if "resourceFieldRef" in variable["valueFrom"]
    }
    assert threads == {"DRIFT_CHECK_THREADS": "limits.cpu", "OPENBLAS_NUM_THREADS": "limits.cpu"}
    data = {mount["mountPath"]: mount.get("readOnly", False) for mount in container["volumeMounts"]}
    assert sorted(data.values()) == [False, True]


@pytest.mark.parametrize("name", OVERLAYS)
def test_the_program_knows_every_flag(name: str) -> None:
    pod = cronjob(name)["spec"]["jobTemplate"]["spec"]["template"]["spec"]
    flags = {argument.split("=")[0] for argument in pod["containers"][0]["args"]}
    assert flags <= known_flags()


@pytest.mark.parametrize("name", ["test", "prod", "openshift"])
def test_argo_cd_ignores_the_health_of_the_check(name: str) -> None:
    annotations = cronjob(name)["metadata"]["annotations"]
    assert annotations["argocd.argoproj.io/ignore-healthcheck"] == "true"


def test_openshift_leaves_users_and_groups_to_the_cluster() -> None:
    for kind in ("CronJob", "Deployment"):
        item = the(overlay("openshift"), kind)
        spec = item["spec"]
        if kind == "CronJob":
            spec = spec["jobTemplate"]["spec"]
        context = spec["template"]["spec"]["securityContext"]
        assert not {"runAsUser", "runAsGroup", "fsGroup"} & set(context)
    assert "Namespace" not in {item["kind"] for item in overlay("openshift")}


def test_churn_mlops_is_a_drop_in() -> None:
    item = cronjob("churn-mlops")
    assert item["metadata"]["namespace"] == "churn-mlops"
    assert item["spec"]["schedule"] == "0 1 * * *"
    pod = item["spec"]["jobTemplate"]["spec"]["template"]["spec"]
    assert [m["mountPath"] for m in pod["containers"][0]["volumeMounts"]] == [
        "/app/data",
        "/app/artifacts",
    ]
    (volume,) = pod["volumes"]
    assert volume["persistentVolumeClaim"] == {"claimName": "churn-mlops-pvc"}
