"""Change points by ruptures: ruptures_changes.py choose TUNE PER_EXPERIMENT | find FOLDER KERNEL FEATURE PENALTY

Both read FOLDER/track_2/exp_k/trajs_fov_j.csv. `choose` tries kernels (linear is the least-squares cost), what they are given
(ln of the squared step, or the displacements) and penalties on the tracks of TUNE, whose changes it reads, and prints the best by
the mean Jaccard similarity over experiments; `find` prints the changes of every track. PELT, segments of at least 3 points.
"""
import glob
import json
import os
import re
import sys
import numpy as np
import ruptures


def fields(folder):
    for path in glob.glob(os.path.join(folder, "track_2", "exp_*", "trajs_fov_*.csv")):
        e, f = map(int, re.search(r"exp_(\d+)/trajs_fov_(\d+)", path).groups())
        data = np.loadtxt(path, delimiter=",", skiprows=1)
        ids, starts = np.unique(data[:, 0], return_index=True)
        order = np.argsort(starts)
        yield e, f, [(int(ids[i]), p[:, 2:]) for i, p in zip(order, np.split(data, np.sort(starts)[1:]))], path


def signal_of(positions, feature):
    steps = np.diff(positions, axis=0)
    if feature == "displacements":
        return steps / max(1e-12, steps.std())
    return np.log((steps**2).sum(1) + 1e-6)[:, None]


def changes_of(positions, kernel, feature, penalty):
    signal = signal_of(positions, feature)
    if len(signal) < 6:
        return []
    return [int(c) for c in ruptures.KernelCPD(kernel=kernel, min_size=3).fit(signal).predict(pen=penalty)[:-1]]


def counts(truth, said):
    from scipy.optimize import linear_sum_assignment

    if not truth and not said:
        return 1, 1
    cost = np.abs(np.subtract.outer(truth, said)) if truth and said else np.zeros((len(truth), len(said)))
    found = int((cost[linear_sum_assignment(cost)] < 10).sum()) if cost.size else 0
    return found, len(truth) + len(said) - found


def choose(folder, most):
    sample = {}
    for e, f, tracks, path in fields(folder):
        labels = {}
        for line in open(path.replace("trajs_", "traj_labs_").replace(".csv", ".txt")):
            values = [float(v) for v in line.split(",")]
            labels[int(values[0])] = [int(c) for c in values[4::4][:-1]]
        sample.setdefault(e, []).extend((positions, labels[i]) for i, positions in tracks)
    sample = {e: rows[:: max(1, len(rows) // most)] for e, rows in sample.items()}
    best = None
    grids = {("linear", "ln step²"): (4, 8, 12, 18, 27, 40), ("rbf", "ln step²"): (0.5, 1, 2, 4, 8), ("rbf", "displacements"): (0.5, 1, 2, 4, 8)}
    for (kernel, feature), penalties in grids.items():
        for penalty in penalties:
            scores = []
            for rows in sample.values():
                both = np.sum([counts(truth, changes_of(p, kernel, feature, penalty)) for p, truth in rows], axis=0)
                scores.append(both[0] / both[1])
            if best is None or np.mean(scores) > best["jaccard"]:
                best = {"kernel": kernel, "feature": feature, "penalty": penalty, "jaccard": float(np.mean(scores))}
    return best


if sys.argv[1] == "choose":
    print(json.dumps(choose(sys.argv[2], int(sys.argv[3]))))
else:
    _, _, folder, kernel, feature, penalty = sys.argv
    out = {}
    for e, f, tracks, _ in fields(folder):
        out[f"{e}/{f}"] = {i: changes_of(positions, kernel, feature, float(penalty)) for i, positions in tracks}
    print(json.dumps(out))
