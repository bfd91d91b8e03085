"""What the figures were measured on and with."""

from __future__ import annotations

import platform
import subprocess
from pathlib import Path

import workloads


def first_line(*command: str | Path) -> str:
  try:
    done = subprocess.run(command, capture_output=True, text=True)
  except OSError:
    return ""
  lines = (done.stdout or done.stderr).strip().splitlines() if done.returncode == 0 else []
  return lines[0] if lines else ""


def processor_field(field: str) -> str:
  for line in Path("/proc/cpuinfo").read_text().splitlines():
    if line.split(":")[0].strip() == field:
      return line.split(":", 1)[1].strip()
  return ""


def memory_gb(field: str) -> float:
  for line in Path("/proc/meminfo").read_text().splitlines():
    if line.startswith(field + ":"):
      return int(line.split()[1]) / 1e6
  return 0


def free_gb() -> float:
  return memory_gb("MemAvailable")


def describe() -> dict[str, str]:
  flags = processor_field("flags").split()
  widest = next((name for name, flag in (("AVX-512", "avx512f"), ("AVX2", "avx2"))
                 if flag in flags), "no AVX2")
  system = first_line("sh", "-c", ". /etc/os-release && echo $PRETTY_NAME")
  return {"processor": f"{processor_field('model name')} ({widest})",
          "memory": f"{memory_gb('MemTotal'):.0f} GB",
          "system": f"{system}, Linux {platform.release()}, {' '.join(platform.libc_ver())}"}


def packages(python: Path, names: tuple[str, ...]) -> dict[str, str]:
  script = ("import importlib.metadata as m, sys\n"
            "for n in sys.argv[1:]: print(n, m.version(n))")
  done = subprocess.run([python, "-c", script, *names], capture_output=True, text=True)
  return dict(line.split() for line in done.stdout.splitlines())


def versions() -> dict[str, str]:
  found = {"drift-check": first_line(workloads.BINARY, "--version"),
           "commit": first_line("git", "-C", workloads.HERE, "describe", "--always", "--dirty"),
           "Swift": first_line("swift", "--version"),
           "OpenBLAS": first_line("pkg-config", "--modversion", "openblas"),
           "Python": first_line(workloads.PYTHON, "--version")}
  found |= packages(workloads.PYTHON, ("numpy", "scipy", "polars", "pandas", "pyarrow", "duckdb",
                                       "ummd"))
  if workloads.FRAMEWORKS.is_file():
    found |= packages(workloads.FRAMEWORKS, ("alibi-detect", "torch", "evidently"))
  return found
