"""How long finished Jobs stay: history limits against alerts and `ttlSecondsAfterFinished`."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from cronsim import CronSim

from . import rules
from .manifests import Object, label, of_kind

# Runs by hand that fail beside the scheduled ones; they count for the limits, too.
BY_HAND = 5
# The controller's defaults.
SUCCESSFUL, FAILED = 3, 1
# What a series is looked back for, and the longest time between two evaluations.
SEEN = 300 + 60
# A year from here has summer time, a leap day and both new years.
START = datetime.datetime(2027, 12, 25)
# Between two tries: 10 s, doubled up to this.
LONGEST_BACKOFF = 600
UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}


def seconds(duration: str) -> int:
    """A duration of Prometheus."""
    return sum(int(n) * UNITS[unit] for n, unit in re.findall(r"(\d+)([smhdw])", duration))


def gaps(schedule: str) -> tuple[int, int]:
    """The shortest and the longest time between two runs."""
    runs = CronSim(schedule, START)
    last, found = next(runs), []
    while last < START + datetime.timedelta(days=400) and len(found) < 1000:
        following = next(runs)
        found.append(int((following - last).total_seconds()))
        last = following
    return min(found), max(found)


def longest_wait(objects: list[Object], cronjob: str) -> int:
    """The seconds that an alert on the Jobs of this CronJob may take to fire or to end."""
    waits = [0]
    for rule in rules.rules(objects):
        if "alert" in rule and f'cronjob="{cronjob}"' in rule["expr"] and "job_" in rule["expr"]:
            waits += [seconds(rule.get(field, "0s")) for field in ("for", "keep_firing_for")]
    return max(waits)


def most_finished(spec: Object) -> int:
    """How many Jobs of this CronJob can be within their time to live at once."""
    job = spec["jobTemplate"]["spec"]
    # Nothing but hands starts a suspended one.
    if spec.get("suspend"):
        return BY_HAND
    shortest, _ = gaps(spec["schedule"])
    window = job["ttlSecondsAfterFinished"] + job["activeDeadlineSeconds"]
    return window // shortest + 1 + BY_HAND


def faults(objects: list[Object]) -> Iterator[str]:
    for item in of_kind(objects, "CronJob"):
        spec, job = item["spec"], item["spec"]["jobTemplate"]["spec"]
        for field in ("ttlSecondsAfterFinished", "activeDeadlineSeconds", "backoffLimit"):
            # Without them Jobs stay or run for ever, or are tried as often as the default says.
            if field not in job and not (field == "backoffLimit" and "backoffLimitPerIndex" in job):
                yield f"{label(item)}: no {field}"
        if not {"ttlSecondsAfterFinished", "activeDeadlineSeconds"} <= set(job):
            continue
        retries = job.get("backoffLimitPerIndex", job.get("backoffLimit", 6))
        waiting = sum(min(10 * 2**attempt, LONGEST_BACKOFF) for attempt in range(retries))
        if waiting >= job["activeDeadlineSeconds"]:
            yield f"{label(item)}: the deadline ends it while it waits for its {retries} retries"
        limit, most = spec.get("failedJobsHistoryLimit", FAILED), most_finished(spec)
        if limit < most:
            yield (
                f"{label(item)}: failedJobsHistoryLimit {limit} deletes failed Jobs before their "
                f"time to live is over: {most} may be there"
            )
        # The newest pass ends the alerts; before it is one that is being replaced.
        if spec.get("successfulJobsHistoryLimit", SUCCESSFUL) < 2:
            yield f"{label(item)}: successfulJobsHistoryLimit below 2"
        if spec.get("suspend"):
            continue
        # Until the next run has ended, too, and the alert on it has fired.
        _, longest = gaps(spec["schedule"])
        wait = longest_wait(objects, item["metadata"]["name"])
        least = longest + job["activeDeadlineSeconds"] + wait + SEEN
        if job["ttlSecondsAfterFinished"] < least:
            yield (
                f"{label(item)}: ttlSecondsAfterFinished {job['ttlSecondsAfterFinished']} is less "
                f"than {least}, a run to the next one and its alerts"
            )


def remembered(objects: list[Object]) -> set[int]:
    """The ages, in seconds, at which the rules forget a run."""
    expressions = "\n".join(rule["expr"] for rule in rules.rules(objects))
    return set(map(int, re.findall(r"> time\(\) - (\d+)", expressions)))
