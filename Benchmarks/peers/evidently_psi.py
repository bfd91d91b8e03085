"""Evidently's PSI of every column (its own bins) and the share that drifted; no test of means."""

import json
import sys

import pandas as pd
from evidently import Report
from evidently.presets import DataDriftPreset

x, y = (pd.read_csv(path) for path in sys.argv[1:3])
report = Report([DataDriftPreset(method="psi")])
result = report.run(y, x).dict()
json.dump({"metrics": len(result["metrics"])}, sys.stdout)
