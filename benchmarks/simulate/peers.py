"""Measures the peers for bench.mjs: reads one job per line as JSON, writes CPU seconds and tracks per job.

A job is {"who": "peer" | "numpy", "what": a model or "andi2020", "dim": 1 | 2, "count": tracks}.
"""
import json
import sys
import time
import warnings

warnings.filterwarnings("ignore")
import numpy as np
from andi_datasets.datasets_challenge import challenge_theory_dataset
from andi_datasets.models_theory import models_theory

import numpy_models as fast

T = 1000
BATCH = 250
peer = {1: models_theory._oneD(), 2: models_theory._twoD()}
GRID = np.arange(1, 41) / 20
RANGE = {"attm": (0, 1), "ctrw": (0, 1), "fbm": (0, 1.95), "lw": (1, 2), "sbm": (0, 2)}


def by_peer(what, dim, count):
    if what == "andi2020":
        challenge_theory_dataset(N=count, max_T=T, min_T=10, tasks=[1], dimensions=[dim])
        return
    alphas = fast.ALPHAS[what]
    make = getattr(peer[dim], what)
    for i in range(count):
        make(T, alphas[i % len(alphas)])


def by_numpy(what, dim, count):
    if what == "andi2020":
        # The pool in equal parts per model and exponent, a batch per cell; all of it whole: nothing is cut, nothing thrown away.
        for name, model in fast.MODELS.items():
            low, high = RANGE[name]
            alphas = GRID[(GRID > low) & (GRID <= high)]
            size = max(1, round(count / 5 / len(alphas)))
            for alpha in alphas:
                fast.disturb(model(size, T, dim, alpha))
        return
    alphas = fast.ALPHAS[what]
    for begin in range(0, count, BATCH):
        fast.MODELS[what](min(BATCH, count - begin), T, dim, alphas[(begin // BATCH) % len(alphas)])


for line in sys.stdin:
    job = json.loads(line)
    run = by_peer if job["who"] == "peer" else by_numpy
    begin = time.process_time()
    run(job["what"], job["dim"], job["count"])
    print(json.dumps({"seconds": time.process_time() - begin}), flush=True)
