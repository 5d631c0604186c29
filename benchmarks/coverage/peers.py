"""Independent estimates: trackpy's ensemble MSD, fits of a power law with an offset by numpy and scipy, and saspt's mean D.

stdin: JSON of tracks as columns and of MSD curves; stdout: JSON.
"""
import json
import sys
import warnings

import matplotlib
import matplotlib.cm
import numpy as np
import pandas as pd
import trackpy
from scipy.optimize import curve_fit

warnings.filterwarnings("ignore")
trackpy.quiet()
# saspt 0.4 asks for a function that matplotlib has moved.
if not hasattr(matplotlib.cm, "get_cmap"):
    matplotlib.cm.get_cmap = matplotlib.colormaps.get_cmap
from saspt import StateArray  # noqa: E402

task = json.load(sys.stdin)


def first_lag(columns):
    return float(trackpy.emsd(pd.DataFrame(columns), mpp=1, fps=1, max_lagtime=2).iloc[0])


def power_law(curve):
    lags = np.arange(1, len(curve) + 1)
    (alpha, d, offset), _ = curve_fit(
        lambda k, a, d, c: 4 * d * k**a + c, lags, curve, p0=[1, 0.4, 0.5],
        bounds=([0.02, 1e-6, 0], [1.98, 50, 50]), sigma=lags, maxfev=20000,
    )
    return float(alpha), float(d)


print("fits", file=sys.stderr, flush=True)
fits = [power_law(np.array(curve)) for curve in task["curves"]]
print("saspt", file=sys.stderr, flush=True)
points = task["saspt"]
table = pd.DataFrame(
    {
        "trajectory": points["particle"],
        "frame": points["frame"],
        "x": np.array(points["x"]) / 0.16,
        "y": np.array(points["y"]) / 0.16,
    }
)
array = StateArray.from_detections(
    table, likelihood_type="rbme", pixel_size_um=0.16, frame_interval=0.00748, focal_depth=np.inf,
    splitsize=8, start_frame=0, progress_bar=False, sample_size=10**6,
)
occupations = array.posterior_occs
diffs = array.likelihood.parameter_values[0]
mean_d = float((occupations.sum(axis=1) * diffs).sum() / occupations.sum())
json.dump(
    {
        "emsd": first_lag(task["walks"]),
        "long": first_lag(task["long"]),
        "alpha": [a for a, _ in fits],
        "D": [d for _, d in fits],
        "saspt": mean_d,
    },
    sys.stdout,
)
