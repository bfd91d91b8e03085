"""ummd's permutation test (biased statistic, float64) on standardised rows."""

import json
import sys

import numpy as np
import ummd

x, y = (np.loadtxt(path, delimiter=",", skiprows=1) for path in sys.argv[1:3])
pooled = np.vstack([x, y])
z = (pooled - pooled.mean(0)) / pooled.std(0, ddof=1)
# No row is there twice, so there is nothing to gain from looking for repeated ones.
result = ummd.MMD(z[:len(x)], z[len(x):], unique=False,
                  n_permutations=int(sys.argv[3]))
json.dump({"statistic": float(result["biased_MMD"][0]), "p": float(result["p-value"][0])},
          sys.stdout)
