"""Scores submissions by the challenge's own program: official.py TRUTH SUBMISSION…

TRUTH and each SUBMISSION hold `track_2/exp_k`; prints a JSON object, by submission a list of metrics per experiment and, last,
their mean weighted by tracks.
"""
import contextlib
import io
import json
import os
import sys
import warnings

warnings.filterwarnings("ignore")
with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
    from andi_datasets.utils_challenge import run_single_task

truth, submissions = sys.argv[1], sys.argv[2:]
experiments = sorted(int(name[4:]) for name in os.listdir(os.path.join(truth, "track_2")) if name.startswith("exp_"))
out = {}
for folder in submissions:
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        mean, table = run_single_task(experiments, 2, folder, truth)
    rows = table[["num_trajs", "RMSE CP", "JSC CP", "alpha", "K", "state"]].values.tolist() + [[sum(table.num_trajs), *mean]]
    names = ("tracks", "rmseChange", "jaccard", "maeAlpha", "msleDiffusion", "f1State")
    out[folder] = [dict(zip(names, map(float, row))) for row in rows]
print(json.dumps(out))
