"""Sample autocorrelations by numpy, for autocorrelation.test.ts: python autocorrelation.fixture.py > autocorrelation.fixture.json"""

import json
import sys

import numpy as np

rng = np.random.default_rng(8)


def whole(x, lag):
    y = x - x.mean()
    return np.correlate(y, y, "full")[len(x) - 1 + lag] / np.dot(y, y)


def with_gaps(x, frames, lag):
    """Missing frames are NaN: means over what is there, times the numbers that there would be."""
    grid = np.full(frames[-1] + 1, np.nan)
    grid[frames] = x - x.mean()
    span = len(grid)
    products = grid[:-lag] * grid[lag:]
    if np.isnan(products).all():
        return 0.0
    return np.nanmean(products) * (span - lag) / (np.nanmean(grid**2) * span)


cases = []
for points in (30, 60, 101):
    x = np.round(100 * np.cumsum(rng.normal(size=(points, 2)), axis=0)) / 64
    rho = [[whole(x[:, axis], lag) for lag in (1, 8, 16, 24)] for axis in (0, 1)]
    cases.append({"positions": x.ravel().tolist(), "frames": None, "rho": rho})
for points in (40, 90):
    x = np.round(100 * np.cumsum(rng.normal(size=(points, 2)), axis=0)) / 64
    frames = np.cumsum(rng.integers(1, 4, size=points))
    frames -= frames[0]
    rho = [[with_gaps(x[:, axis], frames, lag) for lag in (1, 8, 16, 24)] for axis in (0, 1)]
    cases.append({"positions": x.ravel().tolist(), "frames": frames.tolist(), "rho": rho})

json.dump({"numpy": np.__version__, "lags": [1, 8, 16, 24], "cases": cases}, sys.stdout)
