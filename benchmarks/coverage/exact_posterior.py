"""Posterior means of ln D, ln sigma and alpha of fractional Brownian motion with localisation error and blur, on a dense
grid with a Cholesky factor for every point of it: nothing is shared with the estimator that it is a judge of.

stdin: JSON {exposure, missing, tracks: [{frames, positions}]}, tracks in the plane; stdout: JSON, a row per track.
"""
import json
import sys

import numpy as np
from scipy.linalg import solve_triangular

ALPHAS = 0.05 + 1.9 * (np.arange(60) + 0.5) / 60
LOG_QS = np.log(0.03) + np.log(1000) * (np.arange(80) + 0.5) / 80


def mean_power(k, alpha, exposure):
    k = np.abs(k).astype(float)
    if exposure == 0:
        return k**alpha
    p = alpha + 2
    total = (k + exposure) ** p + np.abs(k - exposure) ** p - 2 * k**p
    return total / (exposure**2 * (alpha + 1) * (alpha + 2))


def covariance_of_positions(frames, alpha, exposure):
    lag = frames[:, None] - frames[None, :]
    return -0.5 * mean_power(lag, alpha, exposure)


def differences(n):
    d = np.zeros((n - 1, n))
    d[np.arange(n - 1), np.arange(n - 1)] = -1
    d[np.arange(n - 1), np.arange(1, n)] = 1
    return d


def forms(frames, steps, exposure):
    """ln det of one axis and squares of steps (tracks x axes x n) at every node, for noise of unit variance."""
    n = len(frames)
    d = differences(n)
    noise = d @ d.T
    flat = steps.reshape(-1, n - 1).T
    logdet = np.empty((len(ALPHAS), len(LOG_QS)))
    squares = np.empty((len(ALPHAS), len(LOG_QS), steps.shape[0]))
    for i, alpha in enumerate(ALPHAS):
        motion = d @ covariance_of_positions(frames, alpha, exposure) @ d.T
        for j, log_q in enumerate(LOG_QS):
            factor = np.linalg.cholesky(np.exp(2 * log_q) * motion + noise)
            logdet[i, j] = 2 * np.log(np.diag(factor)).sum()
            white = solve_triangular(factor, flat, lower=True, check_finite=False)
            squares[i, j] = (white**2).sum(0).reshape(steps.shape[0], -1).sum(1)
    return logdet, squares


def means(logdet, squares, nu, axes):
    """E ln D, E ln sigma, E alpha: sigma^2 has the scale, inverse chi-square given a node; D = Q^2 sigma^2 / 2."""
    from scipy.special import digamma

    log = -axes / 2 * logdet[..., None] - nu / 2 * np.log(squares)
    weight = np.exp(log - log.max((0, 1)))
    weight /= weight.sum((0, 1))
    log_variance = np.log(squares / 2) - digamma(nu / 2)
    log_q = LOG_QS[None, :, None]
    return np.stack(
        [
            (weight * (log_variance + 2 * log_q - np.log(2))).sum((0, 1)),
            (weight * log_variance / 2).sum((0, 1)),
            (weight * ALPHAS[:, None, None]).sum((0, 1)),
        ],
        1,
    )


task = json.load(sys.stdin)
groups = {}
for place, track in enumerate(task["tracks"]):
    groups.setdefault(tuple(track["frames"]), []).append(place)
out = np.empty((len(task["tracks"]), 3))
for frames, places in groups.items():
    points = np.array([task["tracks"][p]["positions"] for p in places]).reshape(len(places), -1, 2)
    steps = np.diff(points, axis=1).transpose(0, 2, 1)
    logdet, squares = forms(np.array(frames), steps, task["exposure"])
    out[places] = means(logdet, squares, steps.shape[1] * steps.shape[2], steps.shape[1])
json.dump(out.tolist(), sys.stdout)
