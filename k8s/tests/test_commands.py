"""The commands of our texts, run with kubectl against a server that has the rendered objects."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from support import commands
from support.api_server import serving
from support.binary import check, known_flags
from support.commands import Shell
from support.manifests import K8S, Object, every_tree, load_all, overlay, the
from support.world import World, pushgateway_pod

TEXT = commands.README.read_text()
ALL = list(
    dict.fromkeys(commands.of_text(TEXT) + commands.of_comments(K8S) + commands.of_alerts())
)
TREES = every_tree()
# Each is looked at in a test of its own.
APPLY, COPY = r"(kubectl|oc) apply -k ", "kubectl cp "
WAIT, NEW_PROJECT = r"kubectl .*\bwait ", "oc new-project "
RUN = [c for c in ALL if not re.match(f"{APPLY}|{COPY}|{WAIT}|{NEW_PROJECT}", c)]
WAITS = [c for c in ALL if re.match(WAIT, c) and "job/" in c]
DRIFTED, ERRED, LATE = "drift-check-29391000", "drift-check-29392440", "drift-check-29393880"
(MMD,) = [i for block in re.findall(r"```yaml\n(.*?)```", TEXT, re.S) for i in load_all(block)
          if i.get("kind") == "Job"]  # fmt: skip


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, str]]:
    """The program's message of termination and its log, of drift, much drift, and an error."""
    folder, found = tmp_path_factory.mktemp("runs"), {}
    for name, table in (("drifted", "jukebox"), ("drifted", "wdbc"), ("missing", "jukebox")):
        message = folder / "message"
        flags = [f"--termination-log={message}", "--pushgateway=http://127.0.0.1:9"]
        run = check(name, folder / "report.json", *flags, table=table)
        found[f"{name} {table}"] = message.read_text(), run.stderr
    return found


@pytest.fixture
def world(runs: dict[str, tuple[str, str]]) -> World:
    made = World()
    pushgateway_pod(made)
    job = made.job(DRIFTED, "drift-check", "drift")
    made.pod(job, runs["drifted jukebox"][0], 2, runs["drifted jukebox"][1])
    job = made.job(ERRED, "drift-check", "error")
    made.pod(job, runs["missing jukebox"][0], 66, runs["missing jukebox"][1])
    # After a deadline the pod is deleted.
    made.job(LATE, "drift-check", "deadline")
    job = made.job(f"shards-{DRIFTED}", "shards-drift-check", "error")
    job["status"]["failedIndexes"] = "3"
    made.store.put(job)
    made.pod(job, "data error", 65, '{"event": "error"}\n', suffix="3-x7k2p")
    for name in ("cluster", "user-workload"):
        namespace = "openshift-monitoring" if name == "cluster" else f"openshift-{name}-monitoring"
        meta = {"name": f"{name}-monitoring-config", "namespace": namespace}
        made.store.put({"apiVersion": "v1", "kind": "ConfigMap", "metadata": meta, "data": {}})
    return made


@pytest.fixture
def shell(world: World, tmp_path: Path) -> Iterator[Shell]:
    with serving(world.store) as address:
        yield Shell.at(tmp_path, address, "drift-check")


def filled(command: str, job: str = DRIFTED) -> str:
    """With something in place of what a reader puts in: NAME, JOB and so on."""
    return re.sub(r"\bJOB\b", job, re.sub(r"\bNAME\b", "by-name", command))


def succeeded(shell: Shell, command: str) -> str:
    run = shell.run(command)
    assert run.returncode == 0, f"{command}: {run.stderr}"
    # A selector that nothing matches is no error for kubectl.
    assert run.stdout.strip(), f"{command}: no output: {run.stderr}"
    return run.stdout


def test_there_are_commands_to_run() -> None:
    assert len(RUN) > 20 and len(WAITS) >= 2
    text = " ".join(ALL)
    for part in ("describe pod -l", "describe job", "jsonpath", "| sed", "logs", "patch", "delete"):
        assert part in text


@pytest.mark.parametrize("command", RUN)
def test_command(command: str, shell: Shell) -> None:
    # Where a text says NAME or JOB of something to look at, any Job will do.
    command = command.replace("job/NAME", "job/JOB")
    succeeded(shell, filled(command))


@pytest.mark.parametrize("command", [c for c in RUN if re.search(r"\bJOB\b", c) and "|" not in c])
def test_command_for_a_run_without_a_verdict(command: str, shell: Shell) -> None:
    succeeded(shell, filled(command, ERRED))


def test_commands_for_a_run_that_took_too_long(shell: Shell) -> None:
    section = TEXT.split("### DriftCheckFailed")[1].split("###")[0]
    (row,) = [line for line in section.splitlines() if line.startswith("| none, `Deadline")]
    assert LATE in succeeded(shell, filled("kubectl describe job JOB", LATE))
    assert "`kubectl describe job JOB`" in row
    (reason,) = [c for c in commands.of_text(section) if "reason" in c]
    assert succeeded(shell, filled(reason, LATE)) == "DeadlineExceeded"
    # What the row says of the pod.
    assert shell.run(f"kubectl describe pod -l job-name={LATE}").stdout == ""
    assert "143" in row and "137" not in row and "component `logging`" in row


def test_output_in_the_text_is_what_kubectl_prints(shell: Shell) -> None:
    (console,) = re.findall(r"```console\n(.*?)```", TEXT, re.S)
    shown = re.findall(r"^\$ (.+)\n((?:(?!\$ ).*\n)*)", console, re.M)
    assert len(shown) == 3
    for command, output in shown[1:]:
        # The server of the tests has no tables, so not `kubectl get jobs`.
        assert succeeded(shell, command).rstrip() == output.rstrip()


