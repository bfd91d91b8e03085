"""One run of the program with a fault, and what has to hold for it."""

import errno
import os
import re
import shutil
import signal
import struct
import subprocess
from dataclasses import dataclass
from pathlib import Path

from scenarios import BINARY, Scenario

# As in faults.c.
KINDS = ["alloc", "mmap", "open", "read", "write", "sync", "rename", "close", "stat", "mkdir", "thread", "net",
         "crash"]
STATE_SIZE = 8 * (len(KINDS) + 2)
TIMEOUT = 10
OLD = b"older content\n"
# Without --config's and --push-required's, which only their own mistakes lead to.
CODES_OF_FAULTS = {66, 73, 74}
FOREVER = 1 << 62


@dataclass(frozen=True)
class Fault:
    kind: str
    # An errno value; 0: reads and writes are short. Of a crash its signal.
    error: int
    at: int
    # Only that call, or all from there on.
    goes_on: bool

    @property
    def is_tolerated(self) -> bool:
        """The run has to be as if there were none."""
        return self.kind == "thread" or self.kind != "crash" and self.error in (0, errno.EINTR)

    @property
    def environment(self) -> dict[str, str]:
        return {
            "FAULTS_KIND": self.kind, "FAULTS_ERROR": str(self.error), "FAULTS_AT": str(self.at),
            "FAULTS_LAST": str(FOREVER if self.goes_on else self.at),
        }

    def __str__(self) -> str:
        what = os.strerror(self.error) if self.error else "short"
        if self.kind == "crash":
            what = signal.Signals(self.error).name
        return f"{self.kind} {self.at}{' and on' if self.goes_on else ''} ({what})"


@dataclass
class Result:
    code: int | None
    output: bytes
    message: bytes
    files: dict[str, bytes]
    counts: dict[str, int]
    injected: int = 0
    injected_messages: int = 0


class Workplace:
    """A folder in which one scenario is run again and again."""

    def __init__(self, folder: Path, inputs: Path, library: Path, scenario: Scenario) -> None:
        self.folder = folder
        self.scenario = scenario
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(inputs, folder, symlinks=True)
        self.inputs = {name: self._stamp(name) for name in os.listdir(folder)}
        self.state = folder.with_suffix(".state")
        self.streams = [folder.with_suffix(".out"), folder.with_suffix(".err")]
        self.piped = (folder / scenario.piped).read_bytes() if scenario.piped else None
        self.environment = {
            "PATH": os.environ["PATH"], "SOURCE_DATE_EPOCH": "0", "COLUMNS": "80",
            "LD_PRELOAD": str(library), "FAULTS_STATE": str(self.state),
        }

    def run(self, fault: Fault | None) -> Result:
        self.state.write_bytes(bytes(STATE_SIZE))
        self._clean()
        environment = self.environment | (fault.environment if fault else {})
        given = subprocess.DEVNULL
        if self.piped is not None:
            # It fits into the pipe.
            given, end = os.pipe()
            os.write(end, self.piped)
            os.close(end)
        with open(self.streams[0], "wb") as output, open(self.streams[1], "wb") as message:
            process = subprocess.Popen(
                [BINARY, *self.scenario.arguments], cwd=self.folder, env=environment, stdin=given,
                stdout=output, stderr=message, close_fds=self.piped is not None)
            if self.piped is not None:
                os.close(given)
            try:
                code = process.wait(TIMEOUT)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
                code = None
        *counts, injected, injected_messages = struct.unpack(
            f"{STATE_SIZE // 8}Q", self.state.read_bytes())
        return Result(
            code, self.streams[0].read_bytes(), self.streams[1].read_bytes(), self._files(),
            dict(zip(KINDS, counts)), injected, injected_messages)

    def _clean(self) -> None:
        """As it was before the first run."""
        for name in set(os.listdir(self.folder)) - self.inputs.keys():
            path = self.folder / name
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        for name in self.scenario.outputs:
            if name == "link.json":
                (self.folder / "linked.json").write_bytes(OLD)
                (self.folder / name).symlink_to("linked.json")
            elif "/" not in name:
                (self.folder / name).write_bytes(OLD)

    def _stamp(self, name: str) -> tuple[int, int]:
        status = os.lstat(self.folder / name)
        return status.st_ino, status.st_mtime_ns

    def _files(self) -> dict[str, bytes]:
        """What is there but the inputs as they were; links by where they lead to."""
        found = {}
        for folder, _, names in os.walk(self.folder):
            for name in names:
                path = Path(folder) / name
                key = str(path.relative_to(self.folder))
                if key not in self.inputs or self.inputs[key] != self._stamp(key):
                    content = path.readlink().name.encode() if path.is_symlink() else path.read_bytes()
                    found[key] = steady(content)
        return found


def steady(content: bytes) -> bytes:
    """Without what differs from run to run: durations."""
    return re.sub(rb"(?m)^(drift_check_duration_seconds\S* )\S+", rb"\1", content)


def problem(scenario: Scenario, free: Result, fault: Fault, result: Result) -> str | None:
    """What is wrong with a run; nil when nothing is. `free` is the run without a fault."""
    if result.code is None:
        return f"hangs for {TIMEOUT} s"
    if result.code < 0:
        return f"ends with signal {-result.code}"
    is_as_free = result.code == free.code
    if result.injected == 0 or fault.is_tolerated:
        if not is_as_free:
            return f"exit code {result.code}, expected {free.code}"
    elif fault.kind == "crash":
        if result.code != 70:
            return f"exit code {result.code}, expected 70"
    elif not is_as_free and result.code not in CODES_OF_FAULTS | others(scenario, fault):
        return f"exit code {result.code}"
    whole = {name: content for name, content in free.files.items() if name != "log.txt"}
    for name, content in result.files.items():
        if name == "log.txt":
            continue
        if name not in whole:
            return f"leaves {name}"
        if content not in (whole[name], before(name)):
            return f"{name} is torn"
        if is_as_free and content != whole[name]:
            return f"exit code {result.code}, but {name} is the older one"
    for name in whole:
        # In a folder that had to be made there was none.
        if name not in result.files and (is_as_free or "/" not in name):
            return f"{name} is lost"
    if is_as_free and result.output != free.output:
        return f"exit code {result.code}, but another text on standard output"
    if not is_as_free and not result.message.strip() and result.injected_messages == 0:
        return f"exit code {result.code} without a message"
    return None


def before(name: str) -> bytes:
    return b"linked.json" if name == "link.json" else OLD


def others(scenario: Scenario, fault: Fault) -> set[int]:
    """Exit codes that a scenario may have besides."""
    codes = set()
    if "--config" in scenario.arguments or "--push-basic-auth-file" in scenario.arguments:
        codes.add(78)  # the file of settings, or of credentials, cannot be read
    if "--push-required" in scenario.arguments:
        codes.add(75)
    return codes
