"""alibi-detect's MMDDrift (PyTorch, CPU) on standardised rows; its own median rule."""

import json
import sys

import numpy as np
import torch
from alibi_detect.cd import MMDDrift

torch.set_num_threads(2)
x, y = (np.loadtxt(path, delimiter=",", skiprows=1) for path in sys.argv[1:3])
pooled = np.vstack([x, y])
z = ((pooled - pooled.mean(0)) / pooled.std(0, ddof=1)).astype(np.float32)
detector = MMDDrift(z[:len(x)], backend="pytorch", n_permutations=int(sys.argv[3]), device="cpu")
result = detector.predict(z[len(x):])["data"]
json.dump({"statistic": result["distance"], "p": result["p_val"]}, sys.stdout)
