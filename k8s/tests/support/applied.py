"""What a server makes of an object that was applied: fields it adds, empty ones it drops.

An apply from the server side conflicts with a field that an earlier apply from the client side
left to the server, where the two are one atomic value; and a field that the server drops differs at
every apply. So our objects are written as the server keeps them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from . import schemas
from .manifests import Object, label

# Fields with a default (kubernetes: pkg/apis/*/v1/defaults.go) in one value for an apply (in
# the API `+structType=atomic`, or an element of a list `+listType=atomic`), or a key of a list.
DEFAULTED = {
    "fieldRef": {"apiVersion"},
    "resourceFieldRef": {"divisor"},
    "fileKeyRef": {"optional"},
    "roleRef": {"apiGroup"},
    "serviceAccountToken": {"expirationSeconds"},
    "ports": {"protocol"},
    "onPodConditions": {"status"},
}
# Where a list of this name is not the API's list of that name.
NOT_PORTS = {"ServiceMonitor", "PodMonitor"}
# Scalars that may be false or 0, as nothing at all is another value (pointers in the API).
OPTIONAL = {
    "automountServiceAccountToken", "enableServiceLinks", "allowPrivilegeEscalation",
    "readOnlyRootFilesystem", "runAsNonRoot", "privileged", "runAsUser", "runAsGroup", "fsGroup",
    "terminationGracePeriodSeconds", "suspend", "backoffLimit", "backoffLimitPerIndex",
    "maxFailedIndexes", "ttlSecondsAfterFinished", "parallelism", "completions", "replicas",
    "successfulJobsHistoryLimit", "failedJobsHistoryLimit", "startingDeadlineSeconds", "optional",
    "immutable", "setHostnameAsFQDN", "revisionHistoryLimit", "tolerationSeconds",
}  # fmt: skip
# Structs that may be empty: an empty one says something, none says something else.
EMPTY = {
    "podSelector", "namespaceSelector", "selector", "labelSelector", "emptyDir", "securityContext",
    "strategy",
}  # fmt: skip
# Maps of texts, where every text is a value of its own.
TEXTS = {"data", "labels", "annotations", "matchLabels", "stringData", "selector"}
QUANTITIES = {"requests", "limits", "hard"}
SUFFIXES = ["n", "u", "m", "", "k", "M", "G", "T", "P", "E"]


def added(objects: list[Object]) -> Iterator[str]:
    """What a server would add within one value."""
    for item in objects:
        for path, value in _everything(item, label(item)):
            name = re.sub(r"\[\d+\]$", "", path).rpartition(".")[2]
            if not isinstance(value, dict) or (name == "ports" and item["kind"] in NOT_PORTS):
                continue
            for field in sorted(DEFAULTED.get(name, set()) - set(value)):
                yield f"{path}: the server adds {field}"


def added_by_definitions(objects: list[Object], folder: Path) -> Iterator[str]:
    """The same for custom resources: defaults in their schemas within atomic lists and maps."""
    for item in objects:
        if schemas.is_custom(item) and (schema := schemas.schema(item, folder)):
            yield from _defaults(item, schema, label(item), False)


def _defaults(value: object, schema: Object, path: str, atomic: bool) -> Iterator[str]:
    if isinstance(value, dict):
        atomic = atomic or schema.get("x-kubernetes-map-type") == "atomic"
        known = schema.get("properties", {})
        for name, field in known.items():
            if name in value:
                yield from _defaults(value[name], field, f"{path}.{name}", atomic)
            elif atomic and "default" in field:
                yield f"{path}: the server adds {name}"
        extra = schema.get("additionalProperties")
        for name in value.keys() - known.keys() if isinstance(extra, dict) else ():
            yield from _defaults(value[name], extra, f"{path}.{name}", atomic)
    elif isinstance(value, list):
        atomic = atomic or schema.get("x-kubernetes-list-type", "atomic") == "atomic"
        for index, element in enumerate(value):
            yield from _defaults(element, schema.get("items", {}), f"{path}[{index}]", atomic)


def dropped(objects: list[Object]) -> Iterator[str]:
    """What a server would not keep. Custom resources keep everything."""
    for item in objects:
        if schemas.is_custom(item):
            continue
        for path, value in _everything(item, label(item)):
            parent, _, name = path.rpartition(".")
            if parent.rpartition(".")[2] in TEXTS and isinstance(value, str):
                continue
            if value is None or value == "" or value == []:
                # Within a list it is an element like others: the core API group is "".
                if not path.endswith("]") or value is None:
                    yield f"{path}: {value!r} is dropped"
            elif value == {} and name not in EMPTY:
                yield f"{path}: {{}} is dropped"
            elif (value is False or value == 0) and name not in OPTIONAL:
                if isinstance(value, (bool, int)):
                    yield f"{path}: {value!r} is dropped"


def rewritten(objects: list[Object]) -> Iterator[str]:
    """Quantities that a server writes in another way."""
    for item in objects:
        for path, value in _everything(item, label(item)):
            if path.split(".")[-2] in QUANTITIES and not schemas.is_custom(item):
                if (kept := canonical(str(value))) != value:
                    yield f"{path}: {value!r} is written {kept!r}"


def canonical(quantity: str) -> str:
    """The form of a quantity that the API keeps: the largest suffix without a fraction."""
    number, suffix = re.fullmatch(r"([\d.]+)(\w*)", quantity).groups()
    if suffix.endswith("i"):
        suffixes = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"]
        amount, step = Decimal(number), 1024
    else:
        suffixes, amount, step = SUFFIXES, Decimal(number), 1000
    place = suffixes.index(suffix)
    while amount % 1 and place > 0:
        amount, place = amount * step, place - 1
    while amount and amount % step == 0 and place < len(suffixes) - 1:
        amount, place = amount / step, place + 1
    return f"{amount.normalize():f}" + suffixes[place]


def _everything(value: object, path: str) -> Iterator[tuple[str, object]]:
    """Every value with its path, elements of lists as `path[0]`."""
    children = []
    if isinstance(value, dict):
        children = [(f"{path}.{name}", child) for name, child in value.items()]
    elif isinstance(value, list):
        children = [(f"{path}[{index}]", child) for index, child in enumerate(value)]
    for place, child in children:
        yield place, child
        yield from _everything(child, place)
