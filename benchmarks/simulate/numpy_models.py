"""The five AnDi models in vectorised numpy, a batch of tracks at a time: what one would write for speed there.

Every function returns positions of shape (n, T, dim). Laws as in andi_datasets; FBM with cached eigenvalues, all tracks of a
batch in one transform; waiting times and flights scattered with bincount; no Python loop over tracks or points.
"""
import numpy as np

rng = np.random.Generator(np.random.SFC64(1))
_roots = {}


def _fbm_roots(alpha, steps):
    key = (alpha, steps)
    if key not in _roots:
        k = np.arange(steps + 1.0)
        gamma = 0.5 * ((k + 1) ** alpha - 2 * k**alpha + np.abs(k - 1) ** alpha)
        row = np.concatenate([gamma, gamma[-2:0:-1]])
        _roots[key] = np.sqrt(np.maximum(np.fft.rfft(row).real, 0) / (2 * steps))
    return _roots[key]


def _accumulate(increments):
    n, steps, dim = increments.shape
    out = np.zeros((n, steps + 1, dim))
    np.cumsum(increments, axis=1, out=out[:, 1:])
    return out


def fbm(n, T, dim, alpha):
    half = 1024 if T == 1000 else T
    roots = _fbm_roots(alpha, half)
    if dim == 1:
        spectrum = np.empty((n, half + 1), complex)
        spectrum.real = rng.standard_normal((n, half + 1))
        spectrum.imag = rng.standard_normal((n, half + 1))
        spectrum[:, 1:half] *= np.sqrt(0.5)
        spectrum.imag[:, [0, half]] = 0
        spectrum *= roots
        noise = np.fft.irfft(spectrum, 2 * half, axis=1, norm="forward")[:, : T - 1, None]
    else:
        full = np.concatenate([roots, roots[-2:0:-1]])
        z = rng.standard_normal((n, 2 * half, 2))
        z *= full[:, None]
        w = np.fft.ifft(z.view(complex)[..., 0], axis=1, norm="forward")[:, : T - 1]
        noise = w.view(float).reshape(n, T - 1, 2)
    return _accumulate(noise)


def sbm(n, T, dim, alpha):
    t = np.arange(1, T + 1.0)
    increments = rng.standard_normal((n, T - 1, dim))
    increments *= np.sqrt(np.diff(t**alpha))[:, None]
    return _accumulate(increments)


def _events(n, T, exponent):
    """Sums of Pareto times per track until all are beyond T: (n, k)."""
    blocks = []
    total = np.zeros((n, 1))
    while True:
        block = np.exp(rng.standard_exponential((n, max(16, T // 16))) / exponent)
        np.minimum(block, 2.0 * T, out=block)
        block = np.cumsum(block, axis=1) + total
        blocks.append(block)
        total = block[:, -1:]
        if total.min() > T:
            return np.concatenate(blocks, axis=1)


def ctrw(n, T, dim, alpha):
    times = _events(n, T, alpha).astype(np.int64)
    row, _ = hit = np.nonzero(times < T)
    index = row * T + times[hit]
    out = np.empty((n, T, dim))
    for d in range(dim):
        jumps = np.bincount(index, rng.standard_normal(len(index)), n * T).reshape(n, T)
        np.cumsum(jumps, axis=1, out=out[:, :, d])
    return out


def lw(n, T, dim, alpha):
    exponent = 3 - alpha if alpha < 2 else rng.random((n, 1))
    blocks = []
    total = np.zeros((n, 1))
    while True:
        block = np.exp(rng.standard_exponential((n, T // 8)) / exponent)
        np.minimum(block, T + 1.0, out=block)
        block = np.cumsum(np.floor(block), axis=1) + total
        blocks.append(block)
        total = block[:, -1:]
        if total.min() > T:
            break
    ends = np.concatenate([np.zeros((n, 1))] + blocks, axis=1).astype(np.int64)
    lengths = np.diff(np.minimum(ends, T), axis=1)
    row, _ = hit = np.nonzero(lengths)
    speed = 10 * rng.random(n)[row]
    if dim == 1:
        velocity = [np.where(rng.random(len(row)) < 0.5, -speed, speed)]
    else:
        angle = 2 * np.pi * rng.random(len(row))
        velocity = [speed * np.cos(angle), speed * np.sin(angle)]
    out = np.zeros((n, T, dim))
    for d in range(dim):
        steps = np.repeat(velocity[d], lengths[hit]).reshape(n, T)
        np.cumsum(steps[:, 1:], axis=1, out=out[:, 1:, d])
    return out


def attm(n, T, dim, alpha):
    bound = np.inf if alpha == 1 else alpha / (1 - alpha)
    sigma = 0.03 + (min(3.3, bound) - 0.03) * rng.random((n, 1))
    gamma = sigma / alpha
    deviations, lengths = [], []
    total = np.zeros((n, 1))
    while total.min() < T - 1:
        log_d = -rng.standard_exponential((n, T // 8)) / sigma
        frames = np.floor(np.exp(np.minimum(-gamma * log_d, 30)))
        ends = np.cumsum(np.minimum(frames, T), axis=1) + total
        lengths.append(np.diff(np.minimum(np.concatenate([total, ends], axis=1), T - 1), axis=1))
        deviations.append(np.exp(0.5 * log_d))
        total = ends[:, -1:]
    lengths = np.concatenate(lengths, axis=1).astype(np.int64)
    hit = np.nonzero(lengths)
    scale = np.repeat(np.concatenate(deviations, axis=1)[hit], lengths[hit]).reshape(n, T - 1, 1)
    increments = rng.standard_normal((n, T - 1, dim))
    increments *= np.sqrt(2) * scale
    return _accumulate(increments)


def disturb(paths):
    """Normalise each coordinate, add noise, scale: steps 2 to 4 of the challenge."""
    n, T, dim = paths.shape
    deviation = np.std(np.diff(paths, axis=1), axis=1, keepdims=True)
    deviation[deviation == 0] = 1
    paths /= deviation
    noise = rng.standard_normal(paths.shape)
    noise *= rng.choice([0.1, 0.5, 1.0], (n, 1, dim))
    paths += noise
    paths -= paths[:, :1].copy()
    paths *= rng.standard_normal((n, 1, dim))
    return paths


ALPHAS = {
    "attm": [0.2, 0.4, 0.6, 0.8, 1.0],
    "ctrw": [0.2, 0.4, 0.6, 0.8, 1.0],
    "fbm": [0.3, 0.7, 1.1, 1.5, 1.7],
    "lw": [1.1, 1.3, 1.5, 1.7, 1.9],
    "sbm": [0.3, 0.7, 1.1, 1.5, 1.7],
}
MODELS = {"attm": attm, "ctrw": ctrw, "fbm": fbm, "lw": lw, "sbm": sbm}
