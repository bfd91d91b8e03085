"""What the API servers check and no schema says, as functions from objects to faults."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .manifests import Object, label
from .pods import Pod, jobs, pods

DNS_LABEL = re.compile(r"[a-z0-9]([-a-z0-9]*[a-z0-9])?")
DNS_SUBDOMAIN = re.compile(r"[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*")
LABEL_VALUE = re.compile(r"([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?")
CRON_FIELD = re.compile(r"(\*|\d+(-\d+)?)(/\d+)?(,(\*|\d+(-\d+)?)(/\d+)?)*")

# A Job's name is the CronJob's, a dash and the minutes since 1970; a pod's label has 63 characters.
LONGEST_CRONJOB = 52
RESTRICTED_VOLUMES = {
    "configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "persistentVolumeClaim",
    "projected", "secret",
}  # fmt: skip


def names(objects: list[Object]) -> Iterator[str]:
    seen: set[tuple] = set()
    for item in objects:
        name = item["metadata"]["name"]
        key = (item["apiVersion"].split("/")[0], item["kind"], name)
        if key in seen:
            yield f"{label(item)}: twice"
        seen.add(key)
        longest = {"CronJob": LONGEST_CRONJOB, "Service": 63, "Namespace": 63}.get(
            item["kind"], 253
        )
        pattern = DNS_LABEL if item["kind"] in ("Service", "Namespace") else DNS_SUBDOMAIN
        if len(name) > longest or not pattern.fullmatch(name):
            yield f"{label(item)}: not a valid name"
        # The operator makes the Service `el-NAME` of it.
        if item["kind"] == "EventListener" and len(f"el-{name}") > 63:
            yield f"{label(item)}: its Service's name would be too long"
        for key, value in item["metadata"].get("labels", {}).items():
            if len(value) > 63 or not LABEL_VALUE.fullmatch(value):
                yield f"{label(item)}: label {key}={value!r}"


def schedules(objects: list[Object]) -> Iterator[str]:
    for item in objects:
        if item["kind"] != "CronJob":
            continue
        spec = item["spec"]
        fields = spec["schedule"].split()
        if len(fields) != 5 or not all(CRON_FIELD.fullmatch(field) for field in fields):
            yield f"{label(item)}: schedule {spec['schedule']!r}"
        if spec.get("timeZone") == "Local":
            yield f"{label(item)}: time zone Local"


def job_specs(objects: list[Object]) -> Iterator[str]:
    for where, spec in jobs(objects):
        template = spec["template"]["spec"]
        if template.get("restartPolicy") not in ("Never", "OnFailure"):
            yield f"{where}: restartPolicy {template.get('restartPolicy')}"
        yield from _indexes(where, spec)
        policy = spec.get("podFailurePolicy")
        if policy is None:
            continue
        if template["restartPolicy"] != "Never":
            yield f"{where}: podFailurePolicy needs restartPolicy Never"
        if spec.get("podReplacementPolicy", "Failed") != "Failed":
            yield f"{where}: podFailurePolicy needs podReplacementPolicy Failed"
        containers = {
            c["name"] for c in template["containers"] + template.get("initContainers", [])
        }
        for rule in policy["rules"]:
            codes = rule.get("onExitCodes")
            if (codes is None) == (rule.get("onPodConditions") is None):
                yield f"{where}: a rule has either exit codes or conditions"
            if codes is None:
                continue
            values = codes["values"]
            if values != sorted(set(values)) or not 1 <= len(values) <= 255:
                yield f"{where}: exit codes {values} are not sorted and unique"
            if codes["operator"] == "In" and 0 in values:
                yield f"{where}: exit code 0 is no failure"
            if codes.get("containerName", next(iter(containers))) not in containers:
                yield f"{where}: no container {codes['containerName']}"


def _indexes(where: str, spec: Object) -> Iterator[str]:
    indexed = spec.get("completionMode") == "Indexed"
    if indexed and "completions" not in spec:
        yield f"{where}: an Indexed Job needs completions"
    # The host name of a pod: the Job's name, at most 11 characters longer than the CronJob's, and
    # the index.
    name = where.partition("/")[2]
    if indexed and len(f"{name}-{'0' * 10}-{spec.get('completions', 1) - 1}") > 63:
        yield f"{where}: its pods' host names would be too long"
    per_index = "backoffLimitPerIndex" in spec
    if per_index and not indexed:
        yield f"{where}: backoffLimitPerIndex needs completionMode Indexed"
    if "maxFailedIndexes" in spec and not per_index:
        yield f"{where}: maxFailedIndexes needs backoffLimitPerIndex"
    rules = spec.get("podFailurePolicy", {}).get("rules", [])
    if any(rule["action"] == "FailIndex" for rule in rules) and not per_index:
        yield f"{where}: FailIndex needs backoffLimitPerIndex"


def restricted(objects: list[Object]) -> Iterator[str]:
    """Pod Security `restricted`, and what we ask for beyond it."""
    for pod in pods(objects):
        context = pod.spec.get("securityContext", {})
        if not context.get("runAsNonRoot"):
            yield f"{pod.where}: runAsNonRoot"
        if context.get("seccompProfile", {}).get("type") not in ("RuntimeDefault", "Localhost"):
            yield f"{pod.where}: seccompProfile"
        if context.get("runAsUser") == 0:
            yield f"{pod.where}: runs as root"
        for field in ("hostNetwork", "hostPID", "hostIPC"):
            if pod.spec.get(field):
                yield f"{pod.where}: {field}"
        for volume in pod.spec.get("volumes", []):
            kinds = set(volume) - {"name"}
            if not kinds <= RESTRICTED_VOLUMES:
                yield f"{pod.where}: volume {volume['name']}: {kinds}"
        if pod.spec.get("automountServiceAccountToken") is not False:
            yield f"{pod.where}: gets a token that it does not need"
        for container in pod.containers:
            yield from _restricted_container(pod, container)


def _restricted_container(pod: Pod, container: Object) -> Iterator[str]:
    where = f"{pod.where}: {container['name']}"
    context = container.get("securityContext", {})
    if context.get("allowPrivilegeEscalation") is not False:
        yield f"{where}: allowPrivilegeEscalation"
    if context.get("capabilities", {}).get("drop") != ["ALL"]:
        yield f"{where}: capabilities"
    if context.get("runAsUser") == 0 or context.get("privileged"):
        yield f"{where}: root or privileged"
    if context.get("readOnlyRootFilesystem") is not True:
        yield f"{where}: its root is writable"
    resources = container.get("resources", {})
    requests, limits = resources.get("requests", {}), resources.get("limits", {})
    if not {"cpu", "memory"} <= set(requests) or "memory" not in limits:
        yield f"{where}: resources"


def images(objects: list[Object]) -> Iterator[str]:
    """Every image has a version, also deep inside a pipeline."""
    for item in objects:
        for image in _values(item, "image"):
            if ":" not in image.rpartition("/")[2] or image.endswith(":latest"):
                yield f"{label(item)}: image {image} without a version"


def _values(value: object, key: str) -> Iterator[str]:
    children = value.values() if isinstance(value, dict) else value
    if isinstance(value, dict) and isinstance(value.get(key), str):
        yield value[key]
    if isinstance(value, (dict, list)):
        for child in children:
            yield from _values(child, key)


ALL = [names, schedules, job_specs, restricted, images]
