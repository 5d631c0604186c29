"""Makes andi2.fixture.json, what the challenge's own program says of segmentations: the tests compare with it.

python3 -m venv /tmp/oracle && /tmp/oracle/bin/pip install andi-datasets ipython
/tmp/oracle/bin/python packages/eval/src/metrics/andi2.fixture.py > packages/eval/src/metrics/andi2.fixture.json

Each experiment holds lines as the challenge's files have them (track, K, α, state, change, …, end), true and said.
"""
import contextlib
import io
import json
import os
import sys
import tempfile
import warnings
from importlib.metadata import version

warnings.filterwarnings("ignore")
import numpy as np
with contextlib.redirect_stdout(io.StringIO()):
    from andi_datasets.utils_challenge import error_SingleTraj_dataset, load_file_to_df, run_single_task
from scipy.optimize import linear_sum_assignment

rng = np.random.default_rng(22)


def segments(length, changes):
    ends = sorted(rng.choice(np.arange(3, length - 2), size=changes, replace=False)) + [length]
    return [(float(rng.uniform(0, 3) * rng.choice([0, 1, 1, 1])), float(rng.uniform(0, 2)), int(rng.integers(0, 4)), int(e)) for e in ends]


def said_of(truth, length):
    """A guess: changes moved, left out or invented, values off; now and then far off."""
    ends = [e for *_, e in truth[:-1] if rng.random() < 0.75]
    ends = [int(np.clip(e + rng.integers(-12, 13), 3, length - 2)) for e in ends]
    ends += [int(rng.integers(3, length - 2)) for _ in range(rng.integers(0, 3))]
    out = []
    for e in sorted(set(ends)) + [length]:
        k, a, s, _ = truth[min(len(truth) - 1, np.searchsorted([t[3] for t in truth], e))]
        out.append((abs(k + rng.normal(0, 0.2)), a + rng.normal(0, 0.3), s if rng.random() < 0.8 else int(rng.integers(0, 4)), e))
    return out


def line(index, parts):
    return ",".join([str(index)] + [f"{k:.6g},{a:.6g},{s},{e}" for k, a, s, e in parts])


def experiment(tracks, most, missing=0):
    true, pred = [], []
    for i in range(tracks):
        length = int(rng.integers(20, 201))
        truth = segments(length, int(rng.integers(0, min(most, length // 8) + 1)))
        true.append(line(i, truth))
        if i >= missing:
            pred.append(line(i, said_of(truth, length)))
    return true, pred


def score(true, pred):
    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stderr(io.StringIO()):
        frames = []
        for name, lines in (("pred", pred), ("true", true)):
            path = os.path.join(folder, name)
            with open(path, "w") as f:
                f.write("\n".join(lines))
            frames.append(load_file_to_df(path))
        values = error_SingleTraj_dataset(*frames, prints=False, disable_tqdm=True)
    return dict(zip(("rmseChange", "jaccard", "maeAlpha", "msleDiffusion", "f1State"), map(float, values)))


cases = []
whole = ["0,1,1,2,200", "1,0.5,0.7,2,150"]
for name, (true, pred) in {
    "several changes": experiment(40, 6),
    "many changes in short tracks": experiment(40, 20),
    "few changes": experiment(40, 1),
    "tracks of which nothing is said": experiment(12, 3, missing=3),
    "no change anywhere": (whole, ["0,0.9,1.1,2,200", "1,0.6,0.6,1,150"]),
    "all changes missed": (["0,1,1,2,50,2,0.5,2,120,1,1.5,0,200", "1,0.5,0.7,2,60,0.1,1,3,150"], whole),
    "all changes invented": (whole, ["0,1,1,2,50,2,0.5,2,120,1,1.5,0,200", "1,0.5,0.7,2,60,0.1,1,3,150"]),
    "ten frames off, and nine": (["0,1,1,2,50,2,0.5,2,200", "1,1,1,2,50,2,0.5,2,200"], ["0,1,1,2,60,2,0.5,2,200", "1,1,1,2,41,2,0.5,2,200"]),
    "values that are none": (["0,1,1,2,200", "1,1,1,2,200", "2,0,0,0,200"], ["0,nan,2.5,2,200", "1,1,-0.2,2,200", "2,-1,nan,3,200"]),
}.items():
    cases.append({"name": name, "actual": true, "predicted": pred, **score(true, pred)})

# Several experiments as one, in folders.
with tempfile.TemporaryDirectory() as folder:
    chosen = cases[:4]
    for e, case in enumerate(chosen):
        for where, file, key in (("res", "fov_0.txt", "predicted"), ("ref", "traj_labs_fov_0.txt", "actual")):
            out = os.path.join(folder, where, "track_2", f"exp_{e}")
            os.makedirs(out)
            with open(os.path.join(out, file), "w") as f:
                f.write("\n".join(case[key]))
    with contextlib.redirect_stderr(io.StringIO()):
        values, _ = run_single_task(range(len(chosen)), 2, os.path.join(folder, "res"), os.path.join(folder, "ref"))
mean = dict(zip(("rmseChange", "jaccard", "maeAlpha", "msleDiffusion", "f1State"), map(float, values)))

assignments = []
for _ in range(60):
    rows, columns = rng.integers(1, 7, size=2)
    costs = rng.integers(0, 4, size=(rows, columns))
    assignments.append({"costs": costs.tolist(), "pairs": np.array(linear_sum_assignment(costs)).T.tolist()})

packages = ("andi-datasets", "numpy", "scipy", "scikit-learn")
print(json.dumps({"versions": {**{p: version(p) for p in packages}, "python": sys.version.split()[0]},
                  "experiments": cases, "mean": mean, "assignments": assignments}, allow_nan=False))