@pytest.mark.parametrize("table", ["jukebox", "wdbc"])
def test_the_verdict_is_shown_to_its_exit_code(
    table: str, world: World, shell: Shell, runs: dict[str, tuple[str, str]]
) -> None:
    message = runs[f"drifted {table}"][0]
    assert message.count("\n") >= 4
    world.pod(world.store.get("Job", "drift-check", DRIFTED), message, 2)
    (command,) = [c for c in ALL if "describe pod" in c and "|" in c]
    output = succeeded(shell, command)
    assert message.strip() in output and "Exit Code:    2" in output
    # The lines that were counted before.
    cut = shell.run(re.sub(r"\| .*", "| grep -A 5 'State:'", command)).stdout
    assert "State:" in cut and "Exit Code" not in cut


def start(world: World, command: str) -> tuple[Object, str]:
    """The Job that a command waits for is made, and how to ask for its conditions."""
    words = shlex.split(command)
    (name,) = [word.split("/")[1] for word in words if word.startswith("job/")]
    namespace = words[words.index("-n") + 1] if "-n" in words else "drift-check"
    if name == MMD["metadata"]["name"]:
        meta = MMD["metadata"] | {"namespace": namespace}
        job = world.store.put(MMD | {"metadata": meta})
    else:
        job = world.job(name, "drift-check", namespace=namespace)
    world.store.made(job)
    ask = f"kubectl -n {namespace} get job {name} -o jsonpath='{{.status.conditions[*].type}}'"
    return job, ask


@pytest.mark.parametrize("command", WAITS)
@pytest.mark.parametrize("end", ["complete", "drift", "error", "deadline"])
def test_waiting_ends_when_the_job_does(
    command: str, end: str, world: World, shell: Shell
) -> None:
    world.end = end
    job, _ = start(world, command)
    succeeded(shell, command)
    meta = job["metadata"]
    conditions = world.store.get("Job", meta["namespace"], meta["name"])["status"]["conditions"]
    assert conditions[-1]["type"] == ("Complete" if end == "complete" else "Failed")
    # It waits for as long as the Job may take.
    amount, unit = re.search(r"--timeout=(\d+)([mh])", command).groups()
    seconds = int(amount) * {"m": 60, "h": 3600}[unit]
    assert seconds > job["spec"]["activeDeadlineSeconds"]


def test_waiting_in_other_ways_is_seen_to_fail(world: World, shell: Shell) -> None:
    world.end, world.pause = "drift", 1
    command = WAITS[0]
    _, ask = start(world, command)
    early = re.sub(r"--for=\S+", "--for=jsonpath='{.status.conditions}'", command)
    succeeded(shell, early)
    assert succeeded(shell, ask).split() == ["FailureTarget"]
    never = re.sub(r"--for=\S+", "--for=condition=Complete", command)
    assert shell.run(re.sub(r"--timeout=\S+", "--timeout=2s", never)).returncode == 1


def test_a_command_for_what_is_not_there_is_seen_to_fail(shell: Shell) -> None:
    for command in (
        "kubectl logs -l batch.kubernetes.io/job-name=drift-check-2",
        "kubectl create job by-hand --from=cronjob/drift-checks",
        "kubectl get job JOB -o jsonpath='{.status.verdict}'",
        "kubectl logs deployment/pushgateway",
    ):
        with pytest.raises(AssertionError):
            succeeded(shell, filled(command))


@pytest.mark.parametrize("command", [c for c in RUN if "--dry-run" in c])
def test_changed_runs_have_a_report_of_their_own(
    command: str, world: World, shell: Shell
) -> None:
    succeeded(shell, command)
    made = world.store.get("Job", "drift-check", "by-hand")
    (owner,) = made["metadata"]["ownerReferences"]
    # The alerts know it by its owner.
    assert (owner["kind"], owner["name"]) == ("CronJob", "drift-check")
    (container,) = made["spec"]["template"]["spec"]["containers"]
    flags = [argument.split("=")[0] for argument in container["args"]]
    # The program refuses a flag that is there twice.
    assert len(flags) == len(set(flags)) and set(flags) <= known_flags()
    assert "--output=/report/by-hand.json" in container["args"]


@pytest.mark.parametrize("command", [c for c in ALL if re.match(APPLY, c)])
def test_applied_folders_render(command: str) -> None:
    folder = Path(shlex.split(command)[3])
    assert folder.relative_to("k8s").as_posix() in TREES


@pytest.mark.parametrize("command", [c for c in ALL if re.match(COPY, c)])
def test_copied_files_have_a_place(command: str) -> None:
    source, target = shlex.split(command)[2:]
    assert (K8S.parent / source).is_file()
    namespace, name, path = re.fullmatch(r"([\w-]+)/([\w-]+):(.+)", target).groups()
    pod = the(overlay("local"), "Pod", name)
    assert pod["metadata"]["namespace"] == namespace
    (container,) = pod["spec"]["containers"]
    writable = [m["mountPath"] for m in container["volumeMounts"] if not m.get("readOnly")]
    assert str(Path(path).parent) in writable


def test_the_loader_is_waited_for(world: World, shell: Shell) -> None:
    (command,) = [c for c in ALL if re.match(WAIT, c) and "pod/loader" in c]
    pod = world.store.get("Pod", "drift-check", "loader")
    pod["status"] = {"conditions": [{"type": "Ready", "status": "True"}]}
    world.store.put(pod)
    succeeded(shell, command)
