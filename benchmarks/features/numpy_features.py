"""The features of the feature table in numpy, as vectorised as one track at a time allows.

Reads one JSON line per job from stdin, {"file": positions as float64, "tracks": n, "length": N, "dim": d, "dt": dt}, and
answers with one line {"seconds": CPU time, "checks": {feature: values of the first tracks}}.
"""

import json
import sys
import time

import numpy as np
from scipy.spatial import ConvexHull
from scipy.spatial.distance import pdist
from scipy.special import erf
from scipy.stats import normaltest


def golden(f, low, high, tolerance):
    ratio = (np.sqrt(5) - 1) / 2
    a, b = low, high
    c, d = b - ratio * (b - a), a + ratio * (b - a)
    fc, fd = f(c), f(d)
    while b - a > tolerance:
        if fc < fd:
            b, d, fd = d, c, fc
            c = b - ratio * (b - a)
            fc = f(c)
        else:
            a, c, fc = c, d, fd
            d = a + ratio * (b - a)
            fd = f(d)
    return min([(fc, c), (fd, d), (f(low), low), (f(high), high)])[1]


def slope(x, y):
    x = x - x.mean()
    return x @ (y - y.mean()) / (x @ x)


def msd_curve(x, lags):
    """Overlapping mean squared displacements at lags 1 … lags, by Fourier transform."""
    n = len(x)
    x = x - x.mean(0)
    size = 1 << (2 * n - 1).bit_length()
    spectrum = np.fft.rfft(x, size, axis=0)
    products = np.fft.irfft((np.abs(spectrum) ** 2).sum(1), size)[: lags + 1]
    squares = np.concatenate([[0], np.cumsum((x**2).sum(1))])
    k = np.arange(1, lags + 1)
    ends = squares[n - k] + squares[n] - squares[k]
    return (ends - 2 * products[1:]) / (n - k)


POWERS = {}
COSINES = {}


def power_law(m):
    k = len(m)
    if k not in POWERS:
        exponents = np.arange(401) * 0.01
        table = np.arange(1, k + 1)[None, :] ** exponents[:, None]
        POWERS[k] = exponents, table, (table**2).sum(1), np.log(np.arange(1, k + 1))
    exponents, table, squares, logs = POWERS[k]
    best = np.argmax((table @ m) ** 2 / squares)

    def unexplained(a):
        p = np.exp(a * logs)
        return -((p @ m) ** 2) / (p @ p)

    a = golden(unexplained, exponents[max(0, best - 1)], exponents[min(400, best + 1)], 1e-7)
    p = np.exp(a * logs)
    return a, (p @ m) / (p @ p)


def brownian_mle(steps):
    n, d = steps.shape
    extension = np.zeros((2 * (n + 1), d))
    extension[1 : n + 1] = steps
    extension[n + 2 :] = -steps[::-1]
    c = (np.fft.rfft(extension, axis=0).imag[1 : n + 1] ** 2).sum(1) / (2 * (n + 1))
    if n not in COSINES:
        grid = np.arange(201) / 200
        cosines = np.cos(np.pi * np.arange(1, n + 1) / (n + 1))
        inverse = 1 / (1 - grid[:, None] * cosines)
        COSINES[n] = grid, cosines, inverse, -np.log(inverse).sum(1)
    grid, cosines, inverse, determinants = COSINES[n]
    cost = n * d / 2 * np.log(inverse @ c / (n * d)) + d / 2 * determinants
    best = np.argmin(cost)

    def minus_log(u):
        g = 1 - u * cosines
        return n * d / 2 * np.log((c / g).sum() / (n * d)) + d / 2 * np.log(g).sum()

    u = golden(minus_log, grid[max(0, best - 1)], grid[min(200, best + 1)], 1e-8)
    s = (c / (1 - u * cosines)).sum() / (n * d)
    return s * (1 - u), s * u / 2


