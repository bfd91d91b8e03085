"""Runs the fuzz targets, two at a time, and says what they found.

    python3 Tests/Fuzz/fuzz.py [MINUTES] [TARGET...]

Begins with the kept inputs of fixtures/fuzz and with those of runs before, in .build/fuzz-corpus. An
input that makes a target fail is kept in .build/fuzz-finds, and the exit code is 1. With KEEP=1 the
smallest set of inputs that reaches as much is written to fixtures/fuzz.
"""

import os
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
PROGRAM = PROJECT / ".build/fuzz/release/drift-fuzz"
KEPT = PROJECT / "fixtures/fuzz"
FOUND = PROJECT / ".build/fuzz-corpus"
FINDS = PROJECT / ".build/fuzz-finds"
AT_ONCE = 2
# An input may take this long, and this much memory, at most.
SECONDS, MEGABYTES, MEGABYTES_AT_ONCE = 10, 2048, 512
# Words of formats, where there are some.
DICTIONARIES = {"arrays": "arrays.dict", "yaml": "configuration.dict", "json": "configuration.dict"}
# Of a target's kept inputs.
MOST_KEPT = 48


def environment(target: str) -> dict[str, str]:
    return os.environ | {
        "FUZZ_TARGET": target,
        "OPENBLAS_NUM_THREADS": "1",
        "SWIFT_BACKTRACE": "enable=no",
        "ASAN_OPTIONS": "allocator_may_return_null=1:detect_leaks=0",
        "UBSAN_OPTIONS": "print_stacktrace=1",
    }


def run(target: str, size: int, minutes: float) -> tuple[str, bool]:
    """Runs a target; gives a line about it and whether it found nothing."""
    corpus, finds = FOUND / target, FINDS / target
    corpus.mkdir(parents=True, exist_ok=True)
    finds.mkdir(parents=True, exist_ok=True)
    log = FINDS / f"{target}.log"
    before = set(finds.iterdir())
    with log.open("wb") as output:
        code = subprocess.run(
            [
                PROGRAM, corpus, KEPT / target, f"-max_total_time={max(1, round(60 * minutes))}",
                f"-timeout={SECONDS}", f"-rss_limit_mb={MEGABYTES}",
                f"-malloc_limit_mb={MEGABYTES_AT_ONCE}", f"-max_len={size}",
                f"-artifact_prefix={finds}/", "-print_final_stats=1", "-use_value_profile=1",
                "-timeout_exitcode=1",
                *([f"-dict={KEPT / DICTIONARIES[target]}"] if target in DICTIONARIES else []),
            ],
            env=environment(target), stdout=output, stderr=subprocess.STDOUT, check=False,
        ).returncode
    text = log.read_text(errors="replace")
    last = re.findall(r"#(\d+).*cov: (\d+) ft: (\d+)", text)
    executions, edges, features = last[-1] if last else ("0", "0", "0")
    new = sorted(set(finds.iterdir()) - before)
    line = f"{target:<12} {executions:>9} executions {edges:>6} edges {features:>7} features"
    if code == 0 and not new:
        return f"{line}  nothing found", True
    reason = re.search(r"(Fatal error: .*|ERROR: .*|runtime error: .*)", text)
    line += f"  FOUND: {reason[1][:300] if reason else f'exit code {code}'}"
    for find in new:
        line += f"\n    FUZZ_TARGET={target} {PROGRAM.relative_to(PROJECT)} {find}"
    return f"{line}\n    {log}", False


def keep(target: str) -> None:
    """Writes the smallest set of inputs that reaches the same edges."""
    chosen = FOUND / f"{target}.chosen"
    shutil.rmtree(chosen, ignore_errors=True)
    chosen.mkdir(parents=True)
    subprocess.run(
        [PROGRAM, "-set_cover_merge=1", "-use_counters=0", chosen, KEPT / target, FOUND / target],
        env=environment(target), capture_output=True, check=False,
    )
    files = sorted(chosen.iterdir(), key=lambda file: (file.stat().st_size, file.name))
    # Names that say why an input is there stay.
    for file in (KEPT / target).glob("*"):
        if re.fullmatch(r"[0-9a-f]{40}", file.name):
            file.unlink()
    (KEPT / target).mkdir(parents=True, exist_ok=True)
    # Large ones reach most.
    for file in files[-MOST_KEPT:]:
        shutil.copy(file, KEPT / target / file.name)
    print(f"{target}: {len(files[-MOST_KEPT:])} of {len(files)} inputs kept")


def main() -> int:
    minutes = float(sys.argv[1]) if len(sys.argv) > 1 else 10
    listed = subprocess.run([PROGRAM, "--targets"], capture_output=True, text=True, check=True)
    targets = dict(line.split() for line in listed.stdout.splitlines())
    wanted = sys.argv[2:] or list(targets)
    for target in wanted:
        if target not in targets:
            print(f"no target '{target}', expected one of {', '.join(targets)}", file=sys.stderr)
            return 64
        if not any((KEPT / target).glob("*")) and not os.environ.get("KEEP"):
            print(f"no kept inputs in {KEPT / target}", file=sys.stderr)
            return 66
    isClean = True
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for line, nothing in pool.map(lambda t: run(t, int(targets[t]), minutes), wanted):
            print(line, flush=True)
            isClean = isClean and nothing
    if os.environ.get("KEEP"):
        for target in wanted:
            keep(target)
    return 0 if isClean else 1


if __name__ == "__main__":
    sys.exit(main())
