"""What a server makes of our objects, and how long it keeps their Jobs; checks find mistakes."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable

import pytest

from support import applied, pods, retention, schemas, shards
from support.manifests import K8S, Object, every_tree, load_all, overlay, the, with_components

TREES = every_tree() | {
    f"sharded with {name}": shards.with_overlay(name)
    for name in ("local", "openshift", "prod", "test")
}
CHECKS = [applied.added, applied.dropped, applied.rewritten, retention.faults]


@pytest.mark.parametrize("tree", TREES)
@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_objects_are_what_a_server_keeps(tree: str, check: Callable) -> None:
    assert list(check(TREES[tree])) == []


@pytest.mark.parametrize("tree", TREES)
def test_definitions_add_nothing_within_one_value(tree: str) -> None:
    folder = schemas.folder()
    if folder is None:
        pytest.skip(schemas.HOW_TO_GET_THEM)
    assert list(applied.added_by_definitions(TREES[tree], folder)) == []


@pytest.mark.parametrize("tree", TREES)
def test_rules_forget_a_run_when_its_job_is_deleted(tree: str) -> None:
    ages = retention.remembered(TREES[tree])
    lives = {
        spec["ttlSecondsAfterFinished"]
        for item in TREES[tree]
        if item["kind"] == "CronJob" and (spec := item["spec"]["jobTemplate"]["spec"])
    }
    assert not ages or ages == lives


def test_the_name_of_a_retraining_is_taken_while_its_alert_fires() -> None:
    """Alertmanager repeats a call; a Job that is gone would be made again."""
    objects = with_components("prometheus-rules", "retrain-job", "retrain-argo-events")
    (age,) = retention.remembered(objects)
    lives = [spec["ttlSecondsAfterFinished"] for _, spec in pods.jobs(objects)]
    assert len(lives) == 3 and min(lives) >= age


def _spec(objects: list[Object]) -> Object:
    return the(objects, "CronJob", "drift-check")["spec"]


def _job(objects: list[Object]) -> Object:
    return _spec(objects)["jobTemplate"]["spec"]


def _container(objects: list[Object]) -> Object:
    return _job(objects)["template"]["spec"]["containers"][0]


def _policy(objects: list[Object]) -> Object:
    return the(objects, "NetworkPolicy", "drift-check-pushgateway")["spec"]


MISTAKES: dict[str, tuple[Callable, Callable[[list[Object]], object], str]] = {
    "the limit deletes": (
        retention.faults,
        lambda o: _spec(o).update(failedJobsHistoryLimit=3),
        "failedJobsHistoryLimit 3",
    ),
    "the default limit deletes": (
        retention.faults,
        lambda o: _spec(o).pop("failedJobsHistoryLimit"),
        "failedJobsHistoryLimit 1",
    ),
    "a schedule of many runs": (
        retention.faults,
        lambda o: _spec(o).update(schedule="0 * * * *"),
        "247 may be there",
    ),
    "Jobs that live shorter than a week": (
        retention.faults,
        lambda o: (
            _spec(o).update(schedule="0 2 * * 1"),
            _job(o).update(ttlSecondsAfterFinished=604800),
        ),
        "is less than",
    ),
    "Jobs that live for ever": (
        retention.faults,
        lambda o: _job(o).pop("ttlSecondsAfterFinished"),
        "no ttlSecondsAfterFinished",
    ),
    "retries beyond the deadline": (
        retention.faults,
        lambda o: _job(o).update(backoffLimit=12),
        "12 retries",
    ),
    "the pass is deleted": (
        retention.faults,
        lambda o: _spec(o).update(successfulJobsHistoryLimit=0),
        "successfulJobsHistoryLimit",
    ),
    "fieldRef without a version": (
        applied.added,
        lambda o: _container(o)["env"][2]["valueFrom"]["fieldRef"].pop("apiVersion"),
        "fieldRef: the server adds apiVersion",
    ),
    "resourceFieldRef without a divisor": (
        applied.added,
        lambda o: _container(o)["env"][0]["valueFrom"]["resourceFieldRef"].pop("divisor"),
        "adds divisor",
    ),
    "a condition without its status": (
        applied.added,
        lambda o: _job(o)["podFailurePolicy"]["rules"][1]["onPodConditions"][0].pop("status"),
        "adds status",
    ),
    "a policy's port without a protocol": (
        applied.added,
        lambda o: _policy(o)["ingress"][0]["ports"][0].pop("protocol"),
        "adds protocol",
    ),
    "a service's port without a protocol": (
        applied.added,
        lambda o: the(o, "Service")["spec"]["ports"][0].pop("protocol"),
        "adds protocol",
    ),
    "an empty list": (applied.dropped, lambda o: _policy(o).update(egress=[]), "[] is dropped"),
    "an empty map": (
        applied.dropped,
        lambda o: the(o, "Service")["metadata"].update(annotations={}),
        "{} is dropped",
    ),
    "nothing": (
        applied.dropped,
        lambda o: _container(o)["env"][0].update(valueFrom=None),
        "None is dropped",
    ),
    "an empty text": (
        applied.dropped,
        lambda o: _container(o)["env"].append({"name": "X", "value": ""}),
        "'' is dropped",
    ),
    "false": (
        applied.dropped,
        lambda o: _container(o)["volumeMounts"][0].update(readOnly=False),
        "False is dropped",
    ),
    "a quantity of another form": (
        applied.rewritten,
        lambda o: _container(o)["resources"]["limits"].update(memory="1024Mi"),
        "'1Gi'",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_found(mistake: str) -> None:
    check, make, words = MISTAKES[mistake]
    objects = copy.deepcopy(overlay("test"))
    assert list(check(objects)) == []
    make(objects)
    assert words in "\n".join(check(objects))


@pytest.mark.parametrize(
    "written, kept",
    [("1000m", "1"), ("500m", "500m"), ("0.5", "500m"), ("2", "2"), ("1024Mi", "1Gi"),
     ("1.5Gi", "1536Mi"), ("100Mi", "100Mi"), ("2000", "2k")],
)  # fmt: skip
def test_quantities(written: str, kept: str) -> None:
    assert applied.canonical(written) == kept


def test_defaults_of_definitions_are_found() -> None:
    schema = {
        "properties": {
            "name": {"default": "x"},
            "ports": {"items": {"properties": {"protocol": {"default": "TCP"}, "port": {}}}},
        }
    }
    (fault,) = applied._defaults({"ports": [{"port": 1}]}, schema, "o", False)
    assert fault == "o.ports[0]: the server adds protocol"


def test_examples_in_the_text_are_what_a_server_keeps() -> None:
    text = (K8S / "README.md").read_text()
    objects = [
        item
        for block in re.findall(r"```yaml\n(.*?)```", text, re.S)
        for item in load_all(block)
        if "kind" in item
    ]
    assert [item["kind"] for item in objects] == ["Job"]
    for check in (applied.added, applied.dropped, applied.rewritten):
        assert list(check(objects)) == []