def michalet(m, n):
    most = 0.8 + 0.564 * n
    p = max(2, n // 10)
    seen = set()
    k = np.arange(1, len(m) + 1)
    for _ in range(30):
        p = min(n - 1, max(2, p))
        b = slope(k[:p], m[:p])
        a = m[:p].mean() - b * k[:p].mean()
        if p in seen:
            break
        seen.add(p)
        q = most
        if b > 0:
            f = 2 + 1.35 * max(a / b, 0) ** 0.6
            q = min(most, f * most / (f**3 + most**3) ** (1 / 3))
        p = int(np.floor(q + 0.5))
    return b, p


def rectangle(points):
    sides = np.roll(points, -1, 0) - points
    u = sides / np.hypot(*sides.T)[:, None]
    along = points @ u.T
    across = points @ np.stack([-u[:, 1], u[:, 0]])
    width, height = np.ptp(along, axis=0), np.ptp(across, axis=0)
    best = np.argmin(width * height)
    return min(width[best], height[best]) / max(width[best], height[best])


def moving(x, w):
    windows = np.lib.stride_tricks.sliding_window_view(x, w, axis=0)

    def turns(a):
        s = np.sign(np.diff(a, axis=0))
        return (np.abs(np.diff(s, axis=0)).mean(0) / 2).mean()

    return turns(windows.mean(2)), turns(windows.std(2))


def chen(steps):
    n = len(steps)
    lengths = sorted(t * 2**k for k in range(30) for t in (4, 5, 6, 7) if t * 2**k <= n // 4)
    y, z, rs = [], [], []
    for t in lengths:
        blocks = steps[: n // t * t].reshape(n // t, t, -1)
        y.append(np.median(np.abs(blocks).sum(1), 0))
        z.append(np.median((blocks**2).sum(1), 0))
        sums = np.cumsum(blocks - blocks.mean(1, keepdims=True), 1)
        high, low = np.maximum(sums.max(1), 0), np.minimum(sums.min(1), 0)
        rs.append(((high - low) / blocks.std(1)).mean(0))
    log_t = np.log(lengths)
    moses = np.array([slope(log_t, column) for column in np.log(y).T]) - 0.5
    noah = (np.array([slope(log_t, column) for column in np.log(z).T]) - 2 * moses + 1) / 2
    joseph = np.array([slope(log_t, column) for column in np.log(rs).T])
    return joseph.mean(), noah.mean(), moses.mean()


def chi2_cdf(q, d):
    if d == 2:
        return -np.expm1(-q / 2)
    one = erf(np.sqrt(q / 2))
    return one if d == 1 else one - np.sqrt(2 * q / np.pi) * np.exp(-q / 2)


def features(x, dt):
    n_points, d = x.shape
    n = n_points - 1
    f = {"numPoints": n_points, "duration": n * dt}
    steps = np.diff(x, axis=0)
    squares = (steps**2).sum(1)
    s = np.sqrt(squares)
    length, s2 = s.sum(), squares.sum()
    net = np.sqrt(((x[-1] - x[0]) ** 2).sum())
    hull = ConvexHull(x) if d > 1 else None
    farthest = pdist(x[hull.vertices]).max() if hull else np.ptp(x)
    f.update(pathLength=length, netDisplacement=net, maxPairDistance=farthest)
    f.update(meanStepLength=length / n, stepLengthCV=s.std() / s.mean())
    f.update(meanSpeed=length / (n * dt), netSpeed=net / (n * dt), straightness=net / length)
    f["efficiency"] = net**2 / (n * s2)
    f["logEfficiency"] = np.log(f["efficiency"])
    f["fractalDimension"] = np.log(n) / np.log(n * farthest / length)
    f["maxExcursion"] = s.max() / net
    from_start = np.sqrt(((x - x[0]) ** 2).sum(1).max())
    f["standardizedMaxDistance"] = from_start / np.sqrt(s2 / d)

    lags = min(n, max(4, n_points // 10) - 1)
    m = msd_curve(x, int(0.564 * n_points + 2))
    k = np.arange(1, lags + 1)
    log_t, log_m = np.log(k * dt), np.log(m[:lags])
    f["msdLag1"] = m[0]
    f["alpha"] = slope(log_t, log_m)
    f["generalizedDiffusion"] = np.exp(log_m.mean() - f["alpha"] * log_t.mean()) / (2 * d)
    b = slope(k * dt, m[:lags])
    f.update(diffusionCoefficient=b / (2 * d), msdIntercept=m[:lags].mean() - b * dt * k.mean())
    f["msdRatio"] = (m[: lags - 1] / m[1:lags] - k[:-1] / k[1:]).mean()
    half = m[: n_points // 2 - 1]
    f["meanMsd"] = half.mean()
    a, amplitude = power_law(half)
    f.update(powerLawAlpha=a, powerLawD=amplitude / dt**a / (2 * d))
    f["diffusion2pt"] = (m[1] - m[0]) / (2 * d * dt)
    slope_m, f["optimalLags"] = michalet(m, n_points)
    f["diffusionMichalet"] = slope_m / (2 * d * dt)
    product = (steps[:-1] * steps[1:]).sum(1).mean() / d
    f.update(diffusionCve=squares.mean() / d / (2 * dt) + product / dt, locVarianceCve=-product)
    variance, f["locVarianceMle"] = brownian_mle(steps)
    f["diffusionMle"] = variance / (2 * dt)

    centred = x - x.mean(0)
    values, vectors = np.linalg.eigh(centred.T @ centred / n_points)
    trace = values.sum()
    f["radiusOfGyration"] = np.sqrt(trace)
    i, j = np.triu_indices(d, 1)
    kappa = ((values[i] - values[j]) ** 2).sum() / ((d - 1) * trace**2) if d > 1 else np.nan
    f.update(anisotropy=kappa, asymmetry=-np.log(1 - kappa / 2))
    v2 = values**2
    f["asymmetry1"] = ((v2[i] - v2[j]) ** 2).sum() / ((d - 1) * v2.sum() ** 2) if d > 1 else np.nan
    f["asymmetry2"] = values[0] / values[-1] if d > 1 else np.nan
    q = centred @ vectors[:, -1]
    q2 = (q**2).mean()
    f.update(kurtosis=(q**4).mean() / q2**2, absSkewness=abs((q**3).mean()) / q2**1.5)
    if d == 2:
        corners = x[hull.vertices]
        f.update(elongation=1 - rectangle(corners), convexHullArea=hull.volume)
        f["convexHullPerimeter"] = hull.area

    gaussian = []
    for lag in k:
        r2 = ((x[lag:] - x[:-lag]) ** 2).sum(1)
        gaussian.append(d * (r2**2).mean() / ((d + 2) * r2.mean() ** 2) - 1)
    f.update(nonGaussianity1=gaussian[0], gaussianity=np.mean(gaussian))
    for lag in (1, 2, 3):
        f[f"vacf{lag}"] = (steps[:-lag] * steps[lag:]).sum(1).mean() / squares.mean()
    if d > 1:
        u = steps / s[:, None]
        minus = np.sqrt(((u[1:] - u[:-1]) ** 2).sum(1))
        plus = np.sqrt(((u[1:] + u[:-1]) ** 2).sum(1))
        angles = 2 * np.arctan2(minus, plus)
        f["meanCosTurningAngle"] = (u[1:] * u[:-1]).sum(1).mean()
        f.update(meanTurningAngle=angles.mean(), stdTurningAngle=angles.std(ddof=1))
    blocks = np.arange(1, max(5, n_points // 100) + 1)
    sizes = [np.sqrt((np.diff(x[::b], axis=0) ** 2).sum(1)) for b in blocks]
    for p in range(1, 6):
        f[f"pVariation{p}"] = slope(np.log(blocks), np.log([(r**p).sum() for r in sizes]))
    for tau in (1, 2):
        windows = np.lib.stride_tricks.sliding_window_view(x, tau + 1, axis=0)
        f[f"dma{tau}"] = ((windows[:, :, -1] - windows.mean(2)) ** 2).sum(1).mean()
    for w in (10, 20):
        f[f"movingWindowMean{w}"], f[f"movingWindowStd{w}"] = moving(x, w)
    spread = np.lib.stride_tricks.sliding_window_view(x, 3, axis=0).std(2)
    f["maxStdRatio"] = (spread.max(0) / spread.min(0)).mean()
    f["maxStdChange"] = (np.abs(np.diff(spread, axis=0)).max(0) / x.std(0)).mean()
    f["dagostinoK2"] = normaltest(steps, axis=0).statistic.mean()
    z = (steps - steps.mean(0)) / steps.std(0)
    p = chi2_cdf(np.sort((z**2).sum(1)), d)
    ranks = np.arange(n + 1) / n
    f["ksChi2"] = max((ranks[1:] - p).max(), (p - ranks[:-1]).max())
    u = f["diffusion2pt"] * n * dt / (farthest / 2) ** 2
    f["boundedness"] = u
    f["trappedness"] = np.clip(1 - 10 ** (0.2048 - 2.5117 * u), 0, 1)
    f["trappednessLiterature"] = 1 - np.exp(0.2048 - 0.25117 * u)
    f["joseph"], f["noah"], f["moses"] = chen(steps)
    power = (np.abs(np.fft.rfft(centred, axis=0)) ** 2).sum(1)[1 : (n_points - 1) // 2 + 1]
    f["psdSlope"] = slope(np.log(np.arange(1, len(power) + 1)), np.log(power))
    return f


for line in sys.stdin:
    job = json.loads(line)
    shape = (job["tracks"], job["length"], job["dim"])
    positions = np.fromfile(job["file"]).reshape(shape)
    features(positions[0], job["dt"])
    before = time.process_time()
    rows = [features(track, job["dt"]) for track in positions]
    seconds = time.process_time() - before
    checks = {
        name: [None if np.isnan(row[name]) else float(row[name]) for row in rows[:5]]
        for name in rows[0]
    }
    print(json.dumps({"seconds": seconds, "checks": checks}), flush=True)
