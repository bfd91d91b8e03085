"""The component `sharded`: valid with every overlay, and its two Jobs fit each other."""

from __future__ import annotations

import copy
from collections.abc import Callable

import kubernetes_validate
import pytest

from support import node, policies, references, schemas, shards
from support.binary import known_flags
from support.manifests import Object, overlay, the, with_components
from support.shards import CHECK, SHARDS, cronjob, job, pod

# churn-mlops has its own volume and arguments; it checks one small table.
WITH = ["local", "openshift", "prod", "test"]
TREES = {"base": with_components("sharded")} | {name: shards.with_overlay(name) for name in WITH}
ALONE = TREES["base"]


@pytest.mark.parametrize("tree", TREES)
def test_shards_and_check_agree(tree: str) -> None:
    assert list(shards.faults(TREES[tree])) == []


@pytest.mark.parametrize("tree", TREES)
@pytest.mark.parametrize("check", [*policies.ALL, references.faults], ids=lambda c: c.__name__)
def test_policies_and_references(tree: str, check: Callable) -> None:
    assert list(check(TREES[tree])) == []


@pytest.mark.parametrize("tree", TREES)
@pytest.mark.parametrize("version", ["1.31", "1.37"])
def test_schemas(tree: str, version: str) -> None:
    for item in TREES[tree]:
        if not schemas.is_custom(item):
            kubernetes_validate.validate(item, version, strict=True)


@pytest.mark.parametrize("name", WITH)
def test_nothing_else_of_the_overlay_changes(name: str) -> None:
    def others(objects: list[Object]) -> dict[tuple[str, str], Object]:
        changed = {
            ("CronJob", CHECK),
            ("ConfigMap", CHECK),
            ("PersistentVolumeClaim", "drift-check-data"),
        }
        found = {(item["kind"], item["metadata"]["name"]): item for item in objects}
        return {key: item for key, item in found.items() if key not in changed}

    before, after = others(overlay(name)), others(TREES[name])
    assert before.items() <= after.items()
    (old,), (new,) = (pod(o, CHECK)["containers"] for o in (overlay(name), TREES[name]))
    assert new["args"] == [old["args"][0], "--current=/merged/current.profile", *old["args"][2:]]


@pytest.mark.parametrize("tree", TREES)
def test_claims_fit_the_nodes(tree: str) -> None:
    modes = shards.claims(TREES[tree])
    expected = ["ReadWriteOnce"] if tree == "local" else ["ReadWriteMany"]
    assert modes["drift-check-shards"] == modes["drift-check-data"] == expected
    assert modes["drift-check-report"] == ["ReadWriteOnce"]


def test_security_is_that_of_the_base() -> None:
    base = pod(with_components(), CHECK)
    for name in (CHECK, SHARDS):
        spec = pod(ALONE, name)
        for field in ("securityContext", "serviceAccountName", "enableServiceLinks"):
            assert spec[field] == base[field]
        for container in spec["containers"] + spec.get("initContainers", []):
            assert container["securityContext"] == base["containers"][0]["securityContext"]


def test_the_program_knows_every_flag() -> None:
    (drift,), (merge,) = pod(ALONE, SHARDS)["containers"], pod(ALONE, CHECK)["initContainers"]
    for container in (drift, merge):
        assert "command" not in container
        flags = {a.split("=")[0] for a in container["args"] if a.startswith("--")}
        assert flags <= known_flags()


def test_exit_code_2_stays_the_only_way_to_fail_the_check_at_once() -> None:
    rules = job(ALONE, CHECK)["podFailurePolicy"]["rules"]
    failing = [rule for rule in rules if rule["action"] == "FailJob"]
    assert [rule["onExitCodes"]["values"] for rule in failing] == [[2]]
    assert rules.index(failing[0]) == 0
    # A missing profile is waited for. A missing baseline is an error, as ever.
    policy = job(ALONE, CHECK)["podFailurePolicy"]
    assert node.action(policy, "shards", 66) == "Ignore"
    assert node.action(policy, "drift", 66) == node.action(policy, "shards", 65) == "Count"


MISTAKES: dict[str, tuple[Callable, Callable[[list[Object]], object]]] = {
    "schedule": (shards.faults, lambda o: cronjob(o, CHECK).update(schedule="5 2 * * *")),
    "time zone": (shards.faults, lambda o: cronjob(o, SHARDS).update(timeZone="Europe/Berlin")),
    "completions": (shards.faults, lambda o: job(o, SHARDS).update(completions=4)),
    "a profile that nobody reads": (
        shards.faults,
        lambda o: pod(o, CHECK)["initContainers"][0]["args"].pop(5),
    ),
    "a partition twice": (
        shards.faults,
        lambda o: pod(o, SHARDS)["containers"][0]["args"].insert(1, "/data/current/part-0.csv"),
    ),
    "another run": (
        shards.faults,
        lambda o: pod(o, CHECK)["initContainers"][0]["args"].__setitem__(
            1, "/shards/shards-drift-check/shard-0.profile"
        ),
    ),
    "another claim": (
        shards.faults,
        lambda o: pod(o, SHARDS)["volumes"][1]["persistentVolumeClaim"].update(claimName="x"),
    ),
    "deadline": (shards.faults, lambda o: job(o, SHARDS).update(activeDeadlineSeconds=3600)),
    "not indexed": (policies.job_specs, lambda o: job(o, SHARDS).pop("completionMode")),
    "no completions": (policies.job_specs, lambda o: job(o, SHARDS).pop("completions")),
    "no limit for an index": (
        policies.job_specs,
        lambda o: job(o, SHARDS).pop("backoffLimitPerIndex"),
    ),
    "index outside of an Indexed Job": (
        references.faults,
        lambda o: job(o, SHARDS).update(completionMode="NonIndexed"),
    ),
    "long name": (
        policies.job_specs,
        lambda o: the(o, "CronJob", SHARDS)["metadata"].update(name="x" * 52),
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_found(mistake: str) -> None:
    check, make = MISTAKES[mistake]
    objects = copy.deepcopy(ALONE)
    assert list(check(objects)) == []
    make(objects)
    assert list(check(objects)) != []
