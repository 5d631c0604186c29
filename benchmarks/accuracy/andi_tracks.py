"""Tracks of the AnDi challenge of 2020 by the models of andi-datasets: task{1,2}_{dim}d.txt.gz and meta{1,2}_{dim}d.csv.gz.

    python andi_tracks.py FOLDER COUNT SEED

The set is made as the challenge was (andi-datasets of May 2021): the number of tracks per model and exponent, displacements of
each coordinate over their deviation, a localisation error of 0.1, 0.5 or 1 and a normal amplitude per coordinate, 10 to 999
points of 1,000. The models are those of the installed package, but for ATTM: it draws its diffusion coefficients from all of
(0, 1), as it did then, where later releases leave out both ends of the range; and in 3D its steps are summed up, which later
releases forget (2.1.13 sets each point of a residence off from the last of the one before: the track jitters within a residence and
diffuses by one step of each).
"""
import gzip
import sys
import warnings
from pathlib import Path

warnings.filterwarnings("ignore")
import numpy as np
from andi_datasets.models_theory import models_theory
from andi_datasets.utils_trajectories import sample_sphere

NAMES = ["ATTM", "CTRW", "FBM", "LW", "SBM"]
EXPONENTS = np.arange(1, 41) / 20
T = 1000

uniform = np.random.uniform


def whole_range(low=0.0, high=1.0, size=None):
    # D = (1 - U)^(1/sigma) > 0: what is below 1e-300 is longer than any track.
    if (low, high) == (0.1, 0.99):
        return uniform(0, 1, size)
    return uniform(low, high, size)


np.random.uniform = whole_range


def attm_3d(T, alpha):
    """ATTM in 3D (regime 1): residences t = D^(-gamma) of Brownian motion, P(D) ~ D^(sigma - 1) on (0, 1)."""
    sigma = 3 * uniform(0.01, 1.1)
    while not sigma <= sigma / alpha <= sigma + 1:
        sigma = 3 * uniform(0.01, 1.1)
    places = np.zeros((3, 1))
    while places.shape[1] < T:
        D = (1 - uniform()) ** (1 / sigma)
        with np.errstate(divide="ignore", over="ignore"):
            residence = int(min(D ** (-sigma / alpha), T))
        steps = sample_sphere(residence, np.sqrt(2 * D) * np.random.standard_normal(residence))
        places = np.append(places, places[:, -1:] + np.cumsum(steps, axis=1), axis=1)
    return places[:, :T].ravel()


def allowed(name, alpha):
    if name in ("ATTM", "CTRW"):
        return alpha <= 1
    if name == "LW":
        return alpha > 1
    return name != "FBM" or alpha < 2


def pool(count, dim):
    """Rows of label, exponent and coordinates, one after the other, in equal parts as the challenge had them."""
    per_model = np.ceil(1.6 * count / 5)
    parts = {"ATTM": 20, "CTRW": 20, "FBM": 39, "LW": 21 / 0.8, "SBM": 40}
    labels, alphas, rows = [], [], []
    functions = models_theory()
    for label, name in enumerate(NAMES):
        model = getattr(functions, name.lower())
        for alpha in EXPONENTS:
            if not allowed(name, alpha):
                continue
            for _ in range(int(np.ceil(per_model / parts[name]))):
                row = attm_3d(T, alpha) if (name, dim) == ("ATTM", 3) else model(T, alpha, D=dim)
                rows.append(np.asarray(row, dtype=float).reshape(dim, T))
                labels.append(label)
                alphas.append(alpha)
    return np.array(labels), np.array(alphas), np.array(rows)


def disturbed(rows, rng):
    """Displacements over their deviation, the error and the amplitude of each coordinate, from 0."""
    steps = np.diff(rows, axis=2)
    deviation = steps.std(axis=2, keepdims=True)
    deviation[deviation == 0] = 1
    places = np.concatenate([np.zeros((*rows.shape[:2], 1)), np.cumsum(steps / deviation, axis=2)], axis=2)
    sigma = rng.choice([0.1, 0.5, 1.0], size=(*rows.shape[:2], 1))
    places += sigma * rng.standard_normal(places.shape)
    amplitude = rng.standard_normal((*rows.shape[:2], 1))
    places = (places - places[:, :, :1]) * amplitude
    return places, sigma[:, :, 0]


def chosen(keys, most, count, rng):
    """So many rows of each key at most, in a random order, as many as asked for."""
    kept = []
    for key in np.unique(keys):
        rows = np.flatnonzero(keys == key)
        kept.append(rng.permutation(rows)[:most])
    return rng.permutation(np.concatenate(kept))[:count]


def main(folder, count, seed):
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for dim in (1, 2, 3):
        np.random.seed(seed + dim)
        rng = np.random.default_rng([seed, dim])
        labels, alphas, rows = pool(count, dim)
        places, sigma = disturbed(rows, rng)
        for task in (1, 2):
            keys = np.round(alphas * 20) if task == 1 else labels
            most = int(np.ceil(1.1 * count / 40)) if task == 1 else int(1.1 * count / 5)
            lines, meta = [], ["row,length,model_label,model,alpha,sigma"]
            for row, i in enumerate(chosen(keys, most, count, rng)):
                length = int(rng.integers(10, T))
                numbers = ";".join("%.6g" % x for x in places[i, :, :length].ravel())
                lines.append(f"{dim}.0;{numbers}")
                noise = " ".join("%g" % s for s in sigma[i])
                meta.append(f"{row},{length},{labels[i]},{NAMES[labels[i]]},{alphas[i]:.2f},{noise}")
            for name, content in ((f"task{task}_{dim}d.txt", lines), (f"meta{task}_{dim}d.csv", meta)):
                # Whole or not at all.
                part = folder / f"{name}.gz.part"
                with gzip.open(part, "wt", compresslevel=3) as file:
                    file.write("\n".join(content) + "\n")
                part.rename(folder / f"{name}.gz")
            print(f"task {task}, {dim}D: {len(lines)} tracks", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
