"""Everything renders, and is what the API servers and the operators accept."""

from __future__ import annotations

import copy

import kubernetes_validate
import pytest

from support import schemas
from support.manifests import every_tree, label, overlay, the

# The oldest with podFailurePolicy for good, and the newest whose schemas there are.
OLDEST, NEWEST = "1.31", "1.37"
TREES = every_tree()


@pytest.mark.parametrize("tree", TREES)
@pytest.mark.parametrize("version", [OLDEST, NEWEST])
def test_built_in_objects(tree: str, version: str) -> None:
    builtin = [item for item in TREES[tree] if not schemas.is_custom(item)]
    for item in builtin:
        try:
            assert kubernetes_validate.validate(item, version, strict=True) == version
        except kubernetes_validate.ValidationError as error:
            pytest.fail(f"{label(item)}: {'.'.join(map(str, error.path))}: {error.message}")
    assert builtin or tree == "argocd"


@pytest.mark.parametrize("version", [OLDEST, NEWEST])
def test_an_unknown_field_is_refused(version: str) -> None:
    item = copy.deepcopy(the(overlay("test"), "CronJob"))
    item["spec"]["jobTemplate"]["spec"]["podFailurePolicy"]["rules"][0]["exitCode"] = 2
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(item, version, strict=True)


@pytest.mark.parametrize("tree", TREES)
def test_custom_resources(tree: str) -> None:
    custom = [item for item in TREES[tree] if schemas.is_custom(item)]
    custom = [
        item for item in custom if (item["apiVersion"], item["kind"]) not in schemas.WITHOUT_SCHEMA
    ]
    if not custom:
        return
    folder = schemas.folder()
    if folder is None:
        left_out = sorted({f"{item['apiVersion']} {item['kind']}" for item in custom})
        pytest.skip(f"CRD_SCHEMAS is not set, not checked: {', '.join(left_out)}")
    found = [text for item in custom for text in schemas.errors(item, folder)]
    assert not found, "\n".join(found)


def test_a_wrong_custom_resource_is_refused() -> None:
    folder = schemas.folder()
    if folder is None:
        pytest.skip(schemas.HOW_TO_GET_THEM)
    rule = copy.deepcopy(the(overlay("test"), "PrometheusRule"))
    rule["spec"]["groups"][0]["rules"][0]["keepFiringFor"] = "5m"
    assert schemas.errors(rule, folder)
